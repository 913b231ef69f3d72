"""Pictures, videos and files that ask for too much are refused in words, before they are decoded."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from realtime_fer import cli
from realtime_fer.core.errors import DetectorError, ReportError, SourceError
from realtime_fer.core.picture_size import MAX_PIXELS, is_too_large
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.report.session import read_session
from realtime_fer.sources import ImageFolderSource, VideoFileSource, decoding
from realtime_fer.sources.picture_decoding import over_white, read_picture
from realtime_fer.vision import network_files

CHECKOUT = Path(__file__).resolve().parents[2]


def png_header(width: int, height: int, colours: int = 2) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
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


SEED = 20261128


def pictures() -> list[tuple[str, bytes]]:
    """A small picture in each format, with a little texture."""
    image = (np.arange(60 * 80 * 3) % 251).astype(np.uint8).reshape(60, 80, 3)
    made = [(end, cv2.imencode(end, image)[1].tobytes()) for end in (".png", ".jpg", ".webp", ".bmp", ".tif", ".ppm")]
    clear = np.dstack([image, np.full((60, 80), 128, np.uint8)])
    return [*made, (".rgba.png", cv2.imencode(".png", clear)[1].tobytes())]


@pytest.mark.parametrize("round_", range(14))
@pytest.mark.parametrize("kind", range(7))
def test_a_picture_cut_or_flipped_is_read_or_refused_in_a_sentence(tmp_path: Path, kind: int, round_: int) -> None:
    """Most flips fall into the header, which may then ask for any size."""
    suffix, content = pictures()[kind]
    random = np.random.default_rng([SEED, kind, round_])
    damaged = bytearray(content)
    for _ in range(int(random.integers(1, 6))):
        damaged[int(random.integers(0, min(64, len(damaged))))] = int(random.integers(0, 256))
    if round_ % 2:
        del damaged[int(random.integers(1, len(damaged))) :]
    path = tmp_path / f"picture{suffix}"
    path.write_bytes(damaged)
    try:
        image = read_picture(path)
    except SourceError as error:
        said = error.sentence()
    else:
        said = ""
        assert image.dtype == np.uint8
        assert image.ndim == 3
        assert image.size <= 3 * MAX_PIXELS
    assert not said or ("picture" in said and "\n" not in said)


def test_transparent_pictures_have_a_smaller_bound(tmp_path: Path) -> None:
    side = 7000
    assert not is_too_large(side, side)
    path = tmp_path / "clear.png"
    path.write_bytes(png_header(side, side, colours=6))
    with pytest.raises(SourceError, match="at most 32 million"):
        read_picture(path)


def test_layingover_white_by_blocks_is_the_same_as_at_once() -> None:
    random = np.random.default_rng(SEED)
    image = random.integers(0, 256, (150, 7, 3)).astype(np.uint8)
    for kind in (np.uint8, np.uint16):
        clear = random.integers(0, np.iinfo(kind).max + 1, (150, 7, 4)).astype(kind)
        alpha = clear[:, :, 3:] / np.float32(np.iinfo(kind).max)
        expected = np.rint(image * alpha + 255.0 * (1.0 - alpha)).astype(np.uint8)
        np.testing.assert_allclose(over_white(image.copy(), clear[:, :, 3]), expected, atol=1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system knows no named pipes")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "endless"])
def test_what_is_no_ordinary_file_or_too_large_is_refused_at_once(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))

    def put(path: Path) -> Path:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        elif kind == "folder":
            path.mkdir()
        else:
            with path.open("wb") as file:
                file.truncate(40_000_000_000)
        return path

    with pytest.raises(OSError, match=r"ordinary|larger|directory"):
        read_regular(put(tmp_path / "any"), 1000)
    with pytest.raises(SourceError):
        read_picture(put(tmp_path / "picture.png"))
    with pytest.raises(SourceError):
        VideoFileSource(put(tmp_path / "video.mp4")).open()
    with pytest.raises(DetectorError):
        network_files.find(put(tmp_path / network_files.SHORT_RANGE).name)
    session = tmp_path / "session"
    session.mkdir()
    put(session / "session.json")
    (session / "expressions.csv").write_text("frame,timestamp,face_id\n", encoding="utf-8")
    with contextlib.suppress(ReportError):
        read_session(session)


def video(path: Path, codec: str, pixel_format: str, width: int = 64, height: int = 48) -> bytes:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        for number in range(4):
            image = np.full((height, width, 3), 40 * number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode(None))
    return path.read_bytes()


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (1, 100_000), (40_000, 2), (9_000, 9_000)])
def test_a_video_whose_header_asks_for_too_much_is_refused(tmp_path: Path, width: int, height: int) -> None:
    content = video(tmp_path / "small.avi", "rawvideo", "bgr24")
    sizes = struct.pack("<ii", 64, 48)
    patched = content.replace(sizes, struct.pack("<ii", width, height)).replace(
        struct.pack("<ii", 64, -48), struct.pack("<ii", width, height)
    )
    assert patched != content
    path = tmp_path / "large.avi"
    path.write_bytes(patched)
    with pytest.raises(SourceError) as caught:
        VideoFileSource(path).open()
    assert "\n" not in caught.value.sentence()


def test_frames_that_grow_too_large_on_the_way_end_the_video_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "video.avi"
    video(path, "mjpeg", "yuvj420p")
    source = VideoFileSource(path)
    source.open()
    assert source.read() is not None
    monkeypatch.setattr(decoding, "is_too_large", lambda width, height: True)
    with pytest.raises(SourceError, match="64x48 pixels"):
        source.read()
    source.close()


@pytest.mark.parametrize(("width", "height"), [(2, 2), (2, 600), (600, 2), (16, 16)])
def test_tiny_tall_and_wide_videos_are_annotated_like_any_other(tmp_path: Path, width: int, height: int) -> None:
    path, out = tmp_path / "video.avi", tmp_path / "out.mp4"
    video(path, "rawvideo", "bgr24", width, height)
    assert cli.run(["annotate", str(path), "-o", str(out), "--detector", "haar", "--model", "fer-xs"]) in (0, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux alone")
def test_the_largest_pictures_take_at_most_600_mb_above_the_usual(tmp_path: Path) -> None:
    code = """
import resource, sys, zlib, struct, numpy as np
from pathlib import Path
from realtime_fer.sources.picture_decoding import read_picture
from realtime_fer.core.errors import SourceError
def used(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
before = used()
for path in sys.argv[1:]:
    try:
        print(read_picture(Path(path)).shape, end=" ")
    except SourceError as error:
        print("refused", end=" ")
print(used() - before)
"""

    def png(name: str, side: int, bits: int, colours: int, samples: int) -> str:
        rows = zlib.compressobj(1)
        row = b"\0" * (1 + side * samples * bits // 8)
        body = b"".join([*(rows.compress(row) for _ in range(side)), rows.flush()])
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            header = struct.pack(">IIBBBBB", side, side, bits, colours, 0, 0, 0)
            for kind, part in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b"")):
                file.write(struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)))
        return str(path)

    files = [png("grey.png", 7_900, 8, 0, 1), png("clear.png", 5_600, 16, 6, 4), png("bomb.png", 16_000, 8, 0, 1)]
    command = [sys.executable, "-P", "-c", code, *files]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}
    )
    assert done.stdout.startswith("(7900, 7900, 3) (5600, 5600, 3) refused"), done.stdout
    assert float(done.stdout.split()[-1]) < 600
