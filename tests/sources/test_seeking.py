"""Seeking and stepping in files give exactly the frames that reading from the start gives."""

from __future__ import annotations

import random
from bisect import bisect_right
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.sources import ImageFolderSource, VideoFileSource, seeking
from realtime_fer.sources.decoding import FrameDecoder

from .clips import drain, index_of, number_of, turn_quarter, write_clip, write_gif
from .films import FILMS, listed, shown

#: A film, and number and time of each of its frames.
Walk = tuple[Path, list[tuple[int, float]]]


@pytest.fixture(scope="module", params=FILMS)
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return FILMS[request.param](tmp_path_factory.mktemp("film"))


@cache
def frames_of(film: Path) -> list[tuple[int, float]]:
    return listed(film)


def test_every_frame_is_reached_by_its_time_in_random_order(film: Path) -> None:
    frames = frames_of(film)
    assert len(frames) > 20
    source: SeekableSource = VideoFileSource(film)
    source.open()
    order = list(range(len(frames)))
    random.Random(3).shuffle(order)
    for index in order:
        number, time_s = frames[index]
        until_s = frames[index + 1][1] if index + 1 < len(frames) else time_s + 1.0
        t_s = random.Random(index).choice([time_s, (time_s + until_s) / 2, until_s - 1e-4])
        source.seek(t_s)
        assert source.position_s == pytest.approx(time_s, abs=1e-9)
        assert shown(source.read()) == (number, pytest.approx(time_s, abs=1e-9)), (index, t_s)
        assert source.position_s == pytest.approx(time_s, abs=1e-9)
    source.close()


def test_steps_over_the_whole_film(film: Path) -> None:
    frames = frames_of(film)
    source = VideoFileSource(film)
    source.open()
    forward = [shown(source.read())]
    for _ in range(len(frames) - 1):
        source.step(1)
        forward.append(shown(source.read()))
    assert forward == frames
    source.step(1)
    assert shown(source.read()) == frames[-1]
    backward = []
    for _ in range(len(frames) - 1):
        source.step(-1)
        backward.append(shown(source.read()))
    assert backward == frames[-2::-1]
    source.step(-1)
    assert shown(source.read()) == frames[0]
    source.close()


def test_goes_on_from_the_frame_sought(film: Path) -> None:
    frames = frames_of(film)
    source = VideoFileSource(film)
    source.open()
    begin = len(frames) * 2 // 3
    source.seek(frames[begin][1])
    rest = []
    while (frame := source.read()) is not None:
        rest.append(shown(frame))
    source.close()
    assert rest == [(number, pytest.approx(time_s, abs=1e-9)) for number, time_s in frames[begin:]]
    assert source.damage == ""


def test_clamps_to_the_film_and_works_after_its_end(film: Path) -> None:
    frames = frames_of(film)
    source = VideoFileSource(film)
    source.open()
    source.seek(-5.0)
    assert shown(source.read()) == frames[0]
    source.seek(1e5)
    assert shown(source.read()) == (frames[-1][0], pytest.approx(frames[-1][1]))
    assert source.read() is None
    assert source.read() is None
    assert source.duration_s == pytest.approx(frames[-1][1], abs=0.25)
    source.step(-1)
    assert shown(source.read()) == (frames[-2][0], pytest.approx(frames[-2][1]))
    source.seek(0.0)
    assert shown(source.read()) == frames[0]
    assert shown(source.read()) == frames[1]
    source.close()


def test_little_memory_makes_steps_back_slower_but_not_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = FILMS["one key frame"](tmp_path)
    monkeypatch.setattr(seeking, "MAX_KEPT_BYTES", 40_000)
    source = VideoFileSource(path)
    source.open()
    source.seek(4.0)
    source.step(-60)
    assert number_of(source.read().image_bgr) == 40  # type: ignore[union-attr]
    source.step(-7)
    assert number_of(source.read().image_bgr) == 33  # type: ignore[union-attr]
    source.close()


def test_steps_and_scrubbing_back_decode_a_group_of_pictures_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = FILMS["one key frame"](tmp_path)
    jumps: list[int] = []
    seek = FrameDecoder.seek
    monkeypatch.setattr(FrameDecoder, "seek", lambda decoder, pts: jumps.append(pts) or seek(decoder, pts))
    source = VideoFileSource(path)
    source.open()
    source.seek(9.0)
    assert len(jumps) == 0  # It lies ahead in the same group.
    for number in range(224, 150, -1):
        source.step(-1)
        assert number_of(source.read().image_bgr) == number  # type: ignore[union-attr]
    assert len(jumps) == 1
    source.seek(0.4)
    source.seek(9.0)
    jumps.clear()
    for number in range(220, 150, -10):
        source.seek(number / 25)
        assert number_of(source.read().image_bgr) == number  # type: ignore[union-attr]
    assert len(jumps) == 1
    source.close()


def test_reading_alone_keeps_no_frames(tmp_path: Path) -> None:
    source = VideoFileSource(FILMS["B-frames"](tmp_path))
    source.open()
    drain(source, [])
    assert source._cursor is not None
    assert len(source._cursor._kept) == 1
    source.close()


