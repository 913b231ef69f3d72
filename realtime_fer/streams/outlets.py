"""The outlets that a person switched on: the server on loopback, OSC, LSL."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from realtime_fer.core.errors import StreamError
from realtime_fer.core.live import LiveChoice, LiveState, RunCommand, TakeMarker
from realtime_fer.core.text.translation import join_sentences
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.lsl.sender import LslPlace, LslSender
from realtime_fer.streams.osc import OscSender
from realtime_fer.streams.server import LiveServer, MakePicture


class Outlets:
    """``core.live.LiveOutlets``, on a hub. Called from one thread.

    Args:
        make_picture: gives what draws and encodes one stream of frames.
        run: takes the commands of other programs; None where there are none.
        take_marker: takes the markers of other programs' LSL streams.
        take_lsl_place: as of :class:`LslSender`.
        own: gives the slugs of the own expressions that LSL's streams have channels for, when they begin.
    """

    def __init__(
        self,
        hub: LiveHub,
        make_picture: Callable[[], MakePicture],
        run: RunCommand | None = None,
        take_marker: TakeMarker = lambda text, at_s: None,
        take_lsl_place: Callable[[], LslPlace] = LslPlace,
        own: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._hub, self._make_picture, self._run, self._take_marker = hub, make_picture, run, take_marker
        self._take_lsl_place, self._own = take_lsl_place, own
        self._choice = LiveChoice()
        self._server: LiveServer | None = None
        self._osc: OscSender | None = None
        self._osc_problem = ""
        self._lsl: LslSender | None = None

    def set_commands(self, run: RunCommand, take_marker: TakeMarker) -> None:
        """For a window that is made later than its outlets; before the first ``apply``."""
        self._run, self._take_marker = run, take_marker

    def apply(self, choice: LiveChoice) -> None:
        """Starts, stops or replaces what ``choice`` changes."""
        before, self._choice = self._choice, choice
        if _of_server(before) != _of_server(choice):
            self._stop_server()
            if choice.websocket:
                self._server = LiveServer(
                    self._hub,
                    choice.port,
                    pages=choice.pages,
                    picture=self._make_picture() if choice.view else None,
                    run=self._run if choice.commands else None,
                )
                self._server.start()
        if (before.osc, before.osc_scheme) != (choice.osc, choice.osc_scheme):
            self._stop_osc()
            self._osc_problem = ""
            try:
                if choice.osc:
                    self._osc = OscSender(self._hub, choice.osc, choice.osc_scheme)
                    self._osc.start()
            except StreamError as error:
                self._osc_problem = error.sentence()
        if _of_lsl(before) != _of_lsl(choice):
            self._stop_lsl()
            if choice.lsl:
                self._lsl = LslSender(
                    self._hub,
                    on_network=choice.lsl_network,
                    markers_from=choice.lsl_markers,
                    take_marker=self._take_marker,
                    take_place=self._take_lsl_place,
                    own=self._own(),
                )
                self._lsl.start()

    def state(self) -> LiveState:
        server, osc, lsl = self._server, self._osc, self._lsl
        return LiveState(
            address=server.address if server is not None else "",
            osc=osc.target if osc is not None else "",
            lsl=lsl is not None and lsl.runs,
            lsl_network=lsl is not None and lsl.runs and self._choice.lsl_network,
            lsl_ports_open=lsl is not None and lsl.runs and lsl.ports_open,
            lsl_markers=lsl.markers_from if lsl is not None else "",
            lsl_found=lsl.found.names() if lsl is not None else (),
            lsl_lacks_own=lsl is not None and lsl.runs and not set(self._own()) <= set(lsl.own),
            clients=(server.clients() if server is not None else ()) + (lsl.clients() if lsl is not None else ()),
            token=server.token if server is not None else "",
            problem=join_sentences(
                server.problem if server is not None else "",
                osc.problem if osc is not None else self._osc_problem,
                lsl.problem if lsl is not None else "",
            ),
        )

    def wait_started(self, timeout_s: float = 10.0) -> None:
        """Until the server's address and LSL's streams, or why there are none, are known."""
        if self._server is not None:
            self._server.wait_started(timeout_s)
        if self._lsl is not None:
            self._lsl.wait_started(timeout_s)

    def stop(self) -> None:
        """Ends all threads, the hub's too. May be called twice."""
        self._stop_server()
        self._stop_osc()
        self._stop_lsl()
        self._hub.close()

    def _stop_server(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _stop_osc(self) -> None:
        if self._osc is not None:
            self._osc.stop()
            self._osc = None

    def _stop_lsl(self) -> None:
        if self._lsl is not None:
            self._lsl.stop()
            self._lsl = None


def _of_server(choice: LiveChoice) -> tuple[object, ...]:
    """What the server is made of; while it is off, nothing."""
    return (choice.port, choice.view, choice.pages, choice.commands) if choice.websocket else ()


def _of_lsl(choice: LiveChoice) -> tuple[object, ...]:
    """What LSL's streams are made of; while they are off, nothing."""
    return (choice.lsl_network, choice.lsl_markers) if choice.lsl else ()
