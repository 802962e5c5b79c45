"""The web chat: `page` composes it, `html` writes what it shows, `server` puts it on a port."""
