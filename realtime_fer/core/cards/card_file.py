"""Reads files that anybody may have put into a weights folder: within bounds, and nothing but strict JSON."""

from __future__ import annotations

import json
import math
import os
import re
import reprlib
import shlex
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from realtime_fer.core.errors import ModelError, reason_of
from realtime_fer.core.system.bounded_files import NotOrdinaryError, open_regular
from realtime_fer.core.text.printable import escape_unprintable

#: Most levels of lists and objects in a card, characters of one text, and digits of a whole number.
MAX_DEPTH, MAX_TEXT, MAX_DIGITS = 20, 20_000, 18

#: JSON can name an unpaired surrogate, and UTF-8 cannot hold it.
_UNPAIRED_SURROGATE = re.compile("[\ud800-\udfff]")


def one_line(text: object, limit: int = 90) -> str:
    """A card's text as one short printable line, safe in a menu, a table and a terminal."""
    try:
        characters = str(text)[: 4 * limit]
    except RecursionError:
        characters = "…"
    printable = "".join(character if character.isprintable() else " " for character in characters)
    line = " ".join(printable.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


class Quoted:
    """Any value of a card, quoted in a sentence as one short line."""

    def __init__(self, value: object) -> None:
        self._line = one_line(reprlib.repr(value))

    def __repr__(self) -> str:
        return self._line


def printable_path(path: Path) -> str:
    """The path for a sentence: a file's name may hold line breaks and terminal control codes."""
    return escape_unprintable(str(path))


def check_command(path: Path) -> str:
    """The command that says more about a network and about what its card lacks."""
    return f"realtime-fer models --check {shlex.quote(printable_path(path))}"


def read_bounded(path: Path, most_bytes: int) -> bytes:
    """The whole file.

    Raises:
        ModelError: there is no file, it is larger, or it is a device or pipe, which might never end.
    """
    shown = printable_path(path)
    try:
        # Opening a device may already do something. open_regular checks again what it opened.
        if path.exists() and not path.is_file():
            raise _no_file(shown)
        with open_regular(path) as file:
            # A file may grow after its size was read.
            too_large = os.fstat(file.fileno()).st_size > most_bytes
            if not too_large and len(content := file.read(most_bytes + 1)) <= most_bytes:
                return content
    except NotOrdinaryError as error:
        raise _no_file(shown) from error
    except OSError as error:
        raise ModelError("'{path}' cannot be read: {reason}.", path=shown, reason=reason_of(error)) from error
    except ValueError as error:
        raise ModelError("{path!r} cannot be read: its name is impossible.", path=str(path)) from error
    raise ModelError("'{path}' is larger than {most_bytes} bytes.", path=shown, most_bytes=most_bytes)


def _no_file(shown: str) -> ModelError:
    return ModelError("'{path}' is not an ordinary file.", path=shown)


def parse_card(content: bytes) -> Any:
    """Parses JSON within the bounds above.

    Raises:
        ModelError: an entry occurs twice, a number is NaN or infinite, or a number, a text or the nesting is out of
            bounds. Its text is part of a sentence.
        ValueError: the content is not JSON.
    """
    try:
        card = json.loads(content.decode("utf-8"), object_pairs_hook=_object, parse_int=_whole)
    except RecursionError:
        _refuse_depth()
    _look_through(card)
    return card


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ModelError("the entry {key!r} occurs twice", key=Quoted(twice))
    return entries


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS + 1:
        raise ModelError("it contains a number of {count} digits", count=len(digits.lstrip("-")))
    return int(digits)


def _refuse_depth() -> NoReturn:
    raise ModelError("it is nested more than {depth} levels deep", depth=MAX_DEPTH)


def _look_through(card: Any) -> None:
    waiting = [(card, 0, "card")]
    while waiting:
        value, depth, name = waiting.pop()
        if depth > MAX_DEPTH:
            _refuse_depth()
        if isinstance(value, float):
            if not math.isfinite(value):
                raise ModelError("'{name}' must be a number, got {value!r}", name=one_line(name), value=value)
        elif isinstance(value, str):
            if len(value) > MAX_TEXT:
                raise ModelError(
                    "'{name}' must have at most {most} characters, got {count}",
                    name=one_line(name),
                    most=MAX_TEXT,
                    count=len(value),
                )
            if _UNPAIRED_SURROGATE.search(value):
                raise ModelError("'{name}' contains an unpaired surrogate, which no file can hold", name=one_line(name))
        elif isinstance(value, dict):
            waiting += [(key, depth + 1, name) for key in value]
            waiting += [(part, depth + 1, f"{name}.{key}"[:100].removeprefix("card.")) for key, part in value.items()]
        elif isinstance(value, list):
            waiting += [(part, depth + 1, name) for part in value]
