"""What other programs on this computer may get and ask for while the program runs, as the window knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from realtime_fer.core.enums import OscScheme
from realtime_fer.core.settings import Settings

#: What a program may ask for with the token, and the one text that it may give along.
COMMANDS: Mapping[str, str] = {
    "start_recording": "",
    "stop_recording": "",
    "marker": "text",
    "snapshot": "",
    "model": "model",
}


@dataclass(frozen=True)
class LiveChoice:
    """Which outlets are on. Names and defaults are those of ``Settings``, less their beginning.

    Attributes:
        websocket: the server on loopback: WebSocket, server-sent events, the page for OBS.
        port: where the server is, or above it where that is taken.
        view: it gives the picture, too.
        pages: origins of web pages that may read it, such as 'http://localhost:3000'.
        commands: whoever has the token may record, mark, take snapshots and change the model.
        osc: 'HOST:PORT' that OSC goes to; '' for none.
        osc_scheme: the addresses of its messages.
        lsl: streams of the Lab Streaming Layer, on this computer.
        lsl_network: other computers can read them too.
        lsl_markers: name of another program's LSL stream whose markers are taken; '' for none.
    """

    websocket: bool = False
    port: int = Settings.live_port
    view: bool = False
    pages: tuple[str, ...] = ()
    commands: bool = False
    osc: str = ""
    osc_scheme: OscScheme = OscScheme.FER
    lsl: bool = False
    lsl_network: bool = False
    lsl_markers: str = ""

    @classmethod
    def of(cls, settings: Settings) -> LiveChoice:
        return cls(
            settings.live_websocket,
            settings.live_port,
            settings.live_view,
            tuple(settings.live_pages.split()),
            settings.live_commands,
            settings.live_osc.strip(),
            settings.live_osc_scheme,
            settings.live_lsl,
            settings.live_lsl_network,
            settings.live_lsl_markers.strip(),
        )


@dataclass(frozen=True)
class LiveClient:
    """One program that is connected. ``kind`` is 'WebSocket', 'events', 'picture' or 'LSL'; ``dropped`` counts frames.

    LSL does not tell who reads: ``address`` is the name of a stream that somebody reads.
    """

    kind: str
    address: str
    dropped: int


@dataclass(frozen=True)
class LiveState:
    """What runs at this moment.

    Attributes:
        address: of the server, such as 'http://127.0.0.1:8771'; '' where none runs.
        osc: where OSC goes, or ''.
        lsl: LSL's streams are there.
        lsl_network: other computers can read them.
        lsl_ports_open: other computers do not find them, but could read them if they knew this one's address.
        lsl_markers: the LSL stream whose markers come in at this moment, or ''.
        lsl_found: names of the streams of markers that could be chosen.
        lsl_lacks_own: an own expression has no channel, since it was taught after the streams began.
        token: that commands need; '' where none are taken.
        problem: why an outlet does not run, or ''.
    """

    address: str = ""
    osc: str = ""
    clients: tuple[LiveClient, ...] = ()
    token: str = ""
    problem: str = ""
    lsl: bool = False
    lsl_network: bool = False
    lsl_ports_open: bool = False
    lsl_markers: str = ""
    lsl_found: tuple[str, ...] = ()
    lsl_lacks_own: bool = False

    @property
    def is_on(self) -> bool:
        """Whether numbers leave the program, or can at any moment."""
        return bool(self.address or self.osc or self.lsl)

    @property
    def reaches_others(self) -> bool:
        """Whether numbers can leave this computer."""
        host = self.osc.rpartition(":")[0].strip("[]")
        return self.lsl_network or (bool(host) and not (host in ("localhost", "::1") or host.startswith("127.")))


#: Takes a command of ``COMMANDS`` and its text. Called in the server's thread; returns at once.
RunCommand = Callable[[str, str], None]

#: Takes a marker of another program, and the capture time of its frame. Called in a thread of LSL's; returns at once.
TakeMarker = Callable[[str, float], None]


class LiveOutlets(Protocol):
    """Switches outlets on and off. Called from one thread; returns at once, except for ``stop``."""

    def set_commands(self, run: RunCommand, take_marker: TakeMarker) -> None:
        """What runs commands and takes markers; before the first ``apply``."""

    def apply(self, choice: LiveChoice) -> None: ...

    def state(self) -> LiveState: ...

    def stop(self) -> None:
        """Ends all threads. May be called twice."""
