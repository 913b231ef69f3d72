"""What a person keeps of the picture: one recording at a time, its markers, and snapshots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.people import People
from realtime_fer.core.sound import Microphone
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.events import EngineEvent, MarkerAdded, MarkerRefused
from realtime_fer.runtime.recording.markers import Marker, marker_text
from realtime_fer.runtime.recording.microphone_feed import MicrophoneFeed
from realtime_fer.runtime.recording.people_keeper import SavePeople
from realtime_fer.runtime.recording.recording_worker import RecordingSink, RecordingWorker
from realtime_fer.runtime.recording.snapshot_saver import SaveSnapshot, SnapshotSaver


class RecordingControl:
    """Owns the recording thread and the snapshots' thread.

    ``offer`` is called from the inference thread, ``request_stop`` from any, all else from the thread of the engine's
    owner.

    Args:
        make_recording: from the source's name; raises SinkError. Called in the recording thread.
        save_snapshot: as for :class:`SnapshotSaver`.
        dropped_before: how many frames each stage before the recording has dropped so far.
        people, save_people: as for :class:`RecordingWorker`.
        make_microphone: gives the one that a person chose, not opened yet; None for no sound.
    """

    def __init__(
        self,
        make_recording: Callable[[str], RecordingSink],
        save_snapshot: SaveSnapshot,
        on_event: Callable[[EngineEvent], None],
        clock: Callable[[], float],
        dropped_before: Callable[[], Mapping[str, int]],
        people: Callable[[], People] = People,
        save_people: SavePeople = lambda folder, before, now: None,
        make_microphone: Callable[[], Microphone | None] = lambda: None,
    ) -> None:
        self._make_recording, self._on_event = make_recording, on_event
        self._clock, self._dropped_before = clock, dropped_before
        self._people, self._save_people = people, save_people
        self._make_microphone = make_microphone
        self._muted = False
        self._recorder: RecordingWorker | None = None
        self._snapshots = SnapshotSaver(save_snapshot, on_event)
        self._markers = 0

    def start(self, source_name: str, *, with_sound: bool = False) -> None:
        """Starts a recording unless one runs. RecordingStarted or RecordingStopped tells what came of it."""
        if self.running:
            return
        microphone = self._make_microphone() if with_sound else None
        feed = MicrophoneFeed(microphone, self._clock) if microphone is not None else None
        if feed is not None:
            feed.set_muted(self._muted)
        recorder = RecordingWorker(
            lambda: self._make_recording(source_name),
            self._on_event,
            self._clock,
            dropped_before=self._dropped_before,
            people=self._people,
            save_people=self._save_people,
            microphone=feed,
        )
        recorder.start()
        self._recorder = recorder

    def request_stop(self) -> None:
        """What waits is still written; RecordingStopped tells when the files are finished."""
        if self._recorder is not None:
            self._recorder.request_stop()

    def join(self, timeout_s: float) -> None:
        if self._recorder is not None:
            self._recorder.join(timeout_s)

    def join_snapshots(self, timeout_s: float) -> None:
        """Takes no more snapshots, and waits until those that wait are written."""
        self._snapshots.join(timeout_s)

    @property
    def running(self) -> bool:
        """True until the last file of the recording is finished."""
        return self._recorder is not None and not self._recorder.finished

    @property
    def dropped(self) -> int:
        """Results that the newest recording lost."""
        return self._recorder.dropped if self._recorder is not None else 0

    def set_muted(self, muted: bool) -> None:
        """While a person has paused, nothing that is said is recorded."""
        self._muted = muted
        feed = self._feed
        if feed is not None:
            feed.set_muted(muted)

    @property
    def _feed(self) -> MicrophoneFeed | None:
        return self._recorder.microphone if self._recorder is not None and self.running else None

    @property
    def sound_level(self) -> float | None:
        """How loud the microphone of the running recording is, 0 to 1; None without sound."""
        feed = self._feed
        return feed.level if feed is not None and not feed.problem else None

    def elapsed_s(self, now_s: float) -> float | None:
        """How long the running recording lasts; None when there is none."""
        recorder = self._recorder
        return recorder.elapsed_s(now_s) if recorder is not None and not recorder.finished else None

    def offer(self, result: FrameResult) -> None:
        """Records ``result`` if a recording runs; never waits."""
        recorder = self._recorder
        if recorder is not None:
            recorder.offer(result)

    def add_marker(self, text: str, time_s: float | None) -> Marker | None:
        """Marks the frame captured at ``time_s``, with a note or else with the marker's number; None where refused.

        MarkerAdded or MarkerRefused tells. A running recording keeps it; without one it is only told.
        """
        if time_s is None:
            self._on_event(MarkerRefused(Wording("Markers", "There is no picture to mark yet.")))
            return None
        number = self._markers + 1
        marker = Marker(number, time_s, marker_text(text, number))
        recorder = self._recorder
        if recorder is not None and not recorder.offer_marker(marker):
            sentence = Wording("Markers", "The marker was not set: the disk cannot keep up.")
            self._on_event(MarkerRefused(sentence))
            return None
        self._markers = number
        self._on_event(MarkerAdded(number, time_s, marker.text))
        return marker

    def take_snapshot(self, result: FrameResult | None) -> None:
        """Saves the picture, with the recording that runs. SnapshotSaved or SnapshotFailed tells."""
        session = self._recorder.folder if self._recorder is not None and self.running else None
        self._snapshots.take(result, session)
