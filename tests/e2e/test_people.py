"""A name given in the real window, by its keys, survives a kill of the program that records it."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable

import pytest

from realtime_fer import assembly
from tests.e2e.program import DEMO, Program, until
from tests.quick_detector import quick_detector

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def test_a_name_is_in_a_killed_recording_and_in_its_report(start: Callable[..., Program]) -> None:
    program = start(*DEMO, "--detector", quick_detector())
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(lambda: any(row["face_id"] for row in program.rows()), "a face is recorded")
    program.press("p", "n")
    program.write_into("^Name a person", "Anna")
    (session,) = program.sessions()
    until((session / "annotations.json").is_file, "the name is in the recording's folder")
    program.process.send_signal(signal.SIGKILL)
    program.process.communicate(timeout=10)

    corrections = json.loads((session / "annotations.json").read_text(encoding="utf-8"))
    assert list(corrections["names"].values()) == ["Anna"]
    assert all("Anna" not in row.values() for row in program.rows())
    assert "Anna" in assembly.write_report(session).read_text(encoding="utf-8")
