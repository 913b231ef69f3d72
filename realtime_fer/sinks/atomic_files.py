"""Files that are complete or absent, files that hold whole lines only, and the error for one that cannot be written."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from realtime_fer.core.errors import SinkError, reason_of
from realtime_fer.core.system.private_files import open_private, write_private
from realtime_fer.sinks.place_watch import FileWatch

# Windows refuses to replace a file that another program, such as a virus scanner, is reading.
_RETRY_AFTER_S: tuple[float, ...] = (0.02, 0.05, 0.1, 0.15, 0.2) if os.name == "nt" else ()

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class ClosedOnExit(ABC):
    """A context manager that closes itself."""

    @abstractmethod
    def close(self) -> None:
        """Finishes the file. May be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def cannot_write(path: Path, error: BaseException) -> SinkError:
    """The error for a file that cannot be created or continued."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return SinkError(
            "'{path}' cannot be written any further: the disk is full.", "Make room and try again.", path=path
        )
    if number == errno.EFBIG:
        return SinkError("'{path}' has become larger than this disk's file system allows.", path=path)
    if number == errno.ENOENT:
        # Of a broken link, the target's folder counts.
        parent = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
        if parent.is_dir():
            return SinkError("'{path}' cannot be written: no file can be made in '{parent}'.", path=path, parent=parent)
        return SinkError("'{path}' cannot be written: the folder '{parent}' does not exist.", path=path, parent=parent)
    if number == errno.ESTALE:
        return SinkError("'{path}' was deleted while it was being written.", path=path)
    if number == errno.ENOTDIR:
        return SinkError("'{path}' cannot be written: a part of its path is a file and not a folder.", path=path)
    return SinkError("'{path}' cannot be written: {reason}.", path=path, reason=reason_of(error))


def replace_file(path: Path, content: bytes, *, retry: bool = True) -> None:
    """Writes ``content`` to ``path``, replacing an existing file; a reader sees the old or the new one, never a part.

    The new file is private to its owner, whatever the old one was.

    Args:
        retry: half a second may be spent on a file that another program is just reading.

    Raises:
        SinkError: it cannot be written; the existing file stays.
    """
    try:
        refuse_special(path)
        partial = _partial(path, content)
        try:
            move_replacing(partial, path, retry=retry)
        except OSError:
            with suppress(OSError):
                partial.unlink()
            raise
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error


def refuse_special(path: Path) -> None:
    """Raises SinkError: a device or a pipe has this name, and must not be replaced by a file.

    Raises OSError: the path cannot be examined.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise SinkError("'{path}' is not an ordinary file, so no result can be written to it.", path=path)


def add_file(path: Path, content: bytes) -> Path:
    """Writes ``content`` to ``path``, or with ``-2``, ``-3`` … before the suffix if that exists.

    Returns the path that was written. No existing file is touched, not even in a race with another program.

    Raises:
        SinkError: it cannot be written.
    """
    try:
        partial = _partial(path, content)
        try:
            number = 1
            while True:
                candidate = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
                try:
                    move_without_replacing(partial, candidate)
                    return candidate
                except FileExistsError:
                    number += 1
        finally:
            with suppress(OSError):
                partial.unlink()
    except OSError as error:
        raise cannot_write(path, error) from error


def _partial(path: Path, content: bytes) -> Path:
    """A new file beside ``path`` with ``content``, private to its owner."""
    # Cut, so that a name of the greatest length can be written.
    stem = os.fsencode(path.stem)[:200].decode("utf-8", "ignore")
    partial = path.with_name(f".{stem}.{secrets.token_hex(6)}.partial")
    write_private(partial, content)
    return partial


def move_replacing(source: Path, target: Path, *, retry: bool = True) -> None:
    """Raises OSError: it cannot be moved; both files stay."""
    _with_retries(lambda: os.replace(source, target), _RETRY_AFTER_S if retry else ())


def _with_retries(move: Callable[[], None], wait_s: tuple[float, ...]) -> None:
    for seconds in wait_s:
        try:
            move()
            return
        except PermissionError:
            time.sleep(seconds)
    move()


def move_without_replacing(source: Path, target: Path) -> None:
    """Raises FileExistsError: ``target`` exists."""
    if os.name == "nt":  # where rename refuses an existing target by itself
        _with_retries(lambda: os.rename(source, target), _RETRY_AFTER_S)
        return
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links (memory cards): the name is claimed first, then replaced in one step.
        os.close(open_private(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(source, target)
    else:
        with suppress(OSError):
            os.unlink(source)


class AppendedFile(ClosedOnExit):
    """A UTF-8 text file that grows line by line and survives a sudden end. Called from one thread alone.

    Each ``append`` goes to the operating system at once, complete or not at all: after a sudden end of the program no
    line is cut, and at most the newest is missing.

    Args:
        path: an existing file is replaced. The file is private to its owner.

    Raises:
        SinkError: the file cannot be created; see also ``append``.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._length = 0
        self._failed = False
        try:
            # A pipe without a reader would block the call forever.
            refuse_special(self.path)
            self._descriptor: int | None = open_private(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        except (OSError, ValueError) as error:
            raise cannot_write(self.path, error) from error
        self._watch = FileWatch(self._descriptor, self.path)

    def check_open(self) -> None:
        """Raises SinkError: it was closed, or an earlier ``append`` failed."""
        if self._descriptor is None or self._failed:
            raise SinkError("'{path}' is closed and takes no more rows.", path=self.path)

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved or replaced; it can still be closed."""
        if self._descriptor is not None:
            self._watch.check_place()

    def append(self, text: str) -> None:
        """Appends whole lines.

        Raises:
            SinkError: the disk is full, or the file was lost or deleted; earlier lines stay.
        """
        self.check_open()
        assert self._descriptor is not None
        rest = text.encode("utf-8", "replace")
        length = self._length + len(rest)
        try:
            self._watch.check_deleted()
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            self._failed = True
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._length)
            raise cannot_write(self.path, error) from error
        self._length = length

    def close(self) -> None:
        """May be called twice."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                os.close(descriptor)
            except OSError as error:
                if not self._failed:
                    raise cannot_write(self.path, error) from error
