"""Builds the parts of the window's engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from realtime_fer import __version__
from realtime_fer.assembly.kept_files import recordings_folder
from realtime_fer.assembly.networks import (
    FALLBACK_DETECTOR,
    build_blendshapes,
    build_classifier,
    build_detector,
    build_gaze,
)
from realtime_fer.assembly.recordings import package_versions, recorded_settings, recorded_triggers, save_people
from realtime_fer.core.enums import Film
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.request import Kind
from realtime_fer.core.settings import LiveSettings, Settings

if TYPE_CHECKING:
    from realtime_fer.core.frame import FrameResult
    from realtime_fer.core.own_expressions.files import OwnNow
    from realtime_fer.core.request import SourceRequest
    from realtime_fer.core.sound import Microphone
    from realtime_fer.runtime.engine_parts import EngineParts
    from realtime_fer.sources import CameraNumbers
    from realtime_fer.vision.registry import ModelRegistry


def build_engine_parts(
    settings: Settings,
    live: LiveSettings | None = None,
    registry: ModelRegistry | None = None,
    publish: Callable[[FrameResult], None] = lambda result: None,
    publish_marker: Callable[[float, str], None] = lambda time_s, text: None,
    together: tuple[str, int] | None = None,
    own: OwnNow | None = None,
) -> EngineParts:
    """The functions by which the window's engine makes what it runs. The threads that need a heavy library import it.

    Args:
        settings: at the start.
        live: the current settings, read whenever a source, a model, a recording or a snapshot is made; None where
            they never change.
        registry: the models there are; None reads their cards when the first one is loaded.
        publish, publish_marker: take each result, and each marker's capture time and text, for other programs; return
            at once.
        together: of several sources that run at the same time: the run's id, the same for all, and the source's number.
        own: the own expressions, read whenever a recording begins; None for none.
    """
    from realtime_fer.runtime.capture.resolved_source import ResolvedSource
    from realtime_fer.runtime.engine_parts import EngineParts
    from realtime_fer.runtime.recording.recording_worker import RecordingSink
    from realtime_fer.vision.annotators import FrameDrawer
    from realtime_fer.vision.pipeline import ExpressionPipeline

    chosen = live or LiveSettings(settings)

    @cache
    def models() -> ModelRegistry:
        from realtime_fer.vision.registry import ModelRegistry

        return registry or ModelRegistry()

    @cache
    def camera_numbers() -> CameraNumbers:
        from realtime_fer.sources import CameraNumbers

        return CameraNumbers()

    def resolve_source(request: SourceRequest) -> ResolvedSource:
        from realtime_fer.sources import DemoSource, listed_once, plain_request, resolve_auto, source_for

        now, sentence = chosen.now, ""
        cameras = listed_once()
        if request.kind is Kind.AUTO:
            request, sentence = resolve_auto(cameras)
            camera_numbers().choose(request)
        found = camera_numbers().now(request, cameras)
        source = source_for(found, width=now.width, height=now.height, fps=now.fps, cameras=cameras)
        # A camera keeps the number that it is known by, even where the system has given it another.
        known_as = plain_request(source, request) if found == request else request
        if known_as != request:
            camera_numbers().choose(known_as)
        device, at_once = getattr(source, "device", ""), isinstance(source, DemoSource)
        return ResolvedSource(known_as, source, sentence, at_once=at_once, device=device)

    def style() -> OverlayStyle:
        return OverlayStyle.of(chosen.now)

    def make_recording(source_name: str) -> RecordingSink:
        from realtime_fer.sinks.session import RecordingSink as SessionRecordingSink

        now = chosen.now
        return SessionRecordingSink(
            recordings_folder(now),
            session_facts={
                "source": source_name,
                "program": __version__,
                "packages": package_versions(),
                "settings": recorded_settings(now),
                "triggers": recorded_triggers(now),
                **({"together": {"run": together[0], "source": together[1]}} if together is not None else {}),
            },
            film=now.film,
            jsonl=now.jsonl,
            blendshapes=now.blendshapes,
            gaze=now.gaze,
            own=own.slugs if own is not None else (),
            source_index=together[1] if together is not None else None,
            draw=FrameDrawer(style),
        )

    def make_microphone() -> Microphone | None:
        now = chosen.now
        if not now.microphone or now.film is Film.NONE:
            return None
        from realtime_fer.sources.audio.microphone import PortAudioMicrophone

        return PortAudioMicrophone(now.microphone)

    def save_snapshot(result: FrameResult, session: Path | None) -> Path:
        from realtime_fer.sinks.images import save_snapshot as save
        from realtime_fer.sinks.session_folder import SNAPSHOTS_NAME

        folder = session or recordings_folder(chosen.now)
        return save(result, folder / SNAPSHOTS_NAME, datetime.now().astimezone(), FrameDrawer(style))

    def source_chosen(request: SourceRequest) -> None:
        camera_numbers().choose(request)

    return EngineParts(
        make_pipeline=ExpressionPipeline,
        resolve_source=resolve_source,
        make_detector=build_detector,
        make_blendshapes=build_blendshapes,
        make_gaze=build_gaze,
        make_classifier=lambda model: build_classifier(model, chosen.now.threads, models()),
        make_recording=make_recording,
        save_snapshot=save_snapshot,
        fallback_detector=FALLBACK_DETECTOR,
        fallback_model=Settings.model,
        make_microphone=make_microphone,
        source_chosen=source_chosen,
        save_people=save_people,
        publish=publish,
        publish_marker=publish_marker,
    )
