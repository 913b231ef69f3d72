"""The log of finished videos in a batch's output folder, by which an interrupted batch resumes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import SinkError, reason_of
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.system.private_files import make_private_folder, open_private
from realtime_fer.sinks.atomic_files import cannot_write, move_replacing, move_without_replacing

LOG_NAME = "annotate-log.jsonl"

_MAX_LOG_BYTES = 200_000_000

#: Folder and name of a source.
_Key = tuple[str, str]


class BatchLog:
    """One line per source: the file, how it was annotated, and its results.

    The newest line of a source counts, as does the newest line that names a result: several folders of videos may go
    into one output folder, also at the same time. A line is written before its results are moved to their places, with
    their names and sizes. So after a crash the program recognises its own files, and annotates a source again whose
    results are incomplete.

    Args:
        folder: the output folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / LOG_NAME
        self._entries: dict[_Key, Mapping[str, Any]] = {}
        self._owners: dict[str, _Key] = {}
        for entry in _read(self._path):
            self._remember((str(entry.get("folder", "")), str(entry["source"])), entry)

    def finished(self, source: Path, options: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Returns the line of a source that needs no work, else None.

        It was annotated with the same ``options`` since it last changed, and all its results exist. The options include
        everything that the results depend on: networks and program version too.
        """
        entry = self._whole(source)
        return entry if entry is not None and entry.get("options") == dict(options) else None

    def is_outdated(self, source: Path, options: Mapping[str, Any]) -> bool:
        """Whether the source was annotated since it last changed, and all results exist, but with other options."""
        entry = self._whole(source)
        return entry is not None and entry.get("options") != dict(options)

    def _whole(self, source: Path) -> Mapping[str, Any] | None:
        key = _key(source)
        entry = self._entries.get(key)
        if entry is None or entry.get("problem"):
            return None
        try:
            there = source.stat()
        except OSError:
            return None
        same = entry.get("size") == there.st_size and entry.get("mtime_ns") == there.st_mtime_ns
        return entry if same and all(self._is_own(result, key) for result in _results(entry)) else None

    def finish(self, source: Path, options: Mapping[str, Any], work: Path, facts: Mapping[str, Any]) -> list[str]:
        """Logs the source and moves the files in ``work`` into the output folder; returns their names.

        Replaces results of an earlier run of this source, but no other file: if a name is taken, the results get
        ``-2``, ``-3`` … appended.

        Raises:
            SinkError: they cannot be moved.
        """
        key = _key(source)
        made = sorted(path for path in work.iterdir() if path.is_file())
        own = {result["name"] for result in _results(self._entries.get(key, {})) if self._is_own(result, key)}
        number = 1
        names = {path: path.name for path in made}
        try:
            there = source.stat()
            while True:
                while any(name not in own and (self._folder / name).exists() for name in names.values()):
                    number += 1
                    names = {path: _numbered(path.name, source.stem, number) for path in made}
                entry = {
                    "source": source.name,
                    "folder": key[0],
                    "size": there.st_size,
                    "mtime_ns": there.st_mtime_ns,
                    "options": dict(options),
                    "results": [{"name": names[path], "size": path.stat().st_size} for path in made],
                    **facts,
                }
                self._append(entry)
                if self._move(names, own):
                    break
        except OSError as error:
            raise cannot_write(self._folder, error) from error
        self._remember(key, entry)
        return [names[path] for path in made]

    def _move(self, names: Mapping[Path, str], own: Set[str]) -> bool:
        """Returns False if another program has taken one of the names since; then no file has moved."""
        moved: list[tuple[Path, Path]] = []
        for path, name in names.items():
            target = self._folder / name
            try:
                if name in own:
                    move_replacing(path, target)
                else:
                    move_without_replacing(path, target)
            except FileExistsError:
                for before, after in moved:
                    os.replace(after, before)
                return False
            moved.append((path, target))
        return True

    def _remember(self, key: _Key, entry: Mapping[str, Any]) -> None:
        self._entries[key] = entry
        self._owners.update({str(result["name"]): key for result in _results(entry)})

    def _is_own(self, result: Mapping[str, Any], key: _Key) -> bool:
        if self._owners.get(result["name"]) != key:
            return False
        try:
            return (self._folder / Path(result["name"]).name).stat().st_size == result["size"]
        except OSError:
            return False

    def _append(self, entry: Mapping[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        descriptor = open_private(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            end = os.lseek(descriptor, 0, os.SEEK_END)
            if end:
                os.lseek(descriptor, end - 1, os.SEEK_SET)
                # A crash may have left half a line.
                line = line if os.read(descriptor, 1) == b"\n" else "\n" + line
            os.write(descriptor, line.encode("utf-8", "replace"))
        finally:
            os.close(descriptor)


class BatchLogs:
    """The logs of a tree of folders: one in each folder of results, which lies as that of the sources does.

    Args:
        output: the outermost folder of results.
        folder: the outermost folder of sources.
    """

    def __init__(self, output: Path, folder: Path) -> None:
        self._output, self._folder = output, folder
        self._logs: dict[Path, BatchLog] = {}

    def finished(self, source: Path, options: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """As ``BatchLog.finished``."""
        return self._log_of(source).finished(source, options)

    def is_outdated(self, source: Path, options: Mapping[str, Any]) -> bool:
        """As ``BatchLog.is_outdated``."""
        return self._log_of(source).is_outdated(source, options)

    def finish(self, source: Path, options: Mapping[str, Any], work: Path, facts: Mapping[str, Any]) -> list[str]:
        """As ``BatchLog.finish``; makes the folder. The names begin below ``output``."""
        below = source.parent.relative_to(self._folder)
        try:
            make_private_folder(self._output / below)
        except OSError as error:
            raise cannot_write(self._output / below, error) from error
        return [(below / name).as_posix() for name in self._log_of(source).finish(source, options, work, facts)]

    def _log_of(self, source: Path) -> BatchLog:
        place = self._output / source.parent.relative_to(self._folder)
        if place not in self._logs:
            self._logs[place] = BatchLog(place)
        return self._logs[place]


def _key(source: Path) -> _Key:
    return os.path.realpath(source.parent), source.name


def _numbered(name: str, stem: str, number: int) -> str:
    """'clip-clean.mp4' of the source 'clip' becomes 'clip-2-clean.mp4'; other names get the number at their end."""
    if name.startswith(stem):
        return f"{stem}-{number}{name[len(stem) :]}"
    return f"{Path(name).stem}-{number}{Path(name).suffix}"


def _results(entry: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return entry.get("results") or []


def _read(path: Path) -> list[Mapping[str, Any]]:
    """Returns the valid lines; a file of the user's own by that name has none."""
    try:
        lines = read_regular(path, _MAX_LOG_BYTES).decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SinkError(
            f"The log '{path}' cannot be read: {reason_of(error)}.", "Choose another folder for the output."
        ) from error
    found: list[Mapping[str, Any]] = []
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("source"), str) and _is_sound(entry.get("results")):
            found.append(entry)
    return found


def _is_sound(results: Any) -> bool:
    return isinstance(results, list) and all(
        isinstance(result, dict) and isinstance(result.get("name"), str) and isinstance(result.get("size"), int)
        for result in results
    )
