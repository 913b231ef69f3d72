from __future__ import annotations

import logging
import os
import sys

import pytest
from PyQt5.QtCore import qInstallMessageHandler, qWarning

from realtime_fer.gui import qt_env


def test_what_cv2_set_goes_and_what_a_person_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/usr/lib/python3/site-packages/cv2/qt/plugins")
    monkeypatch.setenv("QT_QPA_FONTDIR", "/usr/share/fonts/mine")
    qt_env.clean_qt_environment()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert os.environ["QT_QPA_FONTDIR"] == "/usr/share/fonts/mine"


def test_clean_without_any_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM_PLUGIN_PATH", raising=False)
    monkeypatch.delenv("QT_QPA_FONTDIR", raising=False)
    qt_env.clean_qt_environment()


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


@linux_only
def test_no_display_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    assert "no display" in qt_env.display_problem()


@linux_only
def test_offscreen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert qt_env.display_problem() == ""


@linux_only
def test_a_display_nobody_serves_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(qt_env, "missing_xcb_libraries", lambda: "")
    monkeypatch.setenv("DISPLAY", ":54321")
    assert ":54321 cannot be reached" in qt_env.display_problem()


@linux_only
@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"QT_QPA_PLATFORM": "nonsense", "DISPLAY": ":54321"}, "QT_QPA_PLATFORM is 'nonsense'"),
        ({"QT_QPA_PLATFORM": "wayland", "WAYLAND_DISPLAY": "nobody-9"}, "WAYLAND_DISPLAY is 'nobody-9'"),
        ({"WAYLAND_DISPLAY": "nobody-9"}, "WAYLAND_DISPLAY is 'nobody-9'"),
    ],
)
def test_a_platform_that_qt_would_abort_on_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], told: str
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    problem = qt_env.display_problem()
    assert problem.startswith("Qt cannot open a window here (")
    assert told in problem


def test_a_platform_that_starts_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert qt_env._platform_problem() == ""


@linux_only
def test_all_missing_libraries_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = ("libqxcb.so", "libxcb-icccm.so.4", "libxcb-keysyms.so.1")

    def load(library: str, *_: object, **__: object) -> object:
        if library.endswith(missing):
            raise OSError(f"{library}: cannot open shared object file")
        return object()

    monkeypatch.setattr(qt_env.ctypes, "CDLL", load)
    sentence = qt_env.missing_xcb_libraries()
    assert sentence.endswith("sudo apt install libxcb-icccm4 libxcb-keysyms1")
    assert "libxcb-icccm.so.4, libxcb-keysyms.so.1" in sentence


def test_a_fault_in_a_slot_is_said_and_logged(
    qtbot: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    qt_env.install_excepthook(said.append)
    try:
        raise RuntimeError("out of cheese")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(said) == 1
    assert "out of cheese" in said[0]
    assert "Traceback" not in said[0]
    assert "test_qt_env.py" in caplog.text


def test_a_fault_while_saying_the_fault_does_not_go_round(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def on_error(sentence: str) -> None:
        calls.append(sentence)
        sys.excepthook(ValueError, ValueError("again"), None)

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    qt_env.install_excepthook(on_error)
    sys.excepthook(ValueError, ValueError("once"), None)
    assert len(calls) == 1


def test_interrupt_goes_the_usual_way(monkeypatch: pytest.MonkeyPatch) -> None:
    usual: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: usual.append(kind))
    qt_env.install_excepthook(lambda sentence: pytest.fail("said"))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert usual == [KeyboardInterrupt]


@pytest.mark.no_qt_log
def test_qt_speaks_in_the_log(qtbot: object, caplog: pytest.LogCaptureFixture) -> None:
    before = qInstallMessageHandler(None)
    try:
        qt_env.install_message_handler()
        with caplog.at_level(logging.WARNING, "qt"):
            qWarning(b"something about a plugin")
    finally:
        qInstallMessageHandler(before)
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("WARNING", "something about a plugin")
    ]
