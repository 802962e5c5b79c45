"""Files -> Documents: the first arrow of the flow. Nothing is dropped without being named."""

from qa.documents.gather import Gathered, gather
from qa.documents.listed import Article, documents_of
from qa.documents.needed import gather_needed
from qa.documents.versions import extractor_versions

__all__ = ["Article", "Gathered", "documents_of", "extractor_versions", "gather", "gather_needed"]
