"""The standard streams: any character can be printed, and native libraries and the log stay silent.

LiteRT and FFmpeg log dozens of lines to file descriptor 2 at each start, and Python cannot turn that off
(google-ai-edge/LiteRT #7420). Python's own ``sys.stderr`` still writes to the terminal.
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

#: Environment variable; set to anything, it shows the log and the libraries' messages.
VERBOSE_VARIABLE = "REALTIME_FER_VERBOSE"


def open_standard_streams() -> None:
    """Opens closed standard streams on the null device. Called once, at the start.

    Otherwise the next file to be opened, such as a video, would get descriptor 1, and printed text would go into it.
    """
    if os.name == "posix":
        for descriptor in (0, 1, 2):
            try:
                os.fstat(descriptor)
            except OSError:
                os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "wb"), encoding="utf-8", write_through=True))


class _FailsafeOutput(io.FileIO):
    """A stream that remembers a failed write, to a closed pipe or a full disk, instead of raising.

    Attributes:
        failure: the first error; later writes are dropped.
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
    """Makes stdout escape characters that the terminal's encoding lacks. Called once, at the start.

    ``sys.stderr`` does so already. Control characters are escaped by ``core.text.printable``; a failed write is
    remembered, see ``printing_failure``.
    """
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    sys.stdout.reconfigure(errors="backslashreplace")
    # A test runner replaces stdout by a stream without a descriptor.
    with contextlib.suppress(OSError, ValueError):
        if sys.stdout.fileno() != 1:
            return
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(_FailsafeOutput(1, "wb", closefd=False)),
            encoding=sys.stdout.encoding,
            errors="backslashreplace",
            line_buffering=sys.stdout.line_buffering,
            write_through=sys.stdout.write_through,
        )


def printing_failure() -> OSError | None:
    """The error of the first failed write to stdout, or None."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    with contextlib.suppress(ValueError):
        sys.stdout.flush()
    return raw.failure if isinstance(raw, _FailsafeOutput) else None


class _SafeFormatter(logging.Formatter):
    """Escapes control characters and hides addresses' secrets, also in tracebacks and libraries' messages."""

    def format(self, record: logging.LogRecord) -> str:
        return escape_unprintable(hide_addresses(super().format(record)), keep="\n\t")


def quiet_native_output() -> None:
    """Moves ``sys.stderr`` to a new descriptor and points descriptor 2 at the null device. Called once, at the start.

    The log, with tracebacks of unexpected errors, goes to stderr only where ``VERBOSE_VARIABLE`` is set.
    """
    if os.environ.get(VERBOSE_VARIABLE):
        handler = logging.StreamHandler()
        handler.setFormatter(_SafeFormatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return
    logging.getLogger().addHandler(logging.NullHandler())
    if sys.stderr is None:
        return
    # A test runner or a windowed build has no real stderr to separate.
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        if sys.stderr.fileno() != 2:
            return
        sys.stderr.flush()
        own = os.dup(2)
        with open(os.devnull, "wb") as null:
            os.dup2(null.fileno(), 2)
        sys.stderr = io.TextIOWrapper(
            _FailsafeOutput(own, "wb"),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
            write_through=True,
        )
