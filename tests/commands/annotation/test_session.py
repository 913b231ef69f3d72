"""``annotate --session``: a recording as the window makes them, with every frame of a file."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import av
import cv2
import pytest

from realtime_fer.commands.annotation.background import INTERVAL_S, ProgressLines
from realtime_fer.commands.annotation.run import RunProgress
from realtime_fer.core.frame import Frame
from realtime_fer.core.text.packed import packed, unpacked
from realtime_fer.core.text.translation import Wording, install_translator
from realtime_fer.report.session import read_session
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import DemoSource
from tests.commands.program import SMALL_DEMO, CommandLine
from tests.core.own_expressions.made_up import taught
from tests.sinks.conftest import build_result
from tests.sounding_clips import beep_at, white_at, write_clip

# Haar is always there; MediaPipe's files may not be.
HOW = ("--detector", "haar")


def demo_clip(path: Path, times_s: Sequence[float]) -> Path:
    """A video of the demo's faces, with a frame at each time."""
    source = DemoSource(480, 270, faces=1)
    source.open()
    with VideoSink(path) as sink:
        for index, t_s in enumerate(times_s):
            read = source.read()
            assert read is not None
            sink.write(build_result(t_s, image=read.image_bgr, index=index), t_s)
    source.close()
    return path


def only_session(folder: Path) -> Path:
    (session,) = folder.iterdir()
    return session


def facts_of(session: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((session / "session.json").read_text())
    return facts


def frames_of(video: Path) -> int:
    with av.open(str(video)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize(
    "times_s",
    [
        pytest.param([i / 25 for i in range(20)], id="regular"),
        # In a recording, a step of three seconds is a gap. Here the frame was on screen for so long.
        pytest.param([0.0, 0.04, 0.08, 0.12, 0.16, 3.2, 3.24, 3.28], id="one frame is shown for long"),
    ],
)
def test_it_agrees_with_annotate_to_the_byte(command_line: CommandLine, tmp_path: Path, times_s: list[float]) -> None:
    clip = demo_clip(tmp_path / "clip.mp4", times_s)
    own = tmp_path / "own.json"
    own.write_bytes(taught("Skeptical").as_json())
    options = (*HOW, "--compare", "fer-s-7", "--film", "both", "--jsonl", "--own-expressions", own)
    assert command_line.run("annotate", clip, "-o", tmp_path / "a.mp4", "--csv", *options).returncode == 0
    done = command_line.run("annotate", clip, "--session", tmp_path / "recordings", "--json", *options)
    assert done.returncode == 0, done
    session = only_session(tmp_path / "recordings")
    assert sorted(path.name for path in session.iterdir()) == [
        "comparison.csv",
        "expressions.csv",
        "expressions.jsonl",
        "report.html",
        "session.json",
        "video-clean.mp4",
        "video.mp4",
    ]
    for ours, theirs in (
        ("expressions.csv", "a.csv"),
        ("comparison.csv", "a-comparison.csv"),
        ("expressions.jsonl", "a.jsonl"),
        ("video.mp4", "a.mp4"),
        ("video-clean.mp4", "a-clean.mp4"),
    ):
        assert (session / ours).read_bytes() == (tmp_path / theirs).read_bytes(), ours
    assert len(csv_rows(session / "expressions.csv")) > len(times_s) // 2, "the demo's face was not found"
    facts = facts_of(session)
    assert (facts["complete"], facts["every_frame"], facts["ended_early"]) == (True, True, "")
    assert (facts["frames"], facts["gaps"], facts["source"]) == (len(times_s), [], "clip.mp4")
    assert facts["settings"]["detector"] == "haar"
    assert [use["id"] for use in facts["compared_models"]] == ["fer-s-7"]
    assert [use["columns"] for use in facts["own_expressions"]] == [["own_skeptical"]]
    assert csv_rows(session / "expressions.csv")[0][-1] == "own_skeptical"
    summary = json.loads(done.stdout)
    assert (summary["session"], summary["report"]) == (str(session), str(session / "report.html"))


def csv_rows(path: Path) -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file))


