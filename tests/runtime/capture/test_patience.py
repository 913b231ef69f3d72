"""A source's own pace is learnt: what is slow by nature is not called silent, and what is quick is, at once."""

from __future__ import annotations

import pytest

from realtime_fer.runtime.capture.patience import Pace, Patience


def paced(gap_s: float, pictures: int = 12, promised_fps: float = 0.0) -> Pace:
    pace = Pace(Patience())
    pace.promised(promised_fps)
    for index in range(pictures):
        pace.came(index * gap_s)
    return pace


def test_a_usual_camera_is_silent_after_a_second_and_a_half() -> None:
    for pace in (Pace(Patience()), paced(1 / 30), paced(1 / 30, promised_fps=30.0), paced(0.5)):
        assert pace.say_s == 1.5
        assert pace.leave_s(address=False) == 4.0
        assert pace.leave_s(address=True) == (4.0 if pace.known else 8.0)
        assert pace.give_up_s == 8.0


@pytest.mark.parametrize("gap_s", [2.0, 5.0, 10.0, 29.0])
def test_a_slow_source_is_known_after_two_pictures(gap_s: float) -> None:
    pace = paced(gap_s, pictures=2)
    assert pace.say_s > gap_s
    assert pace.leave_s(address=True) > pace.say_s
    assert pace.leave_s(address=False) > pace.say_s


def test_what_a_source_promises_counts_until_its_pictures_tell_it_better() -> None:
    slow = Pace(Patience())
    slow.promised(0.2)
    assert slow.say_s == 12.5
    slow.came(0.0)
    slow.came(0.04)
    assert slow.say_s == 1.5
    assert paced(5.0, promised_fps=25.0).say_s == 12.5


def test_there_is_a_limit_to_it() -> None:
    assert paced(600.0).say_s == Patience().longest


def test_stalls_of_a_quick_source_do_not_make_it_a_slow_one() -> None:
    pace = paced(1 / 30)
    now_s = 20.0
    for stall_s in (3.0, 3.5, 3.9, 2.0):
        now_s += stall_s
        pace.came(now_s)
        assert pace.say_s == 1.5


def test_a_first_gap_that_was_a_stall_is_soon_forgotten() -> None:
    pace = paced(3.0, pictures=2)
    pace.came(3.0 + 1 / 30)
    assert pace.say_s == 1.5


def test_neither_a_pause_nor_an_opening_is_a_gap() -> None:
    pace = paced(1 / 30, pictures=1)
    pace.interrupted()
    pace.came(60.0)
    pace.promised(0.0)
    pace.came(120.0)
    assert pace.say_s == 1.5


def test_an_address_that_was_left_behind_gets_ever_more_time_until_two_pictures_came() -> None:
    pace = Pace(Patience())
    leavings = []
    for _ in range(4):
        leavings.append(pace.leave_s(address=True))
        pace.left_behind()
    assert leavings == [8.0, 16.0, 32.0, 38.0]
    assert pace.leave_s(address=False) == 4.0
    pace.came(0.0)
    pace.came(0.04)
    assert pace.leave_s(address=True) == 4.0


def test_a_known_address_that_gives_one_picture_each_time_may_have_become_slow_and_gets_a_patient_turn() -> None:
    pace = paced(1 / 25)
    leavings = []
    for number in range(16):
        leavings.append(pace.leave_s(address=True))
        pace.left_behind()
        pace.promised(25.0)
        pace.came(100.0 + number * 10)
    assert leavings == ([4.0] * 7 + [30.0]) * 2


def test_a_known_address_that_gives_nothing_at_all_is_tried_again_as_soon_each_time() -> None:
    pace = paced(1 / 25)
    for _ in range(20):
        pace.promised(25.0)
        assert pace.leave_s(address=True) == 4.0
        pace.left_behind()


def test_an_address_gets_as_long_to_open_as_it_usually_takes() -> None:
    pace = Pace(Patience())
    assert pace.opening_s(address=True) == 20.0, "nobody knows yet"
    pace.promised(25.0, opening_s=0.3)
    assert pace.opening_s(address=True) == 4.0
    assert pace.opening_s(address=False) == 20.0, "a camera may take long, and its thread could not be ended"
    pace.promised(25.0, opening_s=3.0)
    assert pace.opening_s(address=True) == 7.5
    pace.promised(25.0, opening_s=15.0)
    assert pace.opening_s(address=True) == 20.0


def test_an_address_that_was_opened_in_vain_again_and_again_gets_a_patient_turn_too() -> None:
    pace = Pace(Patience())
    pace.promised(25.0, opening_s=0.3)
    openings = []
    for _ in range(9):
        openings.append(pace.opening_s(address=True))
        pace.left_behind(opening=True)
    assert openings == [4.0] * 7 + [20.0, 4.0]


@pytest.mark.parametrize(
    ("attempt", "waited_s", "retry_s"),
    [(0, 0.0, 0.5), (4, 0.0, 5.0), (9, 0.2, 5.0), (9, 0.6, 4.4), (9, 3.0, 2.0), (9, 5.0, 0.5), (1, 30.0, 0.5)],
)
def test_the_time_that_a_source_kept_silent_counts_as_a_pause(attempt: int, waited_s: float, retry_s: float) -> None:
    assert Pace(Patience()).retry_s(attempt, waited_s) == retry_s
