"""Run a command and turn whatever goes wrong into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from qa.errors import InputError, QAError, SourceError
from qa.surfaces.cli.parser import make_parser
from qa.surfaces.cli.render import printable

OK, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `qa ARGUMENTS` and return its exit code.

    0: done, whether the articles answered or not. 1: `qa eval` is under a threshold, a citation or
    a quote does not hold, or something broke that should not. 2: bad usage or bad input, said on
    standard error with a hint.

    >>> main(["ask", "Who?", "--index", "no/such/folder"])
    2
    """
    for stream in (sys.stdout, sys.stderr):
        # Articles hold more than a terminal's code page may; the JSON contract is UTF-8.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        try:
            options = make_parser().parse_args(arguments)
            code: int = options.run(options)
        finally:
            # Now, while it can still be caught that the reader of our output has gone.
            print(end="", flush=True)
        return code
    except QAError as error:
        _complain(error)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        where = "" if error.filename is None else f"{error.filename}: "
        hint = "check that path: whether it is there, what it is, and who may use it"
        _complain(InputError(f"{where}{error.strerror or error}", hint=hint if where else ""))
        return BAD_INPUT
    except Exception as error:
        if os.environ.get("QA_TRACEBACK"):
            raise
        message = printable(f"{type(error).__name__}: {error}")
        print(f"qa: this should not have happened: {message}", file=sys.stderr)
        print("hint: set QA_TRACEBACK=1, run it again, and report what it prints", file=sys.stderr)
        return FAILED


def entry() -> None:
    """The console script."""
    sys.exit(main())


def _complain(error: QAError) -> None:
    problems = error.problems if isinstance(error, SourceError) else ()
    if len(problems) > 1:
        lines = [f"{len(problems)} files or lines cannot be read", *map(str, problems)]
    else:
        lines = [str(error)]
    print("qa: " + "\n  ".join(map(printable, lines)), file=sys.stderr)
    if error.hint:
        print(f"hint: {printable(error.hint)}", file=sys.stderr)
