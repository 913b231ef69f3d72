from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.runtime.film_reader import FilmReader


class FakeFilm:
    """Twenty frames at ten a second, each filled with its number; ``broken_at`` cannot be read."""

    name, is_live, fps, frame_count, duration_s = "film", False, 10.0, 20, 2.0

    def __init__(self, broken_at: int = -1, opens: bool = True) -> None:
        self.at, self.is_due, self.broken_at, self.opens = 0, True, broken_at, opens
        self.is_open = False
        self.seeks: list[float] = []

    @property
    def position_s(self) -> float:
        return self.at / 10

    def open(self) -> None:
        if not self.opens:
            raise SourceError("There is no film.")
        self.is_open = True

    def read(self) -> SourceFrame | None:
        following = self.at if self.is_due else self.at + 1
        if following > 19:
            return None
        if following == self.broken_at:
            raise SourceError("The film is broken there.")
        self.at, self.is_due = following, False
        return SourceFrame(np.full((2, 2, 3), self.at, np.uint8), self.at / 10)

    def seek(self, t_s: float) -> None:
        self.seeks.append(t_s)
        self.at, self.is_due = min(max(int(t_s * 10 + 1e-6), 0), 19), True

    def step(self, frames: int) -> None:
        self.at, self.is_due = min(max(self.at + frames, 0), 19), True

    def close(self) -> None:
        self.is_open = False


class Watcher:
    """Takes each frame as it is told, and remembers what was said."""

    def __init__(self) -> None:
        self.reader: FilmReader | None = None
        self.shown: list[int] = []
        self.said: list[str] = []
        self._changed = threading.Condition()

    def film_opened(self, duration_s: float | None) -> None:
        self._say(f"opened {duration_s}")

    def frame_ready(self) -> None:
        assert self.reader is not None
        frame = self.reader.take()
        assert frame is not None
        assert round(frame.time_s * 10) == int(frame.image_bgr[0, 0, 0])
        with self._changed:
            self.shown.append(int(frame.image_bgr[0, 0, 0]))
            self._changed.notify_all()

    def playing_ended(self) -> None:
        self._say("ended")

    def film_failed(self, sentence: str) -> None:
        self._say(sentence)

    def _say(self, what: str) -> None:
        with self._changed:
            self.said.append(what)
            self._changed.notify_all()

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 10), (self.shown, self.said)


@pytest.fixture
def begin() -> Iterator[Callable[[FakeFilm], tuple[FilmReader, Watcher]]]:
    readers: list[FilmReader] = []

    def make(film: FakeFilm) -> tuple[FilmReader, Watcher]:
        watcher = Watcher()
        reader = FilmReader(film, watcher)  # type: ignore[arg-type]
        watcher.reader = reader
        readers.append(reader)
        reader.start()
        return reader, watcher

    yield make
    for reader in readers:
        assert reader.stop()


def test_it_shows_the_first_frame_goes_anywhere_and_steps(begin: Callable[..., tuple[FilmReader, Watcher]]) -> None:
    reader, watcher = begin(FakeFilm())
    watcher.wait(lambda: watcher.shown == [0])
    assert watcher.said == ["opened 2.0"]
    for ask, shown in ((lambda: reader.seek(1.55), 15), (lambda: reader.step(-1), 14), (lambda: reader.step(2), 16)):
        ask()
        watcher.wait(lambda shown=shown: watcher.shown[-1] == shown)  # type: ignore[misc]


def test_of_many_seeks_that_wait_only_the_newest_is_decoded(begin: Callable[..., tuple[FilmReader, Watcher]]) -> None:
    film, gate = FakeFilm(), threading.Event()
    original = film.seek
    begun = threading.Event()

    def slow_seek(t_s: float) -> None:
        begun.set()
        assert gate.wait(10)
        original(t_s)

    film.seek = slow_seek  # type: ignore[method-assign]
    reader, watcher = begin(film)
    reader.seek(0.1)
    assert begun.wait(10)
    for tenth in range(2, 15):
        reader.seek(tenth / 10)
    gate.set()
    watcher.wait(lambda: watcher.shown[-1:] == [14])
    assert film.seeks == [0.1, 1.4]


def test_it_plays_to_the_end_and_loops(
    begin: Callable[..., tuple[FilmReader, Watcher]],
) -> None:
    reader, watcher = begin(FakeFilm())
    reader.set_speed(50)
    reader.set_playing(True)
    watcher.wait(lambda: "ended" in watcher.said)
    assert watcher.shown == sorted(watcher.shown)
    assert watcher.shown[-1] == 19
    reader.set_looping(True)
    reader.seek(0.0)
    reader.set_playing(True)
    watcher.wait(lambda: watcher.shown.count(0) >= 3)


def test_pausing_between_two_frames_stays_at_the_one_that_is_shown(
    begin: Callable[..., tuple[FilmReader, Watcher]],
) -> None:
    """The next one was decoded already; a step from there must not leave it out."""
    reader, watcher = begin(FakeFilm())
    reader.set_speed(0.01)
    reader.set_playing(True)
    watcher.wait(lambda: watcher.shown == [0, 1])
    reader.set_playing(False)
    reader.step(1)
    watcher.wait(lambda: watcher.shown[-1] == 2)


def test_a_place_that_cannot_be_read_is_told_and_another_one_shown(
    begin: Callable[..., tuple[FilmReader, Watcher]],
) -> None:
    reader, watcher = begin(FakeFilm(broken_at=5))
    reader.seek(0.5)
    watcher.wait(lambda: watcher.said[-1] == "The film is broken there.")
    reader.seek(0.9)
    watcher.wait(lambda: watcher.shown[-1] == 9)


def test_a_film_that_cannot_be_opened_is_told(begin: Callable[..., tuple[FilmReader, Watcher]]) -> None:
    _, watcher = begin(FakeFilm(opens=False))
    watcher.wait(lambda: watcher.said == ["There is no film."])