def test_the_sound_is_kept_in_step_or_left_out(command_line: CommandLine, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    assert command_line.run("annotate", clip, "--session", tmp_path / "with", *HOW).returncode == 0
    video = only_session(tmp_path / "with") / "video.mp4"
    assert beep_at(video) == pytest.approx(white_at(video), abs=0.04)
    assert command_line.run("annotate", clip, "--session", tmp_path / "without", "--no-sound", *HOW).returncode == 0
    with av.open(str(only_session(tmp_path / "without") / "video.mp4")) as container:
        assert not container.streams.audio


def test_a_folder_of_pictures_becomes_a_recording(command_line: CommandLine, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    source = DemoSource(480, 270, faces=1)
    source.open()
    for name in ("one.png", "two.png"):
        read = source.read()
        assert read is not None
        assert cv2.imwrite(str(pictures / name), read.image_bgr)
    source.close()
    (pictures / "broken.png").write_bytes(b"no picture")
    done = command_line.run("annotate", pictures, "--session", tmp_path / "out", "--json", *HOW)
    assert done.returncode == 0, done
    session = only_session(tmp_path / "out")
    assert (facts_of(session)["frames"], frames_of(session / "video.mp4")) == (2, 2)
    assert json.loads(done.stdout)["skipped"]


def test_the_report_speaks_the_language_that_is_asked_for(command_line: CommandLine, tmp_path: Path) -> None:
    clip = demo_clip(tmp_path / "clip.mp4", [0.0, 0.04])
    command_line.run("annotate", clip, "--session", tmp_path / "out", "--language", "de", *HOW)
    page = (only_session(tmp_path / "out") / "report.html").read_text()
    assert '<html lang="de"' in page
    assert "jedes Bild der Quelle: 2" in page


def test_without_a_folder_it_goes_where_the_window_records(
    command_line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"recordings_folder": str(tmp_path / "chosen in the window")}))
    monkeypatch.setattr("realtime_fer.assembly.settings_path", lambda: settings)
    clip = demo_clip(tmp_path / "clip.mp4", [0.0, 0.04])
    assert command_line.run("annotate", clip, *HOW, "--session").returncode == 0
    assert only_session(tmp_path / "chosen in the window").is_dir()


def test_what_makes_no_sense_is_refused_and_leaves_nothing(command_line: CommandLine, tmp_path: Path) -> None:
    clip, recordings = demo_clip(tmp_path / "clip.mp4", [0.0, 0.04]), tmp_path / "recordings"
    session = ("--session", recordings)
    assert "--csv" in command_line.refused("annotate", clip, *session, "--csv")
    assert "--output" in command_line.refused("annotate", clip, *session, "-o", "a.mp4")
    assert "JSON lines" in command_line.refused("annotate", clip, *session, "--jsonl", "a.jsonl")
    assert "folder of videos" in command_line.refused("annotate", tmp_path, *session)
    assert "address" in command_line.refused("annotate", clip, "--session", "http://host/folder")
    assert "no file" in command_line.refused("annotate", tmp_path / "none.mp4", *session)
    (tmp_path / "none").mkdir()
    assert command_line.refused("annotate", tmp_path / "none", *session)
    assert not recordings.exists()
    (tmp_path / "text.mp4").write_text("no video")
    assert command_line.refused("annotate", tmp_path / "text.mp4", *session)
    assert not recordings.exists() or not list(recordings.iterdir())


