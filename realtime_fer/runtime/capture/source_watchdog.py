"""The watchdog of one source: notices a stalled camera, abandons a reader that hangs, and reopens what was lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame
from realtime_fer.core.request import DEMO, Kind, SourceRequest
from realtime_fer.core.text.translation import Wording, join_sentences
from realtime_fer.runtime.capture.abandoned_readers import AbandonedReaders
from realtime_fer.runtime.capture.device_locks import DeviceLocks
from realtime_fer.runtime.capture.frame_stamper import FrameStamper
from realtime_fer.runtime.capture.playback import Playback
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.source_reader import SourceReader
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts, SourceTimeouts
from realtime_fer.runtime.events import EngineEvent, EngineFailed, SourceEnded, SourceLost, SourceStalled
from realtime_fer.runtime.slot import LatestSlot


class SourceWatchdog:
    """Keeps one source running until it is stopped; its frames go into a slot where the newest wins.

    Owns the watching thread and the :class:`SourceReader` of the moment, each with a thread of its own. A live source
    that fails, stalls, repeats one picture or gives no picture is reopened after a growing pause. A file is played at
    its own speed and ends. A thread that hangs in a driver cannot be interrupted: it is abandoned, and what it still
    reads goes nowhere.

    Args:
        abandoned: where such readers are counted; shared by all watchdogs of an engine.
        devices: which are open; shared as well.
        paused_s: of earlier pauses, of other sources too; see ``Frame.paused_s``.
        timeouts: how long the source may stall, where its own pace does not call for more.
        ready: as for :class:`SourceReader`.

    Attributes:
        stamper: counts and measures the source's frames.
        playback: takes the commands for a file.
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
        abandoned: AbandonedReaders | None = None,
        devices: DeviceLocks | None = None,
        timeouts: SourceTimeouts | None = None,
        ready: threading.Event | None = None,
        playback: Playback | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.request = request
        self._resolve = resolve
        self._on_event = on_event
        self._generation = generation
        self._fallback = fallback
        self._abandoned = abandoned if abandoned is not None else AbandonedReaders()
        self._devices = devices if devices is not None else DeviceLocks()
        self._limits = timeouts or SourceTimeouts()
        self._timeouts = AdaptiveTimeouts(self._limits)
        self._ready = ready
        self._clock = clock
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self.playback = playback or Playback(clock)
        self.stamper = FrameStamper(
            slot, on_event, self._timeouts, generation=generation, paused_s=paused_s, clock=clock
        )
        self._lock = threading.Lock()
        self._reader: SourceReader | None = None
        self._thread = threading.Thread(target=self._run, name=f"source-watchdog-{generation}", daemon=True)

    @property
    def stall_after_s(self) -> float:
        """Without a frame, until the source counts as stalled: longer for one that is slow by nature."""
        return self._timeouts.stall_after_s

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        """Returns at once; from here on no frame reaches the slot, and the threads release the source and end."""
        self.stamper.stop()
        with self._lock:
            self._stopping.set()
            if self._reader is not None:
                self._reader.request_stop()
        self.playback.request_stop()
        self._wake.set()

    def join(self, timeout_s: float) -> bool:
        """True when both threads have ended, except for abandoned ones."""
        until_s = time.perf_counter() + timeout_s
        self._thread.join(timeout_s)
        reader = self._reader
        ended = reader is None or reader.join(max(0.0, until_s - time.perf_counter()))
        return ended and not self._thread.is_alive()

    def set_paused(self, paused: bool) -> None:
        self.stamper.set_paused(paused)
        self.playback.set_paused(paused)

    def replay(self) -> None:
        """Plays an ended file again, or tries a failed one again."""
        self.playback.replay()

    # The rest runs in the watching thread.

    def _run(self) -> None:
        try:
            self._keep_running()
        except Exception as error:  # Nobody above this thread could report it.
            self._on_event(
                EngineFailed(
                    Wording("Source", "Reading the source failed ({kind}).", kind=type(error).__name__),
                    type(error).__name__,
                )
            )

    def _keep_running(self) -> None:
        attempt = 0
        request = known_as = self.request
        was_live = False
        while not self._stopping.is_set():
            began_s = self._clock()
            live, opened, error = self._read_once(request)
            if self._stopping.is_set():
                return
            # A camera that was opened by its name runs under its number, and is lost under that too.
            known_as = opened or known_as
            if error is None:
                self._wait_for_replay(SourceEnded(known_as))
                continue
            if request.kind is Kind.AUTO:
                # A camera that was found and lost is waited for; the demo is for where there is none.
                request = known_as = opened or self._fallback
                if not opened:
                    meanwhile = Wording("Source", "Until then the demo is playing.")
                    self.stamper.fallback_sentence = join_sentences(error.sentence(), meanwhile)
                    continue
            # While a camera that was opened by its name is unplugged, its name means no source of any kind.
            was_live = live = live or was_live
            if not live:
                self.stamper.count_loss()
                self._wait_for_replay(SourceLost(known_as, error.sentence(), None))
                continue
            attempt = 0 if self.stamper.is_stable else attempt
            silent_s = self._clock() - max(began_s, self.stamper.newest_s or began_s)
            retry_s = self._timeouts.retry_after_s(attempt, silent_s)
            attempt += 1
            self.stamper.count_loss()
            self._on_event(SourceLost(known_as, error.sentence(), retry_s))
            self._stopping.wait(retry_s)

    def _read_once(self, request: SourceRequest) -> tuple[bool, SourceRequest | None, SourceError | None]:
        """Reads until the source ends, is lost or is stopped: (whether live, what was opened, the loss)."""
        if not self._abandoned.may_open(request):
            name = self.stamper.source_name or _unnamed()
            error = SourceError("{name} still does not answer.", "Unplug it and plug it in again.", name=name)
            return True, None, error
        reader = SourceReader(
            request,
            self._resolve,
            self.stamper,
            self.playback,
            self._wake.set,
            clock=self._clock,
            title=f"source-reader-{self._generation}",
            ready=self._ready,
            devices=self._devices,
        )
        with self._lock:
            if self._stopping.is_set():
                return False, None, None
            self._reader = reader
        self.stamper.accept(reader)
        reader.start()
        timeout = self._watch(reader)
        if reader.outcome is None:
            self._abandoned.add(reader)
            if timeout is not None:  # It hangs: waiting for the device that it holds is of no use.
                self._devices.release(reader)
        elif reader.fault is not None:
            raise reader.fault
        live = reader.live or request.goes_on_by_itself
        return live, reader.opened_request, reader.error or timeout

    def _watch(self, reader: SourceReader) -> SourceError | None:
        """Waits until ``reader`` ends, and reports when it stalls; the error of one that hangs and is abandoned."""
        stall_told = False
        while reader.outcome is None and not self._stopping.is_set():
            self._wake.wait(self._limits.watch_interval_s)
            self._wake.clear()
            silent_s = reader.silent_s()
            if reader.outcome is None and silent_s > self._abandon_after_s(reader):
                self.stamper.accept(None)
                self._timeouts.timed_out(opening=not reader.is_open)
                reader.request_stop()
                return _no_answer(reader)
            stalled = reader.is_open and silent_s > self._timeouts.stall_after_s
            if stalled and not stall_told:
                self.stamper.count_loss()
                sentence = Wording(
                    "Source", "{name} delivers no new picture. The program is waiting for one.", name=reader.name
                )
                self._on_event(SourceStalled(reader.request, sentence))
            stall_told = stalled
        return None

    def _abandon_after_s(self, reader: SourceReader) -> float:
        address = reader.request.is_address
        if not reader.is_open:
            return self._timeouts.open_timeout_s(address=address)
        # A file cannot be reopened where it was; its disk or network may wake up yet.
        return self._timeouts.reopen_after_s(address=address) if reader.live else float("inf")

    def _wait_for_replay(self, event: EngineEvent) -> None:
        """Tells ``event`` and waits for a replay; what was asked for before does not mean this end."""
        if not self._stopping.is_set():
            self.playback.wait_for_restart(lambda: self._on_event(event))


def _unnamed() -> str:
    return Wording("Source", "The source")


def _no_answer(reader: SourceReader) -> SourceError:
    return SourceError(
        "{name} no longer answers.",
        "Check the network and the sender." if reader.request.is_address else "Unplug it and plug it in again.",
        name=reader.name or _unnamed(),
    )
