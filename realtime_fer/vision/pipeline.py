"""Takes one frame through detector, tracker, classifier and smoother."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from types import MappingProxyType

import cv2
import numpy as np

from realtime_fer.core.enums import Privacy, Sensitivity
from realtime_fer.core.errors import ComparisonModelError, ModelError
from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS, mirrored
from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import (
    STAGES,
    Comparison,
    Frame,
    FrameResult,
    Image,
    LearningState,
    RestingFaceLearning,
)
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.own_expressions.model import OwnModel
from realtime_fer.core.protocols import BlendshapeNetwork, ExpressionClassifier, EyeNetwork, FaceDetector
from realtime_fer.vision.expressions.doubt import DoubtJudge, visible_doubts
from realtime_fer.vision.expressions.face_gaze import FaceGaze
from realtime_fer.vision.expressions.face_movements import FaceMovements
from realtime_fer.vision.expressions.own_expressions import OwnExpressionsReader
from realtime_fer.vision.expressions.reader import ExpressionReader, Rows
from realtime_fer.vision.expressions.resting_faces import RestingFaces
from realtime_fer.vision.faces.finding import FaceFinder
from realtime_fer.vision.faces.hiding import hide_faces, hide_image
from realtime_fer.vision.faces.quality import measure_quality
from realtime_fer.vision.faces.recent_places import RecentPlaces
from realtime_fer.vision.landmarks.regions import regions_from_points

#: More faces than these are read in every second frame, half of them at a time, where frames come faster than this
#: many seconds apart; each is still read 15 times a second at 30 frames.
_READ_ALWAYS, _FAST_S = 2, 0.045


class ExpressionPipeline:
    """Frame in, result out. Called from one thread alone; owns its detector and classifiers, and closes them.

    >>> classifier = TfliteClassifier(ModelRegistry().spec("fer-xs"))
    >>> pipeline = ExpressionPipeline(HaarDetector(), classifier)
    >>> for index in range(2):  # two looks make sure of a new face
    ...     result = pipeline.process(Frame(image_bgr, index, timestamp_s=index / 30))
    >>> [result.expression_of(face) for face in range(len(result.faces))]
    ['happy']
    >>> pipeline.close()

    It works without a detector (no faces) and without a classifier (faces without an expression), so that frames are
    shown while either is still being loaded.

    Args:
        clock: seconds, for ``FrameResult.stage_ms``.
    """

    def __init__(
        self,
        detector: FaceDetector | None = None,
        classifier: ExpressionClassifier | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._finder = FaceFinder(detector)
        self._places = RecentPlaces()
        self._reader = ExpressionReader(classifier)
        self._comparison_reader = ExpressionReader()
        self._clock = clock
        self._resting = RestingFaces()
        self._movements = FaceMovements()
        self._blendshapes: BlendshapeNetwork | None = None
        self._gaze: FaceGaze | None = None
        self._own = OwnExpressionsReader()
        self._judge = DoubtJudge()
        self._options = PipelineOptions(mirror=False, min_confidence=0.0)
        self._degradation_step = 0
        self._scene = (0, 0, "")
        self._seen_index = -1
        self._seen_s = -math.inf
        self._is_fast = False
        self._generation: int | None = None

    def set_options(self, options: PipelineOptions) -> None:
        """From the next frame on. With another ``mirror`` every face is a new one: all have moved.

        With ``options.privacy`` other than ``OFF`` no image leaves the pipeline that shows a face which was found, may
        be one, or was there within the last second. Without a detector the whole image is hidden. A face that no
        detector ever finds stays visible.
        """
        before, self._options = self._options, options
        if options.mirror != before.mirror:
            self._forget_everybody()
            self._places.mirror()
        if options.min_confidence != before.min_confidence:
            # The change shows at once, in a pause too.
            self._judge.reset()
        for reader in (self._reader, self._comparison_reader):
            reader.set_options(options)
        self._own.smoothing_s = options.smoothing_s
        # Resting faces are compared with probabilities that are adjusted alike.
        self._resting.set_adjustment(self._reader.adjusted)

    def adopt_detector(self, detector: FaceDetector) -> None:
        """From the next frame on; closes the old one. Identities go on, since the faces are the same."""
        self._finder.adopt(detector)

    def adopt_classifier(self, classifier: ExpressionClassifier | None) -> None:
        """From the next frame on; closes the old one. Smoothing and resting faces start anew: classes may differ."""
        self._reader.adopt(classifier)
        self._resting.reset()
        self._resting.set_adjustment(self._reader.adjusted)
        self._judge.reset()

    def adopt_comparison(self, classifier: ExpressionClassifier | None) -> None:
        """Reads with a second model too, from the next frame on, and closes the old one. None ends the comparison."""
        self._comparison_reader.adopt(classifier)

    def adopt_blendshapes(self, network: BlendshapeNetwork | None) -> None:
        """Finds the blendshapes of followed faces too, from the next frame on, and closes the old network."""
        old, self._blendshapes = self._blendshapes, network
        if old is not None:
            old.close()

    def adopt_gaze(self, network: EyeNetwork | None) -> None:
        """Finds where followed faces look too, from the next frame on, and closes the old network."""
        old, self._gaze = self._gaze, None if network is None else FaceGaze(network)
        if old is not None:
            old.close()

    def adopt_own_expressions(self, model: OwnModel | None) -> None:
        """Judges faces by a person's own expressions too, from the next frame on; None ends that."""
        self._own.adopt(model)

    def learn_resting_faces(self, identities: Collection[int] | None = None) -> None:
        """Learns the resting faces of these identities, or of all in view, in the next frames."""
        self._resting.learn(identities)

    def use_resting_face(self, face: RestingFace) -> None:
        """Takes one from a file, for whoever is alone in view, until it is forgotten or another source is shown."""
        self._resting.use(face)

    def forget_resting_faces(self, identities: Collection[int] | None = None) -> None:
        self._resting.forget(identities)
        self._movements.forget_rest(identities)

    def forget_people(self, identities: Collection[int]) -> None:
        """Forgets these identities and their resting faces; faces in view get new numbers with the next frame."""
        self._resting.forget(identities)
        self._movements.forget_rest(identities)
        self._finder.renumber(identities)

    def set_degradation(self, step: int) -> None:
        """A position in ``core.degradation.DEGRADATION_STEPS``.

        While faces are hidden, every frame is searched all the same: a face that came into view between two searches
        would be seen.
        """
        self._degradation_step = step
        self._finder.set_degradation(step)

    def _forget_everybody(self) -> None:
        self._finder.reset()
        for reader in (self._reader, self._comparison_reader):
            reader.reset()
        self._resting.reset()
        self._movements.reset()
        if self._gaze is not None:
            self._gaze.reset()
        self._own.reset()
        self._judge.reset()

    def process(self, frame: Frame) -> FrameResult:
        """The finished result of one frame. Tracking and smoothing go by ``frame.running_s``.

        Each source is a scene of its own, and so is each image of a folder, and what follows a jump in a video:
        everybody in it is new. A still frame shows its faces at the first look; where it comes again, all of it is
        searched for small ones.

        Raises:
            ModelError: the model gave no probabilities for these faces.
            ComparisonModelError: the comparison model gave none.
        """
        scene = (frame.source_generation, frame.jumps, frame.name)
        if scene != self._scene:
            self._scene = scene
            self._forget_everybody()
            self._places.reset()
            self._seen_index = -1
            if self._generation not in (None, frame.source_generation):
                self._resting.drop_kept()
            self._generation = frame.source_generation
        if self._options.mirror:
            frame = replace(frame, image_bgr=cv2.flip(frame.image_bgr, 1))
        now_s, detector = frame.running_s, self._finder.detector
        self._is_fast, self._seen_s = 0 < now_s - self._seen_s < _FAST_S, now_s
        marks = [self._clock()]
        # The faces of an image in a folder are not those of the one before it, and after a still frame none may follow.
        single = bool(frame.name) or frame.is_still
        again, self._seen_index = frame.index == self._seen_index, frame.index
        found = self._finder.detect(
            frame.image_bgr,
            now_s,
            always=self._options.privacy is not Privacy.OFF or single,
            everywhere=bool(frame.name) or (frame.is_still and again),
        )
        if found is not None:
            # Also while nothing is hidden: that may be wished for in a pause, and with a detector that finds less.
            self._places.remember(found.xyxy, frame.image_bgr.shape[1], frame.image_bgr.shape[0], now_s)
        marks.append(self._clock())
        enough = None
        if frame.is_still and not frame.name and found is not None:
            enough = self._finder.seen_well_enough(frame.image_bgr, found, now_s, again=again)
        faces = self._finder.follow(found, now_s, frame.image_bgr, single=single, enough=enough)
        faces = self._movements.read(faces, now_s)
        if self._blendshapes is not None:
            faces = self._with_blendshapes(self._blendshapes, faces, frame.image_bgr)
        if self._gaze is not None:
            faces = self._gaze.read(faces, frame.image_bgr, now_s, all_now=single)
        marks.append(self._clock())
        class_names = self._reader.class_names if detector is not None else ()
        crops, rows = None, self._rows_to_read(self._reader, faces, frame)
        if class_names and detector is not None:
            crops = self._reader.crops(frame.image_bgr, faces.select(rows), detector.family, self._finder.parts)
        marks.append(self._clock())
        quality = measure_quality(frame.image_bgr, faces, self._finder.parts)
        if crops is not None:
            faces = self._reader.predict(faces, rows, crops)
        doubts = visible_doubts(quality) if self._resting.is_learning else np.zeros(len(faces), np.uint8)
        learning = self._resting.watch(faces, doubts, class_names, now_s)
        if learning is None:
            learning = self._use_kept(faces, class_names)
        if crops is not None:
            faces = self._reader.smooth(faces, now_s, self._resting.corrected)
            faces = self._judge.judge(faces, quality, self._options.min_confidence, now_s)
        self._movements.learn(faces, class_names, learning, now_s)
        if learning is not None and learning.state is LearningState.DONE:
            learning = replace(learning, faces=tuple(map(self._resting_face, learning.identities)))
        comparison = self._compared(frame, faces, detector, now_s)
        read_by = self._reader.model_sha256 if crops is not None else ""
        own = self._own.read(faces, read_by, now_s, mirrored=self._options.mirror)
        marks.append(self._clock())
        if self._options.privacy is not Privacy.OFF:
            frame = replace(frame, image_bgr=self._hidden(frame, found, now_s))
        marks.append(self._clock())
        stage_ms = {name: (end - start) * 1000 for name, start, end in zip(STAGES, marks[:-1], marks[1:], strict=True)}
        return FrameResult(
            frame=frame,
            faces=faces,
            class_names=class_names,
            stage_ms=MappingProxyType(stage_ms),
            model_id=self._reader.model_id if class_names else "",
            model_sha256=self._reader.model_sha256 if class_names else "",
            detector_name=detector.name if detector is not None else "",
            min_confidence=self._options.min_confidence,
            sensitivity=self._reader.sensitivity if class_names else Sensitivity.OFF,
            comparison=comparison,
            resting_faces=learning,
            privacy=self._options.privacy,
            mirrored=self._options.mirror,
            degradation_step=self._degradation_step,
            searched=detector is not None and found is not None,
            own=own,
        )

    def _use_kept(self, faces: Faces, class_names: tuple[str, ...]) -> RestingFaceLearning | None:
        kept, before = self._resting.kept, self._resting.kept_by
        told = self._resting.use_kept(faces, class_names, self._reader.model_id, self._reader.model_sha256)
        for identity in self._resting.kept_by - before:
            self._movements.use_rest(identity, kept.measures if kept is not None else ())
        return told

    def _resting_face(self, identity: int) -> RestingFace:
        logs, class_names = self._resting.rest_of(identity) or ((), ())
        measures = self._movements.rest_of(identity)
        return RestingFace("", self._reader.model_id, self._reader.model_sha256, class_names, logs, measures)

    def _with_blendshapes(self, network: BlendshapeNetwork, faces: Faces, image_bgr: Image) -> Faces:
        """The faces with blendshapes, NaN where their points are not known."""
        blendshapes = np.full((len(faces), len(BLENDSHAPE_KEYS)), np.nan, np.float32)
        if faces.landmarks.shape[1]:
            known = np.flatnonzero(np.isfinite(faces.landmarks[:, 0, 0]))
            blendshapes[known] = network.predict(image_bgr, regions_from_points(faces.landmarks[known]))
        # A mirror shows the person's left eye as that of somebody's right.
        return faces.with_blendshapes(mirrored(blendshapes) if self._options.mirror else blendshapes)

    def _rows_to_read(self, reader: ExpressionReader, faces: Faces, frame: Frame) -> Rows:
        """Each has its turn, and in a still frame all have."""
        if frame.is_still:
            return np.arange(len(faces))
        every = self._finder.degradation.read_every
        return reader.faces_to_read(faces, max(every, 2) if self._is_fast and len(faces) > _READ_ALWAYS else every)

    def _compared(self, frame: Frame, faces: Faces, detector: FaceDetector | None, now_s: float) -> Comparison | None:
        """What the comparison model makes of the same faces; resting faces are learnt for the first model alone."""
        if self._comparison_reader.classifier is None or detector is None:
            return None
        rows = self._rows_to_read(self._comparison_reader, faces, frame)
        crops = self._comparison_reader.crops(frame.image_bgr, faces.select(rows), detector.family, self._finder.parts)
        try:
            read = self._comparison_reader.predict(faces, rows, crops)
        except ModelError as error:
            raise ComparisonModelError(error.wording, error.hint) from error
        read = self._comparison_reader.smooth(read, now_s)
        return Comparison(
            self._comparison_reader.model_id,
            self._comparison_reader.class_names,
            read.probabilities,
            read.smoothed,
            read.label,
            self._comparison_reader.model_sha256,
        )

    def _hidden(self, frame: Frame, found: Faces | None, now_s: float) -> Image:
        """The image with its faces hidden: those of any confidence, and those that were missed this time, where they
        were and where they may have gone."""
        if self._finder.detector is None or found is None:
            return hide_image(frame.image_bgr, self._options.privacy)
        height, width = frame.image_bgr.shape[:2]
        places = self._places.boxes(width, height, now_s)
        boxes = np.concatenate([places, self._finder.missing(now_s)])
        return hide_faces(frame.image_bgr, boxes, self._options.privacy)

    def close(self) -> None:
        self._finder.close()
        self._reader.close()
        self._comparison_reader.close()
        self.adopt_blendshapes(None)
        self.adopt_gaze(None)
