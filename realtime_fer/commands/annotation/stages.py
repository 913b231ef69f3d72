"""Reading, analysing and writing overlap: what one frame needs of each goes on while its neighbours are elsewhere.

``TimeoutReader.read_ahead`` reads in its thread, whoever calls analyses, and ``WriteBehind`` writes in a third thread.
LiteRT, OpenCV and FFmpeg leave Python's lock while they work, so that the three take several cores. Each frame passes
all three in order, and no stage depends on another's pace: the results are those of one thread, to the byte.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")

#: Frames of a file that are read and wait, and those that are analysed and wait. With one in each stage, at most
#: eight are in memory: 22 MB at 1280x720.
READ_AHEAD, WRITE_BEHIND = 3, 3

#: After so many seconds a thread that computes in Python lets another one go on that came back from native code; in
#: Python's own 5 ms a stage could have done most of a frame.
SWITCH_S = 0.0002

#: A live source is read no further ahead: its next frame comes when it comes.
READ_AHEAD_LIVE = 1


@dataclass
class StageTimes:
    """How long each stage has worked, in seconds; one thread adds to each."""

    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "analyse": 0.0, "write": 0.0})

    @contextmanager
    def measured(self, stage: str) -> Iterator[None]:
        began_s = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - began_s


@contextmanager
def quick_switches() -> Iterator[None]:
    """Within, threads get Python's lock after ``SWITCH_S``."""
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before_s)


class WriteBehind(Generic[T]):
    """Writes items in order in a thread of its own. All methods are called from one other thread.

    On exit it waits for what was put: an error on the way out is later than those, and theirs counts. After a
    KeyboardInterrupt only the item that is being written is finished.

    Args:
        write: called in that thread, one item after the other; after an error not again.
        written: called in the caller's thread with each item that was written, in order.
        most: items that may wait or be written; ``put`` waits for a place.
    """

    def __init__(self, write: Callable[[T], None], written: Callable[[T], None], most: int = WRITE_BEHIND) -> None:
        self._write, self._written, self._most = write, written, most
        self._executor = ThreadPoolExecutor(1, "annotate-write")
        self._under_way: deque[tuple[Future[bool], T]] = deque()
        self._has_failed = False

    def put(self, item: T) -> None:
        """Raises what writing an earlier item raised."""
        while self._under_way and (len(self._under_way) >= self._most or self._under_way[0][0].done()):
            self._finish_one()
        self._under_way.append((self._executor.submit(self._write_one, item), item))

    def flush(self) -> None:
        """Waits until everything is written. Raises as ``put``."""
        while self._under_way:
            self._finish_one()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None or isinstance(error, Exception):
                self.flush()
        finally:
            for future, _ in self._under_way:
                future.cancel()
            self._executor.shutdown()

    def _finish_one(self) -> None:
        future, item = self._under_way.popleft()
        if future.result():
            self._written(item)

    def _write_one(self, item: T) -> bool:
        """Whether it was written, and not left out after an error."""
        if self._has_failed:
            return False
        self._has_failed = True  # Until it succeeds.
        self._write(item)
        self._has_failed = False
        return True
