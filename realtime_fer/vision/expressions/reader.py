"""Reads expressions with one model: crops, probabilities, its prior, smoothing over time and the held label."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.vision.expressions.held_label import LabelHolder
from realtime_fer.vision.expressions.smoothing import ProbabilitySmoother
from realtime_fer.vision.preprocessing import crop_faces

Float32 = npt.NDArray[np.float32]

Rows = npt.NDArray[np.intp]

#: Faces that a model reads in one frame. In a larger crowd each face has its turn every second or third frame: forty
#: faces would cost a small network 50 ms and more of each frame, and an expression lasts longer than three frames.
MOST_A_FRAME = 16

#: Faces with the model's probabilities -> (n, C) corrected ones, and bool (n,) which rows were corrected.
Correction = Callable[[Faces], tuple[Float32, npt.NDArray[np.bool_]]]


class ExpressionReader:
    """Reads each face with one classifier, which it owns and closes. Called only from the pipeline's thread.

    For each frame: ``faces_to_read``, ``crops``, ``predict``, ``smooth``.
    """

    def __init__(self, classifier: ExpressionClassifier | None = None) -> None:
        self._classifier = classifier
        self._smoother = ProbabilitySmoother()
        self._sensitivity = Sensitivity.STANDARD
        self._holder = LabelHolder()
        self._turn = 0
        # Of each identity: the turn in which it was read last, and what was read then.
        self._last_read: dict[int, tuple[int, Float32]] = {}

    @property
    def classifier(self) -> ExpressionClassifier | None:
        return self._classifier

    @property
    def class_names(self) -> tuple[str, ...]:
        return self._classifier.spec.class_names if self._classifier is not None else ()

    @property
    def model_id(self) -> str:
        return self._classifier.spec.model_id if self._classifier is not None else ""

    @property
    def model_sha256(self) -> str:
        """Of the network."""
        return self._classifier.spec.sha256 if self._classifier is not None else ""

    def adopt(self, classifier: ExpressionClassifier | None) -> None:
        """Takes over the classifier and closes the old one. Everybody is new, since the classes may differ."""
        old, self._classifier = self._classifier, classifier
        self.reset()
        if old is not None:
            old.close()

    @property
    def sensitivity(self) -> Sensitivity:
        """How much of the model's prior is taken back; ``OFF`` where its card gives no prior."""
        has_prior = self._classifier is not None and self._classifier.spec.prior is not None
        return self._sensitivity if has_prior else Sensitivity.OFF

    def set_options(self, options: PipelineOptions) -> None:
        """A changed sensitivity restarts smoothing, so that the change shows at once, in a pause too."""
        self._smoother.time_constant_s = options.smoothing_s
        if options.sensitivity != self._sensitivity:
            self._sensitivity = options.sensitivity
            self._smoother.reset()
            self._holder.reset()

    def reset(self) -> None:
        """Forgets everybody: other people are in view."""
        self._smoother.reset()
        self._holder.reset()
        self._last_read.clear()

    def faces_to_read(self, faces: Faces, read_every: int = 1) -> Rows:
        """Rows of the faces to read in this frame: all, or of a crowd the new ones and those whose turn it is.

        Args:
            read_every: each face is read in every n-th frame at most.
        """
        turns_now = min(MOST_A_FRAME, math.ceil(len(faces) / read_every))
        if read_every > 1 and len(faces) < read_every and self._turn % read_every:
            turns_now = 0
        if len(faces) <= turns_now:
            return np.arange(len(faces))
        turns = [self._last_read[key][0] if key in self._last_read else -1 for key in faces.tracker_id.tolist()]
        order = np.argsort(turns, kind="stable")
        return np.sort(order[: max(turns_now, turns.count(-1))])

    def crops(
        self, image_bgr: Image, faces: Faces, family: str, parts: Mapping[int, ImagePart | None] | None = None
    ) -> Float32:
        """The network's input for the faces, (n, H, W, C), 0 to 255; needs a classifier.

        Args:
            parts: of the image, by the faces' identities, where they were copied.
        """
        assert self._classifier is not None
        spec = self._classifier.spec
        return crop_faces(image_bgr, faces, spec.crop_for(family), spec.input, parts)

    def predict(self, faces: Faces, rows: Rows, crops: Float32) -> Faces:
        """The faces with ``probabilities``: those of ``rows`` from their ``crops``, the others as they were read last.

        Needs a classifier.

        Raises:
            ModelError: the network gave no probabilities.
        """
        assert self._classifier is not None
        values = np.zeros((len(faces), len(self.class_names)), np.float32)
        values[rows] = self._classifier.predict(crops)
        self._turn += 1
        last_read: dict[int, tuple[int, Float32]] = {}
        fresh = set(rows.tolist())
        for row, identity in enumerate(faces.tracker_id.tolist()):
            if row not in fresh:
                values[row] = self._last_read[identity][1]
                last_read[identity] = self._last_read[identity]
            elif identity >= 0:
                last_read[identity] = (self._turn, values[row].copy())
        self._last_read = last_read
        return faces.with_probabilities(values)

    def adjusted(self, probabilities: Float32) -> Float32:
        """(n, C) probabilities with as much of the model's prior taken back as the sensitivity says."""
        prior = self._classifier.spec.prior if self._classifier is not None else None
        return prior.adjusted(probabilities, self._sensitivity) if prior is not None else probabilities

    def smooth(self, faces: Faces, now_s: float, correction: Correction | None = None) -> Faces:
        """The faces with ``smoothed`` and ``label``; ``probabilities`` stay as the model gave them."""
        adjusted = faces.with_probabilities(self.adjusted(faces.probabilities))
        values, corrected = (adjusted.probabilities, faces.corrected) if correction is None else correction(adjusted)
        smoothed = self._smoother.smooth(faces.with_probabilities(values), now_s).smoothed
        return self._holder.hold(faces.with_smoothed(smoothed, corrected), now_s, self.class_names)

    def close(self) -> None:
        if self._classifier is not None:
            self._classifier.close()
            self._classifier = None
