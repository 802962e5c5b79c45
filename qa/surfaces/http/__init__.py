"""The HTTP service: `qa serve`."""

from qa.surfaces.http.application import application
from qa.surfaces.http.options import Options

__all__ = ["Options", "application"]
