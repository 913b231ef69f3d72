"""Switches the outlets as the settings say, shows that numbers leave, and runs other programs' commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QToolButton

from realtime_fer.core.live import LiveChoice, LiveOutlets, LiveState
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import said
from realtime_fer.gui.live.page import LivePage
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.status_bar import StatusBar

_LOOK_AGAIN_MS = 500

#: What a program may ask for, by its name in ``core.live.COMMANDS``, with the text that it gave.
Handlers = Mapping[str, Callable[[str], None]]


class LiveControl(QObject):
    """Called only from the GUI thread; commands come from the server's and are passed on to it.

    Args:
        outlets: None where there are none, as in a test.
        handlers: what commands do.
        add_marker: takes another program's marker with the capture time of its frame.
        open_settings: shows the settings.
    """

    #: Whether numbers leave the program, and whether they can leave this computer.
    reach_changed = pyqtSignal(bool, bool)

    _commanded = pyqtSignal(str, str)
    _marked = pyqtSignal(str, float)

    def __init__(
        self,
        parent: QObject,
        outlets: LiveOutlets | None,
        status: StatusBar,
        notices: NoticeBar,
        handlers: Handlers,
        open_settings: Callable[[], None],
        add_marker: Callable[[str, float], None] = lambda text, at_s: None,
    ) -> None:
        super().__init__(parent)
        self._outlets, self._status, self._notices, self._handlers = outlets, status, notices, handlers
        self._add_marker = add_marker
        self._problem = ""
        self._reach = False, False
        self.status_button = QToolButton()
        self.status_button.setObjectName("live")
        self.status_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.status_button.setAccessibleName(self.tr("Numbers for other programs"))
        self.status_button.clicked.connect(lambda _: open_settings())
        status.add_item(self.status_button)
        # The server's thread emits it. PyQt's stubs do not know the argument.
        self._commanded.connect(self._run, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._marked.connect(self._mark, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        if outlets is not None:
            outlets.set_commands(self._commanded.emit, self._marked.emit)
            self._timer.start(_LOOK_AGAIN_MS)

    def apply(self, settings: Settings) -> None:
        """Starts or stops what the settings changed."""
        if self._outlets is not None:
            self._outlets.apply(LiveChoice.of(settings))
            self.refresh()

    def make_page(self) -> LivePage | None:
        """What the settings show of it."""
        return None if self._outlets is None else LivePage(self._state)

    def refresh(self) -> None:
        """Shows what runs now."""
        state = self._state()
        reach = state.is_on, state.reaches_others
        if reach != self._reach:
            self._reach = reach
            self.reach_changed.emit(*reach)
        was_shown = not self.status_button.isHidden()
        counted = bool(state.address or state.lsl)
        title = self.tr("◉ Live: {count}").format(count=len(state.clients)) if counted else self.tr("◉ Live: OSC")
        if state.lsl_network:
            title = self.tr("◉ Live on the network: {count}").format(count=len(state.clients))
        lsl = self.tr("LSL on the network") if state.lsl_network else "LSL" if state.lsl else ""
        tip = self.tr("Sharing numbers with other programs at {where}").format(
            where=", ".join(one for one in (state.address, state.osc, lsl) if one)
        )
        if (title, tip, state.is_on) != (self.status_button.text(), self.status_button.toolTip(), was_shown):
            self.status_button.setText(title)
            self.status_button.setProperty("others", state.reaches_others)
            if (style := self.status_button.style()) is not None:  # It reads the property anew.
                style.unpolish(self.status_button)
                style.polish(self.status_button)
            self.status_button.setToolTip(tip)
            self.status_button.setAccessibleName(tip)
            self.status_button.setVisible(state.is_on)
            self._status.fit()
        if state.problem != self._problem:
            self._problem = state.problem
            if state.problem:
                self._notices.show_notice(Notice("live", Severity.WARNING, said(state.problem)))
            else:
                self._notices.dismiss("live")

    def stop(self) -> None:
        """Ends the outlets with their threads. May be called twice."""
        self._timer.stop()
        if self._outlets is not None:
            self._outlets.stop()
            self._outlets = None

    def _state(self) -> LiveState:
        return LiveState() if self._outlets is None else self._outlets.state()

    def _run(self, command: str, text: str) -> None:
        if self._outlets is not None:
            self._handlers[command](text)

    def _mark(self, text: str, at_s: float) -> None:
        if self._outlets is not None:
            self._add_marker(text, at_s)
