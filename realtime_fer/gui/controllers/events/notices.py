"""The notice that each of the engine's events calls for: a sentence, its severity, what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable

from realtime_fer.core.enums import CONTACTS_GOOGLE
from realtime_fer.core.people import People
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.gui.widgets.titles import detector_title
from realtime_fer.runtime.events import (
    BlendshapesRefused,
    ComparisonRefused,
    DetectorAdopted,
    DetectorRefused,
    EngineEvent,
    EngineFailed,
    FrameWarning,
    GazeRefused,
    HiddenInDoubt,
    MarkerAdded,
    MarkerRefused,
    ModelAdopted,
    ModelRefused,
    PeopleUnsaved,
    RecordingSoundLost,
    RecordingStopped,
    RestingFaceRefused,
    RestingFacesFailed,
    RestingFacesLearnt,
    RestingFaceUsed,
    SnapshotFailed,
    SnapshotSaved,
    SourceOpened,
)

#: A recording that ends this many seconds after its last frame says so.
SILENT_END_S = 2.0


def spoken_duration(seconds: float) -> str:
    """'12 s', '3 min 05 s' or '1 h 02 min'."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def _recording_notice(event: RecordingStopped) -> Notice:
    folder = event.folder if event.frames else None
    if event.sentence:
        length = spoken_duration(event.duration_s)
        kept = (
            " "
            + translate("Notices", "The {length} recorded until then are saved in “{name}”.").format(
                length=length, name=event.folder.name
            )
            if folder
            else ""
        )
        return Notice("recording", Severity.ERROR, f"{said(event.sentence)}{kept}", folder, folder)
    if not event.frames:
        return Notice(
            "recording",
            Severity.INFO,
            translate("Notices", "The recording contained no frames yet, so nothing was saved."),
        )
    text = translate("Notices", "Recording saved: {duration} in “{name}”.").format(
        duration=spoken_duration(event.duration_s), name=event.folder.name
    )
    if event.silent_s >= SILENT_END_S:
        silent = translate("Notices", "No new frame arrived during the last {length}, which are left out.")
        text += " " + silent.format(length=spoken_duration(event.silent_s))
    if event.dropped == 1:
        text += " " + translate("Notices", "1 frame was dropped because this computer was busy.")
    elif event.dropped:
        left_out = translate("Notices", "{count} frames were dropped because this computer was busy.")
        text += " " + left_out.format(count=event.dropped)
    return Notice("recording", Severity.SUCCESS, text, folder, folder)


def _keeps_running(name: str) -> str:
    """'' where nothing does."""
    return " " + translate("Notices", "{name} keeps running.").format(name=name) if name else ""


def _model_notice(event: ModelAdopted, title: str) -> Notice | None:
    if event.sentence:
        text = translate("Notices", "Using {model} instead.").format(model=title)
        return Notice("model", Severity.WARNING, f"{said(event.sentence)} {text}")
    return Notice("model", Severity.WARNING, said(event.warning)) if event.warning else None


def _detector_notice(event: DetectorAdopted) -> Notice | None:
    if event.name == CONTACTS_GOOGLE:
        text = translate("Notices", "MediaPipe's own runtime contacts Google. The other detectors contact no one.")
    elif event.sentence:
        text = translate("Notices", "Using {detector} for now. {sentence}").format(
            detector=detector_title(event.name), sentence=said(event.sentence)
        )
    else:
        return None
    return Notice("detector", Severity.WARNING, text)


def _learnt_notice(event: RestingFacesLearnt, said_of: People) -> Notice:
    people = ", ".join(dict.fromkeys(plain(said_of.label_of(identity)) for identity in event.identities))
    text = translate(
        "Notices",
        "Resting face of {people} learnt: expressions that it resembles count less from now on, and corrected "
        "values are marked ±. Shift+C forgets it, Ctrl+Shift+C saves it in a file.",
    )
    # The sentence of whom was left out tells numbers.
    left_out = re.sub(r"#(\d+)", lambda number: plain(said_of.label_of(int(number[1]))), said(event.sentence))
    told = (text.format(people=people), left_out)
    return Notice("resting_faces", Severity.SUCCESS, " ".join(told).strip())


