"""The one door to pyqtgraph. Imported when the first plot is opened: it takes about as long as the window itself."""

from __future__ import annotations

import os
import sys
import threading

# It takes whichever Qt binding it is told, or finds first.
os.environ["PYQTGRAPH_QT_LIB"] = "PyQt5"

# Its import puts handlers of its own in place, which print what the window's handler says in words.
_hooks = sys.excepthook, threading.excepthook
try:
    import pyqtgraph
finally:
    sys.excepthook, threading.excepthook = _hooks

# Long lines are drawn many times faster without; texts are smooth anyway.
pyqtgraph.setConfigOptions(antialias=False, useOpenGL=False)

__all__ = ["pyqtgraph"]
