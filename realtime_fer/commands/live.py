"""``realtime-fer live``: runs a source without a window and gives its numbers to other programs while it runs."""

from __future__ import annotations

import argparse
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from realtime_fer import assembly
from realtime_fer.core.errors import RealtimeFerError, SourceError, StreamError
from realtime_fer.core.live import LiveChoice, LiveState
from realtime_fer.core.options import OverlayStyle, PipelineOptions
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.native_output import printing_failure
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import (
    BlendshapesRefused,
    DetectorAdopted,
    DetectorRefused,
    EngineEvent,
    EngineFailed,
    FrameWarning,
    ModelAdopted,
    ModelRefused,
    SourceEnded,
    SourceLost,
    SourceOpened,
    SourceStalled,
)
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.osc import osc_address

#: How long the loop waits for a frame before it looks at the clock and at events.
_LOOK_AGAIN_S = 0.2


@dataclass(frozen=True)
class LiveRequest:
    """What to run.

    Attributes:
        settings: of the analysis.
        lines: each frame is a line of JSON on standard output.
        mirror: flips frames left to right.
        seconds: how long, from the first frame on; None for until the source ends or Ctrl-C.
    """

    source: SourceRequest
    settings: Settings
    lines: bool = True
    mirror: bool = False
    seconds: float | None = None


def request_from(parsed: argparse.Namespace, given: Mapping[str, Any]) -> LiveRequest:
    """What the command line asks for.

    Args:
        given: its settings, by name.
    """
    settings = Settings(**given)
    lines = parsed.json is not None or not (settings.live_websocket or settings.live_osc)
    return LiveRequest(parsed.source, settings, lines, mirror=parsed.mirror, seconds=parsed.seconds)


class _Events:
    """The engine's listener: keeps its events for the command's own thread. Bound: none is dropped, they are few."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self.waiting: queue.SimpleQueue[EngineEvent] = queue.SimpleQueue()

    def view_ready(self) -> None:
        """Nothing shows frames here."""

    def event(self, event: EngineEvent) -> None:
        self.waiting.put(event)
        self._wake()


def live(request: LiveRequest, clock: Callable[[], float] = time.monotonic) -> int:
    """Runs until the source ends, the time is over or nobody reads any more.

    Returns:
        Exit code 0; 1 when the source was lost after it had given frames.

    Raises:
        RealtimeFerError: it could not start.
    """
    from realtime_fer.sources import source_for

    if not request.source.is_camera:
        source_for(request.source)  # refuses what does not exist
    if request.settings.live_osc:
        osc_address(request.settings.live_osc)
    settings = replace(request.settings, source=request.source.value)
    hub, outlets = assembly.build_outlets(lambda: OverlayStyle.of(settings))
    try:
        outlets.apply(LiveChoice.of(settings))
        outlets.wait_started()
        _tell_outlets(outlets.state())
        return _run(replace(request, settings=settings), hub, clock)
    finally:
        outlets.stop()


def _run(request: LiveRequest, hub: LiveHub, clock: Callable[[], float]) -> int:
    arrived, settings = threading.Event(), request.settings
    events, watch = _Events(arrived.set), _Watch()
    listener = hub.listen(arrived.set)
    engine = Engine(assembly.build_engine_parts(settings, publish=hub.give), events)
    engine.start(request.source, settings.detector, settings.model)
    until_s: float | None = None
    try:
        engine.set_options(replace(PipelineOptions.of(settings), mirror=request.mirror))
        engine.want_blendshapes(settings.blendshapes)
        while until_s is None or clock() < until_s:
            arrived.wait(_LOOK_AGAIN_S if until_s is None else max(0.0, min(_LOOK_AGAIN_S, until_s - clock())))
            arrived.clear()
            # Before the frame: the last one of a file comes before the event of its end.
            ended = watch.has_ended(events.waiting)
            frame = listener.take()
            if frame is not None:
                watch.frames += 1
                if until_s is None and request.seconds is not None:
                    until_s = clock() + request.seconds
                if request.lines:
                    say_json(frame.values, flush=True, separators=(",", ":"))
                    if printing_failure() is not None:  # Whoever read the lines is gone.
                        break
            elif ended:
                break
    finally:
        engine.stop()
    return watch.exit_code


def _tell_outlets(state: LiveState) -> None:
    """On stderr. Raises StreamError: an outlet that was asked for does not run."""
    if state.problem:
        raise StreamError(state.problem)
    if state.address:
        say(
            f"realtime-fer: Programs on this computer get the numbers at {state.address} (/overlay, /live, /events).",
            error=True,
        )
    if state.osc:
        say(f"realtime-fer: OSC goes to {state.osc}.", error=True)


class _Watch:
    """Tells events on stderr, and knows when nothing more will come."""

    def __init__(self) -> None:
        self.frames = 0
        self.exit_code = 0
        self._ended = False

    def has_ended(self, waiting: queue.SimpleQueue[EngineEvent]) -> bool:
        """Whether the source has ended.

        Raises:
            RealtimeFerError: source, model or program failed.
        """
        while not waiting.empty():
            self._read(waiting.get())
        return self._ended

    def _read(self, event: EngineEvent) -> None:
        sentence = getattr(event, "sentence", "")
        match event:
            case SourceEnded():
                self._ended = True
            case SourceLost(retry_in_s=None):
                if not self.frames:
                    raise SourceError(sentence)
                self._ended, self.exit_code = True, 1
                say(f"realtime-fer: {sentence}", error=True)
            case EngineFailed():
                raise RealtimeFerError(sentence)
            case ModelRefused(running="") | DetectorRefused(running=""):
                raise RealtimeFerError(sentence)
            case (
                SourceLost()
                | SourceStalled()
                | SourceOpened()
                | FrameWarning()
                | ModelAdopted()
                | ModelRefused()
                | DetectorAdopted()
                | DetectorRefused()
                | BlendshapesRefused()
            ) if sentence:
                say(f"realtime-fer: {sentence}", error=True)
