"""What a batch knows of earlier runs, and whose files it leaves alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from realtime_fer.commands.batch import log as batch_log
from realtime_fer.commands.batch.log import LOG_NAME, BatchLog
from realtime_fer.core.errors import SinkError

OPTIONS = {"model": "m"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "clip.mkv"
    path.parent.mkdir()
    path.write_bytes(b"video")
    (tmp_path / "out").mkdir()
    return path


def finish(source: Path, content: str = "result", options: dict[str, object] = OPTIONS, problem: str = "") -> list[str]:
    out = source.parents[1] / "out"
    work = out / "work"
    work.mkdir()
    for name in ("clip.mp4", "clip-clean.mp4", "clip.csv"):
        (work / name).write_text(content)
    names = BatchLog(out).finish(source, options, work, {"frames": 3, "problem": problem})
    assert list(work.iterdir()) == []
    work.rmdir()
    return names


def results(source: Path) -> dict[str, str]:
    out = source.parents[1] / "out"
    return {path.name: path.read_text() for path in sorted(out.iterdir()) if path.name != LOG_NAME}


def finished(source: Path, options: dict[str, object] = OPTIONS) -> bool:
    return BatchLog(source.parents[1] / "out").finished(source, options) is not None


def test_a_finished_source_is_known_until_it_or_the_options_change(source: Path) -> None:
    assert not finished(source)
    assert finish(source) == ["clip-clean.mp4", "clip.csv", "clip.mp4"]
    assert finished(source)
    assert not finished(source, {"model": "other"})
    os.utime(source, (1, 1))
    assert not finished(source)


def test_what_is_missing_or_broke_off_is_made_again(source: Path) -> None:
    finish(source)
    (source.parents[1] / "out" / "clip.csv").unlink()
    assert not finished(source)
    finish(source, problem="It broke off.")
    assert not finished(source)


def test_own_results_are_replaced_and_a_persons_files_are_not(source: Path) -> None:
    out = source.parents[1] / "out"
    (out / "clip.csv").write_text("a person's notes")
    assert finish(source) == ["clip-2-clean.mp4", "clip-2.csv", "clip-2.mp4"]
    assert finish(source, "newer") == ["clip-2-clean.mp4", "clip-2.csv", "clip-2.mp4"]
    assert results(source)["clip.csv"] == "a person's notes"
    # What a person has changed since is a person's.
    (out / "clip.mp4").write_text("cut by hand")
    finish(source, "newest")
    assert results(source)["clip.mp4"] == "cut by hand"
    assert "newest" in results(source).values()


def of_another_day(source: Path) -> Path:
    other = source.parents[1] / "another day" / source.name
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(source.read_bytes())
    there = source.stat()
    os.utime(other, ns=(there.st_mtime_ns, there.st_mtime_ns))
    return other


def test_a_source_of_the_same_name_in_another_folder_keeps_its_results(source: Path) -> None:
    other = of_another_day(source)
    finish(source, "first")
    assert not finished(other)
    assert finish(other, "other") == ["clip-2-clean.mp4", "clip-2.csv", "clip-2.mp4"]
    assert finished(source)
    assert finished(other)
    assert finish(source, "again") == ["clip-clean.mp4", "clip.csv", "clip.mp4"]
    assert results(source)["clip.mp4"] == "again"
    assert results(source)["clip-2.mp4"] == "other"


def test_a_name_that_another_source_got_meanwhile_is_not_its_own_any_more(source: Path) -> None:
    other = of_another_day(source)
    finish(source, "first")
    for name in results(source):
        (source.parents[1] / "out" / name).unlink()
    assert finish(other, "other") == ["clip-clean.mp4", "clip.csv", "clip.mp4"]
    assert not finished(source), "of equal size, but the other's"
    assert finish(source, "again") == ["clip-2-clean.mp4", "clip-2.csv", "clip-2.mp4"]
    assert results(source)["clip.mp4"] == "other"


def test_a_name_taken_at_the_last_moment_gives_all_results_the_next(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = source.parents[1] / "out"
    move = batch_log.move_without_replacing

    def late(path: Path, target: Path) -> None:
        if target.name == "clip.csv":
            target.write_text("another program's")
        move(path, target)

    monkeypatch.setattr(batch_log, "move_without_replacing", late)
    assert finish(source) == ["clip-2-clean.mp4", "clip-2.csv", "clip-2.mp4"]
    assert sorted(results(source)) == ["clip-2-clean.mp4", "clip-2.csv", "clip-2.mp4", "clip.csv"]
    assert (out / "clip.csv").read_text() == "another program's"
    assert finished(source)


def test_half_moved_results_are_its_own(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = source.parents[1] / "out"
    moved: list[str] = []
    link = os.link

    def breaks_off(a: Path, b: Path) -> None:
        if moved:
            raise KeyboardInterrupt
        moved.append(str(b))
        link(a, b)

    monkeypatch.setattr(os, "link", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        finish(source)
    monkeypatch.undo()
    for path in (out / "work").iterdir():
        path.unlink()
    (out / "work").rmdir()
    assert not finished(source)
    assert finish(source, "again") == ["clip-clean.mp4", "clip.csv", "clip.mp4"]
    assert set(results(source).values()) == {"again"}


@pytest.mark.parametrize(
    "content", ["", "a person's own words\n", '{"source": 3}\n[]\nnull\n{"source": "clip.mkv"}\n', "{"]
)
def test_a_log_of_any_content_is_read(source: Path, content: str) -> None:
    log = source.parents[1] / "out" / LOG_NAME
    log.write_text(content)
    assert not finished(source)
    finish(source)
    assert finished(source)
    assert log.read_text().startswith(content)
    assert json.loads(log.read_text().splitlines()[-1])["frames"] == 3


def test_a_place_that_cannot_be_written_is_one_sentence(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source.parents[1] / "out" / LOG_NAME).mkdir()
    with pytest.raises(SinkError, match="cannot be read"):
        finish(source)
