"""Text for a terminal: control characters in file names, arguments and errors are escaped.

Every command prints through ``say`` and ``say_json``; ruff forbids ``print`` elsewhere (T20). ``escape_unprintable``
serves what prints by itself, such as progress bars and the log.
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

#: A longer error line shows only this many characters of its beginning and its end.
_LONGEST_ERROR, _SHOWN_BEGINNING, _SHOWN_END = 1200, 700, 300

# They join letters of some scripts and parts of some emoji, and are harmless.
_JOINERS = "\u200c\u200d"

_KEPT_ON_PAGES = f"\n{_JOINERS}"

# Control and format characters, such as those that reverse the text direction, surrogates, line and paragraph breaks.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def escape_unprintable(text: str, keep: str = "") -> str:
    r"""Escapes each invisible character that has an effect: ``\x1b``, ``\n``, ``\u202e``.

    A byte of a file name that the system's encoding cannot decode becomes ``\xff``. Backslashes stay single, since
    paths on Windows are full of them.

    Args:
        keep: characters that stay, such as the line breaks of a text of several lines.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign in keep else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    if sign in _JOINERS or unicodedata.category(sign) not in _UNPRINTABLE:
        return sign
    number = ord(sign)
    if 0xDC80 <= number <= 0xDCFF:  # from os.fsdecode, for a byte that it cannot decode
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
    """Prints ``text`` on one line, whatever it contains.

    Args:
        error: print on stderr, and ignore it where that is closed or full.

    Raises:
        OSError: stdout is closed or its disk is full.
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
    """Prints a text of several lines on stdout, each as by ``say``."""
    for line in text.split("\n"):
        say(line)


def say_json(value: Any, *, flush: bool = False, **options: Any) -> None:
    """Prints ``value`` as JSON, in ASCII and on one line.

    Args:
        options: of ``json.dumps``.
    """
    # DEL is the one control character that JSON does not escape.
    print(json.dumps(value, **options).replace("\x7f", "\\u007f"), flush=flush)


class PrintableParser(argparse.ArgumentParser):
    """A parser whose messages are escaped; ``printable_error`` makes one line of an error."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(escape_unprintable(message, keep="\n"), file)


def printable_error(message: str) -> str:
    """Escapes argparse's message about a wrong argument, which it quotes, and hides secrets in addresses."""
    return _shortened(escape_unprintable(hide_addresses(message)))


def one_of(words: type[StrEnum]) -> dict[str, Any]:
    """What ``add_argument`` takes for an option that is one of ``words``."""

    def parse(text: str) -> str:
        try:
            return words(text)
        except ValueError:
            return text  # argparse refuses it and lists the choices

    return {"type": parse, "choices": [word.value for word in words]}


def counted(number: int, what: str) -> str:
    """A number and what it counts, whose plural ends in s.

    >>> counted(1, "frame"), counted(2, "frame")
    ('1 frame', '2 frames')
    """
    return f"1 {what}" if number == 1 else f"{number} {what}s"
