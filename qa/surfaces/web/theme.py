"""Colours and fonts: one accent, a highlighter's; light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

ACCENT = ("#8a5606", "#e9b44c")
LINE = ("#e2dccf", "#3a352d")
SURFACE = ("#ffffff", "#211e1a")
SUBDUED = ("#69635a", "#a8a091")
# Gradio's names for the colours that the page uses, each in light and in dark.
COLOURS = {
    "body_background_fill": ("#fbfaf6", "#171512"),
    "background_fill_primary": SURFACE,
    "background_fill_secondary": ("#f4f1e9", "#1c1916"),
    "block_background_fill": SURFACE,
    "block_label_background_fill": SURFACE,
    "block_label_text_color": SUBDUED,
    "block_title_text_color": SUBDUED,
    "block_info_text_color": SUBDUED,
    "body_text_color": ("#1f1c17", "#ece7dc"),
    "body_text_color_subdued": SUBDUED,
    "border_color_primary": LINE,
    "border_color_accent": ACCENT,
    "link_text_color": ACCENT,
    "link_text_color_hover": ACCENT,
    "link_text_color_active": ACCENT,
    "link_text_color_visited": ACCENT,
    "color_accent_soft": ("#fbe2a0", "#5f4510"),
    "loader_color": ACCENT,
    "input_background_fill": SURFACE,
    "input_background_fill_focus": SURFACE,
    "input_border_color": ("#8d8678", "#7d7567"),
    "input_border_color_focus": ACCENT,
    "input_placeholder_color": SUBDUED,
    "button_primary_background_fill": ACCENT,
    "button_primary_background_fill_hover": ("#6f4505", "#f2c66d"),
    "button_primary_text_color": ("#ffffff", "#171512"),
    "button_primary_border_color": ACCENT,
    "button_secondary_background_fill": SURFACE,
    "button_secondary_background_fill_hover": ("#f4f1e9", "#2a2621"),
    "button_secondary_text_color": ("#1f1c17", "#ece7dc"),
    "button_secondary_border_color": ("#8d8678", "#7d7567"),
    "table_border_color": LINE,
    "table_even_background_fill": SURFACE,
    "table_odd_background_fill": ("#f8f6f0", "#1c1916"),
    "checkbox_background_color_selected": ACCENT,
    "slider_color": ACCENT,
    "error_background_fill": ("#fdeeea", "#3a1d16"),
    "error_text_color": ("#8c2a13", "#ffb8a3"),
    "error_border_color": ("#8c2a13", "#ffb8a3"),
}


def theme() -> gr.themes.Base:
    """The theme. Its fonts are those that the reader's system has: none is served or fetched."""
    import gradio as gr

    base = gr.themes.Base(font=("system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace"))
    light = {name: shades[0] for name, shades in COLOURS.items()}
    dark = {f"{name}_dark": shades[1] for name, shades in COLOURS.items()}
    return base.set(**light, **dark)