def _marker_notice(event: MarkerAdded) -> Notice:
    if event.text == str(event.number):
        text = translate("Notices", "Marker {number} added.").format(number=event.number)
    else:
        text = translate("Notices", "Marker {number} added: “{text}”.").format(number=event.number, text=event.text)
    return Notice("marker", Severity.SUCCESS, text)


def notice_for(
    event: EngineEvent, model_title: Callable[[str], str] = str, people: People | None = None
) -> Notice | None:
    """The notice that an event calls for, or None where the window shows the event in another way.

    Args:
        model_title: from a model's id to its name.
        people: what was said of the people in view.
    """
    match event:
        case SourceOpened():
            return Notice("source", Severity.WARNING, said(event.sentence)) if event.sentence else None
        case FrameWarning():
            return Notice("picture", Severity.WARNING, said(event.sentence)) if event.sentence else None
        case ModelAdopted():
            return _model_notice(event, model_title(event.model_id))
        case ModelRefused():
            running = event.running and model_title(event.running)
            return Notice("model", Severity.ERROR, said(event.sentence) + _keeps_running(running))
        case DetectorAdopted():
            return _detector_notice(event)
        case DetectorRefused():
            running = event.running and detector_title(event.running)
            return Notice("detector", Severity.ERROR, said(event.sentence) + _keeps_running(running))
        case ComparisonRefused():
            running = event.running and model_title(event.running)
            return Notice("comparison", Severity.ERROR, said(event.sentence) + _keeps_running(running))
        case BlendshapesRefused():
            text = translate("Notices", "Blendshapes are not measured. {reason}")
            return Notice("blendshapes", Severity.WARNING, text.format(reason=said(event.sentence)))
        case GazeRefused():
            text = translate("Notices", "Gaze is not estimated. {reason}")
            return Notice("gaze", Severity.WARNING, text.format(reason=said(event.sentence)))
        case RestingFacesLearnt():
            return _learnt_notice(event, people or People())
        case RestingFaceUsed():
            text = translate("Notices", "Resting face “{name}” is used for {person}. Press Shift+C to stop using it.")
            person = plain((people or People()).label_of(event.identity))
            return Notice("resting_faces", Severity.SUCCESS, text.format(name=plain(event.name), person=person))
        case RestingFaceRefused():
            return Notice("resting_faces", Severity.WARNING, said(event.sentence))
        case RestingFacesFailed():
            text = translate(
                "Notices", "No resting face was learnt, and nothing has changed. {reason} Press C to try again."
            )
            return Notice("resting_faces", Severity.WARNING, text.format(reason=said(event.sentence)))
        case HiddenInDoubt():
            text = translate(
                "Notices",
                "After this jump, faces that may be those of somebody you hid are not shown. Press P to show them.",
            )
            return Notice("people", Severity.INFO, text)
        case PeopleUnsaved():
            text = translate("Notices", "The names are not in the recording yet. {reason}")
            return Notice("people", Severity.WARNING, text.format(reason=said(event.sentence)))
        case RecordingStopped():
            return _recording_notice(event)
        case RecordingSoundLost():
            text = translate("Notices", "{reason} The recording goes on without sound.")
            return Notice("sound", Severity.WARNING, text.format(reason=said(event.sentence)))
        case SnapshotSaved():
            text = translate("Notices", "Snapshot saved as “{name}”.").format(name=event.path.name)
            return Notice("snapshot", Severity.SUCCESS, text, event.path.parent)
        case SnapshotFailed():
            return Notice("snapshot", Severity.ERROR, said(event.sentence))
        case MarkerAdded():
            return _marker_notice(event)
        case MarkerRefused():
            return Notice("marker", Severity.WARNING, said(event.sentence))
        case EngineFailed():
            return Notice("program", Severity.ERROR, said(event.sentence))
    return None
