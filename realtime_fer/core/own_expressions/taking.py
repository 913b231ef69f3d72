"""Takes samples of one face while a person holds an expression."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from realtime_fer.core.doubts import DOUBT_KEYS, DOUBTS, VISIBLE_DOUBTS
from realtime_fer.core.errors import OwnExpressionsError
from realtime_fer.core.face_features.movements import mirrored_measures
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.own_expressions.taught import LEAST_SAMPLES, Network, Samples
from realtime_fer.core.text.translation import Wording

#: Seconds in which samples are taken, after a pause to get ready.
TAKING_S = 5.0

#: A slow computer, which gives enough good frames only later, has so many seconds.
_LONGEST_S = 20.0

#: No more than one sample in so many seconds.
_STEP_S = 1 / 16

#: A longer step between two frames is a gap, in which nobody was seen; it does not count.
_LONGEST_STEP_S = 0.5

#: What is taken must spread over so many seconds: else blocks of time cannot be left out.
_LEAST_S = 3.0


@dataclass(frozen=True)
class TakingState:
    """How far it is.

    Attributes:
        remaining_s: seconds of frames that are still to come; 0 once it is done.
        samples: taken so far.
        problem: why the newest frame gave none, or ''.
    """

    remaining_s: float
    samples: int
    problem: str = ""


class SampleTaking:
    """Looks at results until ``TAKING_S`` seconds of frames have passed, longer where good frames come slowly.

    Called from one thread alone.

    >>> taking = SampleTaking()
    >>> for result in results:
    ...     if not taking.look_at(result).remaining_s:
    ...         samples = taking.finish()
    ...         break

    Args:
        identity: whose face; None takes the only face in view, whatever its number.
    """

    def __init__(self, identity: int | None = None) -> None:
        self._identity = identity
        self._began_s = self._last_s = self._taken_s = float("-inf")
        self._rows: list[tuple[float, np.ndarray, np.ndarray]] = []
        self._network: Network | None = None
        self._problems: Counter[str] = Counter()
        self._wordings: dict[str, str] = {}

    def look_at(self, result: FrameResult) -> TakingState:
        """Takes a sample of this frame, where it gives one. A repeated frame is none."""
        now_s = result.frame.running_s
        if self._last_s == float("-inf"):
            self._began_s = self._last_s = now_s
        if result.repeated:
            return self._state()
        step_s = now_s - self._last_s
        if step_s > _LONGEST_STEP_S or step_s < 0:
            self._began_s += step_s - (_LONGEST_STEP_S if step_s > 0 else 0.0)
        self._last_s = now_s
        problem = self._take(result, now_s)
        if problem:
            self._problems[problem] += 1
            self._wordings[str(problem)] = problem
        return self._state(problem)

    def _state(self, problem: str = "") -> TakingState:
        passed_s = self._last_s - self._began_s
        left_s, missing = TAKING_S - passed_s, LEAST_SAMPLES - len(self._rows)
        if left_s < 1e-6 and missing > 0 and passed_s < _LONGEST_S and self._problems.total() < len(self._rows):
            # At the pace so far.
            left_s = missing * passed_s / len(self._rows)
        return TakingState(left_s if left_s > 1e-6 else 0.0, len(self._rows), problem)

    def _take(self, result: FrameResult, now_s: float) -> str:
        faces = result.faces
        row, problem = face_of(result, self._identity)
        if problem:
            return problem
        doubt = int(faces.doubt[row])
        if DOUBT_KEYS[doubt] in VISIBLE_DOUBTS:
            return Wording("OwnExpressions", "The face is {reason}.", reason=Wording("Doubt", DOUBTS[doubt].words))
        if not np.isfinite(faces.measures[row]).all():
            if not np.isfinite(faces.pose[row]).all():
                return Wording(
                    "OwnExpressions", "The face has no points: they need a MediaPipe detector and at most four faces."
                )
            return Wording("OwnExpressions", "The face is {reason}.", reason=Wording("Doubt", "turned away"))
        if now_s - self._taken_s < _STEP_S - 1e-3:
            return ""
        network = Network(result.model_sha256, result.class_names)
        if self._network is not None and network != self._network:
            # Another model began meanwhile: what came before would mean something else.
            self._rows.clear()
        self._network, self._taken_s = network, now_s
        measures = faces.measures[row]
        if result.mirrored:
            measures = mirrored_measures(measures[None])[0]
        self._rows.append((now_s, measures.copy(), faces.probabilities[row].copy()))
        return ""

    def finish(self) -> Samples:
        """The samples.

        Raises:
            OwnExpressionsError: there are too few, with what was wrong with most frames.
        """
        enough = len(self._rows) >= LEAST_SAMPLES and self._rows[-1][0] - self._rows[0][0] >= _LEAST_S
        if not enough or self._network is None:
            if self._problems:
                reason = self._wordings[self._problems.most_common(1)[0][0]]
                raise OwnExpressionsError(
                    "Too few good frames: {count}. {reason}", count=len(self._rows), reason=reason
                )
            raise OwnExpressionsError(
                "Too few good frames: {count}. The picture is frozen, or frames arrive too slowly.",
                count=len(self._rows),
            )
        times, measures, probabilities = zip(*self._rows, strict=True)
        return Samples(
            np.array(times, np.float64) - times[0], np.stack(measures), np.stack(probabilities), self._network
        )


def face_of(result: FrameResult, identity: int | None) -> tuple[int, str]:
    """The row of the face that samples are taken of, and why there is none, or ''.

    Args:
        identity: None is the only face in view.
    """
    numbers = [result.people.person_of(number) for number in result.faces.tracker_id.tolist()]
    if not numbers:
        return -1, Wording("OwnExpressions", "No face is in view.")
    if identity is None:
        if len(numbers) > 1:
            return -1, Wording("OwnExpressions", "Several faces are in view: choose one of them.")
        return 0, ""
    if identity not in numbers:
        return -1, Wording("OwnExpressions", "The chosen face is not in view.")
    return numbers.index(identity), ""
