"""Scaled rows: the same in float32, and in int8 small rows survive beside large ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from qa.runtime import session
from training.rows import scale_rows

Array = NDArray[np.float32]
NUMBERS = np.random.default_rng(0)
WEIGHTS: tuple[Array, Array] = (
    NUMBERS.normal(size=(8, 4)).astype(np.float32),
    NUMBERS.normal(size=(8, 6)).astype(np.float32),
)
# Rows of very different size, and one of nothing.
ROWS: Array = NUMBERS.normal(size=(1, 5, 8)).astype(np.float32)
ROWS *= np.array([1, 1000, 1, 0.01, 0], np.float32)[:, None]

# The quantiser asks for a step that changes nothing.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def products() -> Any:
    """Two products of the same rows."""
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["rows", name], [f"{name}_result"], name=name)
            for name in ("narrow", "wide")
        ],
        "products",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [1, None, 8])],
        [
            helper.make_tensor_value_info(f"{name}_result", TensorProto.FLOAT, [1, None, width])
            for name, width in (("narrow", 4), ("wide", 6))
        ],
        [
            numpy_helper.from_array(weights, name)
            for name, weights in zip(("narrow", "wide"), WEIGHTS, strict=True)
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def run(model: Any, folder: Path) -> list[Array]:
    """As the reader runs it: other settings cut sums of 8-bit products off, without VNNI."""
    path = folder / "run.onnx"
    onnx.save(model, str(path))
    return list(session(path).run(None, {"rows": ROWS}))


def quantised(model: Any, folder: Path) -> list[Array]:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    onnx.save(model, str(folder / "full.onnx"))
    quantize_dynamic(
        str(folder / "full.onnx"),
        str(folder / "int8.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
    )
    return run(onnx.load(str(folder / "int8.onnx")), folder)


def error_of_small_rows(results: list[Array]) -> float:
    """The largest error relative to what the row holds, over the rows that are not large."""
    small = [0, 2, 3]
    return max(
        float(np.abs(result[0, row] - exact[row]).max() / np.abs(exact[row]).max())
        for result, exact in zip(results, (ROWS[0] @ weights for weights in WEIGHTS), strict=True)
        for row in small
    )


@pytest.mark.parametrize("named", [{"narrow", "wide"}, {"wide"}, set()])
def test_it_changes_no_result_in_float32(named: set[str], tmp_path: Path) -> None:
    model = products()
    scale_rows(model, named)
    onnx.checker.check_model(model)
    for result, exact in zip(run(model, tmp_path), run(products(), tmp_path), strict=True):
        np.testing.assert_allclose(result, exact, rtol=1e-5, atol=1e-6)


def test_rows_that_feed_two_products_are_scaled_once() -> None:
    model = products()
    scale_rows(model, {"narrow", "wide"})
    assert [node.op_type for node in model.graph.node].count("Reciprocal") == 1


def test_what_gelu_gives_needs_no_absolute_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = np.array([[[-0.1699, 0, 0, 0, 0, 0, 0, 0.01], [9, -0.1, 3, 0, 0, 0, 0, 0]]], np.float32)
    monkeypatch.setattr(f"{__name__}.ROWS", rows)
    model = products()
    scale_rows(model, {"narrow", "wide"}, gelu={"narrow", "wide"})
    assert "Abs" not in [node.op_type for node in model.graph.node]
    for result, weights in zip(quantised(model, tmp_path), WEIGHTS, strict=True):
        exact = rows[0] @ weights
        assert (np.abs(result[0] - exact).max(1) < 0.03 * np.abs(exact).max(1)).all()


def test_small_rows_survive_beside_large_ones(tmp_path: Path) -> None:
    model = products()
    scale_rows(model, {"narrow", "wide"})
    scaled = error_of_small_rows(quantised(model, tmp_path))
    plain = error_of_small_rows(quantised(products(), tmp_path))
    assert scaled < 0.03
    assert plain > 10 * scaled
