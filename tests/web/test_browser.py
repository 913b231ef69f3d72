"""The page in a real Chromium, with the real program: by keyboard and mouse, with a picture, a video and a camera.

Skipped without Playwright for Python (pip install playwright) or Chromium (Debian: apt install chromium).
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from tests.web.test_server import ASTRONAUT, Server, end, start

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

PATIENCE_MS = 60_000


def face() -> np.ndarray:
    """uint8 (480, 640, 3) with one smiling face."""
    image = cv2.copyMakeBorder(cv2.imread(str(ASTRONAUT)), 0, 0, 85, 86, cv2.BORDER_REPLICATE)
    return cv2.resize(image, (640, 480))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("waitress")
    process = start("--detector", "haar", "--workers", "2")
    try:
        yield Server(process)
    finally:
        end(process)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    camera = tmp_path_factory.mktemp("camera") / "camera.y4m"
    with camera.open("wb") as file:
        file.write(b"YUV4MPEG2 W640 H480 F15:1 Ip A1:1 C420jpeg\n")
        for shift in range(5):
            file.write(b"FRAME\n" + cv2.cvtColor(np.roll(face(), shift, 1), cv2.COLOR_BGR2YUV_I420).tobytes())
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={camera}",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """The page, open; every request must go to this server, and the console must stay silent."""
    home = f"http://127.0.0.1:{server.port}/"
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    playwright.expect.set_options(timeout=PATIENCE_MS)
    elsewhere: list[str] = []
    faults: list[str] = []
    page.on("request", lambda sent: elsewhere.append(sent.url) if not sent.url.startswith((home, "blob:")) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None)
    page.goto(home)
    playwright.expect(page.locator("#privacy")).to_contain_text("the program on this computer and nowhere else")
    yield page
    context.close()
    assert (elsewhere, faults) == ([], [])


def test_a_picture_gets_a_box_a_name_and_bars_and_a_table(page: Any, tmp_path: Path) -> None:
    picture = tmp_path / "=smile.png"
    cv2.imwrite(str(picture), face())
    text = tmp_path / "note.txt"
    text.write_text("This is no picture.")
    page.set_input_files("#files", [str(picture), str(text)])
    expect = playwright.expect
    expect(page.locator("#status")).to_have_text("1 file of 2 could not be read; each says why.")
    cards = page.locator(".card")
    expect(cards.nth(0).locator(".note").first).to_contain_text("not of a kind that can be read")
    expect(cards.nth(1).locator(".face h3")).to_have_text("Face 1: Happy")
    expect(cards.nth(1).locator(".bars dt")).to_have_count(8)
    shown, box = cards.nth(1).locator("img").bounding_box(), cards.nth(1).locator(".box").bounding_box()
    # The astronaut's face is in the upper half, left of the middle.
    assert 0.3 < (box["x"] + box["width"] / 2 - shown["x"]) / shown["width"] < 0.55
    assert 0.1 < (box["y"] + box["height"] / 2 - shown["y"]) / shown["height"] < 0.4
    with page.expect_download() as saved:
        page.click("#save")
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == 1
    assert (rows[0]["source"], rows[0]["expression"], rows[0]["detector"]) == ("'=smile.png", "happy", "haar")
    assert float(rows[0]["happy"]) > 0.5
    page.click("#clear")
    expect(cards).to_have_count(0)


def test_another_model_is_used_once_it_is_chosen(page: Any) -> None:
    page.select_option("#model", "fer-xs-7")
    page.set_input_files("#files", [str(ASTRONAUT)])
    playwright.expect(page.locator(".bars dt")).to_have_count(7)


def test_a_video_is_read_frame_by_frame_and_its_boxes_follow_the_player(page: Any, tmp_path: Path) -> None:
    film = tmp_path / "film.webm"
    with av.open(str(film), "w") as container:
        stream = container.add_stream("libvpx", rate=10, options={"deadline": "realtime", "cpu-used": "8"})
        stream.width, stream.height, stream.pix_fmt = 640, 480, "yuv420p"
        for index in range(12):
            image = face() if index < 8 else np.zeros((480, 640, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode(None))
    page.set_input_files("#files", [str(film)])
    expect = playwright.expect
    expect(page.locator(".card .note").first).to_have_text("12 frames, 640 × 480 pixels")
    expect(page.locator(".face h3")).to_have_text("Person 1: Happy")
    expect(page.locator(".box")).to_have_count(1)
    page.locator("video").evaluate("player => { player.currentTime = 1.15; }")
    expect(page.locator(".faces")).to_have_text("No face was found in this frame.")
    expect(page.locator(".box")).to_have_count(0)


def test_the_camera_is_read_until_it_is_stopped_by_keyboard_alone(page: Any) -> None:
    expect = playwright.expect
    page.keyboard.press("Tab")
    for _ in range(10):
        if page.evaluate("() => document.activeElement.id") == "camera":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#camera")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".card .note").first).to_have_text(re.compile(r"1 face, .* frames a second"))
    expect(page.locator(".face h3")).to_have_text("Face 1: Happy")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("The camera is off.")
    assert page.locator("video").evaluate("player => player.srcObject.getTracks().every(t => t.readyState === 'ended')")


def test_a_german_browser_is_answered_in_german(browser: Any, server: Server, tmp_path: Path) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/")
    expect = playwright.expect
    expect(page.locator("#privacy")).to_contain_text("das Programm auf diesem Rechner")
    text = tmp_path / "note.txt"
    text.write_text("This is no picture.")
    page.set_input_files("#files", [str(text), str(ASTRONAUT)])
    expect(page.locator("#status")).to_have_text("Nicht gelesen: 1 Datei von 2; der Grund steht jeweils dabei.")
    expect(page.locator(".card").nth(1).locator(".note").first).to_contain_text("ist keine Art von Bild")
    expect(page.locator(".face h3")).to_have_text("Gesicht 1: Fröhlich")
    context.close()


def test_the_page_of_the_api_lists_every_address(page: Any) -> None:
    page.click("text=API")
    playwright.expect(page.locator("section.panel")).to_have_count(6)
    playwright.expect(page.locator("section.panel").first).to_contain_text("/api/v1/expressions")
