"""Frames stand upright, are not mirrored wrongly, and have square pixels, in playing and after a jump."""

from __future__ import annotations

import gc
import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer.sources import VideoFileSource
from realtime_fer.sources.display.converter import FrameConverter, square_size
from realtime_fer.sources.display.orientation import UPRIGHT, Orientation, orientation_by

#: Corners of the stored picture, row by row: white, grey, dark, black.
_CORNERS = np.array([[250, 170], [90, 10]], np.uint8)

#: Two rows of a display matrix, how FFmpeg's -autorotate shows these corners, the clockwise turn, and the mirror.
_TURNS = [
    ((1, 0, 0, 1), [[250, 170], [90, 10]], 0, False),
    ((0, 1, -1, 0), [[90, 250], [10, 170]], 90, False),
    ((-1, 0, 0, -1), [[10, 90], [170, 250]], 180, False),
    ((0, -1, 1, 0), [[170, 10], [250, 90]], 270, False),
    ((-1, 0, 0, 1), [[170, 250], [10, 90]], 0, True),
    ((1, 0, 0, -1), [[90, 10], [250, 170]], 180, True),
    ((0, 1, 1, 0), [[250, 90], [170, 10]], 90, True),
    ((0, -1, -1, 0), [[10, 170], [90, 250]], 270, True),
]


