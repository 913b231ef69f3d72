"""The first page, hidden faces, the mark of a recording and kept settings, in the real window and in German."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.program import DEMO, Program, until
from tests.quick_detector import quick_detector

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def test_nothing_is_recorded_before_the_first_page_was_read_and_choices_are_kept(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    settings = tmp_path / "home" / "config" / "realtime-fer" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"language": "de", "film": "both"}), encoding="utf-8")
    program = start(*DEMO, "--detector", quick_detector())
    until(lambda: "demo" in program.title(), "the demo plays behind the page")
    program.press("r")
    time.sleep(1)
    assert "REC" not in program.title()
    program.press("Return", "b", "ctrl+plus", "r")
    until(lambda: program.title().startswith("● REC"), "the recording is said in the title")
    until(lambda: len(program.rows()) > 20, "rows are written")
    program.press("r")
    until(lambda: "REC" not in program.title(), "the recording is finished")
    code, said = program.quit()
    assert (code, said) == (0, "")
    kept = program.settings()
    assert (kept["welcomed"], kept["privacy"], kept["scale_percent"], kept["language"]) == (True, "blur", 125, "de")
    (session,) = program.sessions()
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    assert facts["settings"]["privacy"] == "blur"
    names = {row["expression"] for row in program.rows()}
    assert names <= {"neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "uncertain"}, (
        "files stay English"
    )
