import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import STAGES, Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import ALL_TILES
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, make_faces, make_spec, picture


def textured() -> np.ndarray:
    """As ``picture``, but with something to be seen in it: what is even grey counts as blurred."""
    image = picture()
    image[1::2, ::2] = image[::2, 1::2] = 130
    return image


def frame(index: int = 0, generation: int = 0) -> Frame:
    """Of a single picture, whose faces are believed at once."""
    return Frame(textured(), index, index / 30, name="still.png", source_generation=generation)


def test_a_frame_comes_out_with_everything_found_in_it() -> None:
    classifier = FakeClassifier(winner="happy")
    pipeline = ExpressionPipeline(FakeDetector(), classifier)
    result = pipeline.process(frame())
    assert result.faces.tracker_id.tolist() == [1]
    assert result.expression_of(0) == "happy"
    assert (result.model_id, result.detector_name) == ("fake", "fake")
    assert result.model_sha256 == classifier.spec.sha256
    assert set(result.stage_ms) == set(STAGES)
    assert (result.frame.image_bgr == textured()).all(), "nothing is drawn on it"
    assert not result.frame.image_bgr.flags.writeable


def test_without_a_face_or_detector_or_model_a_picture_comes_all_the_same() -> None:
    empty = ExpressionPipeline(FakeDetector(faces=Faces.empty()), FakeClassifier()).process(frame())
    assert (len(empty.faces), empty.faces.probabilities.shape) == (0, (0, 7))
    assert len(ExpressionPipeline().process(frame()).faces) == 0
    unnamed = ExpressionPipeline(FakeDetector()).process(frame())
    assert unnamed.expression_of(0) == ""


def test_each_picture_of_a_folder_is_searched_thoroughly() -> None:
    detector = FakeDetector()
    pipeline = ExpressionPipeline(detector)
    pipeline.set_degradation(2)
    for index in range(3):
        pipeline.process(Frame(textured(), index, float(index), name=f"{index}.png"))
    assert detector.thorough == [True, True, True]


def test_what_is_found_in_one_frame_alone_gets_no_number_and_is_not_read() -> None:
    detector, classifier = FakeDetector(), FakeClassifier()
    pipeline = ExpressionPipeline(detector, classifier)
    assert len(pipeline.process(Frame(textured(), 0, 0.0)).faces) == 0
    detector.faces = Faces.empty()
    for index in range(1, 10):
        assert len(pipeline.process(Frame(textured(), index, index / 30)).faces) == 0
    assert sum(classifier.batches) == 0
    detector.faces = make_faces((30, 8, 60, 38))
    found = [pipeline.process(Frame(textured(), index, index / 30)).faces.tracker_id.tolist() for index in (10, 11)]
    assert found == [[], [1]]


def test_all_faces_of_a_frame_are_classified_together() -> None:
    classifier = FakeClassifier()
    faces = make_faces((0, 0, 9, 9), (20, 0, 29, 9), (40, 0, 49, 9))
    ExpressionPipeline(FakeDetector(faces=faces), classifier).process(frame())
    assert classifier.batches == [3]


def test_too_little_probability_is_called_uncertain() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), FakeClassifier())
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.99, smoothing_s=0.0))
    assert pipeline.process(frame()).expression_of(0) == "uncertain"


def test_a_picture_is_mirrored_before_anything_else() -> None:
    image = picture()
    image[:, :32] = 200
    pipeline = ExpressionPipeline()
    pipeline.set_options(PipelineOptions(mirror=True, min_confidence=0.0, smoothing_s=0.0))
    result = pipeline.process(Frame(image, 0, 0.0))
    assert result.frame.image_bgr[0, -1, 0] == 200
    assert result.mirrored
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0))
    assert not pipeline.process(Frame(image, 1, 0.1)).mirrored


def test_another_model_is_adopted_whole_and_the_old_one_closed() -> None:
    old, detector = FakeClassifier(winner="happy"), FakeDetector()
    pipeline = ExpressionPipeline(detector, old)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=5.0))
    pipeline.process(frame(0))
    new = FakeClassifier(make_spec("other", ("sad", "contempt")), winner="contempt")
    pipeline.adopt_classifier(new)
    result = pipeline.process(frame(1))
    assert old.closed
    assert result.class_names == ("sad", "contempt")
    assert result.expression_of(0) == "contempt", "smoothing began anew"
    assert result.faces.tracker_id.tolist() == [1], "the person is the same"


