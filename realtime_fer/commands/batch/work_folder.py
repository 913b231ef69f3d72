"""A batch's temporary folder, which holds each video's results until they are complete."""

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

#: In the output folder; it holds one folder for each running batch.
WORK_FOLDER_NAME = ".realtime-fer-unfinished"

_IN_USE = ".in-use"
# Unclaimed and unchanged for this long: left by a batch that was killed, since no file takes that long.
_ABANDONED_AFTER_S = 7 * 86400.0


class WorkFolder:
    """A temporary folder for one batch, removed on exit. On entry, the folders of killed batches are removed.

    A locked file beside the folder marks it as in use; the system releases the lock however the program ends.

    Args:
        output: the batch's output folder.

    Attributes:
        path: the temporary folder.
    """

    def __init__(self, output: Path) -> None:
        self._all = output / WORK_FOLDER_NAME
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.path = self._all / name
        self._claim = self._all / f"{name}{_IN_USE}"
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Raises SinkError: the folder cannot be made."""
        try:
            self._descriptor = self._make_claim()
            # Another batch may be testing at this moment whether the file is free.
            _lock(self._descriptor, wait=True)
            make_private_folder(self.path, exist_ok=False)
        except OSError as error:
            self._remove()
            raise cannot_write(self.path, error) from error
        self._remove_abandoned()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove()

    def _make_claim(self) -> int:
        while True:
            make_private_folder(self._all)
            # Another batch that ends may have just removed the parent folder.
            with suppress(FileNotFoundError):
                return open_private(self._claim, os.O_RDWR | os.O_CREAT | os.O_EXCL)

    def _remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
            with suppress(OSError):
                self._claim.unlink()
        with suppress(OSError):
            # Fails while another batch has its folder in it.
            self._all.rmdir()

    def _remove_abandoned(self) -> None:
        with suppress(OSError):
            claims = {entry.stem: entry for entry in self._all.iterdir() if entry.name.endswith(_IN_USE)}
            for entry in self._all.iterdir():
                if entry in claims.values() or entry == self.path:
                    continue
                claim = claims.get(entry.name)
                if _is_abandoned(entry) if claim is None else _is_free(claim):
                    shutil.rmtree(entry, ignore_errors=True)
            for name, claim in claims.items():
                if not (self._all / name).exists() and _is_free(claim):
                    with suppress(OSError):
                        claim.unlink()


def _lock(descriptor: int, wait: bool = False) -> bool:
    """False where another process holds the lock. Windows needs none: a file that is open cannot be removed there."""
    if os.name == "nt":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Some network folders do not support locks: treat the folder as in use.
        return False
    return True


def _is_free(claim: Path) -> bool:
    """Whether the batch that made ``claim`` has ended."""
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


def _is_abandoned(folder: Path) -> bool:
    try:
        newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return False
    return time.time() - newest > _ABANDONED_AFTER_S
