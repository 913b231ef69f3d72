"""Reading what others made: ordinary files alone, and no more of them than is allowed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotOrdinaryError(OSError):
    """A folder, a pipe or a device stands where a file was expected."""


def open_regular(path: Path | str) -> BinaryIO:
    """Opens an ordinary file for reading, without waiting for a writer where the name is a pipe's.

    Raises:
        OSError: it is not there, may not be read, or is a folder, a pipe or a device, which might never end.
        ValueError: the name is impossible.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotOrdinaryError(errno.EINVAL, "it is not an ordinary file")
        return open(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path | str, most_bytes: int) -> bytes:
    """The whole of an ordinary file.

    Raises:
        OSError: as ``open_regular``, or it is larger than ``most_bytes``; then nothing of it is kept.
        ValueError: the name is impossible.
    """
    with open_regular(path) as file:
        # One that says it is small may still grow.
        if os.fstat(file.fileno()).st_size <= most_bytes and len(content := file.read(most_bytes + 1)) <= most_bytes:
            return content
    raise OSError(errno.EFBIG, f"it is larger than {most_bytes / 1_000_000:g} MB")
