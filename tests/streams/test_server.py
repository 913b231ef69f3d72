from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from importlib import resources
from pathlib import Path

import pytest

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.live import LiveChoice
from realtime_fer.streams.access import refusal
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.outlets import Outlets
from realtime_fer.streams.server import LiveServer
from tests.streams.conftest import MakeServer, with_faces

#: A WebSocket client in a process of its own: says what it gets, sends what it is told.
CLIENT = """
import asyncio, json, sys
import aiohttp

async def main(url, sent):
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        for text in sent:
            await socket.send_str(text)
        async for message in socket:
            print(message.data, flush=True)

asyncio.run(main(sys.argv[1], sys.argv[2:]))
"""


def client(server: LiveServer, *sent: str) -> subprocess.Popen[str]:
    url = server.address.replace("http", "ws") + "/live"
    return subprocess.Popen([sys.executable, "-c", CLIENT, url, *sent], stdout=subprocess.PIPE, text=True)


def answer_of(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def status_of(url: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_program_gets_frames_by_websocket_and_the_server_stops_under_it(hub: LiveHub, serve: MakeServer) -> None:
    hub.give(with_faces(0))
    server = serve()
    with client(server) as process:
        assert answer_of(process)["frame"] == 0
        assert [one.kind for one in server.clients()] == ["WebSocket"]
        hub.give(with_faces(1))
        assert answer_of(process)["frame"] == 1
        server.stop()
        assert not server._thread.is_alive()
        assert process.wait(20) == 0
    assert server.clients() == ()


def test_events_and_picture_are_streamed(hub: LiveHub, serve: MakeServer) -> None:
    server = serve(picture=lambda result: b"jpeg of %d" % result.frame.index)
    hub.give(with_faces(7))
    with urllib.request.urlopen(server.address + "/events", timeout=10) as events:
        assert events.headers["Content-Type"].startswith("text/event-stream")
        line = events.readline().decode()
        assert json.loads(line.removeprefix("data: "))["frame"] == 0
        assert events.readline() == b"\n"
    hub.give(with_faces(8), 1)
    for query, index in (("", 7), ("?source=1", 8)):
        with urllib.request.urlopen(server.address + "/view" + query, timeout=10) as view:
            assert view.readline() == b"--frame\r\n"
            assert [view.readline() for _ in range(3)][-1] == b"\r\n"
            assert view.readline() == b"jpeg of %d\r\n" % index


def test_the_picture_is_not_given_unless_asked_for(serve: MakeServer) -> None:
    assert status_of(serve().address + "/view")[0] == 404


def test_who_never_reads_holds_up_nobody(hub: LiveHub, serve: MakeServer) -> None:
    server = serve()
    port = int(server.address.rpartition(":")[2])
    asleep = [socket.create_connection(("127.0.0.1", port)) for _ in range(10)]
    try:
        for one in asleep:
            one.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        hub.give(with_faces(0, faces=3))
        with client(server) as process:
            assert answer_of(process)["frame"] == 0
            for number in range(1, 400):
                hub.give(with_faces(number, faces=3))
                if number % 40 == 0:
                    while answer_of(process)["frame"] != number:
                        pass
            process.kill()
    finally:
        for one in asleep:
            one.close()


def test_a_foreign_page_is_refused(hub: LiveHub, serve: MakeServer) -> None:
    hub.give(with_faces())
    server = serve(pages=("http://localhost:3000",))
    for path in ("/events", "/live", "/overlay"):
        url = server.address + path
        assert status_of(url, Origin="https://example.org")[0] == 403
        assert status_of(url, Origin="null")[0] == 403
        assert status_of(url, Sec_Fetch_Site="cross-site")[0] == 403
        assert status_of(url, Host="example.org:18771")[0] == 403
    assert status_of(server.address + "/overlay", Origin=server.address)[0] == 200
    request = urllib.request.Request(server.address + "/events", headers={"Origin": "http://localhost:3000"})
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Host": "localhost:8771"}, False),
        ({"Host": "[::1]:8771"}, False),
        ({"Host": "127.0.0.1:8771", "Sec-Fetch-Site": "none"}, False),
        ({"Host": "127.0.0.1:8771", "Origin": "http://127.0.0.1:8771", "Sec-Fetch-Site": "same-origin"}, False),
        ({"Host": "127.0.0.1:8771", "Sec-Fetch-Site": "same-site"}, True),
        ({"Host": "127.0.0.1:8771", "Origin": "http://127.0.0.1:8772"}, True),
        ({"Host": "[::1"}, True),
        ({}, True),
    ],
)
def test_who_may_read(headers: dict[str, str], refused: bool) -> None:
    assert bool(refusal(headers, ())) is refused


def test_commands_need_the_token(serve: MakeServer) -> None:
    asked: list[tuple[str, str]] = []
    done = threading.Event()

    def run(command: str, text: str) -> None:
        asked.append((command, text))
        done.set()

    server = serve(run=run)

    def command(**fields: object) -> str:
        return json.dumps({"command": "marker", "text": "here", **fields})

    sent = ("no json", command(), command(token="wrong"), command(token=server.token, command="shell"))
    with client(server, *sent, command(token=server.token, id=5)) as process:
        answers = [answer_of(process) for _ in range(5)]
        process.kill()
    assert [answer["ok"] for answer in answers] == [False, False, False, False, True]
    assert answers[-1]["id"] == 5
    assert done.wait(5)
    assert asked == [("marker", "here")]


def test_no_command_is_taken_where_that_is_off(serve: MakeServer) -> None:
    with client(serve(), json.dumps({"token": "", "command": "snapshot"})) as process:
        assert answer_of(process)["error"] == "Commands are switched off."
        process.kill()


def test_a_taken_port_gives_the_next(serve: MakeServer) -> None:
    first, second = serve(18901), serve(18901)
    assert first.address == "http://127.0.0.1:18901"
    assert second.address == "http://127.0.0.1:18902"


def test_only_loopback_is_listened_on(serve: MakeServer) -> None:
    port = int(serve(18941).address.rpartition(":")[2])
    for name in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(name).read_text("ascii").splitlines()[1:]
        except OSError:
            pytest.skip("the system does not list its ports")
        bound = {line.split()[1] for line in lines if line.split()[3] == "0A"}
        mine = {one.split(":")[0] for one in bound if int(one.split(":")[1], 16) == port}
        assert mine <= {"0100007F", "00000000000000000000000001000000"}


def test_the_page_needs_nothing_from_elsewhere(serve: MakeServer) -> None:
    server = serve()
    _, page = status_of(server.address + "/overlay")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bon\w+=|https?:", page)
    for name in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert status_of(f"{server.address}/{name}")[0] == 200
    style = (resources.files("realtime_fer.assets") / "overlay.css").read_text("utf-8")
    for order, expression in enumerate(EXPRESSIONS, 1):
        colour = ", ".join(map(str, expression.colour_rgb))
        assert f".{expression.key} {{ --colour: rgb({colour}); order: {order}; }}" in style


def test_a_switch_starts_and_stops_the_server(hub: LiveHub) -> None:
    outlets = Outlets(hub, lambda: lambda result: b"")
    try:
        assert not outlets.state().is_on
        outlets.apply(LiveChoice(websocket=True, port=18961))
        outlets.wait_started()
        assert outlets.state().address == "http://127.0.0.1:18961"
        assert outlets.state().token == ""
        outlets.apply(LiveChoice())
        assert not outlets.state().is_on
        outlets.apply(LiveChoice(osc="nonsense"))
        assert "is not an address for OSC" in outlets.state().problem
    finally:
        outlets.stop()
        outlets.stop()
