"""Saves the settings while the window is open, so that a kill loses none."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer

from realtime_fer.core.errors import SettingsError
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import said
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar

#: Settings are written at most once in this time.
KEEP_INTERVAL_MS = 1000


class SettingsSaver(QObject):
    """Called only from the GUI thread.

    Args:
        keep: saves settings where they have changed; raises SettingsError.
        current: the settings of the moment.
    """

    def __init__(
        self,
        keep: Callable[[Settings], None],
        current: Callable[[], Settings],
        notices: NoticeBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keep, self._current, self._notices = keep, current, notices
        self._timer = QTimer(self)
        self._timer.setInterval(KEEP_INTERVAL_MS)
        self._timer.timeout.connect(self._save)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _save(self) -> None:
        try:
            self._keep(self._current())
        except SettingsError as error:
            self._notices.show_notice(Notice("settings", Severity.WARNING, said(error.sentence())))
