"""The import of the plots beside the picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QCoreApplication

from realtime_fer.gui.bridge import EngineBridge
from realtime_fer.gui.timeline import preloading


def test_plots_are_imported_after_the_first_picture_in_a_thread_that_ends(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "plots_of_this_test"
    (tmp_path / f"{name}.py").write_text("import threading\nthread = threading.current_thread().name\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(preloading, "_MODULES", (name,))
    monkeypatch.setattr(preloading, "_AFTER_FIRST_PICTURE_MS", 0)
    bridge = EngineBridge()
    plots = preloading.PlotsPreloading(bridge)
    QCoreApplication.processEvents()
    assert name not in sys.modules, "the window's start needs the time"
    for _ in range(2):
        bridge.view_ready()
    qtbot.waitUntil(lambda: name in sys.modules)
    plots.stop()
    assert sys.modules.pop(name).thread == "plots-import"


def test_a_window_that_closes_before_imports_nothing(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preloading, "_MODULES", ("no_such_module",))
    bridge = EngineBridge()
    plots = preloading.PlotsPreloading(bridge)
    bridge.view_ready()
    QCoreApplication.processEvents()
    plots.stop()
