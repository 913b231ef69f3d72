"""What the program makes of the whole show, with its own detectors and network: nothing of it is known before."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import Frame
from realtime_fer.core.options import PipelineOptions
from realtime_fer.sources import DemoSource
from realtime_fer.sources.demo.drawings import notice
from realtime_fer.sources.demo.motion import SHOW_S, show_expression
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import ModelRegistry, make_detector

FPS = 5

#: The one face's scenes: when each begins, and how it is to be called. The last is too dark.
SCENES = (
    (0.0, "neutral"),
    (2.5, "happy"),
    (5.0, "surprise"),
    (7.5, "sad"),
    (10.0, "angry"),
    (12.5, "disgust"),
    (15.0, "fear"),
    (17.5, "uncertain"),
)
SCENE_S = 2.5


def calls_of_the_show(detector_name: str, model_id: str) -> list[list[str]]:
    """Of each frame of the one face's scenes, how each face that the program finds is called."""
    try:
        detector = make_detector(detector_name)
    except DetectorError as error:
        pytest.skip(error.sentence())
    pipeline = ExpressionPipeline(detector, TfliteClassifier(ModelRegistry().spec(model_id), threads=1))
    pipeline.set_options(PipelineOptions(mirror=False))
    source = DemoSource(fps=FPS, seconds=SCENES[-1][0] + SCENE_S)
    source.open()
    calls = []
    while (read := source.read()) is not None:
        assert read.media_time_s is not None
        result = pipeline.process(Frame(read.image_bgr, len(calls), read.media_time_s, media_time_s=read.media_time_s))
        calls.append(
            [
                "uncertain" if doubt else result.class_names[label]
                for doubt, label in zip(result.faces.doubt, result.faces.label, strict=True)
            ]
        )
    source.close()
    pipeline.close()
    return calls


@pytest.mark.parametrize("detector_name", ["mediapipe", "haar"])
def test_each_scene_of_the_one_face_is_called_what_it_shows_for_at_least_half_of_its_time(detector_name: str) -> None:
    calls = calls_of_the_show(detector_name, "fer-s")
    for start_s, expected in SCENES:
        scene = calls[round(start_s * FPS) : round((start_s + SCENE_S) * FPS)]
        right = sum(expected in frame for frame in scene)
        assert right >= len(scene) / 2, (expected, Counter(call for frame in scene for call in frame))


def test_scenes_of_the_test_are_those_of_the_show() -> None:
    for start_s, expected in SCENES:
        if expected != "uncertain":
            assert show_expression(start_s + SCENE_S / 2, 0) == (show_expression(start_s, 0)[0], expected, 1.0)


def test_a_face_changes_softly_and_every_face_of_the_show_is_drawn() -> None:
    before, now, share = show_expression(2.5 + 0.25, 0)
    assert (before, now) == ("neutral", "happy")
    assert share == pytest.approx(0.5)
    source = DemoSource(320, 180, 2, seconds=SHOW_S)
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame.image_bgr)
    assert len(frames) == 60


def test_a_drawn_mouth_is_dark_where_it_is_open() -> None:
    """The surprised mouth against the closed one, both in the same place of the portrait."""
    source = DemoSource(640, 360, 10)
    source.open()
    middles = {}
    for index in range(70):
        frame = source.read()
        assert frame is not None
        if index in (15, 65):
            left, top, right, bottom = source.face_boxes(index)[0]
            rows = slice(int(top + 0.66 * (bottom - top)), int(top + 0.86 * (bottom - top)))
            columns = slice(int(left + 0.45 * (right - left)), int(left + 0.55 * (right - left)))
            middles[index] = np.percentile(frame.image_bgr[rows, columns], 10)
    assert middles[65] < 0.7 * middles[15]


def places_of_the_notice(**options: int) -> int:
    """How often the notice is in the first frame of 1280x720."""
    words = notice(1280, 720)
    assert words is not None
    height, width = words.shape[:2]
    source = DemoSource(1280, 720, 10, **options)
    source.open()
    frame = source.read()
    assert frame is not None
    middle = frame.image_bgr[:, (1280 - width) // 2 :][:, :width]
    return sum(bool((middle[row : row + height] == words).all()) for row in range(720 - height))


def test_the_show_says_that_it_is_drawn_and_the_portrait_as_it_is_needs_no_such_words() -> None:
    assert places_of_the_notice() == 1
    assert places_of_the_notice(faces=1) == 0
    assert notice(200, 150) is None, "too small to read"
