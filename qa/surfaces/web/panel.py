"""The panel beside the conversation as HTML: its frame, and what every kind of it shares."""

from __future__ import annotations

from qa.surfaces.web.html import escape
from qa.surfaces.web.view import View

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
    view: View | None = None,
    chip: bool = False,
) -> str:
    """A panel with a heading. `title` is text, `above` and `body` are HTML.

    `link` is the address under which this question and source are opened again. `view` is what is
    shown, to which deeds in the panel refer; `chip` whether a chip of its turn leads here.
    """
    address = f' data-link="{escape(link)}"' if link else ""
    if view is not None:
        address += f' data-view="{view.id}" data-number="{view.number}"'
        address += f' data-turn="{view.turn}"' if chip else ""
    return (
        f'<aside class="qa-panel qa-{kind}" aria-labelledby="qa-panel-title"{address}>'
        f'<header><div class="qa-panel-top"><h2 id="qa-panel-title" tabindex="-1">{escape(title)}'
        f"</h2>{CLOSE}</div>{above}</header>"
        f'<div class="qa-scroll" tabindex="0" role="region" aria-label="Text">{body}</div></aside>'
    )
