"""Faces past the border and beside a large one: what second looks find, where it lies, how often they are taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.enums import Privacy
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame
from realtime_fer.core.options import PipelineOptions
from realtime_fer.sources import DemoSource
from realtime_fer.vision.detectors.near_and_far import LOOK_AGAIN_EVERY, SURE, NearAndFarDetector
from realtime_fer.vision.detectors.second_looks import BORDER, beside, past_the_border
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import make_detector


class Seeing:
    """A network that finds one face round the middle of what is pure red, and remembers the sizes it was shown."""

    def __init__(self, confidence: float = 0.9) -> None:
        self.confidence = confidence
        self.sizes: list[tuple[int, int]] = []

    def detect(self, image_bgr: np.ndarray) -> Faces:
        self.sizes.append((image_bgr.shape[1], image_bgr.shape[0]))
        rows, columns = np.nonzero((image_bgr == (0, 0, 255)).all(axis=2))
        if not len(rows):
            return Faces.empty()
        xyxy = np.array([[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]], np.float32)
        return Faces(xyxy, np.array([self.confidence], np.float32), np.tile(xyxy[:, None, :2], (1, 6, 1)))

    def close(self) -> None: ...


class Always(Seeing):
    """Finds the same in every picture; None finds nobody."""

    def __init__(self, box: tuple[float, float, float, float] | None, confidence: float = 0.9) -> None:
        super().__init__(confidence)
        self.box = box

    def detect(self, image_bgr: np.ndarray) -> Faces:
        self.sizes.append((image_bgr.shape[1], image_bgr.shape[0]))
        if self.box is None:
            return Faces.empty()
        xyxy = np.array([self.box], np.float32)
        return Faces(xyxy, np.array([self.confidence], np.float32), np.tile(xyxy[:, None, :2], (1, 6, 1)))


def red_at(left: int, top: int, right: int, bottom: int, width: int = 400, height: int = 200) -> np.ndarray:
    image = np.zeros((height, width, 3), np.uint8)
    image[top:bottom, left:right] = (0, 0, 255)
    return image


def test_what_is_found_past_the_border_lies_where_the_picture_has_it() -> None:
    network = Seeing()
    found = past_the_border(network, red_at(100, 50, 160, 120))
    assert found.xyxy.tolist() == [[100, 50, 160, 120]]
    assert found.keypoints[0, 0].tolist() == [100, 50]
    assert network.sizes == [(400 + 2 * round(BORDER * 400), 200 + 2 * round(BORDER * 400))]


def test_a_face_at_the_border_goes_on_past_it() -> None:
    assert past_the_border(Seeing(), red_at(0, 50, 60, 120)).xyxy.tolist() == [[-80, 50, 60, 120]]


def test_what_lies_wholly_outside_is_nobody() -> None:
    assert len(past_the_border(Always((0, 0, 60, 60)), red_at(0, 0, 1, 1))) == 0


@pytest.mark.parametrize("box", [(10, 60, 50, 120), (330, 60, 390, 120)])
def test_what_is_found_beside_a_large_face_lies_where_the_picture_has_it(box: tuple[int, int, int, int]) -> None:
    network = Seeing()
    found = beside(network, red_at(*box), np.array([[120, 20, 280, 180]], np.float32))
    assert found.xyxy.tolist() == [list(box)]
    assert found.keypoints[0, 0].tolist() == list(box[:2])
    assert network.sizes == [(400 - round(160 * 1.3), 200)]


def test_of_an_upright_picture_the_rows_of_a_large_face_are_left_out() -> None:
    image = np.ascontiguousarray(red_at(330, 60, 390, 120).transpose(1, 0, 2))
    found = beside(Seeing(), image, np.array([[20, 120, 180, 280]], np.float32))
    assert found.xyxy.tolist() == [[60, 330, 120, 390]]


def test_what_only_the_seam_makes_is_nobody() -> None:
    image = red_at(60, 60, 340, 120)
    assert len(beside(Seeing(), image, np.array([[120, 20, 280, 180]], np.float32))) == 0


def test_where_a_face_leaves_no_room_nothing_is_searched() -> None:
    network = Seeing()
    assert len(beside(network, red_at(0, 0, 9, 9), np.array([[-10, -10, 410, 210]], np.float32))) == 0
    assert network.sizes == []


@pytest.mark.parametrize(
    ("near_box", "confidence", "thorough", "looks"),
    [
        (None, 0.9, False, 20 // LOOK_AGAIN_EVERY),
        (None, 0.9, True, 20),
        ((200, 100, 260, 160), 0.9, False, 0),
        ((200, 100, 260, 160), 0.9, True, 20),
        ((100, 20, 420, 340), 0.9, False, 20 // LOOK_AGAIN_EVERY),
    ],
    ids=["nobody", "nobody, thorough", "a sure face", "a sure face, thorough", "a large face"],
)
def test_it_is_looked_past_the_border_as_often_as_it_must(
    near_box: tuple[float, float, float, float] | None, confidence: float, thorough: bool, looks: int
) -> None:
    near = Always(near_box, confidence)
    detector = NearAndFarDetector("mediapipe", near, Always(None))
    for _ in range(20):
        detector.detect(np.zeros((360, 640, 3), np.uint8), thorough=thorough)
    assert sum(size != (640, 360) for size in near.sizes) == looks


def test_a_face_that_only_the_further_look_finds_is_looked_for_in_every_frame() -> None:
    class Padded(Seeing):
        def detect(self, image_bgr: np.ndarray) -> Faces:
            return super().detect(image_bgr) if image_bgr.shape[1] > 640 else Faces.empty()

    detector = NearAndFarDetector("mediapipe", Padded(), Always(None))
    image = red_at(0, 0, 400, 360, 640, 360)
    assert [len(detector.detect(image)) for _ in range(8)] == [1] * 8


def test_a_find_of_a_further_look_never_moves_a_face_that_was_sure() -> None:
    near = Always((100, 20, 420, 340), SURE)
    detector = NearAndFarDetector("mediapipe", near, Always(None))
    found = detector.detect(np.zeros((360, 640, 3), np.uint8), thorough=True)
    assert found.xyxy.tolist() == [[100, 20, 420, 340]]


@pytest.fixture
def detector() -> Iterator[NearAndFarDetector]:
    try:
        made = make_detector("mediapipe")
    except DetectorError as error:
        pytest.skip(error.sentence())
    yield made  # type: ignore[misc]
    made.close()


def portrait() -> np.ndarray:
    source = DemoSource(1280, 720, faces=1)
    source.open()
    read = source.read()
    source.close()
    assert read is not None
    return read.image_bgr


@pytest.mark.parametrize("thorough", [False, True])
def test_a_face_larger_than_the_picture_is_found(detector: NearAndFarDetector, thorough: bool) -> None:
    left, top, right, bottom = detector.detect(portrait()).xyxy[0].astype(int).tolist()
    side = right - left
    inner = portrait()[top + side // 20 : bottom - side // 8, left + side // 10 : right - side // 10]
    found = detector.detect(cv2.resize(inner, (480, 480), interpolation=cv2.INTER_CUBIC), thorough=thorough)
    assert len(found) == 1
    assert found.confidence[0] > 0.6
    assert (found.xyxy[0, 2:] - found.xyxy[0, :2]).min() > 400


def near_and_far() -> np.ndarray:
    """Somebody close on the left, and the same person small at the back on the right."""
    image = np.full((720, 1280, 3), 110, np.uint8)
    image[:, :720] = cv2.resize(portrait()[296:536, 512:752], (720, 720), interpolation=cv2.INTER_CUBIC)
    image[100:500, 840:1240] = cv2.resize(portrait()[146:626, 392:872], (400, 400), interpolation=cv2.INTER_AREA)
    return image


def test_who_is_at_the_back_is_found_beside_somebody_close(detector: NearAndFarDetector) -> None:
    found = detector.detect(near_and_far())
    sure = found.xyxy[found.confidence >= 0.7]
    assert sorted(bool(box[0] > 720) for box in sure) == [False, True]


def test_who_is_at_the_back_is_covered(detector: NearAndFarDetector) -> None:
    image = near_and_far()
    alone = image.copy()
    alone[:, :720] = 110
    left, top, right, bottom = detector.detect(alone, thorough=True).xyxy[0].astype(int).tolist()
    pipeline = ExpressionPipeline(detector)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0, privacy=Privacy.COVER))
    for index in range(7):
        hidden = pipeline.process(Frame(image.copy(), index, index / 30)).frame.image_bgr
        face = hidden[top:bottom, left:right].reshape(-1, 3)
        assert (face == face[0]).all(), f"frame {index}"


def test_pictures_of_both_kinds_that_were_missed_once(detector: NearAndFarDetector, media_folder: Path) -> None:
    folder = media_folder.parent / "cases"
    if not folder.is_dir():
        pytest.skip("the pictures that were missed once are not here")
    fills = cv2.imread(str(folder / "face_fills_picture.jpg"))
    both = cv2.imread(str(folder / "near_and_background_face.jpg"))
    assert fills is not None
    assert both is not None
    assert detector.detect(fills, thorough=True).confidence.tolist() == [pytest.approx(0.83, abs=0.05)]
    assert (detector.detect(both, thorough=True).confidence > 0.8).sum() == 2
