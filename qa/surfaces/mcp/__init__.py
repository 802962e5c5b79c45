"""The MCP server: `qa mcp`."""

from qa.surfaces.mcp.server import server

__all__ = ["server"]
