"""Records results in a thread of its own, through a bounded queue. It never holds up the picture."""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.people import People
from realtime_fer.core.sound import SoundBlock
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.events import EngineEvent, RecordingSoundLost, RecordingStarted, RecordingStopped
from realtime_fer.runtime.recording.markers import Marker, WaitingMarkers
from realtime_fer.runtime.recording.microphone_feed import MicrophoneFeed
from realtime_fer.runtime.recording.people_keeper import PeopleKeeper, SavePeople

#: Results and wake-ups waiting to be written. At 1280x720 each result holds 2.8 MB.
QUEUE_SIZE = 12

#: After this many seconds without a result the sink checks its files.
CHECK_INTERVAL_S = 1.0

#: How long the end may wait for the last frame's sound.
LAST_SOUND_S = 1.0


class RecordingSink(Protocol):
    """Writes a session's folder with video and CSV. Used by the recording thread alone."""

    @property
    def folder(self) -> Path:
        """Where its files are; the new place once it was moved and the sink has noticed."""

    def write(self, result: FrameResult, marker: str = "") -> None: ...

    def add_late_marker(self, timestamp_s: float, marker: str) -> None:
        """Marks a frame that is written already: the first one captured at ``timestamp_s`` or later, else the last."""

    def begin_listening(self, microphone: str) -> None:
        """The recording gets sound. Called before the first frame, with the microphone's name."""

    def write_heard(self, blocks: Sequence[SoundBlock], until_s: float) -> str:
        """Appends what was heard; what is missing until ``until_s`` is silence. Returns why no more can be, or ''."""

    def end_listening(self, sentence: str) -> None:
        """Records why the microphone gives nothing any more."""

    def set_dropped(self, **counts: int) -> None:
        """Records how many results did not reach ``write``, by the stage that dropped them."""

    def set_silent_end(self, seconds: float) -> None:
        """Records how long no frame had come when the recording was stopped."""

    def is_here(self) -> bool:
        """Whether ``folder`` is still this recording's, before ``close``."""

    def check_place(self) -> None:
        """Called about once a second while nothing is written. Raises SinkError: the files are gone."""

    def close(self) -> None: ...


class _Wake:
    """In the queue: wakes the thread because a marker waits."""


