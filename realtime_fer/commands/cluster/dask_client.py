"""Hands tasks to a Dask cluster, and takes what comes back, whatever happens to workers and scheduler meanwhile."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from realtime_fer.commands.cluster.task import NOT_HERE
from realtime_fer.core.errors import SinkError, reason_of
from realtime_fer.core.text.printable import escape_unprintable

#: Starts workers on this computer.
LOCAL = "local"

#: At the start a scheduler answers within, seconds.
ANSWERS_WITHIN_S = 10.0

#: A scheduler that is gone for longer is not waited for, seconds.
GONE_AFTER_S = 60.0

#: How often a task is tried where workers say that they cannot do it.
_MOST_REFUSALS = 8

_POLL_S = 0.5

#: What Dask raises where its scheduler does not answer.
_GONE = (OSError, TimeoutError, RuntimeError)


@dataclass
class Job:
    """A call that a worker makes.

    Attributes:
        name: for people.
        call, arguments: of the worker.
        done: gets what it returned; or ``{"problem": sentence}``. It may add jobs.
    """

    name: str
    call: Callable[..., dict[str, Any]]
    arguments: Sequence[Any]
    done: Callable[[dict[str, Any]], None]
    refused_by: dict[str, str] = field(default_factory=dict)
    refusals: int = 0


class DaskClient:
    """A connection to a scheduler. Use ``connected``. Called from one thread alone.

    Attributes:
        dashboard: address of Dask's page, '' without one.
    """

    def __init__(self, distributed: Any, address: str) -> None:
        self._distributed, self._address = distributed, address
        self._waiting: deque[Job] = deque()
        self._running: dict[Any, Job] = {}
        # By every worker that was there.
        self._refused: list[Job] = []
        self._client = self._connect(ANSWERS_WITHIN_S)
        self.dashboard = str(self._client.dashboard_link or "")

    @property
    def workers(self) -> list[str]:
        """Addresses of those that are there now."""
        return sorted(self._client.scheduler_info(n_workers=-1)["workers"])

    def add(self, job: Job) -> None:
        self._waiting.append(job)

    def run(self) -> None:
        """Until all jobs are done.

        Raises:
            SinkError: the scheduler has gone, and does not come back.
        """
        try:
            while self._waiting or self._running or self._refused:
                if not self._waiting and not self._running:
                    self._try_refused()
                self._submit()
                self._take()
        finally:
            with suppress(Exception):
                self._client.cancel(list(self._running), force=True)
            self._running.clear()

    def close(self) -> None:
        with suppress(Exception):
            self._client.close(timeout=5)

    def _submit(self) -> None:
        """No more than keep all workers busy: of the others, none is lost with the scheduler."""
        try:
            threads = sum(self._client.nthreads().values())
            while self._waiting and len(self._running) < 2 * threads + 2:
                job = self._waiting[0]
                others = [worker for worker in self.workers if worker not in job.refused_by] if job.refused_by else []
                # Not bound to them: one may end before it begins.
                where = {"workers": others, "allow_other_workers": True} if others else {}
                future = self._client.submit(job.call, *job.arguments, pure=False, **where)
                self._running[future] = self._waiting.popleft()
        except _GONE:
            self._reconnect()

    def _take(self) -> None:
        with suppress(*_GONE, self._distributed.CancelledError):
            if self._running:
                self._distributed.wait(list(self._running), timeout=_POLL_S, return_when="FIRST_COMPLETED")
            else:
                time.sleep(_POLL_S)  # No worker is there.
        for future, job in list(self._running.items()):
            if future.status in ("pending", "cancelled", "lost"):
                continue
            try:
                outcome = self._outcome_of(future)
            except (OSError, TimeoutError, self._distributed.CancelledError):
                break  # The scheduler went before it gave it.
            del self._running[future]
            self._finish(job, outcome)
        gone = [future for future in self._running if future.status in ("cancelled", "lost")]
        if gone or self._client.status not in ("running", "connecting"):
            self._reconnect()

    def _outcome_of(self, future: Any) -> dict[str, Any]:
        if future.status == "finished":
            return dict(future.result(timeout=GONE_AFTER_S))
        error = future.exception(timeout=GONE_AFTER_S)
        if error is None or isinstance(error, self._distributed.CancelledError):
            raise ConnectionError  # It was cancelled meanwhile.
        if isinstance(error, self._distributed.KilledWorker):
            return {"problem": "Every worker that began it ended, and nothing was kept."}
        return {"problem": f"The cluster could not run it ({type(error).__name__}: {reason_of(error)})."}

    def _finish(self, job: Job, outcome: dict[str, Any]) -> None:
        refusal = outcome.get(NOT_HERE)
        if refusal is None:
            job.done(outcome)
            return
        job.refused_by[str(outcome.get("worker"))] = refusal
        job.refusals += 1
        (self._waiting if self._others(job) else self._refused).append(job)

    def _others(self, job: Job) -> bool:
        """A worker is there that may do it."""
        if job.refusals >= _MOST_REFUSALS:
            return False
        try:
            return bool(set(self.workers) - set(job.refused_by))
        except _GONE:
            return True  # The next scheduler's workers say.

    def _try_refused(self) -> None:
        """Once all else is done: other workers may have come meanwhile."""
        jobs, self._refused = self._refused, []
        for job in jobs:
            if self._others(job):
                self._waiting.append(job)
            else:
                job.done({"problem": f"No worker could do it. {' '.join(dict.fromkeys(job.refused_by.values()))}"})

    def _reconnect(self) -> None:
        """What the scheduler knew is begun again. Raises SinkError."""
        self._waiting.extendleft(reversed(self._running.values()))
        self._running.clear()
        self.close()
        self._client = self._connect(GONE_AFTER_S)

    def _connect(self, within_s: float) -> Any:
        try:
            return self._distributed.Client(self._address, timeout=within_s)
        except (OSError, TimeoutError, ValueError) as error:
            raise SinkError(
                "The scheduler '{address}' does not answer: {reason}.",
                "Start one with: dask scheduler",
                address=escape_unprintable(self._address),
                reason=reason_of(error),
            ) from error


@contextmanager
def connected(address: str, jobs: int) -> Iterator[DaskClient]:
    """A client of the scheduler at ``address``; of one that is started here with ``jobs`` workers, for ``LOCAL``.

    Raises:
        SinkError: Dask is missing, or the scheduler does not answer.
    """
    try:
        import distributed
    except ImportError:
        raise SinkError(
            "A cluster needs the libraries 'distributed' and 'fsspec', which are not installed.",
            "Run: pip install 'realtime-fer[cluster]'",
        ) from None
    # It tells each lost connection; what becomes of the videos is said by us.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address != LOCAL:
        client = DaskClient(distributed, address)
        try:
            yield client
        finally:
            client.close()
        return
    make_cluster: Any = distributed.LocalCluster
    with make_cluster(
        n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        client = DaskClient(distributed, cluster.scheduler_address)
        try:
            yield client
        finally:
            client.close()


def on_worker(call: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """What a worker runs: ``call``, and who it is. An error is told, not raised: not every one can be sent back."""
    from distributed import get_worker

    try:
        outcome = call(*arguments)
    except Exception as error:  # One video's error must not end the others.
        outcome = {"problem": f"There was a fault in the program ({type(error).__name__}: {reason_of(error)})."}
    return {**outcome, "worker": get_worker().address}
