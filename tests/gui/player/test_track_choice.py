"""The choice of a video track under Playback."""

from __future__ import annotations

from typing import Any

from PyQt5.QtWidgets import QAction, QMenu

from realtime_fer.core.request import Kind, SourceRequest, VideoTrack
from realtime_fer.gui.player.track_choice import TrackChoice
from realtime_fer.runtime.events import SourceOpened

FIRST, SECOND = VideoTrack(1, "", (1280, 720), True), VideoTrack(2, "Camera & 2 (eng)", (64, 48))


def opened(track: int, *tracks: VideoTrack) -> SourceOpened:
    return SourceOpened(SourceRequest(Kind.FILE, "a.mkv", track), "a.mkv", False, tracks=tracks)


def test_a_track_is_chosen_from_the_menu_and_goes_on_at_its_place(qtbot: Any) -> None:
    choice, wanted, menu, command = TrackChoice(), [], QMenu(), QAction("Next")
    qtbot.addWidget(menu)
    choice.open_request = wanted.append
    assert choice.source_opened(opened(0, FIRST, SECOND)) is None
    choice.fill(menu, command, lambda: 7.5)
    tracks = [action for action in menu.actions() if action.isCheckable()]
    assert [action.text() for action in tracks] == ["Track 1: 1280 × 720", "Track 2: Camera && 2 (eng), 64 × 48"]
    assert [action.isChecked() for action in tracks] == [True, False]
    tracks[0].trigger()
    assert wanted == [], "it is being read"
    tracks[1].trigger()
    assert wanted == [SourceRequest(Kind.FILE, "a.mkv", 2)]
    choice.forget()
    assert choice.source_opened(opened(2, VideoTrack(1), VideoTrack(2, is_read=True))) == 7.5
    choice.choose_next(3.0)
    assert wanted[-1].track == 1
    assert choice.source_opened(opened(0)) is None, "another file was opened meanwhile"
    choice.choose_next(3.0)
    assert len(wanted) == 2
