"""The faces of one frame as parallel arrays, validated where they are made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from realtime_fer.core.people import PERSON_COLOURS_RGB

Float32 = npt.NDArray[np.float32]


def _floats(*shape: int) -> Float32:
    return np.zeros(shape, np.float32)


@dataclass(frozen=True)
class Faces:
    """n faces; n = 0 is normal and flows through every stage.

    Attributes:
        xyxy: float32 (n, 4), left, top, right, bottom in pixels of the original frame; may leave the picture.
        confidence: float32 (n,), the detector's, 0 to 1.
        keypoints: float32 (n, k, 2), pixels; k = 0 from Haar, 6 from BlazeFace: the eye on the picture's left,
            the eye on its right, nose tip, mouth, ear on the left, ear on the right.
        tracker_id: int64 (n,), the identity, from 1; -1 before tracking.
        probabilities: float32 (n, C), the classifier's for this frame alone, in a crowd for one of the last three
            frames (see ``vision.expressions.reader``); C = 0 before classification.
        smoothed: float32 (n, C), the same smoothed over time per identity, and corrected where ``corrected`` says so.
        doubt: uint8 (n,), why the expression is not named: a position in ``core.doubts.DOUBTS``, 0 for no doubt.
        label: int64 (n,), the class that the face is called by: a column of ``smoothed``, held a moment so that it
            does not flicker; -1 where none is held, and the largest column counts.
        person_colour: int64 (n,), of ``core.people.PERSON_COLOURS_RGB``; by the identity where it was not given.
        corrected: bool (n,), whether ``smoothed`` takes the person's resting face into account.

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
            object.__setattr__(self, "person_colour", (self.tracker_id - 1) % len(PERSON_COLOURS_RGB))
        for name in ("keypoints", "probabilities", "smoothed"):
            value = getattr(self, name)
            if n and not len(value):
                object.__setattr__(self, name, _floats(n, *value.shape[1:]))
        self._check("xyxy", (n, 4), np.float32)
        self._check("confidence", (n,), np.float32)
        self._check("keypoints", (n, self.keypoints.shape[1] if self.keypoints.ndim == 3 else -1, 2), np.float32)
        self._check("tracker_id", (n,), np.int64)
        self._check("doubt", (n,), np.uint8)
        self._check("label", (n,), np.int64)
        self._check("corrected", (n,), np.bool_)
        self._check("person_colour", (n,), np.int64)
        classes = self.probabilities.shape[1] if self.probabilities.ndim == 2 else -1
        self._check("probabilities", (n, classes), np.float32)
        if self.smoothed.shape[-1:] != (0,):
            self._check("smoothed", (n, classes), np.float32)
        if n and not (self.label.min() >= -1 and self.label.max() < max(classes, 0)):
            raise ValueError(f"label must be -1 to {classes - 1}, got {self.label.tolist()}")

    def _check(self, name: str, shape: tuple[int, ...], dtype: type) -> None:
        value = getattr(self, name)
        if not isinstance(value, np.ndarray) or value.shape != shape or value.dtype != dtype:
            got = f"{value.shape} {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
            raise ValueError(f"{name} must be {shape} {np.dtype(dtype).name}, got {got}")

    def __len__(self) -> int:
        return len(self.xyxy)

    @classmethod
    def empty(cls) -> Faces:
        return cls(_floats(0, 4), _floats(0))

    def select(self, index: npt.NDArray[np.intp] | npt.NDArray[np.bool_] | list[int]) -> Faces:
        """The faces at ``index`` (positions or a mask), in that order."""
        chosen = np.asarray(index)
        if chosen.size == 0 and chosen.dtype != np.bool_:
            chosen = chosen.astype(np.intp)
        return Faces(
            self.xyxy[chosen],
            self.confidence[chosen],
            self.keypoints[chosen],
            self.tracker_id[chosen],
            self.probabilities[chosen],
            self.smoothed[chosen],
            self.doubt[chosen],
            self.label[chosen],
            self.corrected[chosen],
            self.person_colour[chosen],
        )

    def with_probabilities(self, probabilities: Float32, smoothed: Float32 | None = None) -> Faces:
        """Of a model: no label is held yet."""
        return replace(
            self,
            probabilities=probabilities,
            smoothed=probabilities if smoothed is None else smoothed,
            label=np.full(len(self), -1, np.int64),
        )

    def with_smoothed(self, smoothed: Float32) -> Faces:
        return replace(self, smoothed=smoothed)

    def with_doubt(self, doubt: npt.NDArray[np.uint8]) -> Faces:
        return replace(self, doubt=doubt)

    def with_label(self, label: npt.NDArray[np.int64]) -> Faces:
        return replace(self, label=label)

    def with_tracker_id(self, tracker_id: npt.NDArray[np.int64]) -> Faces:
        """Colours follow the new identities."""
        return replace(self, tracker_id=tracker_id, person_colour=np.zeros(0, np.int64))

    def with_person_colour(self, person_colour: npt.NDArray[np.int64]) -> Faces:
        return replace(self, person_colour=person_colour)
