"""The file that keeps the settings between runs. Loading validates it; a damaged file gives the defaults."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import SettingsError, reason_of
from realtime_fer.core.settings.table import TABLE, Settings
from realtime_fer.core.system.private_files import make_private, make_private_folder, write_private
from realtime_fer.core.text.translation import Wording

_MAX_BYTES = 1_000_000


def load_settings(path: Path) -> tuple[Settings, str]:
    """Reads the settings at ``path``; returns them with a sentence on what was wrong, or ''.

    An unreadable file gives the defaults and is kept as ``.damaged``. A single bad entry gets its default and an
    unknown one is ignored, so that the file of a newer version keeps the rest.
    """
    try:
        if path.exists() and not path.is_file():
            raise ValueError("not a file, and reading it might never end")
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise ValueError("larger than any settings")
        entries: Any = json.loads(content.decode("utf-8"))
        if not isinstance(entries, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValueError, RecursionError):
        backup = path.with_suffix(".damaged")
        try:
            os.replace(path, backup)
            make_private(backup)
        except OSError:
            return Settings(), Wording(
                "Settings", "The settings in {path} cannot be read, so the defaults are used.", path=path
            )
        return Settings(), Wording(
            "Settings",
            "The settings cannot be read, so the defaults are used. The old file is kept as {backup}.",
            backup=backup,
        )
    good: dict[str, Any] = {}
    refused: list[str] = []
    for key, value in entries.items():
        if key not in TABLE:
            continue
        try:
            good[key] = TABLE[key].checked(value)
        except SettingsError:
            refused.append(key)
    if not refused:
        return Settings(**good), ""
    return Settings(**good), Wording(
        "Settings",
        "These settings were invalid and have been reset to their defaults: {names}.",
        names=", ".join(refused),
    )


def save_settings(settings: Settings, path: Path) -> None:
    """Writes the file atomically, readable by its owner only: a recent address may hold a password.

    Raises:
        SettingsError: the folder cannot be written.
    """
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        make_private_folder(path.parent)
        with suppress(FileNotFoundError):
            partial.unlink()  # left by a process of the same number that was killed while writing
        write_private(partial, (json.dumps(asdict(settings), indent=2) + "\n").encode())
        os.replace(partial, path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise SettingsError(
            "The settings cannot be saved in {path}: {reason}.", path=path, reason=reason_of(error)
        ) from error


class SettingsKeeper:
    """Keeps the settings of a run that began with options of the command line. Called from one thread.

    Args:
        path: of the settings file.
        kept: what the file held.
        given: settings of the command line, by name. They hold for this run: the file keeps its own value until the
            person changes the setting.
    """

    def __init__(self, path: Path, kept: Settings, given: Mapping[str, Any]) -> None:
        self._path, self._kept, self._given = path, kept, dict(given)
        self.first = replace(kept, **given)
        self._tried = kept

    def keep(self, chosen: Settings, *, always: bool = False) -> None:
        """Writes the file where ``chosen`` brings something new.

        Args:
            always: writes it in any case.

        Raises:
            SettingsError: the folder cannot be written. It is tried again only when the settings have changed.
        """
        unchanged = {
            name: getattr(self._kept, name)
            for name in self._given
            if getattr(chosen, name) == getattr(self.first, name)
        }
        settings = replace(chosen, **unchanged)
        if always or settings != self._tried:
            self._tried = settings
            save_settings(settings, self._path)
