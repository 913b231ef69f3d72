import threading

from realtime_fer.runtime.slot import LatestSlot


def test_the_newest_wins_and_the_lost_are_counted() -> None:
    slot: LatestSlot[int] = LatestSlot()
    assert slot.put(1)
    assert not slot.put(2)
    assert slot.take() == 2
    assert slot.overwritten == 1
    assert slot.take_now() is None
    assert slot.take(timeout_s=0.001) is None


def test_a_waiting_taker_gets_what_is_put() -> None:
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int | None] = []
    thread = threading.Thread(target=lambda: taken.append(slot.take(10)))
    thread.start()
    slot.put(5)
    thread.join(10)
    assert taken == [5]


def test_closing_frees_a_waiting_taker_and_refuses_more() -> None:
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int | None] = []
    thread = threading.Thread(target=lambda: taken.append(slot.take()))
    thread.start()
    slot.close()
    thread.join(10)
    assert taken == [None]
    assert not slot.put(1)
    assert slot.take_now() is None
