"""Turns an exception that no code anticipates into one sentence for the user."""

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


def describe_unexpected(error: BaseException) -> str:
    """Returns one sentence and logs the traceback."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    _log.error("Unexpected error", exc_info=error)
    message = str(error)
    if (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or any(words in message.casefold() for words in _NO_MEMORY)
    ):
        return "There is not enough memory."
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The package '{error.name}' is not installed for {sys.executable}. In the checkout, 'make run' sets up "
            "all that is needed; elsewhere 'pip install .' does."
        )
    if isinstance(error, ImportError):
        return f"A part of the program cannot be loaded: {_one_line(message)}."
    return f"There was a fault in the program ({type(error).__name__}: {_one_line(message)}). {_WHERE}"


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
