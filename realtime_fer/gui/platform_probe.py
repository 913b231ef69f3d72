"""Starts Qt on the platform of this environment and ends: run in a process of its own, which Qt may abort.

python -m realtime_fer.gui.platform_probe
"""

from __future__ import annotations

import contextlib
import sys

from PyQt5.QtGui import QGuiApplication

from realtime_fer.gui.qt_env import clean_qt_environment


def main() -> int:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        # An abort is an answer, and nobody wants a core file of it.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    clean_qt_environment()
    return 0 if QGuiApplication(["realtime-fer"]).primaryScreen() is not None else 1


if __name__ == "__main__":
    sys.exit(main())
