"""Every question counts: right, wrong, badly cited and silent."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.answerer import Trace, Turn
from qa.errors import QuestionError
from qa.evaluation.outcome import Outcome
from qa.evaluation.places import Place
from qa.evaluation.questions import Question
from qa.evaluation.runner import evaluate
from qa.evaluation.summary import METRICS
from qa.types import Answer, Candidate, Citation
from tests.evaluation.fakes import DOCUMENTS, DictionaryBot, cite, say

OPENED = Question("q1", "When was the first Expo opened?", ("August 2018",), ("expo.md",), "date")
PROJECTS = Question("q2", "How many projects had it?", ("530",), ("expo.md",), "number")
PARK = Question("q3", "Where is the park?", ("Lijia",), ("park.md",), "place")
COST = Question("q4", "What did the park cost?", (), (), "unanswerable")
MOON = Question("q5", "How far is the moon?", (), (), "off-topic")


def outcome_of(question: Question, answer: Answer | None = None) -> Outcome:
    answers = {} if answer is None else {question.question: answer}
    (outcome,) = evaluate(DictionaryBot(answers), [question]).outcomes
    return outcome


def test_a_right_answer_with_a_right_citation() -> None:
    outcome = outcome_of(OPENED, say(cite("expo.md", "August 2018")))
    assert (outcome.exact_match, outcome.f1, outcome.right) == (1.0, 1.0, True)
    assert (outcome.answer_in_quote, outcome.citation_correct) == (True, True)
    assert (outcome.citations, outcome.verbatim) == (1, 1)


def test_silence_is_0_where_there_is_an_answer_and_1_where_there_is_none() -> None:
    lost, wanted = outcome_of(OPENED), outcome_of(COST)
    measured = ("exact_match", "f1", "right", "answer_in_quote", "citation_correct")
    assert [getattr(lost, name) for name in measured] == [0] * 5
    assert [getattr(wanted, name) for name in measured] == [1] * 5


def test_an_answer_where_there_is_none_is_0() -> None:
    outcome = outcome_of(COST, say(cite("park.md", "two")))
    assert (outcome.exact_match, outcome.f1, outcome.right) == (0, 0, False)
    assert (outcome.answer_in_quote, outcome.citation_correct) == (False, False)
    assert (outcome.citations, outcome.verbatim) == (1, 1)


def test_a_long_answer_that_contains_the_words_is_not_right_but_shows_them() -> None:
    whole = replace(cite("park.md", DOCUMENTS["park.md"].text))
    assert outcome_of(PARK, say(whole)).right is True  # eight words
    everything = cite("expo.md", DOCUMENTS["expo.md"].text)  # eleven
    assert outcome_of(PROJECTS, say(everything)).right is True
    longer = Answer("", "", everything.answer + " And so on.", 0.9, citations=(everything,))
    outcome = outcome_of(PROJECTS, longer)
    assert (outcome.right, outcome.answer_in_quote) == (False, True)


GOOD = cite("expo.md", "530")


@pytest.mark.parametrize(
    "citation",
    [
        cite("expo.md", "530", shift=1),
        replace(GOOD, quote=GOOD.quote.replace("had", "has")),
        replace(GOOD, answer="531"),
        replace(GOOD, start=GOOD.start + 1),
        replace(GOOD, doc_id="nowhere.md"),
        # The right words at the right place, but outside of the quote.
        replace(GOOD, end=10, quote=GOOD.quote[:10]),
        replace(GOOD, end=GOOD.answer_end - 1, quote=GOOD.quote[: GOOD.answer_end - 1]),
        # Slices that count from the end of the text.
        replace(GOOD, start=-len(GOOD.quote)),
        replace(
            GOOD,
            answer_start=GOOD.answer_start - len(GOOD.quote),
            answer_end=GOOD.answer_end - len(GOOD.quote),
        ),
        replace(GOOD, end=GOOD.end + 1),
    ],
)
def test_a_citation_that_does_not_stand_where_it_says_is_caught(citation: Citation) -> None:
    outcome = outcome_of(PROJECTS, Answer("", "", "530", 0.9, citations=(citation,)))
    assert outcome.right is True
    assert (outcome.citation_correct, outcome.verbatim) == (False, 0)


def test_one_wrong_citation_among_right_ones_is_caught() -> None:
    shifted = cite("expo.md", "530", shift=-1)
    outcome = outcome_of(PROJECTS, Answer("", "", "530", 0.9, citations=(GOOD, shifted)))
    assert (outcome.citation_correct, outcome.citations, outcome.verbatim) == (False, 2, 1)


def test_the_words_of_another_document_are_verbatim_but_not_correct() -> None:
    outcome = outcome_of(PROJECTS, say(cite("park.md", "two")))
    assert (outcome.citation_correct, outcome.verbatim) == (False, 1)


def test_words_that_are_not_those_cited_are_not_correctly_cited() -> None:
    outcome = outcome_of(PROJECTS, Answer("", "", "530 projects", 0.9, citations=(GOOD,)))
    assert (outcome.right, outcome.citation_correct) == (True, False)


def test_citations_of_alternatives_count_as_shown() -> None:
    other = Candidate("two", 0.3, (cite("park.md", "two", shift=2),))
    outcome = outcome_of(PROJECTS, replace(say(GOOD), alternatives=(other,)))
    assert (outcome.citation_correct, outcome.citations, outcome.verbatim) == (True, 2, 1)


def test_rank_is_that_of_the_first_passage_with_the_answer() -> None:
    assert outcome_of(OPENED).rank == 1
    # "two" is in park.md, but that is not a document that answers this question.
    elsewhere = replace(PROJECTS, answers=("two",))
    assert outcome_of(elsewhere).rank is None
    second = Question("q", "the first expo projects", ("530",), ("expo.md",))
    assert outcome_of(second).rank == 2
    assert outcome_of(COST).rank is None


def test_report_counts_everything_overall_and_per_kind() -> None:
    bot = DictionaryBot(
        {
            OPENED.question: say(cite("expo.md", "August 2018")),
            PROJECTS.question: say(cite("park.md", "two")),
            MOON.question: say(cite("park.md", "two")),
        }
    )
    report = evaluate(bot, [MOON, OPENED, PROJECTS, PARK, COST])
    overall = report.overall
    assert (overall.questions, overall.answerable, overall.answered) == (5, 3, 3)
    expected = {
        "exact_match": 2 / 5,  # OPENED, and COST by silence
        "right": 2 / 5,
        "answer_in_quote": 2 / 5,
        "citation_correct": 2 / 5,
        "citation_verbatim": 1.0,
        "right_when_answered": 1 / 3,
        "citation_correct_when_answered": 1 / 3,
        "answerable_answered": 2 / 3,  # PARK is lost
        "abstention_precision": 1 / 2,  # COST, but PARK as well
        "abstention_recall": 1 / 2,  # COST, but not MOON
        "recall_at_5": 1.0,
    }
    assert {name: overall.metrics[name] for name in expected} == pytest.approx(expected)
    assert list(report.kinds) == ["number", "date", "place", "unanswerable", "off-topic"]
    assert report.kinds["unanswerable"].metrics["abstention_recall"] == 1.0
    assert report.kinds["off-topic"].metrics["abstention_recall"] == 0.0
    assert report.kinds["off-topic"].metrics["recall_at_1"] is None
    assert report.kinds["place"].metrics["citation_verbatim"] is None
    assert report.kinds["place"].metrics["answerable_answered"] == 0.0


def test_recall_and_reciprocal_rank_count_what_was_not_found() -> None:
    second = Question("q", "the first expo projects", ("530",), ("expo.md",))
    never = replace(PROJECTS, answers=("two",))
    metrics = evaluate(DictionaryBot({}), [OPENED, second, never, COST]).overall.metrics
    assert metrics["recall_at_1"] == pytest.approx(1 / 3)
    assert metrics["recall_at_5"] == metrics["recall_at_20"] == pytest.approx(2 / 3)
    assert metrics["reciprocal_rank_at_10"] == pytest.approx((1 + 1 / 2 + 0) / 3)


def test_the_same_run_gives_the_same_dictionary() -> None:
    bot = DictionaryBot({OPENED.question: say(cite("expo.md", "August 2018"))})
    first, second = evaluate(bot, [OPENED, COST]), evaluate(bot, [OPENED, COST])
    assert first.to_dict() == second.to_dict()
    assert set(first.overall.metrics) == set(METRICS)


class Counting(DictionaryBot):
    """Notes what it is asked."""

    def __init__(self) -> None:
        super().__init__({})
        self.asked: list[str] = []

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        self.asked.append(question)
        return super().trace(question)


def test_every_question_is_asked_once_and_nothing_else() -> None:
    bot = Counting()
    evaluate(bot, [OPENED, COST, PARK])
    assert bot.asked == [OPENED.question, COST.question, PARK.question]


def test_a_question_is_asked_after_its_own_history() -> None:
    class Remembering(DictionaryBot):
        def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
            told.append(history)
            return super().trace(question)

    told: list[Sequence[Turn]] = []
    turns: tuple[Turn, ...] = ("When?", {"question": "Where?", "answer": None})
    evaluate(Remembering({}), [replace(OPENED, history=turns), COST])
    assert told == [turns, ()]


def test_ranks_are_those_of_each_order_and_of_the_passages_that_hold_the_answer() -> None:
    second = Question("q", "the first expo projects", ("530",), ("expo.md",))
    outcome = outcome_of(second)
    assert outcome.ranks == {"fused": 2, "lexical": 2, "dense": 2}
    assert (outcome.passages_with_answer, outcome.documents_with_answer) == (1, 1)
    assert (outcome.read, outcome.seconds) == (2, {"retrieving": 0.25, "reading": 0.5})
    both = replace(second, answers=("530", "opened"), doc_ids=("expo.md", "park.md"))
    assert outcome_of(both).ranks["fused"] == 1
    assert (outcome_of(both).passages_with_answer, outcome_of(both).documents_with_answer) == (2, 1)
    none = outcome_of(COST)
    assert none.ranks == {"fused": None, "lexical": None, "dense": None}
    assert (none.passages_with_answer, none.documents_with_answer) == (0, 0)


def test_progress_is_told_of_every_question() -> None:
    done: list[int] = []
    evaluate(DictionaryBot({}), [OPENED, COST], progress=done.append)
    assert done == [1, 2]


def test_documents_that_the_bot_does_not_hold_are_refused() -> None:
    with pytest.raises(QuestionError, match=r"does not hold: 'lost\.md'") as caught:
        evaluate(DictionaryBot({}), [PARK, replace(OPENED, doc_ids=("expo.md", "lost.md"))])
    assert caught.value.hint


def test_a_document_that_an_answer_is_tied_to_may_be_gone() -> None:
    place = Place("August 2018", "lost.md", 0, 11, "0" * 64)
    tied = replace(OPENED, doc_ids=("expo.md", "lost.md"), gold=(place,))
    (outcome,) = evaluate(DictionaryBot({}), [tied]).outcomes
    assert outcome.stale == "The index does not hold 'lost.md' any more."
    # But not where it is all that the questions are about, or where another is lost as well.
    alone = replace(tied, doc_ids=("lost.md",))
    with pytest.raises(QuestionError, match=r"does not hold: 'lost\.md'"):
        evaluate(DictionaryBot({}), [alone])
    assert evaluate(DictionaryBot({}), [alone, PARK]).outcomes[0].stale is not None
    with pytest.raises(QuestionError, match=r"does not hold: 'gone\.md'"):
        evaluate(DictionaryBot({}), [replace(tied, doc_ids=(*tied.doc_ids, "gone.md")), PARK])


def test_no_questions_are_no_evaluation() -> None:
    with pytest.raises(QuestionError, match="no questions"):
        evaluate(DictionaryBot({}), [])
