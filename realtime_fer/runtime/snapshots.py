"""Single pictures that are kept, each written in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.translation import Wording
from realtime_fer.runtime.events import EngineEvent, SnapshotFailed, SnapshotSaved


class SnapshotSaver:
    """``take`` and ``join`` are called from the engine's owner's thread.

    Args:
        save: writes one picture, into the folder of the recording that runs where one does; raises SinkError.
    """

    def __init__(
        self, save: Callable[[FrameResult, Path | None], Path], on_event: Callable[[EngineEvent], None]
    ) -> None:
        self._save, self._on_event = save, on_event
        self._threads: list[threading.Thread] = []

    def take(self, result: FrameResult | None, session: Path | None) -> None:
        """SnapshotSaved or SnapshotFailed tells."""
        if result is None:
            self._on_event(SnapshotFailed(Wording("Engine", "There is no picture yet.")))
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._write, args=(result, session), name="snapshot", daemon=True)
        self._threads.append(thread)
        thread.start()

    def join(self, timeout_s: float) -> None:
        """Waits so long for each picture that is still being written."""
        for thread in self._threads:
            thread.join(timeout_s)

    def _write(self, result: FrameResult, session: Path | None) -> None:
        try:
            self._on_event(SnapshotSaved(self._save(result, session)))
        except RealtimeFerError as error:
            self._on_event(SnapshotFailed(error.sentence()))
        except Exception as error:  # Said, so that nobody believes that the picture was kept.
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
