"""What a word means, told once at the edge of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime_fer.core.request import (
    AUTO,
    DEMO,
    PICTURE_SUFFIXES,
    VIDEO_SUFFIXES,
    Kind,
    SourceRequest,
    is_picture,
    request_of,
)


@pytest.mark.parametrize(
    ("word", "kind", "value"),
    [
        (" Auto", Kind.AUTO, "auto"),
        ("DEMO ", Kind.DEMO, "demo"),
        (" 2 ", Kind.CAMERA_NUMBER, "2"),
        ("²", Kind.CAMERA_NAME, "²"),
        ("/dev/video4", Kind.CAMERA_DEVICE, "/dev/video4"),
        ("/dev/null", Kind.FILE, "/dev/null"),
        (" RTSP://me:secret@cam/live ", Kind.ADDRESS, "RTSP://me:secret@cam/live"),
        ("ftp://host/video.mp4", Kind.CAMERA_NAME, "ftp://host/video.mp4"),
        ("file:///videos/a%20b.mp4", Kind.FILE, "/videos/a b.mp4"),
        ("file://", Kind.CAMERA_NAME, "file://"),
        ("/videos/gone.mp4", Kind.FILE, "/videos/gone.mp4"),
        ("HP Camera 1080p", Kind.CAMERA_NAME, "HP Camera 1080p"),
        ("", Kind.CAMERA_NAME, ""),
        ("  ", Kind.CAMERA_NAME, ""),
        ("a\0b", Kind.CAMERA_NAME, "a\0b"),
    ],
)
def test_words(word: str, kind: Kind, value: str) -> None:
    request = request_of(word)
    assert request == SourceRequest(kind, value)
    assert request_of(request.value) == request, "what is kept in the settings means the same again"


def test_a_file_is_told_from_a_folder_and_from_a_camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Desk Camera ").write_bytes(b"x")
    assert request_of("Desk Camera ") == SourceRequest(Kind.FILE, "Desk Camera ")
    assert request_of("Desk Camera").kind is Kind.CAMERA_NAME
    assert request_of(tmp_path.as_uri()) == SourceRequest(Kind.FOLDER, str(tmp_path))


def test_only_what_may_come_back_by_itself_is_tried_again_and_again() -> None:
    tried = [word for word in ("0", "/dev/video0", "udp://:1", "file:///a.mp4", "Desk", "demo") if live(word)]
    assert tried == ["0", "/dev/video0", "udp://:1"]


def live(word: str) -> bool:
    return request_of(word).goes_on_by_itself


def test_a_password_stands_in_no_log_of_a_request() -> None:
    assert "secret" not in repr(request_of("rtsp://me:secret@cam/live"))
    assert (AUTO.is_camera, DEMO.is_camera) == (True, False)


def test_a_picture_is_known_by_its_content_and_only_then_by_its_name(tmp_path: Path) -> None:
    for number, (name, content, expected) in enumerate(
        [
            ("a", b"\xff\xd8\xff\xe0", True),
            ("a", b"P5\n2 2\n255\n....", True),
            ("a.mp4", b"\x89PNG\r\n\x1a\n", True),
            ("a.jfif", b"damaged", True),
            ("a.jpg", b"\0\0\0\x18ftypisom", False),
            ("a", b"P5x", False),
            ("a.txt", b"words", False),
        ]
    ):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_bytes(content)
        assert is_picture(path) is expected, (name, content)
    assert not is_picture(tmp_path / "gone.mp4")
    assert {".jfif", ".ppm"} <= PICTURE_SUFFIXES
    assert not PICTURE_SUFFIXES & VIDEO_SUFFIXES


def test_pictures_one_behind_the_other_are_a_video_unless_they_are_named_otherwise(tmp_path: Path) -> None:
    jpeg = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"
    for name, content, expected in (
        ("stream.mjpeg", jpeg * 3, False),
        ("stream", jpeg * 3, False),
        ("one", jpeg, True),
        # A telephone keeps its depth map behind the photograph.
        ("photo.jpg", jpeg * 2, True),
    ):
        (tmp_path / name).write_bytes(content)
        assert is_picture(tmp_path / name) is expected
