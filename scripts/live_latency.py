"""Measures how long a live number takes from the hub to programs that read it, beside programs that never read.

    python scripts/live_latency.py --clients 20 --asleep 10 --seconds 30

A server as the program's own gives frames with two faces at 30 a second over WebSocket. One process of clients reads
them; the sleepers connect and never read. Printed: milliseconds from a frame's hand-over to its arrival, and of the
hand-over itself, which the analysis waits for: by the clock, and of processor time, which other programs change less.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import socket
import subprocess
import time
from urllib.parse import urlsplit

import numpy as np

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.system.children import python_command
from realtime_fer.sinks.jsonl_file import frame_object
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.server import LiveServer

FRAME_S = 1 / 30

CLIENTS = """
import asyncio, json, sys, time
import aiohttp

async def read(session, url, late, ready):
    async with session.ws_connect(url) as socket:
        ready()
        async for message in socket:
            now = time.perf_counter()
            late.append((now - json.loads(message.data)["monotonic_s"]) * 1000)

async def main(url, count, seconds):
    late, connected = [], []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        def ready():
            connected.append(1)
            if len(connected) == count:
                print("ready", flush=True)
        tasks = [asyncio.create_task(read(session, url, late, ready)) for _ in range(count)]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
    print(json.dumps(late))

asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
"""


def sleeper(address: str) -> socket.socket:
    """A WebSocket whose handshake was made and that is never read, with a small buffer."""
    parts = urlsplit(address)
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect((parts.hostname, parts.port))
    key = base64.b64encode(os.urandom(16)).decode()
    lines = (f"Host: {parts.netloc}", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}")
    made.sendall("\r\n".join(("GET /live HTTP/1.1", *lines, "Sec-WebSocket-Version: 13", "", "")).encode())
    return made


def two_faces(number: int, captured_s: float) -> FrameResult:
    boxes = np.array([[10, 10, 60, 70], [80, 10, 130, 70]], np.float32)
    faces = Faces(boxes, np.full(2, 0.9, np.float32))
    chances = np.full((2, len(EXPRESSION_KEYS)), 0.125, np.float32)
    faces = faces.with_tracker_id(np.arange(1, 3)).with_probabilities(chances, chances)
    return FrameResult(
        Frame(np.zeros((120, 160, 3), np.uint8), number, captured_s), faces, EXPRESSION_KEYS, model_id="m"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--asleep", type=int, default=10, help="of the clients")
    parser.add_argument("--seconds", type=float, default=30.0)
    asked = parser.parse_args()
    hub = LiveHub(frame_object)
    server = LiveServer(hub, 8871)
    server.start()
    server.wait_started()
    asleep = [sleeper(server.address) for _ in range(asked.asleep)]
    url = server.address.replace("http", "ws") + "/live"
    count = str(asked.clients - asked.asleep)
    command = python_command("-c", CLIENTS, url, count, str(asked.seconds))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as clients:
        assert clients.stdout is not None
        clients.stdout.readline()
        given_ms, cost_ms, number, due_s = [], [], 0, time.perf_counter()
        while clients.poll() is None and time.perf_counter() - due_s < FRAME_S + asked.seconds:
            now_s = time.perf_counter()
            result = two_faces(number, now_s)
            began_s, cpu_s = time.perf_counter(), time.thread_time()
            hub.give(result)
            cost_ms.append((time.thread_time() - cpu_s) * 1000)
            given_ms.append((time.perf_counter() - began_s) * 1000)
            number, due_s = number + 1, due_s + FRAME_S
            if number * FRAME_S > asked.seconds:
                break
            time.sleep(max(0.0, due_s - time.perf_counter()))
        late_ms = json.loads(clients.stdout.readline())
    dropped = [client.dropped for client in server.clients()]
    server.stop()
    hub.close()
    for one in asleep:
        one.close()
    for name, values in (("arrival", late_ms), ("hand-over", given_ms), ("processor", cost_ms)):
        p50, p99 = np.percentile(values, [50, 99])
        print(f"{name:<10} p50 {p50:7.3f} ms   p99 {p99:7.3f} ms   max {max(values):7.3f} ms   n {len(values)}")
    print(f"left out of those still connected: {dropped}; dropped before they were described: {hub.dropped}")


if __name__ == "__main__":
    main()
