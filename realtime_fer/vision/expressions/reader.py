"""What one model says of the faces, over time: crops, probabilities, its prior, smoothing and the held label."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.vision.expressions.held_label import LabelHolder
from realtime_fer.vision.expressions.smoothing import ProbabilitySmoother
from realtime_fer.vision.preprocessing import crop_faces

Float32 = npt.NDArray[np.float32]

Rows = npt.NDArray[np.intp]

#: Faces that a model reads in one frame. Of more, each has its turn in every second or third frame: forty faces would
#: take a small network 50 ms and more of each frame, and expressions last longer than three frames.
MOST_A_FRAME = 16

#: From faces with raw probabilities to corrected ones, and whose were corrected.
Correction = Callable[[Faces], tuple[Float32, npt.NDArray[np.bool_]]]


class Opinion:
    """Of one classifier, which it owns and closes. Called only from the thread that runs the pipeline."""

    def __init__(self, classifier: ExpressionClassifier | None = None) -> None:
        self._classifier = classifier
        self._smoother = ProbabilitySmoother()
        self._sensitivity = "standard"
        self._holder = LabelHolder()
        self._turn = 0
        self._read: dict[int, tuple[int, Float32]] = {}

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
        """The old one is closed, and everybody is new, since classes may differ."""
        old, self._classifier = self._classifier, classifier
        self.reset()
        if old is not None:
            old.close()

    @property
    def sensitivity(self) -> str:
        """How much of the model's prior is taken back; 'off' where its card says nothing of it."""
        has_prior = self._classifier is not None and self._classifier.spec.prior is not None
        return self._sensitivity if has_prior else "off"

    def set_options(self, options: PipelineOptions) -> None:
        """With another sensitivity smoothing starts anew, so that it is seen at once, in a pause too."""
        self._smoother.time_constant_s = options.smoothing_s
        if options.sensitivity != self._sensitivity:
            self._sensitivity = options.sensitivity
            self._smoother.reset()
            self._holder.reset()

    def reset(self) -> None:
        """Other people."""
        self._smoother.reset()
        self._holder.reset()
        self._read.clear()

    def due(self, faces: Faces, read_every: int = 1) -> Rows:
        """The faces that are read in this frame: all, or of a crowd the new ones and those whose turn it is.

        Args:
            read_every: a face has its turn in every so manieth frame at most.
        """
        turns_now = min(MOST_A_FRAME, math.ceil(len(faces) / read_every))
        if read_every > 1 and len(faces) < read_every and self._turn % read_every:
            turns_now = 0
        if len(faces) <= turns_now:
            return np.arange(len(faces))
        turns = [self._read[identity][0] if identity in self._read else -1 for identity in faces.tracker_id.tolist()]
        order = np.argsort(turns, kind="stable")
        return np.sort(order[: max(turns_now, turns.count(-1))])

    def crops(self, image_bgr: Image, faces: Faces, family: str) -> Float32:
        """The network's input for the faces; needs a classifier."""
        assert self._classifier is not None
        spec = self._classifier.spec
        return crop_faces(image_bgr, faces, spec.crop_for(family), spec.input)

    def raw(self, faces: Faces, rows: Rows, crops: Float32) -> Faces:
        """The faces with ``probabilities``: of ``rows`` by their ``crops``, of others as when they were read last.

        Needs a classifier.
        """
        assert self._classifier is not None
        values = np.zeros((len(faces), len(self.class_names)), np.float32)
        values[rows] = self._classifier.predict(crops)
        self._turn += 1
        read: dict[int, tuple[int, Float32]] = {}
        fresh = set(rows.tolist())
        for row, identity in enumerate(faces.tracker_id.tolist()):
            if row not in fresh:
                values[row] = self._read[identity][1]
                read[identity] = self._read[identity]
            elif identity >= 0:
                read[identity] = (self._turn, values[row].copy())
        self._read = read
        return faces.with_probabilities(values)

    def adjusted(self, probabilities: Float32) -> Float32:
        """(n, C) raw probabilities with as much of the model's prior taken back as is wished."""
        prior = self._classifier.spec.prior if self._classifier is not None else None
        return prior.adjusted(probabilities, self._sensitivity) if prior is not None else probabilities

    def settled(self, faces: Faces, now_s: float, correction: Correction | None = None) -> Faces:
        """The faces with ``smoothed`` and ``label``; ``probabilities`` stay raw."""
        adjusted = faces.with_probabilities(self.adjusted(faces.probabilities))
        values, corrected = (adjusted.probabilities, faces.corrected) if correction is None else correction(adjusted)
        smoothed = self._smoother.update(faces.with_probabilities(values), now_s).smoothed
        return self._holder.update(replace(faces, smoothed=smoothed, corrected=corrected), now_s)

    def close(self) -> None:
        if self._classifier is not None:
            self._classifier.close()
            self._classifier = None
