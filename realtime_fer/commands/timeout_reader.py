"""Reads a source with a timeout on each call, so that a driver or disk that hangs does not hang the command."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import FrameSource
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts, SourceTimeouts

#: Seconds that a file's disk may take to wake up, a network's too.
FILE_S = 60.0

#: Seconds that a source may take to be closed.
CLOSE_S = 5.0


#: Seconds that a read may take to its end once nobody waits for it any more.
INTERRUPTED_S = 0.5


class TimeoutReader:
    """Opens, reads and closes one source in one thread of its own, each when it is asked to.

    A thread that hangs in a driver cannot be interrupted: it is left behind, and ends when the driver comes back, or
    with the program.
    Called from one thread alone.

    Args:
        file_s: as ``FILE_S``. A live source gets what ``timeouts`` says, the longest until its pace is known.
    """

    def __init__(
        self,
        source: FrameSource,
        timeouts: SourceTimeouts | None = None,
        file_s: float = FILE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._limits = timeouts or SourceTimeouts()
        self._timeouts = AdaptiveTimeouts(self._limits)
        self._file_s = file_s
        self._clock = clock
        self._asked: queue.Queue[Callable[[], Any] | None] = queue.Queue(2)
        self._answers: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue(1)
        self._waits = self._left = False
        self._thread = threading.Thread(target=self._run, name="timeout-reader", daemon=True)
        self._thread.start()

    def open(self) -> None:
        """Raises SourceError: it cannot be opened, or does not answer."""
        limit_s = max(self._limits.open_timeout_s, self._limits.max_stall_after_s)
        self._ask(self._source.open, limit_s if self._source.is_live else max(limit_s, self._file_s))

    def read(self) -> SourceFrame | None:
        """The next frame; None at the end. Raises SourceError: lost or damaged, or nothing came for too long."""
        read: SourceFrame | None = self._ask(self._source.read, self._limit_s())
        if read is not None:
            self._timeouts.frame_arrived(self._clock())
        return read

    def close(self) -> None:
        """Closes the source, unless it hangs. May be called twice."""
        if self._left or not self._thread.is_alive():
            return
        if self._waits:
            # Whoever waited was interrupted.
            try:
                self._answers.get(timeout=INTERRUPTED_S)
            except queue.Empty:
                self._leave_behind()
                return
        try:
            self._ask(self._source.close, CLOSE_S)
        except SourceError:
            if self._left:
                return
        self._asked.put(None)
        self._thread.join()

    def _limit_s(self) -> float:
        if not self._source.is_live:
            return self._file_s
        return self._timeouts.read_timeout_s if self._timeouts.pace_is_known else self._limits.max_stall_after_s

    def _ask(self, task: Callable[[], Any], limit_s: float) -> Any:
        self._waits = True
        self._asked.put(task)
        try:
            answer, error = self._answers.get(timeout=limit_s)
        except queue.Empty:
            self._leave_behind()
            raise SourceError(
                "'{name}' has not answered for {seconds:.0f} seconds and is given up.",
                name=self._source.name,
                seconds=limit_s,
            ) from None
        self._waits = False
        if error is not None:
            raise error
        return answer

    def _leave_behind(self) -> None:
        self._left = True
        self._asked.put(None)

    def _run(self) -> None:
        while (task := self._asked.get()) is not None:
            answer: Any = None
            error: BaseException | None = None
            try:
                answer = task()
            except BaseException as raised:  # Raised again by who asked.
                error = raised
            self._answers.put((answer, error))
        if self._left:
            # The driver came back after all: it gets its device back.
            with suppress(Exception):
                self._source.close()
