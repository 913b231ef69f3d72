from __future__ import annotations

import errno
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import Interpolation

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import clean_image
from realtime_fer.sinks.fragmented_mp4 import complete_fragments_end
from realtime_fer.sinks.recording_time import MAX_STEP_S, RecordingClock
from realtime_fer.sinks.video_sink import VideoSink, fit_image
from tests.sinks.conftest import half_red


def read_video(path: Path) -> tuple[list[float], list[np.ndarray], float]:
    """Seconds and BGR picture of every frame, and the video's duration by its own word."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        seconds, pictures = [], []
        for frame in container.decode(stream):
            seconds.append(frame.time)
            pictures.append(frame.to_ndarray(format="bgr24"))
        duration_s = container.duration / 1e6
    return seconds, pictures, duration_s


def noise(seed: int, size: tuple[int, int] = (320, 240)) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)


def test_frames_stand_at_their_own_time(tmp_path, make_result):
    # Irregular, with a hole of two seconds where frames were dropped, on a clock that does not begin at zero.
    since = [0.0, 0.0333, 0.0711, 0.1, 0.35, 2.35, 2.3834, 2.45, 3.2001, 3.2334]
    path = tmp_path / "video.mp4"
    clock = RecordingClock()
    with VideoSink(path) as sink:
        for seconds in since:
            sink.write(make_result(), clock.advance_to(98765.4321 + seconds))
    seconds, _, duration_s = read_video(path)
    assert seconds == pytest.approx(since, abs=1e-4)
    usual = float(np.median(np.diff(since)))
    assert duration_s == pytest.approx(since[-1] + usual, abs=0.01)
    assert sink.duration_s == pytest.approx(duration_s, abs=0.001)
    assert sink.frames == len(since)


def test_a_video_of_one_frame_lasts_one_frame(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    with VideoSink(path, max_fps=25) as sink:
        sink.write(make_result(), 0.0)
    seconds, _, duration_s = read_video(path)
    assert seconds == [0.0]
    assert duration_s == pytest.approx(0.04, abs=0.001)


def test_stamps_that_do_not_advance_and_clocks_that_restart(make_result, tmp_path):
    path = tmp_path / "video.mp4"
    clock = RecordingClock()
    with VideoSink(path) as sink:
        for stamp in (5.0, 5.0, 4.99, 5.2, 0.0, 0.1, float("nan"), 0.3):
            sink.write(make_result(), clock.advance_to(stamp))
    seconds, _, _ = read_video(path)
    assert len(seconds) == 8
    assert all(np.diff(seconds) > 0)
    assert seconds[3:6] == pytest.approx([0.2, 0.2 + 1 / 30, 0.3 + 1 / 30], abs=1e-4)
    assert seconds[-1] == pytest.approx(0.5 + 1 / 30, abs=1e-4)


def test_time_does_not_drift_over_a_day():
    clock = RecordingClock()
    last_s = [clock.advance_to(1e6 + n / 30) for n in range(30)][-1]
    assert last_s == 29 / 30
    for hour in range(1, 25):
        assert clock.advance_to(1e6 + 3600 * hour) == 3600 * hour
    assert clock.left_out_s == 0


def test_a_video_goes_on_after_any_time_without_a_picture(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    begins = (0.0, 8 * 3600.0, 1e9)
    clock = RecordingClock()
    with VideoSink(path) as sink:
        for begin in begins:
            for n in range(20):
                sink.write(make_result(), clock.advance_to(begin + n / 20))
    seconds, _, duration_s = read_video(path)
    assert len(seconds) == 60
    assert np.diff(seconds)[[19, 39]] == pytest.approx([MAX_STEP_S] * 2, abs=1e-3)
    assert np.delete(np.diff(seconds), [19, 39]) == pytest.approx([0.05] * 57, abs=1e-4)
    assert duration_s == pytest.approx(2 * MAX_STEP_S + 2 * 0.95 + 1.0, abs=0.1)
    clock = RecordingClock()
    for begin in begins:
        clock.advance_to(begin)
    assert clock.left_out_s == pytest.approx(1e9 - 2 * MAX_STEP_S)


@pytest.mark.parametrize("size", [(161, 121), (160, 121), (161, 120), (33, 17)])
def test_odd_sizes_gain_a_pixel_and_lose_none(tmp_path, make_result, size):
    image = cv2.resize(noise(1, (3, 2)), size, interpolation=cv2.INTER_CUBIC)
    path = tmp_path / "video.mp4"
    with VideoSink(path) as sink:
        sink.write(make_result(image=image), 0.0)
    picture = read_video(path)[1][0]
    assert picture.shape == (size[1] + size[1] % 2, size[0] + size[0] % 2, 3)
    assert np.abs(picture[: size[1], : size[0]].astype(int) - image).mean() < 12
    fitted = fit_image(image, picture.shape[1], picture.shape[0])
    assert np.array_equal(fitted[: size[1], : size[0]], image)
    assert np.array_equal(fitted[-1, : size[0]], image[-1])


def test_another_size_in_flight_is_fitted_with_black_bars(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    wide, tall, large = ((0, 200, 0), (200, 0, 0), (0, 0, 200))
    with VideoSink(path) as sink:
        for n, (size, colour) in enumerate([((320, 180), wide), ((100, 300), tall), ((1280, 720), large)]):
            image = np.full((size[1], size[0], 3), colour, np.uint8)
            sink.write(make_result(image=image), n / 10)
    _, pictures, _ = read_video(path)
    assert [picture.shape for picture in pictures] == [(180, 320, 3)] * 3
    assert pictures[1][90, 160] == pytest.approx(tall, abs=8)
    assert pictures[1][:, :120].max() < 20
    assert pictures[1][:, 200:].max() < 20
    for corner in ((0, 0), (179, 319)):
        assert pictures[2][corner] == pytest.approx(large, abs=8)


def test_colours_come_back(tmp_path, make_result):
    colours = [(255, 255, 255), (0, 0, 0), (0, 0, 255), (0, 255, 0), (255, 0, 0), (0, 255, 255), (160, 180, 220)]
    bars = np.concatenate([np.full((128, 64, 3), colour, np.uint8) for colour in colours], axis=1)
    path = tmp_path / "video.mp4"
    with VideoSink(path) as sink:
        sink.write(make_result(image=bars), 0.0)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        picture = next(container.decode(video=0)).to_ndarray(format="bgr24")
    for n, colour in enumerate(colours):
        assert picture[64, 64 * n + 32] == pytest.approx(colour, abs=6), colour
    assert np.abs(picture.astype(int) - bars).mean() < 3


def test_pictures_do_not_get_darker(tmp_path, make_result):
    rows, columns = np.mgrid[0:240, 0:320]
    image = np.stack([columns * 0.7, 255 - rows, (rows + columns) * 0.4], axis=2).astype(np.uint8)
    path = tmp_path / "video.mp4"
    with VideoSink(path) as sink:
        sink.write(make_result(image=image), 0.0)
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0)).to_ndarray(
            format="bgr24", interpolation=Interpolation.BILINEAR | Interpolation.ACCURATE_RND
        )
    difference = picture.astype(int) - image
    assert np.abs(difference).mean() < 1.8
    assert np.abs(difference.mean(axis=(0, 1))).max() < 1.8


@pytest.mark.parametrize("max_fps", [0.0, -5.0, float("nan"), float("inf"), 90000.0, 29.97])
def test_any_claimed_rate_gives_a_video(tmp_path, make_result, max_fps):
    path = tmp_path / "video.mp4"
    with VideoSink(path, max_fps=max_fps) as sink:
        sink.write(make_result(), 0.0)
    assert read_video(path)[2] == pytest.approx(1 / 30, abs=0.002)


def test_clean_and_annotated_pictures(tmp_path, make_result):
    for draw, red in ((half_red, 220), (clean_image, 40)):
        path = tmp_path / f"{red}.mp4"
        with VideoSink(path, draw=draw) as sink:
            sink.write(make_result(), 0.0)
        assert read_video(path)[1][0][60, 20, 2] == pytest.approx(red, abs=6)


def test_a_finished_video_is_an_ordinary_mp4_with_a_key_frame_a_second(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    with VideoSink(path) as sink:
        for n in range(75):
            sink.write(make_result(image=noise(n % 3)), n / 20)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.frames == 75  # known from the index, without reading on
        keys = [float(packet.pts * packet.time_base) for packet in container.demux(stream) if packet.is_keyframe]
        assert keys == pytest.approx([0.0, 1.0, 2.0, 3.0], abs=1e-3)
        container.seek(2_400_000)
        assert next(container.decode(stream)).time == pytest.approx(2.0, abs=1e-3)


def test_what_is_written_can_be_read_meanwhile(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    with VideoSink(path) as sink:
        for n in range(60):
            sink.write(make_result(), n / 20)
        seconds, _, _ = read_video(path)
        assert seconds[-1] >= 59 / 20 - 0.6


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_finds_nothing_amiss(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    with VideoSink(path) as sink:
        for n in range(40):
            sink.write(make_result(image=noise(n % 3)), n / 20)
    shown = subprocess.run(
        ["ffprobe", "-v", "warning", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stderr == ""
    assert shown.stdout.strip().rstrip(",") == "40"


def test_no_frame_no_video_and_an_old_video_stays(tmp_path):
    path = tmp_path / "video.mp4"
    VideoSink(path).close()
    assert not path.exists()
    path.write_bytes(b"an old video")
    VideoSink(path).close()
    assert path.read_bytes() == b"an old video"


def test_a_new_video_replaces_a_longer_old_one(tmp_path, make_result):
    path = tmp_path / "video.mp4"
    path.write_bytes(b"x" * 500_000)
    with VideoSink(path) as sink:
        sink.write(make_result(), 0.0)
    assert path.stat().st_size < 100_000
    assert len(read_video(path)[0]) == 1


def test_unwritable_places_are_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "video.mp4", tmp_path / "missing" / "video.mp4", tmp_path):
        with pytest.raises(SinkError) as caught:
            VideoSink(path)
        assert str(path) in str(caught.value)
        assert str(caught.value).endswith(".")
    if os.path.exists("/dev/null"):
        with pytest.raises(SinkError, match="not an ordinary file"):
            VideoSink("/dev/null")
        assert os.path.exists("/dev/null")


def fill(sink: VideoSink, make_result, size: tuple[int, int] = (320, 240)) -> int:
    """Writes until the disk is full; how many frames were accepted."""
    pictures = [noise(n, size) for n in range(5)]

    def write_on() -> None:
        for n in range(600):
            sink.write(make_result(image=pictures[n % 5]), n / 30)

    with pytest.raises(SinkError, match=r"^'[^'\n]*' cannot be written any further: the disk is full\.$"):
        write_on()
    return sink.frames


def check_cut_video(sink: VideoSink, written: int) -> None:
    descriptor = os.open(sink.path, os.O_RDONLY)
    try:
        assert complete_fragments_end(descriptor) == os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)
    seconds, _, duration_s = read_video(sink.path)
    assert written - 35 <= len(seconds) <= written
    assert len(seconds) >= 10
    assert sink.frames == len(seconds)
    assert sink.duration_s == pytest.approx(duration_s, abs=0.01)


def test_a_full_disk_keeps_what_was_written(small_disk, make_result):
    path = small_disk / "video.mp4"
    sink = VideoSink(path)
    frames = fill(sink, make_result, (100, 80))
    with pytest.raises(SinkError, match="closed"):
        sink.write(make_result(), 99.0)
    sink.close()
    sink.close()
    check_cut_video(sink, frames)


class FullDisk:
    """``os.write`` on a disk with so many bytes left; a write that does not fit is cut short first, as a real one."""

    def __init__(self, left: int) -> None:
        self.left = left
        self._write = os.write

    def __call__(self, descriptor: int, content: bytes) -> int:
        if self.left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._write(descriptor, content[: self.left])
        self.left -= written
        return written


def test_a_disk_that_fills_in_the_middle_of_a_fragment(tmp_path, make_result, monkeypatch):
    path = tmp_path / "video.mp4"
    sink = VideoSink(path)
    monkeypatch.setattr(os, "write", FullDisk(1_000_000))
    frames = fill(sink, make_result)
    sink.close()
    monkeypatch.undo()
    check_cut_video(sink, frames)


def test_no_room_for_the_index_leaves_the_fragments(tmp_path, make_result, monkeypatch):
    whole = tmp_path / "whole.mp4"
    cut = tmp_path / "cut.mp4"
    for path in (whole, cut):
        sink = VideoSink(path)
        if path == cut:
            # All but the index's last bytes and the header's patch fit.
            monkeypatch.setattr(os, "write", FullDisk(whole.stat().st_size - 100))
        for n in range(40):
            sink.write(make_result(image=noise(n % 5)), n / 30)
        if path == cut:
            with pytest.raises(SinkError, match="disk is full"):
                sink.close()
        sink.close()
    monkeypatch.undo()
    assert len(read_video(cut)[0]) == sink.frames == 40


def test_a_disk_full_from_the_start_leaves_no_husk(tmp_path, make_result, monkeypatch):
    path = tmp_path / "video.mp4"
    sink = VideoSink(path)
    monkeypatch.setattr(os, "write", FullDisk(200))
    fill(sink, make_result)
    sink.close()
    assert not path.exists()


ENDLESS = """
import sys, itertools
sys.path.insert(0, sys.argv[2])
from conftest import build_result
from pathlib import Path
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.video_sink import VideoSink
folder = Path(sys.argv[1])
video, table = VideoSink(folder / "video.mp4"), CsvSink(folder / "table.csv")
for n in itertools.count():
    result = build_result(faces=2)
    video.write(result, n / 30)
    table.write(result, n / 30)
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system knows no SIGKILL")
def test_a_kill_leaves_a_playable_video_and_whole_rows(tmp_path):
    here = str(Path(__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path), here], stdout=subprocess.PIPE, text=True, cwd=os.getcwd()
    )
    assert process.stdout is not None
    deadline = time.monotonic() + 30
    last = -1
    try:
        while last < 150 and time.monotonic() < deadline:
            readable, _, _ = select.select([process.stdout], [], [], 5)
            line = process.stdout.readline() if readable else ""
            assert line, "the writer stopped by itself"
            last = int(line)
    finally:
        process.kill()
        rest = process.stdout.read()
        process.wait(10)
        process.stdout.close()
    last = max([last, *(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))])
    assert process.returncode == -signal.SIGKILL
    seconds, _, duration_s = read_video(tmp_path / "video.mp4")
    assert duration_s >= (last + 1) / 30 - 1.0
    assert len(seconds) >= last - 30
    text = (tmp_path / "table.csv").read_text()
    assert text.endswith("\n")
    rows = [line.split(",") for line in text.splitlines()]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert last <= int(rows[-1][0]) <= last + 1
    assert (len(rows) - 1) % 2 == 0
