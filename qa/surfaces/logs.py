"""The log: one JSON object a line."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JSONLines(logging.Formatter):
    """Formats a record, with what was given as `extra={"fields": {...}}`, as one line of JSON.

    >>> record = logging.LogRecord("qa", logging.INFO, "", 0, "ready", None, None)
    >>> record.created, record.fields = 0.0, {"documents": 22}
    >>> JSONLines().format(record)
    '{"time": "1970-01-01T00:00:00.000Z", "level": "info", "message": "ready", "documents": 22}'
    """

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def log_to_stderr() -> None:
    """Write what this process logs to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines())
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("qa").setLevel(logging.INFO)
