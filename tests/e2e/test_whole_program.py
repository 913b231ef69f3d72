"""The program as a person runs it: ``main()`` in a process of its own, a window on a real X server, keys, files.

Skipped where Xvfb or xdotool is not installed; ``make test`` installs both.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import pytest

from realtime_fer.vision.registry import weights_folder

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X server of our own; it chooses a free number itself."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
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


def until(true: Callable[[], object], what: str, timeout_s: float = 90.0) -> None:
    """Polls a thing outside this process, which no event can tell of."""
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end, f"did not happen: {what}"
        time.sleep(0.1)


class Program:
    """The window in its own process, with its own settings, documents and one more model."""

    def __init__(self, display: str, home: Path, *arguments: str) -> None:
        self.home = home
        self.documents = home / "Documents"
        self.documents.mkdir(parents=True, exist_ok=True)
        weights = home / "weights"
        if not weights.exists():
            second_model(weights)
        settings = home / "config" / "realtime-fer" / "settings.json"
        if not settings.exists():
            # The first page was read.
            settings.parent.mkdir(parents=True)
            settings.write_text('{"welcomed": true}', encoding="utf-8")
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DOCUMENTS_DIR": str(self.documents),
            "REALTIME_FER_WEIGHTS": str(weights),
            # The face detector's files stay where set-up brought them.
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
        }
        self._environment.pop("QT_QPA_PLATFORM", None)
        self._environment.pop("WAYLAND_DISPLAY", None)
        self.process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "main.py"), *arguments],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.window = self._find_window()
        self._xdotool("windowfocus", "--sync", self.window)

    def _find_window(self) -> str:
        found: list[str] = []

        def look() -> bool:
            assert self.process.poll() is None, self.process.communicate()
            answer = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", "Realtime FER"],
                env=self._environment,
                capture_output=True,
                text=True,
                check=False,
            )
            found[:] = answer.stdout.split()
            return bool(found)

        until(look, "the window opens")
        return found[-1]

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments], env=self._environment, check=True, capture_output=True, text=True
        ).stdout

    def title(self) -> str:
        return self._xdotool("getwindowname", self.window)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)
            time.sleep(0.15)

    def sessions(self) -> list[Path]:
        return sorted(path.parent for path in self.documents.glob("Realtime FER/*/session.json"))

    def rows(self) -> list[dict[str, str]]:
        """What the newest table holds by now."""
        if not self.sessions():
            return []
        with (self.sessions()[-1] / "expressions.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def quit(self) -> tuple[int, str]:
        """Exit code and stderr after pressing Q."""
        self.press("q")
        try:
            _, said = self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode, said


def second_model(folder: Path) -> None:
    """The shipped network under another name, with its classes in the same order: another entry of the dropdown."""
    folder.mkdir(parents=True)
    card = json.loads((weights_folder() / "fer-s.json").read_text(encoding="utf-8"))
    content = (weights_folder() / card["file"]).read_bytes()
    card.update({"id": "zz-second", "name": "Second", "file": "zz-second.tflite"})
    assert card["sha256"] == hashlib.sha256(content).hexdigest()
    (folder / "zz-second.tflite").write_bytes(content)
    (folder / "zz-second.json").write_text(json.dumps(card), encoding="utf-8")


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


def position_of(model_id: str) -> str:
    """The key that chooses the model: its place in the dropdown."""
    ids = [json.loads(path.read_text(encoding="utf-8"))["id"] for path in sorted(weights_folder().glob("*.json"))]
    return str([*ids, "zz-second"].index(model_id) + 1)


def test_record_switch_model_and_detector_and_quit(start: Callable[..., Program]) -> None:
    program = start("--source", "demo", "--model", "fer-s", "--detector", "haar")
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(lambda: any(row["model"] == "fer-s" for row in program.rows()), "rows of the first model")
    program.press(position_of("zz-second"))
    until(lambda: any(row["model"] == "zz-second" for row in program.rows()), "rows of the second model")
    # The menu of detectors, its first entry.
    program.press("alt+t", "Return")
    seen = len(program.rows())
    until(lambda: len(program.rows()) > seen + 40, "rows after the other detector was chosen")
    program.press("s")
    until(lambda: list(program.documents.rglob("*.png")), "the snapshot is saved")
    code, said = program.quit()
    assert (code, said) == (0, ""), "no traceback, no Qt warning"

    (session,) = program.sessions()
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    assert facts["complete"]
    # The first frames may come before the first model does.
    assert [model["id"] for model in facts["models"] if model["id"]] == ["fer-s", "zz-second"]
    assert "haar" in [detector["id"] for detector in facts["detectors"]]
    with av.open(str(session / "video.mp4")) as container:
        stream = container.streams.video[0]
        stamps = [float(frame.pts * stream.time_base) for frame in container.decode(video=0)]
        assert (stream.width, stream.height) == (1280, 720)
    rows = program.rows()
    assert stamps == sorted(set(stamps))
    assert max(int(row["frame"]) for row in rows) <= len(stamps) - 1
    for row in rows[:: max(1, len(rows) // 50)]:
        assert float(row["timestamp"]) == pytest.approx(stamps[int(row["frame"])], abs=0.002)
    known = {"neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "uncertain"}
    for row in rows:
        assert row["expression"] in (known if row["model"] else {""})


def test_killed_in_the_middle_it_leaves_a_film_and_a_table_that_can_be_read(start: Callable[..., Program]) -> None:
    program = start("--source", "demo", "--detector", "haar")
    until(lambda: "demo" in program.title(), "the demo plays")
    program.press("r")
    until(lambda: program.rows() and float(program.rows()[-1]["timestamp"]) > 3, "three seconds are recorded")
    program.process.send_signal(signal.SIGKILL)
    program.process.communicate(timeout=10)

    rows = program.rows()
    # A row that was cut off would have None in its last columns, one that runs into another a column too many.
    assert all(None not in row and None not in row.values() for row in rows)
    (session,) = program.sessions()
    with av.open(str(session / "video.mp4")) as container:
        stream = container.streams.video[0]
        stamps = [float(frame.pts * stream.time_base) for frame in container.decode(video=0)]
    assert stamps[-1] > float(rows[-1]["timestamp"]) - 1.5
    assert not json.loads((session / "session.json").read_text(encoding="utf-8"))["complete"]


def test_without_a_camera_the_demo_plays_and_choices_are_kept(start: Callable[..., Program]) -> None:
    program = start("--source", "auto", "--detector", "haar")
    until(lambda: "Realtime FER" in program.title() and "–" in program.title(), "a source plays")
    program.press("m")
    code, said = program.quit()
    assert (code, said) == (0, "")
    settings = json.loads(next(program.home.rglob("settings.json")).read_text(encoding="utf-8"))
    assert settings["detector"] == "mediapipe", "the command line's choice held for that run alone"
    assert settings["mirror"] is False
