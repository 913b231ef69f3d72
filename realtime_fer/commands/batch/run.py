"""Annotates a folder of videos: several at a time, and resumed after an interruption."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from realtime_fer import __version__, assembly
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.batch.display import BatchDisplay, print_table
from realtime_fer.commands.batch.item import Item
from realtime_fer.commands.batch.log import BatchLogs
from realtime_fer.commands.batch.request import PICTURES, BatchRequest
from realtime_fer.commands.batch.work_folder import WorkFolder
from realtime_fer.commands.batch.worker import Worker, start_worker
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import RealtimeFerError, SinkError
from realtime_fer.core.request import PICTURE_SUFFIXES, VIDEO_SUFFIXES
from realtime_fer.core.system.folder_trees import files_within, videos_of
from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere

_REPORTED = (
    "frames",
    "duration_s",
    "faces",
    "faces_per_frame",
    "identities",
    "seconds_taken",
    "model",
    "detector",
    "sound",
    "sound_reason",
)


#: Does what waits of the items; gets the request, the logged options, the logs and the work folder too.
Runner = Callable[[list[Item], BatchRequest, Mapping[str, Any], BatchLogs, Path, BatchDisplay], None]


def annotate_folder(request: BatchRequest, *, as_json: bool, runner: Runner | None = None) -> int:
    """Returns exit code 0; 1 when a video failed or the batch was stopped.

    Args:
        runner: None for processes of this program.

    Raises:
        RealtimeFerError: the batch could not start.
    """
    started = time.monotonic()
    options = request.logged_options() | versions_of(request.video)
    new_folders = _make_output_folder(request)
    try:
        claim = _claim(request.output, request.folder)
    except BaseException:
        _remove_empty(new_folders)
        raise
    try:
        summary = _annotate_folder(request, options, runner or _run)
    finally:
        claim.release(remove=True)
        _remove_empty(new_folders)
    summary["seconds_taken"] = round(time.monotonic() - started, 3)
    return tell(summary, as_json=as_json)


def tell(summary: Mapping[str, Any], *, as_json: bool) -> int:
    """Prints what became of the batch; returns the exit code."""
    if as_json:
        say_json(summary)
    else:
        print_table(summary)
    if summary["stopped"]:
        kept = any(summary[key] for key in ("done", "done_before", "in_part"))
        told = "finished results are kept. Run the same command again to resume." if kept else "no video was finished."
        say(f"realtime-fer: Stopped; {told}", error=True)
    return 0 if summary["done"] + summary["done_before"] == len(summary["files"]) else 1


def _annotate_folder(request: BatchRequest, options: Mapping[str, Any], runner: Runner) -> dict[str, Any]:
    """Annotates what is not done yet; returns the summary, ``seconds_taken`` excepted."""
    folder, output = request.folder, request.output
    log = BatchLogs(output, folder)
    videos = _items(folder, output)
    anew = sum(log.is_outdated(item.source, options) for item in videos)
    pictures, left_out = _other_files(folder, output)
    # They are annotated anew each time: a log knows single files alone.
    items = [*videos, Item(folder, PICTURES)] if pictures else videos
    for item in videos:
        entry = log.finished(item.source, options)
        if entry is not None:
            item.state, item.facts = "done before", entry
            item.results = [result["name"] for result in entry["results"]]
    display = BatchDisplay(len(items), sum(item.state == "waiting" for item in items), request.jobs)
    display.begin(folder, output, pictures, anew, film=request.video.film is not Film.NONE)
    stopped = False
    try:
        with WorkFolder(output) as work_folder:
            runner(items, request, options, log, work_folder.path, display)
    except KeyboardInterrupt:
        stopped = True
    finally:
        display.close()
    left_out += [name for item in items for name in item.facts.get("skipped", ())]
    return summary_of(str(folder), str(output), items, stopped=stopped, pictures=pictures, left_out=left_out)


def summary_of(
    folder: str, output: str, items: list[Item], *, stopped: bool, pictures: int = 0, left_out: Sequence[str] = ()
) -> dict[str, Any]:
    """What ``tell`` prints, ``seconds_taken`` excepted."""
    return {
        "folder": folder,
        "output": output,
        "files": [_described(item) for item in items],
        "pictures": pictures,
        "left_out": list(left_out),
        **{name: sum(item.state == state for item in items) for name, state in _COUNTED},
        "stopped": stopped,
    }


_COUNTED = (
    ("done", "done"),
    ("done_before", "done before"),
    ("in_part", "in part"),
    ("failed", "failed"),
    ("waiting", "waiting"),
)


def _run(
    items: list[Item],
    request: BatchRequest,
    options: Mapping[str, Any],
    log: BatchLogs,
    work_folder: Path,
    display: BatchDisplay,
) -> None:
    waiting = iter([(at, item) for at, item in enumerate(items) if item.state == "waiting"])
    workers: list[Worker] = []
    try:
        while True:
            while len(workers) < request.jobs and (following := next(waiting, None)) is not None:
                at, item = following
                work = work_folder / str(at)
                try:
                    make_private_folder(work, exist_ok=False)
                except OSError as error:
                    raise cannot_write(work, error) from error
                workers.append(
                    start_worker(
                        at,
                        item.source,
                        work,
                        request_for(item, request, work),
                    )
                )
            if not workers:
                return
            for connection in wait([worker.connection for worker in workers]):
                worker = next(worker for worker in workers if worker.connection is connection)
                worker.listen()
                display.show(worker)
                if worker.outcome is not None:
                    worker.end()
                    workers.remove(worker)
                    finish(items[worker.position], worker.work, worker.outcome, options, log)
                    shutil.rmtree(worker.work, ignore_errors=True)
                    display.finished(worker.position, items[worker.position])
    finally:
        for worker in workers:
            worker.end()


def reported(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What log and summary say of a video."""
    return {key: outcome[key] for key in (*_REPORTED, "skipped") if key in outcome}


