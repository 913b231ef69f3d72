"""Runs the pipeline in the inference thread, which alone calls detector, interpreter and tracker."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace

from realtime_fer.core.errors import ModelError
from realtime_fer.core.frame import STAGES, Frame, FrameResult
from realtime_fer.core.protocols import Pipeline
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.events import EngineEvent, EngineFailed
from realtime_fer.runtime.idle_timing import IdleTiming
from realtime_fer.runtime.rates import LatencyMeter
from realtime_fer.runtime.slot import LatestSlot


class InferenceWorker:
    """Owns the inference thread: takes the newest frame, runs the pipeline, gives the result away.

    Changes, such as another detector or other options, wait under a key and are applied between two frames. Bound: one
    change a key. Overflow: the newer replaces the older, whose ``discard`` runs. While no new frame comes, as in a
    pause, a change shows on the last frame; that result is ``repeated``. So is that of a second look at a still frame,
    which finds more and takes longer.

    Args:
        model_failed: takes a model that cannot go on out of the pipeline. Called in this thread.
        timing: told when this thread is idle, and may use that time.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        frames: LatestSlot[Frame],
        give: Callable[[FrameResult], None],
        on_event: Callable[[EngineEvent], None],
        clock: Callable[[], float] = time.perf_counter,
        model_failed: Callable[[ModelError], None] | None = None,
        timing: IdleTiming | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._timing = timing or IdleTiming(lambda model_id, ms: None, clock)
        self._model_failed = model_failed
        self._frames = frames
        self._give = give
        self._on_event = on_event
        self._clock = clock
        self._lock = threading.Lock()
        self._changes: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {}
        self._ended = False
        self._last_frame: Frame | None = None
        self._look_closely = False
        self.stage_ms = {stage: LatencyMeter() for stage in STAGES}
        self._thread = threading.Thread(target=self._run, name="inference", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """True when the thread has ended. It ends when its slot is closed."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def submit(self, key: str, apply: Callable[[], None], discard: Callable[[], None] = lambda: None) -> None:
        """Has ``apply`` called in the inference thread before the next frame, or ``discard`` if that never comes."""
        with self._lock:
            if self._frames.closed or self._ended:
                overtaken = discard
            else:
                _, overtaken = self._changes.get(key, (None, lambda: None))
                self._changes[key] = (apply, discard)
        overtaken()

    def look_closely(self) -> None:
        """The newest frame stays: everything in it is to be found. Any thread; live frames are left as they are."""
        self._look_closely = True

    def _take_changes(self) -> list[tuple[Callable[[], None], Callable[[], None]]]:
        with self._lock:
            changes, self._changes = list(self._changes.values()), {}
            return changes

    def _end(self) -> list[tuple[Callable[[], None], Callable[[], None]]]:
        """The changes that wait; from here on none is taken."""
        with self._lock:
            self._ended = True
        return self._take_changes()

    def _processed(self, frame: Frame) -> FrameResult:
        """The result, without a model that gives no probabilities; there are two models at most."""
        for _ in range(2):
            try:
                return self._pipeline.process(frame)
            except ModelError as error:
                if self._model_failed is None:
                    raise
                self._model_failed(error)
        return self._pipeline.process(frame)

    def _is_to_look_closely(self) -> bool:
        """Whether that was asked for; while a newer frame waits already, it is for that one."""
        asked = self._look_closely and self._frames.is_empty
        self._look_closely = self._look_closely and not asked
        return asked

    def _run(self) -> None:
        changes: list[tuple[Callable[[], None], Callable[[], None]]] = []
        looks_again = False
        try:
            while not self._frames.closed:
                frame = self._frames.take(timeout_s=0.1)
                if self._frames.closed:
                    break
                changes = self._take_changes()
                newest = frame or self._last_frame
                closely = self._is_to_look_closely() or (looks_again and frame is None)
                closely = closely and newest is not None and newest.media_time_s is not None
                changed = closely or bool(changes)
                while changes:
                    changes[0][0]()
                    del changes[0]
                repeated = frame is None and changed
                if repeated:
                    frame = self._last_frame
                elif frame is not None:
                    self._timing.frame_came()
                if frame is None:
                    self._timing.nothing_came()
                    continue
                frame = self._last_frame = replace(frame, is_still=True) if closely else frame
                result = replace(self._processed(frame), repeated=repeated)
                for stage, ms in result.stage_ms.items():
                    self.stage_ms[stage].add(ms)
                self._give(result)
                # Where no other frame comes soon.
                looks_again = frame.is_still and not frame.name and not repeated
                if not repeated:
                    read = len(result.faces) and not result.degradation_step
                    self._timing.frame_done(result.stage_ms.get("classify", 0.0) if read else 0.0)
        except Exception as error:  # An unknown fault: the picture stops, and the window says so.
            sentence = Wording(
                "Engine",
                "The analysis stopped because of a fault in the program ({kind}: {error}).",
                kind=type(error).__name__,
                error=error,
            )
            self._on_event(EngineFailed(sentence, traceback.format_exc()))
        finally:
            # The change that failed, and those that wait behind it.
            for _, discard in [*changes, *self._end()]:
                discard()
            self._pipeline.close()
