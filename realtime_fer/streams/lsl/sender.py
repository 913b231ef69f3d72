"""Sends frames and markers as LSL streams: one stream for each face slot, and one of markers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realtime_fer import __version__
from realtime_fer.core.errors import StreamError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.live import LiveClient, TakeMarker
from realtime_fer.core.text.translation import Wording
from realtime_fer.streams.hub import LiveHub, LiveMarker
from realtime_fer.streams.lsl.channels import absent_values, channels_with, face_values
from realtime_fer.streams.lsl.clock import LslClock
from realtime_fer.streams.lsl.library import LIBRARY, LslLibrary, keep_on_loopback
from realtime_fer.streams.lsl.markers_in import FoundMarkers, MarkerInlet
from realtime_fer.streams.slots import Slots

#: Streams of faces. Their number is fixed, since a recorder lists streams before anybody is in view.
FACES = 4

NAME = "RealtimeFER"

#: Markers that wait for the thread; more are a fault of whoever sets them.
_MOST_WAITING = 64


@dataclass(frozen=True)
class LslPlace:
    """Which of the programs that run on this computer this one is, so that LSL does not take one for another.

    Attributes:
        number: from 1; those after the first have it in their streams' names.
        source_id: begins those of its streams: the same after a new start, so that a recorder goes on with them.
        release: gives the number back.
    """

    number: int = 1
    source_id: str = "realtime-fer"
    release: Callable[[], None] = lambda: None


class LslSender:
    """Owns the thread "live-lsl".

    Attributes:
        problem: why nothing is sent, or ''.
        ports_open: liblsl's ports could not be kept on this computer.
        own: as given.

    Args:
        on_network: other computers can find and read the streams.
        markers_from: name of the stream whose markers are taken; '' for none.
        take_marker: takes those.
        take_place: called once, in the thread.
        own: slugs of the own expressions, each of which has a channel; a stream's channels never change.
        library: for tests.
    """

    def __init__(
        self,
        hub: LiveHub,
        *,
        on_network: bool = False,
        markers_from: str = "",
        take_marker: TakeMarker = lambda text, at_s: None,
        take_place: Callable[[], LslPlace] = LslPlace,
        own: Sequence[str] = (),
        library: LslLibrary = LIBRARY,
        keep_local: Callable[[], bool] = keep_on_loopback,
    ) -> None:
        self._hub, self._library, self._keep_local = hub, library, keep_local
        self._on_network, self._markers_from, self._take_marker = on_network, markers_from, take_marker
        self._take_place, self.own = take_place, tuple(own)
        self.problem = ""
        self.ports_open = False
        self.found = FoundMarkers()
        self._arrived, self._started = threading.Event(), threading.Event()
        self._stopping = False
        self._waiting: deque[LiveMarker] = deque(maxlen=_MOST_WAITING)
        self._outlets: tuple[Any, ...] = ()
        self._inlet: MarkerInlet | None = None
        self._thread = threading.Thread(target=self._run, name="live-lsl", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait_started(self, timeout_s: float) -> None:
        """Until its streams, or why there are none, are known."""
        self._started.wait(timeout_s)

    @property
    def runs(self) -> bool:
        return bool(self._outlets)

    def clients(self) -> tuple[LiveClient, ...]:
        """The streams that somebody reads; LSL does not say who. Any thread."""
        return tuple(LiveClient("LSL", name, 0) for name, outlet in self._outlets if outlet.have_consumers())

    @property
    def markers_from(self) -> str:
        """The stream whose markers come in now, or ''."""
        return self._inlet.connected if self._inlet is not None else ""

    def stop(self, timeout_s: float = 5.0) -> None:
        """May be called twice."""
        self._stopping = True
        self._arrived.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            lsl = self._library.open(self._on_network)
        except StreamError as error:
            self._refuse(error.sentence())
            return
        place = self._take_place()
        try:
            self._send(lsl, place)
        finally:
            place.release()

    def _refuse(self, problem: str) -> None:
        self.problem = problem
        self._started.set()

    def _send(self, lsl: Any, place: LslPlace) -> None:
        name = NAME if place.number == 1 else f"{NAME} {place.number}"
        try:
            faces = [self._outlet(lsl, f"{name} face {slot}", place, slot) for slot in range(1, FACES + 1)]
            markers = self._outlet(lsl, f"{name} markers", place, 0)
        except RuntimeError as error:  # pylsl's word for liblsl's faults, such as no free port.
            told = Wording("Stream", "LSL cannot open its streams: {reason}.", reason=str(error).rstrip("."))
            self._refuse(told)
            return
        self.ports_open = not self._on_network and not self._keep_local()
        clock = LslClock(lsl.local_clock, self._hub.clock)
        self.found.begin(lsl, skipped=f"{name} markers")
        if self._markers_from:
            self._inlet = MarkerInlet(lsl, self._hub, self.found, self._markers_from, clock, self._take_marker)
            self._inlet.start()
        self._outlets = (
            *((f"{name} face {slot}", one) for slot, one in enumerate(faces, 1)),
            (f"{name} markers", markers),
        )
        listener = self._hub.listen(self._arrived.set)
        self._hub.listen_to_markers(self._mark)
        self._started.set()
        try:
            self._send_all(listener, clock, faces, markers)
        finally:
            self._hub.leave(listener)
            self._hub.leave_markers(self._mark)
            if self._inlet is not None:
                self._inlet.stop()
            self._outlets = ()
            self.found.end()

    def _mark(self, marker: LiveMarker) -> None:
        """In the thread that sets it."""
        if self._inlet is not None and self._inlet.gave(marker):
            return  # It is another program's, which sends it itself.
        self._waiting.append(marker)
        self._arrived.set()

    def _send_all(self, listener: Any, clock: LslClock, faces: list[Any], markers: Any) -> None:
        slots, absent = Slots(FACES), absent_values(self.own)
        while not self._stopping:
            self._arrived.wait()
            self._arrived.clear()
            ahead_s = clock.ahead_s()
            while self._waiting:
                marker = self._waiting.popleft()
                markers.push_sample([marker.text], marker.time_s + ahead_s)
            frame = listener.take()
            if frame is None or frame.values["repeated"]:
                continue
            at_s = frame.result.frame.timestamp_s + ahead_s
            there = slots.of(frame.values)
            elsewhere = slots.elsewhere(frame.values["source_index"])
            for slot, outlet in enumerate(faces, 1):
                if slot in there:
                    outlet.push_sample(face_values(there[slot], self.own), at_s)
                elif slot not in elsewhere:
                    outlet.push_sample(absent, at_s)

    def _outlet(self, lsl: Any, name: str, place: LslPlace, slot: int) -> Any:
        """A stream of faces, or with slot 0 of markers."""
        identity = f"{place.source_id}-{slot or 'markers'}"
        if not slot:
            info = lsl.StreamInfo(name, "Markers", 1, lsl.IRREGULAR_RATE, "string", identity)
            _describe(info, self._hub.session, {"label": "Marker", "type": "Marker"})
            return lsl.StreamOutlet(info)
        channels = channels_with(self.own)
        info = lsl.StreamInfo(name, "Expression", len(channels), lsl.IRREGULAR_RATE, "float32", identity)
        _describe(info, self._hub.session, *({"label": c.label, "unit": c.unit, "type": c.kind} for c in channels))
        info.desc().append_child("expressions").append_child_value("numbers", " ".join(EXPRESSION_KEYS))
        return lsl.StreamOutlet(info)


def _describe(info: Any, session: str, *channels: Mapping[str, str]) -> None:
    """As the meta-data of XDF are laid out (https://github.com/sccn/xdf/wiki/Meta-Data)."""
    told = info.desc()
    acquisition = told.append_child("acquisition")
    for key, value in {"manufacturer": "Realtime FER", "model": "realtime-fer", "version": __version__}.items():
        acquisition.append_child_value(key, value)
    told.append_child_value("session", session)
    told.append_child("synchronization").append_child_value("time_source", "capture of the frame by the computer")
    listed = told.append_child("channels")
    for one in channels:
        channel = listed.append_child("channel")
        for key, value in one.items():
            channel.append_child_value(key, value)
