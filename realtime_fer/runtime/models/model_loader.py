"""Loads models and detectors in a thread of their own, and hands them over complete or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.translation import Wording


class Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=Closable)


class ModelLoader(Generic[T]):
    """Owns a thread that makes one kind of thing by name: models, second models or detectors.

    Bound: one waiting request. Overflow: the newer request wins, and what was being made for an older one is closed;
    both count in ``superseded``.

    Args:
        make: may take long; raises RealtimeFerError.
        ready: called in this thread with the name and what was made, which it owns from then on.
        refused: called in this thread with the name and a sentence for the person.
    """

    def __init__(
        self,
        title: str,
        make: Callable[[str], T],
        ready: Callable[[str, T], None],
        refused: Callable[[str, str], None],
    ) -> None:
        self._make = make
        self._ready = ready
        self._refused = refused
        self._changed = threading.Condition()
        self._wanted: str | None = None
        self._stopping = False
        self.superseded = 0
        self._thread = threading.Thread(target=self._run, name=f"load-{title}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def request(self, name: str) -> None:
        with self._changed:
            if self._wanted is not None:
                self.superseded += 1
            self._wanted = name
            self._changed.notify()

    def request_stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._wanted = None
            self._changed.notify()

    def join(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None or self._stopping)
                if self._stopping:
                    return
                name, self._wanted = str(self._wanted), None
            made: T | None = None
            sentence = ""
            try:
                made = self._make(name)
            except RealtimeFerError as error:
                sentence = error.sentence()
            except Exception as error:  # A fault of a library must not end the thread.
                sentence = Wording(
                    "Engine",
                    "'{name}' could not be loaded: {kind}: {error}.",
                    name=name,
                    kind=type(error).__name__,
                    error=error,
                )
            with self._changed:
                overtaken = self._wanted is not None or self._stopping
            if overtaken:
                self.superseded += 1
                if made is not None:
                    made.close()
            elif made is not None:
                self._ready(name, made)
            else:
                self._refused(name, sentence)
