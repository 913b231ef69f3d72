"""The process of one analysis: what it is asked, what it tells, and what becomes of it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.arguments.parser import build_parser
from realtime_fer.core.enums import DetectorName, Film, Privacy, Sensitivity
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.packed import packed
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.analyses.child import AnalysisChild, AnalysisEnd, AnalysisProgress
from realtime_fer.runtime.analyses.request import AnalysisRequest
from tests.sources.clips import write_numbered


@pytest.fixture
def request_(tmp_path: Path) -> AnalysisRequest:
    return AnalysisRequest(tmp_path / "clip.mp4", tmp_path / "recordings", Settings())


class Watched:
    """A child that runs ``code`` instead of the program, and what it told."""

    def __init__(self, request: AnalysisRequest, code: str) -> None:
        self.told: list[AnalysisProgress] = []
        self.first = threading.Event()
        self.ends: list[AnalysisEnd] = []
        self.child = AnalysisChild(
            request, self._progress, self.ends.append, command=lambda *arguments: [sys.executable, "-c", code]
        )
        self.child.start()

    def _progress(self, progress: AnalysisProgress) -> None:
        self.told.append(progress)
        self.first.set()

    def end(self) -> AnalysisEnd:
        assert self.child.join(30)
        (end,) = self.ends
        return end


def line(**values: Any) -> str:
    return f"print({json.dumps(json.dumps(values))}, flush=True)\n"


def frame(done: int, session: Path | None = None) -> str:
    told = None if session is None else str(session)
    return line(frames=done, of=100, at_s=done / 25, seconds=done / 50, session=told)


def test_the_command_line_understands_every_choice(request_: AnalysisRequest) -> None:
    chosen = replace(
        Settings(),
        model="-odd model.tflite",
        compare_model="cnn3",
        detector=DetectorName.HAAR,
        min_confidence=0.5,
        smoothing_s=1.0,
        sensitivity=Sensitivity.HIGHER,
        privacy=Privacy.PIXELATE,
        film=Film.BOTH,
        threads=3,
        overlay_mesh=True,
        jsonl=True,
        own_expressions=True,
    )
    source = Path("/clips/-n ä.mp4")
    request = replace(request_, source=source, settings=chosen, mirror=True, sound=False, language="de", track=2)
    parsed = build_parser().parse_args(request.arguments())
    assert (parsed.command, parsed.source.path, parsed.progress) == ("annotate", source, "json")
    assert (parsed.session, parsed.language) == (str(request.recordings_folder), "de")
    assert (parsed.mirror, parsed.no_sound, parsed.jsonl, parsed.compare) == (True, True, "", "cnn3")
    assert (parsed.model, parsed.detector, parsed.threads) == ("-odd model.tflite", "haar", 3)
    assert (parsed.min_confidence, parsed.smoothing, parsed.sensitivity) == (0.5, 1.0, "higher")
    assert (parsed.privacy, parsed.film) == ("pixelate", "both")
    assert (parsed.overlay_mesh, parsed.overlay_contours, parsed.track) == (True, False, 2)
    assert parsed.own_expressions is None, "none is taught"
    taught = build_parser().parse_args(replace(request, own_names=("Smirk",)).arguments())
    assert (taught.own_expressions, taught.source.path) == ("", source)
    plain = build_parser().parse_args(request_.arguments())
    assert (plain.mirror, plain.no_sound, plain.jsonl, plain.compare) == (False, False, None, None)
    assert plain.track == 0
    assert plain.detector is None, "where the default one's files are missing, another serves"


def test_it_tells_how_far_it_is_and_what_came_of_it(request_: AnalysisRequest, tmp_path: Path) -> None:
    summary = {"frames": 100, "problem": "", "session": str(tmp_path), "report": str(tmp_path / "report.html")}
    end = Watched(request_, frame(25) + line(summary={**summary, "sound": "left out", "sound_reason": "a"}))
    assert end.end() == AnalysisEnd(100, tmp_path, tmp_path / "report.html", "", "The sound is left out: a.")
    (told,) = end.told
    assert (told.done, told.expected, told.share, told.fps, told.times_real) == (25, 100, 0.25, 50.0, 2.0)
    assert told.left_s == 1.5


def test_another_detector_than_the_chosen_one_is_told(request_: AnalysisRequest, tmp_path: Path) -> None:
    summary = {"frames": 1, "problem": "", "session": str(tmp_path), "detector": "haar"}
    assert "Haar cascade" in Watched(request_, line(summary=summary)).end().remark
    chosen = replace(request_, settings=replace(Settings(), detector=DetectorName.HAAR))
    assert Watched(chosen, line(summary=summary)).end().remark == ""


def test_more_frames_than_a_file_says_and_a_number_that_nobody_knows() -> None:
    beyond = AnalysisProgress(120, 100, 4.0, 2.0)
    assert (beyond.share, beyond.left_s) == (1.0, 0.0)
    unknown = AnalysisProgress(1, None, 0.0, 0.0)
    assert (unknown.share, unknown.left_s, unknown.fps, unknown.times_real) == (None, None, 0.0, 0.0)


def test_a_stop_closes_its_input_and_is_told_from_a_fault(request_: AnalysisRequest, tmp_path: Path) -> None:
    problem = packed(Wording("Sink", "The analysis was stopped after {done} frames.", done="7"))
    summary = {"frames": 7, "problem": problem, "session": str(tmp_path), "report": None}
    watched = Watched(request_, frame(7) + "import sys; sys.stdin.read()\n" + line(summary=summary))
    assert watched.first.wait(30)
    watched.child.request_stop()
    watched.child.request_stop()
    end = watched.end()
    assert (end.stopped, end.frames, end.session) == (True, 7, tmp_path)
    assert isinstance(end.sentence, Wording)
    assert end.sentence == "The analysis was stopped after 7 frames."


def test_stopped_before_its_process_begins_it_starts_none(request_: AnalysisRequest) -> None:
    ends: list[AnalysisEnd] = []
    child = AnalysisChild(request_, lambda _: None, ends.append, command=lambda *_: pytest.fail("it was started"))
    child.request_stop()
    child.start()
    assert child.join(30)
    assert ends == [AnalysisEnd(stopped=True)]


def test_stopped_before_the_first_frame_nothing_is_kept(request_: AnalysisRequest) -> None:
    watched = Watched(request_, "import sys; sys.stdin.read(); sys.exit(1)")
    watched.child.request_stop()
    assert watched.end() == AnalysisEnd(stopped=True)


@pytest.mark.parametrize("kept", [True, False])
def test_a_process_that_crashes_costs_one_analysis(request_: AnalysisRequest, tmp_path: Path, kept: bool) -> None:
    session = tmp_path if kept else tmp_path / "gone"
    end = Watched(request_, frame(3, session) + "print('{\"frames\": 9', end=''); import os; os._exit(70)").end()
    assert "ended unexpectedly (exit code 70)" in end.sentence
    assert (end.session, end.frames) == ((tmp_path, 3) if kept else (None, 0))


def test_a_refusal_is_one_sentence(request_: AnalysisRequest) -> None:
    refused = line(refused=packed(Wording("Source", "There is no file '{path}'.", path="a")))
    assert Watched(request_, refused).end().sentence == "There is no file 'a'."
    by_the_parser = "import sys; sys.stderr.write('realtime-fer: no such option.\\n'); sys.exit(2)"
    assert Watched(request_, by_the_parser).end().sentence == "no such option."
    noise = "print('[1]'); print('null'); print('{\"frames\": \"many\"}'); import sys; sys.exit(3)"
    assert "exit code 3" in Watched(request_, noise).end().sentence


def test_a_program_that_cannot_be_started_is_a_sentence(request_: AnalysisRequest) -> None:
    ends: list[AnalysisEnd] = []
    child = AnalysisChild(request_, lambda _: None, ends.append, command=lambda *_: ["/no/such/program"])
    child.start()
    assert child.join(30)
    assert ends[0].sentence == "The analysis cannot start: No such file or directory."


_PARENT = """
import sys, threading
from dataclasses import replace
from pathlib import Path
from realtime_fer.core.settings import Settings
from realtime_fer.runtime.analyses.child import AnalysisChild
from realtime_fer.runtime.analyses.request import AnalysisRequest

settings = replace(Settings(), detector="haar", model="fer-s-7")
request = AnalysisRequest(Path(sys.argv[1]), Path(sys.argv[2]), settings)
child = AnalysisChild(request, lambda now: print(now.session, flush=True), lambda end: None)
child.start()
threading.Event().wait()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the files of a killed program locked for a while")
def test_a_parent_that_is_killed_leaves_a_whole_recording_and_no_orphan(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    write_numbered(clip, range(5_000), options={"preset": "ultrafast"})
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, clip, tmp_path / "out"], stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        session = Path(parent.stdout.readline().decode().strip())
    finally:
        parent.kill()
        parent.wait()
        if parent.stdout is not None:
            parent.stdout.close()
    deadline_s = time.monotonic() + 60
    while not (facts := json.loads((session / "session.json").read_text()))["complete"]:
        assert time.monotonic() < deadline_s
        time.sleep(0.05)
    assert 0 < facts["frames"] < 5_000
    assert "was stopped after" in facts["ended_early"]
