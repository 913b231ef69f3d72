"""What a worker of the cluster does: one video, one part of a long one, or the joining of its parts.

A worker imports this once and keeps it, and its models with it. A detector remembers what it saw, so that each video
has its own.
"""

from __future__ import annotations

import csv
import os
import secrets
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from realtime_fer import __version__
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.run import annotate_source
from realtime_fer.commands.batch.request import BatchRequest
from realtime_fer.commands.batch.run import versions_of
from realtime_fer.commands.cluster.joining import JoinedTable
from realtime_fer.commands.cluster.kept_models import KeptModels
from realtime_fer.commands.cluster.parts import Part, parts_of_file
from realtime_fer.commands.cluster.store import Store
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.request import has_scheme, request_of
from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.sinks.parquet_file import SCHEMA_VERSION, csv_to_parquet


@dataclass(frozen=True)
class Task:
    """One video.

    Attributes:
        source: its path or address.
        name: what tables call it.
        stem: of its results.
        work: the folder or address below which the results go, each try in a folder of its own.
        batch: what is made of each video.
        versions: of program, networks and detector, which the worker must have too.
        part_s: length of the parts of a long video; 0: it is not cut.
    """

    source: str
    name: str
    stem: str
    work: str
    batch: BatchRequest
    versions: Mapping[str, Any]
    part_s: float = 0.0

    @property
    def may_be_cut(self) -> bool:
        """Tables and JSON lines of parts are joined. Their videos are not: people would change their colours."""
        batch, video = self.batch, self.batch.video
        plain = video.film is Film.NONE and not batch.still and not video.compare
        return plain and self.part_s > 0 and video.seconds is None


#: Key of an outcome: why this worker cannot do what another one may.
NOT_HERE = "not_here"

#: Keys of an outcome: the parts to annotate instead, and the time of each frame; where the results are; a part's table
#: and JSON lines.
PARTS, TIMES, WORK, TABLE, LINES = "parts", "times", "work", "table", "lines"


_MODELS = KeptModels()


def annotate_video(task: Task) -> dict[str, Any]:
    """The summary of ``annotate_source``, with ``WORK``; or ``PARTS`` with ``TIMES``, or ``NOT_HERE`` alone."""
    with _ready(task) as (source, scratch, refusal):
        if refusal:
            return {NOT_HERE: refusal}
        cut = parts_of_file(source, task.part_s) if task.may_be_cut else None
        if cut is not None:
            parts, times_s = cut
            return {PARTS: parts, TIMES: zlib.compress(np.asarray(times_s, np.float64).tobytes())}
        results = _Results(task, scratch)
        request = replace(task.batch, folder=source.parent).for_video(source, results.folder / f"{task.stem}.mp4")
        outcome = _annotate(replace(request, name=task.name))
        if outcome.get("frames"):
            outcome |= results.publish()
        return outcome


def annotate_pictures(request: AnnotateRequest, versions: Mapping[str, Any]) -> dict[str, Any]:
    """All photographs of a folder that every worker shares, into their places."""
    if refusal := _differing(request, versions):
        return {NOT_HERE: refusal}
    path = request.source.path
    if path is None or not path.is_dir():
        return {NOT_HERE: f"The folder '{request.source}' is not there."}
    return _annotate(request)


def annotate_part(task: Task, part: Part) -> dict[str, Any]:
    """A part's summary, its table as ``TABLE``, and its JSON lines, where they are wanted, as ``LINES``: deflated."""
    with _ready(task) as (source, scratch, refusal):
        if refusal:
            return {NOT_HERE: refusal}
        table, lines = scratch / "part.csv", scratch / "part.jsonl" if task.batch.jsonl else None
        request = replace(task.batch.video, source=request_of(str(source)), csv=table, jsonl=lines, span=part.span)
        outcome = _annotate(request)
        if outcome.get("problem"):
            return outcome
        if outcome["frames"] != part.end - part.first:
            return {"problem": f"It has {outcome['frames']} frames where {part.end - part.first} were expected."}
        files = {TABLE: table} if lines is None else {TABLE: table, LINES: lines}
        return {**outcome, **{key: zlib.compress(path.read_bytes(), 6) for key, path in files.items()}}


