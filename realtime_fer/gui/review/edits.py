"""What the edit commands do: to people, to markers, to excluded spans."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QObject, QPoint, Qt, pyqtSignal
from PyQt5.QtWidgets import QAction, QMenu, QTabWidget

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.translation import said
from realtime_fer.gui.review.film_player import FilmPlayer
from realtime_fer.gui.review.lists.people import PeopleList
from realtime_fer.gui.review.lists.times import MarkersList, SpansList
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.timeline.view import ReviewTimeline
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.plain_text import plain

#: Pages of the tabs.
PEOPLE, MARKERS, SPANS = range(3)


class ReviewEdits(QObject):
    """Called only from the GUI thread. What it edits is chosen in timeline and lists; where, by the player.

    Args:
        tabs: the lists' pages, in the order of ``PEOPLE``, ``MARKERS`` and ``SPANS``.
        choose_person: shows another person as the chosen one.
    """

    told = pyqtSignal(object)

    def __init__(
        self,
        document: ReviewDocument,
        player: FilmPlayer,
        timeline: ReviewTimeline,
        people: PeopleList,
        markers: MarkersList,
        spans: SpansList,
        tabs: QTabWidget,
        choose_person: Callable[[int], None],
    ) -> None:
        super().__init__(tabs)
        self._document, self._player, self._timeline = document, player, timeline
        self._people, self._markers, self._spans, self._tabs = people, markers, spans, tabs
        self._choose_person = choose_person
        timeline.flags.moved.connect(lambda at, t_s: self.edit(partial(document.move_marker, at, t_s)))
        timeline.flags.chosen.connect(self.go_to_marker)
        timeline.flags.edited.connect(self.edit_note)
        timeline.marker_wanted.connect(self.add_marker)
        people.renamed.connect(lambda person, name: self.edit(partial(document.rename, person, name)))
        people.hidden.connect(lambda person, hidden: self.edit(partial(document.set_hidden, person, hidden)))
        markers.edited.connect(lambda at, text: self.edit(partial(document.edit_marker, at, text)))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """By the names of the commands."""
        document, player = self._document, self._player
        return {
            "undo": document.undo,
            "redo": document.redo,
            "name": self._name,
            "merge": partial(self._open_menu, self._merge_menu),
            "separate": partial(self._open_menu, self._separate_menu),
            "split": self._split,
            "hide": self._hide,
            "marker": lambda: self.add_marker(player.position_s),
            "note": lambda: self._with_marker(self.edit_note),
            "move_marker": lambda: self._with_marker(
                lambda at: self.edit(partial(document.move_marker, at, player.position_s))
            ),
            "delete_marker": lambda: self._with_marker(lambda at: self.edit(partial(document.remove_marker, at))),
            "previous_marker": lambda: self._to_marker(-1),
            "next_marker": lambda: self._to_marker(1),
            "span_start": lambda: self._set_span(start_s=player.position_s),
            "span_end": lambda: self._set_span(end_s=player.position_s + document.recording.step_s),
            "exclude": self._exclude,
            "include": self._include,
            "clear_span": lambda: self._timeline.choose_span(None),
        }

    def edit(self, edit: Callable[[], object]) -> None:
        """Does an edit, or says why it is impossible."""
        if not self._document.is_writable:
            return
        try:
            edit()
        except RealtimeFerError as error:
            self.told.emit(Notice("edit", Severity.WARNING, str(said(error.sentence()))))

    # People

    def _name(self) -> None:
        self._tabs.setCurrentIndex(PEOPLE)
        self._people.edit_name()

    def _split(self) -> None:
        person = self._timeline.chosen
        if person is not None:
            before = {track.person for track in self._document.tracks}
            self.edit(lambda: self._document.split(person, self._player.position_s))
            for new in {track.person for track in self._document.tracks} - before:
                self._choose_person(new)

    def _hide(self) -> None:
        person = self._timeline.chosen
        if person is not None:
            self.edit(lambda: self._document.set_hidden(person, person not in self._document.now.hidden))

    def _open_menu(self, fill: Callable[[], QMenu | None]) -> None:
        menu = fill()
        if menu is not None:
            self._tabs.setCurrentIndex(PEOPLE)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._people.mapToGlobal(QPoint(20, min(40, self._people.height() // 2))))

    def _merge_menu(self) -> QMenu | None:
        person = self._timeline.chosen
        others = [track.person for track in self._document.tracks if track.person != person]
        if person is None or not others:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("There is nobody else in this recording.")))
            return None
        title = self.tr("{name} is the same person as").format(name=self._document.name_of(person))
        return self._menu(title, others, lambda other: self._merge(person, other), follow=True)

    def _merge(self, person: int, into: int) -> None:
        together = self._document.frames_together(person, into)
        self._document.merge(person, into)
        if together:
            text = self.tr("Both are in view in {count} frames; in those, the face found with more confidence counts.")
            self.told.emit(Notice("edit", Severity.WARNING, text.format(count=together)))

    def _separate_menu(self) -> QMenu | None:
        track = self._document.track(self._timeline.chosen) if self._timeline.chosen is not None else None
        if track is None or len(track.numbers) < 2:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("Nobody was merged with this person.")))
            return None
        return self._menu(self.tr("No longer the same person"), list(track.numbers[1:]), self._document.unmerge)

    def _menu(self, title: str, people: list[int], act: Callable[[int], None], follow: bool = False) -> QMenu:
        menu = QMenu(self._tabs)
        heading = QAction(plain(title).replace("&", "&&"), menu)
        heading.setEnabled(False)
        menu.addAction(heading)
        for person in people:
            action = QAction(plain(self._document.name_of(person)).replace("&", "&&"), menu)

            def chosen(_checked: bool = False, person: int = person) -> None:
                self.edit(partial(act, person))
                if follow:
                    self._choose_person(person)

            action.triggered.connect(chosen)
            menu.addAction(action)
        return menu

    # Markers

    def add_marker(self, time_s: float) -> None:
        if not self._document.is_writable:
            return
        text = self.tr("Marker {number}").format(number=len(self._document.markers) + 1)
        self.edit(lambda: self._document.add_marker(time_s, text))
        at = next((at for at, marker in enumerate(self._document.markers) if marker.text == text), None)
        if at is not None:
            self.choose_marker(at)

    def choose_marker(self, position: int) -> None:
        self._tabs.setCurrentIndex(MARKERS)
        self._markers.choose(position)

    def go_to_marker(self, position: int) -> None:
        self.choose_marker(position)
        self._player.seek(self._document.markers[position].time_s)

    def edit_note(self, position: int) -> None:
        self.choose_marker(position)
        self._markers.edit_note(position)

    def _with_marker(self, act: Callable[[int], object]) -> None:
        at = self._markers.chosen
        if at is not None and at < len(self._document.markers):
            act(at)
        else:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("Choose a marker first.")))

    def _to_marker(self, step: int) -> None:
        times = [marker.time_s for marker in self._document.markers]
        here_s, near_s = self._player.position_s, self._document.recording.step_s
        wanted = [at for at, t_s in enumerate(times) if (t_s - here_s) * step > near_s]
        if wanted:
            at = wanted[0] if step > 0 else wanted[-1]
            self.go_to_marker(at)

    # Spans

    def _set_span(self, start_s: float | None = None, end_s: float | None = None) -> None:
        """A span that would end before it begins reaches to the end, or begins at the beginning."""
        low, high = self._timeline.span or (0.0, self._document.duration_s)
        low, high = (low if start_s is None else start_s), (high if end_s is None else end_s)
        if low >= high:
            low, high = (0.0, high) if start_s is None else (low, self._document.duration_s)
        self._timeline.choose_span((low, high))

    def _exclude(self) -> None:
        self._tabs.setCurrentIndex(SPANS)
        span = self._timeline.span
        if span is None:
            told = self.tr("Choose a span first: with I and O, or by dragging in the timeline with Shift held.")
            self.told.emit(Notice("edit", Severity.INFO, told))
            return
        self.edit(lambda: self._document.exclude(*span))
        self._timeline.choose_span(None)

    def _include(self) -> None:
        """The chosen span, else the one chosen in the list, else the one at this moment."""
        self._tabs.setCurrentIndex(SPANS)
        here_s = self._player.position_s
        here = next((span for span in self._document.now.excluded if span.start_s <= here_s < span.end_s), None)
        span = self._timeline.span or self._spans.chosen_span or here
        if span is None:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("Nothing is excluded here.")))
            return
        self.edit(lambda: self._document.include(*span))
        self._timeline.choose_span(None)
