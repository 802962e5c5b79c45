"""The documentation as a site, which loads nothing from elsewhere: `make docs` writes it to site/.

The source folder is the repository itself, so that a link between two pages is the same file here,
in a clone and on the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import qa
from qa.surfaces.cli.parser import make_parser
from qa.surfaces.web.theme import ACCENT, COLOURS, LINE, SUBDUED
from scripts.command_reference import described

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Footnote"
version = release = qa.__version__
language = "en"

root_doc = "docs/index"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/**.md",
    "eval/README.md",
    "examples/README.md",
    "training/README.md",
]
exclude_patterns = [".*", "**/__pycache__", "build", "corpus", "index", "qa", "reports", "site"]

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # outputs of commands leave lines out: "…"
highlight_language = "none"  # an indented block is a command or its output
smartquotes = False  # a quotation mark in an example is one to type
default_role = "code"  # docstrings put code between single backticks, as Markdown does
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 80
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "Footnote"
html_static_path = ["theme/static"]
html_css_files = ["footnote.css"]
html_extra_path = ["theme/root"]  # index.html, which leads to the page of that name in docs/
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# Light and dark, as in the web chat. The fonts are the reader's own: furo brings none.
SHADES = {
    "color-brand-primary": ACCENT,
    "color-brand-content": ACCENT,
    "color-brand-visited": ACCENT,
    "color-problematic": ACCENT,
    "color-foreground-primary": COLOURS["body_text_color"],
    "color-foreground-secondary": SUBDUED,
    "color-foreground-muted": SUBDUED,
    "color-background-primary": COLOURS["body_background_fill"],
    "color-background-secondary": COLOURS["background_fill_secondary"],
    "color-background-hover": COLOURS["button_secondary_background_fill_hover"],
    "color-background-border": LINE,
    "color-highlight-on-target": COLOURS["color_accent_soft"],
    "color-highlighted-background": COLOURS["color_accent_soft"],
}
html_theme_options = {
    f"{shade}_css_variables": {name: pair[place] for name, pair in SHADES.items()}
    for place, shade in enumerate(("light", "dark"))
}


def add_commands(app: Sphinx, page: str, source: list[str]) -> None:
    """Put what the parser of `qa` knows below the page about its commands."""
    if page == "docs/reference/commands":
        source[0] += described(make_parser())


def setup(app: Sphinx) -> None:
    """What Sphinx calls."""
    app.connect("source-read", add_commands)
