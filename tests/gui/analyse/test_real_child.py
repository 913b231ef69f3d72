"""From the dialog to the recording, with the real program as the child."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from realtime_fer.core.enums import DetectorName
from realtime_fer.core.settings import Settings
from realtime_fer.gui.analyse.analyses import Analyses, State
from realtime_fer.report.session import read_session
from realtime_fer.runtime.analyses.request import AnalysisRequest

#: Until the child has loaded its models on a busy computer.
PATIENT_MS = 240_000


def write_clip(path: Path, frames: int) -> Path:
    """Grey frames, in which nobody is seen: what counts here is how many there are."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        grey = av.VideoFrame.from_ndarray(np.full((240, 320, 3), 90, np.uint8), format="bgr24")
        image = grey.reformat(format="yuv420p")
        for number in range(frames):
            image.pts = number
            for packet in stream.encode(image):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Longer than anybody waits for."""
    return write_clip(tmp_path_factory.mktemp("long") / "long.mp4", 3000)


@pytest.fixture
def analyses(qtbot: Any) -> Any:
    made = Analyses()
    yield made
    made.stop()
    assert made.join(PATIENT_MS / 1000)


@pytest.fixture
def ask(tmp_path: Path) -> Callable[[Path], AnalysisRequest]:
    settings = replace(Settings(), detector=DetectorName.HAAR, model="fer-s-7")
    return lambda source: AnalysisRequest(source, tmp_path / "Aufnahmen ü", settings)


def check_whole(session: Path) -> int:
    """Video, table and facts agree; how many frames there are."""
    facts = json.loads((session / "session.json").read_text())
    with av.open(str(session / "video.mp4")) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert facts["complete"]
    assert facts["frames"] == frames
    with (session / "expressions.csv").open(newline="") as file:
        assert len({len(row) for row in csv.reader(file)}) == 1
    assert (session / "report.html").is_file()
    return frames


def test_every_frame_of_a_file_then_a_wrong_one_then_a_stopped_one(
    qtbot: Any, analyses: Analyses, ask: Any, tmp_path: Path, long: Path
) -> None:
    clip, wrong = write_clip(tmp_path / "-clip '\"ä.mp4", 60), tmp_path / "wrong.mp4"
    wrong.write_text("no film")
    analyses.add([ask(clip), ask(wrong), ask(long)])
    whole, refused, stopped = analyses.all
    qtbot.waitUntil(lambda: whole.state.is_over, timeout=PATIENT_MS)
    assert (whole.state, whole.end.frames) == (State.DONE, 60)
    assert check_whole(whole.end.session) == 60
    assert json.loads((whole.end.session / "session.json").read_text())["settings"]["model"] == "fer-s-7"
    qtbot.waitUntil(lambda: refused.state.is_over, timeout=PATIENT_MS)
    assert (refused.state, refused.end.session) == (State.FAILED, None)
    assert "wrong.mp4" in refused.end.sentence
    qtbot.waitUntil(lambda: stopped.progress is not None, timeout=PATIENT_MS)
    analyses.cancel(stopped)
    qtbot.waitUntil(lambda: stopped.state.is_over, timeout=PATIENT_MS)
    assert (stopped.state, stopped.end.stopped) == (State.INCOMPLETE, True)
    assert 0 < check_whole(stopped.end.session) < 3000
    assert "was stopped after" in read_session(stopped.end.session).remarks[0]
    assert len(list((tmp_path / "Aufnahmen ü").iterdir())) == 2


def test_closing_the_window_stops_it_and_leaves_a_whole_recording(
    qtbot: Any, make_stage: Callable[..., Any], tmp_path: Path, long: Path
) -> None:
    stage = make_stage(Settings(model="a"))
    stage.begin()
    control = stage.window.analyse
    settings = replace(Settings(), detector=DetectorName.HAAR, model="fer-s-7")
    control._start([AnalysisRequest(long, tmp_path / "out", settings)])
    (analysis,) = control.analyses.all
    qtbot.waitUntil(lambda: analysis.progress is not None, timeout=PATIENT_MS)
    stage.window.finish_and_close()
    assert control.join(0.0), "the window waited for it"
    (session,) = (tmp_path / "out").iterdir()
    assert check_whole(session) > 0
