"""Measures how evenly the page for OBS draws in Chromium: frames a second, and the longest time between two.

    python scripts/overlay_rate.py --people 4 --seconds 20

A server as the program's own gives made-up people at 30 frames a second. Needs Playwright for Python and Chromium.
"""

from __future__ import annotations

import argparse
import math
import shutil
import threading
import time

import numpy as np
from playwright.sync_api import sync_playwright

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.sinks.jsonl_file import frame_object
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.server import LiveServer

FRAME_S = 1 / 30

#: Whether a bar of the first person was moved, at each frame that the browser paints.
WATCH = """(seconds) => new Promise((done) => {
  const drawn = [], painted = [], began = performance.now();
  let last = "";
  const look = (now) => {
    painted.push(now);
    const bar = document.querySelector(".fill");
    if (bar && bar.style.transform !== last) { last = bar.style.transform; drawn.push(now); }
    if (now - began < seconds * 1000) requestAnimationFrame(look); else done({drawn, painted});
  };
  requestAnimationFrame(look);
})"""


def people(count: int, number: int, captured_s: float) -> FrameResult:
    """Whose values are others in each frame."""
    boxes = np.array([[10 + 150 * one, 10, 110 + 150 * one, 130] for one in range(count)], np.float32)
    chances = np.full((count, len(EXPRESSION_KEYS)), 0.01, np.float32)
    chances[:, 0] = 0.45 + 0.4 * math.sin(number / 7)
    chances[:, 1] = 1 - chances[:, [0, *range(2, len(EXPRESSION_KEYS))]].sum(axis=1)
    faces = Faces(boxes, np.full(count, 0.9, np.float32)).with_tracker_id(np.arange(1, count + 1))
    image = np.zeros((720, 1280, 3), np.uint8)
    return FrameResult(
        Frame(image, number, captured_s), faces.with_probabilities(chances, chances), EXPRESSION_KEYS, model_id="m"
    )


def give(hub: LiveHub, count: int, stopping: threading.Event) -> None:
    due_s = time.perf_counter()
    number = 0
    while not stopping.wait(max(0.0, due_s - time.perf_counter())):
        hub.give(people(count, number, time.perf_counter()))
        number, due_s = number + 1, due_s + FRAME_S


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    hub, stopping = LiveHub(frame_object), threading.Event()
    server = LiveServer(hub, 8872)
    server.start()
    server.wait_started()
    giving = threading.Thread(target=give, args=(hub, asked.people, stopping))
    giving.start()
    try:
        with sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(120_000)
            page.goto(server.address + "/overlay")
            page.wait_for_selector(".fill", state="attached")
            seen = page.evaluate(WATCH, asked.seconds)
            chromium.close()
    finally:
        stopping.set()
        giving.join()
        server.stop()
        hub.close()
    for name, times_ms in seen.items():
        steps = np.diff(times_ms)
        p50, p99 = np.percentile(steps, [50, 99])
        rate = len(steps) / asked.seconds
        print(f"{name:<8} {rate:5.1f} a second   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   max {steps.max():6.1f} ms")


if __name__ == "__main__":
    main()
