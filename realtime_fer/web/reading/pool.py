"""A fixed number of threads that share the requests, each with an analyser of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, Protocol, TypeVar

from realtime_fer.web.refusals import busy


class Closable(Protocol):
    def close(self) -> None: ...


Desk = TypeVar("Desk", bound=Closable)
Answer = TypeVar("Answer")

_Task = tuple["Future[Any]", Callable[[Any], Any]]


class WorkerPool(Generic[Desk]):
    """Runs work in ``workers`` threads; owns them.

    Each thread makes its own desk and closes it, since an interpreter of LiteRT belongs to one thread. Work waits in a
    queue of ``waiting`` places. Overflow policy: the newest is refused, and counted in ``refused``.

    >>> pool = WorkerPool(make_analyser, workers=2, waiting=8)
    >>> pool.submit(lambda analyser: analyser.read_picture(image_bgr)).result(30.0)
    >>> pool.close()

    Args:
        make_desk: called once in each thread; what it raises is what every work of that thread gives.
        ready: called in each thread after its desk is made.
    """

    def __init__(
        self, make_desk: Callable[[], Desk], *, workers: int, waiting: int, ready: Callable[[], None] = lambda: None
    ) -> None:
        self._make_desk, self._ready = make_desk, ready
        # None tells one thread to end.
        self._tasks: queue.Queue[_Task | None] = queue.Queue()
        self._room = threading.BoundedSemaphore(workers + waiting)
        self._lock = threading.Lock()
        self._is_closed = False
        self._busy = 0
        self.refused = 0
        self._threads = [threading.Thread(target=self._work, name=f"web worker {n + 1}") for n in range(workers)]
        for thread in self._threads:
            thread.start()

    @property
    def workers(self) -> int:
        return len(self._threads)

    @property
    def busy(self) -> int:
        """Threads that work now."""
        return self._busy

    @property
    def waiting(self) -> int:
        """Works that no thread has taken yet."""
        return self._tasks.qsize()

    @property
    def is_alive(self) -> bool:
        return not self._is_closed and all(thread.is_alive() for thread in self._threads)

    def submit(self, work: Callable[[Desk], Answer]) -> Future[Answer]:
        """Any thread. A work whose future is cancelled before a thread takes it is never begun.

        Raises:
            Refusal: 429, all threads are busy and the queue is full.
        """
        with self._lock:
            if self._is_closed or not self._room.acquire(blocking=False):
                self.refused += 1
                raise busy()
            future: Future[Answer] = Future()
            self._tasks.put((future, work))
            return future

    def count_refused(self) -> None:
        """Counts a work that was refused before it came here. Any thread."""
        with self._lock:
            self.refused += 1

    def close(self) -> None:
        """Finishes what has begun, cancels what waits, and joins the threads. May be called twice."""
        with self._lock:
            self._is_closed = True
        try:
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task[0].cancel()
        except queue.Empty:
            pass
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        desk: Desk | None = None
        failure: Exception | None = None
        try:
            desk = self._make_desk()
        except Exception as error:
            failure = error
        self._ready()
        try:
            while (task := self._tasks.get()) is not None:
                future, work = task
                try:
                    self._run(future, work, desk, failure)
                finally:
                    self._room.release()
        finally:
            if desk is not None:
                desk.close()

    def _run(
        self, future: Future[Any], work: Callable[[Any], Any], desk: Desk | None, failure: Exception | None
    ) -> None:
        if not future.set_running_or_notify_cancel():
            return
        with self._lock:
            self._busy += 1
        try:
            if failure is not None:
                raise failure
            future.set_result(work(desk))
        except BaseException as error:
            future.set_exception(error)
        finally:
            with self._lock:
                self._busy -= 1
