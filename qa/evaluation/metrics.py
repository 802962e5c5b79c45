"""Judging an answer by its words.

`normalise`, `exact_match` and `token_f1` follow the official SQuAD 2.0 evaluation script
(evaluate-v2.0.py, Rajpurkar et al., 2018), quirks included: a decimal point is punctuation like
any other, so "5.3" and "53" are the same to it.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

LONGEST_RIGHT_ANSWER = 12
"""Words. An answer that is longer and merely contains the wanted words did not find them."""

_ARTICLES = frozenset({"a", "an", "the"})
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|%")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(text: str) -> str:
    """Lower case, without ASCII punctuation and English articles, single spaces.

    >>> normalise("The  Smart China Expo (SCE)!")
    'smart china expo sce'
    """
    bare = text.lower().translate(_NO_PUNCTUATION)
    return " ".join(_ARTICLE.sub(" ", bare).split())


def exact_match(answer: str | None, golds: Sequence[str]) -> float:
    """1.0 if the answer equals any gold answer once both are normalised, else 0.0.

    No answer (None) equals having no gold answers, and nothing else does.

    >>> exact_match("the Expo Center", ["Expo Center."]), exact_match(None, [])
    (1.0, 1.0)
    """
    if answer is None or not golds:
        return float(answer is None and not golds)
    given = normalise(answer)
    return float(any(given == normalise(gold) for gold in golds))


def token_f1(answer: str | None, golds: Sequence[str]) -> float:
    """The best F1 between the normalised words of the answer and of a gold answer.

    No answer (None) and no gold answers: 1.0; one without the other: 0.0. The same holds for
    wordings that normalise to nothing.

    >>> token_f1("in August 2018", ["August 2018"])
    0.8
    """
    if answer is None or not golds:
        return float(answer is None and not golds)
    given = normalise(answer).split()
    return max(_f1(given, normalise(gold).split()) for gold in golds)


def _f1(given: list[str], gold: list[str]) -> float:
    if not given or not gold:
        return float(given == gold)
    shared = sum((Counter(given) & Counter(gold)).values())
    # 2PR / (P + R) with P = shared / given and R = shared / gold, without the division by zero.
    return 2 * shared / (len(given) + len(gold))


def contains_answer(golds: Sequence[str], text: str) -> bool:
    """Whether the words of any gold answer stand side by side in the text, articles aside.

    Words, not characters, and numbers whole: "53" is neither in "530" nor in "5.3". A gold
    answer without words is in no text.

    >>> contains_answer(["53"], "It cost 530 yuan."), contains_answer(["53"], "53 firms came.")
    (False, True)
    """
    words = [word for word, _, _ in _words(text)]
    return any(_place(words, gold) is not None for gold in golds)


def find_answer(answer: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the words of the answer first stand in the text, from offset `start` on.

    They stand there exactly if `contains_answer` says so; the offsets leave out what is around
    the words.

    >>> find_answer("the 53 firms", "Of 530 guests, 53 of 60. The 53 Firms came.")
    (29, 37)
    """
    words = [word for word in _words(text) if word[1] >= start]
    place = _place([word for word, _, _ in words], answer)
    if place is None:
        return None
    first, last = place
    return words[first][1], words[last][2]


def stands_at(answer: str, text: str, start: int, end: int) -> bool:
    """Whether the words of the answer stand within `text[start:end]`, which cuts no word.

    >>> text = "It cost 530 yuan."
    >>> stands_at("530", text, 8, 11), stands_at("53", text, 8, 10), stands_at("530", text, 0, 2)
    (True, False, False)
    """
    if not 0 <= start < end <= len(text):
        return False
    touched = [word for word in _words(text) if word[1] < end and start < word[2]]
    cut = any(first < start or end < last for _, first, last in touched)
    return not cut and _place([word for word, _, _ in touched], answer) is not None


def _place(words: Sequence[str], answer: str) -> tuple[int, int] | None:
    """The first and the last of `words` at which those of the answer stand."""
    wanted = [word for word, _, _ in _words(answer)]
    for first in range(len(words) - len(wanted) + 1 if wanted else 0):
        if words[first] == wanted[0] and list(words[first : first + len(wanted)]) == wanted:
            return first, first + len(wanted) - 1
    return None


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word in lower case with its offsets, articles left out."""
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in _ARTICLES:
            yield word, match.start(), match.end()


def is_right(answer: str | None, golds: Sequence[str]) -> bool:
    """Whether a reader would accept the answer: an exact match, or a short answer around it.

    Short is at most `LONGEST_RIGHT_ANSWER` words, counted as they are printed.

    >>> is_right("held in Chongqing", ["Chongqing"]), is_right(None, ["Chongqing"])
    (True, False)
    """
    if exact_match(answer, golds):
        return True
    if answer is None or len(answer.split()) > LONGEST_RIGHT_ANSWER:
        return False
    return contains_answer(golds, answer)


def recall_at(cutoff: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1.0 if any relevant id is among the first `cutoff`, else 0.0.

    This is recall as open-domain question answering uses the word (also "success@k" or "top-k
    accuracy"; Karpukhin et al., 2020): one passage with the answer is enough.

    >>> recall_at(1, ["b", "a"], {"a"}), recall_at(2, ["b", "a"], {"a"})
    (0.0, 1.0)
    """
    return float(any(doc_id in relevant for doc_id in ranked[:cutoff]))
