"""BlazeFace on the built-in portrait and on the real clips. Skipped where its files are not in the cache."""

from __future__ import annotations

import itertools
import runpy
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
from realtime_fer.sources import DemoSource, VideoFileSource
from realtime_fer.vision.detectors.near_and_far import CLEARLY, NEAR_EVERY, SURE, NearAndFarDetector
from realtime_fer.vision.faces.tracking import FaceTracker
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import make_detector


@pytest.fixture(params=["mediapipe", "mediapipe-near", "mediapipe-far"])
def detector(request: pytest.FixtureRequest) -> Iterator[object]:
    try:
        made = make_detector(request.param)
    except DetectorError as error:
        pytest.skip(error.sentence())
    yield made
    made.close()
    made.close()


@pytest.fixture
def default_detector() -> Iterator[object]:
    try:
        made = make_detector("mediapipe")
    except DetectorError as error:
        pytest.skip(error.sentence())
    yield made
    made.close()


def demo_image(faces: int, width: int = 1280, height: int = 720) -> np.ndarray:
    source = DemoSource(width, height, faces=faces)
    source.open()
    read = source.read()
    source.close()
    assert read is not None
    return read.image_bgr


def test_a_near_face_is_found_with_its_eyes_in_its_box(detector) -> None:  # type: ignore[no-untyped-def]
    faces = detector.detect(demo_image(1))
    assert len(faces) == 1
    left, top, right, bottom = faces.xyxy[0]
    eyes = faces.keypoints[0, :2]
    assert ((eyes > (left, top)) & (eyes < (right, bottom))).all()
    assert eyes[0, 0] < eyes[1, 0]


def test_odd_sizes_and_an_empty_wall_are_no_trouble(detector) -> None:  # type: ignore[no-untyped-def]
    for height, width in ((1, 1), (37, 53), (720, 1280), (1000, 40)):
        assert len(detector.detect(np.full((height, width, 3), 128, np.uint8))) == 0


def test_a_face_that_fills_the_picture_and_one_far_away_are_both_found(default_detector) -> None:  # type: ignore[no-untyped-def]
    portrait = demo_image(1)
    found = default_detector.detect(portrait).xyxy[0].astype(int)
    left, top, right, bottom = found
    close = portrait[max(0, top - 20) : bottom + 10, max(0, left - 10) : right + 10]
    assert len(default_detector.detect(np.ascontiguousarray(close))) == 1
    far = np.full((720, 1280, 3), 120, np.uint8)
    side = 90
    far[300 : 300 + side, 600 : 600 + side] = cv2.resize(
        portrait[max(0, top - 100) : bottom + 60, max(0, left - 60) : right + 60], (side, side)
    )
    assert len(default_detector.detect(far)) == 1


def one_far_away(also_close: bool) -> np.ndarray:
    """A person at the far end; another leans in until the face fills the picture."""
    portrait = demo_image(1)
    image = np.full((720, 1280, 3), 120, np.uint8)
    image[20:180, 1110:1270] = cv2.resize(portrait[146:626, 412:852], (160, 160))
    if also_close:
        image[:, :1080] = cv2.resize(portrait[326:486, 552:712], (1080, 1080))[180:900]
    return image


def test_who_comes_close_is_found_at_once_where_the_search_is_thorough(default_detector) -> None:  # type: ignore[no-untyped-def]
    for _ in range(2):
        assert len(default_detector.detect(one_far_away(False))) == 1
    found = default_detector.detect(one_far_away(True), thorough=True)
    assert len(found) == 2
    assert (found.xyxy[:, 2] - found.xyxy[:, 0]).max() > 500


def test_who_comes_close_is_hidden_at_once(default_detector) -> None:  # type: ignore[no-untyped-def]
    pipeline = ExpressionPipeline(default_detector)
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.0, smoothing_s=0.0, privacy=Privacy.COVER))
    for index in range(12):
        image = one_far_away(index >= 7)
        hidden = pipeline.process(Frame(image, index, index / 30)).frame.image_bgr
        if index >= 7:
            centre = np.s_[260:460, 500:1000]
            assert (hidden[centre].reshape(-1, 3) == hidden[360, 750]).all(), f"frame {index}"


