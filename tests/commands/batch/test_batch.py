"""A folder of videos through the real program, its processes included."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from realtime_fer import cli
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.batch import run as batch
from realtime_fer.commands.batch.item import Item
from realtime_fer.commands.batch.log import LOG_NAME, BatchLogs
from realtime_fer.commands.batch.request import BatchRequest, is_folder_of_videos
from realtime_fer.commands.batch.worker import start_worker
from realtime_fer.core.enums import DetectorName
from realtime_fer.core.request import DEMO, request_of
from realtime_fer.core.system.folder_trees import videos_of
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.vision.registry import ModelRegistry
from tests.commands.program import CHECKOUT, CommandLine
from tests.sinks.conftest import build_result
from tests.sinks.recordings import lines_of, rows_of, video_times_of

# Haar is always there, and quick on small pictures.
HOW = ("--detector", "haar")


def video(path: Path, frames: int, size: tuple[int, int] = (160, 120)) -> Path:
    noise = np.random.default_rng(len(path.name)).integers(0, 255, (size[1], size[0], 3)).astype(np.uint8)
    with VideoSink(path) as sink:
        for n in range(frames):
            sink.write(build_result(image=noise), n / 30)
    return path


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    video(folder / "a.mp4", 6)
    video(folder / "b.mp4", 9)
    return folder


def frames_of(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_videos_are_told_from_pictures_and_hidden_files(clips: Path) -> None:
    (clips / "photo.jpg").write_bytes(b"x")
    (clips / "._a.mp4").write_bytes(b"x")
    (clips / "inner.mp4").mkdir()
    assert [path.name for path in videos_of(clips)] == ["a.mp4", "b.mp4"]
    assert is_folder_of_videos(request_of(str(clips)))
    assert not is_folder_of_videos(request_of(str(clips / "a.mp4")))
    assert not is_folder_of_videos(request_of(str(clips / "inner.mp4")))
    assert not is_folder_of_videos(request_of("demo"))


def test_every_video_is_done_and_one_that_fails_stops_none(
    command_line: CommandLine, clips: Path, tmp_path: Path
) -> None:
    (clips / "aa.mp4").write_bytes(b"no video")
    out = tmp_path / "out"
    out.mkdir()
    (out / "b.csv").write_text("a person's notes")
    done = command_line.run("annotate", clips, "-o", out, "--jobs", "2", "--jsonl", "--parquet", "--json", *HOW)
    assert done.returncode == 1, done
    summary = json.loads(done.stdout)
    assert [(entry["file"], entry["state"]) for entry in summary["files"]] == [
        ("a.mp4", "done"),
        ("aa.mp4", "failed"),
        ("b.mp4", "done"),
    ]
    assert "aa.mp4" in summary["files"][1]["problem"]
    assert (summary["done"], summary["failed"], summary["stopped"]) == (2, 1, False)
    assert "3 videos" in done.stderr
    assert "[3/3]" in done.stderr
    names = {f"{name}.{kind}" for name in ("a", "b-2") for kind in ("mp4", "csv", "jsonl", "parquet")}
    names |= {"b.csv", LOG_NAME}
    assert {path.name for path in out.iterdir()} == names
    assert (frames_of(out / "a.mp4"), frames_of(out / "b-2.mp4")) == (6, 9)
    assert len((out / "b-2.jsonl").read_text().splitlines()) == 9
    with (out / "a.csv").open(newline="") as file:
        assert "uncertain_because" in (csv.DictReader(file).fieldnames or [])
    assert (out / "b.csv").read_text() == "a person's notes"

    (clips / "aa.mp4").unlink()
    before = (out / "a.mp4").stat().st_mtime_ns
    again = command_line.run("annotate", clips, "-o", out, "--jsonl", "--parquet", *HOW)
    assert again.returncode == 0
    assert again.stdout.count("done before") == 3, "two in the table, and their number below it"
    assert "2 are done already" in again.stderr
    assert (out / "a.mp4").stat().st_mtime_ns == before
    other = command_line.run("annotate", clips, "-o", out, "--jsonl", "--json", "--film", "none", *HOW)
    assert [entry["state"] for entry in json.loads(other.stdout)["files"]] == ["done", "done"]


def test_what_cannot_be_begun_is_one_sentence(command_line: CommandLine, clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "must be a folder" in command_line.refused("annotate", clips, "-o", tmp_path / "out.mp4", *HOW)
    assert "takes no name" in command_line.refused("annotate", clips, "-o", out, "--csv", tmp_path / "t.csv", *HOW)
    assert "no folder for the videos" in command_line.refused("annotate", clips, *HOW)
    assert "folder of their sources" in command_line.refused("annotate", clips, "-o", clips, *HOW)
    assert "no model 'nobody'" in command_line.refused("annotate", clips, "-o", out, "--model", "nobody", *HOW)
    assert "cannot be written" in command_line.refused("annotate", clips, "-o", clips / "a.mp4" / "out", *HOW)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals to a child")
@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_stopped_with_its_terminal_finished_videos_are_whole_and_the_rest_is_done_later(
    command_line: CommandLine, clips: Path, tmp_path: Path, name: str
) -> None:
    long = video(clips / "c.mp4", 300, (320, 240))
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, str(CHECKOUT / "main.py"), "annotate", str(clips), "-o", str(out), *HOW],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    unfinished = out / ".realtime-fer-unfinished"
    try:
        while not list(unfinished.glob("*/*/c.partial.csv")):
            assert process.poll() is None, process.communicate()
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
        # As a terminal does: to the program and all its processes.
        os.killpg(process.pid, getattr(signal, name))
        told, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 1
    assert "to resume" in said
    assert "Traceback" not in said
    assert "2 done, 1 not begun or not finished" in told
    assert sorted(path.name for path in out.glob("*.mp4")) == ["a.mp4", "b.mp4"]
    assert not unfinished.exists()
    video(long, 4)
    again = command_line.run("annotate", clips, "-o", out, "--json", *HOW)
    assert again.returncode == 0, again
    assert [entry["state"] for entry in json.loads(again.stdout)["files"]] == ["done before", "done before", "done"]
    assert frames_of(out / "c.mp4") == 4


def test_stopped_before_the_first_video_nothing_is_said_to_be_kept(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "_run", press)
    assert cli.run(["annotate", str(clips), "-o", str(tmp_path / "out"), *HOW]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "realtime-fer: Stopped; no video was finished."
    assert not (tmp_path / "out").exists()


def test_a_process_that_dies_is_that_videos_failure_alone(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    request = AnnotateRequest(DEMO, output=tmp_path / "work" / "demo.mp4", seconds=600, detector=DetectorName.HAAR)
    worker = start_worker(0, Path("demo"), tmp_path / "work", request)
    try:
        while worker.done < 1:
            assert wait([worker.connection], 60)
            worker.listen()
        worker.process.kill()
        while worker.outcome is None:
            assert wait([worker.connection], 60)
            worker.listen()
    finally:
        worker.end()
    assert "The process for" in worker.outcome["problem"]
    assert not worker.process.is_alive()


def test_options_without_a_name_lie_beside_the_video(command_line: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    done = command_line.run("annotate", "demo", "--seconds", "0.2", "-o", out, "--csv", "--jsonl", "--still", *HOW)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"out.mp4", "out.csv", "out.jsonl", "out.png"}
    times = video_times_of(out)
    assert [line["timestamp"] for line in lines_of(tmp_path / "out.jsonl")] == times
    rows = rows_of(tmp_path / "out.csv")
    assert rows
    assert [float(row["timestamp"]) for row in rows] == [times[int(row["frame"])] for row in rows]
    assert "needs a name" in command_line.refused("annotate", "demo", "--film", "none", "--csv", *HOW)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")
def test_what_is_written_is_its_owner_s_alone(command_line: CommandLine, clips: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        chosen = tmp_path / "chosen"
        chosen.mkdir()
        options = ("--csv", "--jsonl", "--still", "--compare", "fer-xs", "--film", "both", *HOW)
        for source, output in ((clips, tmp_path / "new" / "folder"), (clips / "a.mp4", chosen / "a.mp4")):
            done = command_line.run("annotate", source, "-o", output, *options)
            assert done.returncode == 0, done.stderr
    finally:
        os.umask(before)
    written = [tmp_path / "new", *(tmp_path / "new").rglob("*"), *chosen.iterdir()]
    assert len(written) == 2 + 2 * 6 + 1 + 6
    assert not [path for path in written if path.stat().st_mode & 0o077]
    assert chosen.stat().st_mode & 0o777 == 0o755


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the videos that a batch annotates, with nothing but empty results."""
    done: list[str] = []

    def run_all(
        items: list[Item],
        request: BatchRequest,
        options: Mapping[str, Any],
        log: BatchLogs,
        work_folder: Path,
        display: object,
    ) -> None:
        for item in items:
            if item.state == "waiting":
                (work_folder / "work").mkdir()
                (work_folder / "work" / f"{item.stem}.csv").write_text("rows")
                item.results = log.finish(item.source, options, work_folder / "work", {"frames": 1})
                (work_folder / "work").rmdir()
                item.state = "done"
                done.append(item.source.name)

    monkeypatch.setattr(batch, "_run", run_all)
    return done


