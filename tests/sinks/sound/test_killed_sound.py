"""A recording with sound whose program is killed plays up to its last second, with both."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from tests.sinks.sound.clapper import clicks_in, flashes_in, sound_of

ENDLESS = """
import itertools, sys
from pathlib import Path
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.sound.clapper import ClapperMicrophone, START_S, picture_at
claps = [START_S + 1.0 + 2 * number for number in range(100)]
blocks = ClapperMicrophone().blocks(START_S + 200, claps)
block = next(blocks)
sink = RecordingSink(Path(sys.argv[1]))
sink.begin_listening("USB Microphone")
print(sink.folder, flush=True)
for index in itertools.count():
    now = START_S + index / 10
    sink.write(picture_at(now, index, claps))
    heard = []
    while block.start_s < now - 0.2:
        heard.append(block)
        block = next(blocks)
    sink.write_heard(heard, now - 1.0)
    print(index, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system knows no SIGKILL")
def test_a_kill_leaves_picture_and_sound(tmp_path: Path, checkout: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=checkout
    )
    assert process.stdout is not None
    folder, deadline, last = Path(process.stdout.readline().strip()), time.monotonic() + 60, -1
    try:
        while last < 100 and time.monotonic() < deadline:
            readable, _, _ = select.select([process.stdout], [], [], 30)
            line = process.stdout.readline() if readable else ""
            assert line, "the recording stopped by itself"
            last = int(line)
    finally:
        process.kill()
        process.stdout.close()
        process.wait(10)
    video, length_s = folder / "video.mp4", last / 10
    with av.open(str(video)) as container:
        assert sum(1 for _ in container.decode(video=0)) >= last - 10
    _, times = sound_of(video)
    assert times[-1] > length_s - 1.5
    clicks, flashes = clicks_in(video), flashes_in(video)
    assert len(clicks) >= 4
    assert clicks == pytest.approx(flashes[: len(clicks)], abs=0.04)
    facts = json.loads((folder / "session.json").read_text())
    assert not facts["complete"]
    assert facts["sound"]["microphone"] == "USB Microphone"
