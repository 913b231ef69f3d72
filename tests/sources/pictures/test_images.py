"""Pictures and folders of them: order, kinds of pixels, and what is left out."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.sources import ImageFolderSource
from realtime_fer.sources.picture_decoding import read_picture


def write_picture(path: Path, image: np.ndarray) -> Path:
    done, encoded = cv2.imencode(path.suffix, image)
    assert done
    path.write_bytes(encoded.tobytes())
    return path


def plain(height: int, width: int, bgr: tuple[int, int, int] = (10, 120, 230)) -> np.ndarray:
    return np.full((height, width, 3), bgr, np.uint8)


def read_all(source: ImageFolderSource) -> list[SourceFrame]:
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    return frames


def test_sorted_as_people_count_with_names_times_and_own_sizes(tmp_path: Path) -> None:
    for number, name in enumerate(["face10.png", "face2.jpg", "Face1.bmp", "a b ü.webp"]):
        write_picture(tmp_path / name, plain(20 + number, 30))
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "._face1.jpg").write_bytes(b"no picture")
    (tmp_path / "folder.png").mkdir()
    source = ImageFolderSource(tmp_path)
    frames = read_all(source)
    assert [frame.name for frame in frames] == ["a b ü.webp", "Face1.bmp", "face2.jpg", "face10.png"]
    assert [frame.media_time_s for frame in frames] == [0.0, 1.0, 2.0, 3.0]
    assert [frame.image_bgr.shape[0] for frame in frames] == [23, 22, 21, 20]
    assert (source.frame_count, source.is_live, source.name, source.skipped) == (4, False, tmp_path.name, [])
    source.close()
    source.close()


def test_unreadable_pictures_are_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(b"not a picture")
    write_picture(tmp_path / "2.png", plain(8, 8))
    (tmp_path / "3.png").write_bytes(b"")
    write_picture(tmp_path / "4.png", plain(8, 8))
    source = ImageFolderSource(tmp_path)
    frames = read_all(source)
    assert [(frame.name, frame.media_time_s) for frame in frames] == [("2.png", 0.0), ("4.png", 1.0)]
    assert source.skipped == [
        ("1.jpg", "'1.jpg' is not a picture or is damaged."),
        ("3.png", "The picture '3.png' is empty."),
    ]
    assert source.frame_count == 2


def test_folder_of_nothing_readable_is_refused(tmp_path: Path) -> None:
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(b"not a picture")
    with pytest.raises(SourceError, match="None of the 2 pictures in") as caught:
        ImageFolderSource(tmp_path).open()
    assert "'1.jpg' is not a picture" in caught.value.hint


def test_folder_without_pictures_missing_folder_and_unopened(tmp_path: Path) -> None:
    for name, told in (
        ("notes.txt", "Pictures are JPEG"),
        ("expressions.csv", "Pictures are JPEG"),
        ("a.mp4", "There are videos in it"),
        ("session.json", "It is a recording"),
    ):
        (tmp_path / name).touch()
        with pytest.raises(SourceError, match="There are no pictures in the folder") as caught:
            ImageFolderSource(tmp_path).open()
        assert told in caught.value.hint
    with pytest.raises(SourceError, match="There is no folder"):
        ImageFolderSource(tmp_path / "none").open()
    with pytest.raises(SourceError, match="not open"):
        ImageFolderSource(tmp_path).read()


def test_one_picture_is_a_source_of_one_frame(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "one.png", plain(5, 7))
    source = ImageFolderSource(path)
    for _ in range(2):
        frames = read_all(source)
        assert [frame.name for frame in frames] == ["one.png"]
        assert (frames[0].image_bgr == plain(5, 7)).all()
    path.write_bytes(b"gone bad")
    with pytest.raises(SourceError, match=r"'one.png' is not a picture"):
        source.open()


def test_grey_and_sixteen_bits_become_bgr_of_eight(tmp_path: Path) -> None:
    grey = read_picture(write_picture(tmp_path / "g.png", np.full((4, 6), 77, np.uint8)))
    assert grey.shape == (4, 6, 3)
    assert (grey == 77).all()
    deep = read_picture(write_picture(tmp_path / "d.png", np.full((4, 6, 3), 200 * 257, np.uint16)))
    assert deep.dtype == np.uint8
    assert (deep == 200).all()


def test_transparency_is_laid_over_white(tmp_path: Path) -> None:
    image = np.zeros((4, 3, 4), np.uint8)
    image[:, 1, 3] = 255
    image[:, 2, 3] = 128
    pixels = read_picture(write_picture(tmp_path / "a.png", image))
    assert pixels[0].tolist() == [[255] * 3, [0] * 3, [127] * 3]
    deep = np.zeros((4, 3, 4), np.uint16)
    assert (read_picture(write_picture(tmp_path / "b.png", deep)) == 255).all()


def test_exif_orientation_stands_the_picture_up(tmp_path: Path) -> None:
    image = np.zeros((24, 48, 3), np.uint8)
    image[:, :24] = 255
    path = write_picture(tmp_path / "phone.jpg", image)
    # One IFD entry: tag 0x0112 (orientation), SHORT, 6 = turn 90 degrees clockwise to stand up (EXIF 2.3, 4.6.4 A).
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    segment = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\x00\x00" + tiff
    content = path.read_bytes()
    path.write_bytes(content[:2] + segment + content[2:])
    upright = read_picture(path)
    assert upright.shape == (48, 24, 3)
    assert upright[:20].mean() > 250
    assert upright[28:].mean() < 5


def test_folders_within_come_after_the_folder_s_own_and_results_are_left_out(tmp_path: Path) -> None:
    for name in ("z.png", "day10/a.png", "day9/b.png", "day9/._b.png", ".cache/c.png", "out/z.png", "day9/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if name.endswith(".png"):
            write_picture(tmp_path / name, plain(4, 4))
    (tmp_path / "day9" / "again").symlink_to(tmp_path, target_is_directory=True)
    source = ImageFolderSource(tmp_path, without=tmp_path / "out")
    assert [frame.name for frame in read_all(source)] == ["z.png", "day9/b.png", "day10/a.png"]
