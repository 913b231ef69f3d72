"""Takes results, and has done what the triggers that fire ask for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.translation import Wording
from realtime_fer.core.triggers.machine import Fired, TriggerMachine, seen_in
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.runtime.triggers.fired_queue import FiredQueue

logger = logging.getLogger(__name__)

#: How often actions that take a while are looked at.
_LOOK_AGAIN_S = 0.1


class Performer(Protocol):
    """Does one kind of action. Called from one thread."""

    def perform(self, text: str, fired: Fired) -> bool:
        """Returns after a few seconds at most; False: it goes on, and ``outcomes`` tells how it ended.

        Raises:
            RealtimeFerError: it failed.
        """

    def outcomes(self) -> Sequence[tuple[str, str]]:
        """Text of what has ended since, and why it failed, or ''."""

    @property
    def is_busy(self) -> bool:
        """Whether something goes on."""

    def stop(self) -> None:
        """Ends what goes on."""


#: Action and why it failed; '' when it works again.
TellFailure = Callable[[Action, str], None]


class TriggerRunner:
    """Owns the thread "triggers", which runs while there are triggers.

    ``give`` is called from the inference thread and returns at once. All else is called from the owner's thread, except
    ``take_fired``, which any may call.

    Args:
        performers: of the kinds that are done here; all others are for whoever takes what fired.
    """

    def __init__(self, performers: Mapping[ActionKind, Performer]) -> None:
        self._performers = dict(performers)
        self._machine = TriggerMachine()
        self._lock = threading.Lock()
        self._arrived = threading.Event()
        self._queue = FiredQueue(self._arrived.set)
        self._told: FiredQueue | None = None
        self._tell_failure: TellFailure = lambda action, sentence: None
        self._failed: dict[Action, str] = {}
        self._thread: threading.Thread | None = None
        self._has_triggers = False
        self._stopping = False

    def listen(self, wake: Callable[[], None], tell_failure: TellFailure) -> None:
        """Who is told; before the first ``apply``.

        Args:
            wake: ``take_fired`` has something; called in the inference thread, returns at once.
            tell_failure: called in this object's thread, once for each action that fails, until it works again.
        """
        self._told, self._tell_failure = FiredQueue(wake), tell_failure

    def apply(self, triggers: Iterable[Trigger]) -> None:
        """The triggers from the next result on; one that was there before goes on as it was."""
        kept = [one for one in triggers if one.is_on]
        with self._lock:
            self._machine.set_triggers(kept)
            self._has_triggers = bool(kept) and not self._stopping
        if self._has_triggers and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="triggers", daemon=True)
            self._thread.start()

    def give(self, result: FrameResult) -> None:
        """Takes a result. One that only shows a frame again, or stands still, is no event."""
        if not self._has_triggers or result.repeated or result.frame.is_still:
            return
        frame = result.frame
        scene = (frame.source_generation, frame.jumps, frame.name)
        with self._lock:
            fired = self._machine.see(frame.running_s, scene, seen_in(result), frame.timestamp_s)
        for one in fired:
            if self._told is not None:
                self._told.put(one)
            if any(action.kind in self._performers for action in one.trigger.actions):
                self._queue.put(one)

    def take_fired(self) -> list[Fired]:
        """What fired since, the oldest first."""
        return [] if self._told is None else self._told.take()

    @property
    def refused(self) -> int:
        """Firings whose actions were left out, since too many waited."""
        return self._queue.refused + (0 if self._told is None else self._told.refused)

    def stop(self, timeout_s: float = 5.0) -> None:
        """Ends the thread; what waits is left. May be called twice."""
        self._stopping, self._has_triggers = True, False
        self._arrived.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
        else:
            self._stop_performers()

    def _run(self) -> None:
        while not self._stopping:
            busy = any(performer.is_busy for performer in self._performers.values())
            self._arrived.wait(_LOOK_AGAIN_S if busy else None)
            self._arrived.clear()
            for fired in self._queue.take():
                for action in fired.trigger.actions:
                    if action.kind in self._performers and not self._stopping:
                        self._perform(action, fired)
            for kind, performer in self._performers.items():
                for text, sentence in performer.outcomes():
                    self._note(Action(kind, text), sentence)
        self._stop_performers()

    def _perform(self, action: Action, fired: Fired) -> None:
        try:
            if self._performers[action.kind].perform(action.text, fired):
                self._note(action, "")
            return
        except RealtimeFerError as error:
            sentence = error.sentence()
        except Exception as error:  # Whatever it is, the picture and the other actions go on.
            logger.exception("An action failed")
            sentence = Wording(
                "Trigger", "The action failed ({kind}: {error}).", kind=type(error).__name__, error=error
            )
        self._note(action, sentence)

    def _note(self, action: Action, sentence: str) -> None:
        if bool(sentence) == (action in self._failed):
            return
        if sentence:
            self._failed[action] = sentence
        else:
            del self._failed[action]
        self._tell_failure(action, sentence)

    def _stop_performers(self) -> None:
        for performer in self._performers.values():
            performer.stop()
