"""The folder of a recording, and where it lies."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import platformdirs

from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.sinks.atomic_files import cannot_write

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

    @property
    def snapshots(self) -> Path:
        """For snapshots of this session; created with the first."""
        return self.path / SNAPSHOTS_NAME

    def remove_if_empty(self) -> bool:
        """Removes the folder if it is empty. True if it no longer exists."""
        with suppress(OSError):
            self.path.rmdir()
        return not self.path.exists()
