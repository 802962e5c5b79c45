"""Invented SQuAD content: short paragraphs whose answers are known, drawn or written."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from qa.evaluation.squad import Squad, SquadQuestion
from qa.types import Document

_WORDS = st.sampled_from(
    "Robots danced in Ålborg, 530 of them; a café's “hall” cost 1,200 yuan — 31.9% more 🤖".split()
)
_SENTENCES = st.lists(_WORDS, min_size=3, max_size=12).map(lambda words: " ".join(words) + ".")
_TEXTS = st.lists(_SENTENCES, min_size=1, max_size=40).map(" ".join)


@st.composite
def squads(draw: st.DrawFn) -> Squad:
    """Paragraphs of up to a few hundred words; an answer is any run of whole words in one."""
    documents: list[Document] = []
    questions: list[SquadQuestion] = []
    for number in range(draw(st.integers(1, 3))):
        text = draw(_TEXTS)
        document = Document(f"s/T/{number}", draw(st.sampled_from(["Expo", "Robots"])), text)
        documents.append(document)
        words = text.split(" ")
        for _ in range(draw(st.integers(1, 3))):
            first = draw(st.integers(0, len(words) - 1))
            count = draw(st.integers(0, 4))
            answer = " ".join(words[first : first + count])
            start = len(" ".join([*words[:first], ""]))
            questions.append(
                SquadQuestion(
                    id=f"q{len(questions)}",
                    question=f"Question {len(questions)}?",
                    answers=(answer,) if answer else (),
                    answer_starts=(start,) if answer else (),
                    doc_id=document.id,
                )
            )
    return Squad(tuple(documents), tuple(questions))


def squad_of(*paragraphs: tuple[str, str, Sequence[tuple[str, str | None]]]) -> Squad:
    """From `(title, text, [(question, answer or None), ...])`; answers stand once in a text."""
    documents: list[Document] = []
    questions: list[SquadQuestion] = []
    for number, (title, text, asked) in enumerate(paragraphs):
        documents.append(Document(f"s/{title}/{number}", title, text))
        for question, answer in asked:
            questions.append(
                SquadQuestion(
                    id=f"q{len(questions)}",
                    question=question,
                    answers=() if answer is None else (answer,),
                    answer_starts=() if answer is None else (text.index(answer),),
                    doc_id=documents[-1].id,
                )
            )
    return Squad(tuple(documents), tuple(questions))
