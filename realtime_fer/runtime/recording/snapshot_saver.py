"""Writes snapshots one after the other in a thread of their own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.events import EngineEvent, SnapshotFailed, SnapshotSaved

#: Snapshots that wait for the disk, at most. Each holds its result: 6 MB at 1920x1080.
MOST_WAITING = 8


#: Writes one picture, into the folder of the recording that runs where one does; raises SinkError.
SaveSnapshot = Callable[[FrameResult, Path | None], Path]


class SnapshotSaver:
    """Owns the thread that writes. ``take`` and ``join`` are called from the engine's owner's thread.

    Bound: ``MOST_WAITING`` snapshots, and the one that is being written. Overflow: the new one is refused, and
    SnapshotFailed says so. Counter: ``refused``.
    """

    def __init__(self, save: SaveSnapshot, on_event: Callable[[EngineEvent], None]) -> None:
        self._save, self._on_event = save, on_event
        self._changed = threading.Condition()
        self._waiting: deque[tuple[FrameResult, Path | None]] = deque()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.refused = 0

    def take(self, result: FrameResult | None, session: Path | None) -> None:
        """SnapshotSaved or SnapshotFailed tells what came of it."""
        if result is None:
            self._on_event(SnapshotFailed(Wording("Engine", "There is no picture yet.")))
            return
        with self._changed:
            full = self._stopping or len(self._waiting) >= MOST_WAITING
            if full:
                self.refused += 1
            else:
                self._waiting.append((result, session))
                self._changed.notify()
        if full:
            sentence = Wording("Engine", "The picture was not saved: the disk cannot keep up.")
            self._on_event(SnapshotFailed(sentence))
        elif self._thread is None:
            self._thread = threading.Thread(target=self._run, name="snapshots", daemon=True)
            self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Takes no more and waits until those that wait are written; True when the thread has ended."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if not self._waiting:
                    return
                result, session = self._waiting.popleft()
            self._write(result, session)
            del result

    def _write(self, result: FrameResult, session: Path | None) -> None:
        try:
            self._on_event(SnapshotSaved(self._save(result, session)))
        except RealtimeFerError as error:
            self._on_event(SnapshotFailed(error.sentence()))
        except Exception as error:  # Reported, so that nobody believes that the picture was saved.
            self._on_event(
                SnapshotFailed(
                    Wording(
                        "Engine",
                        "The picture was not saved ({kind}: {error}).",
                        kind=type(error).__name__,
                        error=error,
                    )
                )
            )
