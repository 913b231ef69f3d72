"""What a worker or a scheduler loses is done again, whole: with a cluster that is made up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.batch.request import BatchRequest
from realtime_fer.commands.cluster.dask_client import DaskClient, Job
from realtime_fer.commands.cluster.run import add_video
from realtime_fer.commands.cluster.task import Task
from realtime_fer.core.request import request_of

FAULT = {"frames": 40, "problem": "There was a fault in the program.", "worker": "tcp://a"}
WHOLE = {"frames": 160, "problem": "", "worker": "tcp://b"}
DAMAGED = {"frames": 40, "problem": "It is damaged.", "damaged_frames": 3, "worker": "tcp://a"}


@pytest.fixture
def task(tmp_path: Path) -> Task:
    batch = BatchRequest(tmp_path, tmp_path / "out", AnnotateRequest(request_of("demo")))
    return Task("long.mp4", "long.mp4", "long", str(tmp_path), batch, {}, part_s=8.0)


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([FAULT, WHOLE], WHOLE),
        ([FAULT, {"problem": "No worker could do it."}], FAULT),
        ([DAMAGED], DAMAGED),
        ([{"problem": "Every worker that began it ended."}], {"problem": "Every worker that began it ended."}),
    ],
)
def test_a_video_that_ends_in_part_is_done_once_more_unless_it_is_damaged(
    task: Task, outcomes: list[dict[str, Any]], told: dict[str, Any]
) -> None:
    jobs: list[Job] = []
    finished: list[dict[str, Any]] = []
    client: Any = SimpleNamespace(add=jobs.append)
    add_video(client, task, finished.append)
    for tried, outcome in enumerate(outcomes):
        assert not finished
        assert len(jobs) == tried + 1
        jobs[tried].done(outcome)
    assert finished == [told]
    assert [set(job.refused_by) for job in jobs] == [set(), {"tcp://a"}][: len(jobs)]


class Dask:
    """The library, whose scheduler is gone, once, when ``gone_at`` is called for the second time."""

    CancelledError, KilledWorker = type("CancelledError", (Exception,), {}), type("KilledWorker", (Exception,), {})

    def __init__(self, gone_at: str) -> None:
        self._gone_at, self._calls = gone_at, 0
        self.connections = 0

    def Client(self, address: str, timeout: float) -> Any:
        self.connections += 1
        return SimpleNamespace(
            dashboard_link="",
            status="running",
            close=lambda timeout: None,
            cancel=lambda futures, force: None,
            nthreads=lambda: self._answered("nthreads", {"tcp://a": 1}),
            scheduler_info=lambda n_workers: self._answered("scheduler_info", {"workers": {"tcp://a": {}}}),
            submit=self._submit,
        )

    def wait(self, futures: list[Any], timeout: float, return_when: str) -> None:
        self._answered("wait", None)

    def _submit(self, call: Any, *arguments: Any, **where: Any) -> Any:
        return self._answered("submit", Future(call(*arguments)))

    def _answered(self, what: str, answer: Any) -> Any:
        self._calls += what == self._gone_at
        if what == self._gone_at and self._calls == 2:
            raise OSError("Timed out")
        return answer


class Future:
    status = "finished"

    def __init__(self, outcome: dict[str, Any]) -> None:
        self._outcome = outcome

    def result(self, timeout: float) -> dict[str, Any]:
        return self._outcome


@pytest.mark.parametrize("gone_at", ["nthreads", "scheduler_info", "submit", "wait"])
def test_no_task_is_lost_whenever_the_scheduler_goes(gone_at: str) -> None:
    dask = Dask(gone_at)
    client = DaskClient(dask, "tcp://scheduler")
    finished: list[int] = []
    for number in range(6):
        # Someone said before that it cannot do it, so workers are asked for.
        client.add(Job("", dict, (), lambda _, number=number: finished.append(number), {"tcp://b": "no"}))
    client.run()
    assert sorted(finished) == list(range(6))
