"""An engine that plays real files through a pipeline that only notes which frames it sees."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.request import request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.engine_parts import EngineParts
from realtime_fer.runtime.events import SourceOpened
from realtime_fer.runtime.recording.recording_worker import RecordingSink
from realtime_fer.sources import source_for
from tests.fakes import FakeClassifier, FakeDetector, FakeRecordingSink, Listener, make_spec
from tests.runtime.studio import CountingPipeline
from tests.sources.clips import number_of


class NotingPipeline(CountingPipeline):
    """Notes the frames it gets, and lets a test wait for one."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self.changed = threading.Condition()

    def process(self, frame: Frame) -> FrameResult:
        result = super().process(frame)
        with self.changed:
            self.frames.append(frame)
            self.changed.notify_all()
        return result


class Screening:
    """Attributes:
    sources: those that were opened, in order.
    """

    def __init__(
        self,
        folder: Path,
        make_source: Callable[[str], FrameSource],
        make_recording: Callable[[str], RecordingSink] | None,
    ) -> None:
        self.pipeline = NotingPipeline()
        self.listener = Listener()
        self.sources: list[FrameSource] = []
        self._at = 0

        def resolve(request: object) -> ResolvedSource:
            self.sources.append(make_source(request.value))  # type: ignore[attr-defined]
            return ResolvedSource(request, self.sources[-1])  # type: ignore[arg-type]

        self.engine = Engine(
            EngineParts(
                make_pipeline=lambda: self.pipeline,
                resolve_source=resolve,
                make_detector=FakeDetector,
                make_classifier=lambda name: FakeClassifier(make_spec(name)),
                make_recording=make_recording or (lambda name: FakeRecordingSink(folder / "session")),
                save_snapshot=lambda result, session: folder / "snapshot.png",
                fallback_detector="haar",
            ),
            self.listener,
        )

    @property
    def opened(self) -> SourceOpened:
        event = self.listener.wait_for(SourceOpened)
        assert isinstance(event, SourceOpened)
        return event

    @property
    def shown(self) -> list[Frame]:
        """The frames so far, each once however often it was looked at."""
        with self.pipeline.changed:
            frames = list(self.pipeline.frames)
        return [frame for frame, before in zip(frames, [None, *frames], strict=False) if not _is_again(frame, before)]

    def wait_until(self, true: Callable[[Frame], bool], timeout_s: float = 10.0) -> Frame:
        """The first frame that is so, from the one on that was waited for last."""
        changed, frames = self.pipeline.changed, self.pipeline.frames

        def arrived() -> bool:
            while self._at < len(frames) and not true(frames[self._at]):
                self._at += 1
            return self._at < len(frames)

        with changed:
            came = changed.wait_for(arrived, timeout_s)
            assert came, f"did not come; came: {[shown_number(frame) for frame in frames[-20:]]}"
            return frames[self._at]

    def wait_for_number(self, number: int, most: int | None = None) -> Frame:
        """``most``: a number up to that will do, since a busy machine leaves out frames of a film that plays."""
        return self.wait_until(lambda frame: number <= shown_number(frame) <= (number if most is None else most))

    def wait_for_result(self, true: Callable[[FrameResult], bool]) -> FrameResult:
        """The first result for the window that is so."""
        while True:
            result = self.engine.take_view()
            if result is not None and true(result):
                return result
            if result is None:
                self.listener.wait_until(lambda: self.engine._view._item is not None)

    def pause_at_start(self) -> None:
        """Pauses with the first frame on screen."""
        self.wait_until(lambda frame: True)
        self.engine.set_paused(True)
        self.engine.seek(0.0)
        self.wait_until(lambda frame: frame.is_still and frame.jumps == 1)


def _is_again(frame: Frame, before: Frame | None) -> bool:
    return before is not None and before.index == frame.index


def shown_number(frame: Frame) -> int:
    return number_of(frame.image_bgr)


@contextmanager
def screening(
    path: Path,
    make_source: Callable[[str], FrameSource] = lambda value: source_for(request_of(value)),
    make_recording: Callable[[str], RecordingSink] | None = None,
) -> Iterator[Screening]:
    made = Screening(path.parent, make_source, make_recording)
    made.engine.start(request_of(str(path)), "haar", "one")
    try:
        yield made
    finally:
        made.engine.stop()
