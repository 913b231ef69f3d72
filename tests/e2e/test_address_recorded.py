"""A network camera that falls silent and comes back while it is recorded, and whose password is nobody's business."""

from __future__ import annotations

import csv
import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.engine_parts import EngineParts
from realtime_fer.runtime.events import (
    RecordingStarted,
    RecordingStopped,
    SourceLost,
    SourceOpened,
)
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources.address import AddressSource
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, Listener

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"
SECRETS = ("s3cr3t", "t0k3n", "admin")


def jpeg(n: int) -> bytes:
    picture = np.random.default_rng(n).integers(30, 220, (48, 64, 3), dtype=np.uint8)
    encoded = cv2.imencode(".jpg", picture)[1].tobytes()
    return b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(encoded), encoded)


class Door:
    """A camera at a door: each connection is served by the next of ``scripts``, the last one again and again."""

    def __init__(self, *scripts: Callable[[Door, socket.socket], None]) -> None:
        self._scripts = list(scripts)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self.port = self._listener.getsockname()[1]
        self.end = threading.Event()
        self.go_silent = threading.Event()
        self.asked: list[bytes] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self.end.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
            with connection:
                connection.settimeout(5)
                try:
                    self.asked.append(connection.recv(4000))
                    script(self, connection)
                except OSError:
                    continue  # whoever looked has gone

    def close(self) -> None:
        self.end.set()
        self._thread.join(10)
        assert not self._thread.is_alive()
        self._listener.close()


def shows_a_video_then_falls_silent(door: Door, connection: socket.socket) -> None:
    connection.sendall(HEAD)
    n = 0
    while not door.go_silent.is_set() and not door.end.is_set():
        connection.sendall(jpeg(n))
        n += 1
        door.end.wait(0.01)
    # Until whoever waits for the next picture has had enough.
    connection.recv(100)


def hangs_up(door: Door, connection: socket.socket) -> None:
    """Takes the connection, and that is all."""


def shows_a_video(door: Door, connection: socket.socket) -> None:
    connection.sendall(HEAD)
    for n in range(10_000):
        connection.sendall(jpeg(n))
        if door.end.wait(0.01):
            return


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door(shows_a_video_then_falls_silent, hangs_up, shows_a_video)
    yield made
    made.close()


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_a_stream_that_falls_silent_is_reopened_and_its_password_stands_nowhere(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    listener = Listener()
    url = f"http://admin:s3cr3t@127.0.0.1:{door.port}/live?token=t0k3n"

    def no_snapshot(result: FrameResult) -> Path:
        raise AssertionError

    parts = EngineParts(
        make_pipeline=lambda: ExpressionPipeline(),
        resolve_source=lambda request: ResolvedSource(
            request, AddressSource(request.value, open_timeout_s=2.0, read_timeout_s=0.4)
        ),
        make_detector=lambda name: FakeDetector(name, Faces.empty()),
        make_classifier=lambda model: FakeClassifier(),
        # As bad as a caller can be: the raw address among the facts.
        make_recording=lambda name: RecordingSink(tmp_path, session_facts={"source": name, "asked": {"for": [url]}}),
        save_snapshot=no_snapshot,
        fallback_detector="haar",
    )
    engine = Engine(parts, listener, timeouts=SourceTimeouts(watch_interval_s=0.01, retry_backoff_s=(0.02,)))

    def taken(losses: int) -> bool:
        result = engine.take_view()
        return result is not None and result.frame.losses >= losses

    engine.start(request_of(url), "haar", "fake")
    try:
        listener.wait_for(SourceOpened)
        listener.wait_until(lambda: taken(0))
        engine.start_recording()
        listener.wait_for(RecordingStarted)
        listener.wait_until(lambda: taken(0) and (engine.stats().recording_s or 0) > 0.1)
        door.go_silent.set()
        listener.wait_for(SourceLost, count=2)
        listener.wait_for(SourceOpened, count=2)
        listener.wait_until(lambda: taken(2))
        engine.stop_recording()
        listener.wait_for(RecordingStopped)
    finally:
        engine.stop()

    silent, hung_up = listener.of(SourceLost)[:2]
    assert isinstance(silent, SourceLost)
    assert isinstance(hung_up, SourceLost)
    assert "sent no picture for 0.4 seconds." in silent.sentence
    assert hung_up.retry_in_s == 0.02
    assert b"t0k3n" in door.asked[0], "the camera itself is told"

    (session,) = (path.parent for path in tmp_path.rglob("session.json"))
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    assert facts["complete"]
    assert len(facts["gaps"]) >= 1
    with (session / "expressions.csv").open(newline="", encoding="utf-8") as file:
        assert any(row["marker"].startswith("no picture for ") for row in csv.DictReader(file))
    for path in session.rglob("*"):
        assert not [secret for secret in SECRETS if secret.encode() in path.read_bytes()], path.name
    for event in listener.events:
        for field in ("sentence", "name", "detail"):
            assert not secrets_in(str(getattr(event, field, ""))), event
    assert not secrets_in(caplog.text)
    printed = capfd.readouterr()
    assert not secrets_in(printed.out + printed.err)
    assert not [thread.name for thread in threading.enumerate() if secrets_in(thread.name)]
