"""A real scheduler and real workers, in processes of their own, and what becomes of a run when they die."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas
import pytest

from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.run import annotate_source
from realtime_fer.commands.cluster import dask_client
from realtime_fer.core.enums import DetectorName, Film
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.request import request_of
from realtime_fer.core.system.folder_trees import videos_of
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import DemoSource
from tests.commands.program import CHECKOUT, CommandLine
from tests.quick_detector import quick_detector

HOW = ("--detector", quick_detector(), "--model", "fer-xs", "--film", "none")


class Cluster:
    """A scheduler at one address, and workers that a test may end. None has a nanny, which would start it again."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        host, port = self.address.removeprefix("tcp://").split(":")
        return self._start("dask_scheduler", "--host", host, "--port", port, "--no-dashboard")

    def start_worker(self, *more: str, **environment: str) -> subprocess.Popen[bytes]:
        return self._start(
            "dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", *more, **environment
        )

    def _start(self, what: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{what}", *arguments],
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.end()


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six short videos of a face, one of them damaged, and a longer one with a key frame every second."""
    folder = tmp_path_factory.mktemp("clips")
    (folder / "inner").mkdir()
    source = DemoSource(240, 180, 5, seconds=16, faces=1)
    source.open()
    images = []
    while (read := source.read()) is not None:
        images.append(read.image_bgr)
    names = {"a.mp4": 10, "b.mp4": 12, "c.mp4": 15, "inner/d.mp4": 10, "inner/e.mp4": 12, "long.mp4": len(images)}
    for name, frames in names.items():
        with VideoSink(folder / name) as sink:
            for index, image in enumerate(images[:frames]):
                sink.write(FrameResult(Frame(np.array(image), index, index / 5), Faces.empty(), ()), index / 5)
    (folder / "bad.mp4").write_bytes(b"no video")
    return folder


@pytest.fixture(scope="module")
def local(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this computer alone makes of them."""
    out = tmp_path_factory.mktemp("local")
    for path in videos_of(clips):
        if path.name != "bad.mp4":
            table = out / path.relative_to(clips).with_suffix(".csv")
            table.parent.mkdir(exist_ok=True)
            video = AnnotateRequest(
                request_of(str(path)), film=Film.NONE, model="fer-xs", detector=DetectorName(quick_detector())
            )
            annotate_source(replace(video, csv=table), lambda _: None)
    return out


def annotate(cluster: Cluster, source: str | Path, out: str | Path, *more: str) -> subprocess.Popen[str]:
    arguments = ["annotate", str(source), "-o", str(out), "--cluster", cluster.address, "--json", *HOW, *more]
    return subprocess.Popen(
        [sys.executable, str(CHECKOUT / "main.py"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_finished(process: subprocess.Popen[str], videos: int) -> None:
    """Reads what it says until so many videos are done."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(f"[{videos}/"):
            return
    raise AssertionError("it ended before")


def summary_of(process: subprocess.Popen[str]) -> dict:
    out, errors = process.communicate(timeout=240)
    assert "Traceback" not in errors, errors
    assert out, errors
    return json.loads(out)


def test_whatever_dies_meanwhile_the_results_are_those_of_one_computer(
    cluster: Cluster, clips: Path, local: Path, tmp_path: Path
) -> None:
    """A worker that cannot see a file, one that is killed, and a scheduler that is started anew."""
    blind = tmp_path / "blind.py"
    blind.write_text(
        "import os\nos.access = lambda path, mode, see=os.access: 'b.mp4' not in str(path) and see(path, mode)\n"
    )
    mortal = cluster.start_worker()
    cluster.start_worker("--preload", str(blind))
    process = annotate(cluster, clips, tmp_path / "out", "--part-seconds", "8", "--jsonl")
    until_finished(process, 1)
    mortal.kill()
    until_finished(process, 3)
    cluster.scheduler.kill()
    cluster.scheduler.wait()
    cluster.start_scheduler()
    cluster.start_worker()
    summary = summary_of(process)
    others = [(file["file"], file["state"]) for file in summary["files"] if file["state"] != "done"]
    assert others == [("bad.mp4", "failed")]
    tables = sorted(path.relative_to(local) for path in local.rglob("*.csv"))
    assert len(tables) == 6
    for table in tables:
        if table.stem != "long":
            assert (tmp_path / "out" / table).read_bytes() == (local / table).read_bytes(), table
    assert not list((tmp_path / "out").rglob(".realtime-fer*")), "nothing half done is left"
    whole, joined = (pandas.read_csv(folder / "long.csv") for folder in (local, tmp_path / "out"))
    assert (joined[["frame", "timestamp", "face_id"]] == whole[["frame", "timestamp", "face_id"]]).all(axis=None)
    assert (joined["expression"] == whole["expression"]).mean() > 0.95
    lines = [json.loads(line) for line in (tmp_path / "out" / "long.jsonl").read_text("utf-8").splitlines()]
    assert [line["frame"] for line in lines] == list(range(80))
    told = [(line["frame"], face["face_id"], face["expression"]) for line in lines for face in line["faces"]]
    assert told == list(joined[["frame", "face_id", "expression"]].itertuples(index=False, name=None))
    assert (joined["happy_smooth"] - whole["happy_smooth"]).abs().max() < 0.1


def test_what_makes_no_sense_is_refused_in_a_sentence(
    command_line: CommandLine, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_client, "ANSWERS_WITHIN_S", 0.2)

    def refused(source: Path, address: str, *more: str) -> str:
        return command_line.refused("annotate", source, "-o", tmp_path / "out", "--cluster", address, *HOW, *more)

    assert "takes a folder of videos" in refused(clips / "a.mp4", "local")
    assert "does not answer" in refused(clips, "tcp://127.0.0.1:9")
    assert "--session has no meaning" in refused(clips, "local", "--session", str(tmp_path))
