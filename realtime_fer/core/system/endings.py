"""The signals that ask the program to end: a polite kill, a terminal that is closed, and of a window Ctrl+C too."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

#: Those of them that this system knows. Windows tells the end of a console, and of the session, as SIGBREAK.
POLITE_SIGNALS = tuple(
    signal.Signals(getattr(signal, name)) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


def on_ending(asked: Callable[[], None], *others: signal.Signals) -> None:
    """From now on ``asked`` is called, in the main thread and between two steps of Python, at each such signal.

    What the process was started to ignore, as nohup does with the terminal's end, stays ignored.
    Called from the main thread.

    Args:
        others: signals beside ``POLITE_SIGNALS``.
    """
    terminals = _terminals()

    def handle(number: int, _frame: FrameType | None) -> None:
        if number == getattr(signal, "SIGHUP", None):
            _forget(terminals)
        asked()

    for number in (*POLITE_SIGNALS, *others):
        if number in others or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handle)


@contextlib.contextmanager
def interrupted_by_endings() -> Iterator[None]:
    """Within, the first such signal is as Ctrl+C: KeyboardInterrupt. Another must not disturb what it is finishing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in POLITE_SIGNALS}
    came = False

    def interrupt() -> None:
        nonlocal came
        if came:
            return
        came = True
        if callable(signal.getsignal(signal.SIGINT)):
            # Whoever holds Ctrl+C back for a moment, so that no film breaks off within a frame, holds this back too.
            signal.raise_signal(signal.SIGINT)
        else:
            raise KeyboardInterrupt

    on_ending(interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminals() -> list[int]:
    """Descriptors that what Python prints reaches a terminal by."""
    found = []
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            if stream.isatty():
                found.append(stream.fileno())
    return found


def _forget(terminals: list[int]) -> None:
    """To print to a terminal that is gone is an error, in the midst of what is to be finished."""
    with contextlib.suppress(OSError), open(os.devnull, "wb") as null:
        for descriptor in terminals:
            os.dup2(null.fileno(), descriptor)
