"""The outlets that a person switched on: the server on loopback, OSC."""

from __future__ import annotations

from collections.abc import Callable

from realtime_fer.core.errors import StreamError
from realtime_fer.core.live import LiveChoice, LiveState, RunCommand
from realtime_fer.core.text.translation import join_sentences
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.osc import OscSender
from realtime_fer.streams.server import LiveServer, MakePicture


class Outlets:
    """``core.live.LiveOutlets``, on a hub. Called from one thread.

    Args:
        make_picture: gives what draws and encodes one stream of frames.
        run: takes the commands of other programs; None where there are none.
    """

    def __init__(self, hub: LiveHub, make_picture: Callable[[], MakePicture], run: RunCommand | None = None) -> None:
        self._hub, self._make_picture, self._run = hub, make_picture, run
        self._choice = LiveChoice()
        self._server: LiveServer | None = None
        self._osc: OscSender | None = None
        self._osc_problem = ""

    def set_commands(self, run: RunCommand) -> None:
        """For a window that is made later than its outlets; before the first ``apply``."""
        self._run = run

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

    def state(self) -> LiveState:
        server, osc = self._server, self._osc
        return LiveState(
            address=server.address if server is not None else "",
            osc=osc.target if osc is not None else "",
            clients=server.clients() if server is not None else (),
            token=server.token if server is not None else "",
            problem=join_sentences(
                server.problem if server is not None else "", osc.problem if osc is not None else self._osc_problem
            ),
        )

    def wait_started(self, timeout_s: float = 10.0) -> None:
        """Until the server's address, or why there is none, is known."""
        if self._server is not None:
            self._server.wait_started(timeout_s)

    def stop(self) -> None:
        """Ends all threads, the hub's too. May be called twice."""
        self._stop_server()
        self._stop_osc()
        self._hub.close()

    def _stop_server(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _stop_osc(self) -> None:
        if self._osc is not None:
            self._osc.stop()
            self._osc = None


def _of_server(choice: LiveChoice) -> tuple[object, ...]:
    """What the server is made of; while it is off, nothing."""
    return (choice.port, choice.view, choice.pages, choice.commands) if choice.websocket else ()
