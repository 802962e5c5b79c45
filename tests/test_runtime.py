"""Networks of 8 bits: no sum is cut off, and none is taken more slowly than it need be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from qa import runtime
from qa.runtime import has_vnni, session

LISTED = "processor\t: 0\nflags\t\t: fpu sse2 {}\nbogomips\t: 1\n\nprocessor\t: 1\n"
CAREFUL = "session.x64quantprecision"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    has_vnni.cache_clear()
    yield
    has_vnni.cache_clear()


@pytest.fixture
def processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Pretends that the processor lists these flags."""

    def pretend(listed: str) -> None:
        path = tmp_path / "cpuinfo"
        path.write_text(listed, encoding="utf-8")
        monkeypatch.setattr(runtime, "CPU_INFO", path)
        has_vnni.cache_clear()

    return pretend


@pytest.mark.parametrize(
    ("listed", "has"),
    [
        (LISTED.format("avx2 avx512_vnni"), True),
        (LISTED.format("avx_vnni"), True),
        (LISTED.format("avx2"), False),
        (LISTED.format("avx_vnni_int16"), False),
        ("processor : 0\nFeatures : asimd\n", None),
        ("", None),
    ],
)
def test_a_processor_says_whether_it_has_vnni(
    processor: Callable[[str], None], listed: str, has: bool | None
) -> None:
    processor(listed)
    assert has_vnni() is has


def test_where_nothing_is_said_it_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "CPU_INFO", tmp_path / "none")
    assert has_vnni() is None


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that multiplies bytes by weights of 8 bits."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["rows", "weights"], ["sums"])],
        "product",
        [helper.make_tensor_value_info("rows", TensorProto.UINT8, [None, 384])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, [None, 32])],
        [numpy_helper.from_array(np.full((384, 32), 127, np.int8), "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path = tmp_path_factory.mktemp("product") / "model.onnx"
    onnx.save(model, str(path))
    return path


def sums(path: Path) -> set[int]:
    return set(session(path).run(None, {"rows": np.full((8, 384), 255, np.uint8)})[0].ravel())


def test_the_largest_sums_are_not_cut_off_on_this_processor(product: Path) -> None:
    assert sums(product) == {255 * 127 * 384}


@pytest.mark.parametrize("listed", [LISTED.format("avx2"), ""])
def test_careful_products_are_asked_for_where_they_may_be_needed(
    processor: Callable[[str], None], product: Path, listed: str
) -> None:
    processor(listed)
    assert session(product).get_session_options().get_session_config_entry(CAREFUL) == "1"
    assert sums(product) == {255 * 127 * 384}


def test_with_vnni_they_are_not_asked_for(processor: Callable[[str], None], product: Path) -> None:
    processor(LISTED.format("avx2 avx512_vnni"))
    with pytest.raises(RuntimeError, match=CAREFUL):
        session(product).get_session_options().get_session_config_entry(CAREFUL)
