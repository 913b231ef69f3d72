"""Small clips made on the spot. Frame i is one grey, so that a reader shows which frame it gave."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import FrameSource


def grey_of(index: int) -> int:
    """The grey of frame ``index``: eight apart, which survives lossy coding."""
    return 16 + 8 * (index % 26)


def index_of(image_bgr: np.ndarray) -> int:
    return round((float(image_bgr.mean()) - 16) / 8)


def numbered_image(number: int) -> np.ndarray:
    """uint8 (48, 64, 3): the 16 bits of a number as dark and bright blocks, which survive lossy coding."""
    bits = np.array([number >> bit & 1 for bit in range(16)], np.uint8).reshape(2, 8)
    return np.repeat(np.kron(bits * 160 + 48, np.ones((24, 8), np.uint8))[..., None], 3, axis=2)


def number_of(image_bgr: np.ndarray) -> int:
    """The number of a ``numbered_image``, whatever its size."""
    height, width = image_bgr.shape[:2]
    grey = image_bgr[..., 1]
    return sum(
        int(grey[int((row + 0.5) * height / 2), int((column + 0.5) * width / 8)] > 128) << (row * 8 + column)
        for row in range(2)
        for column in range(8)
    )


def write_numbered_pictures(folder: Path, names: Sequence[str]) -> Path:
    """A new folder whose picture i shows the number i."""
    folder.mkdir()
    for number, name in enumerate(names):
        assert cv2.imwrite(str(folder / name), numbered_image(number))
    return folder


def write_numbered(
    path: Path,
    times: Sequence[int],
    *,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    key_every: int = 12,
    unit: Fraction = Fraction(1, 25),
    kind: str | None = None,
) -> Path:
    """Frame i shows the number i, and is shown from ``times[i]``, in ``unit`` seconds."""
    with av.open(str(path), "w", format=kind) as container:
        stream = container.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.gop_size = key_every
        stream.codec_context.time_base = unit
        for number, time in enumerate(times):
            frame = av.VideoFrame.from_ndarray(numbered_image(number), format="bgr24")
            frame.pts, frame.time_base = time, unit
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def drain(source: FrameSource, taken: list[SourceFrame]) -> None:
    """Reads to the end into ``taken``, which keeps what came before an error."""
    while (frame := source.read()) is not None:
        taken.append(frame)


def write_clip(
    path: Path,
    frames: int = 12,
    size: tuple[int, int] = (64, 48),
    fps: int = 10,
    *,
    options: dict[str, str] | None = None,
    key_every: int = 4,
    noise: bool = False,
) -> Path:
    """An H.264 clip of plain grey frames; ``noise`` adds fixed grain, so that packets have some size."""
    grain = np.random.default_rng(0).integers(-12, 13, (size[1], size[0], 1)) if noise else 0
    with av.open(str(path), "w", options=options or {}) as container:
        odd = size[0] % 2 or size[1] % 2
        stream = container.add_stream("libx264", rate=fps, options={"crf": "12", "preset": "ultrafast"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv444p" if odd else "yuv420p"
        stream.gop_size = key_every
        for index in range(frames):
            image = np.clip(np.full((size[1], size[0], 3), grey_of(index)) + grain, 0, 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode(None))
    return path


def write_gif(path: Path, delays_cs: Sequence[int], size: tuple[int, int] = (20, 14)) -> Path:
    """A GIF89a by hand (W3C, GIF89a specification), each frame one grey, with exactly these delays in 1/100 s."""
    width, height = size
    palette = b"".join(bytes([grey_of(i)] * 3) for i in range(32))
    out = bytearray(b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + bytes([0xF4, 0, 0]))
    out += palette
    for index, delay in enumerate(delays_cs):
        out += b"\x21\xf9\x04\x00" + delay.to_bytes(2, "little") + b"\x00\x00"
        out += b"\x2c" + bytes(4) + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x00\x05"
        # LZW without compression: every pixel a 6-bit code, and a clear code before the width would grow.
        bits, value = 0, 0
        packed = bytearray()
        codes: list[int] = []
        for pixel in range(width * height):
            if pixel % 16 == 0:
                codes.append(32)
            codes.append(index % 26)
        codes.append(33)
        for code in codes:
            value |= code << bits
            bits += 6
            while bits >= 8:
                packed.append(value & 255)
                value, bits = value >> 8, bits - 8
        if bits:
            packed.append(value & 255)
        for start in range(0, len(packed), 255):
            block = packed[start : start + 255]
            out += bytes([len(block)]) + block
        out += b"\x00"
    path.write_bytes(bytes(out) + b"\x3b")
    return path


def turn_quarter(path: Path) -> None:
    """Marks an MP4 as filmed with the telephone upright: 90 degrees clockwise in its track header."""
    one, minus_one, w = (0x10000).to_bytes(4, "big"), (-0x10000).to_bytes(4, "big", signed=True), 0x40000000
    zero = bytes(4)
    upright = one + zero * 3 + one + zero * 3 + w.to_bytes(4, "big")
    turned = zero + one + zero + minus_one + zero * 4 + w.to_bytes(4, "big")
    content = path.read_bytes()
    header = content.index(b"tkhd")
    place = content.index(upright, header)
    path.write_bytes(content[:place] + turned + content[place + len(upright) :])
