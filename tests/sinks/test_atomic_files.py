"""Replacing a file that another program has open, as Windows refuses it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.sinks import atomic_files
from realtime_fer.sinks.atomic_files import cannot_write, replace_file


class Scanner:
    """Reads the file during the first ``refusals`` attempts to replace it; ``waits`` are what was slept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refusals: int) -> None:
        self._replace = os.replace
        self._left = refusals
        self.waits: list[float] = []
        monkeypatch.setattr(atomic_files, "_RETRY_AFTER_S", (0.1, 0.2))
        monkeypatch.setattr(atomic_files.time, "sleep", self.waits.append)
        monkeypatch.setattr(os, "replace", self.replace)

    def replace(self, source: Path, target: Path) -> None:
        if self._left:
            self._left -= 1
            raise PermissionError(13, "Permission denied")
        self._replace(source, target)


@pytest.mark.parametrize("refusals", [0, 1, 2])
def test_a_file_that_is_being_read_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    path = tmp_path / "session.json"
    path.write_text("before")
    scanner = Scanner(monkeypatch, refusals)
    replace_file(path, b"after")
    assert path.read_text() == "after"
    assert scanner.waits == [0.1, 0.2][:refusals]
    assert os.listdir(tmp_path) == ["session.json"]


@pytest.mark.parametrize(("retry", "waits"), [(True, [0.1, 0.2]), (False, [])])
def test_one_that_stays_open_is_told_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, retry: bool, waits: list[float]
) -> None:
    path = tmp_path / "session.json"
    path.write_text("before")
    scanner = Scanner(monkeypatch, 9)
    with pytest.raises(SinkError, match="cannot be written: Permission denied"):
        replace_file(path, b"after", retry=retry)
    assert path.read_text() == "before"
    assert scanner.waits == waits
    assert os.listdir(tmp_path) == ["session.json"]


def test_a_sentence_about_a_folder_is_true(tmp_path: Path) -> None:
    missing = OSError(errno.ENOENT, "No such file or directory")
    there = cannot_write(tmp_path / "a.csv", missing).sentence()
    assert there.startswith(f"'{tmp_path / 'a.csv'}' cannot be written: no file can be made in '{tmp_path}'.")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "gone" / "a.csv")
    assert f"the folder '{tmp_path / 'gone'}' does not exist" in cannot_write(link, missing).sentence()
