"""What one model says of the faces, over time: crops, probabilities, smoothing and the held label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.vision.label_holding import LabelHolder
from realtime_fer.vision.preprocessing import crop_faces
from realtime_fer.vision.smoothing import ProbabilitySmoother

Float32 = npt.NDArray[np.float32]

#: From faces with raw probabilities to corrected ones, and whose were corrected.
Correction = Callable[[Faces], tuple[Float32, npt.NDArray[np.bool_]]]


class Opinion:
    """Of one classifier, which it owns and closes. Called only from the thread that runs the pipeline."""

    def __init__(self, classifier: ExpressionClassifier | None = None) -> None:
        self._classifier = classifier
        self._smoother = ProbabilitySmoother()
        self._holder = LabelHolder()

    @property
    def classifier(self) -> ExpressionClassifier | None:
        return self._classifier

    @property
    def class_names(self) -> tuple[str, ...]:
        return self._classifier.spec.class_names if self._classifier is not None else ()

    @property
    def model_id(self) -> str:
        return self._classifier.spec.model_id if self._classifier is not None else ""

    def adopt(self, classifier: ExpressionClassifier | None) -> None:
        """The old one is closed, and everybody is new, since classes may differ."""
        old, self._classifier = self._classifier, classifier
        self.reset()
        if old is not None:
            old.close()

    def set_smoothing(self, time_constant_s: float) -> None:
        self._smoother.time_constant_s = time_constant_s

    def reset(self) -> None:
        """Other people."""
        self._smoother.reset()
        self._holder.reset()

    def crops(self, image_bgr: Image, faces: Faces, family: str) -> Float32:
        """The network's input for all faces; needs a classifier."""
        assert self._classifier is not None
        spec = self._classifier.spec
        return crop_faces(image_bgr, faces, spec.crop_for(family), spec.input)

    def raw(self, faces: Faces, crops: Float32) -> Faces:
        """The faces with ``probabilities``; needs a classifier."""
        assert self._classifier is not None
        return faces.with_probabilities(self._classifier.predict(crops))

    def settled(self, faces: Faces, now_s: float, correction: Correction | None = None) -> Faces:
        """The faces with ``smoothed`` and ``label``; ``probabilities`` stay raw."""
        values, corrected = (faces.probabilities, faces.corrected) if correction is None else correction(faces)
        smoothed = self._smoother.update(faces.with_probabilities(values), now_s).smoothed
        return self._holder.update(replace(faces, smoothed=smoothed, corrected=corrected), now_s)

    def close(self) -> None:
        if self._classifier is not None:
            self._classifier.close()
            self._classifier = None
