"""Undo and redo of every edit of a review."""

from __future__ import annotations

from realtime_fer.core.corrections.annotations import Annotations

#: Edits that can be undone; the oldest goes when there are more.
MOST_STEPS = 500


class EditHistory:
    """The corrections as they are, and as they were. Called from one thread alone.

    >>> history = EditHistory(Annotations())
    >>> history.apply(history.now.renamed(1, "Anna"), "Rename person 1")
    >>> history.undo(), history.now.names.get(1)
    ('Rename person 1', None)
    >>> history.redo(), history.now.names.get(1)
    ('Rename person 1', 'Anna')
    """

    def __init__(self, start: Annotations) -> None:
        self._now = start
        self._saved = start
        self._done: list[tuple[str, Annotations]] = []
        self._undone: list[tuple[str, Annotations]] = []

    @property
    def now(self) -> Annotations:
        return self._now

    @property
    def changed(self) -> bool:
        """Whether something differs from what was saved last."""
        return self._now != self._saved

    @property
    def undo_title(self) -> str:
        """What undo would take back; '' where there is nothing."""
        return self._done[-1][0] if self._done else ""

    @property
    def redo_title(self) -> str:
        """What redo would do again; '' where there is nothing."""
        return self._undone[-1][0] if self._undone else ""

    def apply(self, edited: Annotations, title: str) -> None:
        """Applies an edit that a method of ``now`` made. One that changes nothing is ignored."""
        if edited == self._now:
            return
        self._done.append((title, self._now))
        del self._done[:-MOST_STEPS]
        self._undone.clear()
        self._now = edited

    def undo(self) -> str:
        """Takes back the last edit and gives its title; '' where there is none."""
        return self._step(self._done, self._undone)

    def redo(self) -> str:
        """Does again what was taken back last and gives its title; '' where there is nothing."""
        return self._step(self._undone, self._done)

    def mark_saved(self) -> None:
        self._saved = self._now

    def _step(self, taken: list[tuple[str, Annotations]], given: list[tuple[str, Annotations]]) -> str:
        if not taken:
            return ""
        title, other = taken.pop()
        given.append((title, self._now))
        self._now = other
        return title
