"""Recordings on disks that fill, vanish or are shared, and under clocks that jump."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from realtime_fer.core.enums import Film
from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.images import save_snapshot
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sinks.session_folder import SessionFolder

from .conftest import build_result

START = datetime(2031, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=2)))
FRAMES = 14


class FaultyDisk:
    """Counts every call that asks the disk for something, and lets the ``fail_at``-th fail with ENOSPC.

    A full disk stays full for all that would need room: making, writing, replacing. ``once`` lets only that one call
    fail, as where somebody makes room at that moment.
    """

    def __init__(self, fail_at: int | None = None, *, once: bool = False) -> None:
        self.fail_at, self.once, self.calls = fail_at, once, 0

    def _ask(self) -> None:
        self.calls += 1
        if self.fail_at is not None and (self.calls == self.fail_at or (self.calls > self.fail_at and not self.once)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    @contextmanager
    def mounted(self) -> Iterator[FaultyDisk]:
        genuine: dict[tuple[Any, str], Any] = {}

        def asking(owner: Any, name: str) -> None:
            call = genuine[owner, name] = getattr(owner, name)

            def ask(*arguments: Any, **options: Any) -> Any:
                self._ask()
                return call(*arguments, **options)

            setattr(owner, name, ask)

        for owner, name in ((os, "write"), (os, "open"), (os, "replace"), (Path, "mkdir"), (Path, "open")):
            asking(owner, name)
        try:
            yield self
        finally:
            for (owner, name), call in genuine.items():
                setattr(owner, name, call)


def record(folder: Path, sentences: list[str], frames: int = FRAMES) -> RecordingSink | None:
    """A recording of all there is, as the recording thread makes it: it stops at the first fault, then closes."""
    try:
        sink = RecordingSink(folder, wall_clock=lambda: START, film=Film.BOTH, jsonl=True)
    except SinkError as error:
        sentences.append(error.sentence())
        return None
    try:
        for n in range(frames):
            sink.write(build_result(n / 10, faces=2), "door" * (n == 3))
        sink.add_late_marker(0.5, "later")
    except SinkError as error:
        sentences.append(error.sentence())
    try:
        sink.close()
    except SinkError as error:
        sentences.append(error.sentence())
    return sink


def frames_of(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.time or 0.0) for frame in container.decode(video=0)]


def check_whole(folder: Path) -> None:
    """Whatever stands there can be read to its end."""
    assert not list(folder.rglob("*.partial"))
    for video in folder.rglob("*.mp4"):
        if video.stat().st_size:
            stamps = frames_of(video)
            assert stamps
            assert all(before < after for before, after in pairwise(stamps))
    for table in folder.rglob("*.csv"):
        text = table.read_text(encoding="utf-8")
        assert not text or text.endswith("\n")
        assert len({len(row) for row in csv.reader(text.splitlines())}) <= 1
    for lines in folder.rglob("*.jsonl"):
        for line in lines.read_text(encoding="utf-8").splitlines():
            json.loads(line)
    for facts in folder.rglob("session.json"):
        json.loads(facts.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How often a recording without a fault asks the disk."""
    sentences: list[str] = []
    with FaultyDisk().mounted() as disk:
        sink = record(tmp_path_factory.mktemp("sound"), sentences)
    assert sentences == []
    assert sink is not None
    assert sink.summary is not None
    assert sink.summary.frames == FRAMES
    return disk.calls


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), once=st.booleans())
@example(share=0.0, once=False)
@example(share=0.0, once=True)
@example(share=0.999, once=False)
@example(share=0.999, once=True)
def test_a_disk_that_fills_at_any_call_leaves_what_can_be_read_and_a_sentence(
    tmp_path: Path, asked: int, share: float, once: bool
) -> None:
    folder = tmp_path / "recordings"
    shutil.rmtree(folder, ignore_errors=True)
    sentences: list[str] = []
    with FaultyDisk(1 + int(share * asked), once=once).mounted():
        sink = record(folder, sentences)
    # Facts that are kept now and then may fail without a word; the video and the tables may not.
    assert all("disk is full" in sentence for sentence in sentences)
    if folder.exists():
        check_whole(folder)
    if sink is not None and sink.summary is not None and sink.summary.frames and not sentences:
        assert len(frames_of(sink.folder / "video.mp4")) == FRAMES


