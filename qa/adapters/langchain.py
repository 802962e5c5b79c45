"""LangChain: a retriever, and a tool that answers with citations."""

from __future__ import annotations

from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun, CallbackManagerForToolRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from qa.adapters.passages import found
from qa.answerer import Bot
from qa.errors import QAError
from qa.present import answer_to_dict
from qa.types import Answer, Candidate, Citation


class FootnoteRetriever(BaseRetriever):
    """Brings up passages; `k` is how many at most.

    A document's `metadata` has its score and says where its text stands: see
    `qa.adapters.passages.found`.

    >>> import qa
    >>> bot = qa.build(["Robots danced at the expo.", "The park opened in 2018."])
    >>> [document] = FootnoteRetriever(bot=bot, k=1).invoke("dancing robots")
    >>> document.page_content, document.metadata["doc_id"]
    ('Robots danced at the expo.', '0')
    """

    bot: Bot
    k: int = Field(default=10, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                id=each.id,
                page_content=each.text,
                metadata={**each.metadata, "score": each.score},
            )
            for each in found(self.bot, query, self.k)
        ]


class Question(BaseModel):
    """What the tool is called with."""

    question: str = Field(description="One question, as people ask it.")


class FootnoteTool(BaseTool):
    """Answers a question in the articles' own words, or says that they do not answer it.

    The content is the answer and the sentences that it stands in, the artifact the whole answer as
    the JSON contract has it. What cannot be asked comes back as a message of status "error".

    >>> import qa
    >>> bot = qa.build([qa.Document("expo.txt", "Expo", "The 2019 expo signed 530 projects.")])
    >>> question = {"question": "How many projects were signed at the 2019 expo?"}
    >>> print(FootnoteTool(bot=bot).invoke(question))
    530
    Expo (expo.txt, characters 0 to 34): "The 2019 expo signed 530 projects."
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str = "ask_articles"
    description: str = (
        "Answer one question from a collection of articles. The answer stands word for word in the "
        "sentences that are quoted below it. Where the articles do not answer, it says so: then "
        "say so, too."
    )
    args_schema: Any = Question
    response_format: Literal["content_and_artifact"] = "content_and_artifact"
    handle_tool_error: Any = True
    bot: Bot

    def _run(
        self, question: str, run_manager: CallbackManagerForToolRun | None = None
    ) -> tuple[str, dict[str, Any]]:
        try:
            answer = self.bot.ask(question)
        except QAError as error:
            raise ToolException(f"{error}\nhint: {error.hint}") from error
        return _told(answer), answer_to_dict(answer)


def _told(answer: Answer) -> str:
    if answer.text is None:
        return f"The articles do not answer this: {answer.reason}"
    lines = [answer.text, *map(_cited, answer.citations)]
    if answer.conflict:
        lines += [line for other in answer.alternatives for line in _contradicted(other)]
    return "\n".join(lines)


def _contradicted(other: Candidate) -> list[str]:
    return [f"Contradicted by other articles: {other.text}", *map(_cited, other.citations)]


def _cited(citation: Citation) -> str:
    place = f"{citation.doc_id}, characters {citation.start} to {citation.end}"
    return f'{citation.title} ({place}): "{citation.quote}"'
