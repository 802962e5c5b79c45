"""Drafts: where they come from, that they are true to the text, and that none counts."""

import json
from pathlib import Path

import pytest

from qa.errors import QuestionError
from qa.evaluation.gold import check
from qa.evaluation.questions import lint, load_questions
from qa.evaluation.suggest import BLANK, Draft, suggest
from qa.index import Index, build_index
from qa.types import Document, Settings
from tests.fakes import WordEncoder

TEXT = """# The first Expo

The first Expo opened on 23 August 2018 in the north of Chongqing. In total 501 major projects
worth 312 billion yuan were signed there, says a report. The speech of Mayor Ada Chen was short.
Tiny 5.
- an item without an end of 7 words at all

| year | projects signed by all of them |
| 2019 | 530 |
"""


def index_of(*texts: str) -> Index:
    documents = [Document(f"{n}.md", f"Article {n}", text) for n, text in enumerate(texts)]
    return build_index(documents, WordEncoder(), Settings(passage_tokens=60))


def asked_for(index: Index, count: int = 100) -> list[tuple[str, str]]:
    return [
        (draft.kind, index.documents[draft.doc_id].text[draft.start : draft.end])
        for draft in suggest(index, count)
    ]


def test_numbers_dates_and_names_are_blanked_out() -> None:
    found = asked_for(index_of(TEXT))
    assert ("date", "23 August 2018") in found
    assert ("fact", "Mayor Ada Chen") in found
    numbers = {"501", "312 billion yuan"}
    assert len([answer for kind, answer in found if kind == "number" and answer in numbers]) == 1
    assert len(found) == 3  # one of a sentence; no heading, scrap or table


def test_a_draft_is_its_sentence_with_a_blank() -> None:
    index = index_of(TEXT)
    drafts = {draft.kind: draft for draft in suggest(index)}
    question = drafts["date"].question(index.documents["0.md"], split="dev")
    assert question.question == f"The first Expo opened on {BLANK} in the north of Chongqing."
    assert (question.answers, question.doc_ids) == (("23 August 2018",), ("0.md",))
    assert (question.kind, question.split) == ("date", "dev")
    assert check(question, index.documents) == "ok"


def test_every_draft_stands_in_its_text(tmp_path: Path) -> None:
    texts = [TEXT.replace("August", month) for month in ("May", "June", "July")]
    texts.append("Over 200\u202fkm² of 1 200.5 parks \u2028 \U0001f916 were seen by Bo Li and Cai.")
    index = index_of(*texts)
    drafts = suggest(index)
    assert len({draft.id for draft in drafts}) == len(drafts)
    for draft in drafts:
        document = index.documents[draft.doc_id]
        assert draft.first <= draft.start < draft.end <= draft.last <= len(document.text)
        assert check(draft.question(document), index.documents) == "ok"
    accepted = [{**d.to_dict(index.documents[d.doc_id]), "draft": False} for d in drafts]
    path = tmp_path / "accepted.jsonl"
    path.write_text("\n".join(map(json.dumps, accepted)), encoding="utf-8")
    assert [question.id for question in load_questions(path)] == [draft.id for draft in drafts]


def test_kinds_take_turns_and_no_sentence_comes_twice() -> None:
    days = range(10, 30)
    text = "\n\n".join(
        f"On {day} May 2019 the guests of Ada Chen saw {day * 7} dancing robots." for day in days
    )
    drafts = suggest(index_of(text), 9)
    assert len(drafts) == 9
    assert {draft.kind for draft in drafts} == {"number", "date", "fact"}
    assert len({draft.first for draft in drafts}) == 9
    assert drafts == suggest(index_of(text), 9)
    places = [draft.first for draft in drafts]
    assert places != sorted(places)  # not merely from the beginning


def test_a_sentence_too_long_for_a_passage_is_left_out() -> None:
    text = "On 5 May 2019 " + "the dancing robots of the expo and " * 6 + "Ada Chen came."
    assert asked_for(index_of(text)) == [("date", "5 May 2019")]
    small = Settings(passage_tokens=16)
    assert (
        suggest(build_index([Document("a.md", "A", text)], WordEncoder(max_tokens=32), small)) == []
    )


def test_an_index_without_figures_has_no_drafts() -> None:
    assert suggest(index_of("Nothing here is counted, dated or named by anyone at all.")) == []


@pytest.mark.parametrize("mark", [True, 1, "yes", None])
def test_a_draft_never_counts(tmp_path: Path, mark: object) -> None:
    index = index_of(TEXT)
    record = suggest(index)[0].to_dict(index.documents["0.md"])
    path = tmp_path / "drafts.jsonl"
    path.write_text(f"\n{json.dumps({**record, 'draft': mark})}\n", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"drafts\.jsonl, line 2: a draft: reword") as caught:
        load_questions(path)
    assert "remove the key 'draft'" in str(caught.value)
    assert [problem.line for problem in lint(path)] == [2]
    del record["draft"]
    path.write_text(json.dumps(record), encoding="utf-8")
    assert lint(path) == []


def test_the_id_of_a_draft_is_from_where_it_stands() -> None:
    one, two = Draft("a.md", "date", 0, 20, 3, 7), Draft("a.md", "date", 0, 20, 3, 8)
    assert one.id != two.id
    assert one.id == Draft("a.md", "number", 0, 30, 3, 7).id
