"""``session.json``: how a recording came about and what is not in it; and what it came to."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import Comparison, FrameResult, LearningState
from realtime_fer.core.load import LOAD_STEPS
from realtime_fer.core.text.addresses import hide_addresses_in
from realtime_fer.core.text.translation import Wording
from realtime_fer.sinks.atomic_files import replace_whole
from realtime_fer.sinks.recording_time import Damage

FACTS_NAME = "session.json"
SCHEMA = 1

#: No picture for longer than this is told as a gap, where frames usually come faster.
GAP_S = 1.0

#: Of one thing are at most so many changes listed; a folder of pictures of mixed sizes may change with each.
MOST_USES = 2000

_USUAL_STEPS_A_GAP = 4
# With fewer nobody knows what is usual.
_STEPS_TO_JUDGE = 3


class SessionFacts:
    """Gathers a recording's facts while it runs. Called from one thread alone.

    Args:
        folder: of the session; may be told anew where it was moved.
        given: plain JSON values that the recording does not know by itself: the source's name, versions, settings.
            Of addresses only that is kept which may be shown. The recording's own facts win over equal names.
        started: an aware time.
        files: name of each file of the session by what it holds.

    Attributes:
        changed: something was noted since the last ``write`` that must not be lost in a sudden end.
    """

    def __init__(self, folder: Path, given: Mapping[str, Any], started: datetime, files: Mapping[str, str]) -> None:
        self.folder = folder
        self._given: dict[str, Any] = hide_addresses_in(dict(given))
        self._started = started
        self._files = dict(files)
        self._models, self._detectors, self._sources, self._sizes = _Uses(), _Uses(), _Uses(), _Uses()
        self._compared, self._thresholds, self._privacy, self._load = _Uses(), _Uses(), _Uses(), _Uses()
        self._sensitivity = _Uses()
        self._markers: list[dict[str, Any]] = []
        self._resting_faces: list[dict[str, Any]] = []
        self._gaps: list[dict[str, Any]] = []
        # The newest steps from frame to frame, long ones too, as what is slow by nature has no others.
        self._steps: deque[float] = deque(maxlen=31)
        self._unjudged: list[tuple[float, float, float, bool]] = []
        self._left_out_s = 0.0
        self._size: list[int] = []
        self._last_s: float | None = None
        self._frames = 0
        self._damage = Damage()
        self.dropped: dict[str, int] = {}
        self.changed = False

    @property
    def models(self) -> tuple[str, ...]:
        """Ids in the order of their first use."""
        return tuple(dict.fromkeys(str(use["id"]) for use in self._models.uses if use["id"]))

    def note_marker(self, frame: int, seconds: float, marker: str) -> None:
        """What a person noted at that frame of the film."""
        self._markers.append({"timestamp": round(seconds, 5), "frame": frame, "text": " ".join(marker.split())})
        self.changed = True

    def note_frame(
        self,
        result: FrameResult,
        now_s: float,
        *,
        lost: bool = False,
        left_out_s: float = 0.0,
        paused_s: float = 0.0,
        busy: bool = False,
    ) -> None:
        """A frame that was written; ``now_s`` is its time in the film. ``lost``: pictures failed to come before it;
        ``left_out_s``: of the time before it, what the film's leaves out; ``paused_s``: what a person had paused;
        ``busy``: pictures came in it that this computer had no time for."""
        self._note_step(now_s, lost, left_out_s, paused_s, busy)
        self._damage.note(result.frame)
        height, width = result.frame.image_bgr.shape[:2]
        self._size = self._size or [width, height]
        frame = result.frame
        noted = [
            self._models.note(now_s, **_network(result)),
            self._detectors.note(now_s, id=result.detector_name),
            self._sources.note(now_s, generation=frame.source_generation, name=frame.source_name),
            self._sizes.note(now_s, width=width, height=height),
            self._compared.note(now_s, **_network(result.comparison)),
            self._thresholds.note(now_s, value=round(result.min_confidence, 4)),
            self._privacy.note(now_s, mode=result.privacy),
            self._sensitivity.note(now_s, value=result.sensitivity),
            self._load.note(now_s, step=result.load_step),
        ]
        learning = result.resting_faces
        if learning is not None and learning.state is LearningState.DONE:
            known = {"timestamp": round(now_s, 5), "identities": list(learning.identities)}
            self._resting_faces.append(known)
            self.changed = True
        self.changed = self.changed or any(noted)
        self._frames += 1

    def is_late(self, now_s: float) -> bool:
        """Whether a frame at ``now_s`` ends a gap, by the usual step from frame to frame as far as that is known."""
        if self._last_s is None or len(self._steps) < _STEPS_TO_JUDGE:
            return False
        return now_s - self._last_s > self.longest_step_s

    @property
    def longest_step_s(self) -> float:
        """A longer one is a gap, by the usual step from frame to frame as far as that is known."""
        usual_s = median(self._steps) if len(self._steps) >= _STEPS_TO_JUDGE else 0.0
        return max(GAP_S, _USUAL_STEPS_A_GAP * usual_s)

    def _note_step(self, now_s: float, lost: bool, left_out_s: float, paused_s: float, busy: bool) -> None:
        if self._last_s is not None and (lost or left_out_s):
            self._note_gap(self._last_s, now_s, paused_s, busy, left_out_s)
        elif self._last_s is not None:
            self._steps.append(now_s - self._last_s)
            self._unjudged.append((self._last_s, now_s, paused_s, busy))
            if len(self._steps) >= _STEPS_TO_JUDGE:
                limit_s = self.longest_step_s
                for from_s, to_s, step_paused_s, was_busy in self._unjudged:
                    if to_s - from_s > limit_s:
                        self._note_gap(from_s, to_s, step_paused_s, was_busy)
                self._unjudged.clear()
        self._last_s = now_s

    def _note_gap(self, from_s: float, to_s: float, paused_s: float, busy: bool, left_out_s: float = 0.0) -> None:
        gap: dict[str, Any] = {"from_s": round(from_s, 3), "to_s": round(to_s, 3)}
        if paused_s:
            # After a pause the next picture is as far away as ever; that is no fault of the source.
            rest_s = to_s - from_s + left_out_s - paused_s
            gap["paused_s"] = round(paused_s if rest_s > self.longest_step_s else to_s - from_s, 3)
        if busy:
            gap["busy"] = True
        if left_out_s:
            gap["lasted_s"] = round(to_s - from_s + left_out_s, 3)
            self._left_out_s += left_out_s
        self._gaps.append(gap)
        self._gaps.sort(key=lambda gap: gap["from_s"])
        self.changed = True

    def write(self, end: Mapping[str, Any] | None = None) -> None:
        """Writes the page whole, replacing the one before.

        Args:
            end: what is known of a finished recording; None while it runs, when pictures must not wait for it.

        Raises:
            SinkError: it cannot be written; the one before stays.
        """
        end_s = self._last_s or 0.0 if end is None else end["duration_s"]
        facts: dict[str, Any] = {
            "schema": SCHEMA,
            **self._given,
            "complete": end is not None,
            "started": self._started.isoformat(timespec="milliseconds"),
            **self._files,
            "duration_s": round(end_s, 3),
            "frames": self._frames,
            "size": self._size,
            "dropped": self.dropped,
            "gaps": self._gaps,
            **({"damaged_frames": self._damage.frames} if self._damage.frames else {}),
            **({"not_in_film_s": round(self._left_out_s, 3)} if self._left_out_s else {}),
            "markers": self._markers,
            "models": self._models.until(end_s),
            "compared_models": [use for use in self._compared.until(end_s) if use["id"]],
            "detectors": self._detectors.until(end_s),
            "sources": hide_addresses_in(self._sources.until(end_s)),
            "picture_sizes": self._sizes.until(end_s),
            "min_confidence": self._thresholds.until(end_s),
            "privacy": self._privacy.until(end_s),
            "sensitivity": self._sensitivity.until(end_s),
            "load": [{**use, "words": LOAD_STEPS[use["step"]].words} for use in self._load.until(end_s)],
            "resting_faces": self._resting_faces,
            **hide_addresses_in(dict(end or {})),
        }
        text = json.dumps(facts, indent=2, ensure_ascii=False, default=str)
        replace_whole(self.folder / FACTS_NAME, (text + "\n").encode("utf-8", "replace"), retry=end is not None)
        self.changed = False


def _network(told: FrameResult | Comparison | None) -> dict[str, Any]:
    """A model by more than its id, which another one may have later; an id of '' for none."""
    if told is None or not told.model_id:
        return {"id": "", "sha256": "", "class_names": []}
    return {"id": told.model_id, "sha256": told.model_sha256, "class_names": list(told.class_names)}


class _Uses:
    """What was in use from when to when, in the film's seconds.

    Bound: ``MOST_USES``. Overflow: the last one counts what comes after it, too, and tells that in
    ``changes_not_listed``.
    """

    def __init__(self) -> None:
        self._now: dict[str, Any] = {}
        self.uses: list[dict[str, Any]] = []

    def note(self, now_s: float, **what: Any) -> bool:
        """True where it is another than before and was listed."""
        is_new, self._now = not self.uses or self._now != what, what
        begins = is_new and len(self.uses) < MOST_USES
        if begins:
            self.uses.append({**what, "from_s": round(now_s, 3), "frames": 0})
        elif is_new:
            self.uses[-1]["changes_not_listed"] = self.uses[-1].get("changes_not_listed", 0) + 1
        self.uses[-1]["frames"] += 1
        return begins

    def until(self, end_s: float) -> list[dict[str, Any]]:
        """Each use ends where the next begins."""
        ends = [*(use["from_s"] for use in self.uses[1:]), round(end_s, 3)]
        return [{**use, "to_s": to_s} for use, to_s in zip(self.uses, ends, strict=False)]


@dataclass(frozen=True)
class RecordingSummary:
    """What a recording came to.

    Attributes:
        folder: of the session; gone where ``frames`` is 0 and nothing else was put into it.
        duration_s: of the film, or of the numbers where none was made.
        frames: in the film, or in the table where none was made.
        face_rows: in the table.
        dropped: as noted by the caller.
        models: ids in the order of their first use.
        sentence: '' or why it ended early.
    """

    folder: Path
    duration_s: float
    frames: int
    face_rows: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    sentence: str = ""


def wording_of(error: Exception) -> str:
    """Why a recording ended."""
    if isinstance(error, SinkError):
        return error.wording
    return Wording(
        "Sink",
        "The recording stopped because of a fault in the program ({kind}: {error}).",
        kind=type(error).__name__,
        error=error,
    )
