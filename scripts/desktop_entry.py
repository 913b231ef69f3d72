"""Puts the program into the desktop's menu, for this user alone, and takes it out again.

    .venv/bin/python scripts/desktop_entry.py install
    .venv/bin/python scripts/desktop_entry.py uninstall

Follows the Desktop Entry Specification 1.5 and the Icon Theme Specification 0.13 of freedesktop.org.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from realtime_fer.core.text.printable import say

CHECKOUT = Path(__file__).resolve().parents[1]

#: What windows are known by to the desktop; see ``gui/launch.py``.
NAME = "realtime-fer"

#: Pixels.
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

# Of the specification, no newer version than is used: older desktops know none.
_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.0
Name=Realtime FER
GenericName=Facial Expression Viewer
GenericName[de]=Gesichtsausdruck-Betrachter
Comment=Shows which expression is visible on each face in front of the camera
Comment[de]=Zeigt, welcher Ausdruck auf jedem Gesicht vor der Kamera zu sehen ist
Icon=realtime-fer
Exec={command}
Terminal=false
Categories=AudioVideo;Video;Recorder;
StartupNotify=true
StartupWMClass={wm_class}
"""

#: Qt's name for the windows of an application called ``NAME``.
WM_CLASS = NAME


def data_folder() -> Path:
    """Of the user, by the XDG Base Directory Specification: a path that is not absolute does not count."""
    asked = Path(os.environ.get("XDG_DATA_HOME", ""))
    return asked if asked.is_absolute() else Path.home() / ".local" / "share"


def quoted(argument: str) -> str:
    """One argument of Exec. A backslash is doubled twice: once for the string, once for the quotes."""
    for sign in ("\\", '"', "`", "$"):
        argument = argument.replace(sign, "\\" + sign)
    return '"{}"'.format(argument.replace("\\", "\\\\").replace("%", "%%"))


def entry_path() -> Path:
    return data_folder() / "applications" / f"{NAME}.desktop"


def icon_path(size: int) -> Path:
    return data_folder() / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"


def install() -> None:
    """Writes the entry for this checkout and its virtual environment, and the window's icon in each size.

    Raises:
        OSError: a file cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PyQt5.QtGui import QGuiApplication

    from realtime_fer.gui.style.icons import window_picture

    application = QGuiApplication([NAME])
    for size in ICON_SIZES:
        path = icon_path(size)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not window_picture(size).save(str(path)):
            raise OSError(f"{path} cannot be written")
    del application
    entry = entry_path()
    entry.parent.mkdir(parents=True, exist_ok=True)
    command = f"{quoted(sys.executable)} {quoted(str(CHECKOUT / 'main.py'))}"
    entry.write_text(_ENTRY.format(command=command, wm_class=WM_CLASS), encoding="utf-8")


def uninstall() -> None:
    """Removes what ``install`` wrote, and no folder.

    Raises:
        OSError: a file cannot be removed.
    """
    for path in (entry_path(), *map(icon_path, ICON_SIZES)):
        path.unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("install", "uninstall"))
    try:
        if parser.parse_args().what == "install":
            install()
            say(f"Realtime FER is in the desktop's menu: {entry_path()}")
        else:
            uninstall()
            say("Realtime FER is no longer in the desktop's menu.")
    except OSError as error:
        say(f"The desktop's menu cannot be changed: {error}.", error=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
