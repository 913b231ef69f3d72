"""POST /api/v1/video: JSON Lines, one for each frame, while the video is read."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from realtime_fer.web.limits import Limits
from realtime_fer.web.reading.held_file import held_file
from tests.fakes import FakeDetector
from tests.web.conftest import encoded
from tests.web.test_expressions import HeldDetector, refusal

URL = "/api/v1/video"


def film_bytes(frames: int) -> io.BytesIO:
    """A video of ten frames a second."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        noise = np.random.default_rng(2)
        for _ in range(frames):
            image = noise.integers(60, 200, (48, 64, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode(None))
    return io.BytesIO(file.getvalue())


@pytest.fixture(scope="module")
def film() -> bytes:
    return film_bytes(20).getvalue()


def lines(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.data
    assert answer.mimetype == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_every_frame_is_one_line_with_its_time_and_the_same_person(client: Any, film: bytes) -> None:
    first, *frames, last = lines(client.post(URL, data=film, content_type="video/mp4"))
    assert first["width"], first["height"] == (64, 48)
    assert (first["fps"], first["frames"], first["model"]) == (10, 20, "fer-s")
    assert [frame["frame"] for frame in frames] == list(range(20))
    assert [frame["time"] for frame in frames] == pytest.approx([n / 10 for n in range(20)])
    assert {face["id"] for frame in frames for face in frame["faces"]} == {1}
    assert sum(len(frame["faces"]) for frame in frames) >= 19
    assert last == {"end": True, "frames": 20, "note": None}


def test_ids_begin_anew_with_each_video(client: Any, film: bytes) -> None:
    for _ in range(2):
        read = lines(client.post(URL, data={"video": (io.BytesIO(film), "a.mp4")}))
        assert read[0]["name"] == "a.mp4"
        assert {face["id"] for line in read[1:-1] for face in line["faces"]} == {1}


def test_a_long_video_is_cut_and_the_answer_says_so(make_client: Any, film: bytes) -> None:
    client = make_client(limits=Limits(video_frames=5))
    read = lines(client.post(URL, data=film, content_type="video/mp4"))
    assert read[-1] == {"end": True, "frames": 5, "note": "Only the first 5 frames were read."}
    assert len(read) == 7


def test_a_video_that_takes_too_long_is_cut_and_the_answer_says_so(make_client: Any, film: bytes) -> None:
    now = [0.0]

    class Slow(FakeDetector):
        def detect(self, *given: Any, **more: Any) -> Any:
            now[0] += 1.0
            return super().detect(*given, **more)

    client = make_client(clock=lambda: now[0], make_detector=lambda name: Slow(name), limits=Limits(video_time_s=4.5))
    read = lines(client.post(URL, data=film, content_type="video/mp4"))
    assert read[-1]["note"] == "It was read for 4.5 s; the rest was not read."
    assert 0 < read[-1]["frames"] < 20


def test_a_damaged_video_gives_what_there_is_and_says_so(client: Any, film: bytes) -> None:
    spoilt, middle = bytearray(film), film.find(b"mdat") + 10_000
    spoilt[middle : middle + 12_000] = bytes(12_000)
    read = lines(client.post(URL, data={"video": (io.BytesIO(bytes(spoilt)), "spoilt.mp4")}))
    told = read[-1]["note"]
    assert "'spoilt.mp4' is damaged" in told
    assert 0 < read[-1]["frames"] < 20
    assert "/proc" not in told


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 415, "not of a kind that can be read"),
        (b"hello, this is no video at all", 415, "not of a kind that can be read"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", 415, "not of a kind that can be read"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", 415, "not of a kind that can be read"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(60), 422, "'x.mp4' is not a video or is damaged"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(60), 422, "'x.mp4'"),
        (b"GIF89a" + bytes(8), 422, "'x.mp4'"),
        (encoded(), 415, "not of a kind that can be read"),
    ],
    ids=["empty", "text", "playlist", "concat", "mp4 head", "sound", "gif head", "picture"],
)
def test_what_is_no_video_is_refused_in_a_sentence(client: Any, content: bytes, status: int, words: str) -> None:
    answer = client.post(URL, data={"video": (io.BytesIO(content), "x.mp4")})
    assert words in refusal(answer, status)
    assert "/proc" not in answer.text


def test_a_form_of_two_and_a_text_are_refused(client: Any, film: bytes) -> None:
    two = {"video": [(io.BytesIO(film), "a.mp4"), (io.BytesIO(film), "b.mp4")]}
    assert "one video" in refusal(client.post(URL, data=two), 422)
    assert refusal(client.post(URL, data=film, content_type="text/plain"), 415)


def test_one_video_at_a_time_and_a_client_that_goes_frees_the_worker(make_client: Any, film: bytes) -> None:
    entered, gate = threading.Semaphore(0), threading.Event()
    gate.set()
    client = make_client(make_detector=lambda name: HeldDetector(entered, gate))
    answer = client.post(URL, data=film, content_type="video/mp4", buffered=False)
    chunks = answer.iter_encoded()
    assert json.loads(next(chunks))["frames"] == 20
    gate.clear()
    assert client.post(URL, data=film, content_type="video/mp4").status_code in (200, 429)
    gate.set()
    answer.close()
    # The worker is free again: a picture is read.
    read = client.post("/api/v1/expressions", data=encoded(), content_type="image/png")
    assert read.status_code == 200
    assert lines(client.post(URL, data=film, content_type="video/mp4"))[-1]["frames"] == 20


def test_the_file_that_is_read_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with held_file(b"content") as path:
        assert path.read_bytes() == b"content"
        assert path.is_file()
    assert not path.exists()
    assert list(tmp_path.rglob("*")) == []


def test_elsewhere_the_file_is_private_and_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime_fer.web.reading.held_file.sys.platform", "darwin")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with held_file(b"content") as path:
        assert path.read_bytes() == b"content"
        assert path.parent.stat().st_mode & 0o077 == 0
    assert list(tmp_path.rglob("*")) == []
