"""Footnote in the terms of other frameworks, one module each: langchain, llamaindex, haystack.

Each needs the extra of its name, as in `pip install 'footnote-qa[langchain]'`.
"""
