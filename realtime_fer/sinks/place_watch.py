"""Notices that a file or folder was deleted, moved or replaced while it is being written, which Unix allows.

On Windows an open file cannot be deleted or moved, and these watches find nothing.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SinkError

#: Errors of a path that leads nowhere. Any other, such as a network share that does not answer, proves nothing.
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}


class _Place:
    """A path, and the open descriptor of the file or folder that it led to."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        # Some network file systems give a file a new number at each call; there only its absence counts.
        self._numbered = _same(os.fstat(descriptor), path) is True

    def is_here(self) -> bool:
        """Whether the path still leads to it. True if that is unknown."""
        same = _same(os.fstat(self._descriptor), self._path)
        return same is not None and (same or not self._numbered)


class FileWatch:
    """Watches an open file at the path it was opened by. Called from one thread alone."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self._path = path
        self._place = _Place(path, descriptor)
        # A file system that does not count links cannot show a deletion.
        self._counts = os.fstat(descriptor).st_nlink > 0

    def check_deleted(self) -> None:
        """Costs next to nothing. Raises OSError: the file was deleted."""
        if self._counts and os.fstat(self._descriptor).st_nlink == 0:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    def is_here(self) -> bool:
        return self._place.is_here()

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved, renamed or replaced."""
        if self._counts and os.fstat(self._descriptor).st_nlink == 0:
            raise SinkError("'{path}' was deleted while it was being written.", path=self._path)
        if not self._place.is_here():
            raise SinkError("'{path}' was moved, renamed or replaced while it was being written.", path=self._path)


class FolderWatch:
    """Watches a folder in which files are written. Called from one thread alone.

    Raises:
        OSError: the folder cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._place: _Place | None = None
        if os.name != "nt":
            self._descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            self._place = _Place(path, self._descriptor)

    def is_here(self) -> bool:
        return self._place is None or self._place.is_here()

    def now(self) -> Path | None:
        """Where the folder is; None if it was deleted or the system cannot tell."""
        if self.is_here() or self._descriptor is None:
            return self._path
        with suppress(OSError):
            moved = _path_of(self._descriptor)
            if moved is not None and _same(os.fstat(self._descriptor), moved):
                return moved
        return None

    def close(self) -> None:
        """Stops watching; the folder then counts as in its place. May be called twice."""
        descriptor, self._descriptor = self._descriptor, None
        self._place = None
        if descriptor is not None:
            os.close(descriptor)


def _same(opened: os.stat_result, path: Path) -> bool | None:
    """Whether the path leads to what was opened; None if it leads nowhere."""
    try:
        return os.path.samestat(opened, path.stat())
    except OSError as error:
        return None if error.errno in _GONE else True


def _path_of(descriptor: int) -> Path | None:
    if sys.platform == "darwin":
        import fcntl

        answer = fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024))
        return Path(os.fsdecode(answer.rstrip(b"\0")))
    if sys.platform == "linux":
        return Path(os.readlink(f"/proc/self/fd/{descriptor}"))
    return None
