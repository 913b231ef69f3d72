"""How much each face of a frame looks like the expressions that a person taught the program."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

#: Begins the names of their columns in tables.
OWN_PREFIX = "own_"

_KEY = re.compile(OWN_PREFIX + "[a-z0-9_]{1,40}")


def is_own_key(word: str) -> bool:
    """Whether it can be the name of an own expression's column."""
    return _KEY.fullmatch(word) is not None


@dataclass(frozen=True)
class OwnValues:
    """Values of own expressions, beside those of the networks' classes and never among them.

    Attributes:
        names: what the person calls them, at most eight.
        slugs: the same for files: small letters, digits, underscores.
        sha256: of the file they are kept in.
        values: float32 (n, k), 0 to 1, smoothed over time, rows as the faces of the result; a row need not sum to 1.
            NaN where a face's points are not known or it is turned away.
    """

    names: tuple[str, ...]
    slugs: tuple[str, ...]
    sha256: str
    values: npt.NDArray[np.float32]

    def of_face(self, face: int) -> dict[str, float]:
        """Of one row, by the names of the columns; without what is not known."""
        values = zip(self.slugs, self.values[face].tolist(), strict=True)
        return {OWN_PREFIX + slug: value for slug, value in values if value == value}

    def select(self, rows: npt.NDArray[np.bool_]) -> OwnValues:
        """For these faces alone, bool (n,)."""
        return replace(self, values=self.values[rows])
