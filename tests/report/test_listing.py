"""Listing a folder of recordings, whatever else lies in it."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations
from realtime_fer.core.enums import Film
from realtime_fer.core.sessions.recordings import RecordingEntry, RecordingState
from realtime_fer.report.listing import FolderOfRecordings
from tests.report.conftest import MakeSession
from tests.sinks.conftest import build_result


def listed(folder: Path) -> list[RecordingEntry]:
    return list(FolderOfRecordings().entries(folder))


def files_in(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_a_recording_is_listed_with_its_facts_and_nothing_is_written(make_session: MakeSession, tmp_path: Path) -> None:
    folder = make_session()
    before = files_in(tmp_path)
    reader = FolderOfRecordings()
    (entry,) = reader.entries(tmp_path)
    assert (entry.folder, entry.state, entry.people) == (folder, RecordingState.COMPLETE, 2)
    assert entry.started == datetime.fromisoformat(json.loads((folder / "session.json").read_text())["started"])
    assert entry.duration_s == pytest.approx(3.0, abs=0.1)
    assert entry.size_bytes == sum(path.stat().st_size for path in folder.iterdir())
    assert entry.video == folder / "video.mp4"
    assert reader.completed(entry) == entry
    picture = reader.picture(entry, 64)
    assert picture is not None
    assert max(picture.shape) == 64
    assert files_in(tmp_path) == before


def test_people_of_a_recording_that_does_not_tell_them_are_counted(make_session: MakeSession, tmp_path: Path) -> None:
    folder = make_session([build_result(n / 10, faces=3) for n in range(5)])
    facts = json.loads((folder / "session.json").read_text())
    del facts["people"]
    (folder / "session.json").write_text(json.dumps(facts))
    with (folder / "expressions.csv").open("a") as table:
        table.write("5,0.5,nonsense\n5,0.5\n\n5,half a li")
    (entry,) = listed(tmp_path)
    assert entry.people is None
    assert FolderOfRecordings().completed(entry).people == 3


@pytest.mark.parametrize(
    ("corrections", "people"),
    [
        (Annotations().renamed(1, "Anna"), 3),
        (Annotations().merged_into(2, 1), 2),
        (Annotations().merged_into(2, 1).with_hidden(1), 1),
        (Annotations().split_at(1, 2, 9), 4),
        (Annotations().split_at(1, 2, 9).with_excluded(0.15, 9.0), 3),
        (Annotations().with_excluded(0.0, 9.0), 0),
    ],
)
def test_people_are_counted_as_corrected(
    make_session: MakeSession, tmp_path: Path, corrections: Annotations, people: int
) -> None:
    folder = make_session([build_result(n / 10, faces=3) for n in range(5)], film=Film.NONE)
    reader = FolderOfRecordings()
    assert [reader.completed(entry).people for entry in reader.entries(tmp_path)] == [3]
    (folder / FILE_NAME).write_bytes(corrections.as_json())
    assert [reader.completed(entry).people for entry in reader.entries(tmp_path)] == [people]


def test_one_of_a_killed_program_has_the_duration_of_its_video(make_session: MakeSession, tmp_path: Path) -> None:
    (make_session() / "session.json").unlink()
    (entry,) = listed(tmp_path)
    assert (entry.state, entry.duration_s) == (RecordingState.UNFINISHED, None)
    assert "session.json" in entry.sentence
    completed = FolderOfRecordings().completed(entry)
    assert completed.duration_s == pytest.approx(3.0, abs=0.1)
    assert completed.people == 2


def test_facts_that_were_written_before_a_kill_do_not_shorten_the_video(
    make_session: MakeSession, tmp_path: Path
) -> None:
    path = make_session() / "session.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"complete": False, "duration_s": 1.0}))
    reader = FolderOfRecordings()
    assert [reader.completed(entry).duration_s for entry in listed(tmp_path)] == [pytest.approx(3.0, abs=0.1)]
    (path.parent / "video.mp4").write_bytes(b"no video" * 100)
    assert [reader.completed(entry).duration_s for entry in listed(tmp_path)] == [1.0]


@pytest.mark.parametrize(
    ("facts", "state", "said"),
    [
        ({"complete": False}, RecordingState.UNFINISHED, "Not finished"),
        ({"ended_early": "The disk is full."}, RecordingState.ENDED_EARLY, "Ended early: The disk is full."),
        ({"started": "0001-01-01T00:00:00+14:00", "people": -3}, RecordingState.COMPLETE, ""),
        ({"started": ["x"], "duration_s": 1e300, "people": "many"}, RecordingState.COMPLETE, ""),
    ],
)
def test_what_its_facts_say(
    make_session: MakeSession, tmp_path: Path, facts: dict[str, object], state: RecordingState, said: str
) -> None:
    path = make_session() / "session.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))
    (entry,) = listed(tmp_path)
    assert entry.state is state
    assert entry.sentence.startswith(said)
    assert entry.people in (2, None)


def test_numbers_without_a_video_have_no_picture(make_session: MakeSession, tmp_path: Path) -> None:
    make_session(film=Film.NONE)
    (entry,) = listed(tmp_path)
    assert (entry.video, entry.state, entry.has_table) == (None, RecordingState.COMPLETE, True)
    assert FolderOfRecordings().picture(entry, 64) is None


def test_a_snapshot_is_the_picture(make_session: MakeSession, tmp_path: Path) -> None:
    folder = make_session(film=Film.NONE)
    (folder / "snapshots").mkdir()
    cv2.imwrite(str(folder / "snapshots" / "a.png"), np.full((40, 80, 3), 77, np.uint8))
    (entry,) = listed(tmp_path)
    picture = FolderOfRecordings().picture(entry, 20)
    assert picture is not None
    assert picture.shape == (10, 20, 3)
    assert picture.max() == picture.min() == 77


def test_a_damaged_video_costs_its_picture_alone(make_session: MakeSession, tmp_path: Path) -> None:
    (make_session() / "video.mp4").write_bytes(b"no video" * 100)
    (entry,) = listed(tmp_path)
    assert FolderOfRecordings().picture(entry, 64) is None
    assert entry.state is RecordingState.COMPLETE


def test_other_folders_are_told_apart(make_session: MakeSession, tmp_path: Path) -> None:
    folder = make_session()
    for name in ("Holiday", "snapshots", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "other program").mkdir()
    (tmp_path / "other program" / "session.json").write_text('{"window": 3}')
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "notes.txt").write_text("x")
    no_table = shutil.copytree(folder, tmp_path / "no table")
    (no_table / "expressions.csv").unlink()
    found = {entry.name: entry for entry in listed(tmp_path)}
    assert set(found) == {folder.name, "Holiday", "snapshots", "other program", "no table"}
    foreign = {name for name, entry in found.items() if not entry.is_recording}
    assert foreign == {"Holiday", "snapshots", "other program"}
    assert "Snapshots" in found["snapshots"].sentence
    assert (found["no table"].state, found["no table"].has_table) == (RecordingState.UNFINISHED, False)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_in_the_place_of_the_facts_blocks_nothing(make_session: MakeSession, tmp_path: Path) -> None:
    path = make_session() / "session.json"
    path.unlink()
    os.mkfifo(path)
    (entry,) = listed(tmp_path)
    assert entry.state is RecordingState.UNFINISHED


def test_no_folder_is_no_recordings(tmp_path: Path) -> None:
    assert listed(tmp_path / "nowhere") == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError):
        listed(tmp_path / "file")
