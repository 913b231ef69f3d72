"""``realtime-fer probe`` says what is in a file and how it will be read, or why it cannot be."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import PIL.Image
import pytest

from realtime_fer.cli import run


def write_video(
    path: Path,
    *,
    aspect: Fraction = Fraction(1),
    stills: int = 0,
    codec: str = "libx264",
    kind: str | None = None,
    size: tuple[int, int] = (64, 48),
) -> Path:
    """Ten grey frames, 10 a second, behind tracks of one frame."""
    with av.open(str(path), "w", format=kind) as container:
        tracks = [container.add_stream("mjpeg" if at < stills else codec, rate=10) for at in range(stills + 1)]
        for at, stream in enumerate(tracks):
            stream.width, stream.height, stream.pix_fmt = *size, "yuvj420p" if at < stills else "yuv420p"
            stream.codec_context.sample_aspect_ratio = aspect
        for at, stream in enumerate(tracks):
            for number in range(1 if at < stills else 10):
                frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), 90, np.uint8), format="bgr24")
                frame = frame.reformat(format=stream.pix_fmt)
                frame.pts, frame.time_base = number, Fraction(1, 10)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def _probed(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict:
    assert run(["probe", *map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_plain_video_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_video(tmp_path / "a.mp4")
    facts = _probed(capsys, path)
    assert facts["kind"] == "video"
    assert (facts["width"], facts["height"], facts["fps"], facts["frames"]) == (64, 48, 10.0, 10)
    assert facts["duration_s"] == pytest.approx(1.0)
    assert facts["tracks"][0] | {"codec": "H.264", "is_read": True, "default": True} == facts["tracks"][0]
    assert (facts["sound"], facts["steps"], facts["jumps"]) == ([], [], 0)
    assert run(["probe", str(path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == [
        "  Video track 1: H.264, 64x48, 10 frames a second, 10 frames, default (read)",
        "  Sound: none",
        "  Shown: 64x48, 10 frames a second, 10 frames, 1.00 s",
        "  It is shown as it is stored.",
    ]


def test_what_is_done_to_a_video_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = _probed(capsys, write_video(tmp_path / "a.mp4", aspect=Fraction(4, 3), stills=1))
    assert (facts["width"], facts["stored_width"], facts["pixel_aspect"]) == (85, 64, "4:3")
    assert facts["steps"] == [
        "Of 2 video tracks number 2 is read; --track takes another.",
        "Pixels of 4:3 are made square, from 64x48.",
    ]
    assert [track["is_read"] for track in facts["tracks"]] == [False, True]
    assert _probed(capsys, tmp_path / "a.mp4", "--track", 1)["frames"] == 1


def test_a_stream_without_time_stamps_says_its_rate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = _probed(capsys, write_video(tmp_path / "a.h264", kind="h264"))
    assert facts["steps"] == ["It has no time stamps; its frames come 10 a second."]
    assert not facts["has_time_stamps"]


def test_joined_recordings_say_how_often_the_clock_jumps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = write_video(tmp_path / "part.ts", codec="mpeg2video").read_bytes()
    (tmp_path / "joined.ts").write_bytes(part * 3)
    facts = _probed(capsys, tmp_path / "joined.ts")
    assert facts["jumps"] == 2
    assert facts["duration_s"] == pytest.approx(3.0, abs=0.2)
    assert "Its clock jumps 2 times; time goes on from frame to frame." in facts["steps"]


def test_a_picture_and_an_animated_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = PIL.Image.new("RGB", (40, 30))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(tmp_path / "a.jpg", exif=exif)
    facts = _probed(capsys, tmp_path / "a.jpg")
    assert (facts["kind"], facts["format"], facts["width"], facts["height"]) == ("picture", "JPEG", 30, 40)
    assert (facts["turn_deg"], facts["steps"]) == (90, ["It is turned 90 degrees clockwise."])
    # Pillow cannot open a TIFF file of three channels of real numbers; the program reads it.
    cv2.imwrite(str(tmp_path / "a.tif"), np.zeros((30, 40, 3), np.float32))
    assert _probed(capsys, tmp_path / "a.tif")["format"] == "TIFF"
    others = [PIL.Image.new("RGB", (40, 30), (value, 0, 0)) for value in (50, 100)]
    picture.save(tmp_path / "a.webp", save_all=True, append_images=others, duration=200)
    facts = _probed(capsys, tmp_path / "a.webp")
    assert (facts["kind"], facts["frames"], facts["fps"]) == ("animation", 3, 5.0)
    assert run(["probe", str(tmp_path / "a.webp")]) == 0
    assert "Shown: 40x30, 5 frames a second, 3 frames, 0.60 s" in capsys.readouterr().out


def test_a_folder_lists_its_videos_and_what_is_wrong_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    write_video(folder / "a.mp4")
    PIL.Image.new("RGB", (8, 8)).save(folder / "b.png")
    (folder / "c.txt").write_text("hello")
    assert run(["probe", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"{folder}: a folder of 1 video and 1 picture; 1 other file left out."
    assert told[1] == "  a.mp4: 64x48, 10 frames a second, 10 frames, 1.00 s"
    (folder / "d.mp4").write_bytes(b"no video" * 100)
    assert run(["probe", str(folder), "--json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert facts["videos"][1]["problem"].startswith("'d.mp4' is not a video or is damaged.")
    assert [Path(name).name for name in facts["pictures"]] == ["b.png"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.mp4", b"", "The file 'empty.mp4' is empty."),
        ("text.txt", b"hello\n" * 300, "'text.txt' is not a video or is damaged."),
        ("bad.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "'bad.png' is not a picture or is damaged."),
    ],
)
def test_a_bad_file_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert run(["probe", str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"realtime-fer: {sentence}")


def test_what_is_no_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["probe", "demo"]) == 2
    assert "probe takes a file or a folder" in capsys.readouterr().err
    assert run(["probe", str(tmp_path / "none.mp4")]) == 2
    assert "There is no file" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(["probe", str(empty)]) == 2
    assert "There is no video and no picture in 'empty'." in capsys.readouterr().err
    path = write_video(tmp_path / "a.mp4")
    assert run(["probe", str(path), "--track", "4"]) == 2
    assert "There is no video track 4: the file has 1." in capsys.readouterr().err
