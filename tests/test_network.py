"""The network: a window's logits are its own, whatever is run before, after or beside it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from qa.errors import ReaderError
from qa.network import Logits, Network
from qa.reader import BUNDLED
from qa.windows import Tokenizer, Window

TEXTS = [
    "The 2019 expo signed 530 projects.",
    "",
    "机器人跳舞 🤖。",
    "?!",
    "Robots danced at the opening ceremony. " * 20,
    "The park in Lijia opened in 2018; drones fly there.",
    "word " * 400,
]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(BUNDLED)


@pytest.fixture(scope="module")
def windows() -> list[Window]:
    """Short and long ones, some of the same passage."""
    tokenizer = Tokenizer(BUNDLED / "tokenizer.json")
    question = tokenizer.tokens("How many projects were signed?").ids
    context = tokenizer.context("Expo", "Signings")
    return [
        window
        for text in TEXTS
        for window in tokenizer.windows(question, context, tokenizer.tokens(text))
    ]


def same(one: Logits, other: Logits) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.real
def test_every_token_has_a_start_and_an_end_logit(network: Network, windows: list[Window]) -> None:
    assert len(windows) > len(TEXTS)
    for window, (starts, ends) in zip(windows, network.logits(windows), strict=True):
        assert starts.shape == ends.shape == (len(window.ids),)
        assert starts.dtype == ends.dtype == np.float32
        assert np.isfinite(starts).all()
        assert np.isfinite(ends).all()
    assert network.logits([]) == []


@pytest.mark.real
def test_a_window_s_logits_are_the_same_alone_and_among_others(
    network: Network, windows: list[Window]
) -> None:
    together = network.logits(windows)
    backwards = network.logits(windows[::-1])[::-1]
    for number, window in enumerate(windows):
        (alone,) = network.logits([window])
        assert same(alone, together[number])
        assert same(alone, backwards[number])
    distinct = {tuple(map(tuple, logits)) for logits in together}
    assert len(distinct) > 5  # not one and the same for all


@pytest.mark.real
def test_threads_that_ask_at_once_get_their_own_logits(
    network: Network, windows: list[Window]
) -> None:
    expected = network.logits(windows)
    rotations = [windows[turn:] + windows[:turn] for turn in range(8)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(network.logits, rotations))
    for turn, logits in enumerate(found):
        assert all(map(same, logits, expected[turn:] + expected[:turn]))


@pytest.mark.real
def test_two_networks_are_the_same(network: Network, windows: list[Window]) -> None:
    assert all(map(same, Network(BUNDLED).logits(windows[:3]), network.logits(windows[:3])))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing", Path(__file__)):
        with pytest.raises(ReaderError, match=r"holds no model\.onnx") as error:
            Network(folder)
        assert str(folder) in str(error.value)
        assert error.value.hint


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x08\x07" * 500, None])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes((BUNDLED / "model.onnx").read_bytes()[:-9999] if content is None else content)
    with pytest.raises(ReaderError, match="cannot be loaded") as error:
        Network(tmp_path)
    assert str(path) in str(error.value)
    assert error.value.hint
