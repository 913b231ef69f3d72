"""Signals that ask the program to end: SIGTERM, and SIGHUP when the terminal closes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

#: Those that this system has. Windows sends SIGBREAK when the console closes or the session ends.
TERMINATION_SIGNALS = tuple(
    signal.Signals(getattr(signal, name)) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


def on_termination(asked: Callable[[], None], *others: signal.Signals) -> None:
    """Calls ``asked`` in the main thread on each termination signal from now on.

    A signal that was ignored when the process started stays ignored, as SIGHUP under nohup.
    Called from the main thread.

    Args:
        others: signals beside ``TERMINATION_SIGNALS``.
    """
    terminals = _terminals()

    def handle(number: int, _frame: FrameType | None) -> None:
        if number == getattr(signal, "SIGHUP", None):
            _forget(terminals)
        asked()

    for number in (*TERMINATION_SIGNALS, *others):
        if number in others or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handle)


def end_process(code: int) -> None:
    """Ends the process once its threads have, without taking its objects apart. Called from the main thread."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):  # none, a closed pipe, a closed file
            stream.flush()
    os._exit(code)


@contextlib.contextmanager
def termination_as_interrupt() -> Iterator[None]:
    """Within, the first termination signal acts as Ctrl+C; later ones are ignored while the program finishes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    came = False

    def interrupt() -> None:
        nonlocal came
        if came:
            return
        came = True
        if callable(signal.getsignal(signal.SIGINT)):
            # Code that defers Ctrl+C, so that no video ends within a frame, defers this signal too.
            signal.raise_signal(signal.SIGINT)
        else:
            raise KeyboardInterrupt

    on_termination(interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminals() -> list[int]:
    """Descriptors of stdout and stderr that refer to a terminal."""
    found = []
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            if stream.isatty():
                found.append(stream.fileno())
    return found


def _forget(terminals: list[int]) -> None:
    """Redirects the descriptors to the null device, since printing to a closed terminal raises an error."""
    with contextlib.suppress(OSError), open(os.devnull, "wb") as null:
        for descriptor in terminals:
            os.dup2(null.fileno(), descriptor)
