"""A result that is written beside an earlier one, held against other programs, and put in its place when complete."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.core.system.private_files import open_new_private
from realtime_fer.sinks.atomic_files import cannot_write, move_replacing, refuse_special

_LONGEST_NAME_BYTES = 255
# What follows the last full stop of a name is not always a suffix.
_LONGEST_SUFFIX = 16

# The byte to lock on Windows: beyond all that is ever written, since a locked byte cannot be written.
_LOCKED_BYTE = 1 << 62

_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class Replacement:
    """Holds ``video.partial.mp4`` for ``video.mp4`` until ``finish``, ``discard`` or ``leave`` is called.

    Until ``finish`` the earlier file stays as it is. A partial file that a killed program left is taken over. Of a
    link, the target is replaced and not the link.

    Args:
        path: of the result.

    Attributes:
        partial: where to write it in the meantime.

    Raises:
        SinkError: nothing can be written there, or another program is writing there.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._mode = _refuse_unfit(self.path)
        self._target = Path(os.path.realpath(self.path))
        self.partial = partial_name(self._target)
        try:
            self._claim = Claim(self.partial)
        except ClaimedElsewhere:
            raise SinkError(
                "Another program is writing '{path}' at this moment.",
                "Wait until it is done, or choose another name.",
                path=self.path,
            ) from None
        except (OSError, ValueError) as error:
            raise cannot_write(self.path, error) from error
        self._begun = False

    def begin(self) -> None:
        """Empties a partial file that a killed program left. Raises SinkError."""
        try:
            self._claim.empty()
        except OSError as error:
            raise cannot_write(self.path, error) from error
        self._begun = True

    def finish(self) -> None:
        """Puts the result in its place, unless nothing was written. It must not be open.

        Raises:
            SinkError: it cannot be moved; it stays under its partial name, and the earlier one is untouched.
        """
        if not self._claim.is_there() or not self._claim.size:
            self._claim.release(remove=True)
            return
        if os.name == "nt":  # where an open file cannot be moved
            self._claim.release(remove=False)
        try:
            if self._mode is not None:
                with suppress(OSError):
                    self.partial.chmod(self._mode)
            move_replacing(self.partial, self._target)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        finally:
            self._claim.release(remove=False)

    def discard(self) -> None:
        """Removes the partial file; one that a killed program left stays if ``begin`` was not called."""
        self._claim.release(remove=self._begun or self._claim.is_new)

    def leave(self) -> None:
        """Keeps what was written under its partial name."""
        self._claim.release(remove=False)


def partial_name(path: Path) -> Path:
    """``video.mp4`` -> ``video.partial.mp4``, shortened where that is longer than a name may be."""
    suffix = path.suffix if len(path.suffix) <= _LONGEST_SUFFIX else ""
    stem, ending = path.name.removesuffix(suffix), f".partial{suffix}"
    if len(os.fsencode(stem + ending)) > _LONGEST_NAME_BYTES:
        ending = f"~{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}{ending}"
        stem = os.fsencode(stem)[: _LONGEST_NAME_BYTES - len(os.fsencode(ending))].decode("utf-8", "ignore")
    return path.with_name(stem + ending)


def _refuse_unfit(path: Path) -> int | None:
    """The permissions of the existing file, None without one. Raises SinkError: it must not be replaced."""
    try:
        refuse_special(path)
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    return stat.S_IMODE(mode)


class ClaimedElsewhere(Exception):
    """Another program holds the file."""


class Claim:
    """An open and locked file. The system releases the lock however the program ends, so that a file that a killed
    program left can be claimed.

    On a file system without locks (some network folders), nothing is held.

    Args:
        path: created when missing; its content stays.

    Attributes:
        is_new: the file did not exist before.

    Raises:
        ClaimedElsewhere: another program holds it, or this one does.
        OSError, ValueError: it cannot be created, or is not an ordinary file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        while True:
            self.is_new = not os.path.lexists(path)
            # A pipe without a reader would block the call forever, and a link may lead to a person's own file.
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
            self._descriptor = open_new_private(path, flags)
            try:
                if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
                    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
                _lock(self._descriptor)
            except BaseException:
                os.close(self._descriptor)
                raise
            # Its last holder may have moved or removed it between opening and locking.
            if self.is_there():
                return
            os.close(self._descriptor)

    def is_there(self) -> bool:
        """Whether the claimed file still has its name."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), os.stat(self.path))
        except OSError:
            return False

    @property
    def size(self) -> int:
        """Bytes in it. Raises OSError."""
        return os.fstat(self._descriptor).st_size

    def empty(self) -> None:
        """Empties the claimed file. Raises OSError."""
        os.ftruncate(self._descriptor, 0)

    def release(self, *, remove: bool) -> None:
        """Releases the file. May be called twice."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        if remove and os.name != "nt":
            # Before the lock is released, so that nobody else's file is removed.
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
