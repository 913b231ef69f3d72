"""The events that the engine sends from its worker threads; a listener hands them to its own thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.people import People
from realtime_fer.core.request import SourceRequest, VideoTrack


@dataclass(frozen=True)
class EngineEvent:
    """Any of the events below."""


@dataclass(frozen=True)
class SourceOpened(EngineEvent):
    """Frames are coming. ``request`` is what runs, ``name`` what a person reads.

    Where a camera was asked for by its name, or as 'auto', ``request`` is the number or path that opens it.
    ``sentence`` says why something else runs than was asked for, such as the demo where there is no camera; else ''.
    Only where ``is_seekable`` is true do ``Engine.seek`` and ``Engine.step`` have an effect. ``duration_s`` and
    ``frame_count`` are None where they are not known. ``picture_names`` lists the pictures of a folder, those that
    cannot be read too, by ``Frame.picture_index``; it is () for any other source. ``tracks`` lists the video tracks of
    a file that has several.
    """

    request: SourceRequest
    name: str
    is_live: bool
    sentence: str = ""
    duration_s: float | None = None
    is_seekable: bool = False
    frame_count: int | None = None
    picture_names: tuple[str, ...] = ()
    tracks: tuple[VideoTrack, ...] = ()


@dataclass(frozen=True)
class SourceWaits(EngineEvent):
    """The file is open, and its first frame waits for detector and model; the frame ends the wait."""

    request: SourceRequest


@dataclass(frozen=True)
class SourceLost(EngineEvent):
    """The source cannot be opened, or was interrupted. ``retry_in_s`` is None where it is not retried."""

    request: SourceRequest
    sentence: str
    retry_in_s: float | None


@dataclass(frozen=True)
class SourceStalled(EngineEvent):
    """The source is open and gives nothing. The next frame ends the stall, or SourceLost says that it is reopened."""

    request: SourceRequest
    sentence: str


@dataclass(frozen=True)
class FrameWarning(EngineEvent):
    """Frames come, but black or frozen ones; ``sentence`` is '' when that is over."""

    sentence: str


@dataclass(frozen=True)
class SourceEnded(EngineEvent):
    """A file ended; ``Engine.replay`` starts it again. Its last frame stays, and a person may go back from there."""

    request: SourceRequest


@dataclass(frozen=True)
class ModelAdopted(EngineEvent):
    """From this frame on the probabilities are this model's.

    ``ms_a_face`` was measured on this machine while it was loaded; 0.0 where it was not. ``sentence`` says why where it
    is not the one asked for, else ''. ``warning`` says what its card seems to lack, else ''.
    """

    model_id: str
    class_names: tuple[str, ...]
    ms_a_face: float = 0.0
    sentence: str = ""
    warning: str = ""


@dataclass(frozen=True)
class ModelTimed(EngineEvent):
    """The median time that one face takes the running model, measured while the machine was idle."""

    model_id: str
    ms_a_face: float


@dataclass(frozen=True)
class ModelRefused(EngineEvent):
    """The model was not loaded, or cannot go on; ``running`` ('' for none) goes on."""

    model_id: str
    sentence: str
    running: str


@dataclass(frozen=True)
class DetectorAdopted(EngineEvent):
    """``name`` runs; ``sentence`` says why where it is not the one asked for, else ''."""

    name: str
    sentence: str = ""


@dataclass(frozen=True)
class DetectorRefused(EngineEvent):
    name: str
    sentence: str
    running: str


@dataclass(frozen=True)
class ComparisonAdopted(EngineEvent):
    """From this frame on ``model_id`` is the comparison model; '' ended the comparison."""

    model_id: str
    class_names: tuple[str, ...]


@dataclass(frozen=True)
class ComparisonRefused(EngineEvent):
    """The comparison model was not loaded, or cannot go on; ``running`` ('' for none) goes on."""

    model_id: str
    sentence: str
    running: str


@dataclass(frozen=True)
class BlendshapesRefused(EngineEvent):
    """Blendshapes were asked for and cannot be measured; all else goes on."""

    sentence: str


@dataclass(frozen=True)
class GazeRefused(EngineEvent):
    """Where people look was asked for and cannot be found; all else goes on."""

    sentence: str


@dataclass(frozen=True)
class RestingFacesLearning(EngineEvent):
    """Resting faces are being learnt, of ``faces`` people so far, for ``remaining_s`` more whole seconds."""

    remaining_s: int
    faces: int


@dataclass(frozen=True)
class RestingFacesLearnt(EngineEvent):
    """These identities' resting faces are known: ``faces``. ``sentence`` says who was left out, or is ''."""

    identities: tuple[int, ...]
    sentence: str = ""
    faces: tuple[RestingFace, ...] = ()


@dataclass(frozen=True)
class RestingFaceUsed(EngineEvent):
    """The resting face called ``name``, from a file, is that of this identity."""

    name: str
    identity: int


@dataclass(frozen=True)
class RestingFaceRefused(EngineEvent):
    """The one from a file does not fit; ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True)
class RestingFacesFailed(EngineEvent):
    """Nobody's resting face was learnt; ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True)
class RestingFacesEnded(EngineEvent):
    """Learning ended early: the resting faces were forgotten, or people, model or source changed."""


@dataclass(frozen=True)
class PeopleChanged(EngineEvent):
    """Names and more of the people in view, as they are from now on; also when another source ended the earlier ones.

    ``forgotten``: numbers that are given to nobody any more.
    """

    people: People
    forgotten: tuple[int, ...] = ()


@dataclass(frozen=True)
class HiddenInDoubt(EngineEvent):
    """After a jump so many faces are not shown: each may be that of somebody who is hidden."""

    count: int


@dataclass(frozen=True)
class PeopleUnsaved(EngineEvent):
    """The recording goes on without the newest names; ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True)
class RecordingStarted(EngineEvent):
    """``microphone``: the name of the one whose sound is recorded too, or ''."""

    folder: Path
    microphone: str = ""


@dataclass(frozen=True)
class RecordingSoundLost(EngineEvent):
    """From here on the recording has no sound, and ``sentence`` says why; the picture goes on."""

    sentence: str


@dataclass(frozen=True)
class RecordingStopped(EngineEvent):
    """``sentence`` is '' after a wanted stop, else why it ended early; what was written stays.

    ``duration_s`` ends with the last picture, ``silent_s`` is from there until the stop.
    """

    folder: Path
    duration_s: float
    frames: int
    dropped: int
    sentence: str = ""
    silent_s: float = 0.0


@dataclass(frozen=True)
class SnapshotSaved(EngineEvent):
    path: Path


@dataclass(frozen=True)
class SnapshotFailed(EngineEvent):
    sentence: str


@dataclass(frozen=True)
class MarkerAdded(EngineEvent):
    """A person marked the frame captured at ``time_s``; ``text`` is their note or the marker's number."""

    number: int
    time_s: float
    text: str


@dataclass(frozen=True)
class MarkerRefused(EngineEvent):
    sentence: str


@dataclass(frozen=True)
class EngineFailed(EngineEvent):
    """A fault of the program itself stopped a worker. ``detail`` is for the log."""

    sentence: str
    detail: str
