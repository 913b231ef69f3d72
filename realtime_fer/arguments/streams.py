"""The commands that serve other programs while they run: live and serve."""

from __future__ import annotations

from realtime_fer.arguments.values import AddCommand, add_own_expressions, add_settings, number, whole_number
from realtime_fer.core.request import request_of
from realtime_fer.core.settings.setting import LIVE, SERVE


def add_live(add_command: AddCommand) -> None:
    """``realtime-fer live``"""
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
    live.add_argument("--seconds", type=number(0.1, 86400), help="stop this long after the first frame")
    live.add_argument(
        "--resting-face",
        metavar="FILE",
        help="a resting face that the window saved, for whoever is alone in view; of several sources, in the first",
    )
    add_own_expressions(live)
    live.add_argument(
        "--trigger",
        metavar="FILE",
        help="what happens when an expression is held: a JSON file of triggers (docs/triggers.md)",
    )
    live.add_argument("--run-commands", action="store_true", help="with --trigger: its commands may run")
    live.add_argument("--mirror", action="store_true", help="flip frames left to right")
    add_settings(live, LIVE)


def add_serve(add_command: AddCommand) -> None:
    """``realtime-fer serve``"""
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
    serve.add_argument("--port", type=whole_number(0, 65535), default=5000, help="0 for a free one (default: 5000)")
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
        type=whole_number(0, 64),
        default=0,
        help="pictures read at the same time (default: one a processor, 4 at most)",
    )
    add_settings(serve, SERVE)
