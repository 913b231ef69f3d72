"""One table of all sources, on one clock."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.settings import Settings
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.streams.message import LiveFrame


class LiveTable:
    """Writes the frames that the lines of JSON tell of, with their numbers and times. Called from one thread alone.

    Args:
        path: of a new file: a table that took an hour is not replaced by the next run.
        own: slugs of the own expressions, which it has columns for.

    Raises:
        RealtimeFerError: there is one already, or it cannot be created.
    """

    def __init__(self, path: Path, settings: Settings, own: Sequence[str] = ()) -> None:
        if path.exists():
            raise RealtimeFerError("There is already a file '{path}'.", "Name another one.", path=path)
        self._frames = 0
        self._table = CsvSink(path, blendshapes=settings.blendshapes, gaze=settings.gaze, own=own, source_index=0)

    def write(self, frame: LiveFrame) -> None:
        """Raises SinkError: the disk is full or the file lost."""
        values = frame.values
        number, t_s, marker = values["frame"], values["timestamp"], values["marker"]
        source = values["source_index"]
        self._frames += 1
        if not values["repeated"]:
            self._table.write_at(frame.result, number, t_s, source_index=source)
        elif marker:
            self._table.write_note(number, t_s, marker, source)

    def close(self) -> None:
        """A table without a frame is removed: the next try may use its name."""
        self._table.close()
        if not self._frames:
            with suppress(OSError):
                self._table.path.unlink()
