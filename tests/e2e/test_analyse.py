"""Analyse… in the real window, by its keys; then the window is killed while another analysis runs."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from tests.e2e.program import Program, until
from tests.sources.clips import write_numbered

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def facts_of(session: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((session / "session.json").read_text(encoding="utf-8"))
    return facts


def frames_of(session: Path) -> int:
    with av.open(str(session / "video.mp4")) as container:
        return sum(1 for _ in container.decode(video=0))


def test_every_frame_becomes_a_recording_and_a_kill_leaves_a_whole_one(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    clip = write_numbered(tmp_path / "numbers.mp4", range(300))
    long = write_numbered(tmp_path / "long.mp4", range(2500), options={"preset": "ultrafast"})
    program = start("--source", str(clip), "--detector", "haar")
    until(lambda: "numbers" in program.title(), "the video plays")
    program.press("ctrl+e")
    program.write_into("^Analyse every frame", "")
    until(lambda: [session for session in program.sessions() if (session / "report.html").is_file()], "it is analysed")
    (whole,) = program.sessions()
    facts = facts_of(whole)
    assert (facts["complete"], facts["frames"], facts["ended_early"]) == (True, 300, "")
    assert facts["settings"]["detector"] == "haar", "the window's own choice"
    assert frames_of(whole) == 300

    program.press("ctrl+o")
    program.write_into("^Open video", str(long))
    until(lambda: "long" in program.title(), "the other video plays")
    program.press("ctrl+e")
    program.write_into("^Analyse every frame", "")
    until(lambda: len(program.sessions()) == 2 and facts_of(program.sessions()[-1])["frames"], "it is under way")
    program.process.send_signal(signal.SIGKILL)
    program.process.communicate(timeout=10)
    stopped = program.sessions()[-1]
    until(lambda: facts_of(stopped)["complete"], "the analysis finishes its recording by itself")
    assert 0 < facts_of(stopped)["frames"] == frames_of(stopped) < 2500
    assert "was stopped after" in facts_of(stopped)["ended_early"]
