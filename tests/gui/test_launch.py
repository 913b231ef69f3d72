from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from realtime_fer.gui.launch import close_on_signals


@pytest.fixture
def signals_kept() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_kill_closes_the_window(stage: Any, qtbot: Any, signals_kept: None, number: signal.Signals) -> None:
    close_on_signals(stage.window)
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: not stage.window.isVisible())
    assert stage.engine.calls == [("stop",)]


def test_an_application_is_made_with_its_look_also_after_cv2() -> None:
    program = (
        "import cv2\n"
        "from realtime_fer.gui.launch import create_application\n"
        "application, look = create_application(['realtime-fer'])\n"
        "print(application.applicationName(), look.theme.is_dark, application.platformName())\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "REALTIME_FER_THEME": "light"}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == ["realtime-fer", "False", "offscreen"]


def test_the_window_loads_neither_cv2_nor_a_room_but_its_own_floors() -> None:
    program = (
        "import sys, realtime_fer.gui.main_window, realtime_fer.gui.launch\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('realtime_fer.')}\n"
        "print('cv2' in sys.modules, sorted(rooms))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "False ['core', 'gui', 'runtime']", ran.stderr
