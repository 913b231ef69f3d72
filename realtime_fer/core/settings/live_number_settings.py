"""Settings: which numbers go to other programs, and how."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.enums import OscScheme
from realtime_fer.core.settings.sections import OTHERS
from realtime_fer.core.settings.setting import LIVE, WINDOW, Choice, setting


@dataclass(frozen=True)
class LiveNumberSettings:
    """Which numbers go to other programs, and how.

    Attributes:
        live_pages: origins, separated by spaces.
        live_osc: 'HOST:PORT' or ''.
        live_lsl_markers: name of an LSL stream, or ''.
    """

    live_websocket: bool = setting(
        False,
        "Send numbers to pro&grams on this computer",
        help="WebSocket, server-sent events and a page for OBS. Other computers cannot reach them.",
        section=OTHERS,
        option="--websocket",
        commands=(WINDOW, LIVE),
        option_help="send numbers by WebSocket, server-sent events and a page for OBS, on this computer alone; the "
        "port is 8771, or the next free one",
    )
    live_port: int = setting(8771, "&Port", limits=(1024, 65535), section=OTHERS, at_once=False)
    live_view: bool = setting(
        False,
        "Also send the p&icture",
        help="At /view, with the overlay; hidden faces stay hidden",
        section=OTHERS,
        option="--view",
        commands=(WINDOW, LIVE),
        option_help="with --websocket: send the picture too, at /view",
    )
    live_pages: str = setting(
        "",
        "Allowed &web pages",
        help="Origins of web pages that may read the numbers, such as http://localhost:3000; others are refused",
        section=OTHERS,
        at_once=False,
        option="--pages",
        commands=(WINDOW, LIVE),
        option_help="with --websocket: origins of web pages that may read, separated by spaces",
    )
    live_commands: bool = setting(
        False,
        "Accept &commands with a token",
        help="Programs that send the token shown below may record, set markers, take snapshots and change the model",
        section=OTHERS,
        option="--commands",
        commands=(LIVE,),
        option_help="with --websocket: programs that send the token, which is printed at the start, may record, "
        "set markers, take snapshots and change the model",
    )
    live_osc: str = setting(
        "",
        "Send &OSC to",
        help="Address and port, such as 127.0.0.1:9000; empty for none",
        section=OTHERS,
        at_once=False,
        option="--osc",
        commands=(WINDOW, LIVE),
        option_help="send numbers as OSC to HOST:PORT, such as 127.0.0.1:9000; '' for none",
    )
    live_osc_scheme: OscScheme = setting(
        OscScheme.FER,
        "OSC a&ddresses",
        choices=(
            Choice(OscScheme.FER, "Realtime FER (/fer/1/happy)"),
            Choice(OscScheme.VMC, "VMC (blend shapes)"),
            Choice(OscScheme.VRCHAT, "VRChat (avatar parameters)"),
            Choice(OscScheme.FACEOSC, "FaceOSC"),
        ),
        section=OTHERS,
        option="--osc-scheme",
        commands=(WINDOW, LIVE),
        option_help="addresses of the OSC messages",
    )
    live_lsl: bool = setting(
        False,
        "&LSL streams",
        help="Lab Streaming Layer: a stream for each of four people and one for markers, for a recorder such as "
        "LabRecorder. On this computer only",
        section=OTHERS,
        option="--lsl",
        commands=(WINDOW, LIVE),
        option_help="send numbers as LSL streams, on this computer alone",
    )
    live_lsl_network: bool = setting(
        False,
        "LSL on the &network too",
        help="Every computer on the network can then find and read the streams, without a password",
        section=OTHERS,
        at_once=False,
        option="--lsl-network",
        commands=(WINDOW, LIVE),
        option_help="with --lsl: every computer on the network can find and read the streams",
    )
    live_lsl_markers: str = setting(
        "",
        "&Markers from LSL",
        help="Name of another program's stream of type Markers; each of its markers is set here too. Empty for none",
        section=OTHERS,
        at_once=False,
        option="--lsl-markers",
        commands=(WINDOW, LIVE),
        option_help="with --lsl: take the markers of the stream with this name, whose type is Markers",
    )
