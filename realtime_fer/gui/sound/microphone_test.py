"""Lists the microphones and listens to one, in a thread of its own: sound systems take seconds now and then."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.sound import Microphone, SoundBlock, SoundDevices

logger = logging.getLogger(__name__)


class _Listener:
    """Whom the thread tells: the test whose wishes it was given. Qt may delete the test while the thread tells it.

    A signal of a deleted object crashes the program, so nothing is told once ``leave`` has returned. Any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes: queue.SimpleQueue[str | None] | None = None

    def arrive(self, wishes: queue.SimpleQueue[str | None]) -> None:
        with self._lock:
            self._wishes = wishes

    def leave(self, *_: object) -> None:
        """The thread ends after what it is doing."""
        with self._lock:
            if self._wishes is not None:
                self._wishes.put(None)
            self._wishes = None

    def tell(self, wishes: object, tell: Callable[[], None]) -> None:
        """``tell`` only posts the signal: whoever it is for lives in the GUI thread."""
        with self._lock:
            if wishes is self._wishes:
                tell()


class MicrophoneTest(QObject):
    """Started and stopped by the GUI thread. Nothing that is heard is kept but how loud it is."""

    #: Names of the microphones, a list; from the thread.
    listed = pyqtSignal(object)
    #: Why nothing is listed or heard, a sentence; '' once all is well. From the thread.
    told = pyqtSignal(object)

    def __init__(self, devices: SoundDevices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = devices
        self._wishes: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._level = 0.0
        self._listener = _Listener()
        # Not a method of the test itself: Qt would no longer call it then.
        self.destroyed.connect(self._listener.leave)

    @property
    def running(self) -> bool:
        return self._thread is not None

    @property
    def level(self) -> float:
        """The loudest sample lately, 0 to 1."""
        return self._level

    def start(self) -> None:
        """Lists the microphones, then listens to the one that ``listen_to`` names."""
        if self._thread is None:
            self._wishes = queue.SimpleQueue()
            self._listener.arrive(self._wishes)
            self._thread = threading.Thread(target=self._run, args=(self._wishes,), name="microphone-test", daemon=True)
            self._thread.start()

    def listen_to(self, name: str) -> None:
        """'' for none."""
        self._wishes.put(name)

    def stop(self) -> None:
        """The thread ends as soon as the sound system lets it; nothing is told any more."""
        self._listener.leave()
        self._thread = None

    def join(self, timeout_s: float) -> None:
        """Stops, and waits for the end."""
        thread = self._thread
        self.stop()
        if thread is not None:
            thread.join(timeout_s)

    def _run(self, wishes: queue.SimpleQueue[str | None]) -> None:
        microphone: Microphone | None = None
        try:
            self._tell(wishes, "listed", self._devices.microphones())
        except RealtimeFerError as error:
            self._tell(wishes, "told", error.sentence())
        except Exception:  # A driver's fault leaves the program usable without sound.
            logger.exception("Listing the microphones failed")
        while (name := wishes.get()) is not None:
            if microphone is not None:
                microphone.close()
            self._level, microphone = 0.0, None
            if not name or not wishes.empty():
                continue
            try:
                microphone = self._devices.microphone(name)
                microphone.open(self._hear)
            except Exception as error:
                sentence = error.sentence() if isinstance(error, RealtimeFerError) else str(error)
                self._tell(wishes, "told", sentence)
            else:
                self._tell(wishes, "told", "")
        if microphone is not None:
            microphone.close()

    def _hear(self, block: SoundBlock) -> None:
        """In the sound system's thread. Falls slowly, so that an eye can follow."""
        self._level = max(block.level, self._level * 0.93)

    def _tell(self, wishes: queue.SimpleQueue[str | None], signal: str, content: object) -> None:
        self._listener.tell(wishes, lambda: getattr(self, signal).emit(content))
