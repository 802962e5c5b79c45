"""Every planted fault is blamed, and nothing else: the part that is broken is the part named."""

from dataclasses import replace

import pytest

from qa.answerer import Bot, Trace
from qa.evaluation.blame import CAUSES, cause, explain
from qa.evaluation.questions import Question
from qa.evaluation.runner import Bot as Evaluated
from qa.evaluation.runner import evaluate
from qa.types import Answer, Citation, Document, Policy
from tests.evaluation.planted import (
    DOCUMENTS,
    POLICY,
    QUESTIONS,
    TEXTS,
    BlindReader,
    Tampering,
    UnsureReader,
    UnsureWrongReader,
    WrongReader,
    make,
    shuffled,
    without_passages,
    without_terms,
)

ONE_PASSAGE = Policy("min-max", depth=3, passages=1, weights={"lexical": 1.0, "dense": 0.0})
ALL_BROUGHT_UP = replace(POLICY, depth=10)


def causes(bot: Evaluated, questions: tuple[Question, ...] = QUESTIONS) -> dict[str, str | None]:
    """The causes by question id; those that did not fail are left out."""
    found = {o.question.id: cause(o) for o in evaluate(bot, questions).outcomes}
    return {question_id: blamed for question_id, blamed in found.items() if blamed}


def edited(**texts: str) -> list[Document]:
    """The documents, some with another text."""
    return [replace(d, text=texts.get(d.id.partition(".")[0], d.text)) for d in DOCUMENTS]


def test_nothing_is_blamed_where_nothing_is_broken() -> None:
    assert causes(make()) == {}


@pytest.mark.parametrize(
    ("bot", "expected"),
    [
        pytest.param(
            make(edited(expo="The Chongqing expo signed 531 projects.")),
            {"deals": "gold-stale"},
            id="edited article",
        ),
        pytest.param(
            make([document for document in DOCUMENTS if document.id != "expo.md"]),
            {"deals": "gold-stale"},
            id="deleted article",
        ),
        pytest.param(
            make(damage=without_passages("expo.md")),
            {"deals": "not-in-any-passage"},
            id="deleted passage",
        ),
        pytest.param(
            make(damage=without_terms, policy=ALL_BROUGHT_UP),
            {"lijia": "missed-by-lexical"},
            id="lexical matrix of nothing",
        ),
        pytest.param(
            make(damage=shuffled),
            {"deals": "missed-by-dense", "lijia": "missed-by-dense"},
            id="shuffled vectors",
        ),
        pytest.param(
            make(damage=lambda index: shuffled(without_terms(index))),
            {"deals": "missed-by-both", "lijia": "missed-by-both"},
            id="both retrievers broken",
        ),
        pytest.param(
            make(policy=ONE_PASSAGE),
            {"deals": "ranked-too-low"},
            id="too few passages read",
        ),
        pytest.param(
            make(reader=WrongReader()),
            {"deals": "wrong-span", "lijia": "wrong-span", "cost": "answered-unanswerable"},
            id="reader that points elsewhere and always answers",
        ),
        pytest.param(
            make(reader=UnsureReader()),
            {"deals": "wrongly-abstained", "lijia": "wrongly-abstained"},
            id="reader that always abstains",
        ),
        pytest.param(
            make(reader=BlindReader()),
            {"deals": "wrongly-abstained", "lijia": "wrongly-abstained"},
            id="reader that finds nothing",
        ),
        pytest.param(
            make(reader=UnsureWrongReader()),
            {"deals": "wrong-span", "lijia": "wrong-span"},
            id="reader that abstains for want of the right span",
        ),
    ],
)
def test_a_planted_fault_is_blamed(bot: Bot, expected: dict[str, str]) -> None:
    assert causes(bot) == expected


def alter_citations(**changes: object) -> Tampering:
    """A healthy bot whose citations are altered; `shift` moves them instead."""

    def altered(citation: Citation) -> Citation:
        shift = changes.get("shift", 0)
        assert isinstance(shift, int)
        moved = replace(
            citation,
            answer_start=citation.answer_start + shift,
            answer_end=citation.answer_end + shift,
        )
        return replace(moved, **{k: v for k, v in changes.items() if k != "shift"})  # type: ignore[arg-type]

    def alter(trace: Trace) -> Trace:
        cited = tuple(map(altered, trace.answer.citations))
        return replace(trace, answer=replace(trace.answer, citations=cited))

    return Tampering(make(), alter)


@pytest.mark.parametrize(
    "bot",
    [
        alter_citations(shift=1),
        alter_citations(shift=-1),
        alter_citations(quote="The expo was a success."),
        alter_citations(doc_id="tea.md"),
        alter_citations(answer="531"),
    ],
)
def test_a_tampered_citation_is_at_fault(bot: Tampering) -> None:
    assert causes(bot) == {"deals": "citation-at-fault", "lijia": "citation-at-fault"}


