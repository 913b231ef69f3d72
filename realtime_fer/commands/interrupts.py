"""Handles Ctrl-C while a source is annotated: between two frames, so that no video ends in the middle of one."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

_log = logging.getLogger(__name__)


@contextmanager
def recorded_interrupts() -> Iterator[list[int]]:
    """Yields a list that gets the signal number of each Ctrl-C.

    Native code may replace the KeyboardInterrupt with another exception, or drop it with a message on stderr, which
    goes to the log instead. The list still shows that the user wanted to stop.
    """
    received: list[int] = []
    if threading.current_thread() is not threading.main_thread() or not callable(signal.getsignal(signal.SIGINT)):
        yield received
        return

    def handle(number: int, frame: FrameType | None) -> None:
        received.append(number)
        raise KeyboardInterrupt

    before, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    sys.unraisablehook = _log_unraisable
    signal.signal(signal.SIGINT, handle)
    try:
        yield received
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook


def _log_unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    _log.error("Exception ignored in: %r", unraisable.object, exc_info=unraisable.exc_value)


class DeferredInterrupts:
    """Defers the first Ctrl-C until ``allowed``; a second one raises KeyboardInterrupt at once.

    Native code may swallow an exception that is raised while it runs, or leave what it writes incomplete.
    Does nothing outside the main thread, and where SIGINT is ignored.
    """

    def __init__(self) -> None:
        self._requested = self._allowing = False
        self._before: Any = None

    @property
    def requested(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._requested

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            before = signal.getsignal(signal.SIGINT)
            if callable(before):
                self._before = before
                signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Within, Ctrl-C raises KeyboardInterrupt at once; on entry, if it was pressed before."""
        self._allowing = True
        try:
            if self._requested:
                raise KeyboardInterrupt
            yield
        finally:
            self._allowing = False

    def _handle(self, number: int, frame: FrameType | None) -> None:
        again, self._requested = self._requested, True
        if self._allowing or again:
            self._before(number, frame)
            raise KeyboardInterrupt
