"""A person's resting face as a file of their own: numbers alone, and no picture."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import RestingFaceError, reason_of
from realtime_fer.core.face_features.movements import MOVEMENT_KEYS
from realtime_fer.core.system.bounded_files import read_regular

#: What the file is, and of which version; a later version is refused.
FORMAT, VERSION = "realtime-fer resting face", 1

#: Of the files' names.
SUFFIX = ".resting-face.json"

LONGEST_NAME = 60

_MOST_BYTES = 20_000
_MOST_CLASSES = 32


@dataclass(frozen=True)
class RestingFace:
    """What a model and the points of a face make of one person at rest.

    Attributes:
        name: as the person called it.
        model, model_sha256: of the model that read the face; the numbers hold for it alone.
        class_names: its classes.
        mean_logs: means of the logarithms of its probabilities, one a class, 0 or less.
        measures: of the points, one for each of ``MOVEMENT_KEYS``; empty where they were not known.
        made: when, as an ISO date.
    """

    name: str
    model: str
    model_sha256: str
    class_names: tuple[str, ...]
    mean_logs: tuple[float, ...]
    measures: tuple[float, ...] = ()
    made: str = ""

    def as_json(self) -> bytes:
        told = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def read_resting_face(path: Path) -> RestingFace:
    """Reads and checks a file.

    Raises:
        RestingFaceError: it cannot be read, or is no such file.
    """
    try:
        content = read_regular(path, _MOST_BYTES)
    except (OSError, ValueError) as error:
        raise RestingFaceError("'{path}' cannot be read: {reason}.", path=path.name, reason=reason_of(error)) from error
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise RestingFaceError("'{path}' is not a resting face.", path=path.name)
    version = told.get("version")
    if version != VERSION or isinstance(version, bool):
        raise RestingFaceError(
            "'{path}' was written by a later version of the program.", "Install that version.", path=path.name
        )
    face = _checked(told)
    if face is None:
        raise RestingFaceError("'{path}' is damaged: its numbers are not those of a resting face.", path=path.name)
    return face


def _checked(told: dict[str, Any]) -> RestingFace | None:
    texts = [told.get(key) for key in ("name", "model", "model_sha256", "made")]
    classes, logs, measures = told.get("class_names"), told.get("mean_logs"), told.get("measures")
    if not all(isinstance(text, str) and len(text) <= 200 for text in texts):
        return None
    if not isinstance(classes, list) or not 2 <= len(classes) <= _MOST_CLASSES:
        return None
    if not all(isinstance(one, str) for one in classes) or len(set(classes)) != len(classes):
        return None
    mean_logs, own = _numbers(logs), _numbers(measures)
    if len(mean_logs) != len(classes) or max(mean_logs) > 1e-6 or min(mean_logs) < -100:
        return None
    if len(own) not in (0, len(MOVEMENT_KEYS)) or (measures and not own):
        return None
    name, model, digest, made = (one_line_name(str(text), 200) for text in texts)
    return RestingFace(name, model, digest, tuple(classes), mean_logs, own, made)


def _numbers(values: Any) -> tuple[float, ...]:
    """Finite ones; empty where it is no list of such."""
    if not isinstance(values, list) or not all(type(one) in (int, float) and abs(one) < 1e6 for one in values):
        return ()
    return tuple(map(float, values))


def one_line_name(text: str, most: int = LONGEST_NAME) -> str:
    """On one line, without what would steer a terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most].strip()


def file_name_of(name: str) -> str:
    """A file's name for a person's name; '' where none is left of it."""
    stem = re.sub(r"[^\w. -]", "", one_line_name(name)).strip(". ")
    return f"{stem}{SUFFIX}" if stem else ""