def test_an_answer_from_an_article_that_is_not_a_right_one_is_cited_at_fault() -> None:
    """The words stand in both articles; only one of them is known to hold the answer."""
    bot = make([*DOCUMENTS, Document("a.md", "expo", "The Chongqing expo signed 530 projects.")])
    (outcome,) = evaluate(bot, QUESTIONS[:1]).outcomes
    assert cause(outcome) == "citation-at-fault"
    assert explain(outcome) == (
        "The answer is right, but: 'a.md' is cited, which is not known to hold the answer."
    )


def test_words_that_are_right_by_chance_do_not_hide_that_retrieval_lost_the_passage() -> None:
    documents = [
        replace(document, text="Lijia is run by 530 people.")
        if "lijia" in document.id
        else document
        for document in DOCUMENTS
    ]
    bot = make(documents, damage=lambda index: shuffled(without_terms(index)))
    (outcome,) = evaluate(bot, QUESTIONS[:1]).outcomes
    assert outcome.right is True
    assert outcome.answer.citations[0].doc_id == "run-lijia.md"
    assert cause(outcome) == "missed-by-both"
    assert str(explain(outcome)).endswith("The answer's words are right, but from elsewhere.")


def test_an_edit_that_leaves_the_answer_in_its_place_is_no_fault() -> None:
    assert causes(make(edited(expo=TEXTS["expo.md"] + " It rained."))) == {}


def test_a_right_answer_to_a_stale_question_is_marked_and_not_blamed() -> None:
    """The words moved, and are found all the same."""
    bot = make(edited(expo="In 2019 the Chongqing expo signed 530 projects."))
    report = evaluate(bot, QUESTIONS)
    assert [outcome.question.id for outcome in report.stale] == ["deals"]
    assert report.causes == {}


def test_a_stale_question_is_blamed_before_anything_else() -> None:
    bot = make(edited(expo="The Chongqing expo signed 531 projects."), reader=WrongReader())
    assert causes(bot)["deals"] == "gold-stale"


def test_a_failed_question_without_ties_is_blamed_on_the_articles() -> None:
    untied = tuple(replace(question, gold=()) for question in QUESTIONS)
    bot = make(edited(expo="The Chongqing expo signed 531 projects."))
    assert causes(bot, untied) == {"deals": "not-in-any-passage"}


def explanation(bot: Evaluated, question_id: str = "deals") -> str | None:
    (outcome,) = (o for o in evaluate(bot, QUESTIONS).outcomes if o.question.id == question_id)
    return explain(outcome)


def test_explanations_say_what_happened() -> None:
    assert explanation(make()) is None
    assert explanation(make(edited(expo="The Chongqing expo signed 531 projects."))) == (
        "'expo.md' was edited and no longer says '530'."
    )
    assert explanation(make(damage=without_passages("expo.md"))) == (
        "The answer stands in a right document, but whole in none of its passages."
    )
    assert explanation(make(damage=shuffled)) == (
        "1 passage holds the answer: lexical retrieval ranked it 2, dense retrieval brought none "
        "up; fused rank 4, and 2 read."
    )
    assert explanation(make(reader=WrongReader())) == (
        "Answered 'The', but the passage of rank 1 holds the answer."
    )
    assert explanation(make(reader=WrongReader()), "cost") == (
        "Answered 'Clouds' with a confidence of 90%, and the documents do not answer this."
    )
    assert explanation(make(reader=UnsureWrongReader())) == (
        "Silent (40%), its best span was 'The', but the passage of rank 1 holds the answer."
    )
    assert explanation(make(reader=UnsureReader())) == (
        "Silent (40%), but its best span '530' is right."
    )
    assert explanation(make(reader=BlindReader())) == (
        "The reader pointed at nothing, but the passage of rank 1 was read."
    )
    assert explanation(alter_citations(shift=1)) == (
        "The answer is right, but: The quote from 'expo.md' does not stand where its citation says."
    )


def test_explanations_are_one_short_line_whatever_was_answered() -> None:
    hostile = "\x1b[2J<script>\n" + "so " * 200

    def alter(trace: Trace) -> Trace:
        if not trace.answer.citations:
            return trace
        cited = replace(trace.answer.citations[0], answer=hostile)
        return replace(trace, answer=Answer("", "", hostile, 0.9, citations=(cited,)))

    line = explanation(Tampering(make(), alter))
    assert line is not None
    assert line.isprintable()
    assert len(line) < 200


def test_every_cause_has_its_words_and_is_described() -> None:
    from qa.evaluation import blame

    assert all(f"\n{name} " in str(blame.__doc__) for name in CAUSES)