def _write(
    path: Path,
    codec: str,
    size: tuple[int, int],
    aspect: Fraction,
    *,
    pixels: str = "yuv420p",
    rate: Fraction = Fraction(25),
    frames: int = 4,
    kind: str | None = None,
) -> Path:
    image = np.repeat(np.kron(_CORNERS, np.ones((size[1] // 2, size[0] // 2), np.uint8))[..., None], 3, axis=2)
    with av.open(str(path), "w", format=kind) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        stream.codec_context.sample_aspect_ratio = aspect
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24").reformat(format=pixels)
            frame.pts, frame.time_base = number, 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("width", [32, 50, 66, 128])
def test_images_have_ffmpeg_s_own_colours_and_keep_no_frames_in_cycles(tmp_path: Path, width: int) -> None:
    """Also where the frame's rows are longer than the image's."""
    path = _write(tmp_path / "clip.mkv", "ffv1", (width, 34), Fraction(1), frames=6)
    with av.open(str(path)) as container:
        frames = container.decode(container.streams.video[0])
        first = next(frames)
        converter = FrameConverter(container.streams.video[0])
        image = converter.image_of(first)
        assert (image == first.to_ndarray(format="bgr24")).all()
        assert image.flags.c_contiguous
        gc.collect()
        gc.disable()
        try:
            for frame in frames:
                converter.image_of(frame)
            assert gc.collect() == 0
        finally:
            gc.enable()


def _give_matrix(path: Path, matrix: tuple[int, ...]) -> None:
    """Writes a, b, c, d into the track header of an MP4 (ISO 14496-12, 8.3.2)."""

    def row(*values: int) -> bytes:
        return b"".join((value * 0x10000).to_bytes(4, "big", signed=True) for value in values)

    content = path.read_bytes()
    last = bytes(8) + (0x40000000).to_bytes(4, "big")
    a, b, c, d = matrix
    place = content.index(row(1, 0, 0, 0, 1, 0) + last, content.index(b"tkhd"))
    path.write_bytes(content[:place] + row(a, b, 0, c, d, 0) + last + content[place + 36 :])


def _shown(path: Path, seek_s: float | None = None) -> np.ndarray:
    source = VideoFileSource(path)
    source.open()
    if seek_s is not None:
        source.seek(seek_s)
    frame = source.read()
    source.close()
    assert frame is not None
    return frame.image_bgr


def _corners(image: np.ndarray) -> list[list[int]]:
    height, width = image.shape[:2]
    return [[int(image[y * height // 4, x * width // 4, 0]) for x in (1, 3)] for y in (1, 3)]


@pytest.mark.parametrize(("matrix", "corners", "turn", "is_mirrored"), _TURNS)
def test_a_video_stands_as_its_display_matrix_says(
    tmp_path: Path, matrix: tuple[int, ...], corners: list[list[int]], turn: int, is_mirrored: bool
) -> None:
    path = _write(tmp_path / "a.mp4", "libx264", (64, 48), Fraction(1))
    _give_matrix(path, matrix)
    for seek_s in (None, 0.1):
        image = _shown(path, seek_s)
        assert image.shape == ((48, 64, 3) if matrix[0] else (64, 48, 3))
        assert np.array(_corners(image)) == pytest.approx(np.array(corners), abs=6)
    a, b, c, d = (value * 0x10000 for value in matrix)
    orientation = orientation_by(struct.pack("=9i", a, b, 0, c, d, 0, 0, 0, 0x40000000))
    assert (orientation.turn_deg, orientation.is_mirrored) == (turn, is_mirrored)


def test_each_frame_stands_as_its_own_matrix_says(tmp_path: Path) -> None:
    """Of one angle for FFmpeg: turned by half, and mirrored."""
    turned, mirrored = (_write(tmp_path / f"{name}.mp4", "libx264", (64, 48), Fraction(1)) for name in "ab")
    _give_matrix(turned, (-1, 0, 0, -1))
    _give_matrix(mirrored, (-1, 0, 0, 1))
    with av.open(str(turned)) as first, av.open(str(mirrored)) as second:
        frames = [next(container.decode(video=0)) for container in (first, second, first, second)]
        converter = FrameConverter(first.streams.video[0])
        seen = [_corners(converter.image_of(frame)) for frame in frames]
    assert len({frame.rotation for frame in frames}) == 1
    assert np.array(seen) == pytest.approx(np.array([_TURNS[2][1], _TURNS[4][1]] * 2), abs=6)


def test_a_matrix_of_nothing_turns_nothing() -> None:
    assert orientation_by(bytes(36)) == orientation_by(b"") == UPRIGHT == Orientation()


@pytest.mark.parametrize(
    ("name", "codec", "size", "aspect", "square"),
    [
        ("wide.mp4", "libx264", (720, 576), Fraction(64, 45), (1024, 576)),
        ("wide.mkv", "libx264", (720, 576), Fraction(64, 45), (1024, 576)),
        ("america.mp4", "libx264", (720, 480), Fraction(8, 9), (640, 480)),
        ("hdv.ts", "mpeg2video", (1440, 1080), Fraction(4, 3), (1920, 1080)),
        ("disc.vob", "mpeg2video", (720, 576), Fraction(16, 15), (768, 576)),
        ("telephone.3gp", "h263", (176, 144), Fraction(12, 11), (192, 144)),
        ("square.mp4", "libx264", (640, 360), Fraction(1), (640, 360)),
    ],
)
def test_pixels_are_square(
    tmp_path: Path, name: str, codec: str, size: tuple[int, int], aspect: Fraction, square: tuple[int, int]
) -> None:
    kind = {"disc.vob": "vob"}.get(name)
    path = _write(tmp_path / name, codec, size, aspect, kind=kind)
    for seek_s in (None, 0.05):
        image = _shown(path, seek_s)
        assert (image.shape[1], image.shape[0]) == square
        assert np.array(_corners(image)) == pytest.approx(_CORNERS, abs=8)


@pytest.mark.parametrize(("aspect", "square"), [(Fraction(16, 15), (768, 576)), (Fraction(64, 45), (1024, 576))])
def test_a_tape_is_as_wide_as_it_says(tmp_path: Path, aspect: Fraction, square: tuple[int, int]) -> None:
    path = _write(tmp_path / "tape.dv", "dvvideo", (720, 576), aspect, kind="dv")
    image = _shown(path)
    assert (image.shape[1], image.shape[0]) == square
    source = VideoFileSource(path)
    source.open()
    assert source.fps == 25.0
    source.close()


def test_wide_pixels_of_a_turned_video_are_its_high_ones(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.mp4", "libx264", (72, 48), Fraction(4, 3))
    _give_matrix(path, (0, 1, -1, 0))
    assert _shown(path).shape == (96, 48, 3)


def test_a_shape_that_no_pixel_has_is_not_believed() -> None:
    assert square_size(640, 360, Fraction(1)) == (640, 360)
    # A writer's rounding is no shape.
    assert square_size(854, 480, Fraction(1280, 1281)) == (854, 480)
    # The picture would be larger than any that is read.
    assert square_size(16000, 4000, Fraction(3)) == (16000, 4000)
