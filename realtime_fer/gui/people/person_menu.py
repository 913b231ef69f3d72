"""The entries of a person's menu."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PyQt5.QtCore import QPoint
from PyQt5.QtWidgets import QAction, QMenu

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.people.people_actions import PeopleActions
from realtime_fer.gui.widgets.plain_text import plain

#: Characters of a name in a menu.
_LONGEST = 24


class RestingFaceActions(Protocol):
    def learn_resting_faces(self, identity: int | None = None) -> None: ...

    def forget_resting_faces(self, identity: int | None = None) -> None: ...


@dataclass(frozen=True)
class InView:
    """Who can be chosen at the moment, by the numbers that they are shown by.

    Attributes:
        seen: in the picture.
        others: seen within the timeline's minute.
        at_rest: those whose resting face is known.
    """

    seen: Sequence[int]
    others: Sequence[int] = ()
    at_rest: Collection[int] = ()


class PersonMenu:
    """Fills menus. Called only from the GUI thread."""

    def __init__(self, actions: PeopleActions, resting_faces: RestingFaceActions) -> None:
        self._actions, self._resting_faces = actions, resting_faces

    def fill_for_one(self, menu: QMenu, identity: int, people: InView, place: QPoint) -> None:
        """``place``: of the screen, for what is asked."""
        self._add_person(menu, identity, people, place)
        self._add_hidden(menu)

    def fill_for_all(self, menu: QMenu, people: InView, place: QPoint) -> None:
        """One person's entries, or a submenu for each of several; their numbers are the keys."""
        everybody = [*people.seen, *people.others]
        if len(everybody) == 1:
            self._add_person(menu, everybody[0], people, place)
        for identity in everybody if len(everybody) > 1 else ():
            title = self._label(identity, with_key=True)
            if identity not in people.seen:
                title = translate("PersonMenu", "{person} (not in view)").format(person=title)
            submenu = menu.addMenu(title)
            if submenu is not None:
                self._add_person(submenu, identity, people, place)
        if not everybody:
            nobody = menu.addAction(translate("PersonMenu", "No face in view"))
            if nobody is not None:
                nobody.setEnabled(False)
        self._add_hidden(menu)

    def _add_person(self, menu: QMenu, identity: int, people: InView, place: QPoint) -> None:
        actions, person = self._actions, self._label(identity)
        _add(
            menu,
            translate("PersonMenu", "&Name {person} for this session…").format(person=person),
            lambda: actions.ask_name(identity, place),
        )
        merging = menu.addMenu(translate("PersonMenu", "&Merge {person} with").format(person=person))
        others = [other for other in (*people.seen, *people.others) if other != identity]
        if merging is not None:
            for other in others:
                _add(merging, self._label(other, with_key=True), partial(actions.merge, identity, other))
            merging.setEnabled(bool(others))
        for number in actions.said.numbers_of(identity)[1:]:
            _add(
                menu,
                translate("PersonMenu", "&Separate #{number} from {person} again").format(number=number, person=person),
                partial(actions.separate, number),
            )
        menu.addSeparator()
        resting_faces = self._resting_faces
        _add(
            menu,
            translate("PersonMenu", "&Learn the resting face of {person}").format(person=person),
            lambda: resting_faces.learn_resting_faces(identity),
        ).setEnabled(identity in people.seen)
        _add(
            menu,
            translate("PersonMenu", "Forget the &resting face of {person}").format(person=person),
            lambda: resting_faces.forget_resting_faces(identity),
        ).setEnabled(identity in people.at_rest)
        menu.addSeparator()
        _add(
            menu,
            translate("PersonMenu", "&Hide {person} (no box, label or strip)").format(person=person),
            lambda: actions.hide(identity),
        )
        _add(
            menu,
            translate("PersonMenu", "&Forget {person} (name, resting face, number)").format(person=person),
            lambda: actions.forget(identity),
        )

    def _add_hidden(self, menu: QMenu) -> None:
        hidden = sorted(self._actions.said.hidden)
        if not hidden:
            return
        menu.addSeparator()
        submenu = menu.addMenu(translate("PersonMenu", "Hidden &people"))
        if submenu is not None:
            for identity in hidden:
                title = translate("PersonMenu", "Show {person} again").format(
                    person=self._label(identity, with_key=True)
                )
                _add(submenu, title, partial(self._actions.show_again, identity))

    def _label(self, identity: int, *, with_key: bool = False) -> str:
        """'#3' or the name, elided. ``with_key``: the first sign of the number or name is the entry's key."""
        name = self._actions.said.name_of(identity)
        if not name:
            return f"#&{identity}" if with_key else f"#{identity}"
        shown = plain(name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…").replace("&", "&&")
        return f"&{shown}" if with_key and not shown.startswith("&") else shown


def _add(menu: QMenu, title: str, call: Callable[[], None]) -> QAction:
    action = menu.addAction(title)
    assert action is not None
    action.triggered.connect(lambda _checked=False: call())
    return action
