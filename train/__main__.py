"""``python -m train``: trains, measures and exports networks, and writes their cards.

Exit codes: 0 done; 1 ended early, what there is was kept; 2 bad input, one sentence on stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.printable import say
from realtime_fer.native_output import escape_unencodable, quiet_native_output
from train.commands import crops, datasets, distilling, exporting, fitting, live, measuring
from train.commands.command_line import Act, Parser
from train.fit.malloc_tunables import restart_with_malloc_tunables

#: In the order of ``--help``.
COMMAND_GROUPS = (datasets, fitting, distilling, exporting, measuring, live, crops)


def command_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: Act, summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(act=act)
        return added

    for group in COMMAND_GROUPS:
        group.add_parsers(command)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    arguments = command_parser().parse_args(words)
    try:
        return int(arguments.act(arguments))
    except RealtimeFerError as error:
        say(error.sentence(), error=True)
        return 2
    except BrokenPipeError:
        # Whoever read the output, such as head, has enough; Python must not complain while it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("Stopped.", error=True)
        return 1


if __name__ == "__main__":
    if sys.argv[1:2] in (["fit"], ["soft-targets"]):
        restart_with_malloc_tunables()
    # LiteRT and the converter print their progress on stderr, which belongs to sentences for people.
    escape_unencodable()
    quiet_native_output()
    sys.exit(main())
