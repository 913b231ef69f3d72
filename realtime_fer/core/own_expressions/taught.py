"""The expressions that a person taught the program, with the samples they are learned from, and their file.

The file holds numbers of a face, no picture: distances between its points and a network's probabilities. What is
learned from them is made anew each time the file is read, so that a file can hold nothing that runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import OwnExpressionsError
from realtime_fer.core.expressions import is_expression
from realtime_fer.core.face_features.movements import MEASURE_KEYS
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.system.private_files import make_private
from realtime_fer.core.text.translation import Wording, join_sentences

VERSION = 1
KIND = "realtime-fer own expressions"

#: Own expressions at most, characters of a name, samples of one, and bytes of the file.
MOST_EXPRESSIONS = 8
LONGEST_NAME = 24
MOST_SAMPLES = 120
LEAST_SAMPLES = 25
_MAX_BYTES = 2_000_000
_MOST_CLASSES = 16
_DIGITS = 4

#: Values beyond it are no measures of a face.
_LARGEST_MEASURE = 20.0


@dataclass(frozen=True)
class Network:
    """The network whose probabilities are among the samples. Of another network they mean something else."""

    sha256: str = ""
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Samples:
    """What was seen of one face while it held one expression.

    Attributes:
        times_s: float64 (n,), rising, from 0.
        measures: float32 (n, 18), as ``Faces.measures``, never mirrored.
        probabilities: float32 (n, C), raw, of ``network``; C = 0 without one.

    Raises:
        ValueError: shapes do not agree, or a value is no number.
    """

    times_s: npt.NDArray[np.float64]
    measures: npt.NDArray[np.float32]
    probabilities: npt.NDArray[np.float32]
    network: Network = Network()

    def __post_init__(self) -> None:
        n, columns = len(self.times_s), len(MEASURE_KEYS)
        shapes = self.times_s.shape, self.measures.shape, self.probabilities.shape
        if shapes != ((n,), (n, columns), (n, len(self.network.class_names))):
            raise ValueError(f"{n} samples must have {columns} measures each, got {shapes}")
        if not all(np.isfinite(values).all() for values in (self.times_s, self.measures, self.probabilities)):
            raise ValueError("a sample is no number")

    def __len__(self) -> int:
        return len(self.times_s)


@dataclass(frozen=True, eq=False)
class OwnExpressions:
    """A person's neutral face and own expressions. Each edit gives a new object.

    Attributes:
        neutral: None before it was taken.
        expressions: by name, in the order in which they were taught.
    """

    neutral: Samples | None = None
    expressions: tuple[tuple[str, Samples], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.expressions)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Of each name, for files: small letters, digits and underscores, never two alike."""
        taken: list[str] = []
        for name in self.names:
            slug, number = slug_of(name), 2
            while slug in taken:
                slug, number = f"{slug_of(name)}_{number}", number + 1
            taken.append(slug)
        return tuple(taken)

    @cached_property
    def sha256(self) -> str:
        """Of the file that ``as_json`` makes."""
        return hashlib.sha256(self.as_json()).hexdigest()

    # Edits

    def with_neutral(self, samples: Samples) -> OwnExpressions:
        return replace(self, neutral=samples)

    def with_taught(self, name: str, samples: Samples) -> OwnExpressions:
        """With another expression; one of the same name is replaced.

        Raises:
            OwnExpressionsError: there are too many, or the name cannot be used.
        """
        if name in self.names:
            kept = tuple((known, samples if known == name else old) for known, old in self.expressions)
            return replace(self, expressions=kept)
        name = self.checked_name(name)
        self.refuse_full()
        return replace(self, expressions=(*self.expressions, (name, samples)))

    def renamed(self, name: str, new_name: str) -> OwnExpressions:
        """Raises OwnExpressionsError: the new name cannot be used."""
        others = replace(self, expressions=tuple(entry for entry in self.expressions if entry[0] != name))
        new_name = others.checked_name(new_name)
        return replace(
            self, expressions=tuple((new_name if own == name else own, taken) for own, taken in self.expressions)
        )

    def without(self, name: str) -> OwnExpressions:
        return replace(self, expressions=tuple(entry for entry in self.expressions if entry[0] != name))

    def refuse_full(self) -> None:
        """Raises OwnExpressionsError: no other one has room."""
        if len(self.expressions) >= MOST_EXPRESSIONS:
            raise OwnExpressionsError(
                "You can teach at most {count} expressions: delete one first.",
                count=MOST_EXPRESSIONS,
            )

    def checked_name(self, name: str) -> str:
        """The name as it is kept.

        Raises:
            OwnExpressionsError: it is empty, too long, taken, or that of an expression that the networks know.
        """
        cleaned = clean_name(name)
        if not cleaned:
            raise OwnExpressionsError("Give the expression a name.")
        if len(cleaned) > LONGEST_NAME:
            raise OwnExpressionsError("The name is too long: {most} characters at most.", most=LONGEST_NAME)
        if is_expression(cleaned.casefold()):
            raise OwnExpressionsError(
                "The networks already have an expression '{name}': choose another name.", name=cleaned
            )
        if cleaned.casefold() in (known.casefold() for known in self.names):
            raise OwnExpressionsError("There is an own expression '{name}' already.", name=cleaned)
        return cleaned

    # The file

    def as_json(self) -> bytes:
        entries = {
            "kind": KIND,
            "version": VERSION,
            "measures": list(MEASURE_KEYS),
            "neutral": None if self.neutral is None else _entry(self.neutral),
            "expressions": [{"name": name, **_entry(samples)} for name, samples in self.expressions],
        }
        return (json.dumps(entries, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n").encode()


def clean_name(name: str) -> str:
    """Without line breaks, control characters and spaces at the ends."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())


def slug_of(name: str) -> str:
    """'Näive smile!' -> 'naive_smile'; 'expression' where no letter is left."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME] or "expression"


def read_own_expressions(path: Path) -> OwnExpressions:
    """The expressions in a file.

    Raises:
        OwnExpressionsError: it is missing, cannot be read, is too large, or is not what this program writes.
    """
    try:
        content = read_regular(path, _MAX_BYTES)
    except FileNotFoundError as error:
        raise OwnExpressionsError("'{path}' does not exist.", path=path) from error
    except (OSError, ValueError) as error:
        raise OwnExpressionsError("The own expressions in '{path}' cannot be read.", path=path) from error
    try:
        entries = json.loads(content)
        version = entries["version"] if entries["kind"] == KIND else None
        if isinstance(version, int) and version > VERSION:
            raise OwnExpressionsError(
                "'{path}' was written by a newer version of Realtime FER, and this one cannot read it.", path=path
            )
        if version != VERSION or entries["measures"] != list(MEASURE_KEYS):
            raise ValueError("another kind of file")
        return _from_json(entries)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise OwnExpressionsError("'{path}' does not hold own expressions of Realtime FER.", path=path) from error


def read_kept_expressions(path: Path) -> tuple[OwnExpressions, str]:
    """The expressions in the person's own file, with a sentence on what was wrong, or ''. None is there at first.

    A file that cannot be used is kept as ``.damaged``, so that nothing is lost when the next one is written.
    """
    if not path.exists():
        return OwnExpressions(), ""
    try:
        return read_own_expressions(path), ""
    except OwnExpressionsError as error:
        backup = path.with_suffix(".damaged")
        try:
            os.replace(path, backup)
            make_private(backup)
        except OSError:
            return OwnExpressions(), error.wording
        kept = Wording("OwnExpressions", "The file is kept as {backup}.", backup=backup)
        return OwnExpressions(), join_sentences(error.wording, kept)


def _entry(samples: Samples) -> dict[str, Any]:
    return {
        "network_sha256": samples.network.sha256,
        "class_names": list(samples.network.class_names),
        "times_s": np.round(samples.times_s, 3).tolist(),
        "measures": np.round(samples.measures.astype(np.float64), _DIGITS).tolist(),
        "probabilities": np.round(samples.probabilities.astype(np.float64), _DIGITS).tolist(),
    }


def _from_json(entries: Any) -> OwnExpressions:
    neutral = entries["neutral"]
    taught = OwnExpressions(None if neutral is None else _samples(neutral))
    if not isinstance(entries["expressions"], list) or (entries["expressions"] and neutral is None):
        raise ValueError("no list, or no neutral face")
    for entry in entries["expressions"]:
        if not isinstance(entry["name"], str) or entry["name"] in taught.names:
            raise ValueError("no name of its own")
        try:
            taught = taught.with_taught(entry["name"], _samples(entry))
        except OwnExpressionsError as error:
            raise ValueError("a name that cannot be used, or too many") from error
    return taught


def _samples(entry: Any) -> Samples:
    names = entry["class_names"]
    sha256 = entry["network_sha256"]
    if not isinstance(names, list) or len(names) > _MOST_CLASSES or not all(map(is_expression, names)):
        raise ValueError("no classes of a network")
    if not isinstance(sha256, str) or len(sha256) > 64:
        raise ValueError("no network")
    times = _numbers(entry["times_s"], None, (0.0, 3600.0)).astype(np.float64)
    if not LEAST_SAMPLES <= len(times) <= MOST_SAMPLES or (np.diff(times) < 0).any():
        raise ValueError("too few or too many samples, or in no order")
    measures = _numbers(entry["measures"], len(MEASURE_KEYS), (-_LARGEST_MEASURE, _LARGEST_MEASURE))
    probabilities = _numbers(entry["probabilities"], len(names), (0.0, 1.0))
    return Samples(times, measures, probabilities, Network(sha256, tuple(names)))


def _numbers(value: Any, columns: int | None, limits: tuple[float, float]) -> npt.NDArray[np.float32]:
    """float32 (n,), or (n, columns), of a list of JSON that holds nothing but numbers within the limits."""
    if not isinstance(value, list) or len(value) > MOST_SAMPLES:
        raise ValueError("no list of samples")
    rows = value if columns is not None else [value]
    if columns is not None and not all(isinstance(row, list) and len(row) == columns for row in rows):
        raise ValueError("rows of another length")
    low, high = limits
    for row in rows:
        for number in row:
            if isinstance(number, bool) or not isinstance(number, (int, float)) or not low <= number <= high:
                raise ValueError("no number, or a wild one")
    numbers = np.array(value, np.float64)
    return (numbers.reshape(len(value), columns) if columns is not None else numbers).astype(np.float32)
