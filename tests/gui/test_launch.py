from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.gui.launch import close_on_signals

SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


@pytest.fixture
def signals_kept() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_polite_kill_closes_the_window(stage: Any, qtbot: Any, signals_kept: None, number: signal.Signals) -> None:
    close_on_signals(stage.window, stage.window.finish_and_close)
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: not stage.window.isVisible())
    assert stage.engine.calls == [("stop",)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_window_in_which_nothing_happens_hears_of_a_signal_at_once() -> None:
    """Without a timer Python would get the word only with the next key or picture."""
    program = (
        "from PyQt5.QtCore import QTimer\n"
        "from PyQt5.QtWidgets import QWidget\n"
        "from realtime_fer.gui.launch import close_on_signals, create_application\n"
        "application, appearance = create_application(['realtime-fer'])\n"
        "window = QWidget()\n"
        "close_on_signals(window, window.close)\n"
        "window.show()\n"
        "QTimer.singleShot(200, lambda: print('shown', flush=True))\n"
        "raise SystemExit(application.exec_())\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"shown\n"
        # Until it waits for its next event, of which there are none.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.send_signal(signal.SIGHUP)
        try:
            assert process.wait(30) == 0
        finally:
            process.kill()


def test_an_application_is_made_with_its_look_also_after_cv2() -> None:
    program = (
        "import cv2\n"
        "from realtime_fer.gui.launch import create_application\n"
        "application, appearance = create_application(['realtime-fer'])\n"
        "print(application.applicationName(), appearance.theme.is_dark, application.platformName())\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "REALTIME_FER_THEME": "light"}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == ["realtime-fer", "False", "offscreen"]


def test_the_window_loads_no_room_but_its_own_floors() -> None:
    program = (
        "import sys, realtime_fer.gui.main_window, realtime_fer.gui.launch\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('realtime_fer.')}\n"
        "print(sorted(rooms))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "['assets', 'core', 'gui', 'runtime']", ran.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig finds the fonts")
@pytest.mark.parametrize("installed", [False, True])
def test_a_system_without_fonts_gets_letters_and_one_with_fonts_keeps_its_own(tmp_path: Path, installed: bool) -> None:
    fonts = f"<dir>{resources.files('realtime_fer.assets')}</dir>" if installed else ""
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig>{fonts}<cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    program = (
        "from PyQt5.QtGui import QFontDatabase, QFontMetrics\n"
        "from realtime_fer.gui import launch\n"
        "provide = launch.provide_letters\n"
        "launch.provide_letters = lambda application: print(provide(application))\n"
        "application, appearance = launch.create_application(['realtime-fer'])\n"
        "print(QFontMetrics(application.font()).inFont('A'))\n"
        "from realtime_fer.commands.doctor import _fonts\n"
        "print(_fonts().detail)\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "FONTCONFIG_FILE": str(configuration)}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    told = "1 found" if installed else "none; the window uses DejaVu Sans, which comes with it"
    assert ran.stdout.splitlines() == [str(not installed), "True", told], ran.stderr
