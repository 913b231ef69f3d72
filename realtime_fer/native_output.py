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

from realtime_fer.core.addresses import hide_addresses
from realtime_fer.core.printable import escape_unprintable

#: Set to anything to see the log and the libraries' own messages.
VERBOSE_VARIABLE = "REALTIME_FER_VERBOSE"


def escape_unencodable() -> None:
    """Names of files and models may hold what the terminal's encoding lacks: it is printed escaped. Once, at the start.

    ``sys.stderr`` does so by itself. What could be printed and should not is escaped by ``core.printable``.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


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
            os.fdopen(own, "wb", 0),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
            write_through=True,
        )
