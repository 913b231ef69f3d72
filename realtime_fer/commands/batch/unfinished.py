"""Where a batch's results under work lie until they are whole, told apart from those of others at the same time."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from realtime_fer.core.system.private_files import make_private_folder, open_private
from realtime_fer.sinks.atomic_files import cannot_write

#: In the output folder; the program's own, one part of it for each batch that runs.
UNFINISHED_NAME = ".realtime-fer-unfinished"

_IN_USE = ".in-use"
# What no batch claims was left by one that could not say so; nobody works on a file for so long.
_LEFT_AFTER_S = 7 * 86400.0


class UnfinishedFolder:
    """A folder for one batch, gone when it ends. What batches left that ended suddenly is removed when one begins.

    A file beside it, which is held open and locked, says that it is in use: the system lets go of it however the
    program ends.

    Args:
        output: folder of the batch.

    Attributes:
        path: of the folder.
    """

    def __init__(self, output: Path) -> None:
        self._all = output / UNFINISHED_NAME
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.path = self._all / name
        self._claim = self._all / f"{name}{_IN_USE}"
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Raises SinkError: it cannot be made."""
        try:
            self._descriptor = self._make_claim()
            # Another batch may just be looking whether it is free.
            _lock(self._descriptor, wait=True)
            make_private_folder(self.path, exist_ok=False)
        except OSError as error:
            self._leave()
            raise cannot_write(self.path, error) from error
        self._remove_what_was_left()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _make_claim(self) -> int:
        while True:
            make_private_folder(self._all)
            # Another batch that ends may have removed the folder again.
            with suppress(FileNotFoundError):
                return open_private(self._claim, os.O_RDWR | os.O_CREAT | os.O_EXCL)

    def _leave(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
            with suppress(OSError):
                self._claim.unlink()
        with suppress(OSError):
            # Not while another batch has its own in there.
            self._all.rmdir()

    def _remove_what_was_left(self) -> None:
        with suppress(OSError):
            claims = {entry.stem: entry for entry in self._all.iterdir() if entry.name.endswith(_IN_USE)}
            for entry in self._all.iterdir():
                if entry in claims.values() or entry == self.path:
                    continue
                claim = claims.get(entry.name)
                if _is_left(entry) if claim is None else _is_free(claim):
                    shutil.rmtree(entry, ignore_errors=True)
            for name, claim in claims.items():
                if not (self._all / name).exists() and _is_free(claim):
                    with suppress(OSError):
                        claim.unlink()


def _lock(descriptor: int, wait: bool = False) -> bool:
    """False where another process has it. On Windows a file that is open cannot be removed, which serves as well."""
    if os.name == "nt":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Some network folders know no locks: then it counts as in use.
        return False
    return True


def _is_free(claim: Path) -> bool:
    """Whether the batch that made it is over."""
    try:
        if os.name == "nt":
            claim.unlink()
            return True
        descriptor = os.open(claim, os.O_RDWR)
    except OSError:
        return False
    try:
        return _lock(descriptor)
    finally:
        os.close(descriptor)


def _is_left(folder: Path) -> bool:
    try:
        newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return False
    return time.time() - newest > _LEFT_AFTER_S
