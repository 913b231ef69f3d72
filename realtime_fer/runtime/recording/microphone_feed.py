"""Listens to a microphone while a recording runs. A driver that hangs or fails never holds up the picture."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.sound import SYSTEM_MICROPHONE, Microphone, SoundBlock
from realtime_fer.core.text.translation import Wording

#: Blocks that wait for the recording thread, about half a minute. Overflow: the oldest become silence.
MOST_WAITING = 1500

#: A microphone that is open and gives nothing for so long is lost. Bluetooth takes a second to begin.
LOST_AFTER_S = 4.0

#: What was heard so long ago has come, or never comes.
LATEST_S = 1.0


class MicrophoneFeed:
    """Owns the microphone of one recording and the thread that opens and closes it.

    The sound system's thread puts blocks in; the recording thread takes them out.

    Bound: ``MOST_WAITING`` blocks. Overflow: the oldest go. Counter: ``dropped``.

    Attributes:
        name: of the microphone, for people.
        dropped: blocks that the recording thread was too slow to take.
    """

    def __init__(self, microphone: Microphone, clock: Callable[[], float] = time.perf_counter) -> None:
        self._microphone, self._clock = microphone, clock
        self.name = microphone.name
        self.dropped = 0
        self._lock = threading.Condition()
        self._blocks: deque[SoundBlock] = deque()
        self._stopping = threading.Event()
        self._muted = False
        self._problem = ""
        self._heard_at_s: float | None = None
        self._heard_until_s = float("-inf")
        self._level = 0.0
        self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        self._stopping.set()
        with self._lock:
            self._lock.notify_all()

    def join(self, timeout_s: float) -> bool:
        """False: the driver hangs, and keeps the thread."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def set_muted(self, muted: bool) -> None:
        """While muted, what is heard is dropped at once. Any thread."""
        with self._lock:
            self._muted = muted

    @property
    def problem(self) -> str:
        """Why nothing is heard any more, a sentence; '' while all is well. Any thread."""
        with self._lock:
            heard_at_s = self._heard_at_s
            if not self._problem and heard_at_s is not None and self._clock() - heard_at_s > LOST_AFTER_S:
                self._problem = (
                    Wording("Sound", "The default microphone stopped delivering sound.")
                    if self.name == SYSTEM_MICROPHONE
                    else Wording("Sound", "The microphone “{name}” stopped delivering sound.", name=self.name)
                )
            return self._problem

    @property
    def level(self) -> float:
        """How loud it is now, the loudest sample, 0 to 1. Any thread."""
        with self._lock:
            return 0.0 if self._muted or self._problem else self._level

    @property
    def complete_until_s(self) -> float:
        """No block that begins before comes any more, on the clock of the frames."""
        return self._clock() - LATEST_S

    def take(self) -> list[SoundBlock]:
        """What was heard since the last call."""
        with self._lock:
            taken, self._blocks = list(self._blocks), deque()
            return taken

    def wait_until(self, moment_s: float, timeout_s: float) -> None:
        """Waits until what was heard at ``moment_s`` has come, as long as anything comes."""
        with self._lock:
            self._lock.wait_for(
                lambda: (
                    self._heard_until_s >= moment_s
                    or self._muted
                    or self._heard_at_s is None
                    or bool(self._problem)
                    or self._stopping.is_set()
                ),
                timeout_s,
            )

    def _hear(self, block: SoundBlock) -> None:
        """In the sound system's thread."""
        with self._lock:
            self._heard_at_s = self._clock()
            self._heard_until_s = block.start_s + block.duration_s
            # Falls slowly, so that an eye can follow.
            self._level = max(block.level, self._level * 0.9)
            if not self._muted:
                self._blocks.append(block)
                if len(self._blocks) > MOST_WAITING:
                    self._blocks.popleft()
                    self.dropped += 1
            self._lock.notify_all()

    def _run(self) -> None:
        try:
            self._microphone.open(self._hear)
            with self._lock:
                self._heard_at_s = self._heard_at_s or self._clock()
            self._stopping.wait()
        except RealtimeFerError as error:
            self._fail(error.sentence())
        except Exception as error:  # Whatever a driver does, the picture goes on.
            self._fail(
                Wording(
                    "Sound",
                    "The microphone “{name}” cannot be used ({kind}: {error}).",
                    name=self.name,
                    kind=type(error).__name__,
                    error=error,
                )
            )
        finally:
            self._microphone.close()

    def _fail(self, sentence: str) -> None:
        with self._lock:
            self._problem = sentence
            self._lock.notify_all()
