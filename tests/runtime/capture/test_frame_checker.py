import numpy as np
import pytest

from realtime_fer.runtime.capture.frame_checker import REOPENINGS, FrameChecker, FrameState


def noisy(seed: int, low: int = 60, high: int = 200) -> np.ndarray:
    return np.random.default_rng(seed).integers(low, high, (120, 160, 3), dtype=np.uint8)


def looks(checker: FrameChecker, images: list[np.ndarray], start_s: float = 0.0, **options: bool) -> list[FrameState]:
    """Thirty pictures a second."""
    options = {"may_freeze": True, **options}
    return [checker.check(image, start_s + n / 30, **options) for n, image in enumerate(images)]


def test_pictures_with_a_sensors_noise_are_fine() -> None:
    assert set(looks(FrameChecker(), [noisy(n) for n in range(90)])) == {FrameState.FINE}


def test_the_same_picture_for_long_is_a_frozen_camera() -> None:
    seen = looks(FrameChecker(), [noisy(1)] * 60)
    assert seen.index(FrameState.FROZEN) == 45
    # A doubled picture now and then, as of a camera slower than it is read, is none.
    doubled = [noisy(n // 4) for n in range(90)]
    assert set(looks(FrameChecker(), doubled)) == {FrameState.FINE}


def test_a_streams_encoder_may_repeat_a_picture() -> None:
    assert set(looks(FrameChecker(), [noisy(1)] * 200, may_freeze=False)) == {FrameState.FINE}


def test_a_frozen_camera_is_reopened_ever_more_rarely_and_then_taken_as_it_is() -> None:
    checker, now_s, waited = FrameChecker(), 0.0, []
    for _ in range(REOPENINGS):
        checker.source_opened(now_s)
        begun_s = now_s
        while checker.check(noisy(1), now_s, may_freeze=True) is not FrameState.FROZEN:
            now_s += 0.1
        waited.append(now_s - begun_s)
    assert waited == pytest.approx([1.5, 3.0, 6.0, 12.0], abs=0.11)
    checker.source_opened(now_s)
    assert set(looks(checker, [noisy(1)] * 300, now_s)) == {FrameState.STILL}
    assert checker.check(noisy(2), now_s + 60, may_freeze=True) is FrameState.FINE
    assert FrameState.FROZEN in looks(checker, [noisy(2)] * 60, now_s + 60), "it begins anew"


@pytest.mark.parametrize("black", [np.zeros((120, 160, 3), np.uint8), noisy(3, 0, 12)], ids=["clamped", "noise"])
def test_a_covered_lens_is_black_and_never_frozen(black: np.ndarray) -> None:
    seen = looks(FrameChecker(), [black] * 200)
    assert set(seen[:45]) == {FrameState.FINE}
    assert set(seen[45:]) == {FrameState.BLACK}


def test_a_dark_room_with_a_lamp_is_not_black() -> None:
    room = noisy(3, 0, 10)
    room[40:60, 40:80] = 180
    assert FrameState.BLACK not in looks(FrameChecker(), [room] * 40)


def test_black_ends_with_the_first_other_picture() -> None:
    checker = FrameChecker()
    looks(checker, [np.zeros((120, 160, 3), np.uint8)] * 60)
    assert checker.check(noisy(4), 2.1, may_freeze=True) is FrameState.FINE


def test_another_size_is_another_picture() -> None:
    checker = FrameChecker()
    checker.check(np.full((64, 64, 3), 90, np.uint8), 0.0, may_freeze=True)
    checker.check(np.full((64, 64, 3), 90, np.uint8), 0.1, may_freeze=True)
    assert checker.repeated
    checker.check(np.full((62, 64, 3), 90, np.uint8), 0.2, may_freeze=True)
    assert not checker.repeated
