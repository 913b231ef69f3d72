"""The faces of one frame as parallel arrays, checked where they come in and carried from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_NOT_ASKED
from realtime_fer.core.face_features.landmarks import POINTS, POSE_KEYS
from realtime_fer.core.face_features.movements import MEASURE_KEYS, MOVEMENT_COLUMNS
from realtime_fer.core.people import PERSON_COLOURS_RGB

Float32 = npt.NDArray[np.float32]


def _floats(*shape: int) -> Float32:
    return np.zeros(shape, np.float32)


def _unknown(*shape: int) -> Float32:
    return np.full(shape, np.nan, np.float32)


@dataclass(frozen=True)
class Faces:
    """n faces; n = 0 is normal and flows through every stage.

    The constructor checks every array and fills in those left out. ``select``, ``with_…``, ``moved`` and ``scaled``
    check only the arrays that they are given and share the rest.

    Attributes:
        xyxy: float32 (n, 4), left, top, right, bottom in pixels of the original frame; may leave the image.
        confidence: float32 (n,), the detector's, 0 to 1.
        keypoints: float32 (n, k, 2), pixels; k = 0 from Haar, 6 from BlazeFace: the eye on the image's left,
            the eye on its right, nose tip, mouth, ear on the left, ear on the right.
        tracker_id: int64 (n,), the identity, from 1; -1 before tracking.
        probabilities: float32 (n, C), the classifier's for this frame alone, in a crowd for one of the last three
            frames (see ``vision.expressions.reader``); C = 0 before classification.
        smoothed: float32 (n, C), the same smoothed over time for each identity, and corrected where ``corrected`` says
            so.
        doubt: uint8 (n,), why the expression is not named: a position in ``core.doubts.DOUBTS``, 0 for no doubt.
        label: int64 (n,), the class that the face is called by: a column of ``smoothed``, held a moment so that it
            does not flicker; -1 where none is held, and the largest column counts.
        corrected: bool (n,), whether ``smoothed`` takes the person's resting face into account.
        person_colour: int64 (n,), of ``core.people.PERSON_COLOURS_RGB``; by the identity where none was given.
        landmarks: float32 (n, p, 3), pixels, with depth in the same scale, smaller is nearer to the camera; p = 468, or
            0 where faces are not followed by them. NaN for a face whose points are not known.
        pose: float32 (n, 3), degrees, columns as ``POSE_KEYS``: yaw is positive where the nose points to
            the right of the picture, pitch where it points up, roll where the head leans clockwise. NaN where the
            points are not known.
        movements: float32 (n, 13), what the face does: columns as ``MOVEMENT_COLUMNS``. NaN where the
            points are not known or the face is turned away.
        measures: float32 (n, 18), distances in the face's own frame, columns as ``MEASURE_KEYS``: of the first ones
            ``movements`` tells how far they are from rest. NaN as of ``movements``.
        blendshapes: float32 (n, b), 0 to 1, columns as ``BLENDSHAPE_KEYS``; b = 52, or 0 where nobody
            asked for them. NaN for a face whose points are not known.
        gaze: int8 (n,), where the eyes look: a position in ``GAZE_KEYS``, ``GAZE_UNKNOWN`` or ``GAZE_NOT_ASKED``.

    Raises:
        ValueError: an array has another shape or type, or a label is no column.
    """

    xyxy: Float32
    confidence: Float32
    keypoints: Float32 = field(default_factory=lambda: _floats(0, 0, 2))
    tracker_id: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    probabilities: Float32 = field(default_factory=lambda: _floats(0, 0))
    smoothed: Float32 = field(default_factory=lambda: _floats(0, 0))
    doubt: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    label: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    corrected: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    person_colour: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    landmarks: Float32 = field(default_factory=lambda: _floats(0, 0, 3))
    pose: Float32 = field(default_factory=lambda: _floats(0, len(POSE_KEYS)))
    movements: Float32 = field(default_factory=lambda: _floats(0, len(MOVEMENT_COLUMNS)))
    measures: Float32 = field(default_factory=lambda: _floats(0, len(MEASURE_KEYS)))
    blendshapes: Float32 = field(default_factory=lambda: _floats(0, 0))
    gaze: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))

    def __post_init__(self) -> None:
        n = len(self.xyxy)
        if n and not len(self.tracker_id):
            object.__setattr__(self, "tracker_id", np.full(n, -1, np.int64))
        if n and not len(self.doubt):
            object.__setattr__(self, "doubt", np.zeros(n, np.uint8))
        if n and not len(self.label):
            object.__setattr__(self, "label", np.full(n, -1, np.int64))
        if n and not len(self.corrected):
            object.__setattr__(self, "corrected", np.zeros(n, np.bool_))
        if n and not len(self.person_colour):
            object.__setattr__(self, "person_colour", _colours_of(self.tracker_id))
        if n and not len(self.gaze):
            object.__setattr__(self, "gaze", np.full(n, GAZE_NOT_ASKED, np.int8))
        for name in ("keypoints", "probabilities", "smoothed", "landmarks", "blendshapes"):
            value = getattr(self, name)
            if n and not len(value):
                object.__setattr__(self, name, _floats(n, *value.shape[1:]))
        for name in ("pose", "movements", "measures"):
            value = getattr(self, name)
            if n and not len(value):
                object.__setattr__(self, name, _unknown(n, *value.shape[1:]))
        points = self.keypoints.shape[1] if self.keypoints.ndim == 3 else -1
        classes = self.probabilities.shape[1] if self.probabilities.ndim == 2 else -1
        _check("xyxy", self.xyxy, (n, 4), np.float32)
        _check("confidence", self.confidence, (n,), np.float32)
        _check("keypoints", self.keypoints, (n, points, 2), np.float32)
        _check("tracker_id", self.tracker_id, (n,), np.int64)
        _check("doubt", self.doubt, (n,), np.uint8)
        _check("corrected", self.corrected, (n,), np.bool_)
        _check("person_colour", self.person_colour, (n,), np.int64)
        followed = POINTS if self.landmarks.shape[1:] == (POINTS, 3) else 0
        _check("landmarks", self.landmarks, (n, followed, 3), np.float32)
        _check("pose", self.pose, (n, len(POSE_KEYS)), np.float32)
        _check("movements", self.movements, (n, len(MOVEMENT_COLUMNS)), np.float32)
        _check("measures", self.measures, (n, len(MEASURE_KEYS)), np.float32)
        asked = len(BLENDSHAPE_KEYS) if self.blendshapes.shape[1:] == (len(BLENDSHAPE_KEYS),) else 0
        _check("blendshapes", self.blendshapes, (n, asked), np.float32)
        _check_gaze(self.gaze, n)
        _check("probabilities", self.probabilities, (n, classes), np.float32)
        if self.smoothed.shape[-1:] != (0,):
            _check("smoothed", self.smoothed, (n, classes), np.float32)
        _check_label(self.label, n, classes)

    def __len__(self) -> int:
        return len(self.xyxy)

    @classmethod
    def empty(cls) -> Faces:
        """Always the same: no array of it has a place to write into."""
        return _NOBODY

    @classmethod
    def joined(cls, parts: Sequence[Faces]) -> Faces:
        """The faces of all parts, one after another, as a detector gives them: boxes, confidences, key points."""
        parts = [part for part in parts if len(part)]
        if len(parts) < 2:
            return parts[0] if parts else cls.empty()
        return cls(
            np.concatenate([part.xyxy for part in parts]),
            np.concatenate([part.confidence for part in parts]),
            np.concatenate([part.keypoints for part in parts]),
        )

    def _with(self, **arrays: npt.NDArray[Any]) -> Faces:
        """These faces with other arrays, without a check: ``__post_init__`` is not called."""
        other = object.__new__(Faces)
        other.__dict__.update(self.__dict__)
        other.__dict__.update(arrays)
        return other

    def select(self, index: npt.NDArray[np.intp] | npt.NDArray[np.bool_] | list[int]) -> Faces:
        """The faces at ``index`` (positions or a mask), in that order."""
        chosen = np.asarray(index)
        if chosen.size == 0 and chosen.dtype != np.bool_:
            chosen = chosen.astype(np.intp)
        if _are_all(chosen, len(self)):
            return self
        return self._with(**{name: array[chosen] for name, array in self.__dict__.items()})

    def moved(self, by_px: Float32 | float) -> Faces:
        """Boxes and key points of a detector moved by (x, y) pixels, or by one number in both directions."""
        xy = np.broadcast_to(np.asarray(by_px, np.float32), (2,))
        return self._with(xyxy=self.xyxy + np.tile(xy, 2), keypoints=self.keypoints + xy)

    def scaled(self, by: Float32 | float) -> Faces:
        """Boxes and key points of a detector multiplied by (x, y), or by one number in both directions."""
        xy = np.broadcast_to(np.asarray(by, np.float32), (2,))
        return self._with(xyxy=self.xyxy * np.tile(xy, 2), keypoints=self.keypoints * xy)

    def with_probabilities(self, probabilities: Float32, smoothed: Float32 | None = None) -> Faces:
        """As a model gives them, (n, C): no label is held yet, and without ``smoothed`` nothing is smoothed yet."""
        n = len(self)
        _check("probabilities", probabilities, (n, probabilities.shape[-1]), np.float32)
        if smoothed is None:
            smoothed = probabilities
        _check("smoothed", smoothed, probabilities.shape, np.float32)
        return self._with(probabilities=probabilities, smoothed=smoothed, label=np.full(n, -1, np.int64))

    def with_smoothed(self, smoothed: Float32, corrected: npt.NDArray[np.bool_] | None = None) -> Faces:
        _check("smoothed", smoothed, self.probabilities.shape, np.float32)
        if corrected is None:
            return self._with(smoothed=smoothed)
        _check("corrected", corrected, (len(self),), np.bool_)
        return self._with(smoothed=smoothed, corrected=corrected)

    def with_doubt(self, doubt: npt.NDArray[np.uint8]) -> Faces:
        _check("doubt", doubt, (len(self),), np.uint8)
        return self._with(doubt=doubt)

    def with_label(self, label: npt.NDArray[np.int64]) -> Faces:
        _check_label(label, len(self), self.probabilities.shape[1])
        return self._with(label=label)

    def with_tracker_id(self, tracker_id: npt.NDArray[np.int64]) -> Faces:
        """Colours follow the new identities."""
        _check("tracker_id", tracker_id, (len(self),), np.int64)
        return self._with(tracker_id=tracker_id, person_colour=_colours_of(tracker_id))

    def with_landmarks(self, landmarks: Float32) -> Faces:
        _check("landmarks", landmarks, (len(self), POINTS, 3), np.float32)
        return self._with(landmarks=landmarks)

    def with_movements(self, pose: Float32, movements: Float32, measures: Float32 | None = None) -> Faces:
        """Without ``measures`` those that were there stay."""
        _check("pose", pose, (len(self), len(POSE_KEYS)), np.float32)
        _check("movements", movements, (len(self), len(MOVEMENT_COLUMNS)), np.float32)
        measures = self.measures if measures is None else measures
        _check("measures", measures, (len(self), len(MEASURE_KEYS)), np.float32)
        return self._with(pose=pose, movements=movements, measures=measures)

    def with_blendshapes(self, blendshapes: Float32) -> Faces:
        _check("blendshapes", blendshapes, (len(self), len(BLENDSHAPE_KEYS)), np.float32)
        return self._with(blendshapes=blendshapes)

    def with_gaze(self, gaze: npt.NDArray[np.int8]) -> Faces:
        _check_gaze(gaze, len(self))
        return self._with(gaze=gaze)

    def with_person_colour(self, person_colour: npt.NDArray[np.int64]) -> Faces:
        _check("person_colour", person_colour, (len(self),), np.int64)
        return self._with(person_colour=person_colour)


def _are_all(index: npt.NDArray[Any], n: int) -> bool:
    """Whether an index, positions or a mask, is that of all n in their order."""
    if len(index) != n:
        return False
    positions = index.tolist()
    return all(positions) if index.dtype == np.bool_ else positions == list(range(n))


def _colours_of(tracker_id: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return (tracker_id - 1) % len(PERSON_COLOURS_RGB)


def _check(name: str, value: object, shape: tuple[int, ...], dtype: type) -> None:
    if not isinstance(value, np.ndarray) or value.shape != shape or value.dtype != dtype:
        got = f"{value.shape} {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
        raise ValueError(f"{name} must be {shape} {np.dtype(dtype).name}, got {got}")


def _check_label(label: npt.NDArray[np.int64], n: int, classes: int) -> None:
    _check("label", label, (n,), np.int64)
    if n and not (label.min() >= -1 and label.max() < max(classes, 0)):
        raise ValueError(f"label must be -1 to {classes - 1}, got {label.tolist()}")


def _check_gaze(gaze: npt.NDArray[np.int8], n: int) -> None:
    _check("gaze", gaze, (n,), np.int8)
    if n and not (gaze.min() >= GAZE_NOT_ASKED and gaze.max() < len(GAZE_KEYS)):
        raise ValueError(f"gaze must be {GAZE_NOT_ASKED} to {len(GAZE_KEYS) - 1}, got {gaze.tolist()}")


_NOBODY = Faces(_floats(0, 4), _floats(0))
