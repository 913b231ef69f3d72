"""Starts, joins and stops everything that runs without a window: capture, inference, models, recording."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import replace

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.enums import Privacy
from realtime_fer.core.errors import ComparisonModelError, ModelError
from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.own_expressions.model import OwnModel
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.translation import translate
from realtime_fer.runtime.capture.frame_stamper import FrameStamper
from realtime_fer.runtime.capture.source_switch import SourceSwitch
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.degradation import DegradationGovernor
from realtime_fer.runtime.engine_parts import EngineListener, EngineParts
from realtime_fer.runtime.events import BlendshapesRefused, EngineEvent, GazeRefused, ModelTimed, SourceEnded
from realtime_fer.runtime.idle_timing import IdleTiming
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.models.comparison_control import ComparisonControl
from realtime_fer.runtime.models.model_control import ModelControl
from realtime_fer.runtime.models.optional_network import OptionalNetwork
from realtime_fer.runtime.people import PeopleControl
from realtime_fer.runtime.rates import EngineStats, LatencyMeter, RateMeter
from realtime_fer.runtime.recording.recording_control import RecordingControl
from realtime_fer.runtime.resting_faces import RestingFacesTeller
from realtime_fer.runtime.slot import LatestSlot


class Engine:
    """The running program without its window; knows detectors, sources and files by their protocols alone.

    Owns the inference thread and the newest result. :class:`SourceSwitch` owns the capture, :class:`ModelControl` and
    :class:`ComparisonControl` own the loading threads, :class:`RecordingControl` owns the writing ones. All public
    methods are called from the owner's thread and return at once, except for ``stop``.

    Its clock is ``perf_counter``: monotonic, and of microseconds everywhere. ``time.monotonic`` of Python before 3.13
    moves in steps of 15.6 ms on Windows, half a frame.

    Attributes:
        people: names, merged numbers, hidden people.
    """

    def __init__(
        self,
        parts: EngineParts,
        listener: EngineListener,
        clock: Callable[[], float] = time.perf_counter,
        timeouts: SourceTimeouts | None = None,
    ) -> None:
        self._parts = parts
        self._listener = listener
        self._clock = clock
        self._frames: LatestSlot[Frame] = LatestSlot()
        self._view: LatestSlot[FrameResult] = LatestSlot()
        self._pipeline = parts.make_pipeline()
        timing = IdleTiming(lambda model_id, ms: listener.event(ModelTimed(model_id, ms)), clock)
        self._inference = InferenceWorker(
            self._pipeline, self._frames, self._give, listener.event, clock, self._model_failed, timing
        )
        ready = threading.Event()
        self._models = ModelControl(parts, self._pipeline, self._inference, timing, listener.event, ready)
        self._comparison = ComparisonControl(parts.make_classifier, self._pipeline, self._inference, listener.event)
        self._blendshapes = OptionalNetwork(
            "blendshapes",
            parts.make_blendshapes,
            self._pipeline.adopt_blendshapes,
            self._inference,
            lambda why: listener.event(BlendshapesRefused(why)),
        )
        self._gaze = OptionalNetwork(
            "gaze",
            parts.make_gaze,
            self._pipeline.adopt_gaze,
            self._inference,
            lambda why: listener.event(GazeRefused(why)),
        )
        self._resting_faces = RestingFacesTeller(listener.event)
        self._governor = DegradationGovernor()
        self._may_degrade = True
        self._sources = SourceSwitch(parts.resolve_source, self._frames, self._source_event, clock, timeouts, ready)
        self._recording = RecordingControl(
            parts.make_recording,
            parts.save_snapshot,
            listener.event,
            clock,
            dropped_before=lambda: {"capture": self._frames.overwritten},
            make_microphone=parts.make_microphone,
            people=lambda: self.people.recorded,
            save_people=parts.save_people,
        )
        self.people = PeopleControl(
            listener.event, self._inference.submit, self._pipeline.forget_people, lambda: self._recording.running
        )
        self._newest: FrameResult | None = None
        self._painted: FrameResult | None = None
        self._paint_ms = LatencyMeter()
        self._first_painted_s: float | None = None
        # When the last frame of a file that has ended came, until its result was recorded.
        self._file_ended_s: float | None = None
        self._stopped = False
        self._shown = RateMeter()
        self._latency = LatencyMeter()
        self._dropped_before = self._undrawn_before = 0

    def start(self, source: SourceRequest, detector: str, model: str, compare_model: str = "") -> None:
        """Starts the threads. Live frames are shown before detector and models are loaded; a file waits for them, so
        that its first seconds are analysed too."""
        self._inference.start()
        self.open_source(source)
        self._models.start()
        self._comparison.start()
        self.load_model(model)
        if compare_model:
            self.load_comparison(compare_model)
        self.load_detector(detector)

    def stop(self, deadline_s: float = 5.0) -> None:
        """Producers first: loaders, capture, inference; then the recording is finished. May be called twice.

        The recording may take longer than ``deadline_s`` to write what waits; it is given up to 30 s, since a
        lost recording is worse than a slow goodbye.
        """
        if self._stopped:
            return
        self._stopped = True
        until_s = self._clock() + deadline_s
        self._models.request_stop()
        self._comparison.request_stop()
        self._blendshapes.request_stop()
        self._gaze.request_stop()
        self._sources.request_stop()
        self._frames.close()
        self._inference.join(max(0.1, until_s - self._clock()))
        self._recording.request_stop()
        self._recording.join(30.0)
        self._models.join(until_s, self._clock)
        self._comparison.join(max(0.1, until_s - self._clock()))
        self._blendshapes.join(max(0.1, until_s - self._clock()))
        self._gaze.join(max(0.1, until_s - self._clock()))
        self._sources.join(until_s)
        self._recording.join_snapshots(max(0.1, until_s - self._clock()))
        self._view.close()

    # Sources

    def open_source(self, request: SourceRequest) -> None:
        """Changes to the source that a person chose; the recording goes on."""
        if not self._stopped:
            self._parts.source_chosen(request)
            self._open(request)

    def reopen_source(self, request: SourceRequest) -> None:
        """Opens a source that was chosen before: a camera's number still means the same camera."""
        if not self._stopped:
            self._open(request)

    def _open(self, request: SourceRequest) -> None:
        self._sources.open(request)
        self._recording.set_muted(False)
        self._latency.clear()
        self._dropped_before, self._undrawn_before = self._frames.overwritten, self._view.overwritten

    def replay(self) -> None:
        """Plays an ended file again, or tries a failed one again."""
        self._sources.playback.replay()

    def seek(self, t_s: float) -> None:
        """Shows the frame of a file that is on screen at ``t_s``, seconds since its first one; replaces earlier seeks.

        As ``step`` and ``show_picture``, in a pause and after the end too. A source that cannot seek ignores it.
        """
        self._sources.playback.seek(t_s)

    def step(self, frames: int) -> None:
        """Shows the frame, or picture of a folder, that is ``frames`` further or, negative, earlier."""
        self._sources.playback.step(frames)

    def show_picture(self, index: int) -> None:
        """Shows the picture at this place of ``SourceOpened.picture_names``, or the nearest that can be read."""
        self._sources.playback.show_picture(index)

    def set_speed(self, factor: float) -> None:
        """Plays files in ``factor`` seconds of media time a second, 0.25 to 4; it stays for the next file."""
        self._sources.playback.set_speed(factor)

    def set_looping(self, on: bool) -> None:
        """Files begin again at their end, the next file too."""
        self._sources.playback.set_looping(on)

    def sound_position(self) -> float | None:
        """Media time of the file's frame on the screen now, for its sound: a frame is painted later than it is due.

        None where nothing is to be heard: paused, ended, no file, or at another speed than 1. Any thread.
        """
        playback = self._sources.playback
        media_s = playback.media_now_s
        if media_s is None or playback.is_held or playback.speed != 1.0:
            return None
        return media_s - self._latency.median() / 1000

    def set_paused(self, paused: bool) -> None:
        self._recording.set_muted(paused)
        self._sources.set_paused(paused)
        if paused:
            self._inference.look_closely()

    @property
    def paused(self) -> bool:
        return self._sources.paused

    # Models and detectors

    def load_model(self, model_id: str) -> None:
        """ModelAdopted or ModelRefused tells what came of it."""
        self._models.load_model(model_id)

    def load_detector(self, name: str) -> None:
        """DetectorAdopted or DetectorRefused tells what came of it."""
        self._models.load_detector(name)

    def _model_failed(self, error: ModelError) -> None:
        """In the inference thread: a model that ran until now gives no probabilities."""
        if isinstance(error, ComparisonModelError):
            self._comparison.give_up(error.sentence())
        else:
            self._models.model_failed(error)

    def load_comparison(self, model_id: str) -> None:
        """A second model beside the first; '' ends it. ComparisonAdopted or ComparisonRefused tells."""
        self._comparison.load(model_id)

    def want_blendshapes(self, wanted: bool) -> None:
        """Whether the faces' blendshapes are measured too. BlendshapesRefused tells where that cannot be."""
        self._blendshapes.want(wanted)

    def want_gaze(self, wanted: bool) -> None:
        """Whether it is found where faces look too. GazeRefused tells where that cannot be."""
        self._gaze.want(wanted)

    def use_own_expressions(self, model: OwnModel | None) -> None:
        """Judges faces by these from the next frame on; None ends that."""
        self._inference.submit("own_expressions", lambda: self._pipeline.adopt_own_expressions(model))

    def learn_resting_faces(self, identities: Collection[int] | None = None) -> None:
        """Learns the resting faces of these identities, or of all in view: 3 s. Events tell how it goes on."""
        self._inference.submit("resting_faces", lambda: self._pipeline.learn_resting_faces(identities))

    def use_resting_face(self, face: RestingFace) -> None:
        """Takes one from a file, for whoever is alone in view. RestingFaceUsed or RestingFaceRefused tells."""
        self._inference.submit("resting_file", lambda: self._pipeline.use_resting_face(face))

    def forget_resting_faces(self, identities: Collection[int] | None = None) -> None:
        self._inference.submit("resting_faces", lambda: self._pipeline.forget_resting_faces(identities))

    def set_options(self, options: PipelineOptions, *, may_degrade: bool = True) -> None:
        """Applies from the next frame on. ``may_degrade`` lets the program do less where the machine cannot keep up."""

        def apply() -> None:
            self._may_degrade = may_degrade
            self._pipeline.set_options(options)

        self._inference.submit("options", apply)

    # Keeping

    def _source_event(self, event: EngineEvent) -> None:
        """In a thread of the source: passes the event on, and ends a recording with its file.

        The last frame may still wait for its analysis. A single picture does not end: it stays to be looked at.
        """
        if isinstance(event, SourceEnded) and event.request.kind is not Kind.PICTURE:
            frames, newest = self._stamper, self._newest
            self._file_ended_s = frames.newest_s if frames is not None else None
            if newest is not None:
                self._end_recording_with_file(newest)
        if isinstance(event, SourceEnded):
            self._inference.look_closely()
        self._listener.event(event)

    def _end_recording_with_file(self, newest: FrameResult) -> None:
        """Called once by the source's thread and after each result: whichever comes last finds both."""
        if self._file_ended_s is not None and newest.frame.timestamp_s >= self._file_ended_s:
            self._file_ended_s = None
            self._recording.request_stop()

    def start_recording(self) -> None:
        """Starts a recording unless one runs. RecordingStarted or RecordingStopped tells what came of it.

        What happens here and now gets the sound of the chosen microphone: a camera, and the demo to try it.
        """
        if not self._stopped:
            frames = self._stamper
            request = frames.request if frames is not None else None
            here = request is not None and (request.is_camera or request.kind is Kind.DEMO)
            if not self._recording.running:
                self.people.begin_recording()
            self._recording.start(frames.source_name if frames is not None else "", with_sound=here)

    def stop_recording(self) -> None:
        """RecordingStopped tells when its files are finished."""
        self._recording.request_stop()

    @property
    def recording(self) -> bool:
        """True until the last file of the recording is finished."""
        return self._recording.running

    @property
    def sound_level(self) -> float | None:
        """How loud the microphone of the running recording is, 0 to 1; None without sound."""
        return self._recording.sound_level

    @property
    def newest_s(self) -> float | None:
        """Capture time of the newest result; None before the first. For a marker whose text is written later."""
        newest = self._newest
        return None if newest is None else newest.frame.timestamp_s

    def add_marker(self, text: str = "", at_s: float | None = None) -> None:
        """Marks the newest result, or that of ``at_s``, with a note or else with the marker's number.

        MarkerAdded or MarkerRefused tells. A running recording keeps it; without one it is only told.
        """
        marker = self._recording.add_marker(text, self.newest_s if at_s is None else at_s)
        if marker is not None:
            self._parts.publish_marker(marker.time_s, marker.text)

    def take_snapshot(self) -> None:
        """Saves the newest result's picture, with the recording that runs. SnapshotSaved or SnapshotFailed tells."""
        self._recording.take_snapshot(self._shown_newest)

    @property
    def _stamper(self) -> FrameStamper | None:
        """What counts the frames of the source that was opened last; None before the first."""
        return self._sources.watchdog.stamper if self._sources.watchdog is not None else None

    def _gap_s(self, now: float) -> float:
        watchdog, newest = self._sources.watchdog, self._newest
        if watchdog is None or newest is None:
            return 0.0
        gap_s = now - newest.frame.timestamp_s
        # Played slowly, the frames of a file are further apart.
        slowed = 1.0 if newest.frame.media_time_s is None else min(self._sources.playback.speed, 1.0)
        return gap_s if gap_s > watchdog.stall_after_s / slowed else 0.0

    @property
    def _shown_newest(self) -> FrameResult | None:
        """The newest result of the source that was chosen last; None while there is only one of an earlier source."""
        newest = self._newest
        return newest if newest is not None and newest.frame.source_generation == self._sources.generation else None

    # Results

    def _give(self, result: FrameResult) -> None:
        """In the inference thread: to the window, and to the recording if there is one."""
        result = replace(result, people=self.people.follow(result))
        self._newest = result
        self._parts.publish(result)
        self._resting_faces.follow(result)
        if not result.repeated:
            if not result.frame.is_still:  # More is done for it than for a frame among others.
                self._degrade(result)
            self._recording.offer(result)
            self._end_recording_with_file(result)
        if self._view.put(result):
            self._listener.view_ready()

    def _degrade(self, result: FrameResult) -> None:
        before = self._governor.step
        # While faces are hidden every picture is searched for them, so that nothing would be saved.
        self._governor.enabled = self._may_degrade and result.privacy is Privacy.OFF
        step = self._governor.observe(result, result.total_ms, self._frames.overwritten, self._clock())
        if step != before:
            self._pipeline.set_degradation(step)

    def take_view(self) -> FrameResult | None:
        """The newest result that was not taken yet, or None."""
        return self._view.take_now()

    def painted(self, result: FrameResult, paint_ms: float = 0.0) -> None:
        """The window reports that this result is on the screen, and how long painting took.

        Painting the same one again does not count.
        """
        if result is self._painted:
            return
        self._painted = result
        now = self._clock()
        self._first_painted_s = self._first_painted_s or now
        self._shown.tick(now)
        self._paint_ms.add(paint_ms)
        if result.frame.source_generation == self._sources.generation and not result.repeated:
            self._latency.add((now - result.frame.timestamp_s) * 1000)

    def stats(self) -> EngineStats:
        now = self._clock()
        frames = self._stamper
        stages, newest = self._inference.stage_ms, self._shown_newest
        return EngineStats(
            shown_fps=self._shown.rate(now),
            capture_fps=frames.rate.rate(now) if frames is not None else 0.0,
            stage_ms={
                "capture": frames.read_ms.median() if frames is not None else 0.0,
                "detect": stages["detect"].median() + stages["track"].median(),
                "classify": stages["preprocess"].median() + stages["classify"].median(),
                "hide": stages["hide"].median(),
                "draw": self._paint_ms.median(),
                "latency": self._latency.median(),
            },
            latency_p95_ms=self._latency.p95(),
            dropped=self._frames.overwritten - self._dropped_before,
            undrawn=self._view.overwritten - self._undrawn_before,
            unrecorded=self._recording.dropped,
            faces=len(newest.seen().faces) if newest is not None else 0,
            recording_s=self._recording.elapsed_s(now),
            sound_level=self.sound_level,
            gap_s=self._gap_s(now),
            size=frames.size if frames is not None else (0, 0),
            first_painted_s=self._first_painted_s,
            degradation_step=self._governor.step,
            degradation_words=translate("Degradation", DEGRADATION_STEPS[self._governor.step].words),
            asked_fps=frames.source_fps if frames is not None else 0.0,
        )