def test_another_source_brings_other_people() -> None:
    pipeline = ExpressionPipeline(FakeDetector(faces=make_faces((0, 0, 30, 30), (30, 10, 60, 40))))
    assert pipeline.process(frame(0)).faces.tracker_id.tolist() == [1, 2]
    assert pipeline.process(frame(1)).faces.tracker_id.tolist() == [1, 2]
    detector = FakeDetector(faces=make_faces((0, 0, 30, 30)))
    pipeline.adopt_detector(detector)
    elsewhere = pipeline.process(frame(0, generation=1)).faces
    assert elsewhere.tracker_id.tolist() == [3], "a number is of one person, whatever the source"
    assert elsewhere.person_colour.tolist() == [2]
    pipeline.close()
    assert detector.closed


def test_a_mirrored_picture_brings_numbers_that_nobody_had() -> None:
    pipeline = ExpressionPipeline(FakeDetector())
    assert pipeline.process(frame(0)).faces.tracker_id.tolist() == [1]
    pipeline.set_options(PipelineOptions(mirror=True, min_confidence=0.0, smoothing_s=0.0))
    assert pipeline.process(frame(1)).faces.tracker_id.tolist() == [2]


def result_of(image: np.ndarray, index: int = 0, pipeline: ExpressionPipeline | None = None) -> FrameResult:
    pipeline = pipeline or ExpressionPipeline(FakeDetector(), FakeClassifier())
    return pipeline.process(Frame(image, index, index / 30, name="still.png"))


def test_a_face_that_cannot_be_seen_well_is_uncertain_and_says_why() -> None:
    assert result_of(textured()).doubt_of(0) == ""
    assert result_of((textured() * 0.1).astype(np.uint8)).doubt_of(0) == "dark"
    assert result_of(picture()).doubt_of(0) == "blurred"
    small = ExpressionPipeline(FakeDetector(faces=make_faces((5, 5, 15, 15))), FakeClassifier())
    assert result_of(textured(), 0, small).doubt_of(0) == "small"


def test_the_least_confidence_counts_at_once_on_a_still_picture() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), FakeClassifier())
    assert result_of(textured(), 0, pipeline).expression_of(0) == "happy"
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.99, smoothing_s=0.0))
    assert result_of(textured(), 0, pipeline).doubt_of(0) == "unlikely"


def test_the_label_is_held_while_two_expressions_are_close() -> None:
    classifier = FakeClassifier(winner="happy")
    pipeline = ExpressionPipeline(FakeDetector(), classifier)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0))
    result_of(textured(), 0, pipeline)
    happy, sad = (classifier.spec.class_names.index(name) for name in ("happy", "sad"))
    classifier.probabilities[[happy, sad]] = (0.35, 0.4)
    result = result_of(textured(), 1, pipeline)
    assert result.faces.smoothed[0].argmax() == sad
    assert result.expression_of(0) == "happy"


def test_a_result_tells_how_far_the_load_was_lowered_for_it() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), FakeClassifier())
    before = pipeline.process(frame())
    pipeline.set_degradation(2)
    assert (before.degradation_step, pipeline.process(frame(1)).degradation_step) == (0, 2)


def test_after_a_pause_everybody_is_who_they_were() -> None:
    classifier = FakeClassifier(winner="sad")
    pipeline = ExpressionPipeline(FakeDetector(), classifier)
    pipeline.process(frame(0))
    pipeline.learn_resting_faces()
    for index in range(1, 100):
        pipeline.process(frame(index))
    paused_s = 3600.0
    on_again = pipeline.process(Frame(textured(), 100, 100 / 30 + paused_s, name="still.png", paused_s=paused_s))
    assert on_again.faces.tracker_id.tolist() == [1]
    assert on_again.faces.corrected.tolist() == [True]


def test_who_was_away_while_there_was_no_picture_is_somebody_new() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), FakeClassifier())
    pipeline.process(frame(0))
    assert pipeline.process(Frame(textured(), 1, 5.0, name="still.png")).faces.tracker_id.tolist() == [2]


