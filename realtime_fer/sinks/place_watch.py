"""Whether what is being written still stands where it was made: Unix lets anybody delete, move or replace it meanwhile.

Windows does not let what is open be deleted or moved; there these watches see nothing to tell.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SinkError

#: What says that a path leads nowhere. Anything else, such as a share that does not answer just now, says nothing.
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}


class _Place:
    """A path, and the open descriptor of what it led to."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        # Some network file systems number a file anew with each look; of those only the absence is believed.
        self._numbered = _same(os.fstat(descriptor), path) is True

    def is_here(self) -> bool:
        """Whether the path still leads to it. True where that cannot be known."""
        same = _same(os.fstat(self._descriptor), self._path)
        return same is not None and (same or not self._numbered)


class FileWatch:
    """An open file, and the path it was opened by. Called from one thread alone."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self._path = path
        self._place = _Place(path, descriptor)
        # A file system that does not count names cannot tell of a deletion.
        self._counts = os.fstat(descriptor).st_nlink > 0

    def check_deleted(self) -> None:
        """Costs next to nothing. Raises OSError: it has no name any more, and nobody would find it."""
        if self._counts and os.fstat(self._descriptor).st_nlink == 0:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    def is_here(self) -> bool:
        return self._place.is_here()

    def check_place(self) -> None:
        """Raises SinkError: it was deleted, moved or renamed, or another file stands in its place."""
        if self._counts and os.fstat(self._descriptor).st_nlink == 0:
            raise SinkError("'{path}' was deleted while it was being written.", path=self._path)
        if not self._place.is_here():
            raise SinkError("'{path}' was moved, renamed or replaced while it was being written.", path=self._path)


class FolderWatch:
    """A folder in which files are written. Called from one thread alone.

    Raises:
        OSError: it cannot be looked at.
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
        """Where the folder is; None where it was deleted, or the system cannot say."""
        if self.is_here() or self._descriptor is None:
            return self._path
        with suppress(OSError):
            moved = _path_of(self._descriptor)
            if moved is not None and _same(os.fstat(self._descriptor), moved):
                return moved
        return None

    def close(self) -> None:
        """From here on it is called where it was. May be called twice."""
        descriptor, self._descriptor = self._descriptor, None
        self._place = None
        if descriptor is not None:
            os.close(descriptor)


def _same(opened: os.stat_result, path: Path) -> bool | None:
    """Whether the path leads to what was opened; None where it leads nowhere."""
    try:
        return os.path.samestat(opened, path.stat())
    except OSError as error:
        return None if error.errno in _GONE else True


def _path_of(descriptor: int) -> Path | None:
    if sys.platform == "darwin":
        import fcntl

        told = fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024))
        return Path(os.fsdecode(told.rstrip(b"\0")))
    if sys.platform == "linux":
        return Path(os.readlink(f"/proc/self/fd/{descriptor}"))
    return None
