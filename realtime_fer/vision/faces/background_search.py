"""Searches a frame in a thread of its own while the next ones go on; its answer counts a fixed number of frames later.

A fixed number, so that the same video gives the same table on a fast machine and on a slow one.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from realtime_fer.core.faces import Faces

#: Frames until the answer counts. A search takes about as long as three frames of followed faces.
LAG_FRAMES = 3


@dataclass(frozen=True)
class Answer:
    """What a search found, and the followed faces of the frame that it searched, seconds ``searched_s``."""

    found: Faces
    followed: Faces
    searched_s: float


class BackgroundSearch:
    """Called from one thread alone. While a search is under way, nobody else may use the detector."""

    def __init__(self) -> None:
        self._executor: ThreadPoolExecutor | None = None
        self._search: Future[Faces] | None = None
        self._followed = Faces.empty()
        self._searched_s = 0.0
        self._frames = 0

    @property
    def is_under_way(self) -> bool:
        return self._search is not None

    def start(self, search: Callable[[], Faces], followed: Faces, now_s: float) -> None:
        """Begins ``search`` of the frame of ``now_s``, in which ``followed`` are known."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, "face-search")
        self._search = self._executor.submit(search)
        self._followed, self._searched_s, self._frames = followed, now_s, 0

    def next_frame(self) -> Answer | None:
        """Counts a frame; the answer where it is due, waited for if need be. Raises what the search raised."""
        self._frames += 1
        if self._search is None or self._frames < LAG_FRAMES:
            return None
        return self.finish()

    def finish(self) -> Answer | None:
        """Waits for the search that is under way, if one is; the detector is free then."""
        search, self._search = self._search, None
        return None if search is None else Answer(search.result(), self._followed, self._searched_s)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None
        self._search = None
