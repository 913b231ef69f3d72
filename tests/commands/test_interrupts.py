"""Ctrl-C: held back in the middle of a frame, heeded between two."""

from __future__ import annotations

import gc
import signal
import sys

import pytest

from realtime_fer.commands.interrupts import DeferredInterrupts, recorded_interrupts


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def test_the_first_is_heeded_when_there_is_time_for_it_and_the_second_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with DeferredInterrupts() as interrupts:
        press()  # in the middle of a frame
        with pytest.raises(KeyboardInterrupt), interrupts.allowed():
            pytest.fail("heeded before anything is done within")
        with pytest.raises(KeyboardInterrupt):
            press()
    assert signal.getsignal(signal.SIGINT) is before


def test_while_it_waits_it_is_stopped_at_once() -> None:
    with DeferredInterrupts() as interrupts:
        with interrupts.allowed():
            pass
        with pytest.raises(KeyboardInterrupt), interrupts.allowed():
            press()


def test_one_that_native_code_swallows_is_noticed_and_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    class Native:
        def __del__(self) -> None:
            press()

    hook, before = sys.unraisablehook, signal.getsignal(signal.SIGINT)
    with recorded_interrupts() as came:
        native = Native()
        del native
        gc.collect()
    assert came == [signal.SIGINT]
    assert capsys.readouterr().err == ""
    assert (sys.unraisablehook, signal.getsignal(signal.SIGINT)) == (hook, before)
