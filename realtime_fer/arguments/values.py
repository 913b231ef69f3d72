"""What an option may be: numbers in a range, sizes, and settings of the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from realtime_fer.core.request import request_of
from realtime_fer.core.settings.setting import LIVE, WINDOW, Setting
from realtime_fer.core.settings.table import TABLE, options_of
from realtime_fer.core.text.printable import one_of

#: Adds a command: its name, what it does, and an example or a note.
AddCommand = Callable[..., argparse.ArgumentParser]


def size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"'{text}' is not a size such as 1280x720")
    size = (int(width), int(height))
    most = TABLE["width"].limits[1], TABLE["height"].limits[1]
    if not (64 <= size[0] <= most[0] and 64 <= size[1] <= most[1]):
        raise argparse.ArgumentTypeError(f"'{text}' is not between 64x64 and {most[0]:g}x{most[1]:g}")
    return size


def whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not between {low} and {high}")
        return value

    return parse


def number(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value:g} is not between {low:g} and {high:g}")
        return value

    return parse


def add_settings(parser: argparse._ActionsContainer, command: str) -> None:
    """Adds the settings that are options of ``command``, with their defaults; those of the window default to None."""
    for declared in options_of(command):
        default = None if command == WINDOW or declared.name == "detector" else declared.default
        told = "" if default in (None, "", False) else f" (default: {default})"
        # Where all are settings, they have the settings' names.
        named: dict[str, Any] = {"dest": declared.name} if command in (WINDOW, LIVE) else {}
        parser.add_argument(
            declared.option,
            default=default,
            help=declared.option_help + told,
            **named,
            **_values_of(declared),
        )


def add_own_expressions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--own-expressions",
        nargs="?",
        const="",
        metavar="FILE",
        help="judge faces by the expressions that you taught in the window, or those of a file that it exported: "
        "columns own_... of the table and an object 'own' of each face in JSON",
    )


def _values_of(declared: Setting) -> dict[str, Any]:
    """What ``add_argument`` takes for the kind and the limits of a setting."""
    if declared.name == "source":
        return {"type": request_of}
    if declared.name == "live_websocket":
        # An option with a port where the window has a switch and a port.
        low, high = map(int, TABLE["live_port"].limits)
        return {"type": whole_number(low, high), "nargs": "?", "const": TABLE["live_port"].default, "metavar": "PORT"}
    if declared.kind is bool:
        return {"action": argparse.BooleanOptionalAction}
    if issubclass(declared.kind, StrEnum):
        return one_of(declared.kind)
    if declared.kind is int:
        return {"type": whole_number(*map(int, declared.limits))}
    if declared.kind is float:
        return {"type": number(*declared.limits)}
    return {}
