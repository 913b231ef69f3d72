"""Addresses: videos and streams from a server on this machine, and every way not to get one."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.sources import AddressSource

from .clips import drain, grey_of, index_of, write_clip

PICTURES = 12


def _with_its_index_far_behind(video: bytes) -> bytes:
    """An MP4 whose 'moov' stood before its 'mdat', with 'moov' behind 9 MB that mean nothing; its frames are lost.

    Another file is given as it is.
    """
    place = video.index(b"moov") - 4
    if video.index(b"mdat") < place:
        return video
    length = int.from_bytes(video[place : place + 4], "big")
    index, rest = video[place : place + length], video[place + length :]
    at = rest.index(b"mdat") - 4
    filler = bytes(9_000_000)
    return video[:place] + rest[:at] + (len(filler) + 8).to_bytes(4, "big") + b"mdat" + filler + index


class Server(ThreadingHTTPServer):
    """Serves one video whole, its first half before it falls silent, and an MJPEG stream."""

    daemon_threads = False

    def __init__(self, video: bytes, matroska: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.video, self.matroska = video, matroska
        self.late = _with_its_index_far_behind(video)
        self.finish = threading.Event()
        self.waited_in_vain = False

    def address(self, path: str, user: str = "me:secret@") -> str:
        return f"http://{user}127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of these tests."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in ("/video.mp4", "/half.mp4"):
            video = self.server.video
            self.begin("video/mp4", len(video))
            if path == "/video.mp4":
                self.wfile.write(video)
            else:
                self.wfile.write(video[: len(video) // 2])
                self.server.finish.wait(10)
        elif path.startswith("/endless"):
            # Neither a length nor jumps: the connection's end is the video's.
            self.begin("video/mp4" if path.endswith("mp4") else "video/x-matroska")
            self.wfile.write(self.server.video if path.endswith("mp4") else self.server.matroska)
        elif path == "/broken.mkv":
            self.begin("video/x-matroska")
            self.wfile.write(self.server.matroska[: len(self.server.matroska) // 2])
        elif path == "/late.mp4":
            self.begin("video/mp4", len(self.server.late))
            self.wfile.write(self.server.late)
        elif path == "/page":
            self.begin("text/html", 15)
            self.wfile.write(b"<html>hi</html>")
        elif path == "/page-of-unknown-length":
            self.begin("text/html")
            self.wfile.write(b"<html>hi</html>")
        elif path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/video.mp4")
            self.end_headers()
        elif path.startswith("/status/"):
            self.send_error(int(path.rpartition("/")[2]))
        elif path == "/mjpeg":
            self.begin("multipart/x-mixed-replace; boundary=frame")
            for index in range(PICTURES):
                encoded = cv2.imencode(".jpg", np.full((48, 64, 3), grey_of(index), np.uint8))[1].tobytes()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(encoded)}\r\n\r\n"
                self.wfile.write(head.encode() + encoded + b"\r\n")
        elif path == "/raw.mjpg":
            self.begin("video/x-motion-jpeg")
            noise = np.random.default_rng(1)
            for index in range(12):
                if index == 8:
                    self.server.waited_in_vain = not self.server.finish.wait(5)
                picture = cv2.resize(noise.integers(0, 255, (60, 80, 3)).astype(np.uint8), (640, 480))
                self.wfile.write(cv2.imencode(".jpg", picture)[1].tobytes())
        elif path == "/text":
            self.begin("text/plain", 5)
            self.wfile.write(b"hello")
        else:
            self.send_error(401 if path == "/private" else 404)

    def begin(self, kind: str, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    mp4, matroska = folder / "video.mp4", folder / "video.mkv"
    write_clip(mp4, 26, (160, 120), options={"movflags": "faststart"}, noise=True)
    # Its header does not tell how many frames there are.
    write_clip(matroska, 26, (160, 120), noise=True)
    server = Server(mp4.read_bytes(), matroska.read_bytes())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.finish.set()
    server.shutdown()
    server.server_close()
    thread.join(5)
    assert not thread.is_alive()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def dead_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def refusal(url: str, open_timeout_s: float = 5.0) -> SourceError:
    source = AddressSource(url, open_timeout_s=open_timeout_s)
    with pytest.raises(SourceError) as caught:
        source.open()
    source.close()
    assert "secret" not in caught.value.sentence()
    # A chained error would show the whole address in a log.
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value


def test_a_video_comes_whole_with_its_times_and_an_end(server: Server) -> None:
    source = AddressSource(server.address("/video.mp4"))
    assert source.is_live
    source.open()
    assert (source.is_live, source.fps, source.frame_count) == (False, 10.0, 26)
    indices, times = [], []
    while (frame := source.read()) is not None:
        indices.append(index_of(frame.image_bgr))
        times.append(frame.media_time_s)
    source.close()
    source.close()
    assert indices == list(range(26))
    assert times == pytest.approx([i / 10 for i in range(26)], abs=2e-3)


def test_an_mjpeg_stream_is_live_and_its_end_a_loss(server: Server) -> None:
    source = AddressSource(server.address("/mjpeg?token=abc&size=2"))
    assert re.fullmatch(rf"http://127\.0\.0\.1:{server.server_port}/… \([0-9a-f]{{6}}\)", source.name)
    source.open()
    assert source.is_live
    assert source.frame_count is None
    taken: list[SourceFrame] = []
    with pytest.raises(SourceError, match=r"^The stream 'http") as caught:
        drain(source, taken)
    source.close()
    assert [index_of(frame.image_bgr) for frame in taken] == list(range(PICTURES))
    assert all(frame.media_time_s is None for frame in taken)
    assert "secret" not in caught.value.sentence()
    assert "abc" not in caught.value.sentence()


def test_jpegs_one_behind_the_other_are_shown_as_they_come(server: Server) -> None:
    """FFmpeg would wait for seconds of them, and then give all at once."""
    server.finish.clear()
    source = AddressSource(server.address("/raw.mjpg"), open_timeout_s=60.0)
    try:
        source.open()
        assert source.is_live
        assert [source.read() is not None for _ in range(4)] == [True] * 4
        assert not server.waited_in_vain, "no more than what had come was asked for"
    finally:
        server.finish.set()
        source.close()
        server.finish.clear()


def test_a_stream_that_falls_silent_is_lost_after_its_time(server: Server) -> None:
    source = AddressSource(server.address("/half.mp4"), read_timeout_s=0.3)
    source.open()
    with pytest.raises(SourceError, match=r"sent no picture for 0.3 seconds\."):
        drain(source, [])
    source.close()
    server.finish.set()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/private", "needs a valid user name and password"),
        ("/text", "answers, but sends no video"),
        ("/nothing", "There is nothing at"),
    ],
)
def test_what_is_no_stream_is_said(server: Server, path: str, sentence: str) -> None:
    assert sentence in str(refusal(server.address(path)))


@pytest.mark.parametrize("scheme", ["http", "rtsp", "rtmp"])
def test_a_closed_port_is_a_refusal(dead_port: int, scheme: str) -> None:
    url = f"{scheme}://me:secret@127.0.0.1:{dead_port}/x"
    assert str(refusal(url)) == f"'{shown_address(url)}' refused the connection."


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_server_that_never_answers_is_given_up(silent_port: int, scheme: str) -> None:
    error = refusal(f"{scheme}://me:secret@127.0.0.1:{silent_port}/x", open_timeout_s=0.3)
    assert str(error).endswith("did not answer within 0.3 seconds.")


def test_an_address_of_nobody() -> None:
    assert "cannot be reached" in str(refusal("http://me:secret@no-such-host.invalid/x"))
    with pytest.raises(SourceError, match="not open"):
        AddressSource("http://host/").read()


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_a_video_from_a_server_that_tells_no_length_is_whole(server: Server, kind: str) -> None:
    source = AddressSource(server.address(f"/endless.{kind}"))
    source.open()
    taken: list[SourceFrame] = []
    drain(source, taken)
    source.close()
    assert [index_of(frame.image_bgr) for frame in taken] == list(range(26))
    assert [frame.media_time_s for frame in taken] == pytest.approx([i / 10 for i in range(26)], abs=2e-3)


def test_half_a_video_from_such_a_server_broke_off(server: Server) -> None:
    source = AddressSource(server.address("/broken.mkv"))
    source.open()
    with pytest.raises(SourceError, match="was interrupted"):
        drain(source, [])
    source.close()


@pytest.mark.parametrize("path", ["/video.mp4", "/moved"])
def test_a_scheme_may_be_written_in_capitals(server: Server, path: str) -> None:
    source = AddressSource(server.address(path).replace("http", "HTTP"))
    source.open()
    assert source.read() is not None
    source.close()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/status/500", "The server of '{name}' reports an error of its own."),
        ("/status/503", "The server of '{name}' reports an error of its own."),
        ("/status/429", "The server of '{name}' takes no more requests for now."),
        ("/status/410", "The server of '{name}' refuses the request."),
        ("/page", "'{name}' answers, but sends no video."),
        ("/page-of-unknown-length", "'{name}' answers, but sends no video."),
        (
            "/late.mp4",
            "The server of '{name}' can send the video only from the start, but its index is at the end.",
        ),
    ],
)
def test_what_a_server_says_instead_of_a_video_is_said(server: Server, path: str, sentence: str) -> None:
    url = server.address(path)
    assert str(refusal(url)) == sentence.format(name=shown_address(url))
