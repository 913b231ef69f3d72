"""A frame on its way through the program, and what is found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from realtime_fer.core.doubts import DOUBT_KEYS, VISIBLE_DOUBTS
from realtime_fer.core.enums import Privacy, Sensitivity
from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.faces import Faces
from realtime_fer.core.people import People

Image = npt.NDArray[np.uint8]

#: The stages of :class:`FrameResult.stage_ms`, in the order a frame passes them.
STAGES = ("detect", "track", "preprocess", "classify", "hide")


@dataclass(frozen=True)
class SourceFrame:
    """What a source's ``read`` gives.

    Attributes:
        image_bgr: uint8 (h, w, 3). The source must not write to it again.
        media_time_s: seconds since the source's first frame by the source's own clock (a file's time stamps);
            None from a live source, whose frames happen when they are read.
        name: of the image, for a folder of images; else ''.
        damaged: how many frames of this source were lost or incomplete so far, as far as it knows.
        picture_index: place in the source's list of pictures, for a folder of images; else None.
    """

    image_bgr: Image
    media_time_s: float | None = None
    name: str = ""
    damaged: int = 0
    picture_index: int | None = None


@dataclass(frozen=True)
class Frame:
    """One captured image with its time.

    Attributes:
        image_bgr: uint8 (h, w, 3), read-only.
        index: how many frames came from the source before; those that were dropped count. A file that is played
            without jumps counts its own frames so.
        timestamp_s: monotonic seconds at capture (live), or the media time (annotating offline).
        capture_ms: how long reading it took.
        name: of the image, for a folder of images, each of which is a scene of its own; else ''.
        media_time_s: the source's own time stamp, where it has one.
        source_generation: which source of the session this is from, counted from 0; with another one tracking starts
            anew, with new identities.
        source_name: of this source; '' where it has none.
        losses: how often this source has failed so far; where that rises between two frames, some are missing.
        paused_s: how much of the time until then was paused.
        damaged, picture_index: as of :class:`SourceFrame`.
        jumps: how often a person, or the end of a loop, has jumped to another place of this source so far; after each
            jump tracking starts anew, with new identities.
        is_still: no frame follows by itself, as in the pause of a video: this one must show everything.
    """

    image_bgr: Image
    index: int
    timestamp_s: float
    capture_ms: float = 0.0
    name: str = ""
    media_time_s: float | None = None
    source_generation: int = 0
    losses: int = 0
    paused_s: float = 0.0
    source_name: str = ""
    damaged: int = 0
    picture_index: int | None = None
    jumps: int = 0
    is_still: bool = False

    @property
    def running_s(self) -> float:
        """Seconds without the pauses: by this time, nobody is away during a pause. It never goes back."""
        return self.timestamp_s - self.paused_s

    def __post_init__(self) -> None:
        image = self.image_bgr
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or 0 in image.shape:
            raise ValueError(f"image_bgr must be (h, w, 3) uint8, got {image.shape} {image.dtype}")
        image.flags.writeable = False


@dataclass(frozen=True)
class Comparison:
    """What the comparison model, which runs beside the first, makes of the same faces.

    Attributes:
        model_id: of the comparison model.
        class_names: expression keys in the order of its outputs.
        probabilities, smoothed: float32 (n, C), rows as the faces of the result.
        label: int64 (n,), the column that each face is called by; none given takes the largest.
        model_sha256: of the comparison model's network.
    """

    model_id: str
    class_names: tuple[str, ...]
    probabilities: npt.NDArray[np.float32]
    smoothed: npt.NDArray[np.float32]
    label: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    model_sha256: str = ""

    def select(self, rows: npt.NDArray[np.bool_]) -> Comparison:
        """For these faces alone, bool (n,)."""
        label = self.label[rows] if len(self.label) else self.label
        return replace(self, probabilities=self.probabilities[rows], smoothed=self.smoothed[rows], label=label)

    def column_of(self, face: int) -> int:
        """Column of the class that this model calls the face by."""
        held = int(self.label[face]) if len(self.label) else -1
        return held if held >= 0 else int(self.smoothed[face].argmax())


class LearningState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    USED = "used"
    REFUSED = "refused"


@dataclass(frozen=True)
class RestingFaceLearning:
    """How far the learning of resting faces is at one frame. All but RUNNING come once, with their frame.

    USED and REFUSED tell of one that was read from a file.

    Attributes:
        remaining_s: while RUNNING, seconds of frames that are still to come.
        identities: whose resting face is being learnt, or is now known.
        sentence: why it FAILED or is REFUSED, who of several was left out, or the name of what is USED; else ''.
        faces: when DONE, what was learnt, in the order of ``identities``; without names.
    """

    state: LearningState
    remaining_s: float = 0.0
    identities: tuple[int, ...] = ()
    sentence: str = ""
    faces: tuple[RestingFace, ...] = ()


@dataclass(frozen=True)
class FrameResult:
    """A frame with everything found in it, so that a box is never drawn onto another frame.

    Attributes:
        frame: the captured frame, mirrored where asked for.
        faces: its faces; ``faces.smoothed`` columns follow ``class_names``.
        class_names: expression keys in the order of the model's outputs.
        stage_ms: milliseconds each of ``STAGES`` took.
        model_id: of the model the probabilities are from; '' where there is none.
        detector_name: of the detector the boxes are from.
        min_confidence: a face whose highest smoothed probability is lower is labelled uncertain.
        comparison: what the comparison model makes of the same faces; None where none runs.
        resting_faces: how far the learning of resting faces is, where it was asked for.
        finished_s: monotonic seconds when the result was complete; 0 offline.
        privacy: how faces are hidden in its frame.
        sensitivity: how much of the model's prior was taken back; ``OFF`` for a model whose card gives
            no prior.
        degradation_step: how much less was done for it: a position in ``core.degradation.DEGRADATION_STEPS``.
        repeated: its frame had a result before; this one only shows a changed option, and is not an event of its own.
        model_sha256: of that model's network, since another one may get its id later.
        mirrored: its frame was flipped left to right.
        searched: the frame was searched for faces, or those in view were followed. Otherwise (no detector runs, or to
            save time) more faces may be there.
        people: names and more, as a person gave them by then; ``faces`` does not follow them, ``seen`` does.
        own: how much the faces look like the expressions that a person taught; None without any.
    """

    frame: Frame
    faces: Faces
    class_names: tuple[str, ...]
    stage_ms: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    model_id: str = ""
    detector_name: str = ""
    min_confidence: float = 0.0
    comparison: Comparison | None = None
    resting_faces: RestingFaceLearning | None = None
    finished_s: float = 0.0
    privacy: Privacy = Privacy.OFF
    degradation_step: int = 0
    repeated: bool = False
    model_sha256: str = ""
    searched: bool = True
    sensitivity: Sensitivity = Sensitivity.OFF
    mirrored: bool = False
    people: People = field(default_factory=People)
    own: OwnValues | None = None

    def by_person(self) -> FrameResult:
        """With one number and one colour for all numbers of a person. Files keep the numbers as they are here."""
        people, faces = self.people, self.faces
        if not people.merged:
            return self
        numbers, colours = faces.tracker_id.tolist(), faces.person_colour.tolist()
        worn = dict(zip(numbers, colours, strict=True))
        persons = [people.person_of(number) for number in numbers]
        shared = [worn.get(person, own) for person, own in zip(persons, colours, strict=True)]
        faces = faces.with_tracker_id(np.array(persons, np.int64))
        return replace(self, faces=faces.with_person_colour(np.array(shared, np.int64)))

    def seen(self) -> FrameResult:
        """``by_person``, without hidden people."""
        result, people = self.by_person(), self.people
        shown = np.array([not people.is_hidden(number) for number in self.faces.tracker_id.tolist()], np.bool_)
        if shown.all():
            return result
        comparison = None if self.comparison is None else self.comparison.select(shown)
        own = None if self.own is None else self.own.select(shown)
        return replace(result, faces=result.faces.select(shown), comparison=comparison, own=own)

    @property
    def total_ms(self) -> float:
        return float(sum(self.stage_ms.values()))

    def expression_of(self, face: int) -> str:
        """Key of the face's expression, or 'uncertain', or '' without a model.

        It is that of the held label where there is one, else of the largest smoothed probability if that reaches
        ``min_confidence``.
        """
        column = self.column_of(face)
        if column < 0:
            return ""
        if self.faces.doubt[face]:
            return UNCERTAIN
        held = self.faces.label[face] >= 0
        likely = held or self.faces.smoothed[face, column] >= self.min_confidence
        return self.class_names[column] if likely else UNCERTAIN

    def column_of(self, face: int) -> int:
        """Column of the class that the face is called by, or would be without its doubt; -1 without a model."""
        if self.faces.smoothed.shape[1] == 0:
            return -1
        held = int(self.faces.label[face])
        return held if held >= 0 else int(self.faces.smoothed[face].argmax())

    def compared_expression_of(self, face: int) -> str:
        """As ``expression_of``, but by the comparison model; '' where none runs."""
        comparison = self.comparison
        if comparison is None or not comparison.smoothed.shape[1]:
            return ""
        if DOUBT_KEYS[int(self.faces.doubt[face])] in VISIBLE_DOUBTS:
            return UNCERTAIN
        column = comparison.column_of(face)
        likely = comparison.smoothed[face, column] >= self.min_confidence
        return comparison.class_names[column] if likely else UNCERTAIN

    def doubt_of(self, face: int) -> str:
        """Key in ``core.doubts`` of why ``expression_of`` is 'uncertain'; '' where it is not."""
        if self.expression_of(face) != UNCERTAIN:
            return ""
        return DOUBT_KEYS[int(self.faces.doubt[face])] or "unlikely"


def clean_image(result: FrameResult) -> Image:
    """The frame itself, with nothing drawn: uint8 (h, w, 3), read-only."""
    return result.frame.image_bgr


#: In files: a face that no model read, and a frame without tracked faces that was not searched.
NOT_ANALYSED = "not analysed"

#: Stands in place of an expression that is not named.
UNCERTAIN = "uncertain"
