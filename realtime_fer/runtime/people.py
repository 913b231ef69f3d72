"""What a person says about the people in view: names, merged numbers, hidden and forgotten people."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection
from typing import Protocol

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.people import People
from realtime_fer.runtime.events import EngineEvent, HiddenInDoubt, PeopleChanged
from realtime_fer.runtime.film_memory import FilmMemory, Newcomers

#: Numbers that jumps gave to people of whom something was said; the oldest are of faces long gone.
MOST_CARRIED = 200


class Submit(Protocol):
    """``InferenceWorker.submit``."""

    def __call__(self, key: str, apply: Callable[[], None]) -> None: ...


class PeopleControl:
    """Owns what was said. Any thread; PeopleChanged tells each change, in order.

    It ends with its source, as the numbers do. A running recording keeps what was said about the people of its earlier
    sources too.

    After a jump in a file all numbers are new. Whoever stands where somebody stood in that moment of the file before is
    that person: name and hiding hold on. While anybody is hidden, a face of which nothing is known after a jump is
    hidden too: it may be theirs.

    Args:
        submit: a change shows on the last frame in a pause, too.
        forget: takes the numbers from the pipeline; called in the inference thread.
        recording: whether a recording runs.
    """

    def __init__(
        self,
        on_event: Callable[[EngineEvent], None],
        submit: Submit,
        forget: Callable[[Collection[int]], None],
        recording: Callable[[], bool] = lambda: False,
    ) -> None:
        self._on_event, self._submit, self._forget, self._recording = on_event, submit, forget, recording
        # Events are sent under it, so that they come in order.
        self._lock = threading.RLock()
        self._now = self._before = People()
        self._generation = 0
        self._film = FilmMemory()
        # Numbers that became somebody's by a jump.
        self._carried: deque[int] = deque()
        self._to_forget: set[int] = set()

    @property
    def now(self) -> People:
        """Of the source whose results come."""
        return self._now

    @property
    def recorded(self) -> People:
        """Of all sources of the recording."""
        with self._lock:
            return self._before.joined(self._now) if self._before else self._now

    def rename(self, identity: int, name: str) -> None:
        """``name`` is '' to take the name back."""
        self._edit(lambda people: people.renamed(identity, name))

    def hide(self, identity: int, hidden: bool = True) -> None:
        """Shows the person nowhere, or again."""
        self._edit(lambda people: people.with_hidden(identity, hidden))

    def merge(self, identity: int, into: int) -> None:
        """From now on both are shown as the one person whom ``into`` belongs to."""
        self._edit(lambda people: people.merged_into(identity, into))

    def separate(self, identity: int) -> None:
        """Takes back that ``identity`` is somebody else."""
        with self._lock:
            self._film.part((identity,))
        self._edit(lambda people: people.separated(identity))

    def forget(self, identity: int) -> None:
        """Name, numbers and resting face; the face gets a new number."""
        with self._lock:
            gone = self._now.numbers_of(identity)
            self._now = self._now.without(identity)
            self._film.part(gone)
            self._to_forget |= set(gone)
            self._on_event(PeopleChanged(self._now, gone))
        self._submit("forget_people", self._forget_waiting)

    def follow(self, result: FrameResult) -> People:
        """What was said about the people of this result. Called in the inference thread for each, in order."""
        generation = result.frame.source_generation
        if generation != self._generation:
            with self._lock:
                self._generation = generation
                self._film = FilmMemory()
                self._carried.clear()
                self._before = self._before.joined(self._now) if self._recording() else People()
                ended, self._now = self._now, People()
                if ended:
                    # They are not to come back now that nothing says any more that they are hidden.
                    unseen = {number for person in ended.hidden for number in ended.numbers_of(person)}
                    self._on_event(PeopleChanged(self._now, tuple(sorted(unseen))))
        with self._lock:
            newcomers = self._film.take(result)
            if self._now and (newcomers.known or newcomers.unknown):
                self._carry_over(newcomers)
            return self._now

    def _carry_over(self, newcomers: Newcomers) -> None:
        """What was said holds on after a jump."""
        people = self._now
        for number, earlier in newcomers.known.items():
            before = self._film.same_as(earlier)
            hidden = [other for other in before if people.is_hidden(other)]
            told = [other for other in before if people.name_of(other) or len(people.numbers_of(other)) > 1]
            if hidden or told:
                people = people.merged_into(number, (hidden or told)[0])
                self._carried.append(number)
        if len(self._carried) > MOST_CARRIED:
            people = self._without_oldest(people)
        in_doubt = newcomers.unknown if people.hidden else ()
        for number in in_doubt:
            people = people.with_hidden(number)
        if people != self._now:
            self._now = people
            self._on_event(PeopleChanged(people))
        if in_doubt:
            self._on_event(HiddenInDoubt(len(in_doubt)))

    def _without_oldest(self, people: People) -> People:
        """A short film that plays over and over would otherwise grow longer and longer lists of numbers."""
        if self._recording():
            self._before = self._before.joined(people)
        while len(self._carried) > MOST_CARRIED:
            people = people.separated(self._carried.popleft())
        return people

    def begin_recording(self) -> None:
        """A recording begins: it keeps nothing of earlier sources."""
        with self._lock:
            self._before = People()

    def _edit(self, change: Callable[[People], People]) -> None:
        with self._lock:
            changed = change(self._now)
            if changed == self._now:
                return
            self._now = changed
            self._on_event(PeopleChanged(changed))
        self._submit("people", lambda: None)

    def _forget_waiting(self) -> None:
        with self._lock:
            waiting, self._to_forget = self._to_forget, set()
        self._forget(waiting)
