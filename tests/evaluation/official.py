"""The official SQuAD measures, written a second time from what their authors say of them.

P. Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text" (2016) and "Know
What You Don't Know" (2018): predictions and gold answers are normalised (lower case, no
punctuation, no articles, single spaces). Exact match is whether they are equal; F1 is the harmonic
mean of precision and recall over the bags of words. Either is the best over the gold answers,
averaged over the questions, in percent. In 2.0 no answer is the empty string, which is also the one
gold answer of a question that has none; where either string is empty, F1 is whether both are.

Nothing here is shared with what it is there to check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def bag(text: str) -> list[str]:
    """The words that count. Articles go only where they stand alone between other characters."""
    lowered = "".join(character for character in text.lower() if character not in PUNCTUATION)
    kept, word = [], ""
    for character in lowered + " ":
        if character.isalnum() or character == "_":
            word += character
            continue
        kept.append(" " if word in ("a", "an", "the") else word)
        kept.append(character)
        word = ""
    return "".join(kept).split()


def f1_of(prediction: str, gold: str) -> float:
    given, wanted = bag(prediction), bag(gold)
    if not given or not wanted:
        return 1.0 if given == wanted else 0.0
    left = list(wanted)
    shared = 0
    for word in given:
        if word in left:
            left.remove(word)
            shared += 1
    if shared == 0:
        return 0.0
    precision, recall = shared / len(given), shared / len(wanted)
    return 2 * precision * recall / (precision + recall)


def official(
    golds_of: Mapping[str, Sequence[str]], predictions: Mapping[str, str]
) -> tuple[float, float]:
    """Exact match and F1 in percent. A question without a prediction counts, as 0."""
    exact = overlap = 0.0
    for question_id, golds in golds_of.items():
        if question_id not in predictions:
            continue
        prediction = predictions[question_id]
        wanted = [gold for gold in golds if bag(gold)] or [""]
        exact += max(float(bag(prediction) == bag(gold)) for gold in wanted)
        overlap += max(f1_of(prediction, gold) for gold in wanted)
    return 100 * exact / len(golds_of), 100 * overlap / len(golds_of)
