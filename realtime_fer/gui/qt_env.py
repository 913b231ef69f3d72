"""What has to be right in the process before a QApplication can live in it, and what has to be caught afterwards."""

from __future__ import annotations

import ctypes
import logging
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PyQt5.QtCore import QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler

from realtime_fer.core.system.children import child_environment, own_module_command
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import translate

logger = logging.getLogger(__name__)

_CV2_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
#: These need no screen and always start.
_SURE_PLATFORMS = ("offscreen", "minimal")

#: A slow machine may take so long, seconds, to start a Python and Qt.
_PROBE_S = 30

#: What Qt's X11 plugin links and PyQt5's wheel does not carry, and the Debian or Ubuntu package that brings it.
_PACKAGES = {
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def clean_qt_environment() -> None:
    """Takes back what importing ``cv2`` did to the environment.

    Its Linux wheels point QT_QPA_PLATFORM_PLUGIN_PATH and QT_QPA_FONTDIR at a Qt of their own, and PyQt5 then
    aborts on loading a platform plugin of another build (opencv-python #736). To be called after ``cv2`` was
    imported and before the QApplication is made. Values that a person set, pointing elsewhere, stay.
    """
    for variable in _CV2_VARIABLES:
        if "cv2" in Path(os.environ.get(variable, "")).parts:
            del os.environ[variable]


def display_problem() -> str:
    """Why no window can be opened here, as one or two sentences, or ''.

    Qt itself would abort the process instead of raising, so it is found out beforehand.
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in _SURE_PLATFORMS:
        return ""
    if not sys.platform.startswith("linux"):
        return _platform_problem() if platform else ""
    display, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if not display and not wayland and platform in ("", "xcb", "wayland"):
        return "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if display and platform in ("", "xcb"):
        problem = missing_xcb_libraries() or _unreachable_display(display)
        if problem and wayland and not platform:
            # In some sessions Qt takes Wayland by itself.
            return problem if _platform_problem() else ""
        return problem
    return _platform_problem()


def _platform_problem() -> str:
    """Lets Qt start in a process of its own, which takes half a second: in this one it would abort without a word."""
    try:
        ran = subprocess.run(
            own_module_command("realtime_fer.gui.platform_probe"),
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"Qt does not start within {_PROBE_S} seconds here ({_told_platform()})."
    except OSError:
        return ""  # No process can be started; then Qt alone can tell.
    return f"Qt cannot open a window here ({_told_platform()})." if ran.returncode else ""


def _told_platform() -> str:
    """The variables that choose where a window opens, such as "QT_QPA_PLATFORM is 'wayland'"."""
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    told = [f"{name} is '{value}'" for name in names if (value := os.environ.get(name, ""))]
    return ", ".join(told)


def missing_xcb_libraries() -> str:
    """A sentence naming the system libraries that Qt's X11 plugin lacks and the packages that bring them, or ''."""
    plugin = Path(QLibraryInfo.location(QLibraryInfo.PluginsPath)) / "platforms" / "libqxcb.so"
    if not plugin.exists():
        return f"Qt's plugin for X11 is not where it should be ({plugin}). Reinstalling PyQt5 brings it back."
    problem = _load_problem(str(plugin))
    if not problem:
        return ""
    # The loader names only the first library it misses; all are named here, so that one installation is enough.
    missing = [library for library in _PACKAGES if _load_problem(library)]
    if not missing:
        return f"Qt cannot open windows because a system library does not load ({problem})."
    return (
        f"Qt cannot open windows because system libraries are missing ({', '.join(missing)}). On Debian and Ubuntu "
        f"this installs them: sudo apt install {' '.join(_PACKAGES[library] for library in missing)}"
    )


def _load_problem(library: str) -> str:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def _unreachable_display(display: str) -> str:
    """Asks libxcb, in the same way as Qt will, whether the X server answers."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return ""  # Qt carries its own; then it alone can tell.
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return f"The display {display} cannot be reached, so no window can be opened." if failed else ""


def install_excepthook(on_error: Callable[[str], None]) -> None:
    """PyQt5 aborts the process on an exception in a slot, unless ``sys.excepthook`` is someone else's.

    The fault is logged whole, and ``on_error`` gets one sentence for the person. KeyboardInterrupt goes the usual way.
    """
    before = sys.excepthook
    busy = threading.local()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        logger.error("Unexpected fault:\n%s", "".join(traceback.format_exception(kind, error, trace)))
        if getattr(busy, "showing", False):
            return
        busy.showing = True
        try:
            told = translate(
                "Program", "Something went wrong in the program ({kind}: {error}). It keeps running as well as it can."
            )
            on_error(told.format(kind=kind.__name__, error=hide_addresses(str(error))))
        finally:
            busy.showing = False

    sys.excepthook = hook


def install_message_handler() -> None:
    """Sends Qt's own messages to the log instead of stderr, with Qt's severity."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    qt_logger = logging.getLogger("qt")

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        qt_logger.log(levels.get(kind, logging.WARNING), "%s", text)

    qInstallMessageHandler(handle)
