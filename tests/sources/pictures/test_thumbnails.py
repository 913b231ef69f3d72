"""Small copies of a folder's pictures look as the pictures do."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.sources.images import ImageFolderSource
from realtime_fer.sources.thumbnails import read_thumbnail


def test_the_longer_side_fits_and_a_small_picture_stays_as_it_is(tmp_path: Path) -> None:
    PIL.Image.new("RGB", (400, 200), (255, 0, 0)).save(tmp_path / "wide.png")
    PIL.Image.new("RGB", (48, 48), (0, 255, 0)).save(tmp_path / "small.png")
    assert read_thumbnail(tmp_path, "wide.png", 128).shape == (64, 128, 3)
    assert read_thumbnail(tmp_path, "wide.png", 128)[30, 60].tolist() == [0, 0, 255]
    assert read_thumbnail(tmp_path, "small.png", 128).shape == (48, 48, 3)
    PIL.Image.new("L", (4000, 1)).save(tmp_path / "line.png")
    assert read_thumbnail(tmp_path, "line.png", 128).shape == (1, 128, 3)


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    PIL.Image.new("RGB", (400, 200)).save(tmp_path / "turned.jpg", exif=exif)
    assert read_thumbnail(tmp_path, "turned.jpg", 100).shape == (100, 50, 3)


@pytest.mark.parametrize("name", ["scan.tif", "deep/scan (page 3).tif"])
def test_every_name_of_the_source_is_found_again(tmp_path: Path, name: str) -> None:
    """Also of a file that is called as a page is."""
    (tmp_path / "deep").mkdir()
    pages = [PIL.Image.new("L", (40, 30), 60 * number) for number in range(1, 4)]
    pages[0].save(tmp_path / name, save_all=True, append_images=pages[1:])
    PIL.Image.new("L", (40, 30), 250).save(tmp_path / "other.png")
    for path in (tmp_path, tmp_path / name):
        source = ImageFolderSource(path)
        source.open()
        for listed in source.picture_names:
            read = source.read()
            assert read is not None
            np.testing.assert_array_equal(read_thumbnail(path, listed, 100), read.image_bgr)
        source.close()


def test_a_damaged_picture_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    with pytest.raises(SourceError, match=r"broken\.jpg"):
        read_thumbnail(tmp_path, "broken.jpg", 100)
    with pytest.raises(SourceError, match="gone"):
        read_thumbnail(tmp_path, "gone.jpg", 100)


def test_pixels_are_averaged_and_not_picked(tmp_path: Path) -> None:
    stripes = np.zeros((256, 256), np.uint8)
    stripes[:, ::2] = 255
    cv2.imwrite(str(tmp_path / "stripes.png"), stripes)
    small = read_thumbnail(tmp_path, "stripes.png", 64)
    assert abs(int(small.mean()) - 127) < 3
    assert int(small.max()) - int(small.min()) < 10
