"""Ticks of a file, kept by the time in the file."""

from __future__ import annotations

from realtime_fer.gui.player.moments import Moments
from realtime_fer.gui.player.seek_slider import Mark


def test_a_marker_lies_where_its_frame_was_in_the_file() -> None:
    moments = Moments()
    for number in range(100):
        # Played at double speed from 20 s on.
        moments.note(1000 + number / 30, 20_000 + round(number * 2000 / 30), "film.mp4")
    moments.add_marker(1000 + 60 / 30, "Marker: laughs")
    assert moments.of("film.mp4") == (Mark(24_000, "Marker: laughs"),)


def test_a_marker_on_a_frame_that_was_not_shown_goes_to_the_nearest() -> None:
    moments = Moments()
    moments.note(10.0, 100, "film.mp4")
    moments.note(11.0, 1100, "film.mp4")
    moments.add_marker(10.9, "Marker: 1")
    moments.add_marker(99.0, "Marker: 2")
    moments.add_marker(0.0, "Marker: 3")
    assert [mark.value for mark in moments.of("film.mp4")] == [1100, 1100, 100]


def test_each_file_keeps_its_own_and_a_late_note_goes_to_the_file_it_was_meant_for() -> None:
    moments = Moments()
    moments.note(10.0, 500, "a.mp4")
    moments.note(20.0, 700, "b.mp4")
    moments.add_marker(10.0, "Marker: of a")
    moments.add_marker(20.0, "Marker: of b")
    assert [mark.words for mark in moments.of("a.mp4")] == ["Marker: of a"]
    assert [mark.words for mark in moments.of("b.mp4")] == ["Marker: of b"]
    assert moments.of("c.mp4") == ()


def test_without_a_file_nothing_is_kept() -> None:
    moments = Moments()
    moments.add_marker(10.0, "Marker: 1")
    moments.note(11.0, 0, "a.mp4")
    assert moments.of("a.mp4") == ()


def test_pauses_at_one_place_are_one_tick_and_markers_are_drawn_over_them() -> None:
    moments = Moments()
    moments.note(1.0, 1000, "a.mp4")
    moments.add_marker(1.0, "Marker: 1")
    for value in (1000, 1100, 5000):
        moments.add_pause(value, "Paused here", "a.mp4", is_folder=False)
    assert [(mark.value, mark.is_pause) for mark in moments.of("a.mp4")] == [(1000, True), (5000, True), (1000, False)]
    for value in (3, 4, 4):
        moments.add_pause(value, "Paused here", "folder", is_folder=True)
    assert [mark.value for mark in moments.of("folder")] == [3, 4]
