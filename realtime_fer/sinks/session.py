"""A recording's folder: film, table and a page of facts that tells how they came about."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import platformdirs

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.film_time import TICKS_PER_S, FilmTime
from realtime_fer.sinks.video_file import VideoFileSink
from realtime_fer.sinks.whole_file import ClosedOnExit, cannot_write, replace_whole
from realtime_fer.sinks.written_frames import WrittenFrame, WrittenFrames

VIDEO_NAME = "video.mp4"
CSV_NAME = "expressions.csv"
FACTS_NAME = "session.json"
SNAPSHOTS_NAME = "snapshots"

_CREDENTIALS = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/\s\"]*@", re.IGNORECASE)


def default_recordings_folder() -> Path:
    """``Realtime FER`` in the platform's documents folder. It need not exist."""
    return Path(platformdirs.user_documents_dir()) / "Realtime FER"


def local_now() -> datetime:
    """The wall clock, with its offset from UTC."""
    return datetime.now().astimezone()


class SessionFolder:
    """A new folder ``YYYY-MM-DD_HH-MM-SS`` of its own, with ``-2``, ``-3`` … where that name is taken.

    Args:
        recordings_folder: where sessions lie; made when missing.
        wall_time: names the folder.

    Raises:
        SinkError: it cannot be made.
    """

    def __init__(self, recordings_folder: Path, wall_time: datetime) -> None:
        name = f"{wall_time:%Y-%m-%d_%H-%M-%S}"
        path, number = recordings_folder / name, 1
        try:
            recordings_folder.mkdir(parents=True, exist_ok=True)
            while True:
                try:
                    path.mkdir()  # fails where it exists: two programs never share one
                    break
                except FileExistsError:
                    number += 1
                    path = recordings_folder / f"{name}-{number}"
        except (OSError, ValueError) as error:
            raise cannot_write(path, error) from error
        self.path = path

    @property
    def snapshots(self) -> Path:
        """For snapshots of this session; made when the first is saved."""
        return self.path / SNAPSHOTS_NAME

    def remove_if_empty(self) -> bool:
        """Removes the folder when nothing is in it; True when it is gone."""
        with suppress(OSError):
            self.path.rmdir()
        return not self.path.exists()


@dataclass(frozen=True)
class RecordingSummary:
    """What a recording came to.

    Attributes:
        folder: of the session; gone where ``frames`` is 0 and nothing else was put into it.
        duration_s: of the film.
        frames: in the film.
        face_rows: in the table.
        dropped: as noted by the caller.
        models: ids in the order of their first use.
        sentence: '' or why it ended early.
    """

    folder: Path
    duration_s: float
    frames: int
    face_rows: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    sentence: str = ""


