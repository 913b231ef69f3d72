"""The files of a folder and of the folders within it, in the order in which people count."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from realtime_fer.core.request import VIDEO_SUFFIXES


def files_within(folder: Path, without: Path | None = None) -> Iterator[Path]:
    """Ordinary files, hidden ones left out: macOS leaves '._name.jpg' files on foreign disks that are not pictures.

    Links to folders are not followed, so that none is listed twice or without end. A folder within that cannot be read
    counts as empty.

    Args:
        without: a folder that is left out with all within it.

    Raises:
        OSError: ``folder`` cannot be read.
    """
    left_out = None if without is None else os.path.realpath(without)
    # os.walk would say nothing.
    os.scandir(folder).close()
    for place, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(os.path.join(place, name)) != left_out
        ]
        for name in files:
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                yield path


def videos_of(folder: Path, without: Path | None = None) -> list[Path]:
    """The videos in a folder and in the folders within it, sorted by name, without hidden files.

    Args:
        without: a folder that does not count, such as that of the results.
    """
    try:
        found = [path for path in files_within(folder, without) if path.suffix.lower() in VIDEO_SUFFIXES]
    except OSError:
        return []
    return sorted(found, key=lambda path: (str(path.parent).casefold(), path.name.casefold()))


def natural_key(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Digits compare as numbers, letters without case; the plain name decides between equals."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part], name
