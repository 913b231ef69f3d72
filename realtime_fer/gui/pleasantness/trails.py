"""Where each face's expression was in the last seconds: how pleasant and how strong."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from realtime_fer.core.face_features.pleasantness import pleasantness, strength
from realtime_fer.core.frame import UNCERTAIN, FrameResult

#: Seconds of a trail, and without the face after which it goes.
SPAN_S = 4.0
#: Points of one trail, and faces.
_MOST_POINTS, _MOST_FACES = 240, 64


@dataclass(frozen=True)
class TrailPoint:
    """At ``time_s`` of the pictures: pleasantness -1 to 1, strength 0 to 1. ``is_named``: no doubt, an expression."""

    time_s: float
    pleasantness: float
    strength: float
    is_named: bool


class Trails:
    """Called only from the GUI thread. Time is that of the pictures: trails stand still in a pause.

    Bound: ``_MOST_POINTS`` a face and ``_MOST_FACES``; the oldest go.
    """

    def __init__(self) -> None:
        self._trails: dict[int, deque[TrailPoint]] = {}
        self._scene: tuple[int, int] | None = None
        self.now_s = 0.0
        #: Whether the model that runs knows neutral, happy and an unpleasant expression; None before any.
        self.is_known: bool | None = None

    def add(self, result: FrameResult) -> None:
        """A result that is shown; another source or a jump begins anew."""
        frame = result.frame
        scene = (frame.source_generation, frame.jumps)
        if scene != self._scene or frame.running_s < self.now_s:
            self._scene = scene
            self._trails.clear()
        self.now_s = frame.running_s
        for face, identity in enumerate(result.faces.tracker_id.tolist() if result.class_names else []):
            row = result.faces.smoothed[face]
            point = TrailPoint(
                self.now_s,
                pleasantness(row, result.class_names),
                strength(row, result.class_names),
                result.expression_of(face) not in ("", UNCERTAIN),
            )
            # NaN is unlike itself.
            self.is_known = point.pleasantness == point.pleasantness and point.strength == point.strength
            if identity >= 0 and self.is_known:
                self._trails.setdefault(identity, deque(maxlen=_MOST_POINTS)).append(point)
        for identity, trail in list(self._trails.items()):
            while trail and self.now_s - trail[0].time_s > SPAN_S:
                trail.popleft()
            if not trail:
                del self._trails[identity]
        while len(self._trails) > _MOST_FACES:
            del self._trails[next(iter(self._trails))]

    def clear(self) -> None:
        self._trails.clear()

    def of(self, identity: int) -> tuple[TrailPoint, ...]:
        """Oldest first; of somebody unknown none."""
        return tuple(self._trails.get(identity, ()))

    @property
    def identities(self) -> tuple[int, ...]:
        return tuple(self._trails)
