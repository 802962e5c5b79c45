"""Text as HTML. Text of articles and questions is hostile and is shown as it is."""

from __future__ import annotations

# Beside HTML's own five: gr.HTML renders its value with `${value}`, which its JavaScript compiles
# with Handlebars and then evaluates as a template literal. The value goes in once, after both, so
# braces in it are only text. Written as entities they stay so if a template ever quotes a value.
# A carriage return would be read as a newline, a NUL is dropped by browsers, and a lone surrogate
# cannot be sent at all: each stays one character, so that no offset shifts.
_ENTITIES: dict[int, str] = {
    **{ord(character): f"&#{ord(character)};" for character in "&<>\"'`${}\\\r"},
    **dict.fromkeys([0, *range(0xD800, 0xE000)], "&#65533;"),
}


def escape(text: str) -> str:
    """`text` as HTML that shows exactly `text`, in an element or in a quoted attribute.

    >>> escape("<b>${x}</b>")
    '&#60;b&#62;&#36;&#123;x&#125;&#60;/b&#62;'
    """
    return text.translate(_ENTITIES)
