"""Names of splits, and a split by hash for data sets without one."""

from __future__ import annotations

import hashlib
from typing import Literal

from train.data.labelled_faces import DatasetError

Split = Literal["training", "validation", "test"]

#: Share that validates where a data set has no splits.
VALIDATION_SHARE = 0.2

_WORDS: dict[str, Split] = {
    "training": "training",
    "train": "training",
    "publictest": "validation",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "privatetest": "test",
    "testing": "test",
    "test": "test",
}


def split_named(word: str) -> Split:
    """The split that ``word`` names, in upper or lower case.

    Raises:
        DatasetError: no split has that name.
    """
    try:
        return _WORDS[word.strip().lower()]
    except KeyError:
        raise DatasetError(
            f"'{word}' is not a split; known are Training (train), PublicTest (validation) and PrivateTest (test)."
        ) from None


def same_split(word: str, other: str) -> bool:
    """Whether both words name one split, such as 'valid' and 'PublicTest', or are the same unknown word."""
    first, second = (_WORDS.get(name, name) for name in (word.strip().lower(), other.strip().lower()))
    return first == second


def is_split(word: str) -> bool:
    return word.strip().lower() in _WORDS


def split_by_name(name: str, validation: float = VALIDATION_SHARE) -> Split:
    """Training or validation by a hash of the name: the same on every machine and with any other files.

    Args:
        validation: share that validates, 0 to 1.
    """
    number = int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[:8], "big")
    return "validation" if number < validation * 2**64 else "training"


def fold_of(person: str, folds: int) -> int:
    """The fold of a person, 0 to ``folds - 1``, by a hash of the name: the same on every machine."""
    return int.from_bytes(hashlib.sha256(person.encode()).digest()[:8], "big") % folds
