"""The JSON contract, read back: what `qa.present` wrote, checked strictly, as an answer again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from math import inf
from sys import float_info
from typing import Any, TypeVar, get_args

from qa.errors import InputError
from qa.present import VERSION
from qa.text import has_half_character
from qa.types import Answer, Candidate, Citation, Hit, Passage, Retriever, Signal

Value = TypeVar("Value")
Path = tuple[str | int, ...]
Check = Callable[[Any, Path], Value]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ASKED = 2_000  # characters of a question
_KEYS = [field.name for field in fields(Answer)]
_RETRIEVERS: tuple[Retriever, ...] = get_args(Retriever)


class ContractError(InputError):
    """A value that the contract does not allow. `path` leads to it: keys, and places in lists.

    >>> str(ContractError(("citations", 0, "start"), "is missing"))
    'citations[0].start is missing'
    """

    def __init__(self, path: Path, reason: str) -> None:
        named = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
        super().__init__(
            f"{named.removeprefix('.') or 'an answer'} {reason}",
            hint="an answer is what qa ask --json prints; qa/answer.schema.json describes it",
        )
        self.path = path


def answer_from_dict(record: object) -> Answer:
    """The answer that `answer_to_dict` wrote; the `id` of a batch line may be with it.

    Raises ContractError, which names the key, for whatever `qa/answer.schema.json` refuses, and
    for half characters.

    >>> from qa.present import answer_to_dict
    >>> silent = Answer("Who?", "Who?", None, 0.0, reason="nothing near", signal="off-topic")
    >>> answer_from_dict(answer_to_dict(silent)) == silent
    True
    """
    names = ["version", *("answer" if key == "text" else key for key in _KEYS)]
    found = _object(record, (), names, optional=("id",))
    if "id" in found and (isinstance(found["id"], bool) or not isinstance(found["id"], str)):
        _whole(found["id"], ("id",))
    if isinstance(found["version"], bool) or found["version"] != VERSION:
        raise ContractError(("version",), f"must be {VERSION}, not {_shown(found['version'])}")
    citations = _list(found["citations"], ("citations",), _citation)
    text = _or_null(_text)(found["answer"], ("answer",))
    if (text is None) != (not citations):
        needed = "must be empty where there is no answer" if citations else "must not be empty"
        raise ContractError(("citations",), needed)
    answer = Answer(
        question=_text(found["question"], ("question",), longest=_ASKED),
        resolved_question=_text(found["resolved_question"], ("resolved_question",)),
        text=text,
        confidence=_probability(found["confidence"], ("confidence",)),
        reason=_or_null(_text)(found["reason"], ("reason",)),
        signal=_or_null(_signal)(found["signal"], ("signal",)),
        rejected=_or_null(_candidate)(found["rejected"], ("rejected",)),
        conflict=_boolean(found["conflict"], ("conflict",)),
        agreement=_whole(found["agreement"], ("agreement",), 0),
        citations=citations,
        alternatives=_list(found["alternatives"], ("alternatives",), _candidate),
        hits=_list(found["hits"], ("hits",), _hit),
    )
    for key in ("reason", "signal"):
        if text is None and found[key] is None:
            raise ContractError((key,), "must not be null where there is no answer")
    for key in ("reason", "signal", "rejected"):
        if text is not None and found[key] is not None:
            raise ContractError((key,), "must be null where there is an answer")
    return answer


def _candidate(value: Any, path: Path) -> Candidate:
    found = _object(value, path, ("answer", "confidence", "citations"))
    citations = _list(found["citations"], (*path, "citations"), _citation)
    if not citations:
        raise ContractError((*path, "citations"), "must not be empty")
    return Candidate(
        _text(found["answer"], (*path, "answer")),
        _probability(found["confidence"], (*path, "confidence")),
        citations,
    )


def _citation(value: Any, path: Path) -> Citation:
    found = _object(value, path, list(_CITATION))
    return Citation(**{key: check(found[key], (*path, key)) for key, check in _CITATION.items()})


def _hit(value: Any, path: Path) -> Hit:
    found = _object(value, path, [*_PASSAGE, "score", "ranks", "scores"])
    passage = {key: check(found[key], (*path, key)) for key, check in _PASSAGE.items()}
    ranks = _object(found["ranks"], (*path, "ranks"), _RETRIEVERS)
    scores = _object(found["scores"], (*path, "scores"), _RETRIEVERS)
    return Hit(
        Passage(heading="", **passage),
        _number(found["score"], (*path, "score"), 0),
        {name: _or_null(_place)(ranks[name], (*path, "ranks", name)) for name in _RETRIEVERS},
        {name: _number(scores[name], (*path, "scores", name)) for name in _RETRIEVERS},
    )


def _object(
    value: Any,
    path: Path,
    names: Mapping[str, Any] | list[str] | tuple[str, ...],
    *,
    optional: tuple[str, ...] = (),
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ContractError(path, f"must be an object, not {_shown(value)}")
    for name in names:
        if name not in value:
            raise ContractError((*path, name), "is missing")
    for name in value:
        if name not in names and name not in optional:
            raise ContractError((*path, _shown(name)), "is not a key of the contract")
    return value


def _list(value: Any, path: Path, check: Check[Value]) -> tuple[Value, ...]:
    if not isinstance(value, list | tuple):
        raise ContractError(path, f"must be a list, not {_shown(value)}")
    return tuple(check(one, (*path, number)) for number, one in enumerate(value))


def _or_null(check: Check[Value]) -> Check[Value | None]:
    return lambda value, path: None if value is None else check(value, path)


def _text(value: Any, path: Path, *, longest: int | None = None) -> str:
    found = _string(value, path)
    if not found:
        raise ContractError(path, "must not be empty")
    if longest is not None and len(found) > longest:
        raise ContractError(path, f"must have at most {longest:,} characters, not {len(found):,}")
    return found


def _string(value: Any, path: Path) -> str:
    if not isinstance(value, str):
        raise ContractError(path, f"must be text, not {_shown(value)}")
    if has_half_character(value):
        raise ContractError(path, "holds half a character (a lone surrogate)")
    return value


def _signal(value: Any, path: Path) -> Signal:
    for signal in get_args(Signal):
        if value == signal:
            found: Signal = signal
            return found
    raise ContractError(path, f"must be one of {', '.join(get_args(Signal))}, not {_shown(value)}")


def _sha256(value: Any, path: Path) -> str:
    if not _SHA256.fullmatch(_string(value, path)):
        raise ContractError(path, "must be 64 hexadecimal digits in lower case")
    return str(value)


def _boolean(value: Any, path: Path) -> bool:
    if not isinstance(value, bool):
        raise ContractError(path, f"must be true or false, not {_shown(value)}")
    return value


def _number(value: Any, path: Path, least: float = -inf, most: float = inf) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ContractError(path, f"must be a number, not {_shown(value)}")
    # Not float(value) first: a whole number may be too large for one.
    if not least <= value <= most or not abs(value) <= float_info.max:
        raise ContractError(path, f"is out of range: {_shown(value)}")
    return float(value)


def _probability(value: Any, path: Path) -> float:
    return _number(value, path, 0, 1)


def _whole(value: Any, path: Path, least: int | None = None) -> int:
    # To JSON, 3.0 is a whole number.
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not whole:
        raise ContractError(path, f"must be a whole number, not {_shown(value)}")
    if least is not None and value < least:
        raise ContractError(path, f"must be at least {least}, not {_shown(value)}")
    return int(value)


def _offset(value: Any, path: Path) -> int:
    return _whole(value, path, 0)


def _place(value: Any, path: Path) -> int:
    return _whole(value, path, 1)


def _shown(value: Any) -> str:
    """A few characters of what was found, whatever it is."""
    if isinstance(value, Mapping | list | tuple):
        return "an object" if isinstance(value, Mapping) else "a list"
    if isinstance(value, int) and value.bit_length() > 100:
        return "a number of many digits"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return ascii(value)[:40]


_CITATION: dict[str, Check[Any]] = {
    "doc_id": _string,
    "title": _string,
    "url": _or_null(_string),
    "date": _or_null(_string),
    "page": _or_null(_place),
    "start": _offset,
    "end": _offset,
    "quote": _text,
    "answer": _text,
    "answer_start": _offset,
    "answer_end": _offset,
    "text_sha256": _sha256,
    "source_sha256": _or_null(_sha256),
}
_PASSAGE: dict[str, Check[Any]] = {
    "doc_id": _string,
    "title": _string,
    "start": _offset,
    "end": _offset,
    "text": _text,
}
