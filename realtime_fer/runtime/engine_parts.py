"""What the engine is given: functions that make what it runs, and a listener for what happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.protocols import BlendshapeNetwork, ExpressionClassifier, EyeNetwork, FaceDetector, Pipeline
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.sound import Microphone
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.events import EngineEvent
from realtime_fer.runtime.recording.people_keeper import SavePeople
from realtime_fer.runtime.recording.recording_worker import RecordingSink


class EngineListener(Protocol):
    """Called from worker threads; hands each call to its own thread and returns at once."""

    def view_ready(self) -> None:
        """The view slot was empty and now holds a result: call ``Engine.take_view``."""

    def event(self, event: EngineEvent) -> None: ...


@dataclass(frozen=True)
class EngineParts:
    """Makes what the engine runs; built by the composition root.

    Attributes:
        make_pipeline: called once, when the engine is made.
        resolve_source: from a request to a source that is not opened yet; raises SourceError. Called in the thread that
            reads the source.
        make_detector, make_classifier: by name; raise RealtimeFerError. Called in a loading thread.
        make_blendshapes, make_gaze: raise RealtimeFerError. Called in a loading thread.
        make_recording: from the source's name; raises SinkError. Called in the recording thread.
        save_snapshot: writes one picture, into the folder of the running recording where there is one; raises
            SinkError. Called in a thread of its own.
        fallback_detector, fallback_model: loaded when the wanted one cannot be had and none runs; '' is none.
        make_microphone: gives the microphone that a recording listens to, not opened yet; None for no sound. Returns at
            once.
        source_chosen: called with each request of a person before it is resolved; returns at once.
        save_people: writes names and more into a recording's folder; raises RealtimeFerError. Called in the recording
            thread.
        publish: called with each result, in the inference thread; returns at once.
        publish_marker: called with the capture time and text of each marker, in the owner's thread; returns at once.
    """

    make_pipeline: Callable[[], Pipeline]
    resolve_source: Callable[[SourceRequest], ResolvedSource]
    make_detector: Callable[[str], FaceDetector]
    make_classifier: Callable[[str], ExpressionClassifier]
    make_recording: Callable[[str], RecordingSink]
    save_snapshot: Callable[[FrameResult, Path | None], Path]
    fallback_detector: str
    fallback_model: str = ""
    make_blendshapes: Callable[[], BlendshapeNetwork] | None = None
    make_gaze: Callable[[], EyeNetwork] | None = None
    make_microphone: Callable[[], Microphone | None] = lambda: None
    source_chosen: Callable[[SourceRequest], None] = lambda request: None
    save_people: SavePeople = lambda folder, before, now: None
    publish: Callable[[FrameResult], None] = lambda result: None
    publish_marker: Callable[[float, str], None] = lambda time_s, text: None
