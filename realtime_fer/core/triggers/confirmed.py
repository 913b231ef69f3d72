"""Which commands a person has looked at and confirmed, by their hashes."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SettingsError, reason_of
from realtime_fer.core.system.private_files import make_private_folder, write_private

#: The oldest goes.
_MOST = 200

_LONGEST_FILE = 100_000


class ConfirmedCommands:
    """A file beside the settings, so that settings that somebody else wrote bring no confirmation with them.

    It holds no command, only salted hashes. Called from one thread.

    Args:
        path: None keeps nothing beyond the end of the program.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._salt, self._hashes = _read(path) if path is not None else (secrets.token_hex(16), [])

    def is_confirmed(self, command: str) -> bool:
        return self._hash(command) in self._hashes

    def confirm(self, command: str) -> None:
        """Keeps it.

        Raises:
            SettingsError: the file cannot be written; it is confirmed until the end of the program all the same.
        """
        mine = self._hash(command)
        self._hashes = [*(one for one in self._hashes if one != mine), mine][-_MOST:]
        if self._path is None:
            return
        partial = self._path.with_suffix(f".{os.getpid()}.partial")
        try:
            make_private_folder(self._path.parent)
            with suppress(FileNotFoundError):
                partial.unlink()
            write_private(partial, json.dumps({"salt": self._salt, "sha256": self._hashes}).encode())
            os.replace(partial, self._path)
        except OSError as error:
            raise SettingsError(
                "The settings cannot be saved in {path}: {reason}.", path=self._path, reason=reason_of(error)
            ) from error

    def _hash(self, command: str) -> str:
        return hashlib.sha256(f"{self._salt}\n{command}".encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> tuple[str, list[str]]:
    """Salt and hashes; new and none where the file cannot be read, so that each command is asked for again."""
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(_LONGEST_FILE))
        salt, hashes = kept["salt"], kept["sha256"]
        if isinstance(salt, str) and len(salt) >= 16 and isinstance(hashes, list):
            return salt, [one for one in hashes if isinstance(one, str)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return secrets.token_hex(16), []
