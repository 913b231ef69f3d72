"""POST /api/v1/expressions: pictures in, boxes and probabilities out; what is refused, and how."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from typing import Any

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError, ModelError
from realtime_fer.web.limits import Limits
from realtime_fer.web.reading.uploads import shown_name
from tests.fakes import FakeDetector, make_faces
from tests.web.conftest import encoded

URL = "/api/v1/expressions"


def refusal(answer: Any, status: int) -> str:
    """The one sentence of a refusal."""
    assert answer.status_code == status, answer.data
    assert answer.json["status"] == status
    assert answer.json["error"].endswith(".")
    return str(answer.json["error"])


def form(*files: tuple[bytes, str]) -> dict[str, Any]:
    return {"image": [(io.BytesIO(content), name) for content, name in files]}


def test_a_picture_as_the_body_gives_boxes_and_probabilities(client: Any) -> None:
    answer = client.post(URL, data=encoded(), content_type="image/png")
    assert answer.status_code == 200
    assert answer.json["model"] == "fer-s"
    assert answer.json["detector"] == "mediapipe"
    (picture,) = answer.json["pictures"]
    assert (picture["width"], picture["height"]) == (64, 48)
    (face,) = picture["faces"]
    assert face["box"] == [10, 8, 40, 38]
    assert face["confidence"] == pytest.approx(0.9, abs=1e-3)
    assert set(face["probabilities"]) == {"angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"}
    assert face["probabilities"]["happy"] == pytest.approx(0.7, abs=1e-3)
    assert sum(face["probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert (face["expression"], face["doubt"], face["doubt_words"]) == ("happy", None, None)
    assert face["pose"] is None


def test_a_face_that_cannot_be_seen_well_is_uncertain_and_the_answer_says_why(client: Any) -> None:
    black = cv2.imencode(".png", np.zeros((48, 64, 3), np.uint8))[1].tobytes()
    (picture,) = client.post(URL, data=black, content_type="image/png").json["pictures"]
    (face,) = picture["faces"]
    assert (face["expression"], face["doubt"], face["doubt_words"]) == ("uncertain", "dark", "too dark")


def test_a_picture_without_a_face_is_no_error(make_client: Any) -> None:
    client = make_client(make_detector=lambda name: FakeDetector(name, make_faces()))
    answer = client.post(URL, data=encoded(), content_type="image/png")
    assert answer.status_code == 200
    assert answer.json["pictures"][0]["faces"] == []


def test_several_pictures_in_a_form_are_answered_in_their_order(client: Any) -> None:
    files = form((encoded(64, 48), "a.png"), (encoded(100, 80, ".jpg"), "b.jpg"), (encoded(70, 60, ".webp"), "c.webp"))
    read = client.post(URL, data=files).json["pictures"]
    assert [(picture["name"], picture["width"]) for picture in read] == [("a.png", 64), ("b.jpg", 100), ("c.webp", 70)]


def test_of_several_pictures_a_bad_one_does_not_spoil_the_others(client: Any) -> None:
    answer = client.post(URL, data=form((b"hello", "a.txt"), (encoded(), "b.png")))
    assert answer.status_code == 200
    bad, good = answer.json["pictures"]
    assert bad["status"] == 415
    assert bad["error"].startswith("'a.txt' is not of a kind that can be read")
    assert len(good["faces"]) == 1


def test_model_and_detector_are_chosen_by_id(client: Any) -> None:
    answer = client.post(f"{URL}?model=fer-xs&detector=haar", data=encoded(), content_type="image/png")
    assert (answer.json["model"], answer.json["detector"]) == ("fer-xs", "haar")


@pytest.mark.parametrize(
    "query",
    ["model=none", "model=/etc/passwd", "model=../weights/fer-s.tflite", "detector=none", "detector=mediapipe-tasks"],
)
def test_no_path_and_no_unknown_word_is_a_model_or_detector(client: Any, query: str) -> None:
    answer = client.post(f"{URL}?{query}", data=encoded(), content_type="image/png")
    assert "known are" in refusal(answer, 422)


def test_a_model_that_cannot_be_loaded_is_told_and_the_next_request_is_served(make_client: Any) -> None:
    def make_detector(name: str) -> FakeDetector:
        if name == "haar":
            raise DetectorError("The cascade is gone.")
        return FakeDetector(name)

    client = make_client(make_detector=make_detector)
    answer = client.post(f"{URL}?detector=haar", data=encoded(), content_type="image/png")
    assert refusal(answer, 503) == "The cascade is gone."
    assert client.post(URL, data=encoded(), content_type="image/png").status_code == 200


def test_a_default_model_that_cannot_be_loaded_is_every_answer(make_client: Any) -> None:
    def make_classifier(name: str) -> Any:
        raise ModelError("The network is damaged.")

    client = make_client(make_classifier=make_classifier)
    for _ in range(2):
        answer = client.post(URL, data=encoded(), content_type="image/png")
        assert refusal(answer, 503) == "The network is damaged."


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels, in a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "is empty"),
        (b"hello, world, this is no picture", 415, "not of a kind that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", 415, "not of a kind that can be read"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", 415, "not of a kind that can be read"),
        (b"GIF89a" + bytes(40), 415, "not of a kind that can be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), 422, "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(60), 422, "damaged"),
        (encoded()[:40], 422, "damaged"),
        (png_of(60_000, 60_000), 422, "pixels"),
        (png_of(9_000, 9_000), 422, "pixels"),
    ],
    ids=["empty", "text", "svg", "eps", "gif", "png head", "jpeg head", "truncated", "bomb", "large bomb"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(client: Any, content: bytes, status: int, words: str) -> None:
    assert words in refusal(client.post(URL, data=content, content_type="image/png"), status)
    assert words in refusal(client.post(URL, data=form((content, "x.png"))), status)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_refused(client: Any, kind: str) -> None:
    assert "multipart/form-data" in refusal(client.post(URL, data=encoded(), content_type=kind), 415)


def test_a_form_without_files_is_refused(client: Any) -> None:
    answer = client.post(URL, data={"image": "text"}, content_type="multipart/form-data")
    assert "no picture in the form" in refusal(answer, 422)


def test_a_form_without_a_boundary_is_refused(client: Any) -> None:
    refusal(client.post(URL, data=encoded(), content_type="multipart/form-data"), 422)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\me.png", "me.png"),
        ("<script>alert(1)</script>.png", "script>.png"),
        ("a\x1b[31m\u202egnp.exe", "a [31m gnp.exe"),
        ("x" * 500, "x" * 119 + "…"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie: b"),
        ("\ud83d.png", " .png"),
        ("...", "..."),
        ("", "picture"),
        (None, "picture"),
    ],
)
def test_a_tricky_name_becomes_harmless(sent: str | None, shown: str) -> None:
    assert shown_name(sent) == shown


def test_a_tricky_name_is_only_shown(client: Any) -> None:
    answer = client.post(URL, data=form((encoded(), "../../<b>etc/passwd")))
    assert answer.content_type == "application/json"
    assert answer.json["pictures"][0]["name"] == "passwd"


def test_a_word_for_a_switch_is_checked(client: Any) -> None:
    assert refusal(client.post(f"{URL}?quick=maybe", data=encoded(), content_type="image/png"), 422)


def test_too_large_a_body_a_picture_and_too_many_pictures_are_refused(make_client: Any) -> None:
    client = make_client(limits=Limits(body_bytes=60_000, picture_bytes=20_000, pictures=3))
    large = encoded(100, 80)
    assert 20_000 < len(large) < 30_000
    assert "more than 0.02 MB" in refusal(client.post(URL, data=large, content_type="image/png"), 413)
    assert "at once" in refusal(client.post(URL, data=bytes(70_000), content_type="image/png"), 413)
    assert "at once" in refusal(client.post(URL, data=form((bytes(70_000), "a.png"))), 413)
    small = encoded(20, 20)
    assert "At most 3" in refusal(client.post(URL, data=form(*[(small, "a.png")] * 4)), 413)
    assert "at once" in refusal(client.post(URL, data=form(*[(small, "a.png")] * 40)), 413)
    assert client.post(URL, data=form(*[(small, "a.png")] * 3)).status_code == 200


class HeldDetector(FakeDetector):
    """Searches only when it is let."""

    def __init__(self, entered: threading.Semaphore, gate: threading.Event) -> None:
        super().__init__("mediapipe")
        self._entered, self._gate = entered, gate

    def detect(self, *given: Any, **more: Any) -> Any:
        self._entered.release()
        assert self._gate.wait(10)
        return super().detect(*given, **more)


def test_more_requests_than_fit_are_told_to_come_again(make_client: Any) -> None:
    entered, gate = threading.Semaphore(0), threading.Event()
    client = make_client(make_detector=lambda name: HeldDetector(entered, gate), limits=Limits(waiting=1))
    pool = client.service.pool
    picture = encoded()

    def post() -> Any:
        return client.application.test_client().post(URL, data=picture, content_type="image/png")

    answers: list[Any] = []
    senders = [threading.Thread(target=lambda: answers.append(post())) for _ in range(2)]
    try:
        senders[0].start()
        assert entered.acquire(timeout=10)
        senders[1].start()
        while pool.waiting < 1:
            assert senders[1].is_alive()
        answer = post()
        assert "try again" in refusal(answer, 429)
        assert answer.headers["Retry-After"] == "1"
        assert pool.refused == 1
        assert client.get("/healthz").status_code == 200
    finally:
        gate.set()
        for sender in senders:
            sender.join()
    assert [answer.status_code for answer in answers] == [200, 200]


def test_what_takes_too_long_is_given_up_and_what_waited_is_not_begun(make_client: Any) -> None:
    entered, gate = threading.Semaphore(0), threading.Event()
    client = make_client(make_detector=lambda name: HeldDetector(entered, gate), limits=Limits(time_s=0.05))
    try:
        assert "longer than 0.05 s" in refusal(client.post(URL, data=encoded(), content_type="image/png"), 503)
        assert "longer than 0.05 s" in refusal(client.post(URL, data=encoded(), content_type="image/png"), 503)
    finally:
        gate.set()
    client.service.close()
    assert entered.acquire(blocking=False)
    assert not entered.acquire(blocking=False)


def test_nothing_of_one_request_is_seen_by_the_next(make_client: Any) -> None:
    """The same face of another picture is another one: nothing is smoothed over requests."""
    found = make_faces((100, 80, 400, 380))
    client = make_client(make_detector=lambda name: FakeDetector(name, found))
    answers = [
        client.post(f"{URL}?quick={quick}", data=encoded(640, 480), content_type="image/png").json["pictures"]
        for quick in (0, 0, 1, 1)
    ]
    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0][0]["faces"]) == 1


def test_a_closed_server_refuses(client: Any) -> None:
    client.service.close()
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json == {"status": "stopping"}
    assert client.post(URL, data=encoded(), content_type="image/png").status_code == 429


def test_unexpected_faults_tell_nothing_of_the_inside(make_client: Any, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeDetector):
        def detect(self, *given: Any, **more: Any) -> Any:
            raise RuntimeError("/home/somebody/secret")

    client = make_client(make_detector=lambda name: Broken(name))
    answer = client.post(URL, data=encoded(), content_type="image/png")
    assert "secret" not in refusal(answer, 500)
    assert "secret" in caplog.text