def test_a_gif_is_sought_by_its_mended_delays(tmp_path: Path) -> None:
    source = VideoFileSource(write_gif(tmp_path / "a.gif", [0, 1, 2, 7, 13, 10]))
    source.open()
    for t_s, index, time_s in [(0.3, 4, 0.29), (0.15, 1, 0.1), (0.21, 2, 0.2), (9.0, 5, 0.42), (0.0, 0, 0.0)]:
        source.seek(t_s)
        frame = source.read()
        assert frame is not None
        assert (index_of(frame.image_bgr), frame.media_time_s) == (index, pytest.approx(time_s))
    source.step(3)
    source.step(-1)
    frame = source.read()
    assert frame is not None
    assert index_of(frame.image_bgr) == 2
    source.close()


def test_a_sideways_film_stands_after_a_seek(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "phone.mp4", 12)
    turn_quarter(path)
    source = VideoFileSource(path)
    source.open()
    source.seek(0.75)
    frame = source.read()
    source.close()
    assert frame is not None
    assert frame.image_bgr.shape == (64, 48, 3)
    assert index_of(frame.image_bgr) == 7


def test_damage_is_passed_and_counted_once(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 26, (160, 120), options={"movflags": "faststart"}, noise=True)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = np.random.default_rng(1).bytes(3000)
    path.write_bytes(content)
    source = VideoFileSource(path)
    source.open()
    drain(source, [])
    damage = source.damage
    assert damage
    for t_s, index in [(2.5, 25), (0.3, 3), (2.2, 22), (0.7, 7), (2.05, 20)]:
        source.seek(t_s)
        frame = source.read()
        assert frame is not None
        assert index_of(frame.image_bgr) == index
    source.seek(1.3)
    frame = source.read()
    assert frame is not None
    assert frame.media_time_s is not None
    assert frame.media_time_s <= 1.3
    assert source.damage == damage
    source.close()


def test_past_the_end_of_a_truncated_film_is_its_last_good_frame(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", 26, (160, 120), noise=True)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    with pytest.raises(SourceError):
        drain(source, taken)
    source.seek(2.5)
    last = source.read()
    assert last is not None
    assert last.media_time_s == taken[-1].media_time_s
    with pytest.raises(SourceError, match=f"ended after {len(taken)} frames"):
        source.read()
    source.seek(0.3)
    frame = source.read()
    assert frame is not None
    assert index_of(frame.image_bgr) == 3
    source.close()


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    path = write_gif(tmp_path / "a.gif", [10] * 6)
    source = VideoFileSource(path)
    source.open()
    drain(source, [])
    path.unlink()
    with pytest.raises(SourceError, match="There is no file"):
        source.seek(0.2)
    with pytest.raises(SourceError, match="not open"):
        source.seek(0.1)
    with pytest.raises(SourceError, match="not open"):
        source.step(1)


@pytest.fixture(scope="module", params=["B-frames", "variable rate", "open groups, broadcast", "raw H.264"])
def walked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[tuple[int, float]]]:
    path = FILMS[request.param](tmp_path_factory.mktemp("walk"))
    return path, listed(path)


_MOVES = st.one_of(
    st.tuples(st.just("seek"), st.floats(-1.0, 14.0)),
    st.tuples(st.just("step"), st.integers(-30, 30)),
    st.tuples(st.just("read"), st.integers(1, 6)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(_MOVES, min_size=1, max_size=12))
def test_any_walk_gives_what_a_list_of_frames_gives(walked: Walk, moves: list[tuple[str, float]]) -> None:
    path, frames = walked
    times = [time_s for _, time_s in frames]
    source = VideoFileSource(path)
    source.open()
    at, is_due = 0, True
    for move, value in moves:
        if move == "seek":
            source.seek(value)
            at, is_due = max(0, bisect_right(times, value + 1e-6) - 1), True
        elif move == "step":
            source.step(int(value))
            at, is_due = min(max(0, at + int(value)), len(frames) - 1), True
        for _ in range(int(value) if move == "read" else 0):
            expected = at if is_due else at + 1
            got = shown(source.read())
            if expected == len(frames):
                assert got is None
            else:
                assert got == (frames[expected][0], pytest.approx(times[expected], abs=1e-9))
                at, is_due = expected, False
        assert source.position_s == pytest.approx(times[at], abs=1e-9)
    source.close()


def test_pictures_are_steps_of_a_folder(tmp_path: Path) -> None:
    for number in range(6):
        cv2.imwrite(str(tmp_path / f"p{number}.png"), np.full((8, 8, 3), number, np.uint8))
    (tmp_path / "p2.png").write_bytes(b"no picture")
    source: SeekableSource = ImageFolderSource(tmp_path)
    source.open()
    readable = [0, 1, 3, 4, 5]
    for t_s, place in [(3.5, 3), (0.2, 0), (2.0, 2), (99.0, 4), (-1.0, 0), (1.999, 1)]:
        source.seek(t_s)
        assert source.position_s == place
        frame = source.read()
        assert frame is not None
        assert (frame.media_time_s, frame.name) == (place, f"p{readable[place]}.png")
    source.step(2)
    source.step(-1)
    assert [frame.name for frame in iter(source.read, None)] == ["p3.png", "p4.png", "p5.png"]
    assert source.duration_s == 5.0
    source.step(0)
    assert source.read().name == "p5.png"  # type: ignore[union-attr]
    source.step(-9)
    assert source.read().name == "p0.png"  # type: ignore[union-attr]
    source.close()
    with pytest.raises(SourceError, match="not open"):
        source.seek(0.0)
