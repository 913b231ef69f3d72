"""The built-in show: the same everywhere, faces where it says they are, cheap to draw."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.geometry import box_iou
from realtime_fer.sources import DemoSource


def frames_at(indices: list[int], **options: object) -> list[np.ndarray]:
    source = DemoSource(**options)  # type: ignore[arg-type]
    source.open()
    found = []
    for index in range(max(indices) + 1):
        frame = source.read()
        assert frame is not None
        if index in indices:
            found.append(frame.image_bgr)
    source.close()
    return found


def test_lasts_as_long_as_asked_with_times_by_its_rate() -> None:
    source = DemoSource(160, 90, 25, seconds=2)
    source.open()
    assert (source.name, source.is_live, source.fps, source.frame_count) == ("demo", False, 25.0, 50)
    times = []
    while (frame := source.read()) is not None:
        times.append(frame.media_time_s)
        assert frame.image_bgr.shape == (90, 160, 3)
    assert times == pytest.approx([i / 25 for i in range(50)])
    source.close()
    source.close()
    with pytest.raises(SourceError, match="not open"):
        source.read()


def test_without_seconds_it_has_no_end() -> None:
    source = DemoSource(64, 64, 2)
    source.open()
    assert source.frame_count is None
    assert all(source.read() is not None for _ in range(100))


def test_same_frames_every_time_and_a_loop_of_thirty_seconds() -> None:
    first = frames_at([0, 7, 40], width=160, height=90, fps=4)
    again = frames_at([0, 7, 40], width=160, height=90, fps=4)
    for one, other in zip(first, again, strict=True):
        assert (one == other).all()
    assert (first[0] != first[1]).any()
    # At whole seconds: between, while cards glide, each goes on moving by a time of its own.
    source = DemoSource(320, 180, 1)
    assert [len(source.face_boxes(i)) for i in range(30)] == [len(source.face_boxes(i + 30)) for i in range(30)]


def test_show_has_one_two_and_four_faces_near_and_far_and_a_night() -> None:
    source = DemoSource(320, 180, 10, seconds=30)
    source.open()
    counts = [len(source.face_boxes(i)) for i in range(300)]
    assert {counts[20], counts[220], counts[270]} == {1, 2, 4}
    sides = [float(np.ptp(source.face_boxes(i)[0, ::2])) for i in range(170)]
    assert max(sides) > 2.5 * min(sides)
    brightness = []
    while (frame := source.read()) is not None:
        brightness.append(frame.image_bgr.mean())
    assert min(brightness[175:200]) < 0.5 * brightness[170]


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (360, 640), (301, 203)])
@pytest.mark.parametrize("faces", [1, 2, 3, 4, 10])
def test_asked_number_of_faces_is_always_there_and_apart(size: tuple[int, int], faces: int) -> None:
    source = DemoSource(*size, fps=4, faces=faces)
    for index in range(0, 160, 3):
        boxes = source.face_boxes(index)
        assert len(boxes) == faces
        assert (boxes[:, :2] >= 0).all()
        assert (boxes[:, 2:] <= size).all()
        assert (box_iou(boxes, boxes) - np.eye(faces) < 1e-5).all()


def test_boxes_are_where_the_picture_has_skin() -> None:
    source = DemoSource(640, 360, 10)
    source.open()
    for index in range(60):
        frame = source.read()
        assert frame is not None
        for left, top, right, bottom in source.face_boxes(index):
            if left < 0 or top < 0 or right > 640 or bottom > 360:
                continue
            # The middle half of the box: cheeks, nose and mouth, redder than blue by far, unlike the wall.
            w, h = (right - left) / 4, (bottom - top) / 4
            middle = frame.image_bgr[int(top + h) : int(bottom - h), int(left + w) : int(right - w)]
            blue, _, red = middle.reshape(-1, 3).mean(axis=0)
            assert red > blue + 30


def test_haar_finds_the_faces_it_says_are_there() -> None:
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    for faces in (1, 2, 4):
        source = DemoSource(640, 360, 2, faces=faces)
        source.open()
        right = 0
        for index in range(4):
            frame = source.read()
            assert frame is not None
            grey = cv2.cvtColor(frame.image_bgr, cv2.COLOR_BGR2GRAY)
            found = np.array(cascade.detectMultiScale(grey, 1.15, 5, minSize=(40, 40)), np.float32).reshape(-1, 4)
            found[:, 2:] += found[:, :2]
            right += bool((box_iou(source.face_boxes(index), found).max(axis=1, initial=0) > 0.4).all())
        assert right >= 3


@pytest.mark.parametrize(
    "options", [{"width": 10}, {"fps": 0}, {"fps": float("nan")}, {"faces": 0}, {"faces": 17}, {"height": -1}]
)
def test_impossible_shows_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"the demo needs|faces must be"):
        DemoSource(**options)  # type: ignore[arg-type]
