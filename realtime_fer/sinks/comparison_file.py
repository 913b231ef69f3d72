"""A second model's table beside the first one's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.second_opinion import second_opinion
from realtime_fer.sinks.whole_file import ClosedOnExit


class ComparisonCsvSink(ClosedOnExit):
    """What the second model says, in the columns of :class:`CsvSink`; ``frame`` and ``face_id`` join the two.

    Raises:
        SinkError: as of CsvSink.
    """

    def __init__(self, path: Path | str) -> None:
        self._table = CsvSink(path)

    def write(self, result: FrameResult) -> None:
        """A frame that no second model saw counts, and has no rows."""
        self._table.write(second_opinion(result) or replace(result, faces=Faces.empty()))

    def close(self) -> None:
        """May be called twice."""
        self._table.close()
