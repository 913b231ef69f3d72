"""The folder of a recording, and where it lies."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import platformdirs

from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.place_watch import FolderWatch

#: Of the folder in a session folder that snapshots go to; created with the first.
SNAPSHOTS_NAME = "snapshots"


def default_recordings_folder() -> Path:
    """``Realtime FER`` in the platform's documents folder. It need not exist."""
    return Path(platformdirs.user_documents_dir()) / "Realtime FER"


def local_now() -> datetime:
    """The wall clock, with its offset from UTC."""
    return datetime.now().astimezone()


class SessionFolder:
    """A new folder ``YYYY-MM-DD_HH-MM-SS`` of its own, with ``-2``, ``-3`` … where that name is taken.

    Args:
        recordings_folder: holds the session folders; created when missing.
        wall_time: names the folder.

    Attributes:
        path: where it is, as far as ``follow`` found.

    Raises:
        SinkError: it cannot be created.
    """

    def __init__(self, recordings_folder: Path, wall_time: datetime) -> None:
        name = f"{wall_time:%Y-%m-%d_%H-%M-%S}"
        path, number = recordings_folder / name, 1
        try:
            make_private_folder(recordings_folder)
            while True:
                try:
                    # Fails if it exists: two programs never share a folder.
                    make_private_folder(path, exist_ok=False)
                    break
                except FileExistsError:
                    number += 1
                    path = recordings_folder / f"{name}-{number}"
        except (OSError, ValueError) as error:
            raise cannot_write(path, error) from error
        self.path = path
        try:
            self._watch = FolderWatch(path)
        except OSError as error:
            self.remove_if_empty()
            raise cannot_write(path, error) from error

    def is_here(self) -> bool:
        """Whether the folder is still at ``path``. True if that is unknown."""
        return self._watch.is_here()

    def follow(self) -> bool:
        """Sets ``path`` to where the folder is now. False: it was deleted, or the system cannot tell where it is."""
        now = self._watch.now()
        self.path = now or self.path
        return now is not None

    def close(self) -> None:
        """Stops watching the folder. May be called twice."""
        self._watch.close()

    def remove_if_empty(self) -> bool:
        """Removes the folder if it is empty. True if it no longer exists."""
        with suppress(OSError):
            self.path.rmdir()
        return not self.path.exists()
