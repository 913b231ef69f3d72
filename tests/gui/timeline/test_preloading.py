"""The import of the plots beside the picture."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QCoreApplication

from realtime_fer.gui.bridge import EngineBridge
from realtime_fer.gui.timeline import preloading


def test_plots_are_imported_after_the_first_picture_in_a_thread_that_ends(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, of_qt = "plots_of_this_test", "qt_of_this_test"
    for made in (name, of_qt):
        (tmp_path / f"{made}.py").write_text("import threading\nthread = threading.current_thread()\n")
    monkeypatch.setattr(preloading, "_QT_MODULES", (of_qt, "no_such_module"))
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
    assert sys.modules.pop(name).thread.name == "plots-import"
    assert sys.modules.pop(of_qt).thread is threading.main_thread()


def test_the_thread_begins_no_module_of_qt() -> None:
    code = f"""
import importlib, sys
import PyQt5.QtWidgets
for name in {preloading._QT_MODULES!r}:
    importlib.import_module(name)
before = set(sys.modules)
for name in {preloading._MODULES!r}:
    importlib.import_module(name)
print([name for name in set(sys.modules) - before if name.startswith("PyQt5.Qt")])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_window_that_closes_before_imports_nothing(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preloading, "_MODULES", ("no_such_module",))
    bridge = EngineBridge()
    plots = preloading.PlotsPreloading(bridge)
    bridge.view_ready()
    QCoreApplication.processEvents()
    plots.stop()
