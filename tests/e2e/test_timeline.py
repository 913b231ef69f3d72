"""Timeline, latency panel and markers in the real window, by its keys."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable

import numpy as np
import pytest

from realtime_fer.core.people import PERSON_COLOURS_RGB
from tests.e2e.program import DEMO, Program, until
from tests.quick_detector import quick_detector

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def test_markers_timeline_and_latency_by_their_keys(
    start: Callable[..., Program], screen: Callable[[], np.ndarray]
) -> None:
    def pixels_of_people() -> int:
        # At the window's left edge: further right the picture's labels show the same colours. Of anybody: where frames
        # come more slowly than a face is remembered, it gets one number after the other.
        edge = screen()[:, :60]
        return max(int((edge == colour).all(axis=2).sum()) for colour in PERSON_COLOURS_RGB)

    program = start(*DEMO, "--detector", quick_detector())
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(program.rows, "rows are written")
    assert pixels_of_people() < 50
    program.press("t")
    until(lambda: pixels_of_people() > 200, "somebody has a row in the timeline")
    before = screen()
    program.press("l")
    until(lambda: (screen() != before)[600:].any(axis=2).sum() > 2000, "the panel opens beside it")

    program.press("k")
    until(lambda: any(row["marker"] == "1" for row in program.rows()), "the marker is in the table")
    marked = max(int(row["frame"]) for row in program.rows() if row["marker"] == "1")
    # On a busy machine the marked frame may be the newest one for long, and the note would belong to it too.
    until(lambda: max(int(row["frame"]) for row in program.rows()) > marked, "a later frame is written")
    program.press("shift+k")
    noted_after = len(program.rows())
    until(lambda: len(program.rows()) > noted_after + 10, "the recording goes on while a note is written")
    program.write_into("Add marker with note", "rks looks away")
    until(lambda: any(row["marker"] == "rks looks away" for row in program.rows()), "the note is in the table")
    program.press("t", "l")
    until(lambda: pixels_of_people() < 50, "the timeline closes")
    program.press("t")
    code, said = program.quit()
    assert (code, said) == (0, ""), "no traceback, no Qt warning"

    (session,) = program.sessions()
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    first, second = facts["markers"]
    assert (first["text"], second["text"]) == ("1", "rks looks away")
    assert 0 < first["timestamp"] < second["timestamp"] < facts["duration_s"]
    with (session / "expressions.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for marker in (first, second):
        found = [row for row in rows if row["marker"] == marker["text"]]
        assert {int(row["frame"]) for row in found} == {marker["frame"]}
        assert float(found[0]["timestamp"]) == pytest.approx(marker["timestamp"], abs=1e-4)
    assert max(int(row["frame"]) for row in rows) > second["frame"] + 10, (
        "the note belongs to the key, not to its last letter"
    )
    assert program.settings()["timeline"] is True

    again = start(*DEMO, "--detector", quick_detector())
    until(lambda: pixels_of_people() > 200, "the timeline is open from the start")
    code, said = again.quit()
    assert (code, said) == (0, "")