def test_a_real_disk_that_fills_under_everything(small_disk: Path) -> None:
    sentences: list[str] = []
    record(small_disk, sentences, frames=3000)
    assert len(sentences) == 1
    assert "disk is full" in sentences[0]
    check_whole(small_disk)
    # What was written of the first video stays playable.
    assert len(frames_of(next(small_disk.rglob("video.mp4")))) >= 10


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete what is open")
@pytest.mark.parametrize("film", ["annotated", "none"])
def test_a_folder_that_is_deleted_meanwhile_is_noticed(tmp_path: Path, film: str) -> None:
    sink = RecordingSink(tmp_path, film=film)
    for n in range(20):
        sink.write(build_result(n / 10))
    shutil.rmtree(sink.folder)

    def write_on() -> None:
        for n in range(20, 40):
            sink.write(build_result(n / 10))

    with pytest.raises(SinkError, match="was deleted while it was being written"):
        write_on()
    sink.close()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_may_not_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    sealed = tmp_path / "recordings"
    sealed.chmod(0o500)
    try:
        if os.access(sealed, os.W_OK):
            pytest.skip("this account may write everywhere")
        with pytest.raises(SinkError, match=r"cannot be written: Permission denied\.$"):
            RecordingSink(sealed)
    finally:
        sealed.chmod(0o700)


def at_once(count: int, function: Callable[[int], Any]) -> list[Any]:
    """``function`` in so many threads that begin together."""
    together, results = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        together.wait(10)
        results[number] = function(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_sessions_begun_in_the_same_second_never_share_a_folder(tmp_path: Path) -> None:
    def make(_: int) -> Path:
        with closing(SessionFolder(tmp_path, START)) as folder:
            return folder.path

    folders = at_once(12, make)
    assert len(set(folders)) == 12


def test_snapshots_of_the_same_second_never_replace_each_other(tmp_path: Path) -> None:
    paths = at_once(8, lambda number: save_snapshot(build_result(float(number)), tmp_path, START))
    assert len(set(paths)) == 8
    assert sorted(tmp_path.iterdir()) == sorted(paths)


TWIN = """
import sys
sys.path.insert(0, sys.argv[2])
from conftest import build_result
from datetime import datetime, timezone
from pathlib import Path
from realtime_fer.sinks.session import RecordingSink
sink = RecordingSink(Path(sys.argv[1]), wall_clock=lambda: datetime(2031, 5, 6, 7, 8, 9, tzinfo=timezone.utc))
print("begun", flush=True)
sys.stdin.readline()
for n in range(60):
    sink.write(build_result(n / 30, faces=2))
sink.close()
"""


def test_two_programs_record_at_once_into_one_place(tmp_path: Path) -> None:
    here = str(Path(__file__).parent)
    twins = [
        subprocess.Popen(
            [sys.executable, "-c", TWIN, str(tmp_path), here],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=os.getcwd(),
        )
        for _ in range(2)
    ]
    try:
        for twin in twins:
            assert twin.stdout is not None
            assert twin.stdout.readline() == "begun\n"
        for twin in twins:
            assert twin.stdin is not None
            twin.stdin.write("\n")
            twin.stdin.flush()
        assert [twin.wait(30) for twin in twins] == [0, 0]
    finally:
        for twin in twins:
            with suppress(OSError):
                twin.kill()
            twin.communicate()
    sessions = sorted(tmp_path.iterdir())
    assert [session.name for session in sessions] == ["2031-05-06_07-08-09", "2031-05-06_07-08-09-2"]
    for session in sessions:
        assert len(frames_of(session / "video.mp4")) == 60
        assert json.loads((session / "session.json").read_text())["complete"]


def test_a_wall_clock_that_jumps_changes_neither_names_nor_times(tmp_path: Path) -> None:
    now = [START]
    sessions = []
    for jump in (timedelta(hours=-3), timedelta(hours=3), timedelta(days=-400), timedelta(0)):
        now[0] = START
        sink = RecordingSink(tmp_path, wall_clock=lambda: now[0])
        for n in range(20):
            if n == 10:
                now[0] += jump
            sink.write(build_result(50 + n / 10))
        sink.close()
        facts = json.loads((sink.folder / "session.json").read_text())
        assert datetime.fromisoformat(facts["ended"]) - datetime.fromisoformat(facts["started"]) >= timedelta(seconds=2)
        assert facts["duration_s"] == pytest.approx(2.0, abs=0.01)
        assert frames_of(sink.folder / "video.mp4") == pytest.approx([n / 10 for n in range(20)], abs=1e-4)
        sessions.append(sink.folder.name)
    assert sessions == ["2031-05-06_07-08-09" + end for end in ("", "-2", "-3", "-4")]
