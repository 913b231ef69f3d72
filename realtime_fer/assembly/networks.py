"""Builds detectors and classifiers, and the networks that are loaded on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realtime_fer.core.enums import CONTACTS_GOOGLE, DetectorName
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.settings import Settings

if TYPE_CHECKING:
    from realtime_fer.core.protocols import BlendshapeNetwork, ExpressionClassifier, EyeNetwork, FaceDetector
    from realtime_fer.vision.registry import ModelRegistry

#: Finds the faces where BlazeFace's files are missing; it needs none.
FALLBACK_DETECTOR = DetectorName.HAAR


def build_classifier(model: str, threads: int, registry: ModelRegistry | None = None) -> ExpressionClassifier:
    """Loads a model.

    Args:
        registry: the models there are, of which only this one's card is read again; None reads all cards.

    Raises:
        ModelError: there is no such model, or it cannot be used.
    """
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier
    from realtime_fer.vision.registry import ModelRegistry

    spec = ModelRegistry().spec(model) if registry is None else registry.reread(model)
    return TfliteClassifier(spec, threads)


def build_detector(name: str) -> FaceDetector:
    """Makes a detector.

    Raises:
        DetectorError: there is no such detector, or its files are missing.
    """
    from realtime_fer.vision.registry import make_detector

    return make_detector(name)


def build_blendshapes() -> BlendshapeNetwork:
    """Loads the networks for blendshapes.

    Raises:
        DetectorError: their file is missing or cannot be used.
    """
    from realtime_fer.vision.landmarks.blendshapes import FaceBlendshapes

    return FaceBlendshapes()


def build_gaze() -> EyeNetwork:
    """Loads the network that finds irises and lids.

    Raises:
        DetectorError: its file is missing or cannot be used.
    """
    from realtime_fer.vision.landmarks.iris import IrisNetwork

    return IrisNetwork()


def build_detector_or_fallback(name: str | None) -> tuple[FaceDetector, str]:
    """Makes the detector ``name``, or without a name the default one, or the fallback where its files are missing.

    Returns:
        The detector, and a sentence for the person: why it is the fallback, or that it contacts Google; else ''.

    Raises:
        DetectorError: the detector ``name`` cannot be made.
    """
    if name is not None:
        warning = "MediaPipe's own runtime contacts Google; all other detectors contact nobody."
        return build_detector(name), warning if name == CONTACTS_GOOGLE else ""
    try:
        return build_detector(Settings.detector), ""
    except DetectorError as error:
        return build_detector(FALLBACK_DETECTOR), f"The Haar cascade finds the faces: {error.sentence()}"
