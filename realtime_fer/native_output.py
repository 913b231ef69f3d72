"""The program's output: any sign can be printed, and what libraries and the log write stays away from the person.

LiteRT and FFmpeg log to file descriptor 2 directly, dozens of lines a start, and have no switch for it from
Python (google-ai-edge/LiteRT #7420). Python's own ``sys.stderr`` keeps writing where it did.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from typing import Any

from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.printable import escape_unprintable

#: Set to anything to see the log and the libraries' own messages.
VERBOSE_VARIABLE = "REALTIME_FER_VERBOSE"


def open_standard_streams() -> None:
    """What was closed for the program goes nowhere. Once, at the start.

    Otherwise the next file that is opened, such as a film, gets the number of the standard output, and what a library
    prints goes into it.
    """
    if os.name == "posix":
        for descriptor in (0, 1, 2):
            try:
                os.fstat(descriptor)
            except OSError:
                os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free: this one
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "wb"), encoding="utf-8", write_through=True))


class _Forgiving(io.FileIO):
    """A stream whose reader may go away, or its disk be full, without ending what is told on it.

    Attributes:
        failure: of the first write that failed.
    """

    failure: OSError | None = None

    def write(self, content: Any, /) -> int:
        if self.failure is None:
            try:
                return super().write(content) or 0
            except OSError as error:
                self.failure = error
        return len(content)


def escape_unencodable() -> None:
    """Names of files and models may hold what the terminal's encoding lacks: it is printed escaped. Once, at the start.

    ``sys.stderr`` does so by itself. What could be printed and should not is escaped by ``core.printable``; what cannot
    be printed at all is remembered, see ``printing_failure``.
    """
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    sys.stdout.reconfigure(errors="backslashreplace")
    # Not a real stdout, such as under a test runner.
    with contextlib.suppress(OSError, ValueError):
        if sys.stdout.fileno() != 1:
            return
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(_Forgiving(1, "wb", closefd=False)),
            encoding=sys.stdout.encoding,
            errors="backslashreplace",
            line_buffering=sys.stdout.line_buffering,
            write_through=sys.stdout.write_through,
        )


def printing_failure() -> OSError | None:
    """Why something that was printed did not reach its reader, or None."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    with contextlib.suppress(ValueError):
        sys.stdout.flush()
    return raw.failure if isinstance(raw, _Forgiving) else None


class _SafeFormatter(logging.Formatter):
    """Of libraries' messages and of tracebacks too: no sign that steers the terminal, no address that opens doors."""

    def format(self, record: logging.LogRecord) -> str:
        return escape_unprintable(hide_addresses(super().format(record)), keep="\n\t")


def quiet_native_output() -> None:
    """Gives ``sys.stderr`` a descriptor of its own, and descriptor 2 the null device. Once, at the start.

    The log, where faults are kept with their tracebacks, goes to stderr only when asked for.
    """
    if os.environ.get(VERBOSE_VARIABLE):
        handler = logging.StreamHandler()
        handler.setFormatter(_SafeFormatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return
    logging.getLogger().addHandler(logging.NullHandler())
    if sys.stderr is None:
        return
    # Not a real stderr, such as under a test runner or in a windowed build: nothing to separate.
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        if sys.stderr.fileno() != 2:
            return
        sys.stderr.flush()
        own = os.dup(2)
        with open(os.devnull, "wb") as null:
            os.dup2(null.fileno(), 2)
        sys.stderr = io.TextIOWrapper(
            _Forgiving(own, "wb"),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
            write_through=True,
        )
