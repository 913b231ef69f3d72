"""Which of several video tracks is read, and how fast one without a clock runs."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.stream import Disposition

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.sources import VideoFileSource, source_for
from realtime_fer.sources.sound import first_frame_s

from .clips import drain, number_of, numbered_image

Track = tuple[str, int, int, Disposition]

_PLAIN, _DEFAULT = Disposition(0), Disposition.default


def _write(path: Path, tracks: list[Track], size: dict[int, int] | None = None) -> Path:
    """Tracks of (codec, first number, frames, disposition); their frames show that number and the following ones."""
    with av.open(str(path), "w") as container:
        streams = []
        for place, (codec, _, _, disposition) in enumerate(tracks):
            stream = container.add_stream(codec, rate=25)
            scale = (size or {}).get(place, 1)
            stream.width, stream.height = 64 * scale, 48 * scale
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            stream.disposition = disposition
            streams.append(stream)
        for stream, (_, first, count, _) in zip(streams, tracks, strict=True):
            for number in range(count):
                frame = av.VideoFrame.from_ndarray(numbered_image(first + number), format="bgr24")
                frame = frame.reformat(stream.width, stream.height, stream.pix_fmt)
                frame.pts, frame.time_base = number, Fraction(1, 25)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def _first_numbers(path: Path, track: int = 0) -> list[int]:
    source = VideoFileSource(path, track)
    source.open()
    taken: list = []
    drain(source, taken)
    source.seek(0.0)
    again = source.read()
    source.close()
    assert again is not None
    assert number_of(again.image_bgr) == number_of(taken[0].image_bgr)
    return [number_of(frame.image_bgr) for frame in taken]


@pytest.mark.parametrize("name", ["a.mp4", "a.mov"])
def test_a_still_before_the_video_is_not_the_video(tmp_path: Path, name: str) -> None:
    still = ("mjpeg", 500, 1, _DEFAULT)
    path = _write(tmp_path / name, [still, ("libx264", 0, 12, _PLAIN)])
    assert _first_numbers(path) == list(range(12))
    assert _first_numbers(path, 1) == [500]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
@pytest.mark.parametrize(
    ("tracks", "chosen"),
    [
        ([("libx264", 100, 8, _PLAIN), ("libx264", 200, 8, _DEFAULT)], 200),
        ([("libx264", 100, 8, _DEFAULT), ("libx264", 200, 8, _DEFAULT)], 100),
        ([("libx264", 100, 8, _DEFAULT), ("libx264", 200, 8, _PLAIN)], 100),
    ],
)
def test_the_default_track_is_read_and_else_the_first(
    tmp_path: Path, name: str, tracks: list[Track], chosen: int
) -> None:
    assert _first_numbers(_write(tmp_path / name, tracks))[0] == chosen


def test_the_longest_and_then_the_largest_track_is_read(tmp_path: Path) -> None:
    of_ten = [("libx264", 100, 2, _DEFAULT), ("libx264", 200, 10, _DEFAULT)]
    assert _first_numbers(_write(tmp_path / "long.mp4", of_ten)) == list(range(200, 210))
    # One frame more is not longer.
    alike = [("libx264", 100, 11, _DEFAULT), ("libx264", 200, 10, _DEFAULT)]
    assert _first_numbers(_write(tmp_path / "large.mp4", alike, {1: 2})) == list(range(200, 210))


def test_a_track_is_chosen_by_its_number(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.mp4", [("libx264", 100, 8, _DEFAULT), ("libx264", 200, 8, _PLAIN)])
    assert _first_numbers(path, 2) == list(range(200, 208))
    source = source_for(SourceRequest(Kind.FILE, str(path), track=2))
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    assert number_of(frame.image_bgr) == 200
    assert first_frame_s(str(path), 2) == 0.0
    video = VideoFileSource(path, 2)
    video.open()
    assert [(track.number, track.size, track.is_read) for track in video.tracks] == [
        (1, (64, 48), False),
        (2, (64, 48), True),
    ]
    video.close()
    with pytest.raises(SourceError, match="There is no video track 3: the file has 2"):
        VideoFileSource(path, 3).open()


def _write_raw(path: Path, codec: str, rate: int, params: str) -> Path:
    with av.open(str(path), "w", format="h264" if codec == "libx264" else "hevc") as container:
        stream = container.add_stream(codec, rate=rate, options={f"x26{codec[-1]}-params": params})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(12):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(numbered_image(number), format="bgr24")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("rate", [15, 30, 60])
@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_stream_without_time_stamps_runs_at_its_own_rate(tmp_path: Path, codec: str, rate: int) -> None:
    source = VideoFileSource(_write_raw(tmp_path / "pi.h264", codec, rate, "log-level=0" if codec == "libx265" else ""))
    source.open()
    taken: list = []
    drain(source, taken)
    assert source.fps == rate
    assert [number_of(frame.image_bgr) for frame in taken] == list(range(12))
    assert [frame.media_time_s for frame in taken] == pytest.approx([number / rate for number in range(12)], abs=2e-3)
    source.seek(6.2 / rate)
    frame = source.read()
    assert frame is not None
    assert number_of(frame.image_bgr) == 6
    source.close()
