"""A file that one program holds against all others for as long as it runs."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.system.private_files import open_new_private

# Where Windows locks a byte: behind all that is ever written, since there a locked byte cannot be written.
_LOCKED_BYTE = 1 << 62

_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class ClaimedElsewhere(Exception):
    """Another program holds the file."""


class Claim:
    """An open and locked file. The system itself lets go of the lock, however the program ends: one that was left by
    a program that is gone is simply taken.

    Where a file system knows no locks (some network folders), nothing is held.

    Args:
        path: made where it is missing; what is in it stays.

    Attributes:
        is_new: it was not there before.

    Raises:
        ClaimedElsewhere: another program holds it, or this one already.
        OSError, ValueError: it cannot be made, or is no ordinary file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        while True:
            self.is_new = not os.path.lexists(path)
            # Without waiting: a pipe that nobody reads would hold up its opening for ever.
            # Nor through a link, which may lead to a person's own file.
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
            self._descriptor = open_new_private(path, flags)
            try:
                if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
                    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
                _lock(self._descriptor)
            except BaseException:
                os.close(self._descriptor)
                raise
            # Whoever held it may have moved or removed it between opening and locking.
            if self.is_there():
                return
            os.close(self._descriptor)

    def is_there(self) -> bool:
        """Whether the file that is held still has its name."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), os.stat(self.path))
        except OSError:
            return False

    @property
    def size(self) -> int:
        """Bytes in it. Raises OSError."""
        return os.fstat(self._descriptor).st_size

    def empty(self) -> None:
        """Raises OSError."""
        os.ftruncate(self._descriptor, 0)

    def release(self, *, remove: bool) -> None:
        """Lets go of the file. May be called twice."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        if remove and os.name != "nt":
            # While it is still held, so that nobody else's is removed.
            with suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), os.stat(self.path)):
                    os.unlink(self.path)
        with suppress(OSError):
            os.close(descriptor)
        if remove and os.name == "nt":  # where an open file cannot be removed
            with suppress(OSError):
                os.unlink(self.path)


def _lock(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise ClaimedElsewhere from error
