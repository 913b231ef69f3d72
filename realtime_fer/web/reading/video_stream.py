"""Analyses a video in a worker's thread while its results go out, frame by frame."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from realtime_fer.core.errors import SourceError
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.request import begins_as_video, is_animation
from realtime_fer.core.text.translation import Wording, join_sentences
from realtime_fer.sources.animation import AnimationSource
from realtime_fer.sources.video_file import VideoFileSource
from realtime_fer.web.limits import Limits
from realtime_fer.web.reading.analyser import Analyser, Choice
from realtime_fer.web.reading.answers import frame_answer_of
from realtime_fer.web.reading.held_file import held_file
from realtime_fer.web.reading.uploads import BEGINNING
from realtime_fer.web.refusals import STOPPING, Refusal, too_slow

#: Results that wait for a slow client. Overflow policy: the worker waits, until the time of the video is over.
_WAITING = 32

#: How often a worker that waits for its client looks whether that has gone, seconds.
_LOOK_S = 0.25


class VideoStream:
    """The results of one video, as plain values for JSON: first its facts, then each frame, then the end.

    ``work`` runs in the worker's thread; everything else in the thread of the request, which iterates and closes it.

    Args:
        name: for people.
        finished: called once, when nothing of it runs any more.
    """

    def __init__(
        self, name: str, content: bytes, limits: Limits, clock: Callable[[], float], finished: Callable[[], None]
    ) -> None:
        self._name, self._content, self._limits, self._clock = name, content, limits, clock
        self._until_s = clock() + limits.video_time_s
        self._lines: queue.Queue[dict[str, Any] | Refusal | None] = queue.Queue(_WAITING)
        self._stopped = threading.Event()
        self._finished: Callable[[], None] | None = finished
        self._first: dict[str, Any] | None = None
        self.frames = 0

    def begin(self, future: Future[None]) -> None:
        """Waits for the first frame. Raises Refusal: it is no video, or no worker was free in time."""
        future.add_done_callback(self._ended)
        try:
            line = self._lines.get(timeout=self._limits.time_s)
        except queue.Empty:
            future.cancel()
            raise too_slow(self._limits.time_s) from None
        if line is None:
            line = Refusal(503, STOPPING)
        if isinstance(line, Refusal):
            raise line
        self._first = line

    def __iter__(self) -> Iterator[dict[str, Any]]:
        line: dict[str, Any] | Refusal | None = self._first
        while line is not None:
            yield {"error": line.sentence, "status": line.status} if isinstance(line, Refusal) else line
            line = self._lines.get()

    def close(self) -> None:
        """The worker stops after the frame that it reads."""
        self._stopped.set()

    def work(self, analyser: Analyser, choice: Choice) -> None:
        """Reads the video. Called from the worker's thread alone."""
        try:
            with held_file(self._content) as path:
                source = self._source(path)
                try:
                    source.open()
                    self._read(source, analyser, choice)
                finally:
                    source.close()
        except SourceError as error:
            self._put(Refusal(422, self._sentence(error)))
        except Refusal as refusal:
            self._put(refusal)

    def _source(self, path: Any) -> FrameSource:
        if is_animation(path):
            return AnimationSource(path)
        if not begins_as_video(self._content[:BEGINNING]):
            told = Wording(
                "Web",
                "'{name}' is not of a kind that can be read: MP4, MOV, WebM, AVI, GIF.",
                name=self._name,
            )
            raise Refusal(415, told)
        return VideoFileSource(path)

    def _read(self, source: FrameSource, analyser: Analyser, choice: Choice) -> None:
        numbers: dict[int, int] = {}
        ended: str = ""
        for result in analyser.read_video(source, choice):
            if not self.frames:
                height, width = result.frame.image_bgr.shape[:2]
                facts = {"width": width, "height": height, "fps": source.fps, "frames": source.frame_count}
                self._put({"name": self._name, "model": choice.model, "detector": choice.detector, **facts})
            if self.frames >= self._limits.video_frames:
                ended = Wording("Web", "Only the first {count} frames were read.", count=self._limits.video_frames)
                break
            if self._clock() > self._until_s:
                most_s = self._limits.video_time_s
                ended = Wording("Web", "It was read for {time:g} s; the rest was not read.", time=most_s)
                break
            if not self._put(frame_answer_of(result, numbers)):
                return
            self.frames += 1
        # It names the file as it lies in memory.
        damage = str(getattr(source, "damage", "")).replace(f"'{source.name}'", f"'{self._name}'", 1)
        self._put({"end": True, "frames": self.frames, "note": ended or damage or None})

    def _put(self, line: dict[str, Any] | Refusal | None) -> bool:
        """False where the client has gone or takes nothing any more."""
        while not self._stopped.is_set() and self._clock() <= self._until_s + self._limits.time_s:
            with suppress(queue.Full):
                self._lines.put(line, timeout=_LOOK_S)
                return True
        return False

    def _ended(self, future: Future[None]) -> None:
        failed = None if future.cancelled() else future.exception()
        if failed is not None:
            self._put(
                failed if isinstance(failed, Refusal) else Refusal(500, Wording("Web", "The video could not be read."))
            )
        if not self._put(None) and not self._stopped.is_set():
            # A client that takes nothing any more gets less, but is told the end.
            with suppress(queue.Empty):
                self._lines.get_nowait()
            with suppress(queue.Full):
                self._lines.put_nowait(None)
        if self._finished is not None:
            self._finished()
            self._finished = None

    def _sentence(self, error: SourceError) -> str:
        """With the name that the client knows, in place of where the file lies."""
        wording = error.wording
        if isinstance(wording, Wording) and wording.values:
            values = {key: self._name if key in ("name", "path") else value for key, value in wording.values.items()}
            wording = Wording(wording.context, wording.template, **values)
        return join_sentences(wording, error.hint)
