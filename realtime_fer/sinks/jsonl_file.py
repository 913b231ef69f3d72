"""Results as JSON lines: one object for each frame, written as it happens; for programs rather than spreadsheets."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.gaze import GAZE, GAZE_NOT_ASKED, gaze_key
from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.face_features.pleasantness import PLEASANTNESS, STRENGTH, pleasantness, strength
from realtime_fer.core.frame import NOT_ANALYSED, FrameResult
from realtime_fer.sinks.atomic_files import AppendedFile, ClosedOnExit
from realtime_fer.sinks.comparison import comparison_result
from realtime_fer.sinks.csv_file import SOURCE_COLUMNS


class JsonLinesSink(ClosedOnExit):
    """Results to a JSON Lines file (UTF-8, one object a line). Called from one thread alone.

    >>> clock = RecordingClock()
    >>> with JsonLinesSink("expressions.jsonl") as sink:
    ...     for result in results:
    ...         sink.write(result, clock.advance_to(result.frame.timestamp_s))
    >>> line = json.loads(Path("expressions.jsonl").read_text().splitlines()[0])
    >>> line["timestamp"], line["faces"][0]["expression"]
    (0.0, 'angry')

    Every frame has a line, with or without faces:

    - ``frame``, ``timestamp``: as in the CSV.
    - ``model``, ``detector``, ``min_confidence``; ``sensitivity``: how much of the model's prior is taken back in
      ``smoothed``; ``privacy``: how faces are hidden; ``marker``: what a person noted at this frame, or ''.
    - ``searched``: whether faces were looked for; if not, there may have been others.
    - ``faces``: each with ``face_id``, ``confidence``, ``x y w h`` (pixels of the frame itself, not clipped),
      ``keypoints`` ([x, y] each, in the order of ``Faces.keypoints``), ``expression``, ``uncertain_because``, and by
      class key ``probabilities`` and ``smoothed``; ``corrected``: whether the latter take the person's resting face
      into account; ``yaw``, ``pitch``, ``roll`` (degrees, as of ``Faces.pose``; null where the face's points are not
      known); ``movements``, by name, as in the CSV, null where they are not known; ``pleasantness`` and ``strength`` of
      the expression, null where no model read the face. A class that the model lacks is not there.
    - where blendshapes were asked for, each face has ``blendshapes``, by name, 0 to 1, null where they are not known.
    - where it was asked for, each face has ``gaze``: one of ``GAZE_KEYS``, null where it is not known.
    - where a person taught expressions, each face has ``own``, by their slug, 0 to 1, null where they are not known.
    - a line without ``faces`` is a note that was finished after its frame was written.
    - of one of several sources: ``source``, its name, and ``source_index``, which one it is, from 0.
    - ``comparison``: null, or the comparison model's ``model`` and ``faces`` (without their places).

    Args:
        path: an existing file is replaced.
        source_index: as of :class:`~realtime_fer.sinks.csv_file.CsvSink`.

    Attributes:
        frames: in the file.

    Raises:
        SinkError: the file cannot be created; see also ``write``.
    """

    def __init__(self, path: Path | str, *, source_index: int | None = None) -> None:
        self.path = Path(path)
        self.frames = 0
        self._source_index, self._source_name = source_index, ""
        self._file = AppendedFile(self.path)

    def write(self, result: FrameResult, t_s: float, marker: str = "") -> None:
        """Appends the frame's line.

        Args:
            t_s: seconds since the first frame.
            marker: what a person noted at this frame.

        Raises:
            SinkError: the disk is full or the file lost; whole lines stay.
        """
        self._file.check_open()
        self._source_name = result.frame.source_name
        line = self._source() | frame_object(result, self.frames, t_s, marker)
        self._file.append(as_line(line))
        self.frames += 1

    def write_note(self, frame: int, t_s: float, marker: str) -> None:
        """Appends a line of ``frame``, ``timestamp`` and ``marker`` alone, for a frame written before.

        Raises:
            SinkError: as ``write``.
        """
        line = {**self._source(), "frame": frame, "timestamp": round(t_s, 5), "marker": " ".join(marker.split())}
        self._file.append(as_line(line))

    def _source(self) -> dict[str, Any]:
        index = self._source_index
        return {} if index is None else dict(zip(SOURCE_COLUMNS, (self._source_name, index), strict=True))

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved or replaced; it can still be closed."""
        self._file.check_place()

    def close(self) -> None:
        """May be called twice."""
        self._file.close()


