"""The real program that is asked to end while it works: what it was keeping is finished."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import av
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

ANNOTATE = (sys.executable, str(CHECKOUT / "tests" / "small_demo.py"), "annotate", "demo", "--detector", "haar")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals to a child")

# The window with a recording from its first picture on.
RECORDING = """
import sys
from PyQt5.QtCore import QTimer
from realtime_fer.core.settings import Settings
from realtime_fer.window import show_window

def during(window, engine):
    def look():
        recorded_s = engine.stats().recording_s or 0.0
        if engine.stats().shown_fps and not engine.recording:
            engine.start_recording()
        elif recorded_s > 0.5:
            timer.stop()
            print("recording", flush=True)
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(50)

settings = Settings(source="demo", detector="haar", width=320, height=240, welcomed=True, recordings_folder=sys.argv[1])
sys.exit(show_window(settings, during=during)[0])
"""


def wait_for_rows(table: Path, process: subprocess.Popen) -> None:  # type: ignore[type-arg]
    # Results lie under a partial name until they are whole.
    under_way = table.with_suffix(f".partial{table.suffix}")
    while not (under_way.exists() and under_way.stat().st_size > 2000):
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail("it ended by itself")


def frames_of(video: Path) -> int:
    with av.open(str(video)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_the_window_finishes_its_recording(tmp_path: Path, number: signal.Signals) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", RECORDING, str(tmp_path / "recordings")],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], 60)
        assert ready
        assert process.stdout.readline() == "recording\n"
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in said
    (session,) = (tmp_path / "recordings").iterdir()
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    assert facts["complete"]
    assert not facts["ended_early"]
    assert frames_of(session / "video.mp4") == facts["frames"] > 0


def test_annotate_in_a_terminal_that_is_closed_keeps_what_it_has(tmp_path: Path) -> None:
    import fcntl
    import termios

    video, table = tmp_path / "video.mp4", tmp_path / "video.csv"
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [*ANNOTATE, "--seconds", "600", "-o", str(video), "--csv", str(table)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    try:
        wait_for_rows(table, process)
        os.close(ours)
        assert process.wait(60) == 1
    finally:
        process.kill()
    frames = frames_of(video)
    # The index of an ordinary video stands at its end only where it was finished.
    assert b"moov" in video.read_bytes()[-200_000:]
    assert frames > 5
    # A face has its first row at the second look.
    told = {int(line.split(",")[0]) for line in table.read_text().splitlines()[1:]}
    assert told == set(range(1, frames))


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system knows no SIGHUP")
def test_what_nohup_started_outlives_its_terminal(tmp_path: Path) -> None:
    table = tmp_path / "video.csv"
    process = subprocess.Popen(
        [*ANNOTATE, "--seconds", "3", "-o", str(tmp_path / "video.mp4"), "--csv", str(table)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    wait_for_rows(table, process)
    process.send_signal(signal.SIGHUP)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")
