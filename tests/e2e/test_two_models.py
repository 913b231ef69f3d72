"""A second model and a learnt resting face, recorded from the real window."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import DemoSource
from realtime_fer.vision.detectors.haar import HaarDetector
from tests.e2e.program import Program, until

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def video_of_a_face_that_does_not_quite_smile(path: Path, seconds: int) -> Path:
    """The portrait with its mouth upside down, still."""
    source = DemoSource(1280, 720, faces=1)
    source.open()
    read = source.read()
    source.close()
    assert read is not None
    image = np.array(read.image_bgr)
    left, top, right, bottom = HaarDetector().detect(image).xyxy[0].tolist()
    rows = slice(round(top + 0.66 * (bottom - top)), round(top + 0.92 * (bottom - top)))
    columns = slice(round(left + 0.2 * (right - left)), round(left + 0.8 * (right - left)))
    image[rows, columns] = cv2.flip(image[rows, columns], 0)
    image = cv2.resize(image, (480, 270), interpolation=cv2.INTER_AREA)
    with VideoSink(path) as sink:
        for index in range(seconds * 10):
            sink.write(FrameResult(Frame(image.copy(), index, index / 10), Faces.empty(), ()), index / 10)
    return path


def test_a_second_model_and_a_resting_face_reach_the_recording(start: Callable[..., Program], tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "realtime-fer" / "settings.json"
    settings.parent.mkdir(parents=True)
    # With nothing of the prior taken back smoothed values are the raw ones, but for the resting face.
    chosen = {"welcomed": True, "compare_model": "cnn3", "film": "none", "sensitivity": "off"}
    chosen["ask_before_lossy"] = False
    settings.write_text(json.dumps(chosen), encoding="utf-8")
    video = video_of_a_face_that_does_not_quite_smile(tmp_path / "face.mp4", seconds=90)
    program = start("--source", str(video), "--detector", "haar", "--model", "fer-s-7")
    until(lambda: "face.mp4" in program.title(), "the video plays")
    program.press("r")
    until(lambda: len(program.rows()) > 5, "rows are written")
    program.press("c")
    (session,) = program.sessions()
    learnt: list[dict[str, str]] = []

    def is_lower() -> bool:
        """What is left of the smile at rest: with that taken into account less of it, not none."""
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