class RecordingSink(ClosedOnExit):
    """One recording: film, table and ``session.json`` in a new session folder. Called from one thread alone.

    Row ``frame`` of the table is that frame of the film: each result goes into both, the film first.
    ``session.json`` is written at the start with ``"complete": false`` and again, whole, at the end.

    Args:
        recordings_folder: where sessions lie.
        session_facts: for ``session.json``, plain JSON values: the source's name, the program's version, packages.
            User names and passwords in addresses are left out. The recording's own facts win over equal names.
        wall_clock: gives an aware time; for the folder's name, the start and the end.
        image: which of a result's pictures the film shows.
        max_fps: as of :class:`VideoFileSink`.

    Attributes:
        folder: of this session.
        summary: None until ``close``.

    Raises:
        SinkError: folder or files cannot be made; nothing is left of them.
    """

    def __init__(
        self,
        recordings_folder: Path,
        *,
        session_facts: Mapping[str, Any] | None = None,
        wall_clock: Callable[[], datetime] = local_now,
        image: Literal["annotated", "clean"] = "annotated",
        max_fps: float = 30.0,
    ) -> None:
        self._wall_clock = wall_clock
        self._facts = dict(session_facts or {})
        self._started = wall_clock()
        self._dropped: dict[str, int] = {}
        self._models, self._detectors, self._sources = _Uses("id"), _Uses("id"), _Uses("generation")
        self._time = FilmTime()
        self._written = WrittenFrames()
        self._markers: list[dict[str, Any]] = []
        self._sentence = ""
        self._session = SessionFolder(recordings_folder, self._started)
        self.folder = self._session.path
        self.summary: RecordingSummary | None = None
        self._video: VideoFileSink | None = None
        self._csv: CsvSink | None = None
        try:
            self._video = VideoFileSink(self.folder / VIDEO_NAME, image=image, max_fps=max_fps)
            self._csv = CsvSink(self.folder / CSV_NAME)
            self._write_facts(complete=False)
        except SinkError:
            self._discard()
            raise

    def write(self, result: FrameResult, marker: str = "") -> None:
        """Appends a frame to film and table.

        Raises:
            SinkError: one of them cannot go on; ``close`` still finishes what can be.
        """
        if self.summary is not None or self._sentence or self._video is None or self._csv is None:
            raise SinkError(f"The recording in '{self.folder}' is closed and takes no more frames.")
        try:
            self._video.write(result)
            self._csv.write(result, marker)
        except SinkError as error:
            self._sentence = str(error)
            raise
        now_s = self._time.ticks(result.frame.timestamp_s) / TICKS_PER_S
        self._written.add(WrittenFrame(result.frame.timestamp_s, self._csv.frames - 1, now_s))
        if marker:
            self._mark(self._csv.frames - 1, now_s, marker)
        self._models.note(result.model_id, now_s)
        self._detectors.note(result.detector_name, now_s)
        self._sources.note(result.frame.source_generation, now_s)

    def note_marker(self, timestamp_s: float, marker: str) -> None:
        """For a frame written before: the first one captured at ``timestamp_s`` or later, else the last.

        Raises:
            SinkError: the table cannot go on.
        """
        frame = self._written.at(timestamp_s)
        if frame is None or self._csv is None:
            raise SinkError(f"The recording in '{self.folder}' has no frame that could be marked.")
        self._csv.note(frame.index, frame.seconds, marker)
        self._mark(frame.index, frame.seconds, marker)

    def _mark(self, frame: int, seconds: float, marker: str) -> None:
        self._markers.append({"timestamp": round(seconds, 5), "frame": frame, "text": " ".join(marker.split())})
        # At once: after a sudden end nobody could set it again.
        self._write_facts(complete=False)

    def note_dropped(self, **counts: int) -> None:
        """What went missing on the way here, by place: ``note_dropped(recording=3)``. The last call counts."""
        self._dropped.update(counts)

    def close(self) -> None:
        """Finishes all three files and sets ``summary``. A recording without a frame is removed.

        Raises:
            SinkError: one of them could not be finished, and no ``write`` has said so before; the others are.
        """
        if self.summary is not None:
            return
        said_before = bool(self._sentence)
        failure: SinkError | None = None
        for part in (self._video, self._csv):
            try:
                if part is not None:
                    part.close()
            except SinkError as error:
                failure = failure or error
        if failure is not None and not said_before:
            self._sentence = str(failure)
        frames = self._video.frames if self._video else 0
        duration_s = self._video.duration_s if self._video else 0.0
        rows = self._csv.rows if self._csv else 0
        models = tuple(dict.fromkeys(str(use["id"]) for use in self._models.uses if use["id"]))
        self.summary = RecordingSummary(
            self.folder, duration_s, frames, rows, dict(self._dropped), models, self._sentence
        )
        if not frames:
            self._discard()
        else:
            try:
                self._write_facts(complete=True)
            except SinkError as error:
                failure = failure or error
        if failure is not None and not said_before:
            raise failure

    def _write_facts(self, *, complete: bool) -> None:
        facts: dict[str, Any] = {
            **self._facts,
            "complete": complete,
            "started": self._started.isoformat(timespec="milliseconds"),
            "video": VIDEO_NAME,
            "table": CSV_NAME,
            "markers": self._markers,
        }
        if self.summary is not None and self._video is not None:
            facts |= {
                "ended": self._wall_clock().isoformat(timespec="milliseconds"),
                "duration_s": round(self.summary.duration_s, 3),
                "frames": self.summary.frames,
                "face_rows": self.summary.face_rows,
                "size": list(self._video.size),
                "dropped": self._dropped,
                "models": self._models.until(self.summary.duration_s),
                "detectors": self._detectors.until(self.summary.duration_s),
                "sources": self._sources.until(self.summary.duration_s),
                "ended_early": self._sentence,
            }
        text = _CREDENTIALS.sub(r"\1", json.dumps(facts, indent=2, ensure_ascii=False, default=str))
        replace_whole(self.folder / FACTS_NAME, (text + "\n").encode("utf-8", "replace"))

    def _discard(self) -> None:
        for part in (self._video, self._csv):
            if part is not None:
                with suppress(SinkError):
                    part.close()
        for name in (VIDEO_NAME, CSV_NAME, FACTS_NAME):
            with suppress(OSError):
                (self.folder / name).unlink()
        self._session.remove_if_empty()


class _Uses:
    """What was in use from when to when, in the film's seconds."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.uses: list[dict[str, Any]] = []

    def note(self, value: str | int, now_s: float) -> None:
        if not self.uses or self.uses[-1][self._key] != value:
            self.uses.append({self._key: value, "from_s": round(now_s, 3), "frames": 0})
        self.uses[-1]["frames"] += 1

    def until(self, end_s: float) -> list[dict[str, Any]]:
        """Each use ends where the next begins."""
        ends = [*(use["from_s"] for use in self.uses[1:]), round(end_s, 3)]
        return [{**use, "to_s": to_s} for use, to_s in zip(self.uses, ends, strict=True)]
