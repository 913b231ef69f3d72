"""Pictures of every kind are read with the values that their formats give them."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import PIL.Image
import pytest
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import is_picture
from realtime_fer.sources import ImageFolderSource
from realtime_fer.sources.picture_decoding import read_picture

#: Four colours in a picture that is wider than high, so that every turn and every swap of channels shows.
COLOURS_RGB = np.array([[[200, 40, 30], [30, 180, 60]], [[20, 60, 190], [120, 120, 120]]], np.uint8)


def quarters(height: int = 64, width: int = 96) -> npt.NDArray[np.uint8]:
    return COLOURS_RGB.repeat(height // 2, axis=0).repeat(width // 2, axis=1)


def centres(image_bgr: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """RGB in the middle of each quarter, (2, 2, 3)."""
    height, width = image_bgr.shape[:2]
    rows, columns = [height // 4, 3 * height // 4], [width // 4, 3 * width // 4]
    return image_bgr[np.ix_(rows, columns)][:, :, ::-1].astype(np.int64)


def turned() -> PIL.Image.Exif:
    """Orientation 6: to be turned by 90 degrees clockwise."""
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    return exif


UPRIGHT = np.rot90(COLOURS_RGB, -1).astype(np.int64)


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif", ".jpg", ".avif"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_turned_pictures_stand_upright(tmp_path: Path, suffix: str, mode: str) -> None:
    path = tmp_path / f"turned{suffix}"
    PIL.Image.fromarray(quarters()).convert("RGB" if suffix == ".jpg" else mode).save(path, exif=turned(), quality=95)
    image = read_picture(path)
    assert image.shape == (96, 64, 3)
    np.testing.assert_allclose(centres(image), UPRIGHT, atol=6)


def test_transparency_of_a_turned_picture_is_laid_over_white(tmp_path: Path) -> None:
    clear = np.dstack([quarters(), np.full((64, 96), 255, np.uint8)])
    clear[:32, :48, 3] = 0
    clear[32:, 48:, 3] = 128
    PIL.Image.fromarray(clear).save(tmp_path / "a.png", exif=turned())
    expected = UPRIGHT.copy()
    expected[0, 1], expected[1, 0] = 255, round(120 * 128 / 255 + 127)
    np.testing.assert_allclose(centres(read_picture(tmp_path / "a.png")), expected, atol=1)


@pytest.mark.parametrize("turn", [False, True])
def test_a_heic_picture_is_read_whole_and_upright(tmp_path: Path, turn: bool) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    path = tmp_path / "phone.heic"
    heif = pillow_heif.from_pillow(PIL.Image.fromarray(quarters(1024, 1536)))
    heif.save(path, quality=90, exif=turned().tobytes() if turn else None)
    assert is_picture(path)
    image = read_picture(path)
    assert image.shape == ((1536, 1024, 3) if turn else (1024, 1536, 3))
    np.testing.assert_allclose(centres(image), UPRIGHT if turn else COLOURS_RGB, atol=6)


def test_heic_without_its_reader_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    path = tmp_path / "phone.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    with pytest.raises(SourceError, match="pillow-heif"):
        read_picture(path)


@pytest.mark.parametrize("name", ["a.avif", "a.jp2", "a.j2k"])
def test_avif_and_jpeg_2000(tmp_path: Path, name: str) -> None:
    PIL.Image.fromarray(quarters()).save(tmp_path / name)
    (tmp_path / name).rename(tmp_path / "nameless")
    assert is_picture(tmp_path / "nameless")
    (tmp_path / "nameless").rename(tmp_path / name)
    source = ImageFolderSource(tmp_path)
    source.open()
    frame = source.read()
    assert frame is not None
    np.testing.assert_allclose(centres(frame.image_bgr), COLOURS_RGB, atol=6)


def test_grey_of_twelve_bits(tmp_path: Path) -> None:
    """PGM tells the largest value; in 16 bits of a PNG, 4095 is dark, as other programs show it."""
    grey = np.full((4, 6), 4095 * 2 // 3, np.uint16)
    (tmp_path / "a.pgm").write_bytes(b"P5 6 4 4095\n" + grey.astype(">u2").tobytes())
    assert (read_picture(tmp_path / "a.pgm") == 170).all()
    cv2.imwrite(str(tmp_path / "a.png"), grey)
    assert (read_picture(tmp_path / "a.png") == 10).all()
    cv2.imwrite(str(tmp_path / "a.tif"), grey * 16)
    assert (read_picture(tmp_path / "a.tif") == 170).all()


@pytest.mark.parametrize("channels", [1, 3])
def test_tiff_of_floats(tmp_path: Path, channels: int) -> None:
    values = np.full((4, 5, channels), 0.4, np.float32)
    values[0], values[1], values[2] = -1.0, 2.0, np.nan
    cv2.imwrite(str(tmp_path / "a.tif"), values)
    image = read_picture(tmp_path / "a.tif")
    assert image.shape == (4, 5, 3)
    assert image[:, 0, 0].tolist() == [0, 255, 0, 102]


def test_a_tiff_of_floats_that_is_too_large_is_refused(tmp_path: Path) -> None:
    tags = ImageFileDirectory_v2()
    for tag, value in ((256, 20_000), (257, 20_000), (258, (32, 32, 32)), (262, 2), (277, 3), (339, (3, 3, 3))):
        tags[tag] = value
    (tmp_path / "a.tif").write_bytes(b"II*\0\x08\0\0\0" + tags.tobytes(8))
    with pytest.raises(SourceError, match="20000x20000 pixels"):
        read_picture(tmp_path / "a.tif")


def test_cmyk(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.tif"):
        PIL.Image.fromarray(quarters()).convert("CMYK").save(tmp_path / name)
        np.testing.assert_allclose(centres(read_picture(tmp_path / name)), COLOURS_RGB, atol=4)


def test_a_palette_with_transparent_colours(tmp_path: Path) -> None:
    palette = PIL.Image.fromarray(np.arange(4, dtype=np.uint8).reshape(2, 2).repeat(8, 0).repeat(8, 1), "P")
    palette.putpalette(COLOURS_RGB.tobytes())
    palette.save(tmp_path / "a.png", transparency=bytes([255, 0, 255, 51]))
    expected = COLOURS_RGB.astype(np.int64)
    expected[0, 1], expected[1, 1] = 255, 228
    assert centres(read_picture(tmp_path / "a.png")).tolist() == expected.tolist()


def adobe_rgb() -> bytes:
    """A profile of matrix and curve: Adobe RGB (1998), 4.3: its primaries adapted to D50, and gamma 563/256."""

    def fixed(*values: float) -> bytes:
        return b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in values)

    curve = b"curv" + bytes(4) + (1).to_bytes(4, "big") + (563).to_bytes(2, "big") + bytes(2)
    parts = [
        (b"desc", b"desc" + bytes(4) + (10).to_bytes(4, "big") + b"Adobe RGB\0" + bytes(80)),
        (b"wtpt", b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249)),
        (b"rXYZ", b"XYZ " + bytes(4) + fixed(0.60974, 0.31111, 0.01947)),
        (b"gXYZ", b"XYZ " + bytes(4) + fixed(0.20528, 0.62567, 0.06087)),
        (b"bXYZ", b"XYZ " + bytes(4) + fixed(0.14919, 0.06322, 0.74457)),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for name, content in parts:
        padded = content + bytes(-len(content) % 4)
        table += name + (at + len(body)).to_bytes(4, "big") + len(content).to_bytes(4, "big")
        body += padded
    header = bytes(4) + b"lcms\x02\x10\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    header += fixed(0.9642, 1.0, 0.8249)
    header = header.ljust(128, b"\0")
    content = header + len(parts).to_bytes(4, "big") + table + body
    return len(content).to_bytes(4, "big") + content[4:]


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
def test_colours_are_converted_to_srgb(tmp_path: Path, suffix: str) -> None:
    picture = PIL.Image.new("RGB", (8, 8), (100, 150, 100))
    picture.save(tmp_path / f"a{suffix}", icc_profile=adobe_rgb(), lossless=True)
    image = read_picture(tmp_path / f"a{suffix}")
    np.testing.assert_allclose(image[4, 4, ::-1], srgb_of_adobe(100, 150, 100), atol=1)


def srgb_of_adobe(*colour: int) -> list[float]:
    linear = (np.array(colour) / 255) ** (563 / 256)
    to_xyz = np.array([[0.57667, 0.18556, 0.18823], [0.29734, 0.62736, 0.07529], [0.02703, 0.07069, 0.99134]])
    to_srgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    rgb = to_srgb @ to_xyz @ linear
    return [255 * (1.055 * value ** (1 / 2.4) - 0.055) for value in rgb]


def test_a_damaged_profile_is_left_out(tmp_path: Path) -> None:
    PIL.Image.new("RGB", (8, 8), (100, 150, 100)).save(tmp_path / "a.png", icc_profile=b"no profile" * 20)
    assert read_picture(tmp_path / "a.png")[0, 0].tolist() == [100, 150, 100]
