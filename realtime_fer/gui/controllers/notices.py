"""What the engine's events say to a person: a sentence, how serious it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from realtime_fer.core.enums import CONTACTS_GOOGLE
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.titles import detector_title
from realtime_fer.runtime.events import (
    ComparisonRefused,
    DetectorAdopted,
    DetectorRefused,
    EngineEvent,
    EngineFailed,
    MarkerAdded,
    MarkerRefused,
    ModelAdopted,
    ModelRefused,
    PictureDoubtful,
    RecordingStopped,
    RestingFacesFailed,
    RestingFacesLearnt,
    SnapshotFailed,
    SnapshotSaved,
    SourceOpened,
)

#: A recording that ends so long after its last picture is said to.
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


def _goes_on(name: str) -> str:
    return " " + translate("Notices", "{name} keeps running.").format(name=name)


def _resting_faces_notice(event: RestingFacesLearnt | RestingFacesFailed) -> Notice:
    if isinstance(event, RestingFacesFailed):
        again = translate("Notices", "No resting face was learnt. {reason} Press C to try again.")
        return Notice("resting_faces", Severity.WARNING, again.format(reason=said(event.sentence)))
    people = ", ".join(f"#{identity}" for identity in event.identities)
    text = translate(
        "Notices", "Resting face of {people} learnt; corrected values are marked ±. Press Shift+C to forget it."
    )
    told = (text.format(people=people), said(event.sentence))
    return Notice("resting_faces", Severity.SUCCESS, " ".join(told).strip())


def notice_for(event: EngineEvent, model_title: Callable[[str], str] = str) -> Notice | None:
    """The notice that an event calls for, or None where the window shows it in another way.

    Args:
        model_title: from a model's id to its name.
    """
    if isinstance(event, SourceOpened):
        return Notice("source", Severity.WARNING, said(event.sentence)) if event.sentence else None
    if isinstance(event, PictureDoubtful):
        return Notice("picture", Severity.WARNING, said(event.sentence)) if event.sentence else None
    if isinstance(event, ModelRefused):
        goes_on = _goes_on(model_title(event.running)) if event.running else ""
        return Notice("model", Severity.ERROR, said(event.sentence) + goes_on)
    if isinstance(event, ModelAdopted):
        if not event.sentence:
            return Notice("model", Severity.WARNING, said(event.warning)) if event.warning else None
        text = translate("Notices", "Using {model} instead.").format(model=model_title(event.model_id))
        return Notice("model", Severity.WARNING, f"{said(event.sentence)} {text}")
    if isinstance(event, DetectorAdopted):
        if event.name == CONTACTS_GOOGLE:
            warning = translate(
                "Notices", "MediaPipe's own runtime contacts Google. The other detectors contact no one."
            )
            return Notice("detector", Severity.WARNING, warning)
        if not event.sentence:
            return None
        text = translate("Notices", "Using {detector} for now. {sentence}").format(
            detector=detector_title(event.name), sentence=said(event.sentence)
        )
        return Notice("detector", Severity.WARNING, text)
    if isinstance(event, DetectorRefused):
        goes_on = _goes_on(detector_title(event.running)) if event.running else ""
        return Notice("detector", Severity.ERROR, said(event.sentence) + goes_on)
    if isinstance(event, ComparisonRefused):
        goes_on = _goes_on(model_title(event.running)) if event.running else ""
        return Notice("comparison", Severity.ERROR, said(event.sentence) + goes_on)
    if isinstance(event, (RestingFacesLearnt, RestingFacesFailed)):
        return _resting_faces_notice(event)
    if isinstance(event, RecordingStopped):
        return _recording_notice(event)
    if isinstance(event, SnapshotSaved):
        text = translate("Notices", "Snapshot saved as “{name}”.").format(name=event.path.name)
        return Notice("snapshot", Severity.SUCCESS, text, event.path.parent)
    if isinstance(event, SnapshotFailed):
        return Notice("snapshot", Severity.ERROR, said(event.sentence))
    if isinstance(event, MarkerAdded):
        named = translate("Notices", "Marker {number} added.").format(number=event.number)
        noted = translate("Notices", "Marker {number} added: “{text}”.").format(number=event.number, text=event.text)
        return Notice("marker", Severity.SUCCESS, named if event.text == str(event.number) else noted)
    if isinstance(event, MarkerRefused):
        return Notice("marker", Severity.WARNING, said(event.sentence))
    if isinstance(event, EngineFailed):
        return Notice("program", Severity.ERROR, said(event.sentence))
    return None
