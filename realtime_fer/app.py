"""The composition root: the only room that knows all rooms. Builds what runs from settings and hands it on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from realtime_fer import __version__
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector
from realtime_fer.core.settings import DETECTORS, Settings

if TYPE_CHECKING:
    from realtime_fer.runtime.engine import EngineParts

#: What finds faces where MediaPipe's files are not there: it needs none.
FALLBACK_DETECTOR = "haar"

#: Whose versions a recording's session.json tells.
RECORDED_PACKAGES = ("numpy", "opencv-contrib-python", "mediapipe", "ai-edge-litert", "av", "PyQt5")


def main(arguments: Sequence[str] | None = None) -> int:
    """The program. Returns its exit code; see ``cli``."""
    from realtime_fer import cli
    from realtime_fer.native_output import quiet_native_output

    quiet_native_output()
    return cli.run(sys.argv[1:] if arguments is None else arguments)


def package_versions() -> dict[str, str]:
    versions = {"realtime-fer": __version__}
    for package in RECORDED_PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def build_classifier(model: str, threads: int) -> ExpressionClassifier:
    """Raises ModelError."""
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier
    from realtime_fer.vision.registry import ModelRegistry

    return TfliteClassifier(ModelRegistry().spec(model), threads)


def build_detector(name: str) -> FaceDetector:
    """Raises DetectorError."""
    from realtime_fer.vision.registry import make_detector

    return make_detector(name)


def build_detector_or_fallback(name: str | None) -> tuple[FaceDetector, str]:
    """The detector that was asked for; where none was, MediaPipe's, or Haar with a sentence that says why.

    Raises:
        DetectorError: the one asked for cannot be had.
    """
    if name is not None:
        return build_detector(name), ""
    try:
        return build_detector(DETECTORS[0]), ""
    except DetectorError as error:
        return build_detector(FALLBACK_DETECTOR), f"The Haar cascade finds the faces: {error.sentence()}"


def recordings_folder(settings: Settings) -> Path:
    from realtime_fer.sinks.session import default_recordings_folder

    return Path(settings.recordings_folder) if settings.recordings_folder else default_recordings_folder()


def build_engine_parts(settings: Settings) -> EngineParts:
    """How the window's engine makes what it runs. Heavy libraries are imported by the threads that need them."""
    from realtime_fer.runtime.capture import ResolvedSource
    from realtime_fer.runtime.engine import EngineParts
    from realtime_fer.runtime.recording import RecordingSink
    from realtime_fer.vision.annotators import standard_annotators
    from realtime_fer.vision.pipeline import ExpressionPipeline

    def resolve_source(request: str) -> ResolvedSource:
        from realtime_fer.sources import open_request, resolve_auto

        sentence = ""
        if request == "auto":
            request, sentence = resolve_auto()
        source = open_request(request, width=settings.width, height=settings.height, fps=settings.fps)
        return ResolvedSource(request, source, sentence)

    def make_recording(source_name: str) -> RecordingSink:
        from realtime_fer.sinks.session import RecordingSink as SessionRecordingSink

        return SessionRecordingSink(
            recordings_folder(settings),
            session_facts={"source": source_name, "program": __version__, "packages": package_versions()},
        )

    def save_snapshot(result: FrameResult) -> Path:
        from realtime_fer.sinks.snapshot import save_snapshot as save

        return save(result, recordings_folder(settings) / "snapshots", datetime.now().astimezone())

    return EngineParts(
        make_pipeline=lambda: ExpressionPipeline(standard_annotators()),
        resolve_source=resolve_source,
        make_detector=build_detector,
        make_classifier=lambda model: build_classifier(model, settings.threads),
        make_recording=make_recording,
        save_snapshot=save_snapshot,
        fallback_detector=FALLBACK_DETECTOR,
    )
