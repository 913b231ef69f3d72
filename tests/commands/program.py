"""The command line as tests run it: in this process, or as the real program."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from realtime_fer import cli

CHECKOUT = Path(__file__).resolve().parents[2]
MAIN = CHECKOUT / "main.py"
#: The same, but that its demo is small.
SMALL_DEMO = CHECKOUT / "tests" / "small_demo.py"


def run_program(
    *arguments: str | Path, timeout_s: float = 120, program: Path = MAIN, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs the program in a process of its own, for what only a process shows: start, signals, encoding."""
    return subprocess.run(
        [sys.executable, str(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


@dataclass(frozen=True)
class Finished:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


class CommandLine:
    """Runs commands in this process, which costs no new interpreter."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def run(self, *arguments: str | Path, **environment: str) -> Finished:
        """``environment`` stays for the rest of the test."""
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)
        self._capsys.readouterr()
        code = cli.run([str(word) for word in arguments])
        printed = self._capsys.readouterr()
        return Finished(code, printed.out, printed.err)

    def refused(self, *arguments: str | Path, **environment: str) -> str:
        return refusal_of(self.run(*arguments, **environment))


def refusal_of(done: Finished | subprocess.CompletedProcess[str]) -> str:
    """Returns the one sentence on stderr; stdout is empty and the exit code 2."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.startswith("realtime-fer")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr
