"""Asks the engine for places in a video, one after another: of many wishes only the newest is worth decoding."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer

#: Without an answer the next wish is passed on after so long.
PATIENCE_MS = 700


class Seeking(QObject):
    """Called only from the GUI thread.

    Args:
        seek: goes to a time of the video, in seconds.

    Attributes:
        target_s: the newest wish while no frame has answered it; else None.
    """

    def __init__(self, seek: Callable[[float], None], parent: QObject, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        self._seek = seek
        self._asked_s: float | None = None
        self._jumps = 0
        self.target_s: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(patience_ms)
        self._timer.timeout.connect(self._give_up)

    def ask(self, t_s: float) -> None:
        """Goes to ``t_s``, or remembers it until the frame that was asked for before has come."""
        self.target_s = t_s
        if self._asked_s is None:
            self._pass_on()

    def take(self, jumps: int) -> bool:
        """A frame has come, with its ``Frame.jumps``. False where it is from before the jump, or a newer wish waits."""
        asked_s = self._asked_s
        if asked_s is not None and jumps <= self._jumps:
            return False
        self._jumps = jumps
        self._timer.stop()
        self._asked_s = None
        if asked_s is not None and self.target_s != asked_s:
            self._pass_on()
            return False
        self.target_s = None
        return True

    def forget(self) -> None:
        """Another source, a step, or the end: nothing is waited for."""
        self._timer.stop()
        self._jumps = 0
        self._asked_s = self.target_s = None

    def _pass_on(self) -> None:
        self._asked_s = self.target_s
        if self._asked_s is not None:
            self._timer.start()
            self._seek(self._asked_s)

    def _give_up(self) -> None:
        newer = self.target_s != self._asked_s
        self._asked_s = None
        if newer:
            self._pass_on()
        else:
            self.target_s = None
