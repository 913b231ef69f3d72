"""A source's own timeouts is learnt: what is slow by nature is not called silent, and what is quick is, at once."""

from __future__ import annotations

import pytest

from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts, SourceTimeouts


def paced(gap_s: float, pictures: int = 12, declared_fps: float = 0.0) -> AdaptiveTimeouts:
    timeouts = AdaptiveTimeouts(SourceTimeouts())
    timeouts.source_opened(declared_fps)
    for index in range(pictures):
        timeouts.frame_arrived(index * gap_s)
    return timeouts


def test_a_usual_camera_is_silent_after_a_second_and_a_half() -> None:
    for timeouts in (AdaptiveTimeouts(SourceTimeouts()), paced(1 / 30), paced(1 / 30, declared_fps=30.0), paced(0.5)):
        assert timeouts.stall_after_s == 1.5
        assert timeouts.reopen_after_s(address=False) == 4.0
        assert timeouts.reopen_after_s(address=True) == (4.0 if timeouts.pace_is_known else 8.0)
        assert timeouts.read_timeout_s == 8.0


@pytest.mark.parametrize("gap_s", [2.0, 5.0, 10.0, 29.0])
def test_a_slow_source_is_known_after_two_pictures(gap_s: float) -> None:
    timeouts = paced(gap_s, pictures=2)
    assert timeouts.stall_after_s > gap_s
    assert timeouts.reopen_after_s(address=True) > timeouts.stall_after_s
    assert timeouts.reopen_after_s(address=False) > timeouts.stall_after_s


def test_what_a_source_promises_counts_until_its_pictures_tell_it_better() -> None:
    slow = AdaptiveTimeouts(SourceTimeouts())
    slow.source_opened(0.2)
    assert slow.stall_after_s == 12.5
    slow.frame_arrived(0.0)
    slow.frame_arrived(0.04)
    assert slow.stall_after_s == 1.5
    assert paced(5.0, declared_fps=25.0).stall_after_s == 12.5


def test_there_is_a_limit_to_it() -> None:
    assert paced(600.0).stall_after_s == SourceTimeouts().max_stall_after_s


def test_stalls_of_a_quick_source_do_not_make_it_a_slow_one() -> None:
    timeouts = paced(1 / 30)
    now_s = 20.0
    for stall_s in (3.0, 3.5, 3.9, 2.0):
        now_s += stall_s
        timeouts.frame_arrived(now_s)
        assert timeouts.stall_after_s == 1.5


def test_a_first_gap_that_was_a_stall_is_soon_forgotten() -> None:
    timeouts = paced(3.0, pictures=2)
    timeouts.frame_arrived(3.0 + 1 / 30)
    assert timeouts.stall_after_s == 1.5


def test_neither_a_pause_nor_an_opening_is_a_gap() -> None:
    timeouts = paced(1 / 30, pictures=1)
    timeouts.ignore_next_gap()
    timeouts.frame_arrived(60.0)
    timeouts.source_opened(0.0)
    timeouts.frame_arrived(120.0)
    assert timeouts.stall_after_s == 1.5


def test_an_address_that_was_left_behind_gets_ever_more_time_until_two_pictures_came() -> None:
    timeouts = AdaptiveTimeouts(SourceTimeouts())
    limits = []
    for _ in range(4):
        limits.append(timeouts.reopen_after_s(address=True))
        timeouts.timed_out()
    assert limits == [8.0, 16.0, 32.0, 38.0]
    assert timeouts.reopen_after_s(address=False) == 4.0
    timeouts.frame_arrived(0.0)
    timeouts.frame_arrived(0.04)
    assert timeouts.reopen_after_s(address=True) == 4.0


def test_a_known_address_that_gives_one_picture_each_time_may_have_become_slow_and_gets_a_long_turn() -> None:
    timeouts = paced(1 / 25)
    limits = []
    for number in range(16):
        limits.append(timeouts.reopen_after_s(address=True))
        timeouts.timed_out()
        timeouts.source_opened(25.0)
        timeouts.frame_arrived(100.0 + number * 10)
    assert limits == ([4.0] * 7 + [30.0]) * 2


def test_a_known_address_that_gives_nothing_at_all_is_tried_again_as_soon_each_time() -> None:
    timeouts = paced(1 / 25)
    for _ in range(20):
        timeouts.source_opened(25.0)
        assert timeouts.reopen_after_s(address=True) == 4.0
        timeouts.timed_out()


def test_an_address_gets_as_long_to_open_as_it_usually_takes() -> None:
    timeouts = AdaptiveTimeouts(SourceTimeouts())
    assert timeouts.open_timeout_s(address=True) == 20.0, "nobody knows yet"
    timeouts.source_opened(25.0, opening_s=0.3)
    assert timeouts.open_timeout_s(address=True) == 4.0
    assert timeouts.open_timeout_s(address=False) == 20.0, "a camera may take long, and its thread could not be ended"
    timeouts.source_opened(25.0, opening_s=3.0)
    assert timeouts.open_timeout_s(address=True) == 7.5
    timeouts.source_opened(25.0, opening_s=15.0)
    assert timeouts.open_timeout_s(address=True) == 20.0


def test_an_address_that_was_opened_in_vain_again_and_again_gets_a_long_turn_too() -> None:
    timeouts = AdaptiveTimeouts(SourceTimeouts())
    timeouts.source_opened(25.0, opening_s=0.3)
    openings = []
    for _ in range(9):
        openings.append(timeouts.open_timeout_s(address=True))
        timeouts.timed_out(opening=True)
    assert openings == [4.0] * 7 + [20.0, 4.0]


@pytest.mark.parametrize(
    ("attempt", "waited_s", "retry_s"),
    [(0, 0.0, 0.5), (4, 0.0, 5.0), (9, 0.2, 5.0), (9, 0.6, 4.4), (9, 3.0, 2.0), (9, 5.0, 0.5), (1, 30.0, 0.5)],
)
def test_the_time_that_a_source_kept_silent_counts_as_a_pause(attempt: int, waited_s: float, retry_s: float) -> None:
    assert AdaptiveTimeouts(SourceTimeouts()).retry_after_s(attempt, waited_s) == retry_s
