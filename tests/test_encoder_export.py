"""The export of encoders: whatever kind it is, the vectors stay, or the export is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.encoder import SentenceEncoder
from qa.encoder_export import TEXTS, TOLERANCE, export_encoder
from qa.errors import EncoderError
from qa.question_encoder import CARD, QuestionEncoder
from tests.tiny_encoder import save_tiny_encoder

pytestmark = pytest.mark.real

OTHER_TEXTS = [
    "Robots",
    "When did the park in Lijia open?",
    "a " * 31,
    "two\n\nparagraphs",
    "1,200",
]


def exported(model: Path, folder: Path) -> QuestionEncoder:
    folder.mkdir()
    export_encoder(SentenceEncoder(str(model)), folder)
    return QuestionEncoder(folder)


def check_vectors(encoder: SentenceEncoder, light: QuestionEncoder) -> None:
    """Question by question and passage by passage, also of texts that the export never saw."""
    texts = [*TEXTS, *OTHER_TEXTS]
    for text in texts:
        expected, found = encoder.encode_question(text), light.encode_question(text)
        assert found.dtype == np.float32
        assert np.abs(found - expected).max() <= TOLERANCE, text[:40]
    differences = light.encode_passages(texts) - encoder.encode_passages(texts)
    assert np.abs(differences).max() <= TOLERANCE


@pytest.mark.parametrize(
    "pooling", ["mean", "cls", "max", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]
)
def test_every_pooling_gives_the_vectors_of_its_source(pooling: str, tmp_path: Path) -> None:
    model = save_tiny_encoder(tmp_path, pooling=pooling)
    encoder = SentenceEncoder(str(model))
    light = exported(model, tmp_path / "light")
    assert (light.name, light.sha256) == (encoder.name, encoder.sha256)
    assert light.max_tokens == encoder.max_tokens == 32
    assert light.token_starts("Robots danced. " * 20) == encoder.token_starts(
        "Robots danced. " * 20
    )
    check_vectors(encoder, light)


def test_prompts_and_layers_behind_the_pooling_go_along(tmp_path: Path) -> None:
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize

    dense = Dense(32, 16)
    prompts = {"query": "question: ", "document": "passage: "}
    model = save_tiny_encoder(tmp_path, dense, Normalize(), prompts=prompts)
    light = exported(model, tmp_path / "light")
    check_vectors(SentenceEncoder(str(model)), light)
    assert light.encode_question("Robots").shape == (16,)
    assert not np.allclose(light.encode_question("Robots"), light.encode_passages(["Robots"])[0])


def test_vectors_that_differ_are_refused(tmp_path: Path) -> None:
    """The mean leaves the prompt's tokens out, which the network cannot tell from others."""
    options: dict[str, Any] = {"prompts": {"query": "question: "}, "pooling_include_prompt": False}
    model = save_tiny_encoder(tmp_path, **options)
    with pytest.raises(EncoderError, match=r"the vectors of .* differ") as error:
        exported(model, tmp_path / "light")
    assert error.value.hint


def test_a_model_that_is_no_transformer_is_refused(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(SentenceEncoder().folder / "tokenizer.json"))
    static = StaticEmbedding(tokenizer, embedding_dim=8)
    folder = tmp_path / "model"
    SentenceTransformer(modules=[static], device="cpu").save(str(folder))
    encoder = SentenceEncoder(str(folder))
    with pytest.raises(EncoderError, match="StaticEmbedding") as error:
        export_encoder(encoder, tmp_path)
    assert "Transformer" in error.value.hint


def test_without_the_package_onnx_the_hint_says_how_to_install_it(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['onnx'] = None\n"
        "from pathlib import Path\n"
        "from qa.encoder import SentenceEncoder\n"
        "from qa.encoder_export import export_encoder\n"
        "from qa.errors import EncoderError\n"
        "try: export_encoder(SentenceEncoder(), Path(sys.argv[1]))\n"
        "except EncoderError as error: print(error.hint)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "install it: pip install 'footnote-qa[light]'\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["encoder.json", "tokenizer.json", "model.onnx", "model.bin"])
@pytest.mark.parametrize("change", ["missing", "cut"])
def test_a_file_that_cannot_be_used_is_named(
    name: str, change: str, tiny_export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "light"
    folder.mkdir()
    for path in tiny_export.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    if change == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes((folder / name).read_bytes()[:100])
    with pytest.raises(EncoderError) as error:
        QuestionEncoder(folder).encode_question("Who?")
    assert str(folder) in str(error.value)
    assert "--light" in error.value.hint


@pytest.mark.parametrize("card", [[], {}, {"name": "a", "sha256": "b", "max_tokens": "many"}])
def test_a_card_of_another_shape_is_refused(card: object, tmp_path: Path) -> None:
    (tmp_path / CARD).write_text(json.dumps(card))
    with pytest.raises(EncoderError, match=r"encoder\.json"):
        QuestionEncoder(tmp_path)


@pytest.fixture(scope="module")
def tiny_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    exported(save_tiny_encoder(folder), folder / "light")
    return folder / "light"
