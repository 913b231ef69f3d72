"""What is dragged onto the picture, and how it is taken."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QMimeData, Qt
from PyQt5.QtGui import QDropEvent

from realtime_fer.core.request import is_address


def dropped_request(dropped: QMimeData | None) -> str:
    """The local path or address that is dragged onto the window; '' for anything else."""
    if dropped is None:
        return ""
    for url in dropped.urls():
        if url.isLocalFile():
            return url.toLocalFile()
        if is_address(url.toString()):
            return url.toString()
    return ""


def is_recording_folder(request: str) -> bool:
    """Whether it is a recording of the program, which has a video and no pictures to open."""
    folder = Path(request)
    return all((folder / name).is_file() for name in ("session.json", "expressions.csv"))


def accept_copy(event: QDropEvent) -> None:
    """Takes what is dropped as a copy, whatever the file manager proposes: a move would let it delete the file.

    A link is taken where no copy is offered.
    """
    for action in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction):
        if event.possibleActions() & action:
            event.setDropAction(action)
            event.accept()
            return
    event.ignore()
