"""Build, save and open an index."""

from qa.index.build import build_index
from qa.index.contents import Index
from qa.index.encoders import load_encoder, save_encoder
from qa.index.store import check_index, current_build, load_index, load_previous, save_index

__all__ = [
    "Index",
    "build_index",
    "check_index",
    "current_build",
    "load_encoder",
    "load_index",
    "load_previous",
    "save_encoder",
    "save_index",
]
