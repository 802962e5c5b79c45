"""Plots as inline SVG: only attributes, for a strict page allows no styles of single elements.

Each plot is an image with a sentence in its place for those who do not see it. Colours and fonts
are classes of the page's style.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, sqrt

from qa.evaluation.abstention import Bin
from qa.evaluation.calibration import Calibration
from qa.evaluation.page.markup import escape, percent

_LEFT, _TOP, _SIDE_X, _SIDE_Y = 44, 12, 300, 220
_WIDTH, _HEIGHT = _LEFT + _SIDE_X + 20, _TOP + _SIDE_Y + 44

Scale = Callable[[float], float]


def reliability(calibration: Calibration) -> str:
    """Confidence across, the share that is right upwards: on the diagonal they agree."""
    across, upwards = _scales(1.0)
    largest = max(part.questions for part in calibration.bins)
    points = "".join(_bin(part, largest, across, upwards) for part in calibration.bins)
    diagonal = _line(across(0), upwards(0), across(1), upwards(1), "ideal")
    words = (
        "Reliability diagram. "
        f"The distance between confidence and share of right ones is {percent(calibration.error)} "
        f"on average over {calibration.questions:,} questions."
    )
    return _plot(words, "confidence", "right", 1.0, diagonal + points)


def _bin(part: Bin, largest: int, across: Scale, upwards: Scale) -> str:
    x, y = across(part.confidence), upwards(part.right)
    gap = _line(x, upwards(part.confidence), x, y, "gap")
    radius = 2 + 3 * sqrt(part.questions / largest)
    return f'{gap}<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def risk_coverage(calibration: Calibration) -> str:
    """The share answered across, the share of wrong ones among them upwards; a ring is where the
    threshold stands."""
    highest = max(point.risk for point in calibration.curve)
    top = min(1.0, max(0.1, ceil(highest * 10) / 10))
    across, upwards = _scales(top)
    path = " ".join(
        f"{across(point.coverage):.1f},{upwards(point.risk):.1f}" for point in calibration.curve
    )
    words = "Risk-coverage curve. "
    last = calibration.curve[-1]
    words += f"If everything were answered, {percent(last.risk)} of it would be wrong."
    drawn = f'<polyline class="curve" points="{path}"/>'
    if calibration.answered:
        coverage = calibration.answered / calibration.questions
        risk = calibration.wrong / calibration.answered
        words += f" As it is, {percent(coverage)} is answered, {percent(risk)} of that wrong."
        x, y = across(coverage), upwards(risk)
        drawn += f'<circle class="now" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
    return _plot(words, "answered", "wrong among these", top, drawn)


def share(value: float) -> str:
    """A bar as long as `value` in [0, 1]; words and figures stand beside it."""
    width = 100 * min(1.0, max(0.0, value))
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rail" width="100" height="6"/><rect width="{width:.1f}" height="6"/></svg>'
    )


def interval(value: float, low: float, high: float) -> str:
    """A point with its interval on a line from 0 to 1; figures stand beside it."""
    return (
        '<svg class="interval" viewBox="0 0 100 10" aria-hidden="true">'
        '<line class="rail" x1="0" x2="100" y1="5" y2="5"/>'
        f'<line class="range" x1="{100 * low:.1f}" x2="{100 * high:.1f}" y1="5" y2="5"/>'
        f'<circle class="dot" cx="{100 * value:.1f}" cy="5" r="3"/></svg>'
    )


def scores(values: Sequence[float]) -> str:
    """Up to three small bars, one over the other, of values in [0, 1]."""
    rails = "".join(f"M0 {6 * row + 2}h48" for row in range(len(values)))
    bars = "".join(
        f"M0 {6 * row + 2}h{48 * min(1.0, max(0.0, value)):.3g}" for row, value in enumerate(values)
    )
    return (
        '<svg class="scores" viewBox="0 0 48 16" aria-hidden="true">'
        f'<path class="rail" d="{rails}"/><path d="{bars}"/></svg>'
    )


def _scales(top: float) -> tuple[Scale, Scale]:
    return (lambda x: _LEFT + _SIDE_X * x), (lambda y: _TOP + _SIDE_Y * (1 - y / top))


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _plot(words: str, x_label: str, y_label: str, top: float, drawn: str) -> str:
    across, upwards = _scales(top)
    parts = []
    for step in range(5):
        x, y = across(step / 4), upwards(top * step / 4)
        parts.append(_line(across(0), y, across(1), y, "grid"))
        parts.append(_text(_LEFT - 8, y + 4, f"{100 * top * step / 4:g}%", "end"))
        parts.append(_text(x, _TOP + _SIDE_Y + 18, f"{25 * step}%", "middle"))
    parts.append(_text(across(1), _HEIGHT - 6, f"{x_label} →", "end"))
    parts.append(_text(_LEFT + 6, _TOP + 12, f"↑ {y_label}", "start"))
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(words)}">{"".join(parts)}{drawn}</svg>'
    )
