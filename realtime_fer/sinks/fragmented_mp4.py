"""A video's bytes on the disk, and how to leave them playable when they break off."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.core.system.private_files import keep_from_others, open_new_private
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.place_watch import FileWatch


class FragmentedMp4:
    """The video's file, unbuffered; libav writes through it. Methods that libav calls raise OSError.

    The file is opened at once, so that an unwritable path is known before the first frame, but emptied only with it.

    Attributes:
        ignore_writes: set after an error; libav's remaining writes are dropped.
        length: bytes that were written.

    Raises:
        SinkError: it cannot be opened for writing, or is no ordinary file.
    """

    def __init__(self, path: Path) -> None:
        self.ignore_writes = False
        self.length = 0
        self._path = path
        self._begun = False
        self._is_new = not os.path.exists(path)
        try:
            self._descriptor = open_new_private(path, os.O_RDWR | os.O_CREAT)
        except (OSError, ValueError) as error:
            raise cannot_write(path, error) from error
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            os.close(self._descriptor)
            raise SinkError("'{path}' is not an ordinary file, so no video can be written to it.", path=path)
        self._watch = FileWatch(self._descriptor, path)

    def begin(self) -> None:
        keep_from_others(self._descriptor)
        os.ftruncate(self._descriptor, 0)
        self._begun = True

    def write(self, content: bytes) -> int:
        if not self.ignore_writes:
            self._watch.check_deleted()
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            self.length = max(self.length, self.tell())
        return len(content)

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved or replaced; writes still go to the same file."""
        self._watch.check_place()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._descriptor, offset, whence)

    def tell(self) -> int:
        return os.lseek(self._descriptor, 0, os.SEEK_CUR)

    def truncate_to_complete_fragments(self) -> int:
        """Drops what follows the last complete fragment, or everything without one. Returns the remaining length."""
        end = 0
        with suppress(OSError):
            end = complete_fragments_end(self._descriptor)
            os.ftruncate(self._descriptor, end)
        return end

    def close(self) -> None:
        with suppress(OSError):
            useless = os.fstat(self._descriptor).st_size == 0 if self._begun else self._is_new
            # Another file that has its name by now belongs to somebody else.
            useless = useless and self._watch.is_here()
            os.close(self._descriptor)
            if useless:
                self._path.unlink()


def complete_fragments_end(descriptor: int) -> int:
    """Where the last whole fragment of a fragmented MP4 ends; 0 where there is none."""
    size = os.fstat(descriptor).st_size
    position = end = 0
    after_moof = False
    while position + 8 <= size:
        os.lseek(descriptor, position, os.SEEK_SET)
        header = os.read(descriptor, 16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        position += length
        if length < 8 or position > size:
            break
        if kind == b"mdat" and after_moof:
            end = position
        after_moof = kind == b"moof"
    return end
