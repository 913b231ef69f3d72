"""Analyses the pictures of a large folder in several processes: each is a scene of its own.

Half of the time of a small picture is Python's own, and in one process a single thread at a time runs that.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import fields
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from realtime_fer.commands.annotation.child_process import ignore_terminal, started
from realtime_fer.commands.annotation.search_ahead import ChunkDetector
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.vision.faces.person_colours import PersonColours
from realtime_fer.vision.pipeline import ExpressionPipeline

#: For fewer pictures it takes longer to start processes than these save.
FEWEST_PICTURES = 300

#: Each takes about 200 MB.
MOST_PROCESSES = 8

#: Pictures that go to a process together, at most: it waits less often for the next, and its networks run faster.
CHUNK = 8

#: Of more bytes than these only one goes at a time: eight pictures of the size of a screen would fill the memory.
CHUNK_BYTES = 2_000_000

#: Seconds that a process may take to end once nothing is asked of it.
_ENDING_S = 5.0

#: What ``PictureProcesses`` knows better, or nobody fills in here.
_NOT_SENT = {"frame", "stage_ms", "people"}

#: Fields of a result, by name.
Answer = dict[str, Any]


def processes_for(pictures: int | None) -> int:
    """How many processes to analyse so many pictures in; 0: they are analysed in this one."""
    if pictures is None or pictures < FEWEST_PICTURES or multiprocessing.current_process().daemon:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES) if cores > 1 else 0


def is_chunk(frames: Sequence[Frame], left: int, processes: int) -> bool:
    """Whether no more pictures should go with these: large ones go alone, and the last ones to all processes.

    Args:
        left: pictures that no process has yet, with these.
    """
    fair = left // (2 * processes)
    return len(frames) >= min(CHUNK, fair) or sum(frame.image_bgr.nbytes for frame in frames) >= CHUNK_BYTES


class PictureProcesses:
    """Gives the results that one pipeline gives for the same pictures in the same order.

    ``begin`` as many chunks as ``most``, each of the pictures that ``is_chunk`` allows, then ``finish`` the pictures of
    the first of them, and so on. Called from one thread alone.

    Args:
        make_pipeline: called once in each process; pickled.
        count: of processes.
        pictures: how many there are.

    Attributes:
        most: chunks under way.
    """

    def __init__(
        self, make_pipeline: Callable[[], tuple[ExpressionPipeline, ChunkDetector]], count: int, pictures: int
    ) -> None:
        self.most = 2 * count
        self._count, self._left = count, pictures
        self._colours = PersonColours()
        self._people = 0
        self._workers = [_Worker(make_pipeline) for _ in range(count)]
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        # Each thread waits for one process.
        self._executor = ThreadPoolExecutor(count, "pictures")

    def is_chunk(self, frames: Sequence[Frame]) -> bool:
        return is_chunk(frames, self._left, self._count)

    def begin(self, frames: Sequence[Frame]) -> Future[Sequence[Answer | None]]:
        self._left -= len(frames)
        return self._executor.submit(self._ask, frames)

    def finish(self, frame: Frame, found: Answer | None, here: ExpressionPipeline) -> FrameResult:
        """The result of the picture that was begun first.

        Args:
            here: analyses what the processes cannot.

        Raises:
            ModelError: as ``ExpressionPipeline.process``.
        """
        if found is None:
            found = _answer_of(here.process(frame))
        # People are counted on from picture to picture, and differ in colour from those of the one before.
        faces = found["faces"]
        numbers = np.arange(self._people + 1, self._people + len(faces) + 1, dtype=np.int64)
        self._people += len(faces)
        self._colours.reset()
        found["faces"] = self._colours.assign(faces.with_tracker_id(numbers), frame.running_s)
        return FrameResult(frame=frame, **found)

    def _ask(self, frames: Sequence[Frame]) -> Sequence[Answer | None]:
        worker = self._free.get()
        try:
            return worker.ask(frames)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """Waits for what is under way in them."""
        self._executor.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process, asked by one thread at a time."""

    def __init__(self, make_pipeline: Callable[[], tuple[ExpressionPipeline, ChunkDetector]]) -> None:
        self._connection, theirs = multiprocessing.Pipe()
        self.process = started(_work, (make_pipeline, theirs), "annotate pictures")
        theirs.close()
        self._is_lost = False

    def ask(self, frames: Sequence[Frame]) -> Sequence[Answer | None]:
        """None for each picture that this process cannot do, and for all once it has ended."""
        if not self._is_lost:
            try:
                self._connection.send(frames)
                answers: Sequence[Answer | None] = self._connection.recv()
                return answers
            except (OSError, EOFError):
                self._is_lost = True
        return [None] * len(frames)

    def close(self) -> None:
        self._connection.close()
        self.process.join(_ENDING_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _work(make_pipeline: Callable[[], tuple[ExpressionPipeline, ChunkDetector]], connection: Connection) -> None:
    """Runs in the process, until the other end is closed or that process dies."""
    ignore_terminal()
    with suppress(EOFError, OSError):
        pipeline, detector = make_pipeline()
        while True:
            frames = connection.recv()
            # What is raised here is raised again where each picture is asked for.
            with suppress(Exception):
                detector.look([frame.image_bgr for frame in frames])
            connection.send([_answer_in_process(pipeline, frame) for frame in frames])


def _answer_in_process(pipeline: ExpressionPipeline, frame: Frame) -> Answer | None:
    """None where it fails: asked again, the pipeline of the first process raises it where it can be told."""
    try:
        return _answer_of(pipeline.process(frame))
    except Exception:
        return None


def _answer_of(result: FrameResult) -> Answer:
    return {field.name: getattr(result, field.name) for field in fields(result) if field.name not in _NOT_SENT}
