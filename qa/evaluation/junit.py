"""The report as JUnit XML, which continuous integration shows: each question is a test case."""

from __future__ import annotations

import re
from math import fsum
from xml.etree import ElementTree as ET

from qa.evaluation.account import account, blamed, late
from qa.evaluation.blame import cause
from qa.evaluation.outcome import Outcome
from qa.evaluation.report import Report
from qa.evaluation.summary import Summary

# What XML 1.0 cannot hold, not even as an entity: https://www.w3.org/TR/xml/#charsets
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report) -> str:
    """The report as one suite of test cases; text, to be written as UTF-8.

    A question that failed is a failure whose type is its cause ("stale" where its gold answer no
    longer stands) and whose message is the explanation. A question that is stale and was answered
    rightly all the same passes, with a note. The properties are counts, the overall metrics and
    the ends of their intervals. Characters that XML cannot hold become U+FFFD.
    """
    seconds = [fsum(outcome.seconds.values()) for outcome in report.outcomes]
    counts = {
        "name": "footnote-evaluation",
        "tests": str(len(report.outcomes)),
        "failures": str(sum(outcome.failed for outcome in report.outcomes)),
        "errors": "0",
        "skipped": "0",
        "time": f"{fsum(seconds):.6f}",
    }
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", counts)
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(report.overall).items():
        ET.SubElement(properties, "property", name=name, value=value)
    for outcome, took in zip(report.outcomes, seconds, strict=True):
        _case(suite, outcome, took)
    ET.indent(root)
    # With "unicode" the declaration would name the encoding of this machine's locale.
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written.decode() + "\n"


def _properties(overall: Summary) -> dict[str, str]:
    found = {
        name: str(getattr(overall, name))
        for name in ("questions", "answerable", "answered", "right", "citations")
    }
    found["right_questions"] = found.pop("right")  # "right" is the metric
    for name, value in overall.metrics.items():
        if value is None:
            continue
        found[name] = f"{value:.6f}"
        interval = overall.intervals.get(name)
        if interval is not None:
            found[f"{name}.low"], found[f"{name}.high"] = (f"{end:.6f}" for end in interval)
    return found


def _case(suite: ET.Element, outcome: Outcome, seconds: float) -> None:
    question = outcome.question
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_line(question.kind),
        name=_line(f"{question.id}: {question.question}"),
        time=f"{seconds:.6f}",
    )
    message, note = blamed(outcome), late(outcome)
    if message is not None:
        found = cause(outcome)
        kind = "stale" if found == "gold-stale" else str(found)
        failure = ET.SubElement(case, "failure", type=kind, message=_line(message))
        failure.text = _writable("\n".join(account(outcome)))
    elif note is not None:
        ET.SubElement(case, "system-out").text = _writable(note)


def _line(text: str) -> str:
    return _writable(" ".join(text.split()))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
