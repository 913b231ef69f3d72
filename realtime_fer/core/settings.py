"""What a person chose, kept between runs. Validated on load; a damaged file falls back to the defaults."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from realtime_fer.core.cards.model_order import RECOMMENDED
from realtime_fer.core.enums import DetectorName, Film, Privacy, Sensitivity
from realtime_fer.core.errors import SettingsError, reason_of
from realtime_fer.core.system.private_files import make_private, make_private_folder, write_private
from realtime_fer.core.text.translation import Wording

#: Settings that are one of a fixed set of words.
_ENUMS: dict[str, type[StrEnum]] = {
    "privacy": Privacy,
    "film": Film,
    "sensitivity": Sensitivity,
    "detector": DetectorName,
}

_MAX_BYTES = 1_000_000

#: Sources that are remembered.
MAX_RECENT = 8

#: Models of a person's own files that are remembered.
MAX_OWN_MODELS = 20

#: Lists of texts and their most entries; JSON knows lists alone.
_LISTS = {"recent_sources": MAX_RECENT, "own_models": MAX_OWN_MODELS}

_RANGES: dict[str, tuple[float, float]] = {
    "width": (0, 7680),
    "height": (0, 4320),
    "fps": (0, 240),
    "min_confidence": (0.0, 1.0),
    "smoothing_s": (0.0, 5.0),
    "threads": (1, 64),
    "scale_percent": (100, 200),
}


@dataclass(frozen=True)
class Settings:
    """All choices.

    Attributes:
        source: 'auto' (first camera, else the demo), 'demo', a camera's number or device path, a file, a folder,
            or an rtsp/http address.
        width, height, fps: asked of a camera; 0 leaves it to the camera.
        min_confidence: expressions less probable are shown as uncertain.
        smoothing_s: time constant of the smoothing, seconds; 0 is off.
        sensitivity: to subtle expressions.
        threads: of the classifier.
        recordings_folder: '' is the platform's documents folder.
        privacy: how faces are hidden in the view and in everything saved.
        film: which frames a recording's video shows.
        jsonl: a recording also writes ``expressions.jsonl``.
        compare_model: a second model beside the first; '' is none.
        adapt_load: the program does less (``core.degradation``) when the machine cannot keep up.
        timeline, panel: the timeline, the side panel is open.
        scale_percent: of the interface.
        always_on_top: the window stays above others.
        language: of the interface, such as 'de'; '' is the platform's.
        recent_sources: newest first, without credentials.
        own_models: files of models that the person opened, newest first.
        welcomed: the first page was read.
        window_geometry, window_layout: Qt's own, as hex; '' is the default.
    """

    source: str = "auto"
    model: str = RECOMMENDED
    detector: DetectorName = DetectorName.MEDIAPIPE
    mirror: bool = True
    min_confidence: float = 0.35
    smoothing_s: float = 0.3
    sensitivity: Sensitivity = Sensitivity.STANDARD
    width: int = 0
    height: int = 0
    fps: int = 0
    threads: int = 2
    recordings_folder: str = ""
    privacy: Privacy = Privacy.OFF
    film: Film = Film.ANNOTATED
    jsonl: bool = False
    compare_model: str = ""
    adapt_load: bool = True
    timeline: bool = False
    panel: bool = True
    scale_percent: int = 100
    always_on_top: bool = False
    language: str = ""
    recent_sources: tuple[str, ...] = ()
    own_models: tuple[str, ...] = ()
    welcomed: bool = False
    window_geometry: str = ""
    window_layout: str = ""

    def __post_init__(self) -> None:
        for entry in fields(self):
            value, kind = getattr(self, entry.name), entry.type
            if entry.name in _LISTS:
                if not isinstance(value, (list, tuple)) or not all(isinstance(word, str) for word in value):
                    raise SettingsError(
                        "The setting '{name}' must be a list of texts, got {value!r}.", name=entry.name, value=value
                    )
                object.__setattr__(self, entry.name, tuple(value)[: _LISTS[entry.name]])
                continue
            if entry.name in _ENUMS:
                object.__setattr__(self, entry.name, _member(_ENUMS[entry.name], entry.name, value))
                continue
            right = (
                isinstance(value, bool)
                if kind == "bool"
                else not isinstance(value, bool)
                and (
                    isinstance(value, (int, float))
                    if kind == "float"
                    else isinstance(value, int if kind == "int" else str)
                )
            )
            if not right:
                raise SettingsError(
                    "The setting '{name}' must be a {kind}, got {value!r}.", name=entry.name, kind=kind, value=value
                )
            if entry.name in _RANGES:
                low, high = _RANGES[entry.name]
                if not low <= value <= high:
                    raise SettingsError(
                        "The setting '{name}' must be {low:g} to {high:g}, got {value!r}.",
                        name=entry.name,
                        low=low,
                        high=high,
                        value=value,
                    )


def _member(words: type[StrEnum], name: str, value: Any) -> StrEnum:
    try:
        return words(value)
    except ValueError:
        raise SettingsError("The setting '{name}' must be one of {known}.", name=name, known=", ".join(words)) from None


class LiveSettings:
    """The choices as they are now: set by the window's thread, read by any other. ``now`` is replaced as a whole."""

    def __init__(self, settings: Settings) -> None:
        self.now = settings


def load_settings(path: Path) -> tuple[Settings, str]:
    """The settings at ``path``, and a sentence about what was wrong with them, or ''.

    An unreadable file gives the defaults and is kept beside as ``.damaged``. Single bad or unknown entries fall
    back alone, so that one of a newer version does not cost a person the rest.
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
                "Settings", "The settings in {path} could not be read; the defaults are used.", path=path
            )
        return Settings(), Wording(
            "Settings",
            "The settings could not be read; the defaults are used. The old file is kept as {backup}.",
            backup=backup,
        )
    known = {entry.name for entry in fields(Settings)}
    good: dict[str, Any] = {}
    refused: list[str] = []
    for key, value in entries.items():
        if key not in known:
            continue
        try:
            Settings(**{key: value})
        except SettingsError:
            refused.append(key)
        else:
            good[key] = value
    if not refused:
        return Settings(**good), ""
    return Settings(**good), Wording(
        "Settings", "These settings were not usable and have their defaults: {names}.", names=", ".join(refused)
    )


def save_settings(settings: Settings, path: Path) -> None:
    """Writes whole or not at all, for their owner alone: an address among the recent sources may hold a password.

    Raises:
        SettingsError: the folder cannot be written.
    """
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        make_private_folder(path.parent)
        with suppress(FileNotFoundError):
            partial.unlink()  # of an earlier process of this number, killed as it wrote
        write_private(partial, (json.dumps(asdict(settings), indent=2) + "\n").encode())
        os.replace(partial, path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise SettingsError(
            "The settings cannot be saved in {path}: {reason}.", path=path, reason=reason_of(error)
        ) from error
