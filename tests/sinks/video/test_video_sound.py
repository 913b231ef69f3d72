"""What is left of a video with sound when the program is killed or the disk is full."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.core.sound import SoundFormat
from realtime_fer.sinks.sound_writer import why_not_held
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources.sound import FileSound
from tests.sinks.video.test_video_sink import FullDisk, noise
from tests.sounding_clips import beep_at, regular, sound_end_of, white_at, write_clip

# The sound falls silent after two seconds, and the video goes on.
ENDLESS = """
import sys, itertools
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import build_result
import numpy as np
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources.sound import FileSound
sound = FileSound(sys.argv[1])
sound.open()
video = VideoSink(Path(sys.argv[2]), sound=sound.format)
for n in itertools.count():
    if n:
        for packet in sound.read_until(n / 30):
            assert video.write_sound(packet)
    video.write(build_result(image=np.full((48, 64, 3), 255 if 30 <= n < 39 else 0, np.uint8)), n / 30)
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system knows no SIGKILL")
@pytest.mark.parametrize("codec", ["aac", "ac3"])
def test_a_kill_leaves_a_playable_video_with_its_sound(tmp_path: Path, codec: str) -> None:
    clip, video = write_clip(tmp_path / "clip.mkv", codec), tmp_path / "video.mp4"
    arguments = [sys.executable, "-c", ENDLESS, str(clip), str(video), str(Path(__file__).parents[1])]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    deadline, last = time.monotonic() + 60, -1
    try:
        while last < 150 and time.monotonic() < deadline:
            readable, _, _ = select.select([process.stdout], [], [], 30)
            line = process.stdout.readline() if readable else ""
            assert line, "the writer stopped by itself"
            last = int(line)
    finally:
        process.kill()
        process.stdout.close()
        process.wait(10)
    with av.open(str(video)) as container:
        assert sum(1 for _ in container.decode(video=0)) >= last - 30
    assert sound_end_of(video) == pytest.approx(2.0, abs=0.1)
    assert beep_at(video) == pytest.approx(white_at(video), abs=0.04)


def test_a_full_disk_keeps_frames_and_sound(tmp_path: Path, make_result, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = FileSound(write_clip(tmp_path / "clip.mkv", frames_at=regular(6.0), sound_s=[(0.0, 6.0)]))
    sound.open()
    sink = VideoSink(tmp_path / "video.mp4", sound=sound.format)
    monkeypatch.setattr(os, "write", FullDisk(1_000_000))

    def write_on() -> None:
        for n in range(180):
            for packet in sound.read_until(n / 30) if n else ():
                assert sink.write_sound(packet)
            sink.write(make_result(image=noise(n % 5)), n / 30)

    with pytest.raises(SinkError, match="the disk is full"):
        write_on()
    sink.close()
    sound.close()
    monkeypatch.undo()
    with av.open(str(sink.path)) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert frames >= 10
    assert frames - 1 <= sink.frames <= frames
    assert sound_end_of(sink.path) == pytest.approx(frames / 30, abs=0.6)


def test_ac3_that_begins_late_would_keep_the_video_from_the_disk() -> None:
    late = SoundFormat("ac3", "ATSC A/52A", 48_000, 5.0, None)
    assert why_not_held(late) == "ATSC A/52A that begins 5.0 s after the video cannot be copied"