class Child:
    """The real program, run as the window runs it."""

    def __init__(self, *arguments: str | Path) -> None:
        command = [sys.executable, str(SMALL_DEMO), "annotate", "--progress", "json", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def wait_for_frames(self, frames: int) -> None:
        while self.line()["frames"] < frames:
            pass

    def end(self) -> str:
        """Its last line, once it has ended; '' without one."""
        assert self.process.stdout is not None
        lines = self.process.stdout.read().decode().splitlines()
        self.process.wait(60)
        return (lines or [""])[-1]

    def close_input(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


def test_a_program_reads_progress_and_the_summary(tmp_path: Path) -> None:
    clip = demo_clip(tmp_path / "-odd Ü name.mp4", [i / 25 for i in range(10)])
    with Child("--session", tmp_path / "out", *HOW, "--", clip) as child:
        first = child.line()
        assert (first["frames"], first["of"], first["seconds"]) == (1, 10, 0.0)
        summary = json.loads(child.end())["summary"]
    assert child.process.returncode == 0
    assert (summary["frames"], summary["problem"], summary["session"]) == (10, "", str(only_session(tmp_path / "out")))


def test_a_program_is_told_why_it_could_not_start(tmp_path: Path) -> None:
    with Child(tmp_path / "none.mp4", "--session", tmp_path / "out") as child:
        told = json.loads(child.end())
    assert child.process.returncode == 2
    assert "none.mp4" in unpacked(told["refused"])


@pytest.mark.parametrize("way", ["closes its input", "dies"])
def test_it_ends_with_the_program_that_runs_it_and_keeps_a_whole_recording(tmp_path: Path, way: str) -> None:
    with Child("demo", "--seconds", "600", "--session", tmp_path / "out", *HOW) as child:
        child.wait_for_frames(8)
        child.close_input()
        if way == "dies":
            assert child.process.stdout is not None
            child.process.stdout.close()
            assert child.process.wait(60) == 1
        else:
            summary = json.loads(child.end())["summary"]
            assert "stopped after" in unpacked(summary["problem"])
    session = only_session(tmp_path / "out")
    facts = facts_of(session)
    assert facts["complete"]
    assert facts["frames"] == frames_of(session / "video.mp4") >= 8
    assert facts["ended_early"].startswith("The analysis was stopped after")
    assert "stopped after" in read_session(session).remarks[0]
    page = (session / "report.html").read_text()
    assert "stopped after" in page
    assert f"every frame of the source until then: {facts['frames']} of 18000" in page


def test_what_is_stopped_before_the_first_frame_leaves_nothing(tmp_path: Path) -> None:
    with Child("demo", "--session", tmp_path / "out", *HOW) as child:
        child.close_input()
        assert child.end() == ""
    assert child.process.returncode == 1
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the files of a killed program locked for a while")
def test_a_kill_leaves_a_recording_that_can_be_read(tmp_path: Path) -> None:
    with Child("demo", "--seconds", "600", "--session", tmp_path / "out", *HOW) as child:
        child.wait_for_frames(40)
    session = only_session(tmp_path / "out")
    assert not facts_of(session)["complete"]
    assert frames_of(session / "video.mp4") > 10
    assert "not finished" in read_session(session).remarks[0]


def test_a_fault_of_the_pipeline_is_the_recording_s_reason(
    command_line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from realtime_fer.commands.annotation import building

    class Failing(building.ExpressionPipeline):
        def process(self, frame: Frame) -> Any:
            if frame.index == 3:
                raise RuntimeError("no such tensor")
            return super().process(frame)

    monkeypatch.setattr(building, "ExpressionPipeline", Failing)
    clip = demo_clip(tmp_path / "clip.mp4", [i / 25 for i in range(8)])
    done = command_line.run("annotate", clip, "--session", tmp_path / "out", *HOW)
    session = only_session(tmp_path / "out")
    assert (done.returncode, str(session) in done.stderr) == (1, True)
    assert facts_of(session)["frames"] == 3
    assert "no such tensor" in facts_of(session)["ended_early"]
    assert (session / "report.html").is_file()


def test_lines_of_progress_are_few(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([10.0 + share * INTERVAL_S for share in (0, 0.5, 1.1, 1.4)])
    lines = ProgressLines(lambda: next(times))
    for done in (1, 2, 3, 4):
        lines.progress(RunProgress(done, None, done / 25, Path("out")))
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert printed == [
        {"frames": 1, "of": None, "at_s": 0.04, "seconds": 0.0, "session": "out"},
        {"frames": 3, "of": None, "at_s": 0.12, "seconds": round(1.1 * INTERVAL_S, 3), "session": "out"},
    ]


@pytest.fixture
def german() -> Any:
    def install(translator: Callable[[str, str], str]) -> None:
        install_translator(translator, "de")

    yield install
    install_translator(None)


def test_a_sentence_is_said_in_the_language_of_the_process_that_gets_it(german: Any) -> None:
    told = Wording("Sink", "'{path}' is gone: {reason}.", path=Path("a"), reason=Wording("System", "Is a directory"))
    sent = unpacked(json.loads(json.dumps(packed(told))))
    assert sent == str(told)
    german(lambda context, text: f"<{context}>{text}")
    assert isinstance(sent, Wording)
    assert sent.said == "<Sink>'a' is gone: <System>Is a directory."
    assert unpacked(packed("plain {braces}")) == "plain {braces}"


@pytest.mark.parametrize("hostile", [{"template": "{a.__class__}", "values": {"b": 1}}, {"values": []}, [1], None])
def test_what_is_no_packed_sentence_is_a_text(hostile: Any) -> None:
    assert isinstance(unpacked(hostile), str)
