"""Ctrl-C while a source is annotated: heeded between two frames, so that no film breaks off within one."""

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
def noticed_interrupts() -> Iterator[list[int]]:
    """A list that has an entry for each Ctrl-C, even where native code that it came in made another fault of it, or
    dropped it with a message of its own (which goes to the log)."""
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread() or not callable(signal.getsignal(signal.SIGINT)):
        yield came
        return

    def handle(number: int, frame: FrameType | None) -> None:
        came.append(number)
        raise KeyboardInterrupt

    before, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    sys.unraisablehook = _log_unraisable
    signal.signal(signal.SIGINT, handle)
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook


def _log_unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    _log.error("A fault that nobody could be told: %r", unraisable.object, exc_info=unraisable.exc_value)


class HeldInterrupts:
    """Holds the first Ctrl-C back until ``heeded``; a second one raises KeyboardInterrupt where it comes.

    An exception in the middle of native code may be lost there, or leave what it was writing half done.
    In another thread than the main one, and where the signal is ignored, it does nothing.
    """

    def __init__(self) -> None:
        self._asked = self._heeding = False
        self._before: Any = None

    @property
    def asked(self) -> bool:
        """Whether Ctrl-C came at all."""
        return self._asked

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            before = signal.getsignal(signal.SIGINT)
            if callable(before):
                self._before = before
                signal.signal(signal.SIGINT, self._came)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Raises KeyboardInterrupt at once where Ctrl-C came before, and whenever it comes within."""
        self._heeding = True
        try:
            if self._asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._heeding = False

    def _came(self, number: int, frame: FrameType | None) -> None:
        again, self._asked = self._asked, True
        if self._heeding or again:
            self._before(number, frame)
            raise KeyboardInterrupt
