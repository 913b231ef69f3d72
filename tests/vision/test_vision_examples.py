"""The examples in the docstrings of pipeline, registry, classifier and detectors run, and print what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import Frame, Image
from realtime_fer.sources.demo.source import DemoSource
from realtime_fer.vision import network_files
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.detectors.blazeface import FULL_RANGE, SHORT_RANGE, BlazeFace
from realtime_fer.vision.detectors.haar import HaarDetector
from realtime_fer.vision.detectors.near_and_far import MIN_CONFIDENCE, NearAndFarDetector
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.preprocessing import crop_faces
from realtime_fer.vision.registry import ModelRegistry
from tests.examples import run_example

DOCUMENTED = (ExpressionPipeline, ModelRegistry, TfliteClassifier, HaarDetector, BlazeFace, NearAndFarDetector)

#: By then the demo's face smiles.
SMILING_FRAME = 100


@pytest.fixture(scope="module")
def smile_bgr() -> Iterator[Image]:
    """A picture with one happy face."""
    source = DemoSource(640, 360, faces=1)
    source.open()
    for _ in range(SMILING_FRAME):
        source.read()
    frame = source.read()
    assert frame is not None
    yield frame.image_bgr
    source.close()


@pytest.mark.parametrize("documented", DOCUMENTED, ids=lambda documented: documented.__name__)
def test_the_example_prints_what_it_says(documented: type, smile_bgr: Image) -> None:
    if documented in (BlazeFace, NearAndFarDetector):
        try:
            network_files.find(SHORT_RANGE.file_name)
        except DetectorError as error:
            pytest.skip(error.sentence())
    names: dict[str, Any] = {documented.__name__: documented for documented in DOCUMENTED}
    names |= {"image_bgr": smile_bgr, "Frame": Frame, "crop_faces": crop_faces}
    names |= {"SHORT_RANGE": SHORT_RANGE, "FULL_RANGE": FULL_RANGE, "MIN_CONFIDENCE": MIN_CONFIDENCE}
    run_example(documented, names | {"detector": HaarDetector()})
