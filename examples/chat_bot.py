"""The skeleton of a chat bot, on the terminal: `python examples/chat_bot.py`.

Another place to chat needs nothing but `ChatBot.reply`: hand it every message and who sent it.
Another index than that of the bundled articles: name its folder.
"""

import sys
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import qa

ROOT = Path(__file__).parents[1]
HELP = "Ask the articles something. /new begins anew, /help shows this."


class ChatBot:
    """Replies to messages; everyone has a conversation, so that follow-ups are understood.

    The conversations of the latest `most` senders are remembered.
    """

    def __init__(self, bot: qa.Bot, most: int = 1_000) -> None:
        self._bot = bot
        self._most = most
        self._conversations: OrderedDict[str, qa.Conversation] = OrderedDict()

    def reply(self, sender: str, message: str) -> str:
        """What to say to `message`. Messages of one sender come one after the other."""
        match message.strip():
            case "" | "/help":
                return HELP
            case "/new":
                self._conversations.pop(sender, None)
                return "We begin anew."
            case question:
                return self._answer(sender, question)

    def _answer(self, sender: str, question: str) -> str:
        conversation = self._conversations.setdefault(sender, qa.Conversation(self._bot))
        self._conversations.move_to_end(sender)
        while len(self._conversations) > self._most:
            self._conversations.popitem(last=False)
        try:
            return "\n".join(lines(conversation.ask(question)))
        except qa.InputError as error:
            return f"{error}. {error.hint}"


def lines(answer: qa.Answer) -> Iterator[str]:
    """An answer as text, with its sentences and where they stand."""
    if answer.resolved_question != answer.question:
        yield f"({answer.resolved_question})"
    if answer.text is None:
        yield f"The articles do not answer this. {answer.reason}"
        return
    sides: list[qa.Answer | qa.Candidate] = [answer]
    if answer.conflict:
        yield "Sources give different figures."
        sides += answer.alternatives
    for side in sides:
        yield side.text or ""
        for citation in side.citations:
            page = f"page {citation.page}" if citation.page else None
            place = filter(None, [citation.title, citation.date, page])
            yield f"  “{citation.quote}” {', '.join(place)}"


def open_bot(index: Path) -> qa.Bot:
    """The bot over `index`; the bundled articles are indexed there where there is none."""
    try:
        return qa.open(index)
    except qa.IndexNotFoundError:
        return qa.build(ROOT / "corpus", index)


def main() -> None:
    index = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "index"
    chat_bot = ChatBot(open_bot(index))
    print(HELP)
    try:
        while True:
            print(chat_bot.reply("terminal", input("> ")))
    except (EOFError, KeyboardInterrupt):
        print()


if __name__ == "__main__":
    main()