def test_another_network_or_program_has_all_annotated_anew_and_says_so(
    clips: Path,
    tmp_path: Path,
    pretended: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["annotate", str(clips), "-o", str(tmp_path / "out"), *HOW]
    assert cli.run(arguments) == 0
    assert pretended == ["a.mp4", "b.mp4"]
    capsys.readouterr()
    assert cli.run(arguments) == 0
    assert "2 are done already" in capsys.readouterr().err
    assert len(pretended) == 2
    monkeypatch.setattr(batch, "__version__", "99")
    assert cli.run(arguments) == 0
    assert "2 were annotated with another network, with other options or by another version" in capsys.readouterr().err
    assert len(pretended) == 4
    spec = ModelRegistry().spec("fer-s")
    monkeypatch.setattr(ModelRegistry, "spec", lambda self, model: replace(spec, sha256="0" * 64))
    monkeypatch.setattr(type(spec), "verify_file", lambda self: None)
    assert cli.run(arguments) == 0
    assert "are annotated anew" in capsys.readouterr().err
    assert len(pretended) == 6
    assert cli.run(arguments) == 0
    assert len(pretended) == 6


def test_the_same_batch_is_not_begun_twice_and_another_is(
    clips: Path, tmp_path: Path, pretended: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    video(other / "c.mp4", 2)
    first = batch._claim(out, clips)
    assert cli.run(["annotate", str(clips), "-o", str(out), *HOW]) == 2
    said = capsys.readouterr().err
    assert "are being annotated into" in said
    assert said.count("\n") == 1
    assert pretended == []
    assert cli.run(["annotate", str(other), "-o", str(out), *HOW]) == 0
    first.release(remove=True)
    assert cli.run(["annotate", str(clips), "-o", str(out), *HOW]) == 0
    assert pretended == ["c.mp4", "a.mp4", "b.mp4"]
    assert sorted(path.name for path in out.iterdir()) == ["a.csv", LOG_NAME, "b.csv", "c.csv"]


def test_a_refused_batch_makes_no_folder(clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert cli.run(["annotate", str(clips), "-o", str(out), "--model", "nobody", *HOW]) == 2
    assert not out.parent.exists()


def test_photographs_and_folders_within_are_annotated_too_and_the_rest_is_named(
    command_line: CommandLine, clips: Path, tmp_path: Path
) -> None:
    (clips / "day1").mkdir()
    video(clips / "day1" / "a.mp4", 3)
    picture = np.full((60, 80, 3), 90, np.uint8)
    for name in ("face.png", "day1/face.png"):
        assert cv2.imwrite(str(clips / name), picture)
    (clips / "day1" / "bad.jpg").write_bytes(b"no picture")
    (clips / "day1" / "notes.txt").write_text("x")
    out = clips / "out"
    for state in ("done", "done before"):
        done = command_line.run("annotate", clips, "-o", out, "--json", *HOW)
        assert done.returncode == 0, done
        summary = json.loads(done.stdout)
        states = {entry["file"]: entry["state"] for entry in summary["files"]}
        assert states == {"a.mp4": state, "b.mp4": state, "day1/a.mp4": state, "clips": "done"}
        assert summary["left_out"][0] == "day1/notes.txt"
        assert summary["left_out"][1].startswith("day1/bad.jpg: ")
        assert len(summary["left_out"]) == 2
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    tables = {"a.mp4", "a.csv", "b.mp4", "b.csv", "day1/a.mp4", "day1/a.csv", "annotated-pictures.csv"}
    assert found == tables | {"face.png", "day1/face.png", LOG_NAME, f"day1/{LOG_NAME}"}
