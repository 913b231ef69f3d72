"""A window that plays a made video or folder, with an engine that only notes what it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.runtime.events import SourceOpened

FILM = SourceRequest(Kind.FILE, "/videos/film.mp4")
FOLDER = SourceRequest(Kind.FOLDER, "/pictures")


class Playing:
    """A stage with a file on it."""

    def __init__(self, stage: Any, result_of: Callable[..., FrameResult]) -> None:
        self.stage, self.window, self.engine = stage, stage.window, stage.engine
        self.player, self.bar = stage.window.player, stage.window.player.bar
        self._result_of = result_of
        self._time_s = 100.0

    def open_film(self, duration_s: float | None = 600.0, seekable: bool = True, request: SourceRequest = FILM) -> None:
        self.window.sources.opening.emit(request)
        self.stage.say(SourceOpened(request, "film.mp4", False, duration_s=duration_s, is_seekable=seekable))
        self.show(0.0)
        self.engine.calls.clear()

    def open_folder(self, count: int = 154) -> None:
        names = tuple(f"face{number}.jpg" for number in range(count))
        self.stage.say(
            SourceOpened(FOLDER, "pictures", False, duration_s=float(count), is_seekable=True, picture_names=names)
        )
        self.show_picture(0)
        self.engine.calls.clear()

    def show(self, media_s: float, jumps: int = 0, time_s: float | None = None) -> None:
        """A frame of the video arrives and is painted."""
        self._show(media_s=media_s, jumps=jumps, picture=None, time_s=time_s)

    def show_picture(self, index: int) -> None:
        self._show(media_s=float(index), jumps=0, picture=index, time_s=None)

    def _show(self, media_s: float, jumps: int, picture: int | None, time_s: float | None) -> None:
        self._time_s = self._time_s + 0.04 if time_s is None else time_s
        result = self._result_of()
        frame = replace(
            result.frame, media_time_s=media_s, jumps=jumps, picture_index=picture, timestamp_s=self._time_s
        )
        self.stage.show(replace(result, frame=frame))

    @property
    def place(self) -> str:
        return str(self.bar.place.text())

    @property
    def calls(self) -> list[tuple[Any, ...]]:
        return list(self.engine.calls)


@pytest.fixture
def playing(stage: Any, result_of: Callable[..., FrameResult]) -> Playing:
    return Playing(stage, result_of)
