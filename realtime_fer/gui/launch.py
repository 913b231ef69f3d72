"""From a process to a QApplication that is ready for the window."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from types import FrameType

from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.gui.icons import window_icon
from realtime_fer.gui.language import install_language
from realtime_fer.gui.look import Look
from realtime_fer.gui.qt_env import clean_qt_environment, install_message_handler


def create_application(
    arguments: Sequence[str], scale_percent: int = 100, language: str = ""
) -> tuple[QApplication, Look]:
    """The one QApplication, with its look. ``display_problem`` is to be asked first: Qt aborts where it finds none."""
    clean_qt_environment()
    install_message_handler()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_EnableHighDpiScaling)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_UseHighDpiPixmaps)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(list(arguments))
    application.setApplicationName("realtime-fer")
    application.setApplicationDisplayName("Realtime FER")
    application.setDesktopFileName("realtime-fer")
    application.setWindowIcon(window_icon())
    install_language(application, language)
    return application, Look(application, scale_percent)


def close_on_signals(window: QWidget) -> None:
    """Ctrl+C in the terminal and a polite kill close the window, and so finish a recording.

    Python runs the handler when it next has the word, which the window's status timer gives it four times a second.
    """

    def close() -> None:
        window.close()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        # Not at once: the handler may have come in the middle of painting.
        QTimer.singleShot(0, close)

    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)


def call_later(seconds: float, function: Callable[[], None]) -> None:
    """``function`` once, in the GUI thread, while the application runs."""
    QTimer.singleShot(int(seconds * 1000), function)
