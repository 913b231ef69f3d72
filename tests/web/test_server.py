"""The real program with waitress: start and end, many clients at once, limits before Flask, nothing on the disk."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.errors import SettingsError
from realtime_fer.web.command import TOKEN_VARIABLE, ServeRequest, serve
from tests.commands.program import CHECKOUT, run_program
from tests.web.conftest import TOKEN, encoded

ASTRONAUT = CHECKOUT / "realtime_fer" / "assets" / "astronaut.jpg"


class Server:
    """The program as a process; ``port`` is where it listens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.first_line = process.stdout.readline()
        found = re.search(r":(\d+)/", self.first_line)
        assert found, self.first_line
        self.port = int(found[1])

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHECKOUT / "main.py"), "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )


def end(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> tuple[str, str]:
    process.send_signal(number)
    return process.communicate(timeout=60)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pytest.importorskip("waitress", reason="the extra 'web' is not installed")
    folder = tmp_path_factory.mktemp("temporary")
    process = start("--detector", "haar", "--workers", "2", TMPDIR=str(folder))
    try:
        yield Server(process)
    finally:
        printed, errors = end(process)
    assert process.returncode == 0, errors
    # Neither Flask nor waitress wrote an upload to the disk, and none was logged.
    assert list(folder.rglob("*")) == []
    assert "astronaut" not in printed + errors


def test_it_says_where_it_is_and_answers_there(server: Server) -> None:
    assert server.first_line == f"Open http://127.0.0.1:{server.port}/ in a browser; Ctrl-C ends it.\n"
    assert server.ask("GET", "/healthz") == (200, b'{"status":"ok"}\n')


def test_many_clients_at_once_get_their_own_answers_or_are_told_to_come_again(server: Server) -> None:
    smile, black = ASTRONAUT.read_bytes(), encoded(90, 70)

    def ask(number: int) -> tuple[int, int, list[str]]:
        body = smile if number % 2 else black
        status, answer = server.ask("POST", "/api/v1/expressions?quick=1", body, Content_Type="image/jpeg")
        if status == 429:
            return number, status, []
        (picture,) = json.loads(answer)["pictures"]
        assert picture["width"] == (512 if number % 2 else 90)
        return number, status, [face["expression"] for face in picture["faces"]]

    with ThreadPoolExecutor(24) as clients:
        answers = list(clients.map(ask, range(48)))
    assert {status for _, status, _ in answers} <= {200, 429}
    read = [(number, faces) for number, status, faces in answers if status == 200]
    assert len(read) >= 10
    assert all(faces == (["happy"] if number % 2 else []) for number, faces in read)


def test_too_large_a_body_is_refused_before_it_is_read(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(
            b"POST /api/v1/expressions HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
            b"Accept-Language: de-AT\r\nContent-Length: 4000000000\r\n\r\n"
        )
        answer = b"".join(iter(lambda: connection.recv(4096), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 413 ")
    assert "Content-Security-Policy: default-src 'none'" in head
    assert json.loads(body) == {"error": "Das ist mehr, als dieser Server auf einmal nimmt.", "status": 413}


def test_large_headers_and_nonsense_are_refused_and_the_server_goes_on(server: Server) -> None:
    large = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 40_000 + b"\r\n\r\n"
    for sent in (large, b"\x16\x03\x01nonsense\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
            connection.sendall(sent)
            assert re.match(rb"HTTP/1\.[01] 4\d\d ", connection.recv(100))
    assert server.ask("GET", "/healthz")[0] == 200


def test_a_large_picture_stays_in_memory(server: Server) -> None:
    """Larger than what waitress and Werkzeug keep there by themselves; the fixture looks for files at the end."""
    status, answer = server.ask("POST", "/api/v1/expressions?quick=1", encoded(1100, 900), Content_Type="image/png")
    assert (status, json.loads(answer)["pictures"][0]["width"]) == (200, 1100)


def test_another_host_is_refused(server: Server) -> None:
    assert server.ask("GET", "/", Host="evil.example")[0] == 421


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signals")
def test_ctrl_c_ends_it_with_0_and_a_taken_port_is_one_sentence(server: Server) -> None:
    taken = run_program("serve", "--port", str(server.port), "--detector", "haar")
    assert taken.returncode == 2
    assert f"127.0.0.1:{server.port} cannot be served" in taken.stderr
    assert "Traceback" not in taken.stderr
    other = Server(start("--detector", "haar", "--workers", "1"))
    _, errors = end(other.process, signal.SIGINT)
    assert (other.process.returncode, "Traceback" in errors) == (0, False)


def refused(request: ServeRequest, ask: Callable[[str], bool] | None = None) -> str:
    with pytest.raises(SettingsError) as told:
        serve(request, ask)
    return told.value.sentence()


def no(question: str) -> bool:
    return False


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4"])
def test_other_computers_get_in_only_with_a_token_and_a_yes(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "a token is needed" in refused(ServeRequest(host=host, expose=True))
    assert "not confirmed" in refused(ServeRequest(host=host, token=TOKEN), no)
    assert "unencrypted" in capsys.readouterr().err
    # Without a terminal nobody can say yes.
    assert "not confirmed" in refused(ServeRequest(host=host, token=TOKEN))


@pytest.mark.parametrize("token", ["short", "with a blank in it all", "\u00e4" * 20, "line\nbreak" * 3])
def test_a_token_that_is_short_or_cannot_be_sent_is_refused(token: str) -> None:
    assert "The token must have" in refused(ServeRequest(token=token))


def test_a_token_stands_in_no_representation() -> None:
    assert TOKEN not in repr(ServeRequest(token=TOKEN))


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/", "*", "ftp://example.org", "null"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    assert "is no origin" in refused(ServeRequest(origins=[origin]))


def test_an_unknown_model_is_refused() -> None:
    pytest.importorskip("flask")
    assert "There is no such model" in refused(ServeRequest(model="none"))


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("flask", "realtime_fer.web.app"):
        monkeypatch.setitem(sys.modules, name, None)
    assert "pip install 'realtime-fer[web]'" in refused(ServeRequest())


def test_with_the_environments_token_only_who_knows_it_is_answered(tmp_path: Path) -> None:
    pytest.importorskip("waitress")
    process = start("--detector", "haar", "--workers", "1", "--host", "0.0.0.0", "--expose", REALTIME_FER_TOKEN=TOKEN)
    try:
        server = Server(process)
        assert server.ask("GET", "/api/v1/models")[0] == 401
        assert server.ask("GET", "/api/v1/models", Authorization=f"Bearer {TOKEN}")[0] == 200
        assert server.ask("GET", "/healthz")[0] == 200
    finally:
        printed, errors = end(process)
    assert "unencrypted" in errors
    assert TOKEN not in printed + errors
