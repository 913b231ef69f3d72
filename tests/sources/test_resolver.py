"""What a person's word opens."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import DEMO, Kind, SourceRequest, request_of
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.sources import (
    AddressSource,
    CameraDescription,
    CameraSource,
    DemoSource,
    ImageFolderSource,
    VideoFileSource,
    plain_request,
    resolve_auto,
    source_for,
)

from .clips import write_clip, write_gif

CAMERAS = [
    CameraDescription(2, "Desk Camera", "/dev/video2", "V4L2"),
    CameraDescription(4, "Door", "/dev/video4", "V4L2"),
]


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime_fer.sources.cameras.list_cameras", lambda: CAMERAS)


@pytest.fixture
def no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime_fer.sources.cameras.list_cameras", list)


@pytest.mark.usefixtures("cameras")
@pytest.mark.parametrize(
    ("word", "kind", "name"),
    [
        ("demo", DemoSource, "demo"),
        (" Demo ", DemoSource, "demo"),
        ("2", CameraSource, "Desk Camera"),
        ("0", CameraSource, "Camera 0"),
        ("/dev/video4", CameraSource, "Door"),
        ("/dev/video9", CameraSource, "/dev/video9"),
        ("door", CameraSource, "Door"),
        ("auto", CameraSource, "Desk Camera"),
        ("rtsp://me:secret@cam/live", AddressSource, shown_address("rtsp://me:secret@cam/live")),
        ("HTTPS://host/video.mp4", AddressSource, shown_address("HTTPS://host/video.mp4")),
    ],
)
def test_words(word: str, kind: type, name: str) -> None:
    source = source_for(request_of(word))
    assert type(source) is kind
    assert source.name == name


@pytest.mark.usefixtures("cameras")
@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("door", "4"),
        (" Desk Camera ", "2"),
        ("2", "2"),
        ("/dev/video4", "/dev/video4"),
        (" Demo ", "demo"),
        ("rtsp://me:secret@cam/live", "rtsp://me:secret@cam/live"),
    ],
)
def test_one_source_has_one_name(word: str, plain: str) -> None:
    assert plain_request(source_for(request_of(word)), request_of(word)).value == plain


def test_files_by_what_they_are(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "video.mp4", 2).rename(tmp_path / "video.dat")
    assert isinstance(source_for(request_of(str(clip))), VideoFileSource)
    mislabelled = tmp_path / "video.jpg"
    mislabelled.write_bytes(clip.read_bytes())
    assert isinstance(source_for(request_of(str(mislabelled))), VideoFileSource)
    assert isinstance(source_for(request_of(str(write_gif(tmp_path / "a.gif", [5, 5])))), VideoFileSource)
    picture = tmp_path / "a b ü"
    for ending in (".jpg", ".png", ".webp", ".bmp", ".tiff"):
        picture.write_bytes(cv2.imencode(ending, np.zeros((8, 8, 3), np.uint8))[1].tobytes())
        assert isinstance(source_for(request_of(str(picture))), ImageFolderSource)
    assert isinstance(source_for(request_of(picture.absolute().as_uri())), ImageFolderSource)
    picture.write_bytes(b"P6\n1 1\n255\n\0\0\0")
    source = source_for(request_of(str(picture)))
    assert isinstance(source, ImageFolderSource)
    assert plain_request(source, request_of(str(picture))) == SourceRequest(Kind.PICTURE, str(picture))
    damaged = tmp_path / "damaged.jfif"
    damaged.write_bytes(b"nothing of the kind")
    assert isinstance(source_for(request_of(str(damaged))), ImageFolderSource)
    assert isinstance(source_for(request_of(str(tmp_path))), ImageFolderSource)


@pytest.mark.usefixtures("no_camera")
@pytest.mark.parametrize("word", ["none.mp4", "ftp://host/x", "", "  ", "~nobody-at-all/x", "a\0b", "no such camera"])
def test_what_means_nothing_is_said(word: str) -> None:
    with pytest.raises(SourceError, match="There is no file, camera or address") as caught:
        source_for(request_of(word))
    assert "'demo'" in caught.value.hint


@pytest.mark.usefixtures("no_camera")
def test_a_refused_word_shows_no_password() -> None:
    with pytest.raises(SourceError) as caught:
        source_for(request_of("ftp://me:secret@host/x?token=abc"))
    assert "secret" not in caught.value.sentence()
    assert "abc" not in caught.value.sentence()


@pytest.mark.usefixtures("no_camera")
def test_without_a_camera_the_demo_plays_and_says_why() -> None:
    request, sentence = resolve_auto()
    assert request == DEMO
    assert sentence == "No camera was found, so the demo is playing. Connect a camera and choose it under Source."
    assert isinstance(source_for(request_of("auto")), DemoSource)


@pytest.mark.usefixtures("cameras")
def test_with_a_camera_auto_is_the_first_one() -> None:
    assert resolve_auto() == (request_of("2"), "")


def test_demo_of_one_given_side_is_wide_and_too_small_a_one_is_refused() -> None:
    for options, shape in (({"width": 640}, (360, 640, 3)), ({"height": 480}, (480, 854, 3))):
        source = source_for(request_of("demo"), **options)
        source.open()
        frame = source.read()
        assert frame is not None
        assert frame.image_bgr.shape == shape
    with pytest.raises(SourceError, match="cannot be 32x32 pixels"):
        source_for(request_of("demo"), width=32, height=32)


def test_size_and_rate_reach_the_demo() -> None:
    source = source_for(request_of("demo"), width=320, height=180, fps=12)
    source.open()
    frame = source.read()
    assert frame is not None
    assert frame.image_bgr.shape == (180, 320, 3)
    assert source.fps == 12
    source.close()


def test_the_file_a_word_means_is_told_without_opening_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    clip = tmp_path / "a b"
    for name in ("a b", "0", "demo"):
        (tmp_path / name).write_bytes(b"x")
    assert request_of(str(tmp_path)) == SourceRequest(Kind.FOLDER, str(tmp_path))
    for word in (str(clip), clip.as_uri(), "~/a b"):
        assert request_of(word).path == clip
    for word in ("demo", "0", "auto", "", " ", "none", "a\0b", "/dev/video0", "rtsp://cam/a b"):
        assert request_of(word).path is None
