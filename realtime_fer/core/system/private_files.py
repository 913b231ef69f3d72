"""Files and folders for their owner alone, as they may show people: 0600 and 0700 where the system knows modes.

On Windows a person's folders are their own already, and nothing is done.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

FILE_MODE = 0o600
FOLDER_MODE = 0o700

# Windows knows no modes, and would take 0600 for nothing but "may be written".
_MODES = os.name != "nt"


def open_private(path: Path | str, flags: int) -> int:
    """``os.open`` of a file to be written, in binary; one that was there becomes its owner's alone too.

    Raises:
        OSError, ValueError: it cannot be opened.
    """
    descriptor = open_new_private(path, flags)
    keep_from_others(descriptor)
    return descriptor


def open_new_private(path: Path | str, flags: int) -> int:
    """As ``open_private``, but one that was there keeps its mode until ``keep_from_others``.

    Raises:
        OSError, ValueError: it cannot be opened.
    """
    return os.open(path, flags | getattr(os, "O_BINARY", 0), FILE_MODE)


def keep_from_others(descriptor: int) -> None:
    """Takes others' rights from an open file. What is no ordinary file, such as a pipe, keeps its mode."""
    if _MODES:
        # One of somebody else, or on a disk that knows no modes, is written all the same.
        with suppress(OSError):
            if S_ISREG(os.fstat(descriptor).st_mode):
                os.fchmod(descriptor, FILE_MODE)


def write_private(path: Path, content: bytes) -> None:
    """Makes a new file with ``content``; nothing is left of it where that fails.

    Raises:
        FileExistsError: it is there.
        OSError: it cannot be written.
    """
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def make_private_folder(path: Path, *, exist_ok: bool = True) -> None:
    """Makes a folder, and those above it that are missing; one that was there keeps its mode.

    Raises:
        FileExistsError: it is there, where that is not ``exist_ok``; or it is a file.
        OSError, ValueError: it cannot be made.
    """
    try:
        path.mkdir(mode=FOLDER_MODE)
    except FileNotFoundError:
        if path.parent == path:
            raise
        make_private_folder(path.parent)
        make_private_folder(path, exist_ok=exist_ok)
    except OSError:
        # As Path.mkdir: not every system says first of all that it is there.
        if not exist_ok or not path.is_dir():
            raise


def make_private(path: Path) -> None:
    """Takes others' rights from a file that is there."""
    if _MODES:
        with suppress(OSError):
            path.chmod(FILE_MODE)
