from __future__ import annotations

import json
import os
import shlex
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from pythonosc.osc_message import OscMessage as Parsed

from realtime_fer.core.errors import TriggerError
from realtime_fer.core.triggers.machine import Fired, Seen
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.streams.triggers.commands import MOST_RUNNING, Commands
from realtime_fer.streams.triggers.messages import HttpMessage, OscMessage

FIRED = Fired(Trigger("happy", (Action(ActionKind.MARKER),)), Seen(3, "", "happy", 0.87), 1.0)

needs_posix = pytest.mark.skipif(os.name == "nt", reason="by programs of POSIX")


def test_osc_gives_the_expression_or_what_was_written() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(10)
        port = receiver.getsockname()[1]
        OscMessage().perform(f"127.0.0.1:{port} /trigger", FIRED)
        message = Parsed(receiver.recv(1000))
        assert message.address == "/trigger"
        assert message.params == ["happy", "#3", pytest.approx(0.87)]
        OscMessage().perform(f"localhost:{port} /cue 4 0.5 go", FIRED)
        assert Parsed(receiver.recv(1000)).params == [4, 0.5, "go"]


class _Page(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.command, self.path, body))
        self.send_response({"/gone": 404, "/moved": 302}.get(self.path, 200))
        self.send_header("Location", "http://example.org/")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def page() -> Iterator[str]:
    _Page.asked = []
    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(0.01))
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_http_posts_what_was_seen_and_follows_nobody_elsewhere(page: str) -> None:
    HttpMessage().perform(f"{page}/hook?a=b", FIRED)
    method, path, body = _Page.asked[0]
    assert (method, path) == ("POST", "/hook?a=b")
    assert json.loads(body) == {"expression": "happy", "name": "#3", "value": 0.87}
    HttpMessage().perform(f"GET {page}/hook", FIRED)
    assert _Page.asked[1] == ("GET", "/hook", b"")
    for path in ("/gone", "/moved"):
        with pytest.raises(TriggerError, match=r"40|30"):
            HttpMessage().perform(f"{page}{path}", FIRED)


def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(TriggerError, match="does not answer"):
            HttpMessage().perform(f"http://127.0.0.1:{taken.getsockname()[1]}/", FIRED)


def ended(commands: Commands) -> list[tuple[str, str]]:
    """What the one command that runs tells at its end."""
    commands._running[0].process.wait(20)
    return list(commands.outcomes())


@needs_posix
def test_a_command_gets_what_was_seen_and_no_shell(tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = "[sys.argv[1:], {k: v for k, v in os.environ.items() if k[:4] == 'FER_'}, os.getcwd()]"
    code = f"import json, os, sys; json.dump({told}, open({str(out)!r}, 'w'))"
    text = f"{shlex.quote(sys.executable)} -ISc {shlex.quote(code)} 'a b' $HOME '; ls'"
    commands = Commands()
    assert commands.perform(text, FIRED) is False
    assert commands.is_busy
    assert ended(commands) == [(text, "")]
    arguments, environment, folder = json.loads(out.read_text())
    assert arguments == ["a b", "$HOME", "; ls"]
    assert environment == {"FER_EXPRESSION": "happy", "FER_NAME": "#3", "FER_VALUE": "0.8700"}
    assert Path(folder).samefile(Path.home())
    assert not commands.is_busy


@needs_posix
def test_a_command_that_fails_says_so() -> None:
    commands = Commands()
    commands.perform("false", FIRED)
    assert ended(commands) == [("false", "'false' ended with 1.")]
    with pytest.raises(TriggerError, match="There is no program 'no-such-program'"):
        commands.perform("no-such-program now", FIRED)


@needs_posix
def test_commands_are_bounded_in_number_and_time() -> None:
    now_s = 0.0
    commands = Commands(longest_s=10, clock=lambda: now_s)
    for _ in range(MOST_RUNNING):
        commands.perform("sleep 600", FIRED)
    with pytest.raises(TriggerError, match="was not run"):
        commands.perform("sleep 600", FIRED)
    assert commands.outcomes() == []
    now_s = 10.0
    assert [sentence for _, sentence in commands.outcomes()] == [
        "'sleep 600' was ended, since it took longer than 10 s."
    ] * MOST_RUNNING
    commands.perform("sleep 600", FIRED)
    process = commands._running[0].process
    commands.stop()
    assert process.poll() is not None
