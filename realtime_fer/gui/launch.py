"""From a process to a QApplication that is ready for the window."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache

from PyQt5.QtCore import QSocketNotifier, Qt, QTimer
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.core.enums import ThemeChoice
from realtime_fer.core.settings import Settings
from realtime_fer.core.system.termination import on_termination
from realtime_fer.gui.qt_env import clean_qt_environment, install_message_handler
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.style.fonts import provide_letters
from realtime_fer.gui.style.icons import window_icon
from realtime_fer.gui.style.language import install_language


def create_application(
    arguments: Sequence[str],
    scale_percent: int = Settings.scale_percent,
    language: str = Settings.language,
    theme: ThemeChoice = Settings.theme,
) -> tuple[QApplication, Appearance]:
    """The one QApplication and its appearance. Check ``display_problem`` first: without a display Qt aborts."""
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
    provide_letters(application)
    install_language(application, language)
    return application, Appearance(application, scale_percent, choice=theme)


@cache
def _wake_up_sockets() -> tuple[socket.socket, socket.socket]:
    """What signals' numbers are read from, and what Python writes them to: once, and open as long as the process runs.

    A window may go without a word, and a signal must not meet a descriptor that is something else by then.
    """
    reading, writing = socket.socketpair()
    reading.setblocking(False)
    writing.setblocking(False)
    signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    return reading, writing


def close_on_signals(window: QWidget, close: Callable[[], object]) -> None:
    """Ctrl+C in the terminal, its end and a polite kill close the window, and so finish a recording.

    Args:
        close: called in the GUI thread; closes ``window`` without a question.

    Python runs the handler when it next has the word. It gets it at once: the signal's number goes into a socket that
    Qt listens to, whatever the window is doing.
    """
    reading, _ = _wake_up_sockets()
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, window)  # type: ignore[arg-type]

    def heard() -> None:
        with suppress(OSError):
            reading.recv(64)

    notifier.activated.connect(heard)

    def close_window() -> None:
        close()

    # Not at once: the handler may have come in the middle of painting.
    on_termination(lambda: QTimer.singleShot(0, close_window), signal.SIGINT)


def call_later(seconds: float, function: Callable[[], None]) -> None:
    """``function`` once, in the GUI thread, while the application runs."""
    QTimer.singleShot(int(seconds * 1000), function)
