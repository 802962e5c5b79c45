"""The panel beside the conversation as HTML: its frame, and what every kind of it shares."""

from __future__ import annotations

from qa.surfaces.web.html import escape

CLOSE = (
    '<button type="button" class="qa-quiet qa-close" data-do="close" '
    'aria-label="Close" title="Close (Escape)"><span aria-hidden="true">×</span></button>'
)


def panel(
    kind: str,
    title: str,
    above: str,
    body: str,
    *,
    link: str = "",
    chip: tuple[int, int] | None = None,
) -> str:
    """A panel with a heading. `title` is text, `above` and `body` are HTML.

    `link` is the address under which this question and source are opened again; `chip` the turn and
    the number of the chip that leads here.
    """
    address = f' data-link="{escape(link)}"' if link else ""
    if chip is not None:
        address += f' data-turn="{chip[0]}" data-number="{chip[1]}"'
    return (
        f'<aside class="qa-panel qa-{kind}" aria-labelledby="qa-panel-title"{address}>'
        f'<header><div class="qa-panel-top"><h2 id="qa-panel-title" tabindex="-1">{escape(title)}'
        f"</h2>{CLOSE}</div>{above}</header>"
        f'<div class="qa-scroll" tabindex="0" role="region" aria-label="Text">{body}</div></aside>'
    )
