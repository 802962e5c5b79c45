"""How well a network reads the paragraphs of a SQuAD file that it was not trained on."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from qa.evaluation.metrics import exact_match, token_f1
from qa.evaluation.squad import Squad
from qa.spans import best_spans
from qa.windows import Tokenizer
from training.network import is_halved

SEED = 1


def score(
    network: Any, tokenizer: Tokenizer, squad: Squad, questions: int, device: str
) -> dict[str, float]:
    """Mean exact match and F1, from 0 to 1, over a fixed sample of `questions`.

    Answerable questions are scored by their best span, whether it beats "no answer" or not.
    `told_apart` is the chance that an answerable question has a higher score (best span less no
    answer) than an unanswerable one (the area under the ROC curve); it is there where both are.
    """
    documents = {document.id: document for document in squad.documents}
    sample = random.Random(SEED).sample(squad.questions, min(questions, len(squad.questions)))
    exact, f1, answerable, unanswerable = [], [], [], []
    for question in sample:
        document = documents[question.doc_id]
        text, margin = read(
            network, tokenizer, question.question, document.title, document.text, device
        )
        if question.answers:
            exact.append(exact_match(text, question.answers))
            f1.append(token_f1(text, question.answers))
            answerable.append(margin)
        else:
            unanswerable.append(margin)
    scores = {"exact_match": float(np.mean(exact)), "f1": float(np.mean(f1))}
    if unanswerable:
        wins = np.array(answerable)[:, None] > np.array(unanswerable)[None, :]
        scores["told_apart"] = float(wins.mean())
    return scores


def read(
    network: Any, tokenizer: Tokenizer, question: str, title: str, text: str, device: str = "cpu"
) -> tuple[str, float]:
    """The best span of one text, and its score less that of "no answer"."""
    import torch

    asked = tokenizer.tokens(question).ids
    found = [("", -np.inf)]
    for window in tokenizer.windows(asked, tokenizer.context(title, ""), tokenizer.tokens(text)):
        ids = torch.tensor([window.ids], device=device)
        types = torch.tensor([window.types], device=device)
        with (
            torch.inference_mode(),
            torch.autocast(device, torch.bfloat16, enabled=is_halved(device)),
        ):
            output = network(input_ids=ids, token_type_ids=types)
        starts = output.start_logits[0].float().cpu().numpy()
        ends = output.end_logits[0].float().cpu().numpy()
        first = window.first
        for begin, last, value in best_spans(starts[first:-1], ends[first:-1]):
            words = text[window.starts[begin] : window.ends[last]]
            found.append((words, value - float(starts[0] + ends[0])))
    return max(found, key=lambda pair: pair[1])
