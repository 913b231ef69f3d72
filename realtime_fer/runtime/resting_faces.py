"""Turns what results tell of the learning of resting faces into events, few enough to be shown."""

from __future__ import annotations

import math
from collections.abc import Callable

from realtime_fer.core.frame import FrameResult, LearningState
from realtime_fer.runtime.events import EngineEvent as Event
from realtime_fer.runtime.events import (
    RestingFaceRefused,
    RestingFacesEnded,
    RestingFacesFailed,
    RestingFacesLearning,
    RestingFacesLearnt,
    RestingFaceUsed,
)


class RestingFacesTeller:
    """Tells each whole second that is left, and the end. Called only from the inference thread."""

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self._on_event = on_event
        self._told: RestingFacesLearning | None = None

    def follow(self, result: FrameResult) -> None:
        learning = result.resting_faces
        if learning is None:
            if self._told is not None:
                # Forgotten, or the person, the model or the source is gone.
                self._told = None
                self._on_event(RestingFacesEnded())
        elif learning.state is LearningState.RUNNING:
            running = RestingFacesLearning(math.ceil(learning.remaining_s - 1e-6), len(learning.identities))
            if running != self._told:
                self._told = running
                self._on_event(running)
        else:
            self._told = None
            match learning.state:
                case LearningState.DONE:
                    event: Event = RestingFacesLearnt(learning.identities, learning.sentence, learning.faces)
                case LearningState.USED:
                    event = RestingFaceUsed(learning.sentence, learning.identities[0])
                case LearningState.REFUSED:
                    event = RestingFaceRefused(learning.sentence)
                case _:
                    event = RestingFacesFailed(learning.sentence)
            self._on_event(event)
