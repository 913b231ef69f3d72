"""Reads untrusted files: regular files only, up to a maximum size."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotOrdinaryError(OSError):
    """The path is a folder, a pipe or a device."""


def open_regular(path: Path | str) -> BinaryIO:
    """Opens a regular file for reading; never blocks on a pipe.

    Raises:
        OSError: it is missing or not readable, or is a folder, a pipe or a device, which may never end.
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
    """Returns the whole content of a regular file.

    Raises:
        OSError: as ``open_regular``, or the file is larger than ``most_bytes``.
        ValueError: the name is impossible.
    """
    with open_regular(path) as file:
        # The file may grow after its size was read.
        if os.fstat(file.fileno()).st_size <= most_bytes and len(content := file.read(most_bytes + 1)) <= most_bytes:
            return content
    raise OSError(errno.EFBIG, f"it is larger than {most_bytes / 1_000_000:g} MB")
