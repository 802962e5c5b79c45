"""The web chat: `page` composes it, `chat` answers, `screen` draws, `serve` puts it on a port."""

from qa.surfaces.web.options import Options
from qa.surfaces.web.page import build_page
from qa.surfaces.web.serve import serve

__all__ = ["Options", "build_page", "serve"]
