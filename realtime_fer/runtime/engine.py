"""Owns every thread: starts, switches, records, stops. Knows detectors, sources and files by their protocols alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.enums import Privacy
from realtime_fer.core.errors import ComparisonModelError, ModelError
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector, Pipeline
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.text.translation import Wording, join_sentences, translate
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_switch import SourceSwitch
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.degradation import DegradationGovernor
from realtime_fer.runtime.events import (
    DetectorAdopted,
    DetectorRefused,
    EngineEvent,
    MarkerAdded,
    MarkerRefused,
    ModelAdopted,
    ModelRefused,
    ModelTimed,
)
from realtime_fer.runtime.idle_timing import IdleTiming
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.models.comparison_control import ComparisonControl
from realtime_fer.runtime.models.model_loader import ModelLoader
from realtime_fer.runtime.rates import EngineStats, LatencyMeter, RateMeter
from realtime_fer.runtime.recording.markers import Marker, marker_text
from realtime_fer.runtime.recording.recording_worker import RecordingSink, RecordingWorker
from realtime_fer.runtime.recording.snapshot_saver import SnapshotSaver
from realtime_fer.runtime.resting_faces import RestingFacesTeller
from realtime_fer.runtime.slot import LatestSlot


class EngineListener(Protocol):
    """Told from worker threads; hands what it is told to its own thread and returns at once."""

    def view_ready(self) -> None:
        """The view slot was empty and is not any more: call ``Engine.take_view``."""

    def event(self, event: EngineEvent) -> None: ...


@dataclass(frozen=True)
class EngineParts:
    """How the engine makes what it runs; built by the composition root.

    Attributes:
        make_pipeline: called once, at ``start``.
        resolve_source: a request -> a source not yet opened; raises SourceError. Runs in the capture thread.
        make_detector, make_classifier: by name; raise RealtimeFerError. Run in a loading thread.
        make_recording: gets the source's name; raises SinkError. Runs in the recording thread.
        save_snapshot: writes one picture, into the folder of the recording that runs where one does; raises SinkError.
            Runs in a thread of its own.
        fallback_detector, fallback_model: taken when the wanted one cannot be had and none runs; '' is none.
        source_chosen: told of each request that a person made, before it is resolved; returns at once.
    """

    make_pipeline: Callable[[], Pipeline]
    resolve_source: Callable[[SourceRequest], ResolvedSource]
    make_detector: Callable[[str], FaceDetector]
    make_classifier: Callable[[str], ExpressionClassifier]
    make_recording: Callable[[str], RecordingSink]
    save_snapshot: Callable[[FrameResult, Path | None], Path]
    fallback_detector: str
    fallback_model: str = ""
    source_chosen: Callable[[SourceRequest], None] = lambda request: None


class Engine:
    """The running program without its window. All public methods are called from the owner's thread and return
    at once, but for ``stop``.

    Its clock is ``perf_counter``: monotonic, and of microseconds everywhere. ``time.monotonic`` of Python before 3.13
    moves in steps of 15.6 ms on Windows, half a frame.
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
        self._timing = IdleTiming(lambda model_id, ms: listener.event(ModelTimed(model_id, ms)), clock)
        self._inference = InferenceWorker(
            self._pipeline, self._frames, self._give, listener.event, clock, self._model_failed, self._timing
        )
        self._models = ModelLoader("model", parts.make_classifier, self._model_ready, self._model_refused)
        self._detectors = ModelLoader("detector", parts.make_detector, self._detector_ready, self._detector_refused)
        self._comparison = ComparisonControl(parts.make_classifier, self._pipeline, self._inference, listener.event)
        self._resting_faces = RestingFacesTeller(listener.event)
        self._governor = DegradationGovernor()
        self._may_degrade = True
        self._awaited = {"model", "detector"}
        self._ready = threading.Event()
        self._sources = SourceSwitch(parts.resolve_source, self._frames, listener.event, clock, timeouts, self._ready)
        self._recorder: RecordingWorker | None = None
        self._snapshots = SnapshotSaver(parts.save_snapshot, listener.event)
        self._wanted_model = self._running_model = ""
        self._running_detector = ""
        self._model_excuse = self._detector_excuse = ""
        self._newest: FrameResult | None = None
        self._painted: FrameResult | None = None
        self._first_painted_s: float | None = None
        self._stopped = False
        self._marked = 0
        self._shown = RateMeter()
        self._latency = LatencyMeter()

    def start(self, source: SourceRequest, detector: str, model: str, compare_model: str = "") -> None:
        """Starts the threads. A live picture comes first, and detector and models join it when they are loaded; what
        comes to an end waits for them, so that its first seconds are analysed too."""
        self._inference.start()
        self.open_source(source)
        self._models.start()
        self._detectors.start()
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
        until = self._clock() + deadline_s
        for loader in (self._models, self._detectors, self._comparison):
            loader.request_stop()
        self._sources.request_stop()
        self._frames.close()
        self._inference.join(max(0.1, until - self._clock()))
        if self._recorder is not None:
            self._recorder.request_stop()
            self._recorder.join(30.0)
        for loader in (self._models, self._detectors, self._comparison):
            loader.join(max(0.1, until - self._clock()))
        self._sources.join(until)
        self._snapshots.join(max(0.1, until - self._clock()))
        self._view.close()

    # Sources

    def open_source(self, request: SourceRequest) -> None:
        """Changes to the source that a person chose; the recording goes on."""
        if not self._stopped:
            self._parts.source_chosen(request)
            self._sources.open(request)

    def reopen_source(self, request: SourceRequest) -> None:
        """As ``open_source``, of one that was chosen before: a camera's number means that camera still."""
        if not self._stopped:
            self._sources.open(request)

    def replay(self) -> None:
        """Plays an ended file again, or tries a failed one again."""
        self._sources.replay()

    def set_paused(self, paused: bool) -> None:
        self._sources.set_paused(paused)

    @property
    def paused(self) -> bool:
        return self._sources.paused

    # Models and detectors

    def load_model(self, model_id: str) -> None:
        self._model_excuse = ""
        self._wanted_model = model_id
        self._models.request(model_id)

    def _model_ready(self, model_id: str, classifier: ExpressionClassifier) -> None:
        excuse = self._model_excuse

        def adopt() -> None:
            self._pipeline.adopt_classifier(classifier)
            self._running_model = model_id
            ms_a_face = getattr(classifier, "ms_a_face", 0.0)
            self._timing.begin(model_id, getattr(classifier, "time_face", None), ms_a_face)
            doubt = getattr(classifier, "doubt", "")
            self._listener.event(ModelAdopted(model_id, classifier.spec.class_names, ms_a_face, excuse, doubt))
            self._answered("model")

        self._inference.submit("model", adopt, classifier.close)

    def _model_refused(self, model_id: str, sentence: str) -> None:
        fallback = self._parts.fallback_model
        if model_id == fallback and self._model_excuse:
            # Neither the one that a person chose nor the one that was to stand in for it.
            sentence = join_sentences(self._model_excuse, sentence)
            self._listener.event(ModelRefused(self._wanted_model, sentence, self._running_model))
            self._answered("model")
            return
        if self._running_model or not fallback or model_id == fallback:
            self._listener.event(ModelRefused(model_id, sentence, self._running_model))
            self._answered("model")
            return
        # As where a remembered model's file is gone: without any there would be no expressions at all.
        self._model_excuse = sentence
        self._models.request(fallback)

    def _model_failed(self, error: ModelError) -> None:
        """In the inference thread, of a model that ran until now."""
        if isinstance(error, ComparisonModelError):
            self._comparison.give_up(error.sentence())
            return
        model_id, self._running_model = self._running_model, ""
        self._timing.begin("", None)
        self._pipeline.adopt_classifier(None)
        self._listener.event(ModelRefused(model_id, error.sentence(), ""))

    def load_comparison(self, model_id: str) -> None:
        """A second model beside the first; '' ends it. ComparisonAdopted or ComparisonRefused tells."""
        self._comparison.load(model_id)

    def learn_resting_faces(self, identities: Collection[int] | None = None) -> None:
        """Learns the resting faces of these identities, or of all in view: 3 s. Events tell how it goes on."""
        self._inference.submit("resting_faces", lambda: self._pipeline.learn_resting_faces(identities))

    def forget_resting_faces(self, identities: Collection[int] | None = None) -> None:
        self._inference.submit("resting_faces", lambda: self._pipeline.forget_resting_faces(identities))

    def load_detector(self, name: str) -> None:
        self._detector_excuse = ""
        self._detectors.request(name)

    def _detector_ready(self, name: str, detector: FaceDetector) -> None:
        excuse = self._detector_excuse

        def adopt() -> None:
            self._pipeline.adopt_detector(detector)
            self._running_detector = name
            self._listener.event(DetectorAdopted(name, excuse))
            self._answered("detector")

        self._inference.submit("detector", adopt, detector.close)

    def _detector_refused(self, name: str, sentence: str) -> None:
        fallback = self._parts.fallback_detector
        if self._running_detector or name == fallback:
            self._listener.event(DetectorRefused(name, sentence, self._running_detector))
            self._answered("detector")
            return
        self._detector_excuse = sentence
        self._detectors.request(fallback)

    def _answered(self, part: str) -> None:
        """In a loading thread or the inference thread: it runs, or it is known that none can be had."""
        self._awaited.discard(part)
        if not self._awaited:
            self._ready.set()

    def set_options(self, options: PipelineOptions, *, may_degrade: bool = True) -> None:
        """From the next frame on. ``may_degrade`` lets the pipeline do less where the machine cannot keep up."""

        def apply() -> None:
            self._may_degrade = may_degrade
            self._pipeline.set_options(options)

        self._inference.submit("options", apply)

    # Keeping

    def start_recording(self) -> None:
        """Begins a recording unless one runs. RecordingStarted or RecordingStopped tells what came of it."""
        if self.recording or self._stopped:
            return
        name = self._sources.watchdog.stamper.source_name if self._sources.watchdog is not None else ""
        recorder = RecordingWorker(
            lambda: self._parts.make_recording(name),
            self._listener.event,
            self._clock,
            dropped_before=lambda: {"capture": self._frames.overwritten},
        )
        recorder.start()
        self._recorder = recorder

    def stop_recording(self) -> None:
        if self._recorder is not None:
            self._recorder.request_stop()

    @property
    def recording(self) -> bool:
        """True until the last file of the recording is finished."""
        return self._recorder is not None and not self._recorder.finished

    @property
    def newest_s(self) -> float | None:
        """Capture time of the newest result; None before the first. For a marker whose text is written later."""
        newest = self._newest
        return None if newest is None else newest.frame.timestamp_s

    def add_marker(self, text: str = "", at_s: float | None = None) -> None:
        """Marks the newest result, or that of ``at_s``, with a note or else with the marker's number.

        MarkerAdded or MarkerRefused tells. A recording that runs gets it; without one it is told alone.
        """
        time_s = self.newest_s if at_s is None else at_s
        if time_s is None:
            sentence = Wording("Markers", "There is no picture yet that could be marked.")
            self._listener.event(MarkerRefused(sentence))
            return
        marker = Marker(self._marked + 1, time_s, marker_text(text, self._marked + 1))
        recorder = self._recorder
        if recorder is not None and not recorder.offer_marker(marker):
            sentence = Wording("Markers", "The marker was not set: the disk is too slow to take more of them.")
            self._listener.event(MarkerRefused(sentence))
            return
        self._marked += 1
        self._listener.event(MarkerAdded(marker.number, marker.time_s, marker.text))

    def take_snapshot(self) -> None:
        """Saves the newest result's picture, with the recording that runs; SnapshotSaved or SnapshotFailed tells."""
        session = self._recorder.folder if self._recorder is not None and self.recording else None
        self._snapshots.take(self._shown_newest, session)

    def _gap_s(self, now: float) -> float:
        watchdog, newest = self._sources.watchdog, self._newest
        gap_s = now - newest.frame.timestamp_s if newest is not None else 0.0
        return gap_s if watchdog is not None and gap_s > watchdog.stall_after_s else 0.0

    @property
    def _shown_newest(self) -> FrameResult | None:
        """The newest result of the source that was chosen last, whatever there is of one before it."""
        newest = self._newest
        return newest if newest is not None and newest.frame.source_generation == self._sources.generation else None

    # Results

    def _give(self, result: FrameResult) -> None:
        """In the inference thread: to the window, and to the recording if there is one."""
        self._newest = result
        self._resting_faces.follow(result)
        if not result.repeated:
            self._degrade(result)
            recorder = self._recorder
            if recorder is not None:
                recorder.offer(result)
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

    def painted(self, result: FrameResult) -> None:
        """The window tells that this result is on the screen; painting the same one again does not count."""
        if result is self._painted:
            return
        self._painted = result
        now = self._clock()
        self._first_painted_s = self._first_painted_s or now
        self._shown.tick(now)
        self._latency.add((now - result.frame.timestamp_s) * 1000)

    def stats(self) -> EngineStats:
        now = self._clock()
        frames = self._sources.watchdog.stamper if self._sources.watchdog is not None else None
        stages, newest = self._inference.stage_ms, self._shown_newest
        recorder = self._recorder
        return EngineStats(
            shown_fps=self._shown.rate(now),
            capture_fps=frames.rate.rate(now) if frames is not None else 0.0,
            stage_ms={
                "capture": frames.read_ms.median() if frames is not None else 0.0,
                "detect": stages["detect"].median() + stages["track"].median(),
                "classify": stages["preprocess"].median() + stages["classify"].median(),
                "draw": stages["draw"].median(),
                "latency": self._latency.median(),
            },
            latency_p95_ms=self._latency.p95(),
            dropped=self._frames.overwritten,
            undrawn=self._view.overwritten,
            unrecorded=recorder.dropped if recorder is not None else 0,
            faces=len(newest.faces) if newest is not None else 0,
            recording_s=recorder.lasts_s(now) if recorder is not None and not recorder.finished else None,
            gap_s=self._gap_s(now),
            size=frames.size if frames is not None else (0, 0),
            first_painted_s=self._first_painted_s,
            degradation_step=self._governor.step,
            degradation_words=translate("Degradation", DEGRADATION_STEPS[self._governor.step].words),
            asked_fps=frames.source_fps if frames is not None else 0.0,
        )
