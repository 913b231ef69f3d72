"""The capture: watches over the thread that reads one source, and begins again where that one is lost or hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame
from realtime_fer.core.request import DEMO, Kind, SourceRequest
from realtime_fer.core.text.translation import Wording, join_sentences
from realtime_fer.runtime.capture.delivery import Delivery
from realtime_fer.runtime.capture.devices import Devices
from realtime_fer.runtime.capture.reading import Reading, ResolvedSource, StuckReadings
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts, SourceTimeouts
from realtime_fer.runtime.events import EngineEvent, EngineFailed, SourceEnded, SourceLost, SourceStalled
from realtime_fer.runtime.slot import LatestSlot


class CaptureWorker:
    """Reads one source until it is stopped, into a slot where the newest frame wins.

    Two threads: one reads (see :class:`Reading`), the other watches. A live source that fails, hangs, repeats one
    picture or gives what is no picture is opened again after a growing pause. A file is played at its own speed and
    ends. A thread that hangs in a driver cannot be interrupted: it is left behind, and what it still reads goes
    nowhere.

    Args:
        stuck: where such threads are counted; shared by all workers of an engine.
        devices: which are open; shared as well.
        paused_s: of pauses before, of other sources too; see ``Frame.paused_s``.
        ready: as of :class:`Reading`.
    """

    def __init__(
        self,
        request: SourceRequest,
        resolve: Callable[[SourceRequest], ResolvedSource],
        slot: LatestSlot[Frame],
        on_event: Callable[[EngineEvent], None],
        *,
        generation: int = 0,
        paused_s: float = 0.0,
        fallback: SourceRequest = DEMO,
        stuck: StuckReadings | None = None,
        devices: Devices | None = None,
        timeouts: SourceTimeouts | None = None,
        ready: threading.Event | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.request = request
        self._resolve = resolve
        self._on_event = on_event
        self._generation = generation
        self._fallback = fallback
        self._stuck = stuck if stuck is not None else StuckReadings()
        self._devices = devices if devices is not None else Devices()
        self._limits = timeouts or SourceTimeouts()
        self._ready = ready
        self._clock = clock
        self._stopping = threading.Event()
        self._resumed = threading.Event()
        self._replay = threading.Event()
        self._wake = threading.Event()
        self._resumed.set()
        self._timeouts = AdaptiveTimeouts(self._limits)
        self._delivery = Delivery(slot, on_event, self._timeouts, generation=generation, paused_s=paused_s, clock=clock)
        self.rate, self.read_ms = self._delivery.rate, self._delivery.read_ms
        self._lock = threading.Lock()
        self._reading: Reading | None = None
        self._thread = threading.Thread(target=self._run, name=f"capture-{generation}", daemon=True)

    @property
    def size(self) -> tuple[int, int]:
        """Of the newest frame, (0, 0) before the first."""
        return self._delivery.size

    @property
    def source_name(self) -> str:
        return self._delivery.source_name

    @property
    def paused_s(self) -> float:
        """Seconds of pauses until now."""
        return self._delivery.paused_s

    @property
    def silence_s(self) -> float:
        """How long there may be no picture before that is worth a word: longer of a source that is slow by nature."""
        return self._timeouts.stall_after_s

    @property
    def source_fps(self) -> float:
        """Frames a second that the source promises; 0 where it does not say."""
        return self._delivery.source_fps

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        """Returns at once; from here on no frame reaches the slot, and the threads release the source and end."""
        self._delivery.stop()
        with self._lock:
            self._stopping.set()
            if self._reading is not None:
                self._reading.request_stop()
        self._resumed.set()
        self._replay.set()
        self._wake.set()

    def join(self, timeout_s: float) -> bool:
        """True when both threads have ended, but for those that were left behind."""
        until_s = time.perf_counter() + timeout_s
        self._thread.join(timeout_s)
        reading = self._reading
        ended = reading is None or reading.join(max(0.0, until_s - time.perf_counter()))
        return ended and not self._thread.is_alive()

    def set_paused(self, paused: bool) -> None:
        self._delivery.set_paused(paused)
        if paused:
            self._resumed.clear()
        else:
            self._resumed.set()

    def replay(self) -> None:
        self._replay.set()

    # The rest runs in the watching thread.

    def _run(self) -> None:
        try:
            self._serve()
        except Exception as error:  # Nobody above this thread could say it.
            self._on_event(
                EngineFailed(
                    Wording("Source", "Reading the source failed ({kind}).", kind=type(error).__name__),
                    type(error).__name__,
                )
            )

    def _serve(self) -> None:
        attempt = 0
        request = known_as = self.request
        was_live = False
        while not self._stopping.is_set():
            began_s = self._clock()
            live, opened, error = self._read_once(request)
            if self._stopping.is_set():
                return
            # One that was opened by its name runs under its number, and is lost under that too.
            known_as = opened or known_as
            if error is None:
                self._wait_for_replay(SourceEnded(known_as))
                continue
            if request.kind is Kind.AUTO:
                # A camera that was found and lost is waited for; the demo is for where there is none.
                request = known_as = opened or self._fallback
                if not opened:
                    meanwhile = Wording("Source", "Until then the demo is playing.")
                    self._delivery.note = join_sentences(error.sentence(), meanwhile)
                    continue
            # A camera that was opened by its name is no source of any kind while it is unplugged.
            was_live = live = live or was_live
            if not live:
                self._delivery.count_loss()
                self._wait_for_replay(SourceLost(known_as, error.sentence(), None))
                continue
            attempt = 0 if self._delivery.sound else attempt
            silent_since_s = max(began_s, self._delivery.newest_s or began_s)
            retry_s = self._timeouts.retry_after_s(attempt, self._clock() - silent_since_s)
            attempt += 1
            self._delivery.count_loss()
            self._on_event(SourceLost(known_as, error.sentence(), retry_s))
            self._stopping.wait(retry_s)

    def _read_once(self, request: SourceRequest) -> tuple[bool, SourceRequest | None, SourceError | None]:
        """Reads until the source ends, is lost or the worker is stopped: (whether live, what was opened, the loss)."""
        if not self._stuck.may_open(request):
            name = _named(self.source_name)
            return (
                True,
                None,
                SourceError("{name} still does not answer.", "Unplug it and plug it in again.", name=name),
            )
        title = f"reading-{self._generation}"
        reading = Reading(
            request,
            self._resolve,
            self._delivery,
            self._resumed,
            self._wake.set,
            clock=self._clock,
            title=title,
            ready=self._ready,
            devices=self._devices,
        )
        with self._lock:
            if self._stopping.is_set():
                return False, None, None
            self._reading = reading
        self._delivery.accept(reading)
        reading.start()
        error = self._watch_over(reading)
        if reading.outcome is None:
            self._stuck.add(reading)
            if error is not None:  # It hangs: waiting for what it holds is of no use.
                self._devices.give_back(reading)
        elif reading.fault is not None:
            raise reading.fault
        live = reading.live or request.goes_on_by_itself
        return live, reading.opened_request, reading.error or error

    def _watch_over(self, reading: Reading) -> SourceError | None:
        """Waits for the end of ``reading``, or until it is to be left behind: then the error that says so."""
        said = False
        while reading.outcome is None and not self._stopping.is_set():
            self._wake.wait(self._limits.watch_interval_s)
            self._wake.clear()
            waits_s = reading.waits_s()
            if reading.outcome is None and waits_s > self._timeout_s(reading):
                self._delivery.accept(None)
                self._timeouts.timed_out(opening=not reading.is_open)
                reading.request_stop()
                return _no_answer(reading)
            stalls = reading.is_open and waits_s > self._timeouts.stall_after_s
            if stalls and not said:
                self._delivery.count_loss()
                sentence = Wording("Source", "{name} gives no new picture. It is waited for.", name=reading.name)
                self._on_event(SourceStalled(reading.request, sentence))
            said = stalls
        return None

    def _timeout_s(self, reading: Reading) -> float:
        address = reading.request.is_address
        if not reading.is_open:
            return self._timeouts.open_timeout_s(address=address)
        # A file cannot be opened anew and go on where it was; its disk or network may wake up yet.
        return self._timeouts.reopen_after_s(address=address) if reading.live else float("inf")

    def _wait_for_replay(self, event: EngineEvent) -> None:
        """Tells ``event`` and waits for ``replay``; one that was asked for before nobody could have meant."""
        self._replay.clear()
        if self._stopping.is_set():
            return
        self._on_event(event)
        self._replay.wait()


def _named(name: str) -> str:
    return name or Wording("Source", "The source")


def _no_answer(reading: Reading) -> SourceError:
    return SourceError(
        "{name} does not answer any more.",
        "Check the network and the sender." if reading.request.is_address else "Unplug it and plug it in again.",
        name=_named(reading.name),
    )
