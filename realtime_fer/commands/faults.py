"""What a person reads of a fault that nobody foresaw."""

from __future__ import annotations

import errno
import logging
import sys

_log = logging.getLogger(__name__)

_NO_MEMORY = (
    "can't start new thread",
    "failed to map segment",
    "cannot allocate",
    "insufficient memory",
    "out of memory",
    "bad_alloc",
    "unable to allocate",
)


_WHERE = "REALTIME_FER_VERBOSE=1 shows where."


def why_it_failed(error: BaseException) -> str:
    """One sentence; the traceback goes to the log."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    _log.error("An unforeseen fault", exc_info=error)
    told = str(error)
    if (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or any(words in told.casefold() for words in _NO_MEMORY)
    ):
        return "There is not enough memory."
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The package '{error.name}' is not installed for {sys.executable}. In the checkout, 'make run' sets up "
            "all that is needed; elsewhere 'pip install .' does."
        )
    if isinstance(error, ImportError):
        return f"A part of the program cannot be loaded: {_one_line(told)}."
    return f"There was a fault in the program ({type(error).__name__}: {_one_line(told)}). {_WHERE}"


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
