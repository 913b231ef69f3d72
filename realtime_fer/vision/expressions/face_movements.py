"""What each person's face does over time: movements against their own resting face, blinks, speaking.

A person's rest is the one that was learnt (``resting_faces``); else the median of the frames of the last minute or so
in which their expression was neutral, of which the mean neutral face of many people takes the place at first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from realtime_fer.core.doubts import DOUBT_KEYS, VISIBLE_DOUBTS
from realtime_fer.core.face_features.movements import BLINKS, MOVEMENT_COLUMNS, MOVEMENT_KEYS, SPEAKING
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import LearningState, RestingFaceLearning
from realtime_fer.vision.expressions.resting_faces import NEUTRAL
from realtime_fer.vision.expressions.speaking import SpeakingWatch
from realtime_fer.vision.landmarks.head_pose import places_of
from realtime_fer.vision.landmarks.movements import MEAN_REST, MEASURED, all_measures_of, movements_of

Float32 = npt.NDArray[np.float32]

#: Degrees of yaw and of pitch beyond which the far half of a face is guessed, and movements are not known.
FURTHEST_YAW, FURTHEST_PITCH = 45.0, 40.0

#: Degrees of yaw and of pitch within which a neutral frame tells of the person's rest.
_REST_YAW, _REST_PITCH = 25.0, 30.0

#: A neutral frame in each half second counts, the last 120 of them: a minute.
_REST_STEP_S, _REST_FRAMES = 0.5, 120

#: So many frames of a person's own count as much as the mean neutral face.
_MEAN_REST_FRAMES = 4

#: Both eyes are closed below the first, open again above the second; a blink takes no longer than this.
_CLOSED, _OPEN, _LONGEST_BLINK_S = 0.4, 0.6, 0.5

_FORGET_S = 2.0

_VISIBLE = [DOUBT_KEYS.index(key) for key in VISIBLE_DOUBTS]

_EYES = slice(0, 2)
_MOUTH_OPEN = MOVEMENT_KEYS.index("mouth_open")
_SPEAKING, _BLINKS = MOVEMENT_COLUMNS.index(SPEAKING), MOVEMENT_COLUMNS.index(BLINKS)


@dataclass
class _Person:
    rest: Float32 = field(default_factory=MEAN_REST.copy)
    is_learnt: bool = False
    neutral: deque[Float32] = field(default_factory=lambda: deque(maxlen=_REST_FRAMES))
    neutral_s: float = float("-inf")
    learning: list[Float32] = field(default_factory=list)
    measures: Float32 | None = None
    speaking: SpeakingWatch = field(default_factory=SpeakingWatch)
    closed_since_s: float | None = None
    blinks: int = 0
    seen_s: float = 0.0


class FaceMovements:
    """Fills in ``Faces.pose`` and ``Faces.movements``. Called only from the pipeline's thread.

    For each frame: ``read``, and ``learn`` once the expressions are known.
    """

    def __init__(self) -> None:
        self._people: dict[int, _Person] = {}

    def reset(self) -> None:
        """Forgets everybody: other people are in view."""
        self._people.clear()

    def forget_rest(self, identities: Collection[int] | None = None) -> None:
        """Forgets what was learnt and seen of the resting faces of these identities, or of all."""
        for identity in list(self._people) if identities is None else identities:
            person = self._people.get(identity)
            if person is not None:
                person.rest, person.is_learnt = MEAN_REST.copy(), False
                person.neutral.clear()

    def rest_of(self, identity: int) -> tuple[float, ...]:
        """The measures of a resting face that was learnt; empty where none was."""
        person = self._people.get(identity)
        return tuple(person.rest.tolist()) if person is not None and person.is_learnt else ()

    def use_rest(self, identity: int, measures: tuple[float, ...]) -> None:
        """Takes a resting face from a file, of a person in view."""
        person = self._people.get(identity)
        if person is not None and len(measures) == len(MEAN_REST):
            person.rest, person.is_learnt = np.array(measures, np.float32), True

    def read(self, faces: Faces, now_s: float) -> Faces:
        """The faces with pose and movements, NaN where their points are not known."""
        if not faces.landmarks.shape[1]:
            return faces
        known = np.flatnonzero(np.isfinite(faces.landmarks[:, 0, 0]))
        if not len(known):
            return faces
        places = places_of(faces.landmarks[known] if len(known) < len(faces) else faces.landmarks, MEASURED)
        every = all_measures_of(places.own)
        measures = every[:, : len(MOVEMENT_KEYS)]
        people = [self._people.setdefault(identity, _Person()) for identity in faces.tracker_id[known].tolist()]
        moved = movements_of(measures, np.array([person.rest for person in people]))
        pose = np.full_like(faces.pose, np.nan)
        movements = np.full_like(faces.movements, np.nan)
        seen = np.full_like(faces.measures, np.nan)
        pose[known] = places.pose
        for at, (row, person, (yaw, pitch, _)) in enumerate(
            zip(known.tolist(), people, places.pose.tolist(), strict=True)
        ):
            person.seen_s, person.measures = now_s, None
            if abs(yaw) > FURTHEST_YAW or abs(pitch) > FURTHEST_PITCH:
                continue
            person.measures, seen[row] = measures[at], every[at]
            movements[row, :_SPEAKING] = moved[at]
            movements[row, _SPEAKING] = person.speaking.watch(float(measures[at, _MOUTH_OPEN]), now_s)
            movements[row, _BLINKS] = _blinks(person, float(moved[at, _EYES].max()), now_s)
        return faces.with_movements(pose, movements, seen)

    def learn(
        self, faces: Faces, class_names: tuple[str, ...], learning: RestingFaceLearning | None, now_s: float
    ) -> None:
        """Learns from this frame, already read, how the faces look at rest, and forgets who left.

        Args:
            faces: with labels and doubts, where a model runs.
            learning: how far ``RestingFaces`` is, where a person asked for it.
        """
        neutral = class_names.index(NEUTRAL) if NEUTRAL in class_names else -1
        asked = learning.identities if learning is not None else ()
        for row, identity in enumerate(faces.tracker_id.tolist()):
            person = self._people.get(identity)
            if person is None or person.measures is None or person.seen_s < now_s:
                continue
            if learning is not None and learning.state is LearningState.RUNNING:
                if identity in asked and faces.doubt[row] not in _VISIBLE:
                    person.learning.append(person.measures)
            elif not person.is_learnt and now_s - person.neutral_s >= _REST_STEP_S and neutral >= 0:
                yaw, pitch, _ = np.abs(faces.pose[row]).tolist()
                is_level = yaw <= _REST_YAW and pitch <= _REST_PITCH
                is_neutral = faces.label[row] == neutral and not faces.doubt[row]
                if is_level and is_neutral and not faces.movements[row, _SPEAKING]:
                    _add_neutral(person, now_s)
        if learning is not None and learning.state is not LearningState.RUNNING:
            self._finish(learning)
        self._people = {key: person for key, person in self._people.items() if now_s - person.seen_s <= _FORGET_S}

    def _finish(self, learning: RestingFaceLearning) -> None:
        for identity, person in self._people.items():
            if learning.state is LearningState.DONE and identity in learning.identities and person.learning:
                person.rest, person.is_learnt = np.median(person.learning, axis=0).astype(np.float32), True
            person.learning = []


def _add_neutral(person: _Person, now_s: float) -> None:
    assert person.measures is not None
    person.neutral.append(person.measures)
    person.neutral_s = now_s
    share = len(person.neutral) / (len(person.neutral) + _MEAN_REST_FRAMES)
    own = np.median(person.neutral, axis=0)
    person.rest = (MEAN_REST + share * (own - MEAN_REST)).astype(np.float32)


def _blinks(person: _Person, open_share: float, now_s: float) -> int:
    """How often the person has blinked until now. ``open_share``: of the eye that is open more."""
    if open_share < _CLOSED:
        if person.closed_since_s is None:
            person.closed_since_s = now_s
    elif open_share > _OPEN and person.closed_since_s is not None:
        person.blinks += now_s - person.closed_since_s <= _LONGEST_BLINK_S
        person.closed_since_s = None
    return person.blinks
