"""``session.json``: how a recording was made and what it lacks; and the summary of a finished recording."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.errors import SinkError
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.frame import Comparison, Frame, FrameResult, LearningState
from realtime_fer.core.text.addresses import hide_addresses_in
from realtime_fer.core.text.translation import Wording
from realtime_fer.sinks.atomic_files import replace_file
from realtime_fer.sinks.recording_time import GAP_S, Gaps, Step

FACTS_NAME = "session.json"
SCHEMA = 1

#: At most this many changes of one fact are listed; in a folder of pictures each may have another size.
MOST_USES = 2000


@dataclass(frozen=True)
class RecordingSummary:
    """A finished recording.

    Attributes:
        folder: of the session; removed where ``frames`` is 0 and nothing else is in it.
        duration_s: of the video, or of the table without one.
        frames: in the video, or in the table without one.
        face_rows: in the table.
        dropped: counts by place, from ``set_dropped``.
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


class SessionFacts:
    """Collects a recording's facts while it runs. Called from one thread alone.

    Args:
        folder: of the session; set anew after a move.
        extra: plain JSON values that the recording cannot know: the source's name, versions, settings. Of addresses
            only what may be shown is kept. The recording's own facts win over equal names.
        started: an aware time.
        files: the session's file names, by what they hold.
        every_frame: as of ``RecordingSink``.

    Attributes:
        sound: of the videos; None where they have none.
        changed: since the last ``write`` there is a fact that must survive a sudden end.
    """

    def __init__(
        self,
        folder: Path,
        extra: Mapping[str, Any],
        started: datetime,
        files: Mapping[str, str],
        *,
        every_frame: bool = False,
    ) -> None:
        self.folder, self._every_frame = folder, every_frame
        self._extra: dict[str, Any] = hide_addresses_in(dict(extra))
        self._started = started
        self._files = dict(files)
        self._models, self._detectors, self._sources, self._sizes = _Uses(), _Uses(), _Uses(), _Uses()
        self._compared, self._thresholds, self._privacy, self._degradation = _Uses(), _Uses(), _Uses(), _Uses()
        self._sensitivity, self._mirrored, self._own = _Uses(), _Uses(), _Uses()
        self._markers: list[dict[str, Any]] = []
        self._resting_faces: list[dict[str, Any]] = []
        self._gaps = Gaps()
        self._damaged_frames = 0
        self._size: list[int] = []
        self._last_s = 0.0
        self._frames = 0
        self._people: set[int] = set()
        self.dropped: dict[str, int] = {}
        self.sound: Mapping[str, Any] | None = None
        self.changed = False

    @property
    def models(self) -> tuple[str, ...]:
        """Ids in the order of their first use."""
        return tuple(dict.fromkeys(str(use["id"]) for use in self._models.uses if use["id"]))

    def add_marker(self, frame: int, t_s: float, marker: str) -> None:
        """What a person noted at a frame of the video."""
        self._markers.append({"timestamp": round(t_s, 5), "frame": frame, "text": " ".join(marker.split())})
        self.changed = True

    def add_frame(self, result: FrameResult, step: Step, damaged_frames: int = 0, *, may_be_gap: bool = True) -> None:
        """Takes a frame that was written, the step that ends at it, and the number of damaged frames until then.

        Args:
            may_be_gap: a long step counts as a gap.
        """
        if self._frames and may_be_gap:
            self.changed |= self._gaps.add(step)
        self._last_s = t_s = step.to_s
        self._damaged_frames = damaged_frames
        height, width = result.frame.image_bgr.shape[:2]
        self._size = self._size or [width, height]
        frame = result.frame
        changes = [
            self._models.add(t_s, **_network(result)),
            self._detectors.add(t_s, id=result.detector_name),
            self._sources.add(t_s, generation=frame.source_generation, name=frame.source_name),
            self._sizes.add(t_s, width=width, height=height),
            self._compared.add(t_s, **_network(result.comparison)),
            self._thresholds.add(t_s, value=round(result.min_confidence, 4)),
            self._privacy.add(t_s, mode=result.privacy),
            self._mirrored.add(t_s, value=result.mirrored),
            self._sensitivity.add(t_s, value=result.sensitivity),
            self._degradation.add(t_s, step=result.degradation_step),
            self._own.add(t_s, **_own_expressions(result)),
        ]
        learning = result.resting_faces
        if learning is not None and learning.state is LearningState.DONE:
            known = {"timestamp": round(t_s, 5), "identities": list(learning.identities)}
            self._resting_faces.append(known)
            self.changed = True
        self._people.update(result.faces.tracker_id.tolist())
        self.changed = self.changed or any(changes)
        self._frames += 1

    def gap_note(self, step: Step) -> str:
        """The tables' note on a gap that this step is; '' if it is none. Called before ``add_frame``."""
        return self._gaps.note_of(step)

    def write(self) -> None:
        """Writes the page of a running recording, replacing the one before.

        Raises:
            SinkError: it cannot be written; the one before stays.
        """
        self._write(None)

    def write_end(
        self,
        summary: RecordingSummary,
        ended: datetime,
        *,
        size: tuple[int, int] | None,
        silent_end_s: float,
        comparison_table: str,
    ) -> None:
        """Writes the page of a finished recording, replacing the one before.

        Args:
            ended: an aware time.
            size: width and height of the video; None without one.
            silent_end_s: for how long no frame had arrived at the end.
            comparison_table: name of the second model's table; '' without one.

        Raises:
            SinkError: it cannot be written; the one before stays.
        """
        # A clock that was set back must not let a recording end before it began. What plays took as long as its video;
        # a file of which every frame is written has a length of its own, ``duration_s``.
        lasted_s = 0.0 if self._every_frame else summary.duration_s
        ended = max(ended, self._started + timedelta(seconds=lasted_s))
        end: dict[str, Any] = {
            "ended": ended.isoformat(timespec="milliseconds"),
            "duration_s": round(summary.duration_s, 3),
            "frames": summary.frames,
            "face_rows": summary.face_rows,
            "ended_early": summary.sentence,
        }
        if isinstance(summary.sentence, Wording):
            values = {name: str(value) for name, value in summary.sentence.values.items()}
            end["ended_early_parts"] = {"template": summary.sentence.template, "values": values}
        if silent_end_s >= GAP_S:
            end["no_picture_at_end_s"] = round(silent_end_s, 3)
        if size is not None:
            end["size"] = list(size)
        if comparison_table:
            end["comparison_table"] = comparison_table
        self._write(end)

    def begin(self, frame: Frame) -> None:
        """The first frame: when it was captured, so that recordings made together can be laid onto one clock."""
        # A recording may have been asked for before its source was open.
        self._extra = {**self._extra, "source": self._extra.get("source") or frame.source_name}
        captured_s, together = frame.timestamp_s, self._extra.get("together")
        if isinstance(together, Mapping):
            self._extra = {**self._extra, "together": {**together, "monotonic_s": round(captured_s, 6)}}

    def _write(self, end: Mapping[str, Any] | None) -> None:
        end_s = self._last_s if end is None else end["duration_s"]
        facts: dict[str, Any] = {
            "schema": SCHEMA,
            **self._extra,
            "complete": end is not None,
            "started": self._started.isoformat(timespec="milliseconds"),
            **self._files,
            "duration_s": round(end_s, 3),
            "frames": self._frames,
            "people": len(self._people),
            "size": self._size,
            **({"sound": dict(self.sound)} if self.sound is not None else {}),
            "dropped": self.dropped,
            "gaps": self._gaps.found,
            **({"damaged_frames": self._damaged_frames} if self._damaged_frames else {}),
            **({"not_in_film_s": round(self._gaps.left_out_s, 3)} if self._gaps.left_out_s else {}),
            "markers": self._markers,
            "models": self._models.until(end_s),
            "compared_models": [use for use in self._compared.until(end_s) if use["id"]],
            **({"own_expressions": own} if (own := [use for use in self._own.until(end_s) if use["names"]]) else {}),
            "detectors": self._detectors.until(end_s),
            "sources": hide_addresses_in(self._sources.until(end_s)),
            "picture_sizes": self._sizes.until(end_s),
            "min_confidence": self._thresholds.until(end_s),
            "privacy": self._privacy.until(end_s),
            "mirrored": self._mirrored.until(end_s),
            "sensitivity": self._sensitivity.until(end_s),
            "load": [{**use, "words": DEGRADATION_STEPS[use["step"]].words} for use in self._degradation.until(end_s)],
            "resting_faces": self._resting_faces,
            **hide_addresses_in(dict(end or {})),
        }
        text = json.dumps(facts, indent=2, ensure_ascii=False, default=str)
        # While it runs, frames must not wait for another program that reads the page.
        replace_file(self.folder / FACTS_NAME, (text + "\n").encode("utf-8", "replace"), retry=end is not None)
        self.changed = False


def _network(result: FrameResult | Comparison | None) -> dict[str, Any]:
    """A model by more than its id, which another may get later; an id of '' for none."""
    if result is None or not result.model_id:
        return {"id": "", "sha256": "", "class_names": []}
    return {"id": result.model_id, "sha256": result.model_sha256, "class_names": list(result.class_names)}


def _own_expressions(result: FrameResult) -> dict[str, Any]:
    """Of the expressions that the person taught: which file, and what its columns are called."""
    own = result.own
    return {
        "sha256": own.sha256 if own else "",
        "names": list(own.names) if own else [],
        "columns": [f"{OWN_PREFIX}{slug}" for slug in own.slugs] if own else [],
    }


class _Uses:
    """What was in use from when to when, in seconds of the recording.

    Bound: ``MOST_USES``. Overflow: the last one stands for all later ones and counts them in ``changes_not_listed``.
    """

    def __init__(self) -> None:
        self._now: dict[str, Any] = {}
        self.uses: list[dict[str, Any]] = []

    def add(self, now_s: float, **what: Any) -> bool:
        """Lists it if it differs from the one before; True if it did."""
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
