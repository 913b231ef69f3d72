"""Files being recorded that are deleted, moved or replaced: said within two seconds, and what there is is kept."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from realtime_fer.core.enums import Film
from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.place_watch import FileWatch, FolderWatch
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.recordings import facts_of, rows_of
from tests.sinks.test_disk_faults import frames_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows neither moves nor deletes what is open")

FILES = ("video.mp4", "video-clean.mp4", "expressions.csv", "expressions.jsonl")


@pytest.fixture
def sink(tmp_path: Path, make_result) -> RecordingSink:
    """Two seconds of a recording with all its files."""
    made = RecordingSink(tmp_path / "recordings", film=Film.BOTH, jsonl=True)
    for n in range(20):
        made.write(make_result(n / 10))
    return made


def write_on(sink: RecordingSink, make_result, from_s: float = 2.0, seconds: float = 4.0) -> tuple[float, SinkError]:
    """Goes on recording: how many seconds later it was said, and what."""
    for n in range(round(seconds * 10)):
        try:
            sink.write(make_result(from_s + n / 10))
        except SinkError as error:
            return n / 10, error
    pytest.fail("nothing was said")


def test_a_folder_that_was_moved_ends_the_recording_and_holds_all_of_it(sink, tmp_path, make_result):
    moved = tmp_path / "elsewhere"
    was = sink.folder
    was.rename(moved)
    after_s, error = write_on(sink, make_result)
    assert after_s < 1.5
    assert error.sentence() == (
        f"The recording's folder '{was}' was moved or renamed. What was recorded until then is in '{moved}'."
    )
    sink.close()
    assert sink.folder == sink.summary.folder == moved
    facts = facts_of(moved)
    assert facts["complete"]
    assert facts["ended_early"] == f"The recording's folder '{was}' was moved or renamed."
    assert len(frames_of(moved / "video.mp4")) == facts["frames"] == len(rows_of(moved / "expressions.csv")) >= 20
    assert not was.exists()


def test_a_folder_that_was_moved_before_the_first_frame_is_not_said_to_hold_any(tmp_path):
    made = RecordingSink(tmp_path / "recordings")
    moved = tmp_path / "elsewhere"
    made.folder.rename(moved)
    with pytest.raises(SinkError, match="moved or renamed") as caught:
        made.check_place()
    assert caught.value.hint == "Nothing was recorded until then."
    made.close()
    assert not moved.exists(), "an empty recording is removed"


def test_another_folder_in_its_place_is_not_touched(sink, tmp_path, make_result):
    was = sink.folder
    was.rename(tmp_path / "elsewhere")
    was.mkdir()
    theirs = {name: was / name for name in ("session.json", "video.mp4", "notes.txt")}
    for path in theirs.values():
        path.write_text("theirs")
    sink.add_late_marker(1.0, "looks away")
    write_on(sink, make_result)
    sink.close()
    assert {path.name for path in was.iterdir()} == set(theirs)
    assert all(path.read_text() == "theirs" for path in theirs.values())
    assert facts_of(tmp_path / "elsewhere")["markers"][0]["text"] == "looks away"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["deleted", "renamed", "replaced", "moved over"])
def test_a_file_that_is_not_there_any_more_ends_the_recording(sink, make_result, name, how):
    path = sink.folder / name
    kept = path.with_name("kept")
    if how == "deleted":
        path.unlink()
    elif how == "moved over":
        other = path.with_name("other")
        other.write_text("theirs")
        other.replace(path)
    else:
        path.rename(kept)
        if how == "replaced":
            path.write_text("theirs")
    after_s, error = write_on(sink, make_result)
    assert after_s < 1.5
    told = "deleted" if how in ("deleted", "moved over") else "moved, renamed or replaced"
    assert str(error) == f"'{path}' was {told} while it was being written."
    sink.close()
    facts = facts_of(sink.folder)
    assert facts["complete"]
    assert facts["ended_early"] == str(error)
    for video in {"video.mp4", "video-clean.mp4"} - {name}:
        assert len(frames_of(sink.folder / video)) >= 20
    if how in ("renamed", "replaced"):
        assert kept.stat().st_size > 100
    if how in ("replaced", "moved over"):
        assert path.read_text() == "theirs"
    if kept.exists() and name.endswith("mp4"):
        assert len(frames_of(kept)) >= 20


@pytest.mark.parametrize("what", ["folder", "video.mp4", "expressions.csv"])
def test_it_is_seen_without_a_picture_and_at_the_end_too(sink, what):
    if what == "folder":
        shutil.rmtree(sink.folder)
    else:
        (sink.folder / what).unlink()
    with pytest.raises(SinkError, match="deleted while it was being written"):
        sink.check_place()
    sink.close()
    assert sink.summary.sentence


@pytest.mark.parametrize("what", ["folder", "expressions.csv"])
def test_one_that_went_just_before_the_end_is_said(sink, what):
    if what == "folder":
        shutil.rmtree(sink.folder)
    else:
        (sink.folder / what).unlink()
    with pytest.raises(SinkError, match="was deleted while it was being written"):
        sink.close()


def test_nothing_is_said_of_files_that_are_where_they_were(sink, make_result):
    for n in range(20, 60):
        sink.write(make_result(n / 10))
    sink.check_place()
    sink.close()
    assert sink.summary.sentence == ""


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ETIMEDOUT])
def test_a_share_that_cannot_be_looked_at_just_now_ends_nothing(sink, monkeypatch, number):
    def no_answer(self: Path, **kwargs: object) -> os.stat_result:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", no_answer)
        sink.check_place()
    sink.close()


def test_a_file_system_that_numbers_files_anew_with_each_look_is_believed_in_what_is_gone_alone(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(os.path, "samestat", lambda one, other: False)
            watch = FileWatch(descriptor, path)
            watch.check_place()
            path.rename(tmp_path / "other")
            with pytest.raises(SinkError, match="moved, renamed or replaced"):
                watch.check_place()
    finally:
        os.close(descriptor)


def test_where_nobody_can_say_where_a_folder_is_it_is_only_gone(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    watch = FolderWatch(folder)
    try:
        assert watch.now() == folder
        folder.rename(tmp_path / "there")
        assert watch.now() == tmp_path / "there"
        monkeypatch.setattr("realtime_fer.sinks.place_watch._path_of", lambda descriptor: None)
        assert watch.now() is None
        assert not watch.is_here()
    finally:
        watch.close()
    watch.close()


def test_each_recording_gives_its_folder_back(tmp_path: Path, make_result: Callable) -> None:
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for frames in (0, 3):
        made = RecordingSink(tmp_path)
        for n in range(frames):
            made.write(make_result(n / 10))
        made.close()
    assert (len(os.listdir("/proc/self/fd")) if before else 0) == before
