"""Where each person looks, over time: read some times a second, smoothed, and held until it changes clearly."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_UNKNOWN
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import EyeNetwork
from realtime_fer.vision.landmarks.gaze import directions_of

Float32 = npt.NDArray[np.float32]

#: Seconds between two looks at the same eyes, and faces that are looked at in one frame: two eyes take about 2 ms.
_EVERY_S, _MOST_READ = 0.1, 1

#: Time constant of the smoothing, seconds.
_SMOOTHING_S = 0.15

#: Degrees to the side, up and down from which on a person does not look at the camera; within this share of them again.
#: So wide that of people who look at the camera few do not: single eyes are read with a standard deviation of over 10.
_ASIDE, _UP, _DOWN, _BACK = 30.0, 20.0, 38.0, 0.8

_FORGET_S = 2.0

_LEFT, _CENTRE, _RIGHT, _UPWARD, _DOWNWARD = (GAZE_KEYS.index(key) for key in ("left", "centre", "right", "up", "down"))


@dataclass
class _Person:
    gaze: int = GAZE_UNKNOWN
    #: Smoothed degrees to the right and down.
    direction: Float32 = field(default_factory=lambda: np.zeros(2, np.float32))
    #: When the eyes were looked at, and when they were seen open, last.
    read_s: float = -math.inf
    open_s: float = -math.inf


class FaceGaze:
    """Fills in ``Faces.gaze``; owns its network. Called only from the pipeline's thread."""

    def __init__(self, network: EyeNetwork) -> None:
        self._network = network
        self._people: dict[int, _Person] = {}

    def reset(self) -> None:
        """Forgets everybody: other people are in view."""
        self._people.clear()

    def read(self, faces: Faces, image_bgr: Image, now_s: float, *, all_now: bool = False) -> Faces:
        """The faces with where they look; unknown where the points are, or the face is turned away.

        Args:
            faces: with pose and movements.
            all_now: looks at all eyes, as in a still frame, and takes only what is seen now.
        """
        gaze = np.full(len(faces), GAZE_UNKNOWN, np.int8)
        self._people = {key: person for key, person in self._people.items() if now_s - person.read_s <= _FORGET_S}
        # Where movements are not known, the face is turned away, and so is one eye.
        seen = np.flatnonzero(np.isfinite(faces.movements[:, 0]) & np.isfinite(faces.pose[:, 0]))
        people = {row: self._people.get(int(faces.tracker_id[row]), _Person()) for row in seen.tolist()}
        if all_now:
            people = {row: _Person() for row in people}
        due = [row for row in people if now_s - people[row].read_s > _EVERY_S - 0.001]
        due.sort(key=lambda row: people[row].read_s)
        rows = due if all_now else due[:_MOST_READ]
        if rows:
            points, pose = faces.landmarks[rows], faces.pose[rows]
            directions = directions_of(points, pose, self._network.predict(image_bgr, points))
            for row, direction in zip(rows, directions, strict=True):
                _look(people[row], direction, now_s)
        for row, person in people.items():
            gaze[row] = person.gaze
            if person.read_s > -math.inf:
                self._people[int(faces.tracker_id[row])] = person
        return faces.with_gaze(gaze)

    def close(self) -> None:
        self._network.close()


def _look(person: _Person, direction: Float32, now_s: float) -> None:
    """Takes in what was seen of a person's eyes: (2,) degrees, NaN where they are closed."""
    person.read_s = now_s
    if not np.isfinite(direction).all():
        person.gaze = GAZE_UNKNOWN
        return
    share = 1 - math.exp(-(now_s - person.open_s) / _SMOOTHING_S)
    person.direction = (person.direction + np.float32(share) * (direction - person.direction)).astype(np.float32)
    person.open_s = now_s
    person.gaze = gaze_of(person.direction, person.gaze)


def gaze_of(direction: Float32, held: int = GAZE_UNKNOWN) -> int:
    """Position in ``GAZE_KEYS`` of a direction (2,), degrees to the right and down.

    Args:
        held: what it was before, which is left only when the direction is clearly another.
    """
    right, down = (float(value) for value in direction)
    sides = ((_RIGHT, right / _ASIDE), (_LEFT, -right / _ASIDE), (_DOWNWARD, down / _DOWN), (_UPWARD, -down / _UP))
    for side, beyond in sides:
        if side == held and beyond > _BACK and beyond >= max(other for _, other in sides) - (1 - _BACK):
            return side
    furthest, beyond = max(sides, key=lambda side: side[1])
    return furthest if beyond > 1 else _CENTRE
