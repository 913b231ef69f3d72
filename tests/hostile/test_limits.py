"""Pictures whose headers ask for too much are refused in words, before they are decoded."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.sources import ImageFolderSource
from realtime_fer.sources.images import read_picture


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    end = b"IDAT"
    told = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + told + struct.pack(">I", 0) + end + struct.pack(">I", zlib.crc32(end))


def webp_header(width: int, height: int) -> bytes:
    chunk = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8L" + struct.pack("<I", 5) + chunk + b"\0" * 9


@pytest.mark.parametrize(
    ("name", "content"),
    [(f"{w}x{h}.png", png_header(w, h)) for w, h in [(1, 100_000), (32_767, 1), (16_000, 16_000), (30_000, 30_000)]]
    + [("bomb.webp", webp_header(16_000, 16_000))],
)
def test_a_picture_too_large_is_refused_and_the_rest_goes_on(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match="pixels"):
        read_picture(tmp_path / name)
    good = cv2.imencode(".png", np.zeros((1, 1, 3), np.uint8))[1]
    (tmp_path / "z.png").write_bytes(good.tobytes())
    source = ImageFolderSource(tmp_path)
    source.open()
    frame = source.read()
    assert frame is not None
    assert frame.name == "z.png"
    assert [skipped for skipped, _ in source.skipped] == [name]
