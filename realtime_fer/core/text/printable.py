"""Text for a terminal: what stands in names of files, arguments and errors neither moves the cursor nor turns words.

Every command prints through ``say`` and ``say_json``, which ruff checks (T20); ``escape_unprintable`` alone is for what
prints by itself, such as progress bars and the log.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from contextlib import suppress
from enum import StrEnum
from typing import Any

from realtime_fer.core.text.addresses import hide_addresses

#: A line of an error shows this many signs of its beginning and its end: what it quotes may be of any length.
_LONGEST_ERROR, _SHOWN_BEGINNING, _SHOWN_END = 1200, 700, 300

# They join the letters of some scripts and the parts of some emoji, and turn nothing.
_JOINERS = "\u200c\u200d"

_KEPT_ON_PAGES = f"\n{_JOINERS}"

# Control signs, signs of format such as those that turn the direction, halves of pairs, breaks of line and paragraph.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def escape_unprintable(text: str, keep: str = "") -> str:
    r"""``text`` with each sign that is not seen, but does something, written out: ``\x1b``, ``\n``, ``\u202e``.

    A byte of a file's name that is no letter in the system's encoding is written as the byte it is: ``\xff``. A
    backslash stays one, as paths on Windows are full of them.

    Args:
        keep: signs that stay as they are, such as the line breaks of a text of several lines.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign in keep else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    if sign in _JOINERS or unicodedata.category(sign) not in _UNPRINTABLE:
        return sign
    number = ord(sign)
    if 0xDC80 <= number <= 0xDCFF:  # what os.fsdecode makes of a byte that it cannot read
        return f"\\x{number - 0xDC00:02x}"
    return sign.encode("unicode_escape").decode("ascii")


def printable_text(value: object, longest: int | None = None) -> str:
    """A text for a page or a label: a blank for each sign that steers a display (controls, halves of pairs, changes of
    direction). Line breaks and the two joiners that some scripts are written with stay.

    Args:
        longest: a longer text is cut, and ends in '…'.
    """
    try:
        text = str(value)
    except (RecursionError, ValueError):
        text = "…"
    if longest is not None and len(text) > longest:
        text = f"{text[: longest - 1]}…"
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in _KEPT_ON_PAGES else " " for sign in text)


def say(text: object = "", *, error: bool = False, end: str = "\n", flush: bool = False) -> None:
    """Prints one line; whatever the text holds, it stays one line.

    Args:
        error: on stderr, or nowhere where that is closed or full.

    Raises:
        OSError: stdout is full, or whoever reads it has gone.
    """
    line = escape_unprintable(str(text))
    if not error:
        print(line, end=end, flush=flush)
    elif sys.stderr is not None:
        line = _shortened(line)
        with suppress(OSError, ValueError):
            print(line, end=end, file=sys.stderr, flush=True)


def _shortened(line: str) -> str:
    if len(line) <= _LONGEST_ERROR:
        return line
    return f"{line[:_SHOWN_BEGINNING]} … {line[-_SHOWN_END:]}"


def say_lines(text: str) -> None:
    """Prints a text of several lines on stdout, such as a table; each line as of ``say``."""
    for line in text.split("\n"):
        say(line)


def say_json(value: Any, **options: Any) -> None:
    """Prints plain JSON in ASCII, on one line.

    Args:
        options: of ``json.dumps``.
    """
    # The one control sign that JSON lets pass.
    print(json.dumps(value, **options).replace("\x7f", "\\u007f"))


class PrintableParser(argparse.ArgumentParser):
    """Whatever it prints has its signs escaped; ``printable_error`` makes one line of an error."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(escape_unprintable(message, keep="\n"), file)


def printable_error(message: str) -> str:
    """What argparse says of a wrong argument, which it quotes: on one line, without what an address may hide."""
    return _shortened(escape_unprintable(hide_addresses(message)))


def one_of(words: type[StrEnum]) -> dict[str, Any]:
    """What ``add_argument`` takes for an option that is one of ``words``."""

    def parse(text: str) -> str:
        try:
            return words(text)
        except ValueError:
            return text  # argparse refuses it and lists the choices

    return {"type": parse, "choices": [word.value for word in words]}
