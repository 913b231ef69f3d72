"""``annotate --progress json``: runs for another program, which reads its progress and may end it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from realtime_fer.commands.annotation.run import RunProgress
from realtime_fer.core.text.packed import packed
from realtime_fer.core.text.printable import say_json

#: Between two lines of progress, in seconds.
INTERVAL_S = 0.2

_NICENESS = 19

_STDIN = 0


class ProgressLines:
    """Prints one JSON object a line on stdout.

    While it runs ``{"frames": 12, "of": 250, "at_s": 0.48, "seconds": 1.4, "session": "…"}``: frames done, of all or
    null, at that second of the video, in so many seconds since the first frame, into that folder or null. Last
    ``{"summary": {...}}`` or, where it could not start, ``{"refused": sentence}``. The sentence, and the summary's
    ``problem``, are as ``core.text.packed`` packs them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began_s: float | None = None
        self._told_s = 0.0

    def progress(self, now: RunProgress) -> None:
        """A line, unless the last one was just printed."""
        now_s = self._clock()
        if self._began_s is None:
            self._began_s = now_s
        elif now_s - self._told_s < INTERVAL_S:
            return
        self._told_s = now_s
        session = None if now.session is None else str(now.session)
        took_s = round(now_s - self._began_s, 3)
        _print(
            {"frames": now.done, "of": now.expected, "at_s": round(now.t_s, 3), "seconds": took_s, "session": session}
        )

    def finished(self, summary: dict[str, Any]) -> None:
        _print({"summary": {**summary, "problem": packed(summary["problem"])}})

    def refused(self, sentence: str) -> None:
        _print({"refused": packed(sentence)})


def _print(line: dict[str, Any]) -> None:
    say_json(line, flush=True)


@contextmanager
def in_background() -> Iterator[None]:
    """Within, this process gives way to others, and ends as by Ctrl-C when its standard input ends.

    That is when the other program closes it, and also when that program dies, however it does. Afterwards only the
    end of the process may follow: it heeds no Ctrl-C any more.
    """
    with suppress(OSError):
        _give_way()
    if not callable(signal.getsignal(signal.SIGINT)):
        # A program that was started with SIGINT ignored, as by a script's '&', hands that down.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    over = threading.Event()
    threading.Thread(target=_watch, args=(over,), name="stdin-watch", daemon=True).start()
    try:
        yield
    finally:
        # Nothing is left to stop, and the summary is still to be printed.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        over.set()


def _watch(over: threading.Event) -> None:
    # Not through sys.stdin, whose lock would be held when the interpreter ends.
    with contextlib.suppress(OSError):
        while os.read(_STDIN, 4096):
            pass
    if over.is_set():
        return
    if hasattr(signal, "pthread_kill"):
        # It wakes the main thread where that waits for a frame.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)


def _give_way() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