def as_line(line: dict[str, Any]) -> str:
    """An object as a line of the file. Raises ValueError: a number in it is NaN or infinite."""
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False, allow_nan=False) + "\n"


def frame_object(result: FrameResult, frame: int, t_s: float, marker: str = "") -> dict[str, Any]:
    """What a line of the file says of a frame, as :class:`JsonLinesSink` lists it; for ``json.dumps``.

    Args:
        frame: how many came before.
        t_s, marker: as of ``JsonLinesSink.write``.
    """
    comparison = comparison_result(result)
    return {
        "frame": frame,
        "timestamp": round(t_s, 5),
        "model": result.model_id,
        "detector": result.detector_name,
        "min_confidence": _number(result.min_confidence),
        "sensitivity": result.sensitivity,
        "privacy": result.privacy,
        "searched": result.searched,
        "marker": " ".join(marker.split()),
        "faces": [
            _place(result, face)
            | _reading(result, face)
            | _blendshapes(result, face)
            | _gaze(result, face)
            | _own(result, face)
            for face in range(len(result.faces))
        ],
        "comparison": None
        if comparison is None
        else {
            "model": comparison.model_id,
            "faces": [
                {"face_id": int(comparison.faces.tracker_id[face])} | _reading(comparison, face)
                for face in range(len(comparison.faces))
            ],
        },
    }


def _place(result: FrameResult, face: int) -> dict[str, Any]:
    faces = result.faces
    left, top, right, bottom = (_number(edge, 2) for edge in faces.xyxy[face].tolist())
    return {
        "face_id": int(faces.tracker_id[face]),
        "confidence": _number(float(faces.confidence[face])),
        "x": left,
        "y": top,
        "w": None if left is None or right is None else round(right - left, 2),
        "h": None if top is None or bottom is None else round(bottom - top, 2),
        "corrected": bool(faces.corrected[face]),
        **{key: _number(value, 2) for key, value in zip(POSE_KEYS, faces.pose[face].tolist(), strict=True)},
        "movements": {
            key: _number(value, 3) for key, value in zip(MOVEMENT_COLUMNS, faces.movements[face].tolist(), strict=True)
        },
        "keypoints": [[_number(x, 2), _number(y, 2)] for x, y in faces.keypoints[face].tolist()],
    }


def _reading(result: FrameResult, face: int) -> dict[str, Any]:
    return {
        "expression": result.expression_of(face) or NOT_ANALYSED,
        "uncertain_because": result.doubt_of(face),
        "probabilities": _by_key(result, result.faces.probabilities[face].tolist()),
        PLEASANTNESS: _number(pleasantness(result.faces.smoothed[face], result.class_names)),
        STRENGTH: _number(strength(result.faces.smoothed[face], result.class_names)),
        "smoothed": _by_key(result, result.faces.smoothed[face].tolist()),
    }


def _blendshapes(result: FrameResult, face: int) -> dict[str, Any]:
    """Nothing where nobody asked for them."""
    if not result.faces.blendshapes.shape[1]:
        return {}
    values = result.faces.blendshapes[face].tolist()
    return {"blendshapes": {key: _number(value) for key, value in zip(BLENDSHAPE_KEYS, values, strict=True)}}


def _gaze(result: FrameResult, face: int) -> dict[str, Any]:
    """Nothing where nobody asked for it."""
    gaze = int(result.faces.gaze[face])
    return {} if gaze == GAZE_NOT_ASKED else {GAZE: gaze_key(gaze) or None}


def _own(result: FrameResult, face: int) -> dict[str, Any]:
    """Nothing where nobody taught any."""
    own = result.own
    if own is None:
        return {}
    values = own.values[face].tolist()
    return {"own": {slug: _number(value) for slug, value in zip(own.slugs, values, strict=True)}}


def _by_key(result: FrameResult, values: list[float]) -> dict[str, float | None]:
    # There may be fewer values than names: none before classification.
    return {key: _number(value) for key, value in zip(result.class_names, values, strict=False)}


def _number(value: float, digits: int = 4) -> float | None:
    """JSON knows neither NaN nor infinity."""
    return round(value, digits) if math.isfinite(value) else None
