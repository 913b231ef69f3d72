"""A comparison model beside the first, resting faces, and which faces are read in a frame, as results show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.errors import ComparisonModelError, ModelError
from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.frame import Frame, FrameResult, LearningState
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.overlay.face_overlay import face_overlays
from realtime_fer.core.overlay.label_text import label_variants
from realtime_fer.vision.expressions.reader import MOST_A_FRAME
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import CLASSES, FakeClassifier, FakeDetector, make_faces, make_spec

BOX = (60.0, 60.0, 100.0, 100.0)


def noise() -> np.ndarray:
    return np.random.default_rng(0).integers(60, 190, (160, 200, 3)).astype(np.uint8)


def made(first: FakeClassifier | None = None, boxes: int = 1) -> ExpressionPipeline:
    faces = make_faces(*[(10.0 + 60 * n, 60.0, 50.0 + 60 * n, 100.0) for n in range(boxes)])
    pipeline = ExpressionPipeline(FakeDetector(faces=faces), first or FakeClassifier())
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.35, smoothing_s=0.0))
    return pipeline


def run(pipeline: ExpressionPipeline, index: int = 0, generation: int = 0) -> FrameResult:
    # A single picture's faces are believed at once.
    return pipeline.process(Frame(noise(), index, index / 30, name="still.png", source_generation=generation))


def test_without_a_second_model_there_is_no_comparison() -> None:
    result = run(made())
    assert result.comparison is None
    assert result.compared_expression_of(0) == ""
    assert face_overlays(result)[0].comparison is None


def test_the_second_model_speaks_of_the_same_faces() -> None:
    pipeline = made(FakeClassifier(winner="happy"), boxes=2)
    pipeline.adopt_comparison(FakeClassifier(make_spec("other", ("sad", "contempt", "happy")), winner="contempt"))
    result = run(pipeline)
    assert result.comparison is not None
    assert result.comparison.model_id == "other"
    assert result.comparison.model_sha256 == "0" * 64
    assert result.comparison.probabilities.shape == result.comparison.smoothed.shape == (2, 3)
    assert [result.expression_of(face) for face in range(2)] == ["happy", "happy"]
    assert [result.compared_expression_of(face) for face in range(2)] == ["contempt", "contempt"]
    assert str(label_variants(face_overlays(result)[0])[0]) == "Happy 70 % #1 / other: Contempt 90 %"
    assert str(label_variants(face_overlays(result)[0])[2]) == "Happy / Contempt"


def test_what_cannot_be_seen_is_uncertain_to_both_and_each_may_be_unsure_alone() -> None:
    second = FakeClassifier(make_spec("other", ("sad", "happy")), winner="sad")
    pipeline = made()
    pipeline.adopt_comparison(second)
    second.probabilities[:] = (0.2, 0.1)
    result = run(pipeline)
    assert (result.expression_of(0), result.compared_expression_of(0)) == ("happy", "uncertain")
    dark = ExpressionPipeline(FakeDetector(faces=make_faces(BOX)), FakeClassifier())
    dark.adopt_comparison(FakeClassifier(make_spec("other", ("sad", "happy")), winner="sad"))
    result = dark.process(Frame((noise() * 0.1).astype(np.uint8), 0, 0.0, name="still.png"))
    assert result.doubt_of(0) == "dark"
    assert result.compared_expression_of(0) == "uncertain"


def test_another_second_model_and_none_close_the_one_before() -> None:
    pipeline = made()
    first, second = FakeClassifier(), FakeClassifier()
    pipeline.adopt_comparison(first)
    pipeline.adopt_comparison(second)
    assert first.closed
    pipeline.adopt_comparison(None)
    assert second.closed
    assert run(pipeline).comparison is None
    third = FakeClassifier()
    pipeline.adopt_comparison(third)
    pipeline.close()
    assert third.closed


def sad_at_rest() -> FakeClassifier:
    classifier = FakeClassifier()
    classifier.probabilities[:] = 0.02
    classifier.probabilities[[CLASSES.index("sad"), CLASSES.index("neutral")]] = (0.55, 0.35)
    return classifier


def learn_resting_faces(pipeline: ExpressionPipeline, begin: int = 0) -> int:
    """The index after the frame that it was done with."""
    pipeline.learn_resting_faces()
    for index in range(begin, begin + 200):
        result = run(pipeline, index)
        assert result.resting_faces is not None
        if result.resting_faces.state is LearningState.DONE:
            return index + 1
    pytest.fail("it never ended")


def test_a_resting_face_is_named_neutral_with_a_mark_and_its_raw_values() -> None:
    classifier = sad_at_rest()
    pipeline = made(classifier)
    assert run(pipeline).expression_of(0) == "sad"
    end = learn_resting_faces(pipeline)
    for index in range(end, end + 20):
        result = run(pipeline, index)
    assert result.resting_faces is None
    assert result.expression_of(0) == "neutral"
    assert result.faces.corrected.tolist() == [True]
    assert result.faces.probabilities[0] == pytest.approx(classifier.probabilities)
    assert str(label_variants(face_overlays(result)[0])[0]).endswith("#1 ±")
    pipeline.forget_resting_faces()
    for index in range(end + 20, end + 40):
        result = run(pipeline, index)
    assert result.expression_of(0) == "sad"
    assert str(label_variants(face_overlays(result)[0])[0]).endswith("#1")


def test_who_is_forgotten_has_a_new_number_at_once_and_no_resting_face() -> None:
    pipeline = made(sad_at_rest())
    run(pipeline)
    end = learn_resting_faces(pipeline)
    pipeline.forget_people({1})
    result = run(pipeline, end)
    assert result.faces.tracker_id.tolist() == [2]
    assert result.faces.corrected.tolist() == [False]
    assert result.expression_of(0) == "sad"


def test_another_model_and_another_source_know_no_resting_face() -> None:
    pipeline = made(sad_at_rest())
    run(pipeline)
    end = learn_resting_faces(pipeline)
    pipeline.adopt_classifier(sad_at_rest())
    assert not run(pipeline, end).faces.corrected.any()
    end = learn_resting_faces(pipeline, end + 1)
    assert run(pipeline, end).faces.corrected.all()
    assert not run(pipeline, end + 1, generation=1).faces.corrected.any()


def test_who_was_chosen_in_the_source_before_lends_nobody_a_resting_face() -> None:
    pipeline = made(sad_at_rest())
    assert run(pipeline).faces.tracker_id.tolist() == [1]
    run(pipeline, 1, generation=1)
    pipeline.learn_resting_faces({1})
    for index in range(2, 120):
        result = run(pipeline, index, generation=1)
    assert result.faces.tracker_id.tolist() == [2]
    assert not result.faces.corrected.any()


def test_a_resting_face_from_a_file_is_for_whoever_is_alone_in_view_until_it_is_forgotten() -> None:
    pipeline = made(sad_at_rest())
    run(pipeline)
    pipeline.learn_resting_faces()
    learnt = next(
        told.faces
        for index in range(1, 200)
        if (told := run(pipeline, index).resting_faces) is not None and told.state is LearningState.DONE
    )
    kept = replace(learnt[0], name="Anna")
    assert kept.class_names == CLASSES
    other = made(sad_at_rest())
    other.use_resting_face(kept)
    told = run(other).resting_faces
    assert told is not None
    assert (told.state, told.sentence, told.identities) == (LearningState.USED, "Anna", (1,))
    later = run(other, 1)
    assert later.resting_faces is None
    assert later.faces.corrected.tolist() == [True]
    assert not run(other, 2, generation=1).faces.corrected.any(), "another source has other people"
    other.use_resting_face(kept)
    assert run(other, 3, generation=1).faces.corrected.all()
    other.forget_resting_faces()
    assert not run(other, 4, generation=1).faces.corrected.any()
    other.use_resting_face(replace(kept, model="fer-l", model_sha256="f" * 64))
    refused = run(other, 5, generation=1).resting_faces
    assert refused is not None
    assert "was learnt with the model fer-l" in refused.sentence
    assert run(other, 6, generation=1).resting_faces is None


def test_of_two_in_view_nobody_gets_the_resting_face_of_a_file() -> None:
    pair = made(sad_at_rest(), boxes=2)
    kept = RestingFace("Anna", "fake", run(pair).model_sha256, CLASSES, tuple([-2.0] * len(CLASSES)))
    pair.use_resting_face(kept)
    for index in range(3):
        result = run(pair, index)
    assert len(result.faces) == 2
    assert not result.faces.corrected.any()
    assert result.resting_faces is None


def test_learning_a_resting_face_without_a_model_is_refused_with_a_sentence() -> None:
    pipeline = ExpressionPipeline(FakeDetector())
    run(pipeline)
    pipeline.learn_resting_faces()
    told = run(pipeline).resting_faces
    assert told is not None
    assert told.sentence == "No model is running yet."


def test_of_a_crowd_some_are_read_in_each_frame_and_everybody_has_a_turn() -> None:
    classifier = FakeClassifier()
    grid = [(20.0 * x, 30.0 * y, 20.0 * x + 14, 30.0 * y + 24) for y in range(5) for x in range(8)]
    pipeline = ExpressionPipeline(FakeDetector(faces=make_faces(*grid)), classifier)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0))
    assert (run(pipeline, 0).faces.probabilities.argmax(axis=1) == CLASSES.index("happy")).all()
    assert classifier.batches == [40], "who is new is read at once"
    classifier.probabilities = np.roll(classifier.probabilities, 1)
    changed = (CLASSES.index("happy") + 1) % len(CLASSES)
    counts = [int((run(pipeline, index).faces.probabilities.argmax(axis=1) == changed).sum()) for index in (1, 2, 3)]
    assert counts == [MOST_A_FRAME, 2 * MOST_A_FRAME, 40]
    assert classifier.batches[1:] == [MOST_A_FRAME] * 3


def test_who_leaves_a_crowd_and_who_comes_are_no_trouble() -> None:
    grid = [(20.0 * x, 30.0 * y, 20.0 * x + 14, 30.0 * y + 24) for y in range(5) for x in range(8)]
    detector, classifier = FakeDetector(faces=make_faces(*grid[:30])), FakeClassifier()
    pipeline = ExpressionPipeline(detector, classifier)
    for index, shown in enumerate((grid[:30], grid[5:36], grid[:4], grid[10:], [], grid)):
        detector.faces = make_faces(*shown)
        result = run(pipeline, index)
        assert len(result.faces) == len(shown)
        assert result.faces.probabilities.sum(axis=1) == pytest.approx(np.ones(len(shown)))


@pytest.mark.parametrize("faces", [1, 2, 5])
def test_at_the_last_step_of_the_load_each_face_is_read_in_every_second_frame(faces: int) -> None:
    classifier, second = FakeClassifier(), FakeClassifier()
    boxes = [(30.0 * n, 20.0, 30.0 * n + 24, 50.0) for n in range(faces)]
    pipeline = ExpressionPipeline(FakeDetector(faces=make_faces(*boxes)), classifier)
    pipeline.adopt_comparison(second)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0))
    pipeline.set_degradation(len(DEGRADATION_STEPS) - 1)
    for index in range(21):
        result = run(pipeline, index)
        assert result.faces.probabilities == pytest.approx(np.tile(classifier.probabilities, (faces, 1)))
        assert result.comparison is not None
    for model in (classifier, second):
        assert model.batches[0] == faces
        assert sum(model.batches[1:]) == pytest.approx(faces * 10, abs=faces * 2)


@pytest.mark.parametrize(("faces", "fps", "a_frame"), [(2, 30, 2), (4, 30, 2), (3, 25, 2), (4, 15, 4), (4, 20, 4)])
def test_of_several_people_half_are_read_in_each_frame_where_frames_come_fast(
    faces: int, fps: int, a_frame: int
) -> None:
    classifier = FakeClassifier()
    boxes = [(30.0 * n, 20.0, 30.0 * n + 24, 50.0) for n in range(faces)]
    pipeline = ExpressionPipeline(FakeDetector(faces=make_faces(*boxes)), classifier)
    for index in range(4):
        result = pipeline.process(Frame(noise(), index, index / fps))
        assert result.faces.probabilities == pytest.approx(np.tile(classifier.probabilities, (len(result.faces), 1)))
    assert classifier.batches == [0, faces, a_frame, a_frame]


class Refusing(FakeClassifier):
    """A model that reads some faces and not others."""

    refuses = True

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        if self.refuses:
            raise ModelError("It gives no numbers.", "Export it again.")
        return super().predict(inputs)


def test_whose_fault_it_is_that_there_are_no_probabilities_is_told() -> None:
    pipeline = made(Refusing())
    with pytest.raises(ModelError) as caught:
        run(pipeline)
    assert not isinstance(caught.value, ComparisonModelError)
    pipeline = made()
    second = Refusing(make_spec("other", ("sad", "happy")), winner="sad")
    pipeline.adopt_comparison(second)
    with pytest.raises(ComparisonModelError) as caught:
        run(pipeline)
    assert caught.value.sentence() == "It gives no numbers. Export it again."
    second.refuses = False
    assert run(pipeline).comparison is not None, "the same frame can be processed again"
    pipeline.adopt_comparison(None)
    assert run(pipeline).comparison is None
