"""Runs scenes through the program's pipeline, once for each model, and records each face's label."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.face_features.landmarks import Landmarks
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, Image
from realtime_fer.core.geometry import box_iou
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector, LandmarkNetwork
from realtime_fer.vision.pipeline import ExpressionPipeline
from train.live.drawing import Drawn, Stage
from train.live.scenes import Scene

#: Smallest overlap (IoU) of a detected box with the face's square.
_SAME_FACE_IOU = 0.3

#: Frames whose searches are kept: a search may be asked for some frames late.
_FRAMES_KEPT = 8


@dataclass
class Track:
    """One model's labels for one person in one scene; lists have an entry for each frame.

    Attributes:
        scene: its number.
        picture: the first picture's name.
        change_s: when the second expression begins; infinite where there is none.
        after: the second expression; '' where there is none.
        t_s: seconds since the scene began.
        truths: the true expression; '' while it changes.
        shown: the label: an expression, 'uncertain', or '' where the face was not found.
        identities: the tracker's number; -1 where the face was not found.
    """

    scene: int
    picture: str
    change_s: float
    after: str
    t_s: list[float] = field(default_factory=list)
    truths: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    identities: list[int] = field(default_factory=list)


class SharedDetector:
    """Shares one detector between pipelines that see the same frames; searches each frame, and follows each face, once.

    ``close`` does nothing, since other pipelines may go on; whoever made the detector closes it. Pipelines search in
    threads of their own.
    """

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector
        self._lock = threading.Lock()
        self._found: deque[tuple[Image, Faces]] = deque(maxlen=_FRAMES_KEPT)
        self.landmarks = SharedLandmarks(detector.landmarks) if detector.landmarks is not None else None

    @property
    def name(self) -> str:
        return self._detector.name

    @property
    def family(self) -> str:
        return self._detector.family

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        with self._lock:
            for image, found in self._found:
                if image is image_bgr:
                    return found
            found = self._detector.detect(image_bgr, thorough=thorough, tiles=tiles)
            self._found.append((image_bgr, found))
            return found

    def close(self) -> None:
        pass


class SharedLandmarks:
    """Keeps the answers for the newest frame."""

    def __init__(self, network: LandmarkNetwork) -> None:
        self._network = network
        self._image: Image | None = None
        self._read: dict[bytes, Landmarks] = {}

    def predict(self, image_bgr: Image, regions: npt.NDArray[np.float32]) -> Landmarks:
        if image_bgr is not self._image:
            self._image = image_bgr
            self._read.clear()
        key = regions.tobytes()
        if key not in self._read:
            self._read[key] = self._network.predict(image_bgr, regions)
        return self._read[key]

    def close(self) -> None:
        pass


#: Called with each frame: the scene, what was drawn, and the first model's result.
Watcher = Callable[[Scene, Drawn, FrameResult], None]


def play(
    scenes: Iterable[Scene],
    detector: FaceDetector,
    classifiers: Sequence[ExpressionClassifier],
    watch: Watcher | None = None,
    sensitivities: Sequence[Sensitivity] = (),
) -> list[list[Track]]:
    """Every model's tracks, in the order of the classifiers. Annotators are off.

    The pipelines run with the window's default settings, except for ``sensitivities``, one for each classifier. Time is
    the scenes' own, so that the same scenes give the same figures on every machine. Closes the classifiers, but not the
    detector.

    Raises:
        ModelError: a network does not give probabilities.
    """
    shared = SharedDetector(detector)
    pipelines = [ExpressionPipeline(shared, classifier, clock=lambda: 0.0) for classifier in classifiers]
    usual = PipelineOptions(mirror=False)
    for pipeline, sensitivity in zip(pipelines, sensitivities or [usual.sensitivity] * len(classifiers), strict=True):
        pipeline.set_options(replace(usual, sensitivity=sensitivity))
    tracks: list[list[Track]] = [[] for _ in pipelines]
    try:
        for scene in scenes:
            for own, of_scene in zip(tracks, _play_one(scene, pipelines, watch), strict=True):
                own += of_scene
    finally:
        for pipeline in pipelines:
            pipeline.close()
    return tracks


def _play_one(scene: Scene, pipelines: Sequence[ExpressionPipeline], watch: Watcher | None) -> list[list[Track]]:
    stage = Stage(scene)
    tracks = [
        [
            Track(scene.number, part.pictures[0].name, part.change_s, part.pictures[1].key if part.pictures[1:] else "")
            for part in scene.parts
        ]
        for _ in pipelines
    ]
    for index in range(scene.frames):
        drawn = stage.frame(index)
        # Each scene counts as another source, so that nobody carries over.
        frame = Frame(drawn.image_bgr, index, drawn.t_s, source_generation=scene.number + 1)
        for own, pipeline in zip(tracks, pipelines, strict=True):
            result = pipeline.process(frame)
            if watch is not None and pipeline is pipelines[0]:
                watch(scene, drawn, result)
            _note(own, drawn, result)
    return tracks


def _note(tracks: list[Track], drawn: Drawn, result: FrameResult) -> None:
    for track, truth, face in zip(tracks, drawn.truths, matched(drawn.xyxy, result.faces.xyxy), strict=True):
        track.t_s.append(drawn.t_s)
        track.truths.append(truth)
        track.shown.append(result.expression_of(face) if face >= 0 else "")
        track.identities.append(int(result.faces.tracker_id[face]) if face >= 0 else -1)


def matched(real: npt.NDArray[np.float32], found: npt.NDArray[np.float32]) -> list[int]:
    """For each true box (n, 4) the row of its detected box (m, 4), matched greedily by overlap; -1 for none."""
    rows = [-1] * len(real)
    if not len(real) or not len(found):
        return rows
    overlap = box_iou(real, found)
    while overlap.max() >= _SAME_FACE_IOU:
        row, column = np.unravel_index(int(overlap.argmax()), overlap.shape)
        rows[int(row)] = int(column)
        overlap[row, :] = overlap[:, column] = -1
    return rows
