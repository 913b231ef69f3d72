"""The CSV table of a recording: one row for each face in each frame, written as it happens."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.gaze import GAZE, gaze_key
from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.movements import BLINKS, MOVEMENT_COLUMNS, SPEAKING
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.face_features.pleasantness import PLEASANTNESS, STRENGTH, pleasantness, strength
from realtime_fer.core.frame import NOT_ANALYSED, FrameResult
from realtime_fer.core.text.spreadsheet import as_cell
from realtime_fer.sinks.atomic_files import AppendedFile, ClosedOnExit

#: The columns before those of the classes, after them, and what comes of its points and of all probabilities together.
FIRST_COLUMNS = ("frame", "timestamp", "face_id", "confidence", "x", "y", "w", "h", "expression")
MIDDLE_COLUMNS = ("model", "sensitivity", "marker", "uncertain_because")
LAST_COLUMNS = (*POSE_KEYS, *MOVEMENT_COLUMNS, PLEASANTNESS, STRENGTH)

#: Of rows of one of several sources that run at the same time.
SOURCE_COLUMNS = ("source", "source_index")


class CsvSink(ClosedOnExit):
    """Results to a CSV file (RFC 4180 quoting, UTF-8, lines ending in a line feed). Called from one thread alone.

    >>> clock = RecordingClock()
    >>> with CsvSink("expressions.csv") as sink:
    ...     for result in results:
    ...         sink.write(result, clock.advance_to(result.frame.timestamp_s))
    >>> print(Path("expressions.csv").read_text()[:70])
    frame,timestamp,face_id,confidence,x,y,w,h,expression,neutral,happy,sa
    >>> sink.frames, sink.rows
    (3, 6)

    Columns: ``frame,timestamp,face_id,confidence,x,y,w,h,expression,<classes>,<classes>_smooth,model,sensitivity,
    marker,uncertain_because,yaw,pitch,roll,<movements>,speaking,blinks,pleasantness,strength``.

    - ``frame``: position in the video of the recording, from 0: the number of ``write`` calls before.
    - ``timestamp``: seconds since the first frame, as in the video.
    - ``face_id``: the identity; ``confidence``: the detector's, 0 to 1.
    - ``x,y,w,h``: whole pixels of the frame, rounded and not clipped: a face at the border reaches beyond it. Where
      the frame has another size than the video, they are not pixels of the video.
    - ``expression``: a class key, 'uncertain', or 'not analysed' for a face that no model read. A frame that was not
      searched and in which nobody is tracked has a row without a face that says the same: it may have had faces.
    - one column for each class key, probabilities 0 to 1, then the same smoothed over time. The columns do not depend
      on the model; a class that the model lacks is an empty cell.
    - ``sensitivity``: how much of the model's prior is taken back in the smoothed ones, a value of ``Sensitivity``.
    - ``marker``: what a person noted at this frame. Where the frame has no face, a row without one holds the marker.
      A note that was finished after the frame was written stands in such a row too, below later frames.
    - ``uncertain_because``: a key of ``core.doubts`` where ``expression`` is 'uncertain'.

    - ``yaw,pitch,roll``: as of ``Faces.pose``, degrees; empty where the face's points are not known.
    - one column for each of ``MOVEMENT_KEYS``, 0 to 1; ``speaking``: 1 where the mouth moves as in
      speech, else 0; ``blinks`` of the face so far. Empty where the points are not known or the face is turned away.
    - ``pleasantness``, ``strength`` of the expression (``core.face_features``); empty where no model read the face.
    - where they were asked for, one column for each of ``BLENDSHAPE_KEYS``, 0 to 1; empty where they
      are not known.
    - where it was asked for, ``gaze``: one of ``GAZE_KEYS``; empty where the eyes are closed or not known.
    - one column ``own_<slug>`` for each expression that the person had taught when the table began, 0 to 1, of
      their own and not part of the classes' sum; empty where a face has no points or is turned away.
    - last, of one of several sources: ``source``, its name, and ``source_index``, which one it is, from 0.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; ``core.text.spreadsheet`` has the
    rule and its inverse.

    ``write`` hands the frame's rows to the operating system in one piece: a sudden end of the program leaves whole
    rows only, and loses none of an earlier frame.

    Args:
        path: of the table; an existing file is replaced.
        class_keys: the columns.
        blendshapes, gaze: whether the table has columns for them.
        own: slugs of the own expressions, which the table has columns for.
        source_index: of several sources, the one that rows are from where ``write_at`` and ``write_note`` do not say;
            None where there is but one, and no columns for it.

    Attributes:
        frames: how many were written.
        rows: in the table, without the header.

    Raises:
        SinkError: the file cannot be created; see also ``write``.
    """

    def __init__(
        self,
        path: Path | str,
        class_keys: Sequence[str] = EXPRESSION_KEYS,
        *,
        blendshapes: bool = False,
        gaze: bool = False,
        own: Sequence[str] = (),
        source_index: int | None = None,
    ) -> None:
        self.path = Path(path)
        self.frames = 0
        self.rows = 0
        self._class_keys = tuple(class_keys)
        self._shape_keys = BLENDSHAPE_KEYS if blendshapes else ()
        self._gaze = (GAZE,) if gaze else ()
        self._own_slugs = tuple(own)
        self._source_index = source_index
        self._source_names: dict[int, str] = {}
        last = *LAST_COLUMNS, *self._shape_keys, *self._gaze, *(f"{OWN_PREFIX}{slug}" for slug in self._own_slugs)
        self._no_points = ("",) * len(last)
        self._file = AppendedFile(self.path)
        smooth = [f"{key}_smooth" for key in self._class_keys]
        whose = SOURCE_COLUMNS if source_index is not None else ()
        try:
            self._append([(*FIRST_COLUMNS, *self._class_keys, *smooth, *MIDDLE_COLUMNS, *last, *whose)])
        except SinkError:
            self.close()
            raise

    def write(self, result: FrameResult, t_s: float, marker: str = "") -> None:
        """Appends the frame's rows; a frame that was searched and has no faces counts, and has no rows.

        Args:
            t_s: seconds since the first frame.
            marker: what a person noted at this frame.

        Raises:
            SinkError: the disk is full or the file lost; whole rows stay.
        """
        self._file.check_open()
        self.write_at(result, self.frames, t_s, marker)
        self.frames += 1

    def write_at(
        self, result: FrameResult, frame: int, t_s: float, marker: str = "", source_index: int | None = None
    ) -> None:
        """Appends the rows of the recording's frame ``frame`` at ``t_s``; for a table that begins later.

        Raises:
            SinkError: as ``write``.
        """
        start = [str(frame), f"{t_s:.5f}"]
        # A line break would split the row for every reader that counts lines.
        end = [as_cell(result.model_id), str(result.sensitivity), as_cell(" ".join(marker.split()))]
        whose = self._source_cells(source_index, result.frame.source_name)
        rows = [
            [
                *start,
                *self._face_cells(result, face),
                *end,
                result.doubt_of(face),
                *_point_cells(result, face),
                *self._shape_cells(result, face),
                *(gaze_key(int(result.faces.gaze[face])) for _ in self._gaze),
                *self._own_cells(result, face),
                *whose,
            ]
            for face in range(len(result.faces))
        ]
        if not rows and (marker or not result.searched):
            nothing = [""] * (2 * len(self._class_keys))
            said = "" if result.searched else NOT_ANALYSED
            rows = [[*start, *[""] * 6, said, *nothing, *end, "", *self._no_points, *whose]]
        if rows:
            self._append(rows)
        self.rows += len(rows)

    def write_note(self, frame: int, t_s: float, marker: str, source_index: int | None = None) -> None:
        """Appends a row with a person's note at a frame that was written before.

        Raises:
            SinkError: as ``write``.
        """
        nothing = [""] * (7 + 2 * len(self._class_keys))
        note = as_cell(" ".join(marker.split()))
        whose = self._source_cells(source_index)
        self._append([[str(frame), f"{t_s:.5f}", *nothing, "", "", note, "", *self._no_points, *whose]])
        self.rows += 1

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved or replaced; it can still be closed."""
        self._file.check_place()

    def close(self) -> None:
        """May be called twice."""
        self._file.close()

    def _face_cells(self, result: FrameResult, face: int) -> list[str]:
        faces = result.faces
        left, top, right, bottom = (round(float(edge)) for edge in faces.xyxy[face])
        place = [str(value) for value in (left, top, right - left, bottom - top)]
        cells = [str(int(faces.tracker_id[face])), _cell(float(faces.confidence[face])), *place]
        cells.append(as_cell(result.expression_of(face) or NOT_ANALYSED))
        for values in (faces.probabilities, faces.smoothed):
            # The two may have fewer columns than there are names: none before classification.
            by_key: Mapping[str, float] = dict(zip(result.class_names, values[face].tolist(), strict=False))
            cells += [_cell(by_key.get(key)) for key in self._class_keys]
        return cells

    def _shape_cells(self, result: FrameResult, face: int) -> list[str]:
        values = result.faces.blendshapes[face].tolist() if self._shape_keys else []
        # None while the networks are still being loaded.
        return [_cell(value) for value in values] or [""] * len(self._shape_keys)

    def _source_cells(self, index: int | None, name: str = "") -> list[str]:
        """Of a note, which has no frame, with the name of the source's last frame."""
        if self._source_index is None:
            return []
        index = self._source_index if index is None else index
        if name:
            self._source_names[index] = name
        return [as_cell(self._source_names.get(index, "")), str(index)]

    def _own_cells(self, result: FrameResult, face: int) -> list[str]:
        own = result.own if self._own_slugs else None
        # What is taught while the table is written has no column.
        by_slug = {} if own is None else dict(zip(own.slugs, own.values[face].tolist(), strict=True))
        return [_cell(by_slug.get(slug)) for slug in self._own_slugs]

    def _append(self, rows: Sequence[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._file.append(text.getvalue())


def _point_cells(result: FrameResult, face: int) -> list[str]:
    """Of ``LAST_COLUMNS``."""
    faces = result.faces
    cells = [f"{angle:.2f}" if math.isfinite(angle) else "" for angle in faces.pose[face].tolist()]
    for name, value in zip(MOVEMENT_COLUMNS, faces.movements[face].tolist(), strict=True):
        digits = 0 if name in (SPEAKING, BLINKS) else 3
        cells.append(f"{value:.{digits}f}" if math.isfinite(value) else "")
    smoothed = faces.smoothed[face]
    return [*cells, *(_cell(of(smoothed, result.class_names)) for of in (pleasantness, strength))]


def _cell(value: float | None) -> str:
    return "" if value is None or not math.isfinite(value) else f"{value:.4f}"
