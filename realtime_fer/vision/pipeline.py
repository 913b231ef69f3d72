"""One frame's way through detector, tracker, classifier, smoother and annotators."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

import cv2
import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, Image
from realtime_fer.core.protocols import Annotator, ExpressionClassifier, FaceDetector
from realtime_fer.vision.doubting import DoubtJudge
from realtime_fer.vision.hiding import hide_faces, hide_picture
from realtime_fer.vision.label_holding import LabelHolder
from realtime_fer.vision.preprocessing import crop_faces
from realtime_fer.vision.quality import measure_quality
from realtime_fer.vision.smoothing import ProbabilitySmoother
from realtime_fer.vision.tracking import FaceTracker


class ExpressionPipeline:
    """Frame in, result out. All methods are called from one thread alone; it owns detector and classifier.

    Works without a detector (no faces) and without a classifier (faces without an expression): pictures are
    shown while either is still being loaded.
    """

    def __init__(
        self,
        annotators: Sequence[Annotator],
        detector: FaceDetector | None = None,
        classifier: ExpressionClassifier | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._annotators = list(annotators)
        self._detector = detector
        self._classifier = classifier
        self._clock = clock
        self._tracker = FaceTracker()
        self._smoother = ProbabilitySmoother()
        self._holder = LabelHolder()
        self._judge = DoubtJudge()
        self._mirror = False
        self._min_confidence = 0.0
        self._privacy = "off"
        self._generation = 0

    def set_options(self, *, mirror: bool, min_confidence: float, smoothing_s: float, privacy: str = "off") -> None:
        """From the next frame on. A changed mirror makes every face a new one: all are somewhere else.

        With ``privacy`` other than 'off' (see ``core.settings.PRIVACY``) no picture leaves the pipeline in which a
        face is to be seen that was found, may be one, or was there within the last second. While there is no
        detector the whole picture is hidden. A face that no detector ever finds stays visible.
        """
        if mirror != self._mirror:
            self._forget_everybody()
        if min_confidence != self._min_confidence:
            # Seen at once, in a pause too.
            self._judge.reset()
        self._mirror = mirror
        self._min_confidence = min_confidence
        self._privacy = privacy
        self._smoother.time_constant_s = smoothing_s

    def adopt_detector(self, detector: FaceDetector) -> None:
        """From the next frame on; the old one is closed. Identities go on: the faces are the same."""
        old, self._detector = self._detector, detector
        if old is not None:
            old.close()

    def adopt_classifier(self, classifier: ExpressionClassifier | None) -> None:
        """From the next frame on; the old one is closed, and smoothing starts anew, since classes may differ."""
        old, self._classifier = self._classifier, classifier
        self._forget_opinions()
        if old is not None:
            old.close()

    def _forget_opinions(self) -> None:
        self._smoother.reset()
        self._holder.reset()
        self._judge.reset()

    def _forget_everybody(self) -> None:
        self._tracker.reset()
        self._forget_opinions()

    def process(self, frame: Frame) -> FrameResult:
        """The finished result of one frame. ``frame.timestamp_s`` is the time that tracking and smoothing go by."""
        if frame.source_generation != self._generation:
            self._generation = frame.source_generation
            self._forget_everybody()
        if self._mirror:
            frame = replace(frame, image_bgr=cv2.flip(frame.image_bgr, 1))
        marks = [self._clock()]
        found = self._detector.detect(frame.image_bgr) if self._detector is not None else Faces.empty()
        marks.append(self._clock())
        faces = self._tracker.update(found, frame.timestamp_s)
        marks.append(self._clock())
        class_names: tuple[str, ...] = ()
        model_id = ""
        if self._classifier is not None and self._detector is not None:
            spec = self._classifier.spec
            class_names, model_id = spec.class_names, spec.model_id
            crops = crop_faces(frame.image_bgr, faces, spec.crop_for(self._detector.family), spec.input)
            marks.append(self._clock())
            faces = faces.with_probabilities(self._classifier.predict(crops))
            faces = self._holder.update(self._smoother.update(faces, frame.timestamp_s), frame.timestamp_s)
            quality = measure_quality(frame.image_bgr, faces)
            faces = self._judge.update(faces, quality, self._min_confidence, frame.timestamp_s)
        else:
            marks.append(self._clock())
        marks.append(self._clock())
        if self._privacy != "off":
            frame = replace(frame, image_bgr=self._hidden(frame, found))
        image = np.array(frame.image_bgr)
        result = FrameResult(
            frame=frame,
            faces=faces,
            class_names=class_names,
            annotated_bgr=image,
            model_id=model_id,
            detector_name=self._detector.name if self._detector is not None else "",
            min_confidence=self._min_confidence,
        )
        image.flags.writeable = True
        for annotator in self._annotators:
            annotator.annotate(image, result)
        image.flags.writeable = False
        marks.append(self._clock())
        names = ("detect", "track", "preprocess", "classify", "draw")
        stage_ms = {name: (end - start) * 1000 for name, start, end in zip(names, marks, marks[1:], strict=False)}
        return replace(result, stage_ms=MappingProxyType(stage_ms), privacy=self._privacy)

    def _hidden(self, frame: Frame, found: Faces) -> Image:
        """The picture without its faces: those of any confidence, and those that were missed this time."""
        if self._detector is None:
            return hide_picture(frame.image_bgr, self._privacy)
        boxes = np.concatenate([found.xyxy, self._tracker.missing(frame.timestamp_s)])
        return hide_faces(frame.image_bgr, boxes, self._privacy)

    def close(self) -> None:
        if self._detector is not None:
            self._detector.close()
            self._detector = None
        if self._classifier is not None:
            self._classifier.close()
            self._classifier = None
