"""The web chat: `page` composes it, `html` writes what it shows, `server` puts it on a port."""

from qa.surfaces.web.page import Bot, build_page, serve

__all__ = ["Bot", "build_page", "serve"]
