"""Annotates one video of a batch in a process of its own, so that a crash in a decoder costs one video."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realtime_fer.commands.annotation.child_process import ignore_terminal, started
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.addresses import hide_addresses

if TYPE_CHECKING:
    from realtime_fer.commands.annotation.run import RunProgress

_PROGRESS_INTERVAL_S = 0.2


@dataclass
class Worker:
    """A running child process, as the batch sees it.

    Attributes:
        position: of the video in the batch.
        work: the folder for its results.
        done, expected: frames, as last reported.
        outcome: the summary of ``annotate_source``, with its ``problem``; None while it runs.
    """

    position: int
    source: Path
    work: Path
    process: BaseProcess
    connection: Connection
    done: int = 0
    expected: int | None = None
    outcome: dict[str, Any] | None = field(default=None)

    def listen(self) -> None:
        """Reads one message, or the end of the process. Called when the connection is ready."""
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            self.outcome = {
                "problem": f"The process for '{self.source.name}' ended with code {code}, and nothing was kept."
            }
            return
        if kind == "frames":
            self.done, self.expected = value
        else:
            self.outcome = value

    def end(self) -> None:
        """Waits for the process if it has reported its outcome; terminates it otherwise."""
        if self.outcome is None:
            self.process.terminate()
        self.process.join(20)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.connection.close()


def start_worker(position: int, source: Path, work: Path, request: AnnotateRequest) -> Worker:
    """Starts a process that runs ``request``."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = started(_work, (request, theirs), f"annotate {source.name}")
    theirs.close()
    return Worker(position, source, work, process, ours)


def _work(request: AnnotateRequest, connection: Connection) -> None:
    ignore_terminal()
    reported_s = 0.0

    def progress(now: RunProgress) -> None:
        nonlocal reported_s
        now_s = time.monotonic()
        if now_s - reported_s >= _PROGRESS_INTERVAL_S:
            reported_s = now_s
            connection.send(("frames", (now.done, now.expected)))

    try:
        from realtime_fer.commands.annotation.run import annotate_source

        outcome = annotate_source(request, progress)
    except RealtimeFerError as error:
        outcome = {"problem": error.sentence()}
    except BrokenPipeError:
        os._exit(1)  # The batch has ended.
    except Exception as error:  # One video's error must not end the others.
        outcome = {
            "problem": f"There was a fault in the program ({type(error).__name__}: {hide_addresses(str(error))})."
        }
    with contextlib.suppress(OSError):
        connection.send(("done", outcome))
    connection.close()
