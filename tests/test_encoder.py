"""The encoder: the official files, offsets that fit the text, vectors of unit length."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from qa.encoder import DEFAULT, DEFAULT_SHA256, SentenceEncoder
from qa.errors import EncoderError
from qa.passages import cut
from qa.types import Document, Settings
from tests.texts import ink

TEXTS = [
    "Robots danced at the expo.",
    "The park in Lijia opened in 2018. " * 8,
    "机器人跳舞 🤖.",
    "Crowds came.",
    "",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_default_is_the_official_model(encoder: SentenceEncoder) -> None:
    for name, expected in DEFAULT_SHA256.items():
        with (encoder.folder / name).open("rb") as file:
            assert hashlib.file_digest(file, "sha256").hexdigest() == expected
    assert encoder.name == DEFAULT
    assert len(encoder.sha256) == 64
    assert encoder.max_tokens == 256


@pytest.mark.parametrize("altered", ["tokenizer.json", "model.safetensors"])
def test_an_altered_default_is_refused(
    encoder: SentenceEncoder, tmp_path: Path, altered: str
) -> None:
    for name in DEFAULT_SHA256:
        (tmp_path / name).symlink_to(encoder.folder / name)
    copy = SentenceEncoder()
    copy.folder = tmp_path
    assert copy.sha256 == encoder.sha256
    data = bytearray((tmp_path / altered).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / altered).unlink()
    (tmp_path / altered).write_bytes(data)
    copy = SentenceEncoder()
    copy.folder = tmp_path
    with pytest.raises(EncoderError, match=altered) as error:
        _ = copy.sha256
    assert hashlib.sha256(data).hexdigest() in str(error.value)
    assert DEFAULT_SHA256[altered] in str(error.value)
    assert "pip install" in error.value.hint


def test_another_model_has_another_sum(encoder: SentenceEncoder, tmp_path: Path) -> None:
    shutil.copy(encoder.folder / "tokenizer.json", tmp_path)
    sums = set()
    for weights in (b"one", b"two"):
        (tmp_path / "model.safetensors").write_bytes(weights)
        other = SentenceEncoder(str(tmp_path))
        sums.add(other.sha256)
        assert other.token_starts("Robots danced.") == [0, 7, 13]
    assert len(sums | {encoder.sha256}) == 3


@pytest.mark.parametrize(
    "name",
    [
        "no-such/encoder",
        "nosuchencoder",
        "a/b/c",
        "../x",
        "http://example.org/x",
        "x" * 300,
        "a\0b",
    ],
)
def test_an_unknown_name_is_refused_without_a_network(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(EncoderError) as error:
        SentenceEncoder(name)
    assert repr(name) in str(error.value)
    assert error.value.hint


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, 256),
        ({"config": {"max_position_embeddings": 514}}, 514),
        (
            {
                "tokenizer_config": {"model_max_length": 512},
                "config": {"max_position_embeddings": 514},
            },
            512,
        ),
        ({"tokenizer_config": {"model_max_length": 1e30}, "config": {}}, int(1e30)),
        (
            {
                "sentence_bert_config": {"max_seq_length": 128},
                "tokenizer_config": {"model_max_length": 512},
            },
            128,
        ),
        (
            {
                "sentence_bert_config": {"max_seq_length": None},
                "tokenizer_config": {"model_max_length": 384},
            },
            384,
        ),
    ],
)
def test_what_the_model_reads_is_taken_from_its_files(
    stated: dict[str, dict[str, float | None]], expected: int, tmp_path: Path
) -> None:
    for name, values in stated.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(values))
    assert SentenceEncoder(str(tmp_path)).max_tokens == expected


@pytest.mark.parametrize("files", [[], ["tokenizer.json"], ["model.safetensors"]])
def test_a_folder_without_a_model_is_refused(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        (tmp_path / name).write_text("{}")
    encoder = SentenceEncoder(str(tmp_path))
    with pytest.raises(EncoderError, match=str(tmp_path)):
        _ = encoder.sha256
    with pytest.raises(EncoderError, match=str(tmp_path)) as error:
        encoder.token_starts("Robots")
    assert error.value.hint


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Robots danced.", ["Robots ", "danced", "."]),
        ("🤖 Robots 👩‍👩‍👧 danced", ["🤖 ", "Robots ", "👩‍👩‍👧 ", "danced"]),
        ("机器人跳", ["机", "器", "人", "跳"]),
        ("e\u0301 vital", ["e\u0301 ", "vital"]),
        ("a\r\n\r\nb\u2028c", ["a\r\n\r\n", "b\u2028", "c"]),
    ],
)
def test_token_starts_are_code_points(
    encoder: SentenceEncoder, text: str, tokens: list[str]
) -> None:
    starts = encoder.token_starts(text)
    ends = [*starts[1:], len(text)]
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == tokens


@pytest.mark.parametrize("text", ["", " \n", "\u3000\f"])
def test_white_space_has_no_tokens(encoder: SentenceEncoder, text: str) -> None:
    assert encoder.token_starts(text) == []


def test_no_text_is_too_long_for_token_starts(encoder: SentenceEncoder) -> None:
    text = "🤖 robots " * 5000
    starts = encoder.token_starts(text)
    assert len(starts) == 10_000
    assert starts == sorted(starts)
    assert text[starts[-1] :] == "robots "


@pytest.mark.parametrize(
    "text",
    [
        "word " * 3000,
        "x" * 20_000,
        "机器人跳舞" * 400,
        "한국어문장" * 200,
        "🤖" * 2000,
        "?!" * 2000,
        ("x" * 101 + ".") * 100,
        "0123456789abcdef" * 500,
        "| a | b |\n" * 500,
        "# " + "Heading of many words " * 60 + "\n\n" + "Robots danced. " * 200,
    ],
    ids=lambda text: f"{text[:8]!r}",
)
@pytest.mark.parametrize(
    "title", ["Expo", "标题" * 80, "?!" * 80], ids=["short", "Chinese", "marks"]
)
@pytest.mark.parametrize("budget", [16, 120, 400])
def test_the_model_reads_every_passage_whole(
    encoder: SentenceEncoder, text: str, title: str, budget: int
) -> None:
    settings = Settings(passage_tokens=budget)
    document = Document("a", title, text)
    found = cut(document, (0, len(text)), encoder.token_starts, settings, encoder.max_tokens)
    for p in found:
        tokens = encoder.token_starts(p.indexed_text)
        assert len(tokens) + 2 <= encoder.max_tokens
    held = {n for passage in found for n in ink(text, passage.start, passage.end)}
    assert held == set(ink(text))


@pytest.mark.real
def test_vectors_have_unit_length(encoder: SentenceEncoder) -> None:
    told: list[tuple[str, int, int]] = []
    vectors = encoder.encode_passages(TEXTS, lambda *each: told.append(each))
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert told == [("encoding", len(TEXTS), len(TEXTS))]
    question = encoder.encode_question("Who danced?")
    assert question.shape == (384,)
    assert question.dtype == np.float32
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)
    assert np.argmax(vectors @ question) == 0


@pytest.mark.real
def test_a_text_has_one_vector_alone_and_among_others(encoder: SentenceEncoder) -> None:
    together = encoder.encode_passages(TEXTS * 20)
    for text, vector in zip(TEXTS, together, strict=False):
        assert np.abs(encoder.encode_passages([text])[0] - vector).max() < 1e-5
        assert np.abs(encoder.encode_question(text) - vector).max() < 1e-5


@pytest.mark.real
def test_the_model_reads_as_many_tokens_as_it_says(encoder: SentenceEncoder) -> None:
    def vectors_that_differ_in(word: int) -> float:
        words = ["robot"] * 300
        words[word] = "piano"
        one, other = encoder.encode_passages([" ".join(["robot"] * 300), " ".join(words)])
        return float(np.abs(one - other).max())

    assert vectors_that_differ_in(encoder.max_tokens - 3) > 1e-3
    assert vectors_that_differ_in(encoder.max_tokens - 2) < 1e-6