def join_parts(
    task: Task, parts: Sequence[Part], times: bytes, outcomes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """One table of them all, and one file of JSON lines; the summary of the whole video, with ``WORK``. Needs no video.

    Args:
        times: as of ``TIMES``.
    """
    with tempfile.TemporaryDirectory(prefix="realtime-fer-") as scratch:
        times_s = np.frombuffer(zlib.decompress(times), np.float64).tolist()
        results = _Results(task, Path(scratch))
        joined = JoinedTable(times_s)
        path = results.folder / f"{task.stem}.csv"
        json_path = path.with_suffix(".jsonl") if task.batch.jsonl else None
        with (
            path.open("w", encoding="utf-8", newline="") as file,
            json_path.open("w", encoding="utf-8", newline="") if json_path is not None else nullcontext() as lines,
        ):
            writer = csv.writer(file, lineterminator="\n")
            for number, (part, outcome) in enumerate(zip(parts, outcomes, strict=True)):
                table = zlib.decompress(outcome[TABLE]).decode("utf-8")
                following = parts[number + 1] if number + 1 < len(parts) else None
                rows = joined.add(part, table, following)
                if number == 0:
                    first = next(rows, None)
                    writer.writerow(joined.header)
                    writer.writerows([first] if first else [])
                writer.writerows(rows)
                if lines is not None:
                    lines.writelines(joined.lines_of(part, zlib.decompress(outcome[LINES]).decode("utf-8")))
        if task.batch.parquet:
            facts = {"schema": SCHEMA_VERSION, "program": __version__, "source": task.name}
            csv_to_parquet(path, path.with_suffix(".parquet"), facts)
        return {
            "frames": joined.frames,
            "duration_s": round(2 * times_s[-1] - times_s[-2], 3),
            "faces": joined.faces,
            "faces_per_frame": round(joined.faces / joined.frames, 4),
            "identities": joined.people,
            "seconds_taken": round(sum(outcome["seconds_taken"] for outcome in outcomes), 3),
            "model": outcomes[0]["model"],
            "detector": outcomes[0]["detector"],
            "parts": len(parts),
            "problem": "",
            **results.publish(),
        }


class _Results:
    """A new folder for the results of one try. On a shared disk they are made in ``task.work``, else uploaded there."""

    def __init__(self, task: Task, scratch: Path) -> None:
        self._store = Store(task.work) if has_scheme(task.work) else None
        self._name = secrets.token_hex(8)
        self.folder = scratch / "results" if self._store is not None else Path(task.work) / self._name
        make_private_folder(self.folder, exist_ok=False)

    def publish(self) -> dict[str, Any]:
        """``WORK``: where they are, and the names and sizes of all, in ``files``."""
        files = sorted(path for path in self.folder.iterdir() if path.is_file())
        sizes = {path.name: path.stat().st_size for path in files}
        if self._store is None:
            return {WORK: str(self.folder), "files": sizes}
        for path in files:
            self._store.put(path, f"{self._name}/{path.name}")
        return {WORK: self._name, "files": sizes}


@contextmanager
def _ready(task: Task) -> Iterator[tuple[Path, Path, str]]:
    """The video on this machine, a folder that is removed at the end, and '' or why it cannot be done here."""
    with tempfile.TemporaryDirectory(prefix="realtime-fer-") as made:
        scratch = Path(made)
        refusal = _differing(task.batch.video, task.versions)
        source = Path(task.source)
        try:
            if not refusal and has_scheme(task.source):
                folder, _, name = task.source.rpartition("/")
                source = Store(folder).fetch(name, scratch)
            elif not refusal and not os.access(source, os.R_OK):
                refusal = f"'{source}' is not there, or may not be read."
        except RealtimeFerError as error:
            refusal = error.sentence()
        yield source, scratch, refusal


def _annotate(request: AnnotateRequest) -> dict[str, Any]:
    started_s = time.monotonic()
    try:
        return annotate_source(request, lambda _: None, make_classifier=_MODELS.lend)
    except RealtimeFerError as error:
        problem = error.sentence()
    except Exception as error:  # One video's error must not end the others.
        problem = f"There was a fault in the program ({type(error).__name__}: {hide_addresses(str(error))})."
    return {"problem": problem, "seconds_taken": round(time.monotonic() - started_s, 3)}


def _differing(request: AnnotateRequest, versions: Mapping[str, Any]) -> str:
    """Why results of this worker would be others; '' if they are the same."""
    try:
        here = _versions_here(request.model, request.compare, request.detector)
    except RealtimeFerError as error:
        return error.sentence()
    for what in ("program", "networks", "detector"):
        if here[what] != versions[what]:
            return f"Its {what} {'are' if what == 'networks' else 'is'} not the same as on the computer that asked."
    return ""


@lru_cache(maxsize=8)
def _versions_here(model: str, compare: str | None, detector: Any) -> dict[str, Any]:
    request = AnnotateRequest(request_of("demo"), model=model, compare=compare, detector=detector)
    return versions_of(request)
