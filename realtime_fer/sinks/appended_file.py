"""A file of whole lines that grows while something happens, and survives a sudden end."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.core.system.private_files import open_private
from realtime_fer.sinks.place_watch import FileWatch
from realtime_fer.sinks.whole_file import ClosedOnExit, cannot_write, refuse_special


class AppendedFile(ClosedOnExit):
    """Text in UTF-8, handed to the operating system at once. Called from one thread alone.

    What is appended in one call stands in the file whole or not at all, as long as the system itself goes on: after
    a sudden end of the program no line is half, and none but the newest is missing.

    Args:
        path: one that is there is replaced. It becomes its owner's alone.

    Raises:
        SinkError: the file cannot be made; see also ``append``.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._length = 0
        self._failed = False
        try:
            # A pipe that nobody reads would hold up its opening for ever.
            refuse_special(self.path)
            self._descriptor: int | None = open_private(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        except (OSError, ValueError) as error:
            raise cannot_write(self.path, error) from error
        self._watch = FileWatch(self._descriptor, self.path)

    def check_open(self) -> None:
        """Raises SinkError: it was closed, or could not go on before."""
        if self._descriptor is None or self._failed:
            raise SinkError("'{path}' is closed and takes no more rows.", path=self.path)

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved or replaced; it may still be closed."""
        if self._descriptor is not None:
            self._watch.check_place()

    def append(self, text: str) -> None:
        """Appends whole lines.

        Raises:
            SinkError: the disk is full, or the file lost or deleted; the lines before stay.
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
