"""Processes of a run: they are ended by it alone, and print nothing of their own."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from typing import Any

from realtime_fer.core.system.children import safe_spawning

_TERMINAL_SIGNALS = {signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)}


def started(target: Callable[..., None], arguments: tuple[Any, ...], name: str) -> BaseProcess:
    """A process that runs ``target``, which calls ``ignore_terminal`` first."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments, name=name, daemon=True)
    with _signals_blocked_in_children(), safe_spawning():
        process.start()
    return process


@contextlib.contextmanager
def _signals_blocked_in_children() -> Iterator[None]:
    """A process that is started within begins with the terminal's signals blocked.

    Ctrl-C and SIGHUP reach every process of a terminal. Only the first one acts on them, and ends its children itself.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _TERMINAL_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_terminal() -> None:
    """In a process that was started: Ctrl-C does not end it, and native libraries stay silent."""
    from realtime_fer.native_output import quiet_native_output

    for number in _TERMINAL_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    quiet_native_output()
