"""Judging an answer by its words, and a ranking by where the wanted thing stands.

`normalise`, `exact_match` and `token_f1` follow the official SQuAD 2.0 evaluation script
(evaluate-v2.0.py, Rajpurkar et al., 2018), quirks included: a decimal point is punctuation like
any other, so "5.3" and "53" are the same to it.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Collection, Sequence

LONGEST_RIGHT_ANSWER = 12
"""Words. An answer that is longer and merely contains the wanted words did not find them."""

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
    words = _words(text)
    for gold in golds:
        wanted = _words(gold)
        starts = range(len(words) - len(wanted) + 1)
        if wanted and any(words[start : start + len(wanted)] == wanted for start in starts):
            return True
    return False


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if not _ARTICLE.fullmatch(word)]


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


def reciprocal_rank(cutoff: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant id among the first `cutoff`; 0.0 if there is none.

    >>> reciprocal_rank(10, ["b", "a"], {"a"})
    0.5
    """
    for rank, doc_id in enumerate(ranked[:cutoff], start=1):
        if doc_id in relevant:
            return 1 / rank
    return 0.0