def request_for(item: Item, request: BatchRequest, work: Path) -> AnnotateRequest:
    """Of one item, whose results go into ``work``; those of pictures have their places already."""
    if item.stem == PICTURES and item.source == request.folder:
        return request.for_pictures()
    return request.for_video(item.source, work / f"{item.stem}.mp4")


def finish(item: Item, work: Path, outcome: Mapping[str, Any], options: Mapping[str, Any], log: BatchLogs) -> None:
    """Notes what became of an item, and moves its results from ``work`` to their places."""
    item.problem = str(outcome.get("problem", ""))
    item.facts = reported(outcome)
    if not outcome.get("frames"):
        item.state = "failed"
        return
    if item.source.is_dir():
        item.state = "in part" if item.problem else "done"
        return
    try:
        item.results = log.finish(item.source, options, work, {**item.facts, "problem": item.problem})
    except RealtimeFerError as error:
        item.state, item.problem = "failed", error.sentence()
        return
    item.state = "in part" if item.problem else "done"


def _items(folder: Path, output: Path) -> list[Item]:
    """Two videos whose results would have the same name keep their suffix in it."""
    videos = videos_of(folder, output)
    stems = Counter((video.parent, video.stem.casefold()) for video in videos)
    return [
        Item(
            video,
            video.stem if stems[video.parent, video.stem.casefold()] == 1 else video.name.replace(".", "_"),
            folder="" if video.parent == folder else video.parent.relative_to(folder).as_posix(),
        )
        for video in videos
    ]


def _make_output_folder(request: BatchRequest) -> list[Path]:
    """Makes the output folder; returns the folders that were missing, the outermost first."""
    output = request.output
    missing = [path for path in (output, *output.parents) if not os.path.lexists(path)]
    try:
        make_private_folder(output)
        if output.samefile(request.folder):
            raise SinkError("The videos cannot go into the folder of their sources.", "Choose another folder with -o.")
    except (OSError, ValueError) as error:
        raise cannot_write(output, error) from error
    return missing[::-1]


def _remove_empty(folders: list[Path]) -> None:
    with suppress(OSError):
        for path in reversed(folders):
            path.rmdir()


def _claim(output: Path, folder: Path) -> Claim:
    """Keeps out a second batch of the same videos; a batch of another folder may run beside it."""
    which = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]
    try:
        return Claim(output / f".realtime-fer-batch-{which}")
    except ClaimedElsewhere:
        raise SinkError(
            f"The videos in '{folder}' are being annotated into '{output}' by another program.",
            "Wait until it is done, or choose another folder with -o.",
        ) from None
    except (OSError, ValueError) as error:
        raise cannot_write(output, error) from error


def versions_of(request: AnnotateRequest) -> dict[str, Any]:
    """Program, networks and detector, for the log. Checks them once instead of once per video.

    Raises:
        RealtimeFerError: a network or the detector is missing or damaged.
    """
    from realtime_fer.vision.registry import ModelRegistry

    networks = {}
    for model in (request.model, request.compare):
        if model:
            spec = ModelRegistry().spec(model)
            spec.verify_file()
            networks[model] = spec.sha256
    # The default detector depends on what is installed now.
    detector, _ = assembly.build_detector_or_fallback(request.detector)
    detector.close()
    return {"program": __version__, "networks": networks, "detector": detector.name}


def _other_files(folder: Path, output: Path) -> tuple[int, list[str]]:
    """How many photographs lie in the tree, and the names of what is neither photograph nor video."""
    pictures, left_out = 0, []
    for path in files_within(folder, output):
        suffix = path.suffix.lower()
        pictures += suffix in PICTURE_SUFFIXES
        if suffix not in PICTURE_SUFFIXES | VIDEO_SUFFIXES:
            left_out.append(path.relative_to(folder).as_posix())
    return pictures, sorted(left_out)


def _described(item: Item) -> dict[str, Any]:
    facts = {key: item.facts[key] for key in _REPORTED if key in item.facts}
    return {"file": item.name, "state": item.state, "problem": item.problem, "results": item.results, **facts}