def test_a_result_says_whether_faces_were_looked_for_in_it() -> None:
    assert not ExpressionPipeline().process(frame()).searched
    pipeline = ExpressionPipeline(FakeDetector(faces=Faces.empty()))
    assert pipeline.process(Frame(textured(), 0, 0.0)).searched
    pipeline.set_degradation(1)
    frames = [Frame(textured(), index, index / 30) for index in range(1, 5)]
    assert [pipeline.process(each).searched for each in frames] == [True, False, True, False]


def of_video(index: int, *, jumps: int = 0, is_still: bool = False, running_s: float | None = None) -> Frame:
    time_s = index / 30 if running_s is None else running_s
    return Frame(textured(), index, time_s, media_time_s=time_s, jumps=jumps, is_still=is_still)


def test_after_a_jump_everybody_is_new_and_numbers_go_on() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), FakeClassifier())
    found = [pipeline.process(of_video(index, jumps=index // 3)).faces.tracker_id.tolist() for index in range(6)]
    assert found == [[], [1], [1], [], [2], [2]]


def test_a_still_frame_is_complete_at_the_first_look() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), FakeClassifier(winner="happy"))
    pipeline.process(of_video(0))
    result = pipeline.process(of_video(1, jumps=1, is_still=True, running_s=0.0))
    assert result.faces.tracker_id.tolist() == [1]
    assert result.expression_of(0) == "happy"
    # A step forward goes on with the same people, a step back is a jump.
    assert pipeline.process(of_video(2, jumps=1, is_still=True)).faces.tracker_id.tolist() == [1]
    assert pipeline.process(of_video(3, jumps=2, is_still=True, running_s=2 / 30)).faces.tracker_id.tolist() == [2]


def test_a_still_frame_is_searched_everywhere_once_it_comes_again() -> None:
    detector = FakeDetector()
    pipeline = ExpressionPipeline(detector)
    pipeline.set_degradation(2)
    pipeline.process(of_video(0))
    pipeline.process(of_video(1, jumps=1, is_still=True))
    pipeline.process(of_video(1, jumps=1, is_still=True))
    pipeline.process(of_video(2, jumps=1, is_still=True))
    assert detector.thorough == [True] * 4
    assert [tiles == ALL_TILES for tiles in detector.tiles] == [False, False, True, False]


class MirrorDetector(FakeDetector):
    """Finds a face in doubt: in the mirror image too only where it is one."""

    def __init__(self, *, is_face: bool) -> None:
        super().__init__(faces=make_faces((10, 8, 40, 38), confidence=0.55))
        self.is_face = is_face

    def detect(self, image_bgr: np.ndarray, *, thorough: bool = False, tiles: int = 0) -> Faces:
        found = super().detect(image_bgr, thorough=thorough, tiles=tiles)
        if (image_bgr == textured()).all():
            return found
        return make_faces((64 - 40, 8, 64 - 10, 38), confidence=0.4) if self.is_face else Faces.empty()


def test_a_face_in_doubt_in_a_still_frame_must_be_one_in_the_mirror_image_too() -> None:
    for is_face, counts in [(True, [0, 1, 1]), (False, [0, 0, 0])]:
        pipeline = ExpressionPipeline(MirrorDetector(is_face=is_face), FakeClassifier())
        assert [len(pipeline.process(of_video(0, is_still=True)).faces) for _ in range(3)] == counts
        # Playing on, a look at another frame makes sure.
        assert [len(pipeline.process(of_video(index)).faces) for index in (1, 2)] == [1, 1]


def test_every_face_of_a_still_frame_is_read() -> None:
    boxes = [(x * 6.0, y * 6.0, x * 6.0 + 6, y * 6.0 + 6) for x in range(8) for y in range(5)]
    classifier = FakeClassifier()
    pipeline = ExpressionPipeline(FakeDetector(faces=make_faces(*boxes)), classifier)
    for index in range(3):
        pipeline.process(of_video(index))
    assert classifier.batches[-1] < 40
    pipeline.process(of_video(3, is_still=True))
    assert classifier.batches[-1] == 40
