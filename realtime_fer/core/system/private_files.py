"""Files and folders that only their owner can read, since they may show people: modes 0600 and 0700.

On Windows nothing is done: a user's folders are private already.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

FILE_MODE = 0o600
FOLDER_MODE = 0o700

# On Windows a mode of 0600 would only mean "writable".
_MODES = os.name != "nt"


def open_private(path: Path | str, flags: int) -> int:
    """Opens a file for writing in binary, as ``os.open``; an existing file becomes private too.

    Raises:
        OSError, ValueError: it cannot be opened.
    """
    descriptor = open_new_private(path, flags)
    keep_from_others(descriptor)
    return descriptor


def open_new_private(path: Path | str, flags: int) -> int:
    """As ``open_private``, but an existing file keeps its mode until ``keep_from_others``.

    Raises:
        OSError, ValueError: it cannot be opened.
    """
    return os.open(path, flags | getattr(os, "O_BINARY", 0), FILE_MODE)


def keep_from_others(descriptor: int) -> None:
    """Makes an open file private. Pipes and devices keep their mode."""
    if _MODES:
        # Another user's file, or one on a disk without modes, is written anyway.
        with suppress(OSError):
            if S_ISREG(os.fstat(descriptor).st_mode):
                os.fchmod(descriptor, FILE_MODE)


def write_private(path: Path, content: bytes) -> None:
    """Creates a file with ``content``, and removes it if that fails.

    Raises:
        FileExistsError: the file exists.
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
    """Creates a folder and its missing parents; an existing folder keeps its mode.

    Raises:
        FileExistsError: it exists and ``exist_ok`` is False, or it is a file.
        OSError, ValueError: it cannot be created.
    """
    try:
        _make_folder(path, exist_ok)
    except FileNotFoundError:
        if path.parent == path:
            raise
        make_private_folder(path.parent)
        # Once: in /proc and the like a folder is "not found" whose parent is there.
        _make_folder(path, exist_ok)


def _make_folder(path: Path, exist_ok: bool) -> None:
    try:
        path.mkdir(mode=FOLDER_MODE)
    except OSError:
        # As in Path.mkdir: some systems report another error first for a folder that exists.
        if not exist_ok or not path.is_dir():
            raise


def make_private(path: Path) -> None:
    """Makes an existing file private."""
    if _MODES:
        with suppress(OSError):
            path.chmod(FILE_MODE)
