"""The arguments of the command line: what may be asked for, with ranges and defaults."""

from __future__ import annotations

import argparse

from realtime_fer import __version__
from realtime_fer.arguments.machine import add_bench, add_models_and_tools
from realtime_fer.arguments.recordings import add_recordings, add_summary
from realtime_fer.arguments.streams import add_live, add_serve
from realtime_fer.arguments.values import add_settings
from realtime_fer.arguments.videos import add_annotate, add_probe
from realtime_fer.core.settings.setting import WINDOW
from realtime_fer.core.text.printable import PrintableParser, printable_error

#: Of a command line that is refused.
EXIT_REFUSED = 2


class _Parser(PrintableParser):
    """argparse prints its whole usage before an error; one sentence is enough."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(EXIT_REFUSED, f"{self.prog}: {printable_error(message)}. See {self.prog} --help.\n")


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="realtime-fer",
        description="Shows the visible facial expression over every face, live. Nothing leaves this computer.",
        epilog="Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"realtime-fer {__version__}")
    window = parser.add_argument_group("the window")
    add_settings(window, WINDOW)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="", parser_class=_Parser)

    def add_command(name: str, purpose: str, epilog: str | None = None) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.", epilog=epilog)

    # In the order of the help.
    for add in (
        add_annotate,
        add_probe,
        add_live,
        add_recordings,
        add_summary,
        add_bench,
        add_serve,
        add_models_and_tools,
    ):
        add(add_command)
    return parser
