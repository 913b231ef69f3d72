"""The window in a process of its own, driven by keys."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from realtime_fer.vision.registry import weights_folder

CHECKOUT = Path(__file__).resolve().parents[2]

#: The demo with half the pictures, at half their size.
DEMO = ("--source", "demo", "--width", "640", "--fps", "15")


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
                ["xdotool", "search", "--onlyvisible", "--name", "Realtime FER|^Review: "],
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

    def settings(self) -> dict[str, object]:
        """What the program has saved."""
        return dict(json.loads(next(self.home.rglob("settings.json")).read_text(encoding="utf-8")))

    def write_into(self, title: str, text: str) -> None:
        """Types into the window of that title, once it is there, and presses Return."""
        self._answer(title, text)
        self._xdotool("windowfocus", "--sync", self.window)

    def _answer(self, title: str, text: str) -> None:
        """As ``write_into``, where the program's window may be gone afterwards."""
        found: list[str] = []

        def look() -> bool:
            answer = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", title],
                env=self._environment,
                capture_output=True,
                text=True,
                check=False,
            )
            found[:] = answer.stdout.split()
            return bool(found)

        until(look, f"the window '{title}' opens")
        # There is no window manager that would give it the focus.
        self._xdotool("windowfocus", "--sync", found[-1])
        self._xdotool("type", "--delay", "30", text)
        self.press("Return")

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
        """Exit code and stderr after pressing Q, and "Finish and quit" where a recording runs."""
        recording = self.title().startswith("●")
        self.press("q")
        if recording:
            self._answer("^Quit", "\t")
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
