"""Counts frames, faces and each person's expressions, for the summary at the end of a run."""

from __future__ import annotations

from collections import Counter
from typing import Any

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.frame import UNCERTAIN, FrameResult

#: The summary lists the people seen longest, at most this many; ``identities`` counts all.
MOST_PEOPLE = 20


class FrameCounter:
    """Counts results, which are added in order.

    Attributes:
        frames: added so far.
    """

    def __init__(self) -> None:
        self._class_names: tuple[str, ...] = ()
        self._people: dict[int, Counter[str]] = {}
        self._start_s: float | None = None
        self._end_s = 0.0
        self._last_step_s = 0.0
        self._faces = 0
        self._empty = 0
        self.frames = 0

    def add(self, result: FrameResult) -> None:
        time_s = result.frame.timestamp_s
        self._class_names = result.class_names
        if self._start_s is None:
            self._start_s = time_s
        else:
            self._last_step_s = time_s - self._end_s
        self._end_s = time_s
        self.frames += 1
        self._faces += len(result.faces)
        self._empty += not len(result.faces)
        for face, identity in enumerate(result.faces.tracker_id.tolist()):
            self._people.setdefault(identity, Counter())[result.expression_of(face)] += 1

    def summary(self) -> dict[str, Any]:
        """For JSON. A person's shares, 0 to 1, refer to the frames that show them and stand in display order."""
        duration_s = 0.0 if self._start_s is None else self._end_s - self._start_s + self._last_step_s
        longest = sorted(self._people.items(), key=lambda item: -item[1].total())[:MOST_PEOPLE]
        return {
            "frames": self.frames,
            "duration_s": round(duration_s, 3),
            "faces": self._faces,
            "faces_per_frame": round(self._faces / self.frames, 4) if self.frames else 0.0,
            "frames_without_faces": self._empty,
            "identities": len(self._people),
            "people": [
                {
                    "face_id": identity,
                    "frames": counts.total(),
                    "shares": {
                        key: round(counts[key] / counts.total(), 4)
                        for key in (*EXPRESSION_KEYS, UNCERTAIN)
                        if key in self._class_names or key == UNCERTAIN
                    },
                }
                for identity, counts in sorted(longest)
            ],
        }