class RecordingWorker:
    """Owns the thread of one recording, from its start to its finished files.

    Bound: ``QUEUE_SIZE`` results. Overflow: the newest is not recorded. Counter: ``dropped``. The video keeps its time,
    since each frame carries its own timestamp.

    The newest result is held back until the next one comes, so that a marker set on the newest frame still reaches its
    row. The marker of a dropped frame goes to the next one that is written.

    Args:
        make_sink: called in the recording thread; raises SinkError.
        dropped_before: how many frames each earlier stage has dropped so far; the sink gets what is added while the
            recording runs.
        check_interval_s: as ``CHECK_INTERVAL_S``.
        people: names and more of the recording's people, as they are now.
        save_people: called in the recording thread.
        microphone: not started yet; None for a recording without sound.
    """

    def __init__(
        self,
        make_sink: Callable[[], RecordingSink],
        on_event: Callable[[EngineEvent], None],
        clock: Callable[[], float] = time.perf_counter,
        dropped_before: Callable[[], Mapping[str, int]] = dict,
        check_interval_s: float = CHECK_INTERVAL_S,
        people: Callable[[], People] = People,
        save_people: SavePeople = lambda folder, before, now: None,
        microphone: MicrophoneFeed | None = None,
    ) -> None:
        self._make_sink = make_sink
        self._microphone = microphone
        self._sound_lost = False
        self._dropped_before = dropped_before
        self._check_interval_s = check_interval_s
        self._people = PeopleKeeper(people, save_people, on_event, clock)
        self._on_event = on_event
        self._clock = clock
        # One place more than is filled: asking for the end must never wait, least of all for a disk that hangs.
        self._queue: queue.Queue[FrameResult | _Wake | None] = queue.Queue(QUEUE_SIZE + 1)
        self._markers = WaitingMarkers()
        self._held: FrameResult | None = None
        self._accepting = True
        self._lock = threading.Lock()
        self._first_s: float | None = None
        self._last_s = 0.0
        self._began_s: float | None = None
        self._asked_to_stop_s: float | None = None
        self._frames = 0
        self.dropped = 0
        self._finished = False
        self._folder: Path | None = None
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)

    def start(self) -> None:
        if self._microphone is not None:
            self._microphone.start()
        self._thread.start()

    @property
    def microphone(self) -> MicrophoneFeed | None:
        """What is listened to; None for a recording without sound."""
        return self._microphone

    def offer(self, result: FrameResult) -> None:
        """Called from the inference thread; never waits."""
        with self._lock:
            if not self._accepting:
                return
            if not self._put(result):
                self.dropped += 1

    def offer_marker(self, marker: Marker) -> bool:
        """Called from one thread; never waits. False: too many wait, and this one was refused.

        A marker that comes after the recording's end does not belong to it, and so is not refused either.
        """
        with self._lock:
            if not self._accepting:
                return True
            if not self._markers.offer(marker):
                return False
            # Where no more frames come, as in a pause, it is written at once; otherwise with the next frame.
            self._put(_Wake())
            return True

    def _put(self, item: FrameResult | _Wake) -> bool:
        """False: there is no room. Called under the lock, so that nothing else fills the queue meanwhile."""
        if self._queue.qsize() >= QUEUE_SIZE:
            return False
        self._queue.put_nowait(item)
        return True

    def request_stop(self) -> None:
        """Takes no more results; what waits is still written. Returns at once."""
        with self._lock:
            if not self._accepting:
                return
            self._accepting = False
            self._asked_to_stop_s = self._clock()
            self._queue.put_nowait(None)

    def join(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        if self._microphone is not None:
            self._microphone.join(min(timeout_s, 2.0))
        return not self._thread.is_alive()

    @property
    def finished(self) -> bool:
        """True from just before RecordingStopped is sent: the files are complete."""
        return self._finished

    @property
    def folder(self) -> Path | None:
        """Where it records; None until the folder is made."""
        return self._folder

    @property
    def duration_s(self) -> float:
        """From the first to the last written frame."""
        return 0.0 if self._first_s is None else self._last_s - self._first_s

    def elapsed_s(self, now_s: float) -> float:
        """From the first frame until now, whether frames come or not."""
        return 0.0 if self._began_s is None else max(0.0, now_s - self._began_s)

    def _run(self) -> None:
        sentence = ""
        folder = Path()
        dropped_at_start = dict(self._dropped_before())
        try:
            sink = self._make_sink()
        except Exception as error:
            self._close_queue()
            self._stop_listening()
            self._finished = True
            self._on_event(RecordingStopped(folder, 0.0, 0, 0, _sentence_of(error)))
            return
        folder = self._folder = sink.folder
        self._on_event(RecordingStarted(folder, self._microphone.name if self._microphone is not None else ""))
        try:
            while (item := self._next(sink)) is not None:
                self._write_held(sink)
                self._write_heard(sink)
                if isinstance(item, FrameResult):
                    self._held = item
                    if self._began_s is None:
                        self._began_s = item.frame.timestamp_s
                # The sink writes it down now and then: a sudden end must not hide how much is missing.
                sink.set_dropped(**self._dropped_since(dropped_at_start))
                self._keep_people(sink)
            self._write_held(sink)
            if self._microphone is not None and self._frames:
                self._microphone.wait_until(self._last_s, LAST_SOUND_S)
                self._write_heard(sink)
            if self._frames:
                for marker in self._markers.take(math.inf):
                    sink.add_late_marker(marker.time_s, marker.text)
        except Exception as error:  # The picture continues without the recording, and the window says so.
            sentence = _sentence_of(error)
        self._close_queue()
        self._stop_listening()
        folder = sink.folder
        self._keep_people(sink, at_end=True)
        try:
            sink.set_dropped(**self._dropped_since(dropped_at_start))
            sink.set_silent_end(self._silent_end_s())
            sink.close()
        except SinkError as error:
            sentence = sentence or error.sentence()
        except Exception as error:
            sentence = sentence or Wording(
                "Engine",
                "The recording could not be finished ({kind}: {error}).",
                kind=type(error).__name__,
                error=error,
            )
        if self._frames and sink.folder != folder:
            # It was moved, and the sink knows where to.
            self._people.keep(sink.folder, at_end=True)
        folder = self._folder = sink.folder
        self._finished = True
        # A folder that was deleted meanwhile keeps nothing, whatever was written.
        kept = self._frames if not sentence or folder.is_dir() else 0
        self._on_event(RecordingStopped(folder, self.duration_s, kept, self.dropped, sentence, self._silent_end_s()))

    def _next(self, sink: RecordingSink) -> FrameResult | _Wake | None:
        """Waits for what comes next, and has the sink check its files meanwhile."""
        while True:
            try:
                return self._queue.get(timeout=self._check_interval_s)
            except queue.Empty:
                sink.check_place()
                self._write_heard(sink)
                self._keep_people(sink)

    def _keep_people(self, sink: RecordingSink, *, at_end: bool = False) -> None:
        """A recording without a frame is removed, so nothing is written into it before."""
        if self._frames and sink.is_here():
            self._people.keep(sink.folder, at_end=at_end)

    def _silent_end_s(self) -> float:
        if self._asked_to_stop_s is None or not self._frames:
            return 0.0
        return max(0.0, self._asked_to_stop_s - self._last_s)

    def _dropped_since(self, start: Mapping[str, int]) -> dict[str, int]:
        elsewhere = {place: count - start.get(place, 0) for place, count in self._dropped_before().items()}
        return {"recording": self.dropped, **elsewhere}

    def _write_held(self, sink: RecordingSink) -> None:
        if self._first_s is not None:
            for marker in self._markers.take(self._last_s):
                sink.add_late_marker(marker.time_s, marker.text)
        result, self._held = self._held, None
        if result is None:
            return
        if not self._frames and self._microphone is not None and not self._microphone.problem:
            # A microphone that was refused at once leaves no silent track.
            sink.begin_listening(self._microphone.name)
        written_s = result.frame.timestamp_s
        sink.write(result, "; ".join(marker.text for marker in self._markers.take(written_s)))
        self._frames += 1
        self._last_s = written_s
        if self._first_s is None:
            self._first_s = written_s

    def _write_heard(self, sink: RecordingSink) -> None:
        microphone = self._microphone
        if microphone is None:
            return
        sentence = sink.write_heard(microphone.take(), microphone.complete_until_s) or microphone.problem
        if sentence and not self._sound_lost:
            self._sound_lost = True
            sink.end_listening(sentence)
            self._on_event(RecordingSoundLost(sentence))

    def _stop_listening(self) -> None:
        if self._microphone is not None:
            self._microphone.request_stop()

    def _close_queue(self) -> None:
        """Takes nothing more, and drops what waits."""
        with self._lock:
            self._accepting = False
        while True:
            try:
                self._queue.get_nowait()
            except queue.Empty:
                return


def _sentence_of(error: Exception) -> str:
    """Why a recording ended, or could not start."""
    if isinstance(error, SinkError):
        return error.sentence()
    return Wording(
        "Engine",
        "The recording stopped because of a fault in the program ({kind}: {error}).",
        kind=type(error).__name__,
        error=error,
    )
