"""One file of a batch, in a process of its own: what a decoder breaks there breaks nothing else."""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.system.children import safe_spawning
from realtime_fer.core.text.addresses import hide_addresses

_TELL_EVERY_S = 0.2

_OF_TERMINALS = {signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)}


@dataclass
class Worker:
    """A file under work, as the batch's own process sees it.

    Attributes:
        position: of the file in the batch.
        work: the folder that its results are written into.
        done, expected: frames, as last told.
        outcome: the summary of ``annotate_source``, with its ``problem``; None while it works.
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
        """Takes what was told. Called when there is something, the end included."""
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            self.outcome = {
                "problem": f"'{self.source.name}' ended its process with code {code}, and nothing was kept."
            }
            return
        if kind == "frames":
            self.done, self.expected = value
        else:
            self.outcome = value

    def end(self) -> None:
        """Waits for the process, which has told its outcome, or ends it."""
        if self.outcome is None:
            self.process.terminate()
        self.process.join(20)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.connection.close()


def start_worker(position: int, source: Path, work: Path, parsed: argparse.Namespace) -> Worker:
    """Starts annotating ``parsed.source`` with all that ``parsed`` says."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(parsed, theirs), name=f"annotate {source.name}", daemon=True)
    with _interrupts_kept_from_children(), safe_spawning():
        process.start()
    theirs.close()
    return Worker(position, source, work, process, ours)


@contextlib.contextmanager
def _interrupts_kept_from_children() -> Iterator[None]:
    """Ctrl-C, and the terminal's end, reach every process of a terminal. One started here begins with them blocked;
    the batch's own gets what came meanwhile afterwards, and ends the others when it is meant to."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(parsed: argparse.Namespace, connection: Connection) -> None:
    from realtime_fer.native_output import quiet_native_output

    for number in _OF_TERMINALS:
        signal.signal(number, signal.SIG_IGN)
    quiet_native_output()
    told_s = 0.0

    def progress(done: int, expected: int | None) -> None:
        nonlocal told_s
        now_s = time.monotonic()
        if now_s - told_s >= _TELL_EVERY_S:
            told_s = now_s
            connection.send(("frames", (done, expected)))

    try:
        from realtime_fer.commands.one_source import annotate_source

        outcome = annotate_source(parsed, progress)
    except RealtimeFerError as error:
        outcome = {"problem": error.sentence()}
    except BrokenPipeError:
        os._exit(1)  # Nobody waits for it any more.
    except Exception as error:  # One file's fault must not end the others'.
        outcome = {
            "problem": f"There was a fault in the program ({type(error).__name__}: {hide_addresses(str(error))})."
        }
    with contextlib.suppress(OSError):
        connection.send(("done", outcome))
    connection.close()