def watched(detector, path: Path) -> list[Faces]:  # type: ignore[no-untyped-def]
    """The tracked faces of every frame of a clip."""
    source, tracker = VideoFileSource(path), FaceTracker()
    source.open()
    frames = []
    try:
        while (read := source.read()) is not None:
            assert read.media_time_s is not None
            frames.append(tracker.track(detector.detect(read.image_bgr), read.media_time_s))
    finally:
        source.close()
    return frames


def test_two_people_who_turn_their_heads_keep_their_numbers(default_detector, media_folder: Path) -> None:  # type: ignore[no-untyped-def]
    frames = watched(default_detector, media_folder / "head-pose-face-detection-female-and-male.gif")
    both = sum(len(faces) == 2 for faces in frames)
    assert both >= 0.9 * len(frames)
    assert {identity for faces in frames for identity in faces.tracker_id.tolist()} == {1, 2}
    sides = {1: set(), 2: set()}  # type: dict[int, set[bool]]
    for faces in frames:
        for box, identity in zip(faces.xyxy, faces.tracker_id.tolist(), strict=True):
            sides[identity].add(bool(box[0] < 240))
    assert len(sides[1]) == len(sides[2]) == 1, "nobody took the other's number"


def test_people_far_away_are_found_as_they_come_nearer(default_detector, media_folder: Path) -> None:  # type: ignore[no-untyped-def]
    frames = watched(default_detector, media_folder / "face-demographics-walking.gif")
    second_half = frames[len(frames) // 2 :]
    both = sum(len(faces) >= 2 for faces in second_half)
    assert both >= 0.9 * len(second_half), f"{both} of {len(second_half)}"


@pytest.mark.parametrize("clip", ["thanks.mkv", "hungry.mkv"])
def test_the_one_person_is_found_in_every_frame_and_nobody_else(
    default_detector, media_folder: Path, clip: str
) -> None:  # type: ignore[no-untyped-def]
    frames = watched(default_detector, media_folder / clip)
    assert len(frames) > 40
    assert [len(faces) for faces in frames] == [0] + [1] * (len(frames) - 1), "the second look believes the first"
    assert {identity for faces in frames for identity in faces.tracker_id.tolist()} == {1}


def test_a_frame_that_is_shown_again_and_one_of_an_earlier_time_are_searched_too(detector) -> None:  # type: ignore[no-untyped-def]
    """As in a pause, and after a jump."""
    image = demo_image(1)
    pipeline = ExpressionPipeline(detector)
    shown = ((5.0, 0), (5.0, 0), (0.0, 1), (0.0, 1))
    found = [len(pipeline.process(Frame(image, 0, timestamp_s, jumps=jumps)).faces) for timestamp_s, jumps in shown]
    assert found == [0, 1, 0, 1], "the second look believes the first"


class Scripted:
    """A network that finds what it is told to, and counts how often it was asked."""

    def __init__(self, *finds: tuple[float, float, float]) -> None:
        self.finds = finds
        self.asked = 0

    def detect(self, image_bgr: np.ndarray) -> Faces:
        """Each find is left edge, side, confidence; key points at the left edge tell whose they are."""
        self.asked += 1
        xyxy = np.array([(left, 50, left + side, 50 + side) for left, side, _ in self.finds], np.float32).reshape(-1, 4)
        points = np.array([[(left, 50)] * 6 for left, _, _ in self.finds], np.float32).reshape(-1, 6, 2)
        return Faces(xyxy, np.array([find[2] for find in self.finds], np.float32), points)

    def close(self) -> None: ...


IMAGE = np.zeros((480, 640, 3), np.uint8)


def both_say(near: Scripted, far: Scripted, *, thorough: bool = True) -> list[tuple[float, float]]:
    found = NearAndFarDetector("mediapipe", near, far, second_looks=False).detect(IMAGE, thorough=thorough)
    np.testing.assert_array_equal(found.keypoints[:, 0, 0], found.xyxy[:, 0])
    return sorted(
        (float(left), round(float(sure), 2)) for left, sure in zip(found.xyxy[:, 0], found.confidence, strict=True)
    )


def test_of_two_finds_of_one_face_the_surer_stays_with_its_box_and_points() -> None:
    assert both_say(Scripted((100, 80, 0.89)), Scripted((104, 60, 0.44))) == [(100, 0.89)]
    assert both_say(Scripted((100, 80, 0.4)), Scripted((104, 60, 0.45))) == [(104, 0.45)]
    assert both_say(Scripted((100, 200, 0.9)), Scripted((180, 30, 0.31))) == [(100, 0.9)], "one inside the other"


def test_where_both_are_sure_the_near_one_must_be_clearly_surer() -> None:
    assert both_say(Scripted((100, 80, SURE + 0.3)), Scripted((104, 60, SURE + 0.3 - CLEARLY / 2))) == [(104, 0.75)]
    assert both_say(Scripted((100, 80, SURE + 0.3)), Scripted((104, 60, SURE + 0.3 - CLEARLY * 2))) == [(100, 0.8)]


def test_faces_that_one_alone_sees_are_all_kept() -> None:
    near, far = Scripted((100, 80, 0.9), (400, 90, 0.6)), Scripted((104, 60, 0.95), (250, 30, 0.7))
    assert both_say(near, far) == [(104, 0.95), (250, 0.7), (400, 0.6)]


@pytest.mark.parametrize(
    ("near_finds", "far_finds", "thorough", "expected"),
    [
        ((), ((100, 60, 0.9),), False, 20 // NEAR_EVERY),
        ((), ((100, 60, 0.9),), True, 20),
        ((), (), False, 20),
        ((), ((100, 60, SURE - 0.1),), False, 20),
        (((100, 80, 0.95),), ((100, 60, 0.7),), False, 20),
    ],
    ids=["the far one is sure", "a thorough search", "nobody is found", "the far one is unsure", "the near one leads"],
)
def test_the_near_network_looks_as_often_as_it_must(
    near_finds: tuple[tuple[float, float, float], ...],
    far_finds: tuple[tuple[float, float, float], ...],
    thorough: bool,
    expected: int,
) -> None:
    near, far = Scripted(*near_finds), Scripted(*far_finds)
    detector = NearAndFarDetector("mediapipe", near, far, second_looks=False)
    for _ in range(20):
        detector.detect(IMAGE, thorough=thorough)
    assert far.asked == 20
    assert near.asked == expected


#: Archive of ``data``; the script that reads it, its function and what that takes; which of its pictures; how many may
#: be missed.
NEARLY_ALL_FOUND = [
    ("muxspace/train.zip", "detector_agreement.py", "portraits", (), 2, 250, 5),
    ("fer2013/public_test.zip", "false_finds.py", "archived", (".webp", 11, 300), 3, 100, 6),
]


@pytest.mark.parametrize(
    ("name", "script", "function", "more", "every", "count", "most_missed"),
    NEARLY_ALL_FOUND,
    ids=["portraits", "faces larger than their picture"],
)
def test_of_faces_that_fill_their_picture_nearly_all_are_found(  # type: ignore[no-untyped-def]
    default_detector,
    media_folder: Path,
    checkout: Path,
    name: str,
    script: str,
    function: str,
    more: tuple[object, ...],
    every: int,
    count: int,
    most_missed: int,
) -> None:
    archive = media_folder.parent / "data" / name
    if not archive.is_file():
        pytest.skip(f"{name} is not here")
    pictures = runpy.run_path(str(checkout / "scripts" / script))[function](archive, *more)
    taken = itertools.islice(pictures, None, None, every)
    found = [default_detector.detect(picture, thorough=True) for picture in taken]
    missed = sum(not len(faces) or faces.confidence.max() < SURE for faces in found)
    assert len(found) == count
    assert missed <= most_missed, missed
