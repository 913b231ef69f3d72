"""What is on, at which address, and who is connected: below the switches in the settings."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtGui import QHideEvent, QShowEvent
from PyQt5.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget

from realtime_fer.core.live import LiveState
from realtime_fer.core.text.translation import said, translate

_LOOK_AGAIN_MS = 500

#: Programs that are listed one by one.
_MOST_LISTED = 5


def _kind_title(kind: str) -> str:
    return {
        "WebSocket": "WebSocket",
        "events": translate("LivePage", "Events"),
        "picture": translate("LivePage", "Picture"),
        "LSL": "LSL",
    }[kind]


class LivePage(QWidget):
    """Shows ``state`` anew twice a second while it is visible.

    Args:
        state: of the outlets.
    """

    def __init__(self, state: Callable[[], LiveState], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setObjectName("quiet")
        self.address, self.copy_address = self._copied(
            self.tr("Page for an OBS browser source"), self.tr("Copy &address")
        )
        self.token, self.copy_token = self._copied(self.tr("Token for commands"), self.tr("Copy &token"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, (text, button) in enumerate(
            ((self.address, self.copy_address), (self.token, self.copy_token)),
        ):
            grid.addWidget(text, row, 0)
            grid.addWidget(button, row, 1)
        grid.addWidget(self.summary, 2, 0, 1, 2)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        self.refresh()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start(_LOOK_AGAIN_MS)

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _copied(self, name: str, title: str) -> tuple[QLabel, QPushButton]:
        text = QLabel()
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(name)
        text.setToolTip(name)
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _: self._copy(text.property("copied")))
        return text, button

    @staticmethod
    def _copy(text: str) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(text)

    def refresh(self) -> None:
        """Shows what runs now."""
        state = self._state()
        overlay = f"{state.address}/overlay"
        self._show(self.address, self.copy_address, overlay, overlay if state.address else "")
        token = self.tr("Token: {token}").format(token=state.token)
        self._show(self.token, self.copy_token, token, state.token)
        self.summary.setText("\n".join(self._lines(state)))

    @staticmethod
    def _show(text: QLabel, button: QPushButton, shown: str, copied: str) -> None:
        if text.text() != shown:  # Else a selection would be lost.
            text.setText(shown)
        text.setProperty("copied", copied)
        text.setVisible(bool(copied))
        button.setVisible(bool(copied))

    def _lines(self, state: LiveState) -> list[str]:
        lines = []
        if state.problem:
            lines.append(said(state.problem))
        if state.address:
            lines.append(self.tr("WebSocket: {address}").format(address=f"{state.address.replace('http', 'ws')}/live"))
        if state.osc:
            lines.append(self.tr("OSC goes to {target}").format(target=state.osc))
        if state.lsl_network:
            lines.append(self.tr("LSL: every computer on the network can find and read the streams."))
        elif state.lsl_ports_open:
            lines.append(
                self.tr(
                    "LSL: only programs on this computer find the streams; use a firewall to keep other computers out."
                )
            )
        elif state.lsl:
            lines.append(self.tr("LSL: programs on this computer can find and read the streams."))
        if state.lsl_lacks_own:
            lines.append(
                self.tr("LSL has no channel for what you taught since it started; switch it off and on to add it.")
            )
        if state.lsl_markers:
            lines.append(self.tr("Markers come from {stream}.").format(stream=state.lsl_markers))
        elif state.lsl_found:
            names = ", ".join(state.lsl_found)
            lines.append(self.tr("Marker streams found: {names}").format(names=names))
        for client in state.clients[:_MOST_LISTED]:
            if client.kind == "LSL":  # It does not say by whom, nor how fast.
                lines.append(self.tr("Read: {stream}").format(stream=client.address))
                continue
            lines.append(
                self.tr("Connected: {kind}, {address}, {dropped} frames dropped").format(
                    kind=_kind_title(client.kind), address=client.address, dropped=client.dropped
                )
            )
        more = len(state.clients) - _MOST_LISTED
        if more > 0:
            lines.append(self.tr("and {count} more").format(count=more))
        if (state.address or state.lsl) and not state.clients:
            lines.append(self.tr("No program is connected."))
        return lines or [self.tr("Nothing leaves the program.")]
