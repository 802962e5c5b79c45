"""BEIR folders, plain and gzipped, and every way in which one can be ill-formed."""

import gzip
from pathlib import Path

import pytest

from qa.errors import InputError
from qa.evaluation.beir import load_beir

CORPUS = (
    '{"_id": "d1", "title": "Robots", "text": "They danced."}\n'
    '{"_id": "d2", "title": "", "text": "Grass."}\n'
    '{"_id": "d3", "title": "A title alone", "text": ""}\n'
    '{"_id": "d4", "text": " "}\n'
)
QUERIES = '{"_id": "q1", "text": "who danced"}\n{"_id": "q2", "text": "who sat"}\n'
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td2\t0\n"


def write(folder: Path, **changes: str) -> Path:
    files = {"corpus.jsonl": CORPUS, "queries.jsonl": QUERIES, "qrels.tsv": QRELS}
    for name, content in {**files, **changes}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_documents_queries_and_judgements(tmp_path: Path) -> None:
    beir = load_beir(write(tmp_path))
    assert [(document.id, document.title, document.text) for document in beir.documents] == [
        ("d1", "Robots", "They danced."),
        ("d2", "d2", "Grass."),
        ("d3", "A title alone", "A title alone"),
    ]
    assert beir.skipped == 1
    assert beir.queries == {"q1": "who danced", "q2": "who sat"}
    assert beir.qrels == {"q1": {"d1": 2, "d2": 0}, "q2": {"d2": 0}}
    assert beir.relevant == {"q1": {"d1"}}


def test_a_heading_is_optional_and_a_skipped_document_may_be_judged(tmp_path: Path) -> None:
    beir = load_beir(write(tmp_path, **{"qrels.tsv": "q1\td4\t1\r\nq2\td1\t-1\r\n"}))
    assert beir.relevant == {"q1": {"d4"}}


def test_gzip_and_judgements_of_a_split(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    for name, content in (
        ("corpus.jsonl.gz", CORPUS),
        ("queries.jsonl.gz", QUERIES),
        ("qrels/test.tsv.gz", QRELS),
        ("qrels/dev.tsv.gz", "q2\td1\t1\n"),
    ):
        (tmp_path / name).write_bytes(gzip.compress(content.encode()))
    assert load_beir(tmp_path).relevant == {"q1": {"d1"}}
    assert load_beir(tmp_path, split="dev").relevant == {"q2": {"d1"}}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("corpus.jsonl", CORPUS + "{", r"corpus\.jsonl, line 5: not valid JSON"),
        ("corpus.jsonl", CORPUS + CORPUS, r"corpus\.jsonl, line 5: the id 'd1' is used twice"),
        ("corpus.jsonl", '{"_id": "d1"}', "line 1: 'text' is missing"),
        ("corpus.jsonl", '{"_id": 1, "text": ""}', "line 1: '_id' must be a string"),
        ("queries.jsonl", '{"_id": "q1", "text": ""}', r"queries\.jsonl, line 1: .* is blank"),
        ("qrels.tsv", QRELS + "\nq1 d1 1", r"qrels\.tsv, line 6: expected 3 columns"),
        ("qrels.tsv", "q1\td1\t1\nq1\td2\thigh", "line 2: .*'high'"),
        ("qrels.tsv", "q9\td1\t1", "line 1: there is no query 'q9'"),
        ("qrels.tsv", "q1\td9\t1", "line 1: there is no document 'd9'"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore", "holds no judgements"),
    ],
)
def test_the_file_and_line_at_fault_are_named(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    write(tmp_path, **{name: content})
    with pytest.raises(InputError, match=reason) as caught:
        load_beir(tmp_path)
    assert str(tmp_path / name) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "qrels.tsv").unlink()
    with pytest.raises(InputError, match=r"there is no qrels\.tsv or qrels/test\.tsv"):
        load_beir(tmp_path)
