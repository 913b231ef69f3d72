"""Animated pictures are videos; the pages of a file are pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.core.request import is_animation, request_of
from realtime_fer.sources import AnimationSource, ImageFolderSource, animation, source_for

COLOURS = [(200, 40, 30), (30, 180, 60), (20, 60, 190)]
DURATIONS_MS = [120, 400, 250]


def frames_of(source: AnimationSource | ImageFolderSource) -> list[SourceFrame]:
    source.open()
    frames = list(iter(source.read, None))
    source.close()
    return frames


def colours_of(frames: list[SourceFrame]) -> list[list[int]]:
    return [frame.image_bgr[5, 5, ::-1].tolist() for frame in frames]


def write_animation(path: Path, mode: str = "RGB", count: int = 3) -> Path:
    pictures = [PIL.Image.new("RGB", (32, 24), colour).convert(mode) for colour in COLOURS[:count]]
    options = {"lossless": True} if path.suffix == ".webp" else {"quality": 95} if path.suffix == ".avif" else {}
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=DURATIONS_MS[:count], **options)
    return path


@pytest.mark.parametrize("suffix", [".webp", ".png", ".avif"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_an_animation_gives_each_frame_at_its_time(tmp_path: Path, suffix: str, mode: str) -> None:
    source = source_for(request_of(str(write_animation(tmp_path / f"moves{suffix}", mode))))
    assert isinstance(source, AnimationSource)
    for _ in range(2):
        frames = frames_of(source)
        np.testing.assert_allclose(colours_of(frames), COLOURS, atol=4)
        assert [frame.media_time_s for frame in frames] == pytest.approx([0.0, 0.12, 0.52])
    source.open()
    assert source.frame_count == 3
    assert source.fps == pytest.approx(1 / 0.12)
    source.close()


@pytest.mark.parametrize("suffix", [".webp", ".png", ".avif"])
def test_one_frame_is_a_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"still{suffix}"
    PIL.Image.new("RGB", (32, 24), COLOURS[0]).save(path)
    assert not is_animation(path)
    assert isinstance(source_for(request_of(str(path))), ImageFolderSource)


def test_the_still_picture_of_an_apng_is_no_frame(tmp_path: Path) -> None:
    pictures = [PIL.Image.new("RGB", (32, 24), colour) for colour in COLOURS]
    pictures[0].save(
        tmp_path / "a.png", save_all=True, append_images=pictures[1:], default_image=True, duration=[100, 100]
    )
    assert colours_of(frames_of(AnimationSource(tmp_path / "a.png"))) == [list(colour) for colour in COLOURS[1:]]


def test_transparent_frames_are_laid_over_white_and_short_delays_last_100_ms(tmp_path: Path) -> None:
    clear = [PIL.Image.new("RGBA", (8, 8), (0, 0, 0, alpha)) for alpha in (0, 51, 255)]
    clear[0].save(tmp_path / "a.webp", save_all=True, append_images=clear[1:], duration=[0, 10, 50], lossless=True)
    frames = frames_of(AnimationSource(tmp_path / "a.webp"))
    assert colours_of(frames) == [[255] * 3, [204] * 3, [0] * 3]
    assert [frame.media_time_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2])


def test_a_truncated_animation_ends_in_a_sentence(tmp_path: Path) -> None:
    noise = np.random.default_rng(20261129).integers(0, 256, (3, 64, 64, 3)).astype(np.uint8)
    pictures = [PIL.Image.fromarray(image) for image in noise]
    pictures[0].save(tmp_path / "a.png", save_all=True, append_images=pictures[1:], duration=100)
    content = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(content[: len(content) * 2 // 3 - 2000])
    source = AnimationSource(tmp_path / "a.png")
    source.open()
    assert source.read() is not None
    with pytest.raises(SourceError, match="damaged and ended after 1 frames"):
        list(iter(source.read, None))
    source.close()


def test_an_animation_that_is_too_large_is_refused(tmp_path: Path) -> None:
    header = b"VP8X" + (10).to_bytes(4, "little") + b"\x02\0\0\0" + 2 * (15_999).to_bytes(3, "little")
    (tmp_path / "a.webp").write_bytes(b"RIFF" + (22).to_bytes(4, "little") + b"WEBP" + header)
    source = source_for(request_of(str(tmp_path / "a.webp")))
    with pytest.raises(SourceError, match="16000x16000 pixels"):
        source.open()


def test_pages_of_a_tiff_are_pictures_without_thumbnails(tmp_path: Path) -> None:
    pages = [PIL.Image.new(mode, (32, 24), colour) for mode, colour in (("RGB", COLOURS[0]), ("L", 70), ("F", 0.4))]
    pages.append(PIL.Image.new("RGB", (8, 6), COLOURS[1]))
    pages[3].encoderinfo = {"tiffinfo": {254: 1}}
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:])
    PIL.Image.new("RGB", (8, 8)).save(tmp_path / "z.png")
    frames = frames_of(ImageFolderSource(tmp_path))
    assert [frame.name for frame in frames] == ["scan.tif", "scan (page 2).tif", "scan (page 3).tif", "z.png"]
    assert colours_of(frames)[:3] == [list(COLOURS[0]), [70] * 3, [102] * 3]
    assert len(frames_of(ImageFolderSource(tmp_path / "scan.tif"))) == 3


def test_pages_of_an_mpo_are_pictures(tmp_path: Path) -> None:
    views = [PIL.Image.new("RGB", (32, 24), colour) for colour in COLOURS[:2]]
    views[0].save(tmp_path / "stereo.mpo", save_all=True, append_images=views[1:])
    frames = frames_of(ImageFolderSource(tmp_path))
    assert [frame.name for frame in frames] == ["stereo.mpo", "stereo (page 2).mpo"]
    np.testing.assert_allclose(colours_of(frames), COLOURS[:2], atol=4)
    # A telephone's JPEG holds a gain map in the same way.
    (tmp_path / "stereo.mpo").rename(tmp_path / "phone.jpg")
    assert len(frames_of(ImageFolderSource(tmp_path / "phone.jpg"))) == 1


@pytest.mark.parametrize("most_kept", [1, animation.MAX_KEPT_BYTES])
@pytest.mark.parametrize("suffix", [".webp", ".png", ".avif"])
def test_any_frame_of_an_animation_can_be_gone_to(
    tmp_path: Path, suffix: str, most_kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, "MAX_KEPT_BYTES", most_kept)
    source: SeekableSource = AnimationSource(write_animation(tmp_path / f"moves{suffix}"))
    source.open()
    assert isinstance(source, SeekableSource)
    times = [0.0, 0.12, 0.52]

    def is_at(number: int) -> None:
        assert source.position_s == pytest.approx(times[number])
        frame = source.read()
        assert frame is not None
        assert frame.media_time_s == pytest.approx(times[number])
        np.testing.assert_allclose(colours_of([frame])[0], COLOURS[number], atol=4)
        assert source.position_s == pytest.approx(times[number])

    for t_s, number in [(0.6, 2), (0.0, 0), (0.12, 1), (0.519, 1), (99.0, 2), (-1.0, 0)]:
        source.seek(t_s)
        is_at(number)
    assert source.duration_s == pytest.approx(0.77)
    for step, number in [(1, 1), (0, 1), (9, 2), (-1, 1), (-9, 0)]:
        source.step(step)
        is_at(number)
    np.testing.assert_allclose(colours_of(list(iter(source.read, None))), COLOURS[1:], atol=4)
    source.step(-1)
    is_at(1)
    source.close()
    with pytest.raises(SourceError, match="not open"):
        source.seek(0.0)
