"""Reads a source with a timeout on each call, so that a driver or disk that hangs does not hang the command."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import FrameSource
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts, SourceTimeouts

T = TypeVar("T")

#: Timeout for opening and reading a file, in seconds: a disk may have to spin up, and a network drive to reconnect.
FILE_S = 60.0

#: Timeout for closing a source, in seconds.
CLOSE_S = 5.0

#: After an interrupt, seconds that a running read may take to return.
INTERRUPTED_S = 0.5

#: Frames that may be read ahead at most.
MOST_AHEAD = 8


class TimeoutReader:
    """Opens, reads and closes one source in a thread of its own, with a timeout for each call.

    A thread that hangs in a driver cannot be interrupted: it is abandoned, and ends when the driver returns or the
    program ends.
    Called from one thread only.

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
        # One place more than ``_submitted`` can fill, for the None that ends the thread.
        self._tasks: queue.Queue[Callable[[], Any] | None] = queue.Queue(MOST_AHEAD + 1)
        self._answers: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue(MOST_AHEAD)
        self._submitted = 0
        self._is_over = self._stopped = self._abandoned = False
        self._closers: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._run, name="timeout-reader", daemon=True)
        self._thread.start()

    def open(self) -> None:
        """Raises SourceError: the source cannot be opened, or does not answer in time."""
        limit_s = max(self._limits.open_timeout_s, self._limits.max_stall_after_s)
        self._call(self._source.open, limit_s if self._source.is_live else max(limit_s, self._file_s))

    def read(self) -> SourceFrame | None:
        """Returns the next frame, None at the end. Raises SourceError: lost, damaged, or no answer in time."""
        read: SourceFrame | None = self._call(self._source.read, self._limit_s())
        if read is not None:
            self._timeouts.frame_arrived(self._clock())
        return read

    def read_ahead(self, frames: int, task: Callable[[], T | None]) -> Iterator[T]:
        """Yields what ``task`` returns, again and again until it returns None; it runs ahead in the reader's thread.

        Args:
            frames: how many answers may be under way or wait; at most ``MOST_AHEAD``.
            task: reads a frame, in the reader's thread.

        Raises:
            SourceError: as ``read``; earlier answers were yielded.
        """

        def next_one() -> T | None:
            answer: T | None = None
            if not self._is_over and not self._stopped:
                self._is_over = True  # Until it succeeds: nothing is read behind an error.
                answer = task()
                self._is_over = answer is None
            return answer

        self._is_over = False
        while True:
            while self._submitted < frames:
                self._submit(next_one)
            read: T | None = self._answer(self._limit_s())
            if read is None:
                self._drain()
                return
            self._timeouts.frame_arrived(self._clock())
            yield read

    def call(self, task: Callable[[], T], close: Callable[[], None] | None = None) -> T:
        """Runs a task in the reader's thread, with the timeout of a file: it reads the same disk.

        Args:
            close: runs there too when the source is closed.

        Raises:
            SourceError: no answer in time.
        """
        if close is not None:
            self._closers.append(close)
        answer: T = self._call(task, self._file_s)
        return answer

    def close(self) -> None:
        """Closes the source unless it hangs. May be called twice."""
        if self._abandoned or not self._thread.is_alive():
            return
        # A KeyboardInterrupt may have ended the wait for a call, and what would be read ahead is not wanted any more.
        self._stopped = True
        try:
            self._drain(INTERRUPTED_S)
        except queue.Empty:
            self._abandon()
            return
        try:
            self._call(self._close, CLOSE_S)
        except SourceError:
            if self._abandoned:
                return
        self._tasks.put(None)
        self._thread.join()

    def _limit_s(self) -> float:
        if not self._source.is_live:
            return self._file_s
        return self._timeouts.read_timeout_s if self._timeouts.pace_is_known else self._limits.max_stall_after_s

    def _call(self, task: Callable[[], Any], limit_s: float) -> Any:
        self._submit(task)
        return self._answer(limit_s)

    def _submit(self, task: Callable[[], Any]) -> None:
        self._submitted += 1
        self._tasks.put(task)

    def _answer(self, limit_s: float) -> Any:
        """Of the task that was submitted first."""
        try:
            answer, error = self._answers.get(timeout=limit_s)
        except queue.Empty:
            self._abandon()
            raise SourceError(
                "'{name}' has not answered for {seconds:.0f} seconds and is given up.",
                name=self._source.name,
                seconds=limit_s,
            ) from None
        self._submitted -= 1
        if error is not None:
            self._drain()
            raise error
        return answer

    def _drain(self, limit_s: float | None = None) -> None:
        """Waits for the answers to what was submitted, and forgets them. Raises queue.Empty: one does not come."""
        while self._submitted:
            self._answers.get(timeout=limit_s)
            self._submitted -= 1

    def _abandon(self) -> None:
        self._abandoned = self._stopped = True
        self._tasks.put(None)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            answer: Any = None
            error: BaseException | None = None
            try:
                answer = task()
            except BaseException as raised:  # _call raises it again.
                error = raised
            self._answers.put((answer, error))
        if self._abandoned:
            # The driver has returned after all: release its device.
            with suppress(Exception):
                self._close()

    def _close(self) -> None:
        for close in self._closers:
            close()
        self._source.close()
