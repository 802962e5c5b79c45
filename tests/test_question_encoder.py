"""The default encoder, exported beside an index: the same vectors, the same answers, no torch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import qa
from qa.encoder import SentenceEncoder
from qa.encoder_export import TEXTS, TOLERANCE
from qa.errors import IndexDamagedError
from qa.present import answer_to_dict
from qa.question_encoder import QuestionEncoder
from tests.conftest import ROOT

pytestmark = pytest.mark.real

ARTICLES = [
    {"id": "expo", "text": "The 2019 expo signed 530 projects. Robots danced on its stage."},
    {
        "id": "park",
        "title": "The park",
        "text": "The park of Lijia opened in 2018.",
        "date": "2018",
    },
]
QUESTIONS = ["How many projects were signed at the 2019 expo?", "When did the park open?", "Who?"]
HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "gradio"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two articles with its exported encoder; not to be changed."""
    folder = tmp_path_factory.mktemp("light")
    qa.build(ARTICLES, folder, light=True)
    return folder


def known_questions() -> list[str]:
    lines = (ROOT / "eval" / "questions" / "expo.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines][::8]


def test_vectors_agree_with_those_of_the_source(index: Path) -> None:
    light, full = qa.open(index).encoder, SentenceEncoder()
    assert isinstance(light, QuestionEncoder)
    assert (light.name, light.sha256, light.max_tokens) == (full.name, full.sha256, full.max_tokens)
    texts = [*TEXTS, *known_questions(), "[SEP]", "[MASK] [PAD] [UNK]", "\0 and \x7f", "x" * 2_000]
    for text in texts:
        vector = light.encode_question(text)
        assert abs(np.linalg.norm(vector) - 1) < TOLERANCE
        assert np.abs(vector - full.encode_question(text)).max() <= TOLERANCE, text[:40]
    assert light.token_starts("🤖 Robots danced.") == full.token_starts("🤖 Robots danced.")


def test_answers_are_those_that_torch_gives(index: Path) -> None:
    light, full = qa.open(index), qa.open(index, encoder=SentenceEncoder())
    for question in QUESTIONS:
        expected, found = full.ask(question), light.ask(question)
        assert found.citations == expected.citations
        assert [hit.passage.id for hit in found.hits] == [hit.passage.id for hit in expected.hits]
        assert abs(found.confidence - expected.confidence) < 1e-4
    assert answer_to_dict(light.ask(QUESTIONS[0]))["answer"] == "530"


def test_asking_loads_nothing_heavy(index: Path) -> None:
    program = (
        "import sys\n"
        "from qa.surfaces.cli import main\n"
        "code = main(['ask', sys.argv[1], '--index', sys.argv[2], '--json'])\n"
        "print(code, *sys.modules)\n"
    )
    command = [sys.executable, "-c", program, QUESTIONS[0], str(index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, *modules = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert {"onnxruntime", "tokenizers", "faiss"} <= set(modules)
    assert not HEAVY & set(modules)


def test_building_again_keeps_it_and_asks_with_it(index: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(index, tmp_path / "index"))
    bot = qa.build([*ARTICLES, "Drones flew."], folder)
    assert isinstance(bot.encoder, QuestionEncoder)
    assert isinstance(qa.open(folder).encoder, QuestionEncoder)
    [export] = folder.glob("encoder-*")
    written = {path.name: path.stat().st_mtime_ns for path in export.iterdir()}
    qa.build([*ARTICLES, "Drones flew."], folder, light=True)
    assert {path.name: path.stat().st_mtime_ns for path in export.iterdir()} == written


def test_an_altered_export_is_refused_and_made_again(index: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(index, tmp_path / "index"))
    [weights] = folder.glob("encoder-*/model.bin")
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"model\.bin was altered") as error:
        qa.open(folder)
    assert "--light" in error.value.hint
    assert isinstance(qa.build(ARTICLES, folder, light=True).encoder, QuestionEncoder)


def test_an_export_can_be_added_to_an_index_that_is_there(index: Path, tmp_path: Path) -> None:
    from qa.assembly import export_encoder

    folder = Path(shutil.copytree(index, tmp_path / "index"))
    [export] = folder.glob("encoder-*")
    shutil.rmtree(export)
    assert isinstance(qa.open(folder).encoder, SentenceEncoder)
    export_encoder(folder)
    assert export.is_dir()
    assert isinstance(qa.open(folder).encoder, QuestionEncoder)
