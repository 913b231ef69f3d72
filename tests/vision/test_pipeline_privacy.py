"""With faces hidden no picture leaves the pipeline in which one is to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.enums import Privacy
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.vision.annotators import FrameDrawer
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, make_faces

BOX = (60.0, 60.0, 90.0, 90.0)


def noise(index: int = 0) -> np.ndarray:
    return np.random.default_rng(index).integers(0, 255, (160, 200, 3)).astype(np.uint8)


def pipeline_of(detector: FakeDetector | None, how: Privacy = Privacy.BLUR, mirror: bool = False) -> ExpressionPipeline:
    pipeline = ExpressionPipeline(detector, FakeClassifier())
    pipeline.set_options(PipelineOptions(mirror=mirror, min_confidence=0.35, smoothing_s=0.3, privacy=how))
    return pipeline


def run(pipeline: ExpressionPipeline, index: int = 0, at_s: float | None = None) -> FrameResult:
    return pipeline.process(Frame(noise(index), index, index / 30 if at_s is None else at_s))


def shows(result: FrameResult, index: int, x: int = 75, y: int = 75) -> bool:
    """Whether the noise about a point is to be read from either picture of the result."""
    part = np.s_[y - 4 : y + 4, x - 4 : x + 4]
    raw = noise(index)[part].astype(int)
    return any((np.abs(p[part].astype(int) - raw) < 3).all() for p in (result.frame.image_bgr, FrameDrawer()(result)))


@pytest.mark.parametrize("how", [Privacy.BLUR, Privacy.PIXELATE, Privacy.COVER])
def test_neither_the_clean_nor_the_drawn_picture_shows_the_face(how: Privacy) -> None:
    result = run(pipeline_of(FakeDetector(faces=make_faces(BOX)), how))
    assert not shows(result, 0)
    assert result.privacy == how
    assert shows(result, 0, 10, 150), "the rest is shown"
    assert not result.frame.image_bgr.flags.writeable


def test_off_hides_nothing() -> None:
    assert shows(run(pipeline_of(FakeDetector(faces=make_faces(BOX)), Privacy.OFF)), 0)


def test_the_network_still_sees_the_face() -> None:
    open_, hidden = FakeClassifier(), FakeClassifier()
    seen: list[np.ndarray] = []
    for classifier, how in ((open_, Privacy.OFF), (hidden, Privacy.COVER)):
        classifier.predict = lambda inputs: (seen.append(inputs), np.full((len(inputs), 7), 1 / 7, np.float32))[1]  # type: ignore[method-assign]
        pipeline = ExpressionPipeline(FakeDetector(faces=make_faces(BOX)), classifier)
        pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0, privacy=how))
        run(pipeline)
    assert (seen[0] == seen[1]).all()


def test_a_frame_in_which_the_face_is_missed_does_not_reveal_it() -> None:
    detector = FakeDetector(faces=make_faces(BOX))
    pipeline = pipeline_of(detector)
    for index in range(5):
        run(pipeline, index)
    detector.faces = Faces.empty()
    for index in range(5, 34):
        result = run(pipeline, index)
        assert len(result.faces) == 0
        assert not shows(result, index)


def test_a_face_that_walks_is_hidden_where_it_must_have_gone() -> None:
    detector = FakeDetector()
    pipeline = pipeline_of(detector)
    for index in range(10):
        x = 30.0 + 4 * index
        detector.faces = make_faces((x, 60, x + 30, 90))
        run(pipeline, index)
    detector.faces = Faces.empty()
    for index in range(10, 14):
        result = run(pipeline, index)
        assert not shows(result, index, 45 + 4 * index, 75)


def test_what_may_be_a_face_is_hidden_without_being_believed() -> None:
    result = run(pipeline_of(FakeDetector(faces=make_faces(BOX, confidence=0.31))))
    assert len(result.faces) == 0
    assert not shows(result, 0)


def test_what_may_be_a_face_stays_hidden_where_it_flickers() -> None:
    detector = FakeDetector(faces=make_faces(BOX, confidence=0.35))
    pipeline = pipeline_of(detector)
    run(pipeline, 0)
    detector.faces = Faces.empty()
    for index in range(1, 31):
        assert not shows(run(pipeline, index), index), f"frame {index}"
    assert shows(run(pipeline, 32), 32), "not for ever"


def test_a_detector_that_misses_the_face_does_not_reveal_it_in_a_pause() -> None:
    pipeline = pipeline_of(FakeDetector(faces=make_faces(BOX)))
    for index in range(5):
        run(pipeline, index)
    pipeline.adopt_detector(FakeDetector(faces=Faces.empty()))
    for _ in range(3):
        assert not shows(run(pipeline, 4), 4), "the same frame again"


def test_hiding_that_is_wished_for_in_a_pause_knows_who_was_there() -> None:
    detector = FakeDetector(faces=make_faces(BOX))
    pipeline = pipeline_of(detector, Privacy.OFF)
    for index in range(5):
        run(pipeline, index)
    detector.faces = Faces.empty()
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.35, smoothing_s=0.3, privacy=Privacy.BLUR))
    assert not shows(run(pipeline, 4), 4)


@pytest.mark.parametrize("confidence", [0.9, 0.35])
def test_a_face_that_is_missed_as_the_picture_is_mirrored_is_hidden_where_it_is_now(confidence: float) -> None:
    detector = FakeDetector(faces=make_faces((40, 60, 70, 90), confidence=confidence))
    pipeline = pipeline_of(detector)
    run(pipeline, 0)
    detector.faces = Faces.empty()
    pipeline.set_options(PipelineOptions(mirror=True, min_confidence=0.35, smoothing_s=0.3, privacy=Privacy.BLUR))
    for index in (0, 1, 2):
        mirrored = run(pipeline, index).frame.image_bgr
        for x, hidden in ((144, True), (55, False)):
            part = np.s_[71:79, x - 4 : x + 4]
            as_it_was = np.abs(mirrored[part].astype(int) - noise(index)[:, ::-1][part]) < 3
            assert as_it_was.all() != hidden


def test_of_another_source_nothing_is_hidden_for_who_was_in_the_one_before() -> None:
    detector = FakeDetector(faces=make_faces(BOX))
    pipeline = pipeline_of(detector)
    run(pipeline, 0)
    detector.faces = Faces.empty()
    frame = Frame(noise(1), 0, 0.01, source_generation=1)
    assert shows(pipeline.process(frame), 1)


def test_before_there_is_a_detector_the_whole_picture_is_hidden() -> None:
    result = run(pipeline_of(None))
    assert not any(shows(result, 0, x, y) for x in (20, 100, 180) for y in (20, 80, 140))


def test_a_mirrored_face_is_hidden_where_it_is_seen() -> None:
    result = run(pipeline_of(FakeDetector(faces=make_faces(BOX)), mirror=True))
    part = np.s_[71:79, 71:79]
    assert (np.abs(result.frame.image_bgr[part].astype(int) - noise()[:, ::-1][part]) > 3).any()


def test_hiding_begins_with_the_next_frame_and_ends_with_it() -> None:
    pipeline = pipeline_of(FakeDetector(faces=make_faces(BOX)), Privacy.OFF)
    assert shows(run(pipeline, 0), 0)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.35, smoothing_s=0.3, privacy=Privacy.PIXELATE))
    assert not shows(run(pipeline, 0), 0), "in a pause too"
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.35, smoothing_s=0.3))
    assert shows(run(pipeline, 1), 1)
