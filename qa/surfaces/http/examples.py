"""The examples in the service's description: one article, asked one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from qa.present import answer_to_dict, hit_to_dict
from qa.text import sha256
from qa.types import Answer, Citation, Hit, Passage

_QUESTION = "How many projects were signed at the 2019 expo?"
_PARTS = ("In 2019 ", "530", " projects were signed.")
_TEXT = "".join(_PARTS)
_START, _END = len(_PARTS[0]), len(_PARTS[0]) + len(_PARTS[1])
_HIT = Hit(
    Passage("expo.txt", "", 0, len(_TEXT), _TEXT, "The expo"),
    score=0.93,
    ranks={"lexical": 1, "dense": 1},
    scores={"lexical": 11.2, "dense": 0.71},
)
_CITATION = Citation(
    doc_id="expo.txt",
    title="The expo",
    url=None,
    date=None,
    page=None,
    start=0,
    end=len(_TEXT),
    quote=_TEXT,
    answer=_PARTS[1],
    answer_start=_START,
    answer_end=_END,
    text_sha256=sha256(_TEXT),
    source_sha256=sha256(_TEXT),
)
_ANSWER = answer_to_dict(
    Answer(
        question=_QUESTION,
        resolved_question=_QUESTION,
        text=_PARTS[1],
        confidence=0.87,
        agreement=1,
        citations=(_CITATION,),
        hits=(_HIT,),
    )
)
_SUMMARY = {
    "id": "expo.txt",
    "title": "The expo",
    "url": None,
    "date": None,
    "characters": len(_TEXT),
}

EXAMPLES: Mapping[str, Any] = {
    "Ask": {"question": _QUESTION},
    "Batch": {"questions": [{"id": "first", "question": _QUESTION}]},
    "Search": {"query": "projects signed", "passages": 5},
    "Answer": _ANSWER,
    "Answers": {"answers": [{"id": "first", **_ANSWER}]},
    "Quote": {"text": "in 2019, 530  projects"},
    "Verification": {
        "version": 1,
        "ok": True,
        "checks": [
            {
                "place": "citations[0]",
                "citation": asdict(_CITATION),
                "verdict": "ok",
                "remarks": [],
                "start": 0,
                "end": len(_TEXT),
                "written": _TEXT,
                "differences": [],
            }
        ],
    },
    "QuoteCheck": {
        "version": 1,
        "quote": "530  projects",
        "match": "normalised",
        "count": 1,
        "places": [
            {
                "match": "normalised",
                "citation": asdict(_CITATION),
                "similarity": 1.0,
                "differences": [],
            }
        ],
    },
    "Hits": {"hits": [hit_to_dict(_HIT)]},
    "Documents": {"documents": [_SUMMARY], "total": 1, "next": None},
    "Document": {
        **_SUMMARY,
        "text": _TEXT,
        "text_sha256": sha256(_TEXT),
        "source_sha256": sha256(_TEXT),
        "page_starts": [],
        "sources": [],
    },
}
