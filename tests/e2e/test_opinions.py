"""A second model and a learnt resting face, recorded from the real window."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.program import Program, until

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def test_a_second_model_and_a_resting_face_reach_the_recording(start: Callable[..., Program], tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "realtime-fer" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"welcomed": True, "compare_model": "cnn3", "film": "none"}), encoding="utf-8")
    program = start("--source", "demo", "--detector", "haar", "--model", "fer-s-7")
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(lambda: len(program.rows()) > 5, "rows are written")
    program.press("c")
    (session,) = program.sessions()
    learnt: list[dict[str, str]] = []

    def is_lower() -> bool:
        """The demo's person smiles at rest: with that taken into account less of the smile is left, not none."""
        rows = [row for row in program.rows() if row["happy"] and row["happy_smooth"]]
        learnt[:] = [row for row in rows if float(row["happy_smooth"]) < 0.8 * float(row["happy"])]
        return len(learnt) > 20

    until(is_lower, "the smoothed values take the resting face into account")
    program.press("shift+c")
    until(
        lambda: float(program.rows()[-1]["happy_smooth"] or 0) > 0.95 * float(program.rows()[-1]["happy"] or 1),
        "it is forgotten again",
    )
    program.press("r")
    until(lambda: "REC" not in program.title(), "the recording is finished")
    code, said = program.quit()
    assert (code, said) == (0, ""), "no traceback, no Qt warning"

    assert program.settings()["compare_model"] == "cnn3"
    with (session / "comparison.csv").open(newline="", encoding="utf-8") as file:
        compared = list(csv.DictReader(file))
    assert {row["model"] for row in compared} == {"cnn3"}
    first = {(row["frame"], row["face_id"]) for row in program.rows() if row["face_id"]}
    assert {(row["frame"], row["face_id"]) for row in compared} <= first, "the same faces of the same frames"
    assert {row["model"] for row in program.rows() if row["model"]} == {"fer-s-7"}
