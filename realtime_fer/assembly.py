"""Composition root: builds detectors, classifiers, the engine's parts and reports from settings."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from realtime_fer import __version__
from realtime_fer.core.enums import CONTACTS_GOOGLE, DetectorName, Film
from realtime_fer.core.errors import DetectorError, OwnExpressionsError
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.request import Kind
from realtime_fer.core.settings import LiveSettings, Settings
from realtime_fer.core.settings.table import TABLE

if TYPE_CHECKING:
    from realtime_fer.core.corrections.annotations import Annotations
    from realtime_fer.core.frame import FrameResult
    from realtime_fer.core.own_expressions.files import OwnFiles, OwnNow
    from realtime_fer.core.own_expressions.model import OwnModel
    from realtime_fer.core.people import People
    from realtime_fer.core.protocols import BlendshapeNetwork, ExpressionClassifier, EyeNetwork, FaceDetector
    from realtime_fer.core.request import SourceRequest
    from realtime_fer.core.sound import Microphone
    from realtime_fer.core.triggers.confirmed import ConfirmedCommands
    from realtime_fer.runtime.engine_parts import EngineParts
    from realtime_fer.runtime.triggers.runner import TriggerRunner
    from realtime_fer.sources import CameraNumbers
    from realtime_fer.streams.hub import LiveHub
    from realtime_fer.streams.lsl.sender import LslPlace
    from realtime_fer.streams.outlets import Outlets
    from realtime_fer.vision.registry import ModelRegistry

#: Finds the faces where BlazeFace's files are missing; it needs none.
FALLBACK_DETECTOR = DetectorName.HAAR

REPORT_NAME = "report.html"

#: In a recording's folder while it is being reviewed.
REVIEW_CLAIM_NAME = ".realtime-fer-review"

#: A recording's session.json names the versions of these.
RECORDED_PACKAGES = ("numpy", "opencv-python-headless", "ai-edge-litert", "av", "PyQt5", "sounddevice")


def package_versions() -> dict[str, str]:
    versions = {"realtime-fer": __version__}
    for package in RECORDED_PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def build_classifier(model: str, threads: int, registry: ModelRegistry | None = None) -> ExpressionClassifier:
    """Loads a model.

    Args:
        registry: the models there are, of which only this one's card is read again; None reads all cards.

    Raises:
        ModelError: there is no such model, or it cannot be used.
    """
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier
    from realtime_fer.vision.registry import ModelRegistry

    spec = ModelRegistry().spec(model) if registry is None else registry.reread(model)
    return TfliteClassifier(spec, threads)


def build_detector(name: str) -> FaceDetector:
    """Makes a detector.

    Raises:
        DetectorError: there is no such detector, or its files are missing.
    """
    from realtime_fer.vision.registry import make_detector

    return make_detector(name)


def build_blendshapes() -> BlendshapeNetwork:
    """Loads the networks for blendshapes.

    Raises:
        DetectorError: their file is missing or cannot be used.
    """
    from realtime_fer.vision.landmarks.blendshapes import FaceBlendshapes

    return FaceBlendshapes()


def build_gaze() -> EyeNetwork:
    """Loads the network that finds irises and lids.

    Raises:
        DetectorError: its file is missing or cannot be used.
    """
    from realtime_fer.vision.landmarks.iris import IrisNetwork

    return IrisNetwork()


def build_detector_or_fallback(name: str | None) -> tuple[FaceDetector, str]:
    """Makes the detector ``name``, or without a name the default one, or the fallback where its files are missing.

    Returns:
        The detector, and a sentence for the person: why it is the fallback, or that it contacts Google; else ''.

    Raises:
        DetectorError: the detector ``name`` cannot be made.
    """
    if name is not None:
        warning = "MediaPipe's own runtime contacts Google; all other detectors contact nobody."
        return build_detector(name), warning if name == CONTACTS_GOOGLE else ""
    try:
        return build_detector(Settings.detector), ""
    except DetectorError as error:
        return build_detector(FALLBACK_DETECTOR), f"The Haar cascade finds the faces: {error.sentence()}"


def settings_path() -> Path:
    """The file that keeps the window's settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir("realtime-fer", appauthor=False)) / "settings.json"


def resting_faces_folder() -> Path:
    """Where the window keeps resting faces that a person saves."""
    import platformdirs

    return Path(platformdirs.user_data_dir("realtime-fer", appauthor=False)) / "resting-faces"


