"""Seeking, stepping, speed and loops through the engine, on real files whose frames carry their number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import PIL.Image
import pytest

from realtime_fer.core.enums import Film
from realtime_fer.core.request import request_of
from realtime_fer.runtime.events import RecordingStarted, RecordingStopped, SourceEnded, SourceLost, SourceStalled
from realtime_fer.sinks.session import RecordingSink
from tests.fakes import FakeSource
from tests.runtime.screening import screening, shown_number
from tests.sources.clips import numbered_image, write_numbered, write_numbered_pictures

_B_FRAMES = {"bf": "3", "preset": "medium", "crf": "20"}

#: Each writes a film of 100 numbered frames that lasts four seconds; frame i is shown from ``times[i]`` on.
_UNEVEN = [i * 3600 + i * 577 % 1999 for i in range(100)]
FILMS: dict[str, tuple[Callable[[Path], Path], list[float]]] = {
    "B-frames": (
        lambda p: write_numbered(p / "a.mp4", range(100), options=_B_FRAMES),
        [i / 25 for i in range(100)],
    ),
    "late start": (
        lambda p: write_numbered(p / "a.mkv", range(250, 350), options=_B_FRAMES, key_every=100),
        [i / 25 for i in range(100)],
    ),
    "variable rate": (
        lambda p: write_numbered(p / "a.mp4", _UNEVEN, options=_B_FRAMES, unit=Fraction(1, 90000)),
        [(t - _UNEVEN[0]) / 90000 for t in _UNEVEN],
    ),
}


@pytest.fixture(params=FILMS)
def film(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[float]]:
    write, times = FILMS[request.param]
    return write(tmp_path), times


def plain_film(folder: Path, frames: int = 100) -> Path:
    return write_numbered(folder / "a.mp4", range(frames), options=_B_FRAMES, key_every=50)


def test_in_a_pause_exactly_the_frame_asked_for_is_shown(film: tuple[Path, list[float]]) -> None:
    path, times = film
    with screening(path) as shown:
        shown.pause_at_start()
        for number in (70, 3, 99, 0, 41, 42):
            shown.engine.seek(times[number])
            frame = shown.wait_for_number(number)
            assert frame.media_time_s == pytest.approx(times[number], abs=1e-3)
            assert frame.is_still
        # Between two frames the earlier one is on screen.
        shown.engine.seek((times[55] + times[56]) / 2)
        shown.wait_for_number(55)
        shown.engine.step(1)
        shown.wait_for_number(56)
        for number in range(57, 60):
            shown.engine.step(1)
            shown.wait_for_number(number)
        for number in range(58, 50, -1):
            shown.engine.step(-1)
            shown.wait_for_number(number)
        shown.engine.step(-30)
        shown.wait_for_number(21)
        shown.engine.set_paused(False)
        shown.wait_for_number(25, 60)
        played = [shown_number(frame) for frame in shown.shown[-4:]]
        assert played == sorted(played)


def test_a_jump_is_another_scene_and_single_steps_forward_are_not(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.pause_at_start()
        jumps = shown.shown[-1].jumps
        shown.engine.step(1)
        assert shown.wait_for_number(1).jumps == jumps
        shown.engine.step(1)
        assert shown.wait_for_number(2).jumps == jumps
        shown.engine.step(-1)
        assert shown.wait_for_number(1).jumps == jumps + 1
        shown.engine.step(5)
        assert shown.wait_for_number(6).jumps == jumps + 2
        shown.engine.seek(2.0)
        assert shown.wait_for_number(50).jumps == jumps + 3


def test_a_still_frame_is_looked_at_a_second_time_which_is_no_event_of_its_own(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.pause_at_start()
        shown.engine.seek(2.0)
        result = shown.wait_for_result(lambda result: shown_number(result.frame) == 50 and not result.repeated)
        again = shown.wait_for_result(lambda result: result.repeated)
        assert again.frame.index == result.frame.index
        assert again.frame.is_still


def test_a_pause_looks_closely_at_the_frame_on_screen(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.wait_for_number(2)
        shown.engine.set_paused(True)
        frame = shown.wait_until(lambda frame: frame.is_still)
        assert shown.shown[-1].index == frame.index


def test_the_opened_file_says_what_it_is(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        opened = shown.opened
        assert (opened.is_live, opened.is_seekable, opened.frame_count, opened.picture_names) == (False, True, 100, ())
        assert opened.duration_s == pytest.approx(4.0, abs=0.05)


def test_after_the_end_one_goes_back_and_play_begins_anew(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.engine.seek(3.9)
        shown.listener.wait_for(SourceEnded)
        assert shown.wait_until(lambda frame: frame.is_still).media_time_s == pytest.approx(3.96)
        shown.engine.step(-1)
        assert shown.wait_for_number(98).is_still
        shown.engine.step(-8)
        assert shown.wait_for_number(90).is_still
        # Not paused: it plays on from there.
        shown.engine.seek(3.88)
        shown.listener.wait_for(SourceEnded, count=2)
        shown.engine.replay()
        shown.wait_for_number(0)
        shown.wait_for_number(3, 50)
        assert len(shown.sources) == 1


def test_a_pause_that_ends_after_the_end_begins_anew(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.engine.seek(3.9)
        shown.listener.wait_for(SourceEnded)
        shown.engine.set_paused(True)
        shown.engine.set_paused(False)
        assert shown_number(shown.wait_until(lambda frame: frame.jumps == 2)) < 50


def test_a_loop_begins_again_and_counts_as_a_jump(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path, 8)) as shown:
        shown.engine.set_looping(True)
        shown.wait_until(lambda frame: frame.jumps >= 2)
        assert not shown.listener.of(SourceEnded)
        shown.engine.set_looping(False)
        shown.listener.wait_for(SourceEnded)
        last = shown.wait_until(lambda frame: frame.is_still)
        first, again = (next(frame for frame in shown.shown if frame.jumps == jumps) for jumps in (0, 1))
        assert (shown_number(last), last.media_time_s) == (7, pytest.approx(0.28))
        # The last frame lasts as long as any: eight times 40 ms in all.
        assert again.timestamp_s - first.timestamp_s > 0.35 - 0.04 * (shown_number(first) + 1)


def test_a_single_picture_is_not_shown_over_and_over(tmp_path: Path) -> None:
    folder = write_numbered_pictures(tmp_path / "pictures", ["one.png"])
    with screening(folder / "one.png") as shown:
        shown.engine.set_looping(True)
        shown.listener.wait_for(SourceEnded)
        assert shown.wait_until(lambda frame: frame.is_still).index == 0


def test_steps_and_names_of_a_folder(tmp_path: Path) -> None:
    folder = write_numbered_pictures(tmp_path / "pictures", [f"{letter}.png" for letter in "abcde"])
    (folder / "c.png").write_bytes(b"no picture")
    with screening(folder) as shown:
        assert shown.opened.picture_names == ("a.png", "b.png", "c.png", "d.png", "e.png")
        shown.wait_for_number(0)
        shown.engine.set_paused(True)
        shown.engine.step(1)
        assert shown.wait_for_number(1).picture_index == 1
        shown.engine.step(1)
        frame = shown.wait_for_number(3)
        assert (frame.name, frame.picture_index, frame.is_still) == ("d.png", 3, True)
        shown.engine.step(-1)
        shown.wait_for_number(1)
        shown.engine.show_picture(4)
        shown.wait_for_number(4)
        shown.engine.show_picture(2)
        shown.wait_for_number(3)
        shown.engine.show_picture(0)
        shown.wait_for_number(0)


@pytest.mark.parametrize(("speed", "least_s", "most_s"), [(4.0, 0.8, 2.0), (2.0, 1.8, 3.0), (0.25, 1.43, 3.0)])
def test_the_speed_is_kept(tmp_path: Path, speed: float, least_s: float, most_s: float) -> None:
    frames = 100 if speed > 1 else 10
    with screening(plain_film(tmp_path, frames)) as shown:
        shown.engine.set_speed(speed)
        shown.engine.seek(0.0)
        shown.listener.wait_for(SourceEnded)
        shown.wait_until(lambda frame: frame.is_still)
        played = [frame for frame in shown.shown if frame.jumps]
        took_s = played[-1].timestamp_s - played[0].timestamp_s
        assert least_s < took_s < most_s
        numbers = [shown_number(frame) for frame in played]
        assert numbers == sorted(set(numbers))
        if speed < 1:
            assert numbers == list(range(10))
        else:
            # No more a second than ever; late ones come sooner after each other.
            assert played[-1].index - played[0].index <= 100 / speed + 3
        assert not shown.listener.of(SourceStalled)


def test_the_wait_between_the_frames_of_a_slow_film_is_no_gap(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.pause_at_start()
        shown.wait_for_result(lambda result: result.repeated)
        newest_s = shown.engine.newest_s
        assert newest_s is not None
        assert shown.engine._gap_s(newest_s + 3.0) == pytest.approx(3.0)
        shown.engine.set_speed(0.25)
        assert shown.engine._gap_s(newest_s + 3.0) == 0.0


def test_a_storm_of_seeks_ends_at_the_last_one(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.pause_at_start()
        dropped = shown.engine.stats().dropped
        for round_ in range(300):
            shown.engine.seek(round_ % 90 / 25)
        shown.engine.seek(77 / 25)
        shown.wait_for_number(77)
        # Most were replaced before they were carried out.
        assert len(shown.shown) < 200
        assert shown.engine.stats().dropped == dropped


@pytest.mark.parametrize("paused", [False, True])
def test_stopping_in_a_storm_of_seeks_ends_all_threads(tmp_path: Path, paused: bool) -> None:
    path = plain_film(tmp_path)
    for delay in range(6):
        with screening(path) as shown:
            shown.wait_until(lambda frame: True)
            shown.engine.set_paused(paused)
            for round_ in range(delay * 5):
                shown.engine.seek(round_ % 90 / 25)
                shown.engine.step(-1)
        shown.engine.seek(1.0)
        shown.engine.step(1)
        shown.engine.set_speed(2)
        shown.engine.replay()


def test_frames_carry_time_that_never_goes_back(tmp_path: Path) -> None:
    with screening(plain_film(tmp_path)) as shown:
        shown.pause_at_start()
        shown.engine.step(1)
        shown.wait_for_number(1)
        shown.engine.step(1)
        shown.wait_for_number(2)
        shown.engine.seek(2.0)
        shown.wait_for_number(50)
        shown.engine.step(-1)
        shown.wait_for_number(49)
        shown.engine.set_paused(False)
        shown.wait_for_number(55, 90)
        shown.engine.seek(0.0)
        shown.wait_for_number(2, 40)
        frames = shown.shown
        running = np.diff([frame.running_s for frame in frames])
        assert (running >= -1e-9).all()
        assert (np.diff([frame.timestamp_s for frame in frames]) > 0).all()
        # Steps go on in it, as far as time has passed.
        first, second = next((a, b) for a, b in pairwise(frames) if shown_number(b) == 2 and b.is_still)
        assert 0 < second.running_s - first.running_s <= 0.0401


def test_a_file_that_breaks_off_can_be_gone_back_in(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.avi", range(60), codec="mpeg4")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    with screening(path) as shown:
        shown.engine.set_speed(4.0)
        shown.listener.wait_for(SourceLost)
        shown.engine.set_paused(True)
        shown.engine.seek(0.4)
        shown.wait_for_number(10)


def test_a_file_that_is_gone_is_lost_and_not_asked_for_over_and_over(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.avi", range(60), codec="mpeg4")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    with screening(path) as shown:
        shown.engine.set_speed(4.0)
        shown.listener.wait_for(SourceLost)
        path.unlink()
        shown.engine.seek(0.4)
        shown.listener.wait_for(SourceLost, count=2)
        shown.engine.seek(0.4)
        shown.listener.wait_for(SourceLost, count=3)
        assert len(shown.listener.of(SourceLost)) == 3


def test_a_recording_goes_on_by_the_wall_clock_through_seeks_and_steps(tmp_path: Path) -> None:
    recordings = tmp_path / "recordings"
    with screening(
        plain_film(tmp_path, 200), make_recording=lambda name: RecordingSink(recordings, film=Film.CLEAN)
    ) as shown:
        shown.wait_for_number(1, 50)
        shown.engine.start_recording()
        shown.listener.wait_for(RecordingStarted)
        shown.wait_until(lambda frame: shown_number(frame) > 8)
        shown.engine.seek(3.0)
        shown.wait_until(lambda frame: shown_number(frame) > 76)
        shown.engine.set_paused(True)
        shown.engine.seek(1.0)
        shown.wait_for_number(25)
        for number in (24, 23):
            shown.engine.step(-1)
            shown.wait_for_number(number)
        shown.engine.step(1)
        shown.wait_for_number(24)
        shown.engine.set_speed(4.0)
        shown.engine.set_paused(False)
        shown.engine.seek(0.0)
        # The recording ends with the file.
        stopped = shown.listener.wait_for(RecordingStopped)
        recorded = [frame for frame in shown.shown if shown_number(frame) > 1]
    assert isinstance(stopped, RecordingStopped)
    assert (stopped.sentence, stopped.dropped) == ("", 0)
    assert 0 < stopped.duration_s <= recorded[-1].timestamp_s - recorded[0].timestamp_s + 0.1
    with av.open(str(next(stopped.folder.glob("video*.mp4")))) as video:
        packets = [packet.pts for packet in video.demux(video=0) if packet.pts is not None]
    assert (np.diff(packets) > 0).all()
    assert len(packets) == stopped.frames


@pytest.mark.parametrize("suffix", [".webp", ".png", ".avif"])
def test_animated_pictures_are_gone_through_as_videos_are(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"moves{suffix}"
    frames = [PIL.Image.fromarray(numbered_image(number)) for number in range(12)]
    options = {"lossless": True} if suffix == ".webp" else {"quality": 95} if suffix == ".avif" else {}
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, **options)
    with screening(path) as shown:
        assert (shown.opened.is_seekable, shown.opened.frame_count) == (True, 12)
        assert shown.opened.duration_s == pytest.approx(1.2)
        shown.pause_at_start()
        shown.engine.seek(0.75)
        shown.wait_for_number(7)
        shown.engine.step(-1)
        shown.wait_for_number(6)
        shown.engine.set_paused(False)
        shown.listener.wait_for(SourceEnded)
        shown.engine.step(-1)
        shown.wait_for_number(10)


def test_what_cannot_seek_takes_no_harm(tmp_path: Path) -> None:
    source = FakeSource(frames=1_000_000, live=True)
    with screening(tmp_path / "camera", make_source=lambda value: source) as shown:
        assert (shown.opened.is_seekable, shown.opened.duration_s, shown.opened.picture_names) == (False, None, ())
        for live in (True, False):
            source.is_live = live
            shown.engine.seek(1.0)
            shown.engine.step(-1)
            shown.engine.show_picture(3)
            shown.engine.set_speed(0.25)
            shown.engine.set_looping(True)
            index = shown.wait_until(lambda frame: True).index
            shown.wait_until(lambda frame, index=index: frame.index > index + 3)
        assert shown.shown[-1].jumps == 0
        assert source.opened == 1


def test_a_file_that_cannot_seek_ends_and_begins_again(tmp_path: Path) -> None:
    with screening(tmp_path / "video", make_source=lambda value: FakeSource(frames=3, step_s=0.01)) as shown:
        shown.listener.wait_for(SourceEnded)
        shown.engine.seek(0.0)
        shown.engine.step(-1)
        assert len(shown.sources) == 1
        shown.engine.replay()
        shown.listener.wait_for(SourceEnded, count=2)
        # On a busy machine an earlier frame may be shown still for a moment.
        shown.wait_until(lambda frame: frame.jumps == 1 and frame.is_still and frame.index == 2)


def test_another_source_takes_over_speed_and_looping(tmp_path: Path) -> None:
    first = plain_film(tmp_path)
    second = write_numbered(tmp_path / "b.mp4", range(12), options=_B_FRAMES)
    with screening(first) as shown:
        shown.engine.set_looping(True)
        shown.engine.set_speed(4.0)
        shown.engine.seek(2.0)
        shown.engine.open_source(request_of(str(second)))
        frame = shown.wait_until(lambda frame: frame.source_generation == 1 and frame.jumps >= 2)
        assert frame.source_name == "b.mp4"
        assert not shown.listener.of(SourceEnded)
