"""Counts and times for Prometheus. No metric holds anything that was asked."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from qa.surfaces.http.problems import KINDS
from qa.types import Answer

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The metrics of one application.

    >>> metrics = Metrics()
    >>> metrics.finished("POST", "/v1/ask", 200, 0.2)
    >>> b'qa_http_requests_total{method="POST",route="/v1/ask",status="200"} 1.0' in metrics.text()
    True
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "qa_http_requests",
            "Requests, by method, route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "qa_http_request_seconds",
            "How long requests took, by route.",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "qa_answers",
            "Questions, by what came of them: answered, or the signal of why not.",
            ("outcome",),
            registry=self._registry,
        )
        self._rejected = Counter(
            "qa_http_rejected",
            "Requests that ended in a problem, by its kind.",
            ("kind",),
            registry=self._registry,
        )
        self.in_flight = Gauge(
            "qa_http_in_flight", "Requests that are under way.", registry=self._registry
        )
        self.documents = Gauge(
            "qa_index_documents", "Documents in the index.", registry=self._registry
        )

    def finished(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request ended. A method or route that is not ours has one name for all."""
        self._requests.labels(method if method in METHODS else "other", route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if status in KINDS:
            self._rejected.labels(KINDS[status][0]).inc()

    def answered(self, answers: Iterable[Answer]) -> None:
        """Questions were answered, or not."""
        for answer in answers:
            self._answers.labels(answer.signal or "answered").inc()

    def text(self) -> bytes:
        """All of it, in the text format of Prometheus."""
        return generate_latest(self._registry)
