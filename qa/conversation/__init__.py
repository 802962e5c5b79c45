"""Follow-up questions: from "And in 2020?" to a question that stands alone.

No model is at work: names are seen by their capitals, persons, places and things by the question
word that asked for them and by the shape of the answer. Nothing is carried over into a question
that says itself what it is about.

    grammar -> mentions -> turns -> memory -> ellipsis, references -> resolver
"""

from qa.conversation.conversation import Conversation
from qa.conversation.resolver import LONGEST, Turn, resolve

__all__ = ["LONGEST", "Conversation", "Turn", "resolve"]
