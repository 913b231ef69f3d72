"""The program as a person runs it: ``main()`` in a process of its own, a window on a real X server, keys, files.

Skipped where Xvfb or xdotool is not installed; ``make test`` installs both.
"""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable

import av
import pytest

from realtime_fer.core.cards.model_order import in_order
from realtime_fer.vision.registry import ModelRegistry
from tests.e2e.program import DEMO, Program, until
from tests.quick_detector import quick_detector

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def position_of(model_id: str) -> str:
    """The key that chooses the model: its place in the dropdown."""
    return str([spec.model_id for spec in in_order(ModelRegistry().specs())].index(model_id) + 1)


def test_record_switch_model_and_detector_and_quit(start: Callable[..., Program]) -> None:
    program = start(*DEMO, "--model", "fer-s", "--detector", "haar")
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(lambda: any(row["model"] == "fer-s" for row in program.rows()), "rows of the first model")
    program.press(position_of("fer-s-7"))
    until(lambda: any(row["model"] == "fer-s-7" for row in program.rows()), "rows of the second model")
    # The menu of detectors, its first entry.
    program.press("alt+t", "Return")
    seen = len(program.rows())
    until(lambda: len(program.rows()) > seen + 40, "rows after the other detector was chosen")
    program.press("s")
    until(lambda: list(program.documents.rglob("*.png")), "the snapshot is saved")
    code, said = program.quit()
    assert (code, said) == (0, ""), "no traceback, no Qt warning"

    (session,) = program.sessions()
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    assert facts["complete"]
    # The first frames may come before the first model does.
    assert [model["id"] for model in facts["models"] if model["id"]] == ["fer-s", "fer-s-7"]
    assert "haar" in [detector["id"] for detector in facts["detectors"]]
    with av.open(str(session / "video.mp4")) as container:
        stream = container.streams.video[0]
        stamps = [float(frame.pts * stream.time_base) for frame in container.decode(video=0)]
        assert (stream.width, stream.height) == (640, 360)
    rows = program.rows()
    assert stamps == sorted(set(stamps))
    assert max(int(row["frame"]) for row in rows) <= len(stamps) - 1
    for row in rows[:: max(1, len(rows) // 50)]:
        assert float(row["timestamp"]) == pytest.approx(stamps[int(row["frame"])], abs=0.002)
    known = {"neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "uncertain"}
    for row in rows:
        assert row["expression"] in (known if row["model"] else {""})


def test_killed_in_the_middle_it_leaves_a_video_and_a_table_that_can_be_read(start: Callable[..., Program]) -> None:
    program = start(*DEMO, "--detector", quick_detector())
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(lambda: program.rows() and float(program.rows()[-1]["timestamp"]) > 3, "three seconds are recorded")
    program.process.send_signal(signal.SIGKILL)
    program.process.communicate(timeout=10)

    rows = program.rows()
    # A row that was cut off would have None in its last columns, one that runs into another a column too many.
    assert all(None not in row and None not in row.values() for row in rows)
    (session,) = program.sessions()
    with av.open(str(session / "video.mp4")) as container:
        stream = container.streams.video[0]
        stamps = [float(frame.pts * stream.time_base) for frame in container.decode(video=0)]
    assert stamps[-1] > float(rows[-1]["timestamp"]) - 1.0
    assert not json.loads((session / "session.json").read_text(encoding="utf-8"))["complete"]


def test_without_a_camera_the_demo_plays_and_choices_are_kept(start: Callable[..., Program]) -> None:
    program = start("--source", "auto", "--detector", quick_detector())
    until(lambda: "Realtime FER" in program.title() and "–" in program.title(), "a source plays")
    program.press("b")
    code, said = program.quit()
    assert (code, said) == (0, "")
    settings = json.loads(next(program.home.rglob("settings.json")).read_text(encoding="utf-8"))
    assert settings["detector"] == "mediapipe", "the command line's choice held for that run alone"
    assert settings["privacy"] != "off"
