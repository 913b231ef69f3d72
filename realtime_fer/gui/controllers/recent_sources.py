"""The recently opened files, folders and addresses, and their menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QMenu

from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.printable import escape_unprintable
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.plain_text import plain_tip

_MOST = TABLE["recent_sources"].most


class RecentSources(QObject):
    """Newest first, bounded by the table of settings. Called only from the GUI thread.

    Addresses are kept whole, since they are to be opened again, in settings that only their owner can read. The menu
    shows what ``core.text.addresses`` allows.

    Args:
        open_source: called with what was chosen from the menu.
    """

    def __init__(
        self,
        requests: Sequence[str],
        open_source: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open = open_source
        self._requests = list(requests)[:_MOST]

    @property
    def requests(self) -> tuple[str, ...]:
        return tuple(self._requests)

    def add(self, request: str) -> None:
        """Moves ``request`` to the front."""
        self._requests = [request, *(known for known in self._requests if known != request)][:_MOST]

    def forget(self) -> None:
        self._requests = []

    def fill(self, menu: QMenu) -> None:
        """Fills ``menu`` before it is shown."""
        menu.clear()
        for number, request in enumerate(self._requests, start=1):
            action = menu.addAction(f"&{number}  {_shortened(request)}")
            if action is not None:
                action.setToolTip(plain_tip(shown_address(request)))
                action.triggered.connect(lambda _checked=False, request=request: self._open(request))
        if not self._requests:
            nothing = menu.addAction(translate("RecentSources", "No recent sources"))
            if nothing is not None:
                nothing.setEnabled(False)
            return
        menu.addSeparator()
        forget = menu.addAction(translate("RecentSources", "&Clear list"))
        if forget is not None:
            forget.triggered.connect(lambda _checked=False: self.forget())


def _shortened(request: str) -> str:
    """A file's name and folder, or an address's host, at most 60 characters."""
    shown = shown_address(request)
    if shown != request:
        text = shown if len(shown) <= 60 else f"{shown[:59]}…"
    else:
        path = Path(request)
        text = f"{path.name} – {path.parent}"
        if len(text) > 60:
            text = f"{path.name[-56:]} – …" if len(path.name) > 40 else f"{text[:59]}…"
    return escape_unprintable(text).replace("&", "&&")
