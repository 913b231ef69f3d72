"""Commands that triggers run: without a shell, bounded in number and in time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from realtime_fer.core.errors import TriggerError, reason_of
from realtime_fer.core.text.translation import Wording
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.targets import command_words

#: Commands that run at a time; a further one is refused.
MOST_RUNNING = 4

#: A command that takes longer is ended.
LONGEST_S = 30.0


@dataclass(frozen=True)
class _Running:
    text: str
    process: subprocess.Popen[bytes]
    until_s: float


class Commands:
    """Starts each command from the home folder, with nothing to read and its output thrown away.

    The environment has FER_EXPRESSION, FER_NAME ('Anna', or '#3') and FER_VALUE (0 to 1). Used by one thread.
    """

    def __init__(self, longest_s: float = LONGEST_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest_s, self._clock = longest_s, clock
        self._running: list[_Running] = []

    @property
    def is_busy(self) -> bool:
        return bool(self._running)

    def perform(self, text: str, fired: Fired) -> bool:
        """Starts it.

        Raises:
            TriggerError: it cannot be started, or too many run.
        """
        words = command_words(text)
        if len(self._running) >= MOST_RUNNING:
            raise TriggerError("'{text}' was not run: {count} commands run already.", text=text, count=MOST_RUNNING)
        program = shutil.which(os.path.expanduser(words[0]))
        if program is None:
            raise TriggerError("There is no program '{program}'.", program=words[0])
        seen = fired.seen
        environment = {
            **os.environ,
            "FER_EXPRESSION": seen.expression,
            "FER_NAME": fired.who,
            "FER_VALUE": f"{seen.probability:.4f}",
        }
        try:
            process = subprocess.Popen(
                [os.path.abspath(program), *words[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=Path.home(),
                env=environment,
                # Its own group, so that what it starts ends with it, and Ctrl-C is not for it.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise TriggerError("'{text}' cannot be run: {reason}.", text=text, reason=reason_of(error)) from error
        self._running.append(_Running(text, process, self._clock() + self._longest_s))
        return False

    def outcomes(self) -> Sequence[tuple[str, str]]:
        """A command has failed that ended otherwise than with 0, or was ended since it took too long."""
        ended: list[tuple[str, str]] = []
        for one in [*self._running]:
            code = one.process.poll()
            if code is None and self._clock() < one.until_s:
                continue
            self._running.remove(one)
            if code is None:
                _end(one.process)
                late = Wording(
                    "Trigger",
                    "'{text}' was ended, since it took longer than {seconds:g} s.",
                    text=one.text,
                    seconds=self._longest_s,
                )
                ended.append((one.text, late))
            else:
                sentence = Wording("Trigger", "'{text}' ended with {code}.", text=one.text, code=code) if code else ""
                ended.append((one.text, sentence))
        return ended

    def stop(self) -> None:
        """Ends those that run."""
        for one in self._running:
            _end(one.process)
        self._running = []


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
