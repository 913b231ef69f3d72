"""The sources and the display of the soak test."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path

from realtime_fer.core.system.children import child_environment, python_command

#: Small pictures: what leaks does so at any size, and weighs more against them.
WIDTH, HEIGHT = 640, 360


def usable_detectors() -> list[str]:
    """The detectors whose files are on this machine."""
    from realtime_fer.core.enums import DetectorName
    from realtime_fer.core.errors import DetectorError
    from realtime_fer.vision.registry import make_detector

    usable = []
    for name in DetectorName:
        with suppress(DetectorError):
            make_detector(name).close()
            usable.append(name.value)
    return usable


def make_sources(folder: Path, seconds: float = 20.0) -> list[str]:
    """Makes a video of ``seconds`` and a folder of pictures from the demo; ``served`` adds the video by its address."""
    import cv2

    from realtime_fer.core.faces import Faces
    from realtime_fer.core.frame import Frame, FrameResult
    from realtime_fer.sinks.video_sink import VideoSink
    from realtime_fer.sources.demo.source import DemoSource

    source = DemoSource(WIDTH, HEIGHT, 15, faces=2, seconds=seconds)
    pictures = folder / "pictures"
    pictures.mkdir()
    source.open()
    with VideoSink(folder / "video.mp4") as video:
        while (given := source.read()) is not None:
            frame = Frame(given.image_bgr, video.frames, given.media_time_s or 0.0)
            video.write(FrameResult(frame, Faces.empty(), ()), frame.timestamp_s)
            if video.frames % 60 == 0:
                cv2.imwrite(str(pictures / f"{video.frames}.png"), given.image_bgr)
    source.close()
    return ["demo", str(folder / "video.mp4"), "demo", str(pictures)]


def served(folder: Path, stack: ExitStack) -> str:
    """Serves the folder's video over HTTP from a separate process, without range requests."""
    import av

    with (
        av.open(str(folder / "video.mp4")) as video,
        av.open(str(folder / "served.mp4"), "w", options={"movflags": "faststart"}) as copy,
    ):
        stream = copy.add_stream_from_template(video.streams.video[0])
        for packet in video.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                copy.mux(packet)
    command = python_command("-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder))
    server = stack.enter_context(
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=child_environment())
    )
    stack.callback(server.terminate)
    assert server.stdout is not None
    # "Serving HTTP on 127.0.0.1 port 40123 (http://…) ..."
    port = server.stdout.readline().split(" port ")[1].split()[0]
    return f"http://127.0.0.1:{port}/served.mp4"


def ensure_display(stack: ExitStack) -> str:
    """Selects the display: an existing one, Xvfb, or off screen."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"]
    if os.environ.get("DISPLAY"):
        return os.environ["DISPLAY"]
    if shutil.which("Xvfb") is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return "offscreen"
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        os.environ["DISPLAY"] = f":{pipe.readline().strip()}"
    return f"Xvfb {os.environ['DISPLAY']}"
