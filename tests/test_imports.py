"""The floors of the house, seen from outside: what a fresh process has loaded after an import."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "annotate", "batch.worker", "bench", "cameras", "doctor", "fetch_detectors", "models.check", "models.listing",
    "report",
)  # fmt: skip


def loaded_by(modules: str, checkout: Path) -> set[str]:
    """The top-level modules in a fresh process that imported ``modules`` alone."""
    code = f"import {modules}, sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("realtime_fer.core.settings", {"PyQt5", "cv2", "av", "mediapipe", "ai_edge_litert", "torch"}),
        ("realtime_fer.runtime", {"PyQt5", "cv2", "mediapipe", "ai_edge_litert", "torch"}),
        ("realtime_fer.runtime.engine", {"PyQt5", "cv2", "mediapipe", "ai_edge_litert", "torch"}),
        ("realtime_fer.vision.pipeline", {"PyQt5", "torch"}),
        ("realtime_fer.cli", {"PyQt5", "torch"}),
        # All in one process: what none of them loads, each does not load.
        (", ".join(f"realtime_fer.commands.{name}" for name in COMMANDS), {"PyQt5", "torch"}),
        # The token and the address are judged before anything heavy is loaded.
        ("realtime_fer.web.command", {"PyQt5", "torch", "cv2", "flask", "waitress"}),
        ("realtime_fer.web.service", {"PyQt5", "torch", "flask", "waitress"}),
        ("realtime_fer.assembly", {"torch", "train", "matplotlib"}),
        # Only the open timeline needs it, and it would hold up the window.
        ("realtime_fer.gui.main_window", {"pyqtgraph", "torch"}),
        ("realtime_fer.gui.timeline.pyqtgraph_import", {"PyQt6", "PySide2", "PySide6", "matplotlib", "scipy"}),
    ],
)
def test_an_import_loads_nothing_from_another_floor(module: str, forbidden: set[str], checkout: Path) -> None:
    assert loaded_by(module, checkout) & forbidden == set()


def test_a_report_in_another_language_is_made_without_qt(checkout: Path) -> None:
    code = (
        "import sys; from realtime_fer.core.text.translation import in_language, translate\n"
        "import realtime_fer.commands.report\n"
        "with in_language('de'): print(translate('Expression', 'Happy'), 'PyQt5' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["Fr\u00f6hlich", "False"], done.stderr


def test_the_check_sees_a_forbidden_import(checkout: Path) -> None:
    """The one room that may load Qt does, so the test above can fail."""
    assert "PyQt5" in loaded_by("realtime_fer.gui.qt_env", checkout)


def test_the_plotting_library_leaves_the_handlers_of_faults_as_they_were(checkout: Path) -> None:
    code = (
        "import sys, threading; before = sys.excepthook, threading.excepthook; "
        "import realtime_fer.gui.timeline.pyqtgraph_import; "
        "assert before == (sys.excepthook, threading.excepthook)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not importlib.util.find_spec("importlinter"), reason="import-linter is not installed")
def test_every_import_keeps_to_the_contracts(checkout: Path) -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
