"""What the program makes of the whole show, with its own detectors and network: nothing of it is known before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.sources import DemoSource
from realtime_fer.sources.demo.drawings import notice
from realtime_fer.sources.demo.motion import SHOW_S, show_expression
from realtime_fer.vision.classifiers.tflite import TfliteClassifier
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import ModelRegistry, make_detector

FPS = 5

#: What each face is to be called, and from when to when. The one face's last scene is too dark.
SCENES = (
    (0, "neutral", 0.0, 2.5),
    (0, "happy", 2.5, 5.0),
    (0, "surprise", 5.0, 7.5),
    (0, "sad", 7.5, 10.0),
    (0, "angry", 10.0, 12.5),
    (0, "disgust", 12.5, 15.0),
    (0, "fear", 15.0, 17.5),
    (0, "uncertain", 17.5, 20.0),
    # Two faces, then four; the first ones go on.
    (0, "happy", 20.0, 22.4),
    (1, "sad", 20.0, 22.4),
    (0, "surprise", 22.4, 24.8),
    (1, "neutral", 22.4, 24.8),
    (0, "neutral", 24.8, 30.0),
    (1, "happy", 24.8, 30.0),
    (2, "surprise", 24.8, 30.0),
    (3, "sad", 24.8, 30.0),
)


def calls_of_the_show(detector_name: str, model_id: str) -> list[list[str]]:
    """Of each frame of the show, how the program calls each face in it; 'not found' for one that it does not find."""
    try:
        detector = make_detector(detector_name)
    except DetectorError as error:
        pytest.skip(error.sentence())
    pipeline = ExpressionPipeline(detector, TfliteClassifier(ModelRegistry().spec(model_id), threads=1))
    pipeline.set_options(PipelineOptions(mirror=False))
    source = DemoSource(fps=FPS, seconds=SHOW_S)
    source.open()
    calls: list[list[str]] = []
    while (read := source.read()) is not None:
        assert read.media_time_s is not None
        result = pipeline.process(Frame(read.image_bgr, len(calls), read.media_time_s, media_time_s=read.media_time_s))
        calls.append([_call(result, box) for box in source.face_boxes(len(calls))])
    source.close()
    pipeline.close()
    return calls


def _call(result: FrameResult, drawn: Sequence[float]) -> str:
    """Of the face whose box has the drawn one's middle in it."""
    left, top, right, bottom = drawn
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    faces = result.faces
    for box, doubt, label in zip(faces.xyxy, faces.doubt, faces.label, strict=True):
        if (box[:2] < middle).all() and (middle < box[2:]).all():
            return "uncertain" if doubt else result.class_names[label]
    return "not found"


@pytest.mark.parametrize("detector_name", ["mediapipe", "haar"])
def test_each_face_is_called_what_it_shows_for_at_least_half_of_the_time(detector_name: str) -> None:
    calls = calls_of_the_show(detector_name, "fer-s")
    for number, expected, start_s, end_s in SCENES:
        scene = calls[round(start_s * FPS) : round(end_s * FPS)]
        told = Counter(frame[number] if number < len(frame) else "not found" for frame in scene)
        assert told[expected] >= len(scene) / 2, (number, expected, start_s, told)


def test_scenes_of_the_test_are_those_of_the_show() -> None:
    for number, expected, start_s, end_s in SCENES:
        if expected != "uncertain":
            before = show_expression(start_s, number)[0]
            assert show_expression((start_s + end_s) / 2, number) == (before, expected, 1.0)


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
