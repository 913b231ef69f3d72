"""Finds the system libraries that the installed wheels lack on this Linux, and the packages that contain them.

Run with the virtual environment's Python. ``ldd`` examines the files that the program will load, so that nothing
is guessed. Prints one package a line to stdout, with alternatives (distributions name some packages differently)
separated by '|'. A library that no known package contains is printed to stderr, with exit status 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

#: Files below the environment's library folder; patterns, since file names carry versions.
LOADED = (
    "cv2/cv2*.so",
    "PyQt5/QtCore*.so",
    "PyQt5/QtGui*.so",
    "PyQt5/QtWidgets*.so",
    "PyQt5/QtSvg.*.so",
    "PyQt5/Qt5/plugins/platforms/libqxcb.so",
    "PyQt5/Qt5/plugins/platforms/libqoffscreen.so",
    "ai_edge_litert/_pywrap_litert_interpreter_wrapper*.so",
    "av/_core*.so",
    "av/video/codeccontext*.so",
)
LOADED_UNDER_WAYLAND = ("PyQt5/Qt5/plugins/platforms/libqwayland-generic.so",)

PACKAGES = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libGLESv2.so.2": "libgles2",
    "libGLX.so.0": "libglx0",
    "libglib-2.0.so.0": "libglib2.0-0t64|libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0t64|libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64|libglib2.0-0",
    "libgomp.so.1": "libgomp1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libXext.so.6": "libxext6",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libXrender.so.1": "libxrender1",
    "libz.so.1": "zlib1g",
}


def missing_libraries(files: Iterable[Path]) -> set[str]:
    """The shared libraries that the dynamic linker does not find for ``files``."""
    missing = set()
    for file in files:
        linked = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False).stdout
        missing |= {line.split("=>")[0].strip() for line in linked.splitlines() if "not found" in line and "=>" in line}
    return missing


def main() -> int:
    if not sys.platform.startswith("linux"):
        return 0
    folder = Path(sysconfig.get_path("platlib"))
    patterns = LOADED + (LOADED_UNDER_WAYLAND if os.environ.get("WAYLAND_DISPLAY") else ())
    missing = missing_libraries(file for pattern in patterns for file in sorted(folder.glob(pattern)))
    for package in sorted({PACKAGES[library] for library in missing if library in PACKAGES}):
        print(package)
    unknown = sorted(missing - PACKAGES.keys())
    if unknown:
        print(f"No package is known for {', '.join(unknown)}.", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
