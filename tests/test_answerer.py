"""The bot: one question in, one cited answer or an honest silence out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa.answerer import Turn
from qa.errors import QuestionError
from qa.present import answer_to_dict
from qa.types import Answer, Document, Hit, Policy, Span
from tests.fakes import WordEncoder
from tests.readers import FigureReader, OverlapReader, PointingReader
from tests.test_decide import TEXTS
from tests.test_present import faults

EXPO = Document(
    "expo.md",
    "Smart China Expo",
    "The 2019 expo signed 530 projects.\r\nRobots danced 🤖 at the opening ceremony.",
    url="https://example.org/expo",
    date="2019-08-26",
)
PARK = Document(
    "park.txt", "Lijia Smart Park", "Lijia Smart Park opened in 2018. Drones fly there."
)


def bot_over(*documents: Document, policy: Policy | None = None, reader: Any = None) -> qa.Bot:
    reader = reader or OverlapReader()
    return qa.build(documents, encoder=WordEncoder(), reader=reader, policy=policy)


BOT = bot_over(EXPO, PARK)


def check_citations(answer: Answer, documents: Sequence[Document]) -> None:
    """Everything that a citation promises, those of what was not given included."""
    by_id = {document.id: document for document in documents}
    others = (*answer.alternatives, *filter(None, [answer.rejected]))
    for citation in (*answer.citations, *(one for other in others for one in other.citations)):
        text = by_id[citation.doc_id].text
        assert text[citation.start : citation.end] == citation.quote
        assert text[citation.answer_start : citation.answer_end] == citation.answer
        assert citation.start <= citation.answer_start < citation.answer_end <= citation.end
        assert citation.text_sha256 == sha256(text.encode()).hexdigest()
        passages = [hit.passage for hit in answer.hits if hit.passage.doc_id == citation.doc_id]
        assert any(p.start <= citation.start and citation.end <= p.end for p in passages)
    for hit in answer.hits:
        passage = hit.passage
        assert by_id[passage.doc_id].text[passage.start : passage.end] == passage.text


def test_an_answer_is_cited_in_the_document_s_words() -> None:
    answer = BOT.ask("What did robots do at the opening ceremony?")
    assert answer.text == "Robots danced 🤖 at the opening ceremony."
    citation = answer.citations[0]
    assert (citation.doc_id, citation.title) == ("expo.md", "Smart China Expo")
    assert (citation.url, citation.date) == ("https://example.org/expo", "2019-08-26")
    assert citation.answer_start == 36  # in code points: the emoji counts once, CR and LF each
    check_citations(answer, [EXPO, PARK])
    assert faults(answer_to_dict(answer)) == []


def test_below_the_threshold_there_is_no_text_but_what_came_near() -> None:
    answer = BOT.ask("Who opened the Great Wall of Beijing to cyclists?")
    assert (answer.text, answer.citations, answer.alternatives) == (None, (), ())
    assert answer.reason
    assert answer.signal in ("off-topic", "no-convincing-span")
    assert answer.rejected is not None
    assert answer.hits
    assert 0 <= answer.confidence < 0.5
    assert faults(answer_to_dict(answer)) == []


def test_unknown_words_are_no_error() -> None:
    answer = BOT.ask("Quidditch snitch?")
    assert answer.text is None
    assert answer.reason


@pytest.mark.parametrize(
    "question", ["???", "the", "\u200b", "🤖", "\x00", "'; DROP TABLE --", "<b>"]
)
def test_a_question_without_a_word_to_look_up_is_no_error(question: str) -> None:
    answer = BOT.ask(question)
    assert answer.question == question
    assert faults(answer_to_dict(answer)) == []


@pytest.mark.parametrize(
    "documents",
    [
        [],
        [Document("empty.txt", "Empty", "")],
        [Document("blank.txt", "Blank", " \r\n\t ")],
        [Document("front.md", "Front", "---\ntitle: x\n---\n", body_start=17)],
    ],
    ids=["no document", "empty", "blank", "front matter"],
)
def test_articles_without_a_passage_answer_no(documents: list[Document]) -> None:
    bot = bot_over(*documents)
    assert list(bot.documents) == sorted(document.id for document in documents)
    answer = bot.ask("What did robots do?")
    assert (answer.text, answer.hits, answer.confidence) == (None, (), 0.0)
    assert answer.reason
    assert bot.retrieve("robots") == []
    with pytest.raises(QuestionError):
        bot.ask("")
    assert faults(answer_to_dict(answer)) == []


def test_asked_twice_the_bot_says_the_same() -> None:
    questions = ["What did robots do?", "When did Lijia Smart Park open?", "Who?"]
    once, again = ([json.dumps(answer_to_dict(BOT.ask(q))) for q in questions] for _ in range(2))
    assert once == again
    anew = bot_over(PARK, EXPO)  # in another order, too
    assert [json.dumps(answer_to_dict(anew.ask(q))) for q in questions] == once


SAYINGS = st.sampled_from(
    [
        *("In 2022 the Lantern Fair had 900 guests. ", "In 2021 the Lantern Fair had 900 guests. "),
        *("The Lantern Fair had 1,200 guests in 2022. ", "It had 86 stalls.\n\n"),
        *("1.2 thousand guests came to the Lantern Fair of 2022. ", "# Guests\n\n", "It rained. "),
    ]
)
TURNS = st.sampled_from(
    ["How many guests did the Lantern Fair have in 2021?", "How many stalls were there?"]
)


@given(
    st.lists(st.lists(SAYINGS, min_size=1, max_size=4).map("".join), min_size=1, max_size=5),
    st.lists(TURNS, max_size=2),
    st.sampled_from(["How many guests did the Lantern Fair have in 2022?", "And in 2022?"]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_told_and_asked_before_the_answer_is_one_and_verbatim(
    texts: list[str], history: list[str], question: str
) -> None:
    documents = [Document(f"{n}.md", "Lantern Fair", text) for n, text in enumerate(texts)]
    bot = bot_over(*documents, reader=FigureReader())
    answer = bot.ask(question, history)
    written = json.dumps(answer_to_dict(answer))
    assert json.dumps(answer_to_dict(bot.ask(question, history))) == written
    anew = bot_over(*reversed(documents), reader=FigureReader())
    assert json.dumps(answer_to_dict(anew.ask(question, history))) == written
    check_citations(answer, documents)
    others = answer.alternatives if answer.conflict else ()
    told = [*answer.citations, *(citation for side in others for citation in side.citations)]
    assert len({citation.doc_id for citation in told}) == len(told)
    assert others or not answer.conflict


def test_many_questions_are_each_asked() -> None:
    questions = ["When did Lijia Smart Park open?", "Who?", "When did Lijia Smart Park open?"]
    assert BOT.ask_many(questions) == [BOT.ask(question) for question in questions]
    assert BOT.ask_many([]) == []


def test_history_is_taken() -> None:
    history: list[Turn] = ["What is Lijia?", {"question": "Who?", "answer": None}]
    question = "When did Lijia Smart Park open?"
    assert BOT.ask(question, history) == BOT.ask(question)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the question is empty"),
        (" \t\r\n\u3000", "the question is empty"),
        ("x" * 2001, "the question has 2,001 characters, at most 2,000 are read"),
        (None, "a question is text, not NoneType"),
        (b"Who?", "a question is text, not bytes"),
        (["Who?"], "a question is text, not list"),
        ("Who is \ud83d?", "half a character"),
        ("\udcff", "half a character"),
    ],
)
def test_what_is_no_question_is_refused_with_a_hint(question: Any, message: str) -> None:
    for ask in (BOT.ask, BOT.retrieve, lambda q: BOT.ask_many([q])):
        with pytest.raises(QuestionError, match=message) as error:
            ask(question)
        assert error.value.hint


def test_2000_characters_are_a_question_and_emoji_count_once() -> None:
    assert BOT.ask("🤖" * 2000).text is None


def test_the_policy_s_threshold_stands_before_the_reader_s() -> None:
    question = "What did robots do at the Olympics?"  # two of three terms: 0.67
    assert bot_over(EXPO).ask(question).text is not None
    assert bot_over(EXPO, policy=Policy(threshold=0.7)).ask(question).text is None
    assert bot_over(EXPO, policy=Policy(threshold=0.0)).ask("Quidditch?").text is not None


def test_the_policy_says_how_many_passages_are_read() -> None:
    documents = [Document(f"{n}.txt", f"Page {n}", f"Robot {n} danced.") for n in range(5)]
    answer = bot_over(*documents, policy=Policy(passages=2)).ask("Which robot danced?")
    assert len(answer.hits) == 2
    assert len(bot_over(*documents).ask("Which robot danced?").hits) == 5


def test_every_hit_of_the_answer_has_been_read_in_that_order() -> None:
    class Listener(OverlapReader):
        def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
            heard.extend(hits)
            return super().read(question, hits)

    heard: list[Hit] = []
    answer = bot_over(EXPO, PARK, reader=Listener()).ask("Which drones fly at the expo?")
    assert tuple(heard) == answer.hits
    assert len(heard) == 2


def test_retrieval_gives_as_many_passages_as_there_are() -> None:
    hits = BOT.retrieve("robots", passages=1)
    assert [hit.passage.doc_id for hit in hits] == ["expo.md"]
    assert hits == BOT.retrieve("robots", passages=99)[:1]


@pytest.mark.parametrize("passages", [0, -1])
def test_retrieving_no_passage_is_refused(passages: int) -> None:
    with pytest.raises(QuestionError, match=f"^{passages} passages"):
        BOT.retrieve("robots", passages=passages)


def test_a_rank_beyond_the_depth_is_none_and_its_score_is_there() -> None:
    documents = [Document(f"{n}.txt", f"Page {n}", f"Robot {n} danced.") for n in range(5)]
    bot = bot_over(*documents, policy=Policy(depth=1))
    hits = bot.retrieve("robot 3")
    assert hits[0].passage.doc_id == "3.txt"
    assert hits[0].ranks == {"lexical": 1, "dense": 1}
    missing = bot_over(EXPO, PARK).retrieve("530 drones")
    assert {hit.passage.doc_id for hit in missing} == {"expo.md", "park.txt"}
    silent = BOT.retrieve("Drones")[-1]
    assert (silent.passage.doc_id, silent.ranks["lexical"]) == ("expo.md", None)
    assert silent.scores["lexical"] == 0.0


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_wherever_a_reader_points_the_citation_is_verbatim(
    texts: list[str], data: st.DataObject
) -> None:
    def point(hit: Hit) -> tuple[int, int]:
        first = data.draw(st.integers(0, len(hit.passage.text) - 1))
        return first, data.draw(st.integers(first + 1, len(hit.passage.text)))

    documents = [
        Document(
            f"{number}.txt",
            "Title",
            text,
            page_starts=(0, *sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=3)))),
            body_start=data.draw(st.integers(0, len(text))),
        )
        for number, text in enumerate(texts)
    ]
    answer = bot_over(*documents, reader=PointingReader(point)).ask("What did robots do?")
    assert (answer.text is None) == (not answer.hits)
    check_citations(answer, documents)
    for citation in answer.citations:
        assert answer.text == citation.answer
        starts = {document.id: document.page_starts for document in documents}[citation.doc_id]
        page = sum(start <= citation.answer_start for start in starts)
        assert citation.page == page
    assert faults(json.loads(json.dumps(answer_to_dict(answer)))) == []


def test_a_half_year_is_read_in_the_articles_words_and_kept_in_the_visitors() -> None:
    asked: list[str] = []

    class Listening(OverlapReader):
        def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
            asked.append(question)
            return super().read(question, hits)

    trade = Document("trade.txt", "Trade", "Exports grew by 5% in the first half of 2021.")
    question = "How fast did exports grow from January to June 2021?"
    answer = bot_over(trade, reader=Listening()).ask(question)
    assert asked == ["How fast did exports grow in the first half of 2021?"]
    assert answer.text == "Exports grew by 5% in the first half of 2021."
    assert (answer.question, answer.resolved_question) == (question, question)
