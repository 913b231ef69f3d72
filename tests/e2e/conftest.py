"""An X server for the tests of the whole program, and programs that are ended with the test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.program import Program

Screen = Callable[[], np.ndarray]


@pytest.fixture(scope="module")
def frame_buffer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the file in which the X server keeps its screen."""
    return tmp_path_factory.mktemp("screen")


@pytest.fixture(scope="module")
def display(frame_buffer: Path) -> Iterator[str]:
    """An X server of our own; it chooses a free number itself."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1280x800x24",
            # Else it begins anew when a client of a moment goes, and takes a program that is just starting with it.
            "-noreset",
            "-nolisten",
            "tcp",
            "-fbdir",
            str(frame_buffer),
        ],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def screen(display: str, frame_buffer: Path) -> Screen:
    """Gives what is on the screen now, uint8 (h, w, 3), RGB; from the server's file in the format of xwd."""

    def look() -> np.ndarray:
        content = np.fromfile(frame_buffer / "Xvfb_screen0", np.uint8)
        header = content[:100].view(">u4")
        header_size, width, height, bytes_per_line, colours = (int(header[at]) for at in (0, 4, 5, 12, 19))
        start = header_size + 12 * colours
        lines = content[start : start + height * bytes_per_line].reshape(height, bytes_per_line)
        return lines[:, : 4 * width].reshape(height, width, 4)[..., 2::-1].copy()

    return look


@pytest.fixture
def start(display: str, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start_one(*arguments: str) -> Program:
        started.append(Program(display, tmp_path / "home", *arguments))
        return started[-1]

    yield start_one
    for program in started:
        if program.process.poll() is None:
            program.process.kill()
            program.process.communicate()
