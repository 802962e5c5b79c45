"""SQuAD 1.1 and 2.0 files: every paragraph is a document, every question knows its paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import InputError, Problem
from qa.evaluation.files import as_object, member, parse_json, read_text
from qa.evaluation.questions import Question
from qa.types import Document


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question about one paragraph.

    `answers` are distinct, in the order of the file; `answer_starts[i]` is where the annotation
    of `answers[i]` begins in the paragraph's text. Both are empty for an unanswerable question.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    answer_starts: tuple[int, ...]
    doc_id: str

    def to_question(self, split: str = "dev") -> Question:
        """The same question in the shape that `evaluate` takes."""
        return Question(
            id=self.id,
            question=self.question,
            answers=self.answers,
            doc_ids=(self.doc_id,) if self.answers else (),
            kind="fact" if self.answers else "unanswerable",
            split=split,
        )


@dataclass(frozen=True, slots=True)
class Squad:
    """The paragraphs and questions of one file, in its order."""

    documents: tuple[Document, ...]
    questions: tuple[SquadQuestion, ...]

    def among(self, other: Squad) -> Squad:
        """These questions, to be found among the paragraphs of both.

        Raises `InputError` where both have a document of the same id: the file names are equal.
        """
        shared = {document.id for document in self.documents} & {
            document.id for document in other.documents
        }
        if shared:
            raise InputError(
                f"{len(shared)} documents of the two files share their ids, one is {min(shared)}",
                hint="rename one of the files: ids begin with the file's name",
            )
        return replace(self, documents=self.documents + other.documents)


def load_squad(path: Path) -> Squad:
    """The paragraphs and questions of a SQuAD file (JSON, plain or `.gz`).

    A document's id is `file/title/number`: the file's name up to the first `.json`, the
    article's title as it stands, and the paragraph's number in articles of that title, from 1.
    Paragraphs with equal text stay apart.

    Raises `InputError` naming the file and the first place that is ill-formed, a repeated
    question id or an answer that does not stand at its offset among them.
    """
    where = "the file"
    documents: list[Document] = []
    questions: list[SquadQuestion] = []
    seen: set[str] = set()
    paragraphs: Counter[str] = Counter()
    try:
        for title, paragraph in _paragraphs(parse_json(read_text(path))):
            paragraphs[title] += 1
            where = f"article {title!r}, paragraph {paragraphs[title]}"
            text = member(paragraph, "context", str)
            doc_id = f"{path.name.partition('.json')[0]}/{title}/{paragraphs[title]}"
            documents.append(Document(doc_id, title.replace("_", " "), text))
            for value in member(paragraph, "qas", list):
                question = _question(as_object(value), doc_id, text)
                if question.id in seen:
                    raise ValueError(f"the question id {question.id!r} is used twice")
                seen.add(question.id)
                questions.append(question)
    except ValueError as error:
        raise InputError(
            str(Problem(str(path), f"{where}: {error}")),
            hint="expected SQuAD JSON: data[].paragraphs[].{context, qas[]}",
        ) from error
    return Squad(tuple(documents), tuple(questions))


def _paragraphs(content: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    for value in member(as_object(content), "data", list):
        article = as_object(value)
        title = member(article, "title", str)
        for paragraph in member(article, "paragraphs", list):
            yield title, as_object(paragraph)


def _question(record: Mapping[str, object], doc_id: str, text: str) -> SquadQuestion:
    identity = member(record, "id", str)
    starts: dict[str, int] = {}
    for value in member(record, "answers", list):
        answer = as_object(value)
        words, start = member(answer, "text", str), member(answer, "answer_start", int)
        if start < 0 or not words or text[start : start + len(words)] != words:
            raise ValueError(f"question {identity!r}: {words!r} does not stand at offset {start}")
        starts.setdefault(words, start)
    if bool(starts) == (record.get("is_impossible") is True):
        raise ValueError(f"question {identity!r}: must either have answers or be impossible")
    return SquadQuestion(
        id=identity,
        question=member(record, "question", str),
        answers=tuple(starts),
        answer_starts=tuple(starts.values()),
        doc_id=doc_id,
    )
