"""How tables and folders call a class: by a word, or by a number of their data set."""

from __future__ import annotations

import re
from collections.abc import Sequence

from realtime_fer.core.expressions import expression_named, is_expression

#: Spreadsheets and pandas write 3 as 3.0.
_WHOLE = re.compile(r"(\d{1,9})(?:\.0*)?")

_LEADING_NUMBER = re.compile(r"^\d+[\s_.-]*(?=[^\W\d_])")


def whole_number(text: str) -> int | None:
    """3 for "3" and "3.0"; None for anything else."""
    match = _WHOLE.fullmatch(text.strip())
    return int(match[1]) if match else None


def class_key(text: str, numbering: Sequence[str]) -> str | None:
    """The expression that ``text`` means, or None.

    Args:
        text: a word in upper or lower case, or a number.
        numbering: the expressions by the data set's numbers, from 0; empty where numbers mean nothing.
    """
    if is_expression(text):
        return expression_named(text).key
    number = whole_number(text)
    return numbering[number] if number is not None and number < len(numbering) else None


def folder_key(name: str) -> str | None:
    """The expression of a folder such as ``happy``, ``Happiness``, ``0_angry`` or ``1-disgust``, or None."""
    return class_key(_LEADING_NUMBER.sub("", name.strip()), ())
