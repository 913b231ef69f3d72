"""``annotate --cluster``: a folder of videos by the workers of a Dask cluster."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from realtime_fer.commands.batch.display import BatchDisplay
from realtime_fer.commands.batch.item import Item
from realtime_fer.commands.batch.log import LOG_NAME, BatchLogs
from realtime_fer.commands.batch.request import PICTURES, BatchRequest
from realtime_fer.commands.batch.run import annotate_folder, finish, reported, summary_of, tell, versions_of
from realtime_fer.commands.batch.work_folder import WORK_FOLDER_NAME
from realtime_fer.commands.cluster.dask_client import DaskClient, Job, connected, on_worker
from realtime_fer.commands.cluster.parts import Part
from realtime_fer.commands.cluster.request import ClusterRequest
from realtime_fer.commands.cluster.store import Store, StoredFile
from realtime_fer.commands.cluster.task import (
    PARTS,
    TIMES,
    WORK,
    Task,
    annotate_part,
    annotate_pictures,
    annotate_video,
    join_parts,
)
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import RealtimeFerError, SourceError
from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.core.text.printable import say

Outcome = dict[str, Any]


def annotate_on_cluster(request: ClusterRequest, *, as_json: bool) -> int:
    """Returns exit code 0; 1 when a video failed or the run was stopped.

    Raises:
        RealtimeFerError: it could not start; or the scheduler went and did not come back, and what is finished is kept.
    """
    with connected(request.scheduler, request.batch.jobs) as client:
        workers = len(client.workers)
        told = f" Dask's dashboard: {client.dashboard}" if client.dashboard else ""
        say(f"The cluster has {workers} worker{'' if workers == 1 else 's'}.{told}", error=True)
        if not request.is_by_path:
            return _annotate_stores(request, client, as_json=as_json)

        def run(
            items: list[Item],
            batch: BatchRequest,
            options: Mapping[str, Any],
            log: BatchLogs,
            work_folder: Path,
            display: BatchDisplay,
        ) -> None:
            for at, item in enumerate(items):
                if item.state != "waiting":
                    continue
                work = work_folder / str(at)
                make_private_folder(work, exist_ok=False)

                def done(outcome: Outcome, at: int = at, item: Item = item, work: Path = work) -> None:
                    finish(item, Path(outcome.get(WORK, work)), outcome, options, log)
                    display.finished(at, item)

                if item.stem == PICTURES and item.source == batch.folder:
                    call = (annotate_pictures, batch.for_pictures(), options)
                    client.add(Job(item.name, on_worker, call, done))
                    continue
                # A worker may stand in another folder.
                task = Task(str(item.source.resolve()), item.name, item.stem, str(work.resolve()), batch, options)
                add_video(client, replace(task, part_s=request.part_s), done)
            client.run()

        return annotate_folder(_absolute(request.batch), as_json=as_json, runner=run)


def add_video(client: DaskClient, task: Task, done: Callable[[Outcome], None]) -> None:
    """Has a video annotated, in parts if it is long; ``done`` gets the outcome of all of it."""

    def whole(outcome: Outcome) -> None:
        if outcome.get(PARTS):
            _add_parts(client, task, outcome[PARTS], outcome[TIMES], done)
        else:
            _once_more(client, task, outcome, done)

    client.add(Job(task.name, on_worker, (annotate_video, task), whole))


def _once_more(client: DaskClient, task: Task, first: Outcome, done: Callable[[Outcome], None]) -> None:
    """After a problem: another worker, if there is one, shows whether the video or the first worker is at fault."""
    is_damaged = any(first.get(key) for key in ("damaged_packets", "damaged_frames", "missing_frames"))
    worker = first.get("worker")
    if not first.get("problem") or is_damaged or worker is None:
        done(first)
        return

    def better(second: Outcome) -> None:
        done(second if second.get("frames") or not first.get("frames") else first)

    refused_by = {str(worker): str(first["problem"])}
    client.add(Job(task.name, on_worker, (annotate_video, replace(task, part_s=0.0)), better, refused_by))


def _add_parts(
    client: DaskClient, task: Task, parts: Sequence[Part], times: bytes, done: Callable[[Outcome], None]
) -> None:
    outcomes: list[Outcome | None] = [None] * len(parts)

    def again_whole() -> None:
        add_video(client, replace(task, part_s=0.0), done)

    def joined(outcome: Outcome) -> None:
        if outcome.get("problem"):
            again_whole()
        else:
            done(outcome)

    def part_done(at: int, outcome: Outcome) -> None:
        outcomes[at] = outcome
        if all(outcome is not None for outcome in outcomes):
            if any(outcome and outcome.get("problem") for outcome in outcomes):
                # Where a part has not the frames that its file promised, only reading from the start counts right.
                again_whole()
            else:
                client.add(Job(task.name, on_worker, (join_parts, task, list(parts), times, outcomes), joined))

    for at, part in enumerate(parts):
        name = f"{task.name}, part {at + 1} of {len(parts)}"
        client.add(Job(name, on_worker, (annotate_part, task, part), partial(part_done, at)))


def _absolute(batch: BatchRequest) -> BatchRequest:
    return replace(batch, folder=batch.folder.resolve(), output=batch.output.resolve())


def _annotate_stores(request: ClusterRequest, client: DaskClient, *, as_json: bool) -> int:
    """From and to object stores and other file systems: results are uploaded, then moved to their places."""
    started_s = time.monotonic()
    source, output = Store(request.source), Store(request.output)
    options = request.batch.logged_options() | versions_of(request.batch.video)
    log = StoreLog(output)
    files = source.videos()
    if not files:
        raise SourceError("There is no video in '{address}'.", address=source.shown)
    items = _items(files)
    for file, item in zip(files, items, strict=True):
        entry = log.finished(file, options)
        if entry is not None:
            item.state, item.facts, item.results = "done before", entry, list(entry["results"])
    waiting = [at for at, item in enumerate(items) if item.state == "waiting"]
    display = BatchDisplay(len(items), len(waiting), 0)
    display.begin(source.shown, output.shown, 0, 0, film=request.batch.video.film is not Film.NONE)
    stopped = False
    try:
        for at in waiting:
            file, item = files[at], items[at]

            def done(outcome: Outcome, at: int = at, file: StoredFile = file, item: Item = item) -> None:
                _finish_stored(item, file, outcome, options, output, log)
                display.finished(at, item)

            work = output.address_of(WORK_FOLDER_NAME)
            task = Task(source.address_of(file.name), file.name, item.stem, work, request.batch, options)
            add_video(client, replace(task, part_s=request.part_s), done)
        client.run()
    except KeyboardInterrupt:
        stopped = True
    finally:
        display.close()
        log.flush()
        output.remove(WORK_FOLDER_NAME)
    summary = summary_of(source.shown, output.shown, items, stopped=stopped)
    summary["seconds_taken"] = round(time.monotonic() - started_s, 3)
    return tell(summary, as_json=as_json)


def _items(files: Sequence[StoredFile]) -> list[Item]:
    paths = [PurePosixPath(file.name) for file in files]
    stems = Counter((path.parent, path.stem.casefold()) for path in paths)
    return [
        Item(
            Path(path),
            path.stem if stems[path.parent, path.stem.casefold()] == 1 else path.name.replace(".", "_"),
            folder="" if str(path.parent) == "." else path.parent.as_posix(),
        )
        for path in paths
    ]


def _finish_stored(
    item: Item, file: StoredFile, outcome: Outcome, options: Mapping[str, Any], output: Store, log: StoreLog
) -> None:
    item.problem = str(outcome.get("problem", ""))
    item.facts = reported(outcome)
    if not outcome.get("frames"):
        item.state = "failed"
        return
    try:
        below = f"{item.folder}/" if item.folder else ""
        names = {f"{below}{name}": size for name, size in outcome["files"].items()}
        log.add(file, options, names, {**item.facts, "problem": item.problem})
        for name in names:
            output.move(f"{WORK_FOLDER_NAME}/{outcome[WORK]}/{name.removeprefix(below)}", name)
    except RealtimeFerError as error:
        item.state, item.problem = "failed", error.sentence()
        return
    item.results = list(names)
    item.state = "in part" if item.problem else "done"


class StoreLog:
    """What is finished in a folder of results, as ``BatchLog`` keeps it, by the version that each source had.

    An object store cannot append, so the whole file is written, at most every ``WRITE_EVERY_S`` and by ``flush``. What
    a sudden end takes of it is annotated again.
    """

    WRITE_EVERY_S = 10.0

    def __init__(self, output: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._output, self._clock = output, clock
        self._written_s = clock()
        self._is_written = True
        self._lines = (output.read(LOG_NAME) or b"").decode("utf-8", "replace").splitlines()
        self._entries: dict[str, Mapping[str, Any]] = {}
        for line in self._lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and isinstance(entry.get("results"), dict):
                self._entries[str(entry.get("source"))] = entry

    def finished(self, file: StoredFile, options: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The line of a source that needs no work, else None."""
        entry = self._entries.get(file.name)
        same = {"size": file.size, "version": file.version, "options": json.loads(json.dumps(dict(options)))}
        if entry is None or entry.get("problem") or any(entry.get(key) != value for key, value in same.items()):
            return None
        results = entry["results"]
        return entry if all(self._output.size_of(name) == size for name, size in results.items()) else None

    def add(
        self, file: StoredFile, options: Mapping[str, Any], results: Mapping[str, int], facts: Mapping[str, Any]
    ) -> None:
        """Raises SinkError."""
        entry = {
            "source": file.name,
            "size": file.size,
            "version": file.version,
            "options": dict(options),
            "results": dict(results),
            **facts,
        }
        self._lines.append(json.dumps(entry, ensure_ascii=False))
        self._is_written = False
        if self._clock() - self._written_s >= self.WRITE_EVERY_S:
            self.flush()

    def flush(self) -> None:
        """Raises SinkError."""
        if not self._is_written:
            self._output.write(LOG_NAME, ("\n".join(self._lines) + "\n").encode("utf-8", "replace"))
            self._written_s, self._is_written = self._clock(), True