def own_expressions_path() -> Path:
    """The file that keeps the expressions that a person taught."""
    import platformdirs

    from realtime_fer.core.own_expressions.files import FILE_NAME

    return Path(platformdirs.user_data_dir("realtime-fer", appauthor=False)) / FILE_NAME


def own_model(file: str | None) -> OwnModel | None:
    """What is learned of a file of own expressions, '' for the person's own one; None for None.

    Raises:
        OwnExpressionsError: it is missing, is no such file, or holds no own expression.
    """
    if file is None:
        return None
    from realtime_fer.core.own_expressions.model import learn_file

    path = Path(file) if file else own_expressions_path()
    if not file and not path.exists():
        raise OwnExpressionsError(
            "No expression is taught yet.", "Teach one in the window (Ctrl+Shift+T), or name a file with it."
        )
    return learn_file(path)


def own_files() -> OwnFiles:
    """The file of the person's own expressions, and what reads and writes it."""
    from realtime_fer.core.own_expressions.files import OwnFiles
    from realtime_fer.core.own_expressions.taught import OwnExpressions, read_kept_expressions
    from realtime_fer.core.system.private_files import make_private_folder
    from realtime_fer.sinks.atomic_files import cannot_write, replace_file

    path = own_expressions_path()

    def keep(taught: OwnExpressions) -> None:
        try:
            make_private_folder(path.parent)
        except OSError as error:
            raise cannot_write(path, error) from error
        replace_file(path, taught.as_json())

    return OwnFiles(
        path, partial(read_kept_expressions, path), keep, lambda taught, other: replace_file(other, taught.as_json())
    )


def recordings_folder(settings: Settings) -> Path:
    """The folder that recordings go into: the person's choice, or the default one."""
    from realtime_fer.sinks.session_folder import default_recordings_folder

    return Path(settings.recordings_folder) if settings.recordings_folder else default_recordings_folder()


def recorded_settings(settings: Settings) -> dict[str, object]:
    """The settings that session.json records, by name."""
    chosen = {name: getattr(settings, name) for name, declared in TABLE.items() if declared.recorded}
    for name in ("model", "compare_model"):
        # Of a file only its name: its folder is private.
        chosen[name] = Path(chosen[name]).name
    return chosen


def write_report(session: Path, output: Path | None = None) -> Path:
    """Writes the report of a recording and returns its path: ``output``, or ``report.html`` in the recording's folder.

    Raises:
        ReportError: the folder is not a recording.
        SinkError: the page cannot be written.
    """
    from realtime_fer.report.page import make_report
    from realtime_fer.sinks.atomic_files import replace_file
    from realtime_fer.vision.registry import ModelRegistry

    page = make_report(session, {spec.model_id: spec for spec in ModelRegistry().specs()})
    output = output or session / REPORT_NAME
    replace_file(output, page.encode("utf-8", "replace"))
    return output


def export_recording(session: Path, formats: Sequence[str], output: Path | None = None) -> list[Path]:
    """Writes a recording, with a person's corrections, in the forms named, and gives the files.

    Args:
        formats: of ``core.sessions.export_formats.EXPORT_FORMATS``.
        output: folder, made where it is missing; None is the recording's own.

    Raises:
        ReviewError: the folder is no recording, or its corrections cannot be read.
        SinkError: a file cannot be written.
    """
    from realtime_fer.core.corrections.annotations import read_annotations
    from realtime_fer.core.system.private_files import make_private_folder
    from realtime_fer.review.exports.formats import exported
    from realtime_fer.review.rows import read_reviewed
    from realtime_fer.sinks.atomic_files import cannot_write, replace_file

    annotations = read_annotations(session)
    table = read_reviewed(session, annotations)
    folder, made = output or session, datetime.now().astimezone()
    video = next((name for name in ("video.mp4", "video-clean.mp4") if (session / name).is_file()), "")
    if video and output is not None:
        # Windows knows no way from one drive to another; the name alone is found where they lie together.
        with suppress(ValueError):
            video = Path(os.path.relpath(session / video, folder)).as_posix()
    try:
        if not folder.is_dir():
            make_private_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    written = []
    for name in formats:
        for file_name, content in exported(name, table, annotations, video=video, made=made).items():
            replace_file(folder / file_name, content)
            written.append(folder / file_name)
    return written


def save_people(session: Path, before: People, now: People) -> None:
    """Takes names and more of a recording that runs into its corrections.

    Args:
        before: as they were written last.

    Raises:
        ReviewError: the corrections that are there cannot be read; they are left as they are.
        SinkError: they cannot be written.
    """
    from realtime_fer.core.corrections.annotations import FILE_NAME, read_annotations
    from realtime_fer.review.live_people import with_people
    from realtime_fer.sinks.atomic_files import replace_file

    replace_file(session / FILE_NAME, with_people(read_annotations(session), before, now).as_json())


