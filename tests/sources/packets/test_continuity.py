"""Time goes on where a file's clock jumps, for frames, jumps and sound alike."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer.core.frame import SourceFrame
from realtime_fer.sources import VideoFileSource
from realtime_fer.sources.audio.played_sound import SoundReader
from realtime_fer.sources.packets.continuity import ContinuousClock
from realtime_fer.sources.sound import FileSound

from ..clips import drain, number_of, numbered_image

_RATE = 44_100


def _write(path: Path, first: int, frames: int, begin_s: float, *, kind: str = "mpegts", sound: bool = True) -> bytes:
    """A recording that shows the numbers from ``first`` on, 25 a second, whose clock stands at ``begin_s`` at first."""
    with av.open(str(path), "w", format=kind) as container:
        video = container.add_stream("mpeg2video", rate=25)
        video.width, video.height, video.pix_fmt, video.gop_size = 64, 48, "yuv420p", 5
        audio = container.add_stream("mp2", rate=_RATE) if sound else None
        samples = begun = 0
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(numbered_image(first + number), format="bgr24")
            frame.pts, frame.time_base = number + round(begin_s * 25), Fraction(1, 25)
            container.mux(video.encode(frame))
            while audio is not None and samples < (number + 1) * _RATE / 25:
                block = av.AudioFrame.from_ndarray(np.zeros((1, 1152), np.int16), format="s16", layout="mono")
                block.pts, block.time_base = round(begin_s * _RATE) + samples, Fraction(1, _RATE)
                block.sample_rate = _RATE
                samples += 1152
                begun += 1
                container.mux(audio.encode(block))
        container.mux(video.encode(None))
        if audio is not None:
            container.mux(audio.encode(None))
    return path.read_bytes()


def _joined(folder: Path, begins_s: list[float], kind: str = "mpegts", frames: int = 20) -> Path:
    """Recordings one behind the other, as a receiver or ``cat`` joins them."""
    parts = [
        _write(folder / f"{place}.part", place * frames, frames, begin_s, kind=kind)
        for place, begin_s in enumerate(begins_s)
    ]
    path = folder / ("joined.ts" if kind == "mpegts" else "joined.mpg")
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize("kind", ["mpegts", "mpeg"])
@pytest.mark.parametrize("begins_s", [[100.0, 100.0], [3.0, 21_600.0], [21_600.0, 3.0], [50.0, 10.0, 5000.0]])
def test_time_goes_on_over_a_join(tmp_path: Path, kind: str, begins_s: list[float]) -> None:
    path = _joined(tmp_path, begins_s, kind)
    count = 20 * len(begins_s)
    source = VideoFileSource(path)
    source.open()
    assert source.duration_s == pytest.approx(count / 25, abs=0.1)
    assert source.frame_count == pytest.approx(count, abs=2)
    taken: list[SourceFrame] = []
    drain(source, taken)
    assert [number_of(frame.image_bgr) for frame in taken] == list(range(count))
    times = [frame.media_time_s or 0.0 for frame in taken]
    assert times == pytest.approx([number / 25 for number in range(count)], abs=0.05)
    assert source.damage == ""
    assert source.jumps == len(begins_s) - 1
    assert source.remarks[0].startswith(f"The clock in '{path.name}' jumps ")
    for number in (count - 3, 4, 21, 19, 22, 0):
        source.seek(times[number] + 0.01)
        frame = source.read()
        assert frame is not None
        assert number_of(frame.image_bgr) == number
        assert frame.media_time_s == pytest.approx(times[number])
    source.step(-1)
    source.close()


@pytest.mark.parametrize("begins_s", [[100.0, 100.0], [3.0, 21_600.0], [50.0, 10.0, 5000.0]])
def test_the_sound_goes_on_beside_the_frames(tmp_path: Path, begins_s: list[float]) -> None:
    path = _joined(tmp_path, begins_s, frames=50)
    length_s = 2.0 * len(begins_s)
    sound = FileSound(path)
    sound.open()
    starts = [packet.start_s for packet in sound.read_until(1000.0)]
    assert (sound.problem, sound.format is not None) == ("", True)
    sound.close()
    assert starts == sorted(starts)
    assert max(np.diff(starts)) < 0.1
    assert starts[-1] == pytest.approx(length_s, abs=0.15)
    reader = SoundReader(path, _RATE)
    for from_s in (0.0, length_s - 0.5, 1.0):
        reader.seek(from_s)
        blocks = []
        while (block := reader.next()) is not None:
            blocks.append(block[0])
        assert blocks[0] == pytest.approx(from_s, abs=0.1)
        assert blocks[-1] == pytest.approx(length_s, abs=0.15)
    reader.close()


def test_a_pause_of_a_file_that_cannot_be_joined_is_a_pause(tmp_path: Path) -> None:
    path = tmp_path / "still picture.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in (0, 1, 2, 1500, 1501):
            frame = av.VideoFrame.from_ndarray(numbered_image(number), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    drain(source, taken)
    source.close()
    assert [frame.media_time_s for frame in taken] == pytest.approx([0, 0.04, 0.08, 60.0, 60.04], abs=2e-3)
    assert source.remarks == []


def test_small_steps_are_no_jumps() -> None:
    class Stamped:
        time_base, duration = Fraction(1, 1000), 40

        def __init__(self, dts: int | None) -> None:
            self.dts = self.pts = dts

    clock = ContinuousClock()
    shown = []
    for dts in (0, 40, 9_000, 8_950, None, 60_000, 60_040, 100):
        packet = Stamped(dts)
        clock.shift(packet)  # type: ignore[arg-type]
        shown.append(packet.pts)
    assert shown == [0, 40, 9_000, 8_950, None, 8_990, 9_030, 9_070]
    assert clock.jumps == 2


def test_a_real_join_has_the_times_that_ffmpeg_gives(media_folder: Path) -> None:
    path = media_folder.parent / "cases" / "joined_recordings.ts"
    if not path.is_file():
        pytest.skip("this video is not here")
    source = VideoFileSource(path)
    source.open()
    assert source.duration_s == pytest.approx(3.04)
    taken: list[SourceFrame] = []
    drain(source, taken)
    source.close()
    assert [frame.media_time_s for frame in taken] == pytest.approx([number / 25 for number in range(76)])
