"""What training minimises: each window by itself, and all windows of a question together."""

from __future__ import annotations

from typing import Any

LOSSES = {
    "window": "cross-entropy of each window",
    "shared": "cross-entropy of each window, and of each question over all its windows, by halves",
}


def pointing_loss(logits: Any, places: Any, groups: Any, loss: str) -> Any:
    """The loss of pointing at `places` (windows,), from logits (windows, length).

    Token 0 is the place of "no answer". The loss "window" is the mean cross-entropy of the windows.
    With "shared" that is one half, and the other is that of the questions: the windows of a group
    share one softmax over all their tokens, each relative to its window's "no answer", with a
    single "no answer" for the group ("shared normalisation", Clark & Gardner, 2018). Where several
    windows of a group hold an answer, any of them will do.
    """
    import torch

    alone = torch.nn.functional.cross_entropy(logits, places)
    if loss == "window":
        return alone
    _, group_of = torch.unique(groups, return_inverse=True)
    member = (
        group_of[None, :] == torch.arange(int(group_of.max()) + 1, device=group_of.device)[:, None]
    )
    holds = member & (places > 0)
    relative = logits - logits[:, :1]
    spans = torch.logsumexp(relative[:, 1:], dim=1)
    golds = relative.gather(1, places[:, None])[:, 0]
    nothing = torch.zeros(len(member), 1, device=logits.device)
    shut = torch.full_like(nothing, -torch.inf)
    every = torch.cat([torch.where(member, spans, shut), nothing], dim=1)
    unanswered = torch.where(holds.any(dim=1, keepdim=True), shut, nothing)
    right = torch.cat([torch.where(holds, golds, shut), unanswered], dim=1)
    together = torch.logsumexp(every, dim=1) - torch.logsumexp(right, dim=1)
    return (alone + together.mean()) / 2
