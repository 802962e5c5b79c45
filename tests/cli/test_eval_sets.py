"""`qa eval` with --corpus, --squad and --beir, and `sweep`: sets that need no index beforehand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

pytestmark = pytest.mark.real

PARAGRAPHS = {
    "expo": "The 2019 expo in Chongqing signed 530 projects.",
    "park": "Lijia park opened in 2018 and covers two square kilometres.",
}


def squad(path: Path, *names: str, asked: bool = True) -> Path:
    def question(name: str, words: str, answer: str | None) -> dict[str, object]:
        start = 0 if answer is None else PARAGRAPHS[name].index(answer)
        answers = [] if answer is None else [{"text": answer, "answer_start": start}]
        return {
            "id": f"{name}-{words[:3]}",
            "question": words,
            "answers": answers,
            "is_impossible": answer is None,
        }

    questions = {
        "expo": [
            question("expo", "The 2019 expo in Chongqing signed how many projects?", "530"),
            question("expo", "Who was Napoleon's cook?", None),
        ],
        "park": [question("park", "When did Lijia park open?", "2018")],
    }
    data = [
        {
            "title": name,
            "paragraphs": [{"context": PARAGRAPHS[name], "qas": questions[name] if asked else []}],
        }
        for name in names
    ]
    content = json.dumps({"version": "2.0", "data": data}).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    lines = [
        {"id": "q1", "question": "The 2019 expo signed how many projects?", "split": "dev"},
        {"id": "q2", "question": "How many projects were signed in 2019?", "split": "test"},
    ]
    found = {"answers": ["530"], "doc_ids": ["expo.md"]}
    path.write_text("\n".join(json.dumps({**line, **found}) for line in lines), encoding="utf-8")
    return path


def test_a_corpus_is_built_once_and_again_where_it_changed(
    cli: Cli, tmp_path: Path, questions: Path, cache: Path
) -> None:
    corpus = tmp_path / "articles"
    corpus.mkdir()
    (corpus / "expo.md").write_text("# Expo\n\nThe 2019 expo signed 530 projects.\n")
    evaluate = ["eval", "--questions", questions, "--corpus", corpus]
    builds = []
    for edited in (False, False, True):
        if edited:
            (corpus / "park.md").write_text("# Park\n\nIt opened in 2018.\n")
        assert cli(*evaluate, "--json", tmp_path / "out.json").code == 0
        run = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["run"]
        builds.append(run["index"]["build_id"])
    assert builds[0] == builds[1] != builds[2]
    assert len(list(cache.rglob("current"))) == 1
    done = cli(*evaluate, "--index", tmp_path / "index")
    assert done.code == 2
    assert "--index and --corpus do not go together" in done.err


def test_the_questions_are_read_before_a_corpus_is_built(
    cli: Cli, tmp_path: Path, articles: Path, cache: Path
) -> None:
    assert cli("eval", "--questions", tmp_path / "none.jsonl", "--corpus", articles).code == 2
    assert not cache.exists()


def test_squad_is_read_paragraph_by_paragraph(cli: Cli, tmp_path: Path) -> None:
    path = squad(tmp_path / "dev.json.gz", "expo", "park")
    out = tmp_path / "out.json"
    done = cli("eval", "--squad", path, "--json", out)
    assert done.code == 0
    assert "Always answering (2 with an answer): EM 100.0 %, F1 100.0 %." in done.out
    record = json.loads(out.read_text(encoding="utf-8"))
    assert record["run"]["mode"] == "reader"
    assert [o["id"] for o in record["outcomes"]] == ["expo-The", "expo-Who", "park-Whe"]
    for outcome in record["outcomes"]:
        (passage,) = outcome["passages"]
        assert passage["text"] == PARAGRAPHS[outcome["id"][:4]]
    assert cli("eval", "--squad", path, "--baseline", out, "--sample", "2").code == 0


def test_squad_is_asked_among_all_paragraphs(cli: Cli, tmp_path: Path) -> None:
    path = squad(tmp_path / "dev.json", "expo")
    extra = squad(tmp_path / "train.json.gz", "park", asked=False)
    out = tmp_path / "out.json"
    done = cli(
        *("eval", "--squad", path, "--mode", "open", "--extra-paragraphs", extra, "--json", out)
    )
    assert done.code == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert record["run"]["index"]["documents"] == 2
    assert [o["id"] for o in record["outcomes"]] == ["expo-The", "expo-Who"]
    assert len(record["outcomes"][0]["passages"]) == 2


def test_the_paragraphs_of_squad_are_ranked_in_an_index_that_is_kept(
    cli: Cli, tmp_path: Path, cache: Path
) -> None:
    path = squad(tmp_path / "dev.json.gz", "expo")
    extra = squad(tmp_path / "train.json", "park", asked=False)
    out = tmp_path / "out.json"
    command = ["eval", "--squad", path, "--mode", "retrieval", "--extra-paragraphs", extra]
    command += ["--index", tmp_path / "kept"]
    builds = []
    for _ in range(2):
        done = cli(*command, "--json", out)
        assert done.code == 0
        record = json.loads(out.read_text(encoding="utf-8"))
        builds.append(record["run"]["index"]["build_id"])
    assert "dev, 1 queries" in done.out
    assert record["run"]["index"]["documents"] == 2
    assert list(record["by_query"]["dense"]) == ["expo-The"]  # the other has no answer
    assert record["means"]["fused"]["recall_at_1"] == 1.0
    assert builds[0] == builds[1]
    assert (tmp_path / "kept" / "current").is_file()
    assert not list(cache.rglob("current"))
    assert cli(*command, "--split", "dev").code == 2


def test_beir_shows_the_retrievers_side_by_side(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    corpus = [{"_id": name, "title": "", "text": text} for name, text in PARAGRAPHS.items()]
    queries = [{"_id": f"q{n}", "text": text} for n, text in enumerate(["2019 projects", "Lijia"])]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq0\texpo\t1\nq1\tpark\t2\n")
    out = tmp_path / "out.json"
    done = cli("eval", "--beir", folder, "--json", out)
    assert done.code == 0
    rows = {line.split()[0]: line.split()[1:] for line in done.out.splitlines() if line.strip()}
    assert rows["tiny,"][:3] == ["2", "queries", "nDCG@10"]
    assert rows["lexical"] == ["1.000"] * 6
    assert "fused less dense, nDCG@10: " in done.out
    record = json.loads(out.read_text(encoding="utf-8"))
    assert record["means"]["lexical"]["ndcg_at_10"] == 1.0
    assert set(record["by_query"]["fused"]) == {"q0", "q1"}
    for half in ("tune", "report"):
        assert "tiny, 1 queries" in cli("eval", "--beir", folder, "--split", half).out
    (folder / "qrels.tsv").write_text("q1\tpark\t1\n")
    done = cli("eval", "--beir", folder, "--split", "tune")
    assert done.code == 2
    assert "no query has relevant documents" in done.err
    assert cli("eval", "--beir", folder, "--split", "dev").code == 2


def test_sweep_chooses_on_dev_and_warns_elsewhere(
    cli: Cli, built: Path, questions: Path, tmp_path: Path
) -> None:
    grid = ["--fusions", "min-max", "--lexical", "0.2", "0.8", "--passages", "2"]
    command = ["eval", "sweep", "--questions", questions, "--index", built, *grid]
    done = cli(*command, "--answer-from", "0", "1", "--json", tmp_path / "sweep.json")
    assert done.code == 0
    assert "WARNING" not in done.out
    record = json.loads((tmp_path / "sweep.json").read_text(encoding="utf-8"))
    assert len(record["policies"]) == 4
    assert {tried["summary"]["questions"] for tried in record["policies"]} == {1}
    done = cli(*command, "--split", "test")
    assert done.code == 0
    assert "WARNING: chosen on a test split: 'test'" in done.out
    assert cli(*command, "--lexical", "2").code == 2
    assert cli(*command, "--split", "nowhere").code == 2
    assert cli("eval", "sweep", "--index", built).code == 2


@pytest.mark.parametrize(
    "options",
    [
        ["--squad", "a.json", "--beir", "b"],
        ["--squad", "a.json", "--index", "index"],
        ["--squad", "a.json", "--mode", "open", "--split", "report"],
        ["--squad", "a.json", "--mode", "retrieval", "--html", "b.html"],
        ["--squad", "a.json", "--extra-paragraphs", "b.json"],
        ["--squad", "a.json", "--split", "dev"],
        ["--beir", "a", "--corpus", "b"],
        ["--beir", "a", "--junit", "b.xml"],
        ["--questions", "a.jsonl", "--mode", "open"],
        ["--questions", "a.jsonl", "--squad", "b.json"],
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_refused(cli: Cli, options: list[str]) -> None:
    done = cli("eval", *options)
    assert (done.code, done.out) == (2, "")
    assert "do not go together" in done.err


def test_without_questions_it_says_what_to_pass(cli: Cli) -> None:
    done = cli("eval")
    assert (done.code, done.out) == (2, "")
    for option in ("--questions", "--squad", "--beir", "--corpus", "python -m eval"):
        assert option in done.err
