"""Measures how long it takes from a seek in a paused video until its frame was analysed.

    python scripts/seek_times.py --seeks 50

makes a video of the demo (1280x720, H.264 with B-frames, a key frame every 250 frames, one minute), opens it with the
default detector and model, and seeks to random times. ``--video FILE`` takes another one. The source's own share, which
is decoding from the key frame on, is measured with the same times.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from pathlib import Path

import av
import numpy as np

from realtime_fer.assembly import build_engine_parts
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.printable import say
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import DetectorAdopted, EngineEvent, ModelAdopted, SourceOpened
from realtime_fer.runtime.rates import percentile
from realtime_fer.sources import DemoSource, VideoFileSource

FPS, SECONDS, KEY_EVERY = 25, 60, 250

#: A result that takes longer does not come at all.
_TIMEOUT_S = 30.0


class Listener:
    """Wakes whoever waits when anything has happened."""

    def __init__(self) -> None:
        self.happened = threading.Condition()
        self.kinds: set[type[EngineEvent]] = set()
        self.duration_s = 0.0

    def view_ready(self) -> None:
        with self.happened:
            self.happened.notify_all()

    def event(self, event: EngineEvent) -> None:
        with self.happened:
            self.kinds.add(type(event))
            if isinstance(event, SourceOpened):
                self.duration_s = event.duration_s or 0.0
            self.happened.notify_all()


def write_video(path: Path) -> None:
    demo = DemoSource(1280, 720, FPS)
    demo.open()
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "fast", "sc_threshold": "0"})
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 1280, 720, "yuv420p", KEY_EVERY
        for _ in range(FPS * SECONDS):
            frame = demo.read()
            if frame is not None:
                container.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image_bgr, format="bgr24")))
        container.mux(stream.encode(None))
    demo.close()


def next_result(engine: Engine, listener: Listener, jumps: int) -> FrameResult | None:
    """The first one after more than so many jumps."""
    until_s = time.perf_counter() + _TIMEOUT_S
    while time.perf_counter() < until_s:
        result = engine.take_view()
        if result is not None and result.frame.jumps > jumps:
            return result
        if result is None:
            with listener.happened:
                listener.happened.wait(0.001)
    return None


def through_engine(path: Path, shares: np.ndarray) -> list[float]:
    """Milliseconds from ``Engine.seek`` to the result."""
    settings, listener = Settings(), Listener()
    engine = Engine(build_engine_parts(settings), listener)
    engine.start(request_of(str(path)), settings.detector, settings.model)
    try:
        with listener.happened:
            listener.happened.wait_for(lambda: {DetectorAdopted, ModelAdopted} <= listener.kinds, _TIMEOUT_S)
        if next_result(engine, listener, -1) is None:
            return []
        engine.set_paused(True)
        took_ms, jumps = [], 0
        for share in shares:
            began_s = time.perf_counter()
            engine.seek(share * listener.duration_s)
            result = next_result(engine, listener, jumps)
            if result is None:
                return []
            took_ms.append((time.perf_counter() - began_s) * 1000)
            jumps = result.frame.jumps
            # Until the second look at the frame is over.
            time.sleep(0.4)
        return took_ms
    finally:
        engine.stop()


def through_source(path: Path, shares: np.ndarray) -> list[float]:
    """Milliseconds for ``seek`` and ``read``."""
    source = VideoFileSource(path)
    source.open()
    # The first seek checks the file's time stamps.
    source.seek(0.0)
    took_ms = []
    for share in shares:
        began_s = time.perf_counter()
        source.seek(share * (source.duration_s or 0.0))
        source.read()
        took_ms.append((time.perf_counter() - began_s) * 1000)
    source.close()
    return took_ms


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--video", type=Path, help="a file of any length (one is made)")
    parser.add_argument("--seeks", type=int, default=50, help="how many (50)")
    arguments = parser.parse_args()
    shares = np.random.default_rng(0).random(arguments.seeks)
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.video or Path(folder, "video.mp4")
        if arguments.video is None:
            write_video(path)
        for what, measure in (("seek and read", through_source), ("Engine.seek to result", through_engine)):
            took_ms = measure(path, shares)
            if not took_ms:
                say(f"{path.name}: no result came.")
                return 1
            say(
                f"{what}: median {percentile(took_ms, 0.5):.0f} ms, p95 {percentile(took_ms, 0.95):.0f} ms, "
                f"worst {max(took_ms):.0f} ms, N = {len(took_ms)}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
