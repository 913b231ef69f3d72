"""The choice of a file's video track: a menu under Playback, and a key that goes through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PyQt5.QtWidgets import QAction, QMenu

from realtime_fer.core.request import SourceRequest, VideoTrack
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.runtime.events import SourceOpened


class TrackChoice:
    """Called only from the GUI thread.

    Attributes:
        open_request: opens a file with the track chosen.
        tracks: of the file that is open; () where there is nothing to choose.
    """

    def __init__(self) -> None:
        self.open_request: Callable[[SourceRequest], None] = lambda request: None
        self.tracks: tuple[VideoTrack, ...] = ()
        self._request: SourceRequest | None = None
        self._return_to: tuple[SourceRequest, float] | None = None

    def source_opened(self, event: SourceOpened) -> float | None:
        """Where the file goes on if it is the one that another track was chosen of, seconds; else None."""
        self.tracks, self._request = event.tracks, event.request
        wanted, self._return_to = self._return_to, None
        return wanted[1] if wanted is not None and wanted[0] == event.request else None

    def forget(self) -> None:
        """Something else is being opened."""
        self.tracks = ()

    def choose(self, number: int, at_s: float) -> None:
        """Reads the track from ``at_s`` on."""
        if self._request is None or any(track.is_read and track.number == number for track in self.tracks):
            return
        request = replace(self._request, track=number)
        self._return_to = request, at_s
        self.open_request(request)

    def choose_next(self, at_s: float) -> None:
        """The one after that which is read; after the last one the first."""
        if self.tracks:
            at = next((place for place, track in enumerate(self.tracks) if track.is_read), -1)
            self.choose(self.tracks[(at + 1) % len(self.tracks)].number, at_s)

    def fill(self, menu: QMenu, next_track: QAction, at_s: Callable[[], float]) -> None:
        """``next_track``: the command; ``at_s``: where the file is."""
        menu.clear()
        for track in self.tracks:
            action = menu.addAction(track_title(track).replace("&", "&&"))
            if action is not None:
                action.setCheckable(True)
                action.setChecked(track.is_read)
                action.triggered.connect(lambda _checked=False, number=track.number: self.choose(number, at_s()))
        menu.addSeparator()
        menu.addAction(next_track)


def track_title(track: VideoTrack) -> str:
    """'Track 2: Camera 2 (eng), 1280 × 720'."""
    title = translate("Player", "Track {number}").format(number=track.number)
    width, height = track.size
    facts = ", ".join(fact for fact in (plain(track.title), f"{width} × {height}" if width and height else "") if fact)
    return f"{title}: {facts}" if facts else title
