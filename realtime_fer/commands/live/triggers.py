"""Triggers of a file, without a window."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from pathlib import Path

from realtime_fer import assembly
from realtime_fer.core.errors import TriggerError
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.printable import say
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger, read_triggers
from realtime_fer.core.triggers.words import marker_words
from realtime_fer.runtime.engine import Engine


def triggers_from(path: Path, *, may_run_commands: bool, own: Sequence[str] = ()) -> tuple[Trigger, ...]:
    """Those of a file that are on.

    Args:
        own: slugs of the own expressions by which faces are judged.

    Raises:
        TriggerError: the file holds none, or one that cannot work here.
    """
    triggers = tuple(one for one in read_triggers(path) if one.is_on)
    for trigger in triggers:
        command = trigger.action(ActionKind.COMMAND)
        if trigger.person:
            raise TriggerError(
                "A trigger waits for '{name}', but without the window nobody has a name.", name=trigger.person
            )
        if trigger.is_own and trigger.expression.removeprefix(OWN_PREFIX) not in own:
            raise TriggerError(
                "A trigger waits for '{name}', but faces are not judged by that expression.",
                "Add --own-expressions, with a file that holds it.",
                name=trigger.expression,
            )
        if command is not None and not may_run_commands:
            raise TriggerError("A trigger runs '{command}'.", "If it may, add --run-commands.", command=command.text)
    return triggers


class SourceTriggers:
    """The triggers of one source. ``give`` is called from its inference thread, all else from the command's own.

    Args:
        wake: called when something has fired or failed.
    """

    def __init__(self, triggers: Sequence[Trigger], wake: Callable[[], None]) -> None:
        self._failed: queue.SimpleQueue[tuple[Action, str]] = queue.SimpleQueue()
        self._wake = wake
        self._runner = assembly.build_triggers()
        self._runner.listen(wake, self._take_failure)
        self._runner.apply(triggers)

    def give(self, result: FrameResult) -> None:
        self._runner.give(result)

    def run_waiting(self, engine: Engine) -> None:
        """Does what fired asks of the engine, and tells it on stderr."""
        for fired in self._runner.take_fired():
            shown = f"{marker_words(fired)}, {whole_percent(fired.seen.probability)} %"
            say(f"realtime-fer: Trigger: {shown}.", error=True)
            for action in fired.trigger.actions:
                _do(action, fired, engine)
        while not self._failed.empty():
            _, sentence = self._failed.get()
            if sentence:
                say(f"realtime-fer: Trigger: {sentence}", error=True)

    def stop(self) -> None:
        self._runner.stop()

    def _take_failure(self, action: Action, sentence: str) -> None:
        self._failed.put((action, sentence))
        self._wake()


def _do(action: Action, fired: Fired, engine: Engine) -> None:
    match action.kind:
        case ActionKind.MARKER:
            engine.add_marker(action.text or marker_words(fired), fired.at_s)
        case ActionKind.SNAPSHOT:
            engine.take_snapshot()
        case ActionKind.START_RECORDING:
            engine.start_recording()
        case ActionKind.STOP_RECORDING:
            engine.stop_recording()
