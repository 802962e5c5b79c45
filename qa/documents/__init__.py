"""Files -> Documents: the first arrow of the flow. Nothing is dropped without being named."""

from qa.documents.gather import Gathered, gather
from qa.documents.versions import extractor_versions

__all__ = ["Gathered", "extractor_versions", "gather"]
