"""Cameras: found by name, asked in the right order, and lost in plain words. The devices are fakes."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import cv2
import cv2_enumerate_cameras
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.sources import CameraDescription, CameraSource, list_cameras
from realtime_fer.sources.camera import FAILED_READS
from realtime_fer.sources.cameras import camera_backend


class FakeCapture:
    """Gives each of ``script`` in turn: a picture, None for a failed read, or an error to raise."""

    def __init__(self, script: list[object], opened: bool = True, fps: float = 30.0) -> None:
        self.script, self.opened, self.fps = list(script), opened, fps
        self.asked: list[tuple[int, float]] = []
        self.reads = self.released = 0

    def __call__(self, camera: int | str, backend: int) -> FakeCapture:
        self.camera, self.backend = camera, backend
        return self

    def isOpened(self) -> bool:
        return self.opened

    def read(self) -> tuple[bool, np.ndarray | None]:
        self.reads += 1
        item = self.script.pop(0) if self.script else None
        if isinstance(item, Exception):
            raise item
        return item is not None, item  # type: ignore[return-value]

    def set(self, propId: int, value: float) -> bool:
        self.asked.append((propId, value))
        return True

    def get(self, propId: int) -> float:
        return self.fps

    def release(self) -> None:
        self.released += 1


def picture(grey: int, *shape: int) -> np.ndarray:
    return np.full(shape or (4, 6, 3), grey, np.uint8)


# A device path that exists everywhere tests run, so that a failed read is not taken for an unplugged camera.
DEVICE = __file__


def test_first_picture_of_opening_is_not_lost() -> None:
    capture = FakeCapture([picture(1), picture(2)])
    source = CameraSource(DEVICE, name="Desk", open_capture=capture)
    source.open()
    assert (source.name, source.is_live, source.fps, source.frame_count) == ("Desk", True, 30.0, None)
    frames = [source.read(), source.read()]
    assert [int(frame.image_bgr[0, 0, 0]) for frame in frames if frame] == [1, 2]
    assert all(frame is not None and frame.media_time_s is None for frame in frames)
    source.close()
    source.close()
    assert capture.released == 1
    with pytest.raises(SourceError, match="not open"):
        source.read()


def test_large_pictures_are_asked_compressed_before_their_size() -> None:
    capture = FakeCapture([picture(1)])
    CameraSource(DEVICE, 1280, 720, 60, open_capture=capture).open()
    assert [asked for asked, _ in capture.asked] == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
        cv2.CAP_PROP_FPS,
        cv2.CAP_PROP_BUFFERSIZE,
    ]
    assert capture.asked[0][1] == cv2.VideoWriter.fourcc(*"MJPG")
    assert capture.backend == camera_backend()


def test_nothing_is_asked_that_was_left_to_the_camera() -> None:
    capture = FakeCapture([picture(1)], fps=-1.0)
    source = CameraSource(DEVICE, open_capture=capture)
    source.open()
    assert capture.asked == [(cv2.CAP_PROP_BUFFERSIZE, 1.0)]
    assert source.fps is None


def test_single_failures_are_passed_over_and_several_are_a_loss() -> None:
    failed = [None, cv2.error("bus"), np.zeros((0, 0, 3), np.uint8)]
    capture = FakeCapture([picture(1), *failed, picture(2)])
    source = CameraSource(DEVICE, name="Desk", open_capture=capture)
    source.open()
    source.read()
    frame = source.read()
    assert frame is not None
    assert frame.image_bgr[0, 0, 0] == 2
    before = capture.reads
    with pytest.raises(SourceError) as caught:
        source.read()
    assert str(caught.value) == "The camera 'Desk' stopped delivering pictures."
    assert capture.reads - before == FAILED_READS


def test_unplugged_device_is_noticed_at_its_first_failure() -> None:
    capture = FakeCapture([picture(1)])
    source = CameraSource("/dev/video-that-is-not-there", open_capture=capture)
    source.open()
    source.read()
    with pytest.raises(SourceError, match="stopped delivering pictures"):
        source.read()
    assert capture.reads == 2


def test_grey_camera_gives_bgr() -> None:
    source = CameraSource(DEVICE, open_capture=FakeCapture([picture(9, 4, 6)]))
    source.open()
    frame = source.read()
    assert frame is not None
    assert frame.image_bgr.shape == (4, 6, 3)


def test_camera_that_does_not_open_or_shows_nothing_is_released_and_said() -> None:
    closed = FakeCapture([], opened=False)
    with pytest.raises(SourceError, match=r"'Desk' cannot be opened\.") as caught:
        CameraSource(DEVICE, name="Desk", open_capture=closed).open()
    assert caught.value.hint
    assert closed.released == 1
    dark = FakeCapture([])
    with pytest.raises(SourceError, match=r"'Desk' delivers no picture\.") as caught:
        CameraSource(DEVICE, name="Desk", open_capture=dark).open()
    assert "other programs" in caught.value.hint
    assert dark.released == 1


@pytest.mark.skipif(sys.platform != "linux", reason="device files are Linux's")
def test_missing_camera_is_said_without_noise(capfd: pytest.CaptureFixture[str]) -> None:
    for camera in (97, "/dev/video97"):
        with pytest.raises(SourceError, match="There is no camera"):
            CameraSource(camera).open()
    assert capfd.readouterr() == ("", "")


def test_list_is_by_index_with_names_and_without_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        SimpleNamespace(index=2, name="Beta", path="/dev/video2"),
        SimpleNamespace(index=0, name=" Alpha ", path=None),
        SimpleNamespace(index=2, name="Beta", path="/dev/video2"),
        SimpleNamespace(index=1, name=None, path="/dev/video1"),
    ]
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda backend: found)
    cameras = list_cameras()
    assert [(camera.index, camera.name, camera.path) for camera in cameras] == [
        (0, "Alpha", ""),
        (1, "Camera 1", "/dev/video1"),
        (2, "Beta", "/dev/video2"),
    ]
    assert all(isinstance(camera, CameraDescription) and camera.backend for camera in cameras)


def test_list_is_empty_where_the_system_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(backend: int) -> list[object]:
        raise OSError("no driver layer")

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", broken)
    assert list_cameras() == []
