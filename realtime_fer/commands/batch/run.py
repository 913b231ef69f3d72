"""A folder of videos into a folder of annotated films: several at a time, taken up again after an interruption."""

from __future__ import annotations

import argparse
import copy
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from realtime_fer import __version__, assembly
from realtime_fer.commands.batch.display import BatchDisplay, print_table
from realtime_fer.commands.batch.item import Item
from realtime_fer.commands.batch.log import BatchLog
from realtime_fer.commands.batch.unfinished import UnfinishedFolder
from realtime_fer.commands.batch.worker import Worker, start_worker
from realtime_fer.commands.outputs import BESIDE
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import RealtimeFerError, SinkError
from realtime_fer.core.request import PICTURE_SUFFIXES, VIDEO_SUFFIXES, Kind, SourceRequest, request_of
from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere

# What two runs must have in common for the results of one to stand for the other's.
_OPTIONS = (
    "model", "compare", "detector", "mirror", "min_confidence", "smoothing", "sensitivity", "film", "privacy",
    "seconds",
)  # fmt: skip
_TOLD = ("frames", "duration_s", "faces", "faces_per_frame", "identities", "seconds_taken", "model", "detector")


def videos_of(folder: Path) -> list[Path]:
    """The videos in a folder, not in those in it, by name."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in VIDEO_SUFFIXES and path.is_file()]
    except OSError:
        return []
    return sorted((path for path in found if not path.name.startswith(".")), key=lambda path: path.name.casefold())


def is_folder_of_videos(source: SourceRequest) -> bool:
    return source.kind is Kind.FOLDER and bool(videos_of(Path(source.value)))


def annotate_folder(parsed: argparse.Namespace) -> int:
    """Exit code 0; 1 when one of the videos could not be done or the batch was stopped.

    Raises:
        RealtimeFerError: it could not be begun.
    """
    started = time.monotonic()
    folder = Path(parsed.source.value)
    _refuse_bad_names(parsed)
    made_with = _made_with(parsed)
    output, new_folders = _output_folder(parsed, folder)
    try:
        claim = _claim(output, folder)
    except BaseException:
        _remove_empty(new_folders)
        raise
    try:
        return _annotate_folder(parsed, folder, output, _options(parsed) | made_with, started)
    finally:
        claim.release(remove=True)
        _remove_empty(new_folders)


def _annotate_folder(
    parsed: argparse.Namespace, folder: Path, output: Path, options: Mapping[str, Any], started: float
) -> int:
    log = BatchLog(output)
    items = _items(folder)
    anew = sum(log.is_outdated(item.source, options) for item in items)
    for item in items:
        entry = log.finished(item.source, options)
        if entry is not None:
            item.state, item.facts = "done before", entry
            item.results = [result["name"] for result in entry["results"]]
    display = BatchDisplay(len(items), sum(item.state == "waiting" for item in items), parsed.jobs)
    display.begin(folder, output, _pictures_left_out(folder), anew)
    stopped = False
    try:
        with UnfinishedFolder(output) as unfinished:
            _run(items, parsed, options, log, unfinished.path, display)
    except KeyboardInterrupt:
        stopped = True
    finally:
        display.close()
    summary = {
        "folder": str(folder),
        "output": str(output),
        "files": [_told(item) for item in items],
        **{name: sum(item.state == state for item in items) for name, state in _COUNTED},
        "stopped": stopped,
        "seconds_taken": round(time.monotonic() - started, 3),
    }
    if parsed.json:
        say_json(summary)
    else:
        print_table(summary)
    if stopped:
        kept = any(item.state in ("done", "done before", "in part") for item in items)
        told = "what is finished is kept. The same command goes on from here." if kept else "no video was finished."
        say(f"realtime-fer: Stopped; {told}", error=True)
    return 0 if all(item.state in ("done", "done before") for item in items) else 1


_COUNTED = (
    ("done", "done"),
    ("done_before", "done before"),
    ("in_part", "in part"),
    ("failed", "failed"),
    ("waiting", "waiting"),
)


def _run(
    items: list[Item],
    parsed: argparse.Namespace,
    options: Mapping[str, Any],
    log: BatchLog,
    unfinished: Path,
    display: BatchDisplay,
) -> None:
    waiting = iter([(at, item) for at, item in enumerate(items) if item.state == "waiting"])
    workers: list[Worker] = []
    try:
        while True:
            while len(workers) < parsed.jobs and (following := next(waiting, None)) is not None:
                at, item = following
                work = unfinished / str(at)
                try:
                    make_private_folder(work, exist_ok=False)
                except OSError as error:
                    raise cannot_write(work, error) from error
                workers.append(start_worker(at, item.source, work, _of_one(parsed, item, work)))
            if not workers:
                return
            for connection in wait([worker.connection for worker in workers]):
                worker = next(worker for worker in workers if worker.connection is connection)
                worker.listen()
                display.show(worker)
                if worker.outcome is not None:
                    worker.end()
                    workers.remove(worker)
                    _finish(items[worker.position], worker, worker.outcome, options, log)
                    shutil.rmtree(worker.work, ignore_errors=True)
                    display.finished(worker, items[worker.position])
    finally:
        for worker in workers:
            worker.end()


def _finish(item: Item, worker: Worker, outcome: Mapping[str, Any], options: Mapping[str, Any], log: BatchLog) -> None:
    item.problem = str(outcome.get("problem", ""))
    item.facts = {key: outcome[key] for key in _TOLD if key in outcome}
    if not outcome.get("frames"):
        item.state = "failed"
        return
    try:
        item.results = log.finish(item.source, options, worker.work, {**item.facts, "problem": item.problem})
    except RealtimeFerError as error:
        item.state, item.problem = "failed", error.sentence()
        return
    item.state = "in part" if item.problem else "done"


def _items(folder: Path) -> list[Item]:
    """Videos that would become files of the same name get their ending into it."""
    videos = videos_of(folder)
    stems = [video.stem.casefold() for video in videos]
    return [
        Item(video, video.stem if stems.count(video.stem.casefold()) == 1 else video.name.replace(".", "_"))
        for video in videos
    ]


def _of_one(parsed: argparse.Namespace, item: Item, work: Path) -> argparse.Namespace:
    one = copy.copy(parsed)
    one.source = request_of(str(item.source))
    film = work / f"{item.stem}.mp4"
    one.output = None if parsed.film is Film.NONE else str(film)
    one.csv = str(film.with_suffix(".csv"))
    one.jsonl = None if parsed.jsonl is None else str(film.with_suffix(".jsonl"))
    one.still = None if parsed.still is None else str(film.with_suffix(".png"))
    return one


def _refuse_bad_names(parsed: argparse.Namespace) -> None:
    for option in ("csv", "jsonl", "still"):
        if getattr(parsed, option) not in (None, BESIDE):
            raise SinkError(
                f"In a folder of videos each gets files of its own, so --{option} takes no name.",
                f"Write --{option} alone, or leave it out.",
            )
    if not parsed.output:
        raise SinkError("There is no folder for the films.", "Give one with -o.")
    output = Path(parsed.output)
    if output.suffix.lower() in VIDEO_SUFFIXES and not os.path.isdir(output):
        raise SinkError(f"'{parsed.source}' is a folder of videos, so '{output}' must be a folder and not a film.")


def _output_folder(parsed: argparse.Namespace, folder: Path) -> tuple[Path, list[Path]]:
    """The folder, made where it is missing, and what was made for it, the outermost first."""
    output = Path(parsed.output)
    missing = [path for path in (output, *output.parents) if not os.path.lexists(path)]
    try:
        make_private_folder(output)
        if output.samefile(folder):
            raise SinkError("The films cannot go into the folder of their sources.", "Choose another folder with -o.")
    except (OSError, ValueError) as error:
        raise cannot_write(output, error) from error
    return output, missing[::-1]


def _remove_empty(folders: list[Path]) -> None:
    with suppress(OSError):
        for path in reversed(folders):
            path.rmdir()


def _claim(output: Path, folder: Path) -> Claim:
    """Keeps a second batch of the same videos away; one of another folder may work beside it."""
    which = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]
    try:
        return Claim(output / f".realtime-fer-batch-{which}")
    except ClaimedElsewhere:
        raise SinkError(
            f"The videos in '{folder}' are just being annotated into '{output}' by another program.",
            "Wait until it is done, or choose another folder with -o.",
        ) from None
    except (OSError, ValueError) as error:
        raise cannot_write(output, error) from error


def _made_with(parsed: argparse.Namespace) -> dict[str, Any]:
    """By which program and networks. What is wrong with them is said once, rather than by each of the videos.

    Raises:
        RealtimeFerError: a network is missing or damaged, or the detector.
    """
    from realtime_fer.vision.registry import ModelRegistry

    networks = {}
    for model in (parsed.model, parsed.compare):
        if model:
            spec = ModelRegistry().spec(model)
            spec.verify_file()
            networks[model] = spec.sha256
    # Where none was asked for it depends on what is installed now.
    detector, _ = assembly.build_detector_or_fallback(parsed.detector)
    detector.close()
    return {"program": __version__, "networks": networks, "detector": detector.name}


def _options(parsed: argparse.Namespace) -> dict[str, Any]:
    wanted = {name: getattr(parsed, name) for name in _OPTIONS}
    return wanted | {"jsonl": parsed.jsonl is not None, "still": parsed.still is not None}


def _pictures_left_out(folder: Path) -> int:
    return sum(path.suffix.lower() in PICTURE_SUFFIXES and not path.name.startswith(".") for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())


def _told(item: Item) -> dict[str, Any]:
    facts = {key: item.facts[key] for key in _TOLD if key in item.facts}
    return {"file": item.source.name, "state": item.state, "problem": item.problem, "results": item.results, **facts}
