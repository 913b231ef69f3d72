"""The choice of a source: cameras by name, the demo, and entries that open a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QToolButton, QWidget

from realtime_fer.core.text.addresses import host_of, shown_address
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.style.icons import refresh_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import ChoiceBox
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

DEMO = "demo"
OPEN_VIDEO, OPEN_FOLDER, OPEN_ADDRESS = "ask video", "ask folder", "ask address"

#: Returns the cameras as (request, name): for ``Engine.open_source``, and for the person.
ListCameras = Callable[[], Sequence[tuple[str, str]]]


class SourceBox(QWidget):
    """A dropdown, and a button that refreshes the list of cameras."""

    source_chosen = pyqtSignal(str)
    #: One of OPEN_VIDEO, OPEN_FOLDER, OPEN_ADDRESS.
    dialog_wanted = pyqtSignal(str)
    refresh_wanted = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._cameras: list[tuple[str, str]] = []
        self._searching = False
        self._running, self._running_name = "", ""
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(translate("SourceBox", "Source"))
        self.choice.setToolTip(translate("SourceBox", "The camera, video or other source to analyse"))
        self.refresh = QToolButton()
        self.refresh.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.refresh.setToolTip(translate("SourceBox", "Refresh the camera list"))
        self.refresh.setAccessibleName(translate("SourceBox", "Refresh the camera list"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.choice, 1)
        layout.addWidget(self.refresh)
        self.setFocusProxy(self.choice)
        self.set_theme(theme)
        self.choice.activated.connect(self._activated)
        self.refresh.clicked.connect(self.refresh_wanted)
        self._rebuild()

    def set_theme(self, theme: Theme) -> None:
        self.refresh.setIcon(refresh_icon(theme.quiet))
        self.refresh.setIconSize(QSize(theme.px(16), theme.px(16)))

    def name_of(self, request: str) -> str:
        """The name in the list; the last part of a path; an address's host, without a password."""
        if request == self._running and self._running_name:
            return self._running_name
        listed = next((name for name, camera in self._cameras if camera == request), "")
        if listed or request in ("", DEMO):
            return listed
        if shown_address(request) != request:
            return host_of(request)
        return Path(request).name or request

    def set_searching(self) -> None:
        """Shows that the cameras are being searched for."""
        self._searching = True
        self.refresh.setEnabled(False)
        self._rebuild()

    def set_cameras(self, cameras: Sequence[tuple[str, str]]) -> None:
        self._searching = False
        self.refresh.setEnabled(True)
        cameras = [(request, said(name)) for request, name in cameras]
        names = [name for _, name in cameras]
        # The numbers tell two cameras of one make apart.
        self._cameras = [
            (f"{name} ({request})" if names.count(name) > 1 else name, request) for request, name in cameras
        ]
        self._rebuild()

    def show_running(self, request: str, name: str) -> None:
        """Shows the source that plays or opens."""
        self._running, self._running_name = request, name
        self._rebuild()

    def _rebuild(self) -> None:
        self.choice.clear()
        entries = [*self._cameras, (translate("SourceBox", "Demo (no camera needed)"), DEMO)]
        if self._running and self._running not in [request for _, request in entries]:
            entries.insert(0, (self._running_name or shown_address(self._running), self._running))
        for title, request in entries:
            self.choice.addItem(_shortened(plain(title)), request)
            self.choice.setItemData(self.choice.count() - 1, plain_tip(title), Qt.ItemDataRole.ToolTipRole)
        if not self._cameras:
            self.choice.insertItem(
                0,
                translate("SourceBox", "Searching for cameras…")
                if self._searching
                else translate("SourceBox", "No camera found"),
                "",
            )
            self._disable(0)
        self.choice.insertSeparator(self.choice.count())
        for title, question in (
            (translate("SourceBox", "Open video or picture…"), OPEN_VIDEO),
            (translate("SourceBox", "Open folder…"), OPEN_FOLDER),
            (translate("SourceBox", "Open network stream…"), OPEN_ADDRESS),
        ):
            self.choice.addItem(title, question)
        self._select_running()

    def _disable(self, row: int) -> None:
        model = self.choice.model()
        if model is not None:
            # Qt's own way to disable an entry of a dropdown: role UserRole - 1 holds the item's flags.
            model.setData(model.index(row, 0), 0, int(Qt.ItemDataRole.UserRole) - 1)

    def _select_running(self) -> None:
        self.choice.setCurrentIndex(self.choice.findData(self._running) if self._running else -1)

    def _activated(self, row: int) -> None:
        chosen = str(self.choice.itemData(row) or "")
        # The dropdown names what runs until another source does: a dialog may be cancelled.
        self._select_running()
        if chosen in (OPEN_VIDEO, OPEN_FOLDER, OPEN_ADDRESS):
            self.dialog_wanted.emit(chosen)
        elif chosen:
            self.source_chosen.emit(chosen)


def _shortened(name: str) -> str:
    """Shortens a long file name in its middle; the tooltip has all of it."""
    return name if len(name) <= 27 else f"{name[:14]}…{name[-11:]}"
