"""Tells what happens to one source on stderr, and knows when nothing more will come."""

from __future__ import annotations

import queue
from collections.abc import Callable

from realtime_fer.core.errors import RealtimeFerError, SourceError
from realtime_fer.core.text.printable import say
from realtime_fer.runtime.events import (
    BlendshapesRefused,
    DetectorAdopted,
    DetectorRefused,
    EngineEvent,
    EngineFailed,
    FrameWarning,
    GazeRefused,
    MarkerRefused,
    ModelAdopted,
    ModelRefused,
    RecordingStarted,
    RecordingStopped,
    RestingFaceRefused,
    RestingFaceUsed,
    SnapshotFailed,
    SnapshotSaved,
    SourceEnded,
    SourceLost,
    SourceOpened,
    SourceStalled,
)


class Watch:
    """The engine's listener: keeps its events for the command's own thread. Bound: none is dropped, they are few.

    Args:
        wake: called when one waits.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._waiting: queue.SimpleQueue[EngineEvent] = queue.SimpleQueue()
        self.frames = 0
        self.exit_code = 0
        self._ended = False

    def view_ready(self) -> None:
        """Nothing shows frames here."""

    def event(self, event: EngineEvent) -> None:
        self._waiting.put(event)
        self._wake()

    def has_ended(self) -> bool:
        """Whether the source has ended. Called in the command's thread.

        Raises:
            RealtimeFerError: source, model or program failed.
        """
        while not self._waiting.empty():
            self._read(self._waiting.get())
        return self._ended

    def _read(self, event: EngineEvent) -> None:
        sentence = getattr(event, "sentence", "")
        match event:
            case SourceEnded():
                self._ended = True
            case SourceLost(retry_in_s=None):
                if not self.frames:
                    raise SourceError(sentence)
                self._ended, self.exit_code = True, 1
                _tell(sentence)
            case EngineFailed():
                raise RealtimeFerError(sentence)
            case ModelRefused(running="") | DetectorRefused(running=""):
                raise RealtimeFerError(sentence)
            case RecordingStarted(folder=folder):
                _tell(f"Recording into {folder}.")
            case RecordingStopped(folder=folder, frames=frames):
                _tell(sentence)
                _tell(f"Recorded {frames} frames into {folder}.")
            case RestingFaceUsed(name=name, identity=identity):
                _tell(f"The resting face '{name}' is used for face {identity}.")
            case SnapshotSaved(path=path):
                _tell(f"Snapshot: {path}.")
            case (
                SourceLost()
                | SourceStalled()
                | SourceOpened()
                | FrameWarning()
                | ModelAdopted()
                | ModelRefused()
                | DetectorAdopted()
                | DetectorRefused()
                | BlendshapesRefused()
                | GazeRefused()
                | MarkerRefused()
                | SnapshotFailed()
                | RestingFaceRefused()
            ):
                _tell(sentence)


def _tell(sentence: str) -> None:
    if sentence:
        say(f"realtime-fer: {sentence}", error=True)
