"""Where a recording has no pictures, or damaged ones, because the source failed to give them."""

from __future__ import annotations

from realtime_fer.core.frame import Frame

#: Pictures that come so often, on average, come as ever.
_COMING_S = 0.25


class Losses:
    """Follows the frames of a recording in order."""

    def __init__(self) -> None:
        self._before: tuple[int, int] | None = None
        self._last_s = 0.0

    def ended_by(self, frame: Frame, now_s: float) -> float | None:
        """How long, in the film's seconds, there was no picture before ``frame``; None where none failed to come.

        Frames may be missing between two calls: each carries how often its source had failed by then.
        """
        # What failed before the recording began is not missing in it.
        generation, losses = self._before or (frame.source_generation, frame.losses)
        lost = frame.losses > (losses if frame.source_generation == generation else 0)
        self._before = (frame.source_generation, frame.losses)
        since_s, self._last_s = now_s - self._last_s, now_s
        return since_s if lost else None


class Pauses:
    """Follows the frames of a recording in order."""

    def __init__(self) -> None:
        self._before_s: float | None = None

    def before(self, frame: Frame) -> float:
        """For how many seconds since the last frame a person had wanted no pictures."""
        before_s = frame.paused_s if self._before_s is None else self._before_s
        self._before_s = frame.paused_s
        return max(0.0, frame.paused_s - before_s)


class LeftOut:
    """Follows the frames of a recording in order."""

    def __init__(self) -> None:
        self._before: Frame | None = None

    def before(self, frame: Frame, step_s: float) -> bool:
        """Whether pictures came in the ``step_s`` before ``frame`` as ever, and this computer was too busy for them."""
        before, self._before = self._before, frame
        if before is None or (before.source_generation, before.losses) != (frame.source_generation, frame.losses):
            return False
        came = frame.index - before.index
        return came > 1 and step_s <= came * _COMING_S


class Damage:
    """Follows the frames of a recording in order.

    Attributes:
        frames: that were lost or are not whole since the first.
    """

    def __init__(self) -> None:
        self.frames = 0
        self._before: tuple[int, int] | None = None

    def note(self, frame: Frame) -> None:
        # What was damaged before the recording began is not in it.
        generation, damaged = self._before or (frame.source_generation, frame.damaged)
        # A film that is played again counts anew.
        anew = frame.source_generation != generation or frame.damaged < damaged
        self.frames += frame.damaged - (0 if anew else damaged)
        self._before = frame.source_generation, frame.damaged
