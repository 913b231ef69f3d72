"""Places in a file, in words."""

from __future__ import annotations

import pytest

from realtime_fer.gui.player.position import picture_words, position_words, speed_title, time_words


@pytest.mark.parametrize(
    ("t_s", "said"),
    [
        (0.0, "0:00.0"),
        (12.4, "0:12.4"),
        (12.4 - 1e-9, "0:12.4"),
        (12.49, "0:12.4"),
        (59.99, "0:59.9"),
        (60.0, "1:00.0"),
        (3725.05, "1:02:05.0"),
        (-1.0, "0:00.0"),
    ],
)
def test_a_time_is_cut_to_tenths_and_never_shown_before_it_is_reached(t_s: float, said: str) -> None:
    assert time_words(t_s) == said


def test_position_and_duration() -> None:
    assert position_words(12.4, 63.0) == "0:12.4 / 1:03"
    assert position_words(12.4, None) == "0:12.4"
    assert position_words(1.6, 1.633) == "0:01.6 / 0:01.6"
    assert position_words(63.4, 63.4) == "1:03.4 / 1:04"
    assert position_words(600.0, 600.02) == "10:00.0 / 10:00"
    assert picture_words(11, 154) == "12 of 154"


def test_speeds_are_written_as_people_write_them() -> None:
    assert [speed_title(factor) for factor in (0.25, 1.0, 1.5, 3.0)] == ["¼×", "1×", "1½×", "3×"]