def save_corrections(session: Path, annotations: Annotations) -> None:
    """Writes a person's corrections beside a recording, whole or not at all.

    Raises:
        SinkError: they cannot be written; the earlier ones stay.
    """
    from realtime_fer.core.corrections.annotations import FILE_NAME
    from realtime_fer.sinks.atomic_files import replace_file

    replace_file(session / FILE_NAME, annotations.as_json())


def claim_review(session: Path) -> Callable[[], None] | None:
    """Keeps other programs from reviewing a recording at the same time.

    Returns:
        What ends that, or None where another one reviews it.

    Raises:
        SinkError: nothing can be written there.
    """
    from realtime_fer.core.corrections.annotations import FILE_NAME
    from realtime_fer.sinks.atomic_files import cannot_write
    from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere

    try:
        claim = Claim(session / REVIEW_CLAIM_NAME)
    except ClaimedElsewhere:
        return None
    except (OSError, ValueError) as error:
        raise cannot_write(session / FILE_NAME, error) from error
    return partial(claim.release, remove=True)


def build_outlets(style: Callable[[], OverlayStyle] = OverlayStyle) -> tuple[LiveHub, Outlets]:
    """The hub that takes results for other programs, and what can be switched on to give them.

    Args:
        style: of what is drawn onto the picture that is given; asked before each.
    """
    from realtime_fer.sinks.jsonl_file import frame_object
    from realtime_fer.streams.hub import LiveHub
    from realtime_fer.streams.outlets import Outlets

    def make_picture() -> Callable[[FrameResult], bytes]:
        import cv2

        from realtime_fer.vision.annotators import FrameDrawer

        draw = FrameDrawer(style)
        return lambda result: cv2.imencode(".jpg", draw(result), [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()

    hub = LiveHub(frame_object)
    return hub, Outlets(hub, make_picture, take_lsl_place=take_lsl_place)


def take_lsl_place() -> LslPlace:
    """The lowest number that no other program of this user on this computer holds."""
    import platformdirs

    from realtime_fer.core.system.private_files import make_private_folder
    from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere
    from realtime_fer.streams.lsl.sender import LslPlace

    folder = Path(platformdirs.user_cache_dir("realtime-fer", appauthor=False))
    # Another user's program has other numbers. Names of people stay out of streams.
    user = f"{crc32(str(Path.home()).encode('utf-8', 'surrogateescape')):08x}"
    begin = f"realtime-fer-{platform.node()}-{user}"
    for number in range(1, 100):
        try:
            make_private_folder(folder)
            claim = Claim(folder / f"lsl-{number}.lock")
        except ClaimedElsewhere:
            continue
        except (OSError, ValueError):
            break
        return LslPlace(number, f"{begin}-{number}", partial(claim.release, remove=False))
    # Without a place to hold a number: one that no other program has now.
    return LslPlace(os.getpid(), f"{begin}-{os.getpid()}")


def build_triggers() -> TriggerRunner:
    """What takes results for triggers and does what they ask for, as far as it is outside of the window."""
    from realtime_fer.core.triggers.trigger import ActionKind
    from realtime_fer.runtime.triggers.runner import TriggerRunner
    from realtime_fer.sources.audio.chime import Chime
    from realtime_fer.streams.triggers.commands import Commands
    from realtime_fer.streams.triggers.messages import HttpMessage, OscMessage

    return TriggerRunner(
        {
            ActionKind.SOUND: Chime(),
            ActionKind.OSC: OscMessage(),
            ActionKind.HTTP: HttpMessage(),
            ActionKind.COMMAND: Commands(),
        }
    )


def confirmed_commands() -> ConfirmedCommands:
    """The commands of triggers that the person has confirmed."""
    from realtime_fer.core.triggers.confirmed import ConfirmedCommands

    return ConfirmedCommands(settings_path().with_name("confirmed-commands.json"))


def recorded_triggers(settings: Settings) -> list[dict[str, object]]:
    """The triggers that are on, for session.json, without names, targets and commands."""
    from realtime_fer.core.triggers.trigger import triggers_of

    kept = [one.as_object() for one in triggers_of(settings.triggers)[0] if one.is_on]
    return [
        {**one, "person": bool(one["person"]), "actions": [action["do"] for action in one["actions"]]} for one in kept
    ]


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
