"""The examples in the docstrings of the sources run, and print what they say."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.request import request_of
from realtime_fer.sources import (
    AddressSource,
    CameraSource,
    DemoSource,
    ImageFolderSource,
    VideoFileSource,
    source_for,
)
from tests.examples import run_example

from .clips import write_clip
from .test_address import Server
from .test_cameras import FakeCapture


def open_camera(camera: int, **options: int) -> CameraSource:
    """A camera whose device is a fake."""
    frame = np.zeros((480, 640, 3), np.uint8)
    return CameraSource(camera, **options, open_capture=FakeCapture([frame, frame]))


@pytest.mark.parametrize("documented", [VideoFileSource, ImageFolderSource, DemoSource, CameraSource, source_for])
def test_the_example_prints_what_it_says(documented: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_clip(tmp_path / "video.mp4", frames=4)
    (tmp_path / "pictures").mkdir()
    for name in ("face10.png", "face2.png"):
        cv2.imwrite(str(tmp_path / "pictures" / name), np.zeros((8, 8, 3), np.uint8))
    sources = {source.__name__: source for source in (VideoFileSource, ImageFolderSource, DemoSource)}
    names = {"CameraSource": open_camera, "request_of": request_of, "source_for": source_for}
    run_example(documented, sources | names)


def test_the_example_of_an_address_prints_what_it_says(tmp_path: Path) -> None:
    server = Server(write_clip(tmp_path / "video.mp4").read_bytes(), matroska=b"")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        run_example(AddressSource, {"AddressSource": lambda _: AddressSource(server.address("/video.mp4"))})
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
