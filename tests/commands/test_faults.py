"""Faults that nobody foresees: memory, Ctrl-C anywhere, outputs that are closed or full, a kill."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import av
import pytest

from realtime_fer import assembly, cli
from realtime_fer.commands.annotation.run import NOTHING_KEPT, TimeoutReader
from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.commands.program import SMALL_DEMO

HOW = ("--seconds", "0.3", "--detector", "haar", "--threads", "1")

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Unix alone")


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with earlier results."""
    monkeypatch.chdir(tmp_path)
    for name in ("out.mp4", "out.csv"):
        (tmp_path / name).write_text("earlier")
    return tmp_path


def frames_of(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (MemoryError(), "There is not enough memory."),
        (RuntimeError("can't start new thread"), "There is not enough memory."),
        (ImportError("libx.so: failed to map segment from shared object"), "There is not enough memory."),
        (OSError(12, "Cannot allocate memory"), "There is not enough memory."),
        (ImportError("libx.so: file too short"), "cannot be loaded: libx.so: file too short."),
        (ModuleNotFoundError("No module named 'x'", name="x"), "The package 'x' is not installed"),
        (ValueError("two\nlines"), "a fault in the program (ValueError: two lines)"),
    ],
)
def test_a_fault_while_it_prepares_is_one_sentence_and_earlier_results_stay(
    fault: Exception,
    sentence: str,
    earlier: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(assembly, "build_classifier", fail)
    assert cli.run(["annotate", "demo", "-o", "out.mp4", "--csv", *HOW]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert {path.read_text() for path in earlier.iterdir()} == {"earlier"}
    assert len(list(earlier.iterdir())) == 2


def test_a_reader_without_a_thread_is_no_memory(
    earlier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(thread: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)
    assert cli.run(["annotate", "demo", "-o", "out.mp4", *HOW]) == 2
    assert "not enough memory" in capsys.readouterr().err


def test_a_fault_under_way_keeps_the_earlier_results_and_says_where_the_new_ones_are(
    earlier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    process, count = ExpressionPipeline.process, 0

    def fail_at_fourth(pipeline: ExpressionPipeline, frame: Any) -> FrameResult:
        nonlocal count
        count += 1
        if count == 4:
            raise MemoryError
        return process(pipeline, frame)

    monkeypatch.setattr(ExpressionPipeline, "process", fail_at_fourth)
    assert cli.run(["annotate", "demo", "-o", "out.mp4", "--csv", *HOW]) == 1
    said = capsys.readouterr().err
    assert "not enough memory" in said
    assert "out.partial.mp4" in said
    assert "out.partial.csv" in said
    assert (earlier / "out.mp4").read_text() == (earlier / "out.csv").read_text() == "earlier"
    assert frames_of(earlier / "out.partial.mp4") == 3


@on_unix
def test_ctrl_c_while_a_frame_is_written_ends_after_it(
    earlier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = VideoSink._encode

    def write_and_press(sink: VideoSink, *arguments: Any) -> None:
        if sink.frames == 2:
            signal.raise_signal(signal.SIGINT)
        write(sink, *arguments)

    monkeypatch.setattr(VideoSink, "_encode", write_and_press)
    assert cli.run(["annotate", "demo", "-o", "out.mp4", "--csv", *HOW]) == 1
    assert capsys.readouterr().err == "realtime-fer: Stopped; what was written is kept.\n"
    frames = frames_of(earlier / "out.mp4")
    # The next one may have been analysed and handed over already.
    assert frames in (3, 4)
    with (earlier / "out.csv").open(newline="") as file:
        # In the first frame nobody is believed yet.
        assert {row["frame"] for row in csv.DictReader(file)} == {str(frame) for frame in range(1, frames)}
    assert len(list(earlier.iterdir())) == 2


@on_unix
@pytest.mark.parametrize("becomes", [ImportError("numpy failed"), KeyboardInterrupt(), SystemError("no result")])
def test_ctrl_c_while_it_prepares_stops_it_whatever_becomes_of_it(
    becomes: BaseException,
    earlier: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def press(*_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise becomes from None

    monkeypatch.setattr(TimeoutReader, "open", press)
    assert cli.run(["annotate", "demo", "-o", "out.mp4", "--csv", *HOW]) == 1
    assert capsys.readouterr().err == f"realtime-fer: stopped. {NOTHING_KEPT}\n"
    assert {path.read_text() for path in earlier.iterdir()} == {"earlier"}


@on_unix
@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_in_the_first_frame_says_that_nothing_is_kept_whatever_becomes_of_it(
    presses: int, earlier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press(*_: object) -> None:
        for _press in range(presses):
            signal.raise_signal(signal.SIGINT)
        raise SinkError("The disk is full.")

    monkeypatch.setattr(VideoSink, "_encode", press)
    assert cli.run(["annotate", "demo", "-o", "out.mp4", "--csv", *HOW]) == 1
    assert capsys.readouterr().err == f"realtime-fer: stopped. {NOTHING_KEPT}\n"
    assert {path.read_text() for path in earlier.iterdir()} == {"earlier"}


def test_ctrl_c_before_there_is_a_command_is_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", press)
    for name in ("open_standard_streams", "escape_unencodable", "quiet_native_output"):
        monkeypatch.setattr(f"realtime_fer.native_output.{name}", lambda: None)
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "realtime-fer: stopped.\n"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """The program is ``$RUN``, a small annotation's options ``$HOW``."""
    environment = {**os.environ, "RUN": f"{sys.executable} {SMALL_DEMO}", "HOW": " ".join(HOW)}
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120, env=environment)


@on_unix
def test_outputs_that_are_closed_or_full_cost_no_result(earlier: Path) -> None:
    done = shell("exec $RUN annotate demo -o out.mp4 --csv $HOW >&- 2>&- <&-")
    assert done.returncode == 0
    assert frames_of(earlier / "out.mp4") == 9
    if os.path.exists("/dev/full"):
        done = shell("exec $RUN annotate demo -o out.mp4 --json $HOW >/dev/full")
        assert done.returncode == 1
        assert done.stderr == "realtime-fer: The output could not be printed: No space left on device.\n"
        assert shell("exec $RUN annotate nothing -o out.mp4 2>/dev/full").returncode == 2


@on_unix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not heed the limit")
def test_too_little_memory_is_a_sentence() -> None:
    done = shell("ulimit -v 500000; exec $RUN annotate demo -o out.mp4 $HOW")
    assert (done.returncode, done.stderr) == (2, "realtime-fer: There is not enough memory.\n")


@on_unix
def test_a_killed_run_leaves_the_earlier_results_and_readable_partial_ones(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["annotate", "demo", "--seconds", "600", "-o", "out.mp4", "--csv", "--detector", "haar"]
    process = subprocess.Popen([sys.executable, str(SMALL_DEMO), *arguments])
    partial = earlier / "out.partial.csv"
    try:
        # Enough for the video's first fragments, which go to the disk twice a second of it.
        while not (partial.exists() and partial.read_text().count("\n") > 60):
            assert process.poll() is None
            time.sleep(0.05)
        assert cli.run(["annotate", "demo", "-o", "out.mp4", *HOW]) == 2
        assert "Another program is writing" in capsys.readouterr().err
    finally:
        process.kill()
        process.wait()
    assert (earlier / "out.mp4").read_text() == (earlier / "out.csv").read_text() == "earlier"
    assert frames_of(earlier / "out.partial.mp4") >= 15
    with partial.open(newline="") as file:
        assert len({len(row) for row in csv.reader(file)}) == 1
    assert cli.run(["annotate", "demo", "-o", "out.mp4", "--csv", *HOW]) == 0
    assert sorted(path.name for path in earlier.iterdir()) == ["out.csv", "out.mp4"]
    assert frames_of(earlier / "out.mp4") == 9
