"""The only import of pyqtgraph, made when the first plot opens: it takes about as long as the window itself."""

from __future__ import annotations

import os
import sys
import threading

# Without this it takes the first Qt binding that it finds.
os.environ["PYQTGRAPH_QT_LIB"] = "PyQt5"

# Its import replaces the exception handlers, and the window has its own.
_hooks = sys.excepthook, threading.excepthook
try:
    import pyqtgraph
finally:
    sys.excepthook, threading.excepthook = _hooks

# Long lines draw many times faster without antialiasing; texts are smooth anyway.
pyqtgraph.setConfigOptions(antialias=False, useOpenGL=False)

__all__ = ["pyqtgraph"]
