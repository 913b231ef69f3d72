"""Runs the sources, prints lines, and ends when all of them have."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from realtime_fer import assembly
from realtime_fer.commands.live.remote import RemoteControl
from realtime_fer.commands.live.request import LiveRequest
from realtime_fer.commands.live.table import LiveTable
from realtime_fer.commands.live.triggers import SourceTriggers
from realtime_fer.commands.live.watch import Watch
from realtime_fer.core.errors import SinkError, StreamError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.live import LiveChoice, LiveState
from realtime_fer.core.options import OverlayStyle, PipelineOptions
from realtime_fer.core.own_expressions.files import OwnNow
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.native_output import printing_failure
from realtime_fer.runtime.engine import Engine
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.osc import osc_address

#: How long the loop waits for a frame before it looks at the clock and at events.
_LOOK_AGAIN_S = 0.2


@dataclass(frozen=True)
class _Running:
    request: SourceRequest
    watch: Watch
    engine: Engine
    triggers: SourceTriggers


def live(request: LiveRequest, clock: Callable[[], float] = time.monotonic) -> int:
    """Runs until the sources end, the time is over or nobody reads any more.

    Returns:
        Exit code 0; 1 when a source was lost after it had given frames, or the table could not be continued.

    Raises:
        RealtimeFerError: it could not start.
    """
    from realtime_fer.sources import source_for

    for source in request.sources:
        if not source.is_camera:
            source_for(source)  # refuses what does not exist
    if request.settings.live_osc:
        osc_address(request.settings.live_osc)
    arrived = threading.Event()
    remote = RemoteControl(arrived.set, _model_ids)
    own = request.own.slugs if request.own is not None else ()
    table = LiveTable(request.csv, request.settings, own) if request.csv is not None else None
    hub, outlets = assembly.build_outlets(lambda: OverlayStyle.of(request.settings), lambda: own)
    outlets.set_commands(remote.run, remote.take_marker)
    try:
        outlets.apply(LiveChoice.of(request.settings))
        outlets.wait_started()
        _tell_outlets(outlets.state())
        return _Run(request, hub, remote, table, arrived, clock).until_ended()
    finally:
        outlets.stop()
        if table is not None:
            table.close()


class _Run:
    """An engine for each source, on one hub. All in one thread."""

    def __init__(
        self,
        request: LiveRequest,
        hub: LiveHub,
        remote: RemoteControl,
        table: LiveTable | None,
        arrived: threading.Event,
        clock: Callable[[], float],
    ) -> None:
        self._request, self._remote, self._arrived, self._clock = request, remote, arrived, clock
        self._table, self._exit_code = table, 0
        self._listener = hub.listen(arrived.set)
        self._running = [self._prepared(source, hub, index) for index, source in enumerate(request.sources)]

    def _prepared(self, source: SourceRequest, hub: LiveHub, index: int) -> _Running:
        watch = Watch(self._arrived.set)
        settings = replace(self._request.settings, source=source.value)
        # One of several sources tells of a marker, which is of all.
        mark = hub.mark if index == 0 else lambda time_s, text: None
        several = len(self._request.sources) > 1
        triggers, give = SourceTriggers(self._request.triggers, self._arrived.set), hub.giver(index)

        def publish(result: FrameResult) -> None:
            give(result)
            triggers.give(result)

        own = OwnNow()
        own.model = self._request.own
        parts = assembly.build_engine_parts(
            settings,
            publish=publish,
            publish_marker=mark,
            together=(hub.session, index) if several else None,
            own=own,
        )
        return _Running(source, watch, Engine(parts, watch), triggers)

    def until_ended(self) -> int:
        settings = self._request.settings
        try:
            for one in self._running:
                one.engine.start(one.request, settings.detector, settings.model)
                one.engine.set_options(replace(PipelineOptions.of(settings), mirror=self._request.mirror))
                one.engine.want_blendshapes(settings.blendshapes)
                one.engine.want_gaze(settings.gaze)
                one.engine.use_own_expressions(self._request.own)
            if self._request.resting_face is not None:
                self._running[0].engine.use_resting_face(self._request.resting_face)
            self._give_frames()
        finally:
            for one in self._running:
                one.triggers.run_waiting(one.engine)
                one.engine.stop()
                one.triggers.stop()
            for one in self._running:
                one.watch.has_ended()  # Tells what came of a recording.
        return max(self._exit_code, *(one.watch.exit_code for one in self._running))

    def _give_frames(self) -> None:
        clock, until_s = self._clock, None
        while until_s is None or clock() < until_s:
            self._arrived.wait(_LOOK_AGAIN_S if until_s is None else max(0.0, min(_LOOK_AGAIN_S, until_s - clock())))
            self._arrived.clear()
            self._remote.run_waiting([one.engine for one in self._running])
            for one in self._running:
                one.triggers.run_waiting(one.engine)
            # Before the frame: the last one of a file comes before the event of its end.
            ended = [one.watch.has_ended() for one in self._running]
            frame = self._listener.take()
            if frame is None:
                if all(ended):
                    break
                continue
            self._running[frame.values["source_index"]].watch.frames += 1
            if until_s is None and self._request.seconds is not None:
                until_s = clock() + self._request.seconds
            if self._table is not None:
                try:
                    self._table.write(frame)
                except SinkError as error:
                    say(f"realtime-fer: {error.sentence()}", error=True)
                    self._exit_code = 1
                    break
            if self._request.lines:
                say_json(frame.values, flush=True, separators=(",", ":"))
                if printing_failure() is not None:  # Whoever read the lines is gone.
                    break


def _model_ids() -> set[str]:
    from realtime_fer.vision.registry import ModelRegistry

    return {spec.model_id for spec in ModelRegistry().specs()}


def _tell_outlets(state: LiveState) -> None:
    """On stderr. Raises StreamError: an outlet that was asked for does not run."""
    if state.problem:
        raise StreamError(state.problem)
    lines = []
    if state.address:
        lines.append(f"Programs on this computer get the numbers at {state.address} (/overlay, /live, /events).")
    if state.token:
        lines.append(f"Token for commands: {state.token}")
    if state.osc:
        lines.append(f"OSC goes to {state.osc}.")
    if state.lsl_network:
        lines.append("LSL: every computer on the network can find and read the streams.")
    elif state.lsl_ports_open:
        lines.append(
            "LSL: only programs on this computer find the streams; use a firewall to keep other computers out."
        )
    elif state.lsl:
        lines.append("LSL: programs on this computer can find and read the streams.")
    for line in lines:
        say(f"realtime-fer: {line}", error=True)
