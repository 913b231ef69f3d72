"""The file for blendshapes comes from Google, here played by a server on this computer, or from a copy."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.vision import face_landmarker_file, network_files
from realtime_fer.vision.face_landmarker_file import FACE_LANDMARKER, fetch_face_landmarker, find_face_landmarker

CONTENT = b"networks for blendshapes"


class _Google(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        found = {"/right": CONTENT, "/other": b"<html>Sign in</html>"}.get(self.path)
        self.send_response(200 if found is not None else 404)
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    _Google.asked = []
    server = HTTPServer(("127.0.0.1", 0), _Google)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(face_landmarker_file, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    return tmp_path / "cache"


def test_it_is_fetched_once_and_says_whom_it_contacts(cache: Path, google: str) -> None:
    said: list[str] = []
    path = fetch_face_landmarker(said.append, address=f"{google}/right")
    assert path == find_face_landmarker() == cache / FACE_LANDMARKER
    assert path.read_bytes() == CONTENT
    assert "Contacting Google" in said[0]
    assert f"{google}/right" in said[0]
    assert fetch_face_landmarker(said.append, address=f"{google}/right") == path
    assert _Google.asked == ["/right"]
    assert [file.name for file in cache.iterdir()] == [FACE_LANDMARKER], "nothing half-written stays"


def test_a_damaged_one_is_said_and_replaced(cache: Path, google: str) -> None:
    cache.mkdir()
    (cache / FACE_LANDMARKER).write_bytes(b"half")
    with pytest.raises(DetectorError, match="damaged") as caught:
        find_face_landmarker()
    assert "fetch-detectors --blendshapes" in caught.value.hint
    assert fetch_face_landmarker(str, address=f"{google}/right").read_bytes() == CONTENT


def test_a_copy_is_taken_and_nobody_contacted(cache: Path, tmp_path: Path, google: str) -> None:
    copy = tmp_path / "copy.task"
    copy.write_bytes(CONTENT)
    said: list[str] = []
    assert fetch_face_landmarker(said.append, file=copy, address=f"{google}/right").read_bytes() == CONTENT
    assert _Google.asked == []
    assert not any("Google" in line for line in said)


def test_what_is_not_the_file_is_refused_and_not_kept(cache: Path, tmp_path: Path, google: str) -> None:
    with pytest.raises(DetectorError, match="not the expected file"):
        fetch_face_landmarker(str, address=f"{google}/other")
    with pytest.raises(DetectorError, match="could not be fetched from Google") as caught:
        fetch_face_landmarker(str, address=f"{google}/missing")
    assert "404" in caught.value.sentence() or "Not Found" in caught.value.sentence()
    assert "--from FILE" in caught.value.hint
    other = tmp_path / "other.task"
    other.write_bytes(b"something else")
    with pytest.raises(DetectorError, match="not the expected file"):
        fetch_face_landmarker(str, file=other)
    with pytest.raises(DetectorError, match="cannot be read"):
        fetch_face_landmarker(str, file=tmp_path / "nowhere")
    assert not cache.exists() or not list(cache.iterdir())


def test_nobody_answers(cache: Path, google: str) -> None:
    port = HTTPServer(("127.0.0.1", 0), _Google)
    port.server_close()
    with pytest.raises(DetectorError, match="refused"):
        fetch_face_landmarker(str, address=f"http://127.0.0.1:{port.server_port}/right")


def test_a_missing_one_is_a_sentence_with_what_to_do(cache: Path) -> None:
    with pytest.raises(DetectorError, match="not on this computer") as caught:
        find_face_landmarker()
    assert caught.value.sentence().endswith("Run: realtime-fer fetch-detectors --blendshapes")


def test_the_address_is_the_published_one() -> None:
    assert face_landmarker_file.ADDRESS.startswith("https://storage.googleapis.com/mediapipe-models/face_landmarker/")


def test_a_wrong_copy_is_refused_where_the_file_is_there_already(cache: Path, tmp_path: Path) -> None:
    cache.mkdir()
    (cache / FACE_LANDMARKER).write_bytes(CONTENT)
    (tmp_path / "copy.task").write_bytes(b"another")
    with pytest.raises(DetectorError, match="is not the expected file"):
        fetch_face_landmarker(str, file=tmp_path / "copy.task")
    with pytest.raises(DetectorError, match="cannot be read"):
        fetch_face_landmarker(str, file=tmp_path / "missing.task")
    assert find_face_landmarker().read_bytes() == CONTENT
