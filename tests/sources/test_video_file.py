"""Video files: every frame, true times, and plain words about what is no video."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.sources import VideoFileSource
from realtime_fer.sources.decoding import packets_of

from .clips import drain, index_of, turn_quarter, write_clip, write_gif


def read_all(source: VideoFileSource) -> tuple[list[int], list[float]]:
    indices, times = [], []
    while (frame := source.read()) is not None:
        assert frame.media_time_s is not None
        indices.append(index_of(frame.image_bgr))
        times.append(frame.media_time_s)
    return indices, times


@pytest.mark.parametrize("name", ["a.mp4", "b.mkv", "with space äöü 顔.avi", "100%: x.mov"])
def test_gives_every_frame_once_in_order_with_its_time(tmp_path: Path, name: str) -> None:
    source = VideoFileSource(write_clip(tmp_path / name, 12, fps=10))
    source.open()
    assert (source.name, source.is_live, source.fps, source.frame_count) == (name, False, 10.0, 12)
    indices, times = read_all(source)
    source.close()
    assert indices == list(range(12))
    assert times == pytest.approx([i / 10 for i in range(12)], abs=2e-3)


def test_odd_sizes_are_kept(tmp_path: Path) -> None:
    source = VideoFileSource(write_clip(tmp_path / "odd.mkv", 3, (61, 47)))
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    assert frame.image_bgr.shape == (47, 61, 3)
    assert frame.image_bgr.dtype == np.uint8
    assert frame.image_bgr.flags.c_contiguous


def test_a_frame_is_not_written_to_again(tmp_path: Path) -> None:
    source = VideoFileSource(write_clip(tmp_path / "a.mp4", 4))
    source.open()
    first = source.read()
    assert first is not None
    before = first.image_bgr.copy()
    read_all(source)
    source.close()
    assert (first.image_bgr == before).all()


def test_a_video_of_an_upright_telephone_stands(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "phone.mp4", 3, (64, 48))
    turn_quarter(path)
    source = VideoFileSource(path)
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    assert frame.image_bgr.shape == (64, 48, 3)


def test_gif_keeps_its_delays_and_mends_those_no_browser_believes(tmp_path: Path) -> None:
    source = VideoFileSource(write_gif(tmp_path / "a.gif", [0, 1, 2, 7, 13, 10]))
    source.open()
    indices, times = read_all(source)
    assert indices == list(range(6))
    assert times == pytest.approx([0, 0.1, 0.2, 0.22, 0.29, 0.42])
    source.close()


def test_gif_of_shortest_delays_is_not_a_hundred_frames_a_second(tmp_path: Path) -> None:
    source = VideoFileSource(write_gif(tmp_path / "a.gif", [1] * 8))
    source.open()
    assert source.fps == pytest.approx(10)
    assert read_all(source)[1] == pytest.approx([i / 10 for i in range(8)])
    source.close()


def test_opens_again_from_the_start_and_closes_twice(tmp_path: Path) -> None:
    source = VideoFileSource(write_clip(tmp_path / "a.mp4", 5))
    source.close()
    for _ in range(2):
        source.open()
        assert read_all(source) == ([0, 1, 2, 3, 4], pytest.approx([0, 0.1, 0.2, 0.3, 0.4]))
        assert source.read() is None
    source.close()
    source.close()
    with pytest.raises(SourceError, match="not open"):
        source.read()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.mp4", b"", "The file 'empty.mp4' is empty."),
        ("text.mp4", b"hello\n" * 200, "'text.mp4' is not a video or is damaged."),
        ("notes.txt", b"hello\n" * 200, "'notes.txt' is not a video or is damaged."),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nother.ts\n", "'list.m3u8' is not a video or is damaged."),
        ("noise.mkv", bytes(np.random.default_rng(3).bytes(40_000)), "'noise.mkv' is not a video or is damaged."),
    ],
)
def test_what_is_no_video_is_refused_at_opening(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    source = VideoFileSource(path)
    with pytest.raises(SourceError) as caught:
        source.open()
    assert str(caught.value) == sentence
    assert caught.value.hint


def test_missing_file_and_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        VideoFileSource(tmp_path / "none.mp4").open()
    with pytest.raises(SourceError, match="is not a file"):
        VideoFileSource(tmp_path).open()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_said(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 3)
    path.chmod(0)
    with pytest.raises(SourceError, match="may not be read"):
        VideoFileSource(path).open()


def test_half_an_mp4_without_its_index_is_damaged(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 12)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])
    with pytest.raises(SourceError, match="is not a video or is damaged"):
        VideoFileSource(path).open()


@pytest.mark.parametrize(("name", "options"), [("a.mp4", {"movflags": "faststart"}), ("a.mkv", {})])
def test_a_file_cut_short_gives_its_good_frames_and_then_says_so(
    tmp_path: Path, name: str, options: dict[str, str]
) -> None:
    path = write_clip(tmp_path / name, 26, (160, 120), options=options, noise=True)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    with pytest.raises(SourceError, match=f"'{name}' is damaged and ended after") as caught:
        drain(source, taken)
    source.close()
    indices = [index_of(frame.image_bgr) for frame in taken]
    assert len(indices) >= 8
    assert indices == list(range(len(indices)))
    assert f"after {len(indices)} frames" in str(caught.value)


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv"])
def test_a_video_of_a_second_that_ends_in_zeros_is_cut_short_too(tmp_path: Path, name: str) -> None:
    options = {} if name == "a.mkv" else {"movflags": "faststart"}
    path = write_clip(tmp_path / name, 25, (160, 120), fps=25, options=options, noise=True)
    content = path.read_bytes()
    kept = len(content) * 6 // 10
    path.write_bytes(content[:kept] + bytes(len(content) - kept))
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    with suppress(SourceError):
        drain(source, taken)
    source.close()
    assert len(taken) < 25 - 2
    assert source.damage


def test_a_codec_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", 4)
    path.write_bytes(path.read_bytes().replace(b"V_MPEG4/ISO/AVC", b"V_MPEG4/ISO/ABC"))
    with pytest.raises(SourceError, match="is not a video or is damaged"):
        VideoFileSource(path).open()


def test_a_stream_that_begins_inside_the_file_does_not_end_the_others() -> None:
    class Container:
        """Fails at its second packet, as PyAV does where a stream begins after the file was opened."""

        packets = iter(["first", None, "third"])

        def demux(self, stream: object) -> Iterator[str]:
            for packet in self.packets:
                if packet is None:
                    raise IndexError("list index out of range")
                yield packet

    assert list(packets_of(Container(), object())) == ["first", "third"]  # type: ignore[arg-type]


def test_damage_in_the_middle_costs_its_frames_only(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 26, (160, 120), options={"movflags": "faststart"}, noise=True)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = np.random.default_rng(1).bytes(3000)
    path.write_bytes(content)
    source = VideoFileSource(path)
    source.open()
    indices, times = read_all(source)
    source.close()
    assert indices[:8] == list(range(8))
    assert indices[-6:] == list(range(20, 26))
    assert (np.diff(times) > 0).all()
    assert source.damaged_packets + source.damaged_frames > 0
    assert source.missing_frames == 0
    source.open()
    taken: list[SourceFrame] = []
    drain(source, taken)
    source.close()
    assert taken[0].damaged == 0
    assert taken[-1].damaged == source.damaged_packets + source.damaged_frames
    assert source.damage.startswith("The video 'a.mp4' is damaged: ")


@pytest.mark.parametrize("name", ["a.avi", "without a track's length.mkv"])
def test_a_video_that_comes_short_says_so_where_only_its_header_knows(tmp_path: Path, name: str) -> None:
    path = write_clip(tmp_path / name, 60, (160, 120), noise=True)
    content = path.read_bytes().replace(b"DURATION", b"DURATIOM")
    path.write_bytes(content)
    source = VideoFileSource(path)
    source.open()
    assert len(read_all(source)[0]) == 60
    assert (source.damage, source.missing_frames) == ("", 0)
    path.write_bytes(content[: len(content) // 2])
    source.open()
    taken: list[SourceFrame] = []
    with pytest.raises(SourceError, match="is damaged and ended after"):
        drain(source, taken)
    source.close()
    assert 5 < len(taken) < 45
    assert source.missing_frames == pytest.approx(60 - len(taken), abs=2)
    assert f"about {source.missing_frames} are missing" in source.damage


@pytest.mark.parametrize("times", [range(50, 80), [0], [0, 1, 2, 30, 31, 60, 61], [0, 1, 2, 75], [0, 60, 120]])
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi", "a.ts", "a.flv", "a.m4v", "a.mpg", "a.wmv"])
def test_a_whole_video_is_no_damaged_one_however_its_frames_lie(
    tmp_path: Path, name: str, times: Sequence[int]
) -> None:
    codec = {"a.flv": "flv1", "a.wmv": "wmv2", "a.mpg": "mpeg2video", "a.ts": "mpeg2video"}.get(name, "mpeg4")
    kind = {"a.m4v": "m4v"}.get(name)  # raw, without any header
    with av.open(str(tmp_path / name), "w", format=kind) as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 25)
        for time in times:
            image = np.random.default_rng(time).integers(0, 255, (48, 64, 3), np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = time, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    source = VideoFileSource(tmp_path / name)
    source.open()
    count = 0
    while source.read() is not None:
        count += 1
    source.close()
    assert source.damage == ""
    assert count == len(times) or name in ("a.avi", "a.mpg", "a.m4v")  # which know no gaps


@pytest.mark.parametrize(
    ("name", "frames"),
    [("video_starts_late.mkv", 62), ("begins_between_key_frames.ts", 50), ("joined_recordings.ts", 76)],
)
def test_videos_that_begin_or_join_oddly_are_no_damaged_ones(media_folder: Path, name: str, frames: int) -> None:
    path = media_folder.parent / "cases" / name
    if not path.is_file():
        pytest.skip("this video is not here")
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    drain(source, taken)
    source.close()
    assert len(taken) == frames
    assert source.damage == ""


def test_a_flipped_bit_that_ends_a_video_is_said(media_folder: Path) -> None:
    path = media_folder.parent / "cases" / "hostile" / "good_mkv-flip11.mkv"
    if not path.is_file():
        pytest.skip("this video is not here")
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    with pytest.raises(SourceError, match="ended after 11 frames"):
        drain(source, taken)
    assert (len(taken), source.missing_frames) == (11, 109)
    source.close()


@pytest.mark.parametrize(
    ("name", "frames", "size"),
    [
        ("hungry.mkv", 49, (480, 640, 3)),
        ("thanks.mkv", 51, (480, 640, 3)),
        ("face-demographics-walking.gif", 35, (270, 480, 3)),
    ],
)
def test_real_clips_are_read_whole(media_folder: Path, name: str, frames: int, size: tuple[int, ...]) -> None:
    source = VideoFileSource(media_folder / name)
    source.open()
    assert source.frame_count == frames
    times = []
    while (frame := source.read()) is not None:
        assert frame.image_bgr.shape == size
        assert frame.image_bgr.std() > 20
        times.append(frame.media_time_s)
    source.close()
    assert len(times) == frames
    assert times[0] == 0
    assert (np.diff(times) > 0.02).all()
