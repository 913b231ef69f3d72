"""All that a recording under review shows, and what its commands do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAction,
    QGridLayout,
    QMenu,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.review.film_player import FilmPlayer
from realtime_fer.gui.review.film_view import BlankFilm, FilmView
from realtime_fer.gui.review.people_page import PeopleList
from realtime_fer.gui.review.review_commands import ReviewActions
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.row_words import clock
from realtime_fer.gui.review.switches import SwitchesRow
from realtime_fer.gui.review.timeline.view import ReviewTimeline
from realtime_fer.gui.review.times_pages import MarkersList, SpansList
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import PanelButton
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.plain_text import plain

PEOPLE, MARKERS, SPANS = range(3)
_ZOOM = 1.6


class ActionButton(PanelButton):
    """Does what an action of the menus does, in shorter words."""

    def __init__(self) -> None:
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def follow(self, action: QAction, short: str) -> None:
        """Takes the action; once."""
        whole = action.text().replace("&", "")
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(short)
        self.setToolTip(f"{whole} ({key})" if key else whole)
        self.setAccessibleName(whole)
        self.setEnabled(action.isEnabled())
        action.changed.connect(lambda: self.setEnabled(action.isEnabled()))
        self.clicked.connect(action.trigger)


class ReviewPage(QWidget):
    """Called only from the GUI thread. ``adopt`` once with the window's actions.

    Args:
        open_film: gives the video's source, not open.
    """

    told = pyqtSignal(object)

    def __init__(self, document: ReviewDocument, open_film: Callable[[Path], SeekableSource], theme: Theme) -> None:
        super().__init__()
        self.document, self._theme = document, theme
        recording = document.recording
        source: SeekableSource
        if recording.video is not None:
            source = open_film(recording.video)
        else:
            source = BlankFilm(recording.size, recording.step_s, recording.duration_s)
        self.player = FilmPlayer(source, lambda: document.duration_s, self)
        self.film = FilmView(document)
        self.timeline = ReviewTimeline(document, theme)
        self.people = PeopleList(document, theme)
        self.markers, self.spans = MarkersList(document), SpansList(document)
        self.switches = SwitchesRow(self.film.drawn, recording.is_drawn, recording.compared_model, theme)
        self.tabs = QTabWidget()
        self._buttons: dict[str, ActionButton] = {}
        self._lay_out()
        self._connect()
        document.listen(self.refresh)
        self.set_theme(theme)
        self.refresh()

    def begin(self) -> None:
        """Opens the video; once shown."""
        if self.document.recording.video is None:
            self.told.emit(
                Notice("film", Severity.INFO, self.tr("This recording has no video; its numbers can be reviewed."))
            )
        self.player.begin()
        self.film.setFocus()

    def stop(self) -> None:
        self.player.stop()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._side.setMinimumWidth(theme.px(250))

    def _lay_out(self) -> None:
        self.controls = QVBoxLayout()
        self.controls.setSpacing(0)
        self.controls.addWidget(self.switches)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.film, 1)
        left.addLayout(self.controls)
        stage = QWidget()
        stage.setLayout(left)
        pages = (
            (self.people, self.tr("People"), ("name", "merge", "split", "hide", "separate")),
            (self.markers, self.tr("Markers"), ("marker", "note", "move_marker", "delete_marker")),
            (self.spans, self.tr("Excluded"), ("span_start", "span_end", "exclude", "include")),
        )
        for widget, title, names in pages:
            self.tabs.addTab(self._with_buttons(widget, names), title)
        self.tabs.setAccessibleName(self.tr("People, markers and excluded spans"))
        self.tabs.setDocumentMode(True)
        self._side = self.tabs
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(stage)
        upper.addWidget(self.tabs)
        upper.setStretchFactor(0, 1)
        upper.setStretchFactor(1, 0)
        self.split_view = QSplitter(Qt.Orientation.Vertical)
        self.split_view.addWidget(upper)
        self.split_view.addWidget(self.timeline)
        self.split_view.setStretchFactor(0, 3)
        self.split_view.setStretchFactor(1, 2)
        for splitter in (upper, self.split_view):
            splitter.setChildrenCollapsible(False)
        self.timeline.setMinimumHeight(150)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split_view)

    def _with_buttons(self, widget: QWidget, names: tuple[str, ...]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(widget, 1)
        grid = QGridLayout()
        grid.setContentsMargins(6, 0, 6, 0)
        grid.setSpacing(4)
        for at, name in enumerate(names):
            button = self._buttons[name] = ActionButton()
            grid.addWidget(button, at // 2, at % 2)
        column.addLayout(grid)
        return page

    def _connect(self) -> None:
        player, timeline = self.player, self.timeline
        player.frame_shown.connect(lambda frame: self.film.show_frame(frame.image_bgr, frame.time_s))
        player.position_changed.connect(self._show_position)
        player.opened.connect(lambda duration_s: self.document.lengthen(duration_s or 0.0))
        player.failed.connect(self._film_failed)
        timeline.sought.connect(player.seek)
        timeline.person_chosen.connect(self.choose_person)
        timeline.marker_moved.connect(lambda at, t_s: self._edit(partial(self.document.move_marker, at, t_s)))
        timeline.marker_chosen.connect(self._choose_marker)
        timeline.marker_edited.connect(self._edit_note)
        timeline.marker_wanted.connect(self._add_marker)
        timeline.span_changed.connect(self._show_position)
        self.people.person_chosen.connect(self.choose_person)
        self.people.renamed.connect(lambda person, name: self._edit(partial(self.document.rename, person, name)))
        self.people.hidden.connect(lambda person, hidden: self._edit(partial(self.document.set_hidden, person, hidden)))
        self.markers.sought.connect(player.seek)
        self.markers.edited.connect(lambda at, text: self._edit(partial(self.document.edit_marker, at, text)))
        self.spans.sought.connect(player.seek)
        self.film.person_clicked.connect(self.choose_person)
        self.switches.changed.connect(self._draw)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands do that concern the recording's content."""
        document, player, timeline = self.document, self.player, self.timeline
        return {
            "undo": document.undo,
            "redo": document.redo,
            "name": self._name,
            "merge": partial(self._open_menu, self._merge_menu),
            "separate": partial(self._open_menu, self._separate_menu),
            "split": self._split,
            "hide": self._hide,
            "marker": lambda: self._add_marker(player.position_s),
            "note": lambda: self._with_marker(self._edit_note),
            "move_marker": lambda: self._with_marker(
                lambda at: self._edit(partial(document.move_marker, at, player.position_s))
            ),
            "delete_marker": lambda: self._with_marker(lambda at: self._edit(partial(document.remove_marker, at))),
            "span_start": lambda: self._set_span(start_s=player.position_s),
            "span_end": lambda: self._set_span(end_s=player.position_s + document.recording.step_s),
            "exclude": self._exclude,
            "include": self._include,
            "clear_span": lambda: timeline.choose_span(None),
            "previous_person": lambda: self.people.choose_next(-1),
            "next_person": lambda: self.people.choose_next(1),
            "cover": lambda: None,
            "second": lambda: None,
            "zoom_in": lambda: timeline.zoom(_ZOOM),
            "zoom_out": lambda: timeline.zoom(1 / _ZOOM),
            "whole": timeline.show_all,
            "pause": player.toggle,
            "previous_frame": lambda: player.step(-1),
            "next_frame": lambda: player.step(1),
            "back": lambda: player.seek(player.position_s - 5),
            "ahead": lambda: player.seek(player.position_s + 5),
            "back_second": lambda: player.seek(player.position_s - 1),
            "ahead_second": lambda: player.seek(player.position_s + 1),
            "previous_marker": lambda: self._to_marker(-1),
            "next_marker": lambda: self._to_marker(1),
            "beginning": lambda: player.seek(0.0),
            "end": lambda: player.seek(document.duration_s),
            "slower": lambda: player.step_speed(-1),
            "faster": lambda: player.step_speed(1),
            "usual_speed": lambda: player.step_speed(0),
            "loop": lambda: player.set_looping(self._actions["loop"].isChecked()),
        }

    def adopt(self, actions: ReviewActions) -> None:
        self._actions = actions
        for name, short in _short_titles().items():
            self._buttons[name].follow(actions[name], short)
        self.switches.adopt(actions["cover"], actions["second"])
        self.refresh()

    # What changes

    def refresh(self) -> None:
        """After each change of the document."""
        self.timeline.refresh()
        columns = {track.person: self.timeline.columns_of(track.person) for track in self.document.tracks}
        self.people.show_people(columns, self.timeline.chosen)
        self.film.chosen = self.timeline.chosen
        self.markers.show_markers()
        self.spans.show_spans()
        self.film.refresh()
        for at, (title, count) in enumerate(
            (
                (self.tr("People"), len(self.document.tracks)),
                (self.tr("Markers"), len(self.document.markers)),
                (self.tr("Excluded"), len(self.document.now.excluded)),
            )
        ):
            self.tabs.setTabText(at, f"{title} ({count})" if count else title)
        self._show_position()

    def choose_person(self, person: int) -> None:
        if person != self.timeline.chosen:
            self.timeline.choose(person)
            self.refresh()

    def _show_position(self, time_s: float | None = None) -> None:
        position_s = self.player.position_s if time_s is None else time_s
        self.timeline.show_position(position_s, follows=self.player.is_playing)
        told = f"{clock(position_s)} / {clock(self.document.duration_s)}"
        if self.timeline.span is not None:
            start_s, end_s = self.timeline.span
            told = self.tr("Span {start} – {end}").format(start=clock(start_s), end=clock(end_s)) + " · " + told
        self.switches.set_place(told)

    def _draw(self) -> None:
        switches, film = self.switches, self.film
        film.drawn, film.covers_faces = switches.drawn, switches.cover.isChecked()
        film.shows_second = switches.second.isChecked()
        self.film.refresh()

    def _film_failed(self, sentence: str) -> None:
        if self.film.place.isEmpty():
            self.film.show_message(self.tr("The video cannot be shown"), sentence)
        else:
            self.told.emit(Notice("film", Severity.WARNING, sentence))

    def _edit(self, edit: Callable[[], object]) -> None:
        """Does an edit, or says why it is impossible."""
        if not self.document.is_writable:
            return
        try:
            edit()
        except RealtimeFerError as error:
            self.told.emit(Notice("edit", Severity.WARNING, str(said(error.sentence()))))

    # People

    def _name(self) -> None:
        self.tabs.setCurrentIndex(PEOPLE)
        self.people.edit_name()

    def _split(self) -> None:
        person = self.timeline.chosen
        if person is not None:
            before = {track.person for track in self.document.tracks}
            self._edit(lambda: self.document.split(person, self.player.position_s))
            for new in {track.person for track in self.document.tracks} - before:
                self.choose_person(new)

    def _hide(self) -> None:
        person = self.timeline.chosen
        if person is not None:
            self._edit(lambda: self.document.set_hidden(person, person not in self.document.now.hidden))

    def _open_menu(self, fill: Callable[[], QMenu | None]) -> None:
        menu = fill()
        if menu is not None:
            self.tabs.setCurrentIndex(PEOPLE)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.people.mapToGlobal(QPoint(20, min(40, self.people.height() // 2))))

    def _merge_menu(self) -> QMenu | None:
        person = self.timeline.chosen
        others = [track.person for track in self.document.tracks if track.person != person]
        if person is None or not others:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("There is nobody else in this recording.")))
            return None
        title = self.tr("{name} is the same person as").format(name=self.document.name_of(person))
        return self._menu(title, others, lambda other: self.document.merge(person, other), follow=True)

    def _separate_menu(self) -> QMenu | None:
        track = self.document.track(self.timeline.chosen) if self.timeline.chosen is not None else None
        if track is None or len(track.numbers) < 2:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("Nobody was merged with this person.")))
            return None
        return self._menu(self.tr("No longer the same person"), list(track.numbers[1:]), self.document.unmerge)

    def _menu(self, title: str, people: list[int], act: Callable[[int], None], follow: bool = False) -> QMenu:
        menu = QMenu(self)
        heading = QAction(plain(title).replace("&", "&&"), menu)
        heading.setEnabled(False)
        menu.addAction(heading)
        for person in people:
            action = QAction(plain(self.document.name_of(person)).replace("&", "&&"), menu)

            def chosen(_checked: bool = False, person: int = person) -> None:
                self._edit(partial(act, person))
                if follow:
                    self.choose_person(person)

            action.triggered.connect(chosen)
            menu.addAction(action)
        return menu

    # Markers

    def _add_marker(self, time_s: float) -> None:
        if not self.document.is_writable:
            return
        text = self.tr("Marker {number}").format(number=len(self.document.markers) + 1)
        self._edit(lambda: self.document.add_marker(time_s, text))
        at = next((at for at, marker in enumerate(self.document.markers) if marker.text == text), None)
        if at is not None:
            self._choose_marker(at)

    def _choose_marker(self, position: int) -> None:
        self.tabs.setCurrentIndex(MARKERS)
        self.markers.choose(position)

    def _edit_note(self, position: int) -> None:
        self._choose_marker(position)
        self.markers.edit_note(position)

    def _with_marker(self, act: Callable[[int], object]) -> None:
        at = self.markers.chosen
        if at is not None and at < len(self.document.markers):
            act(at)
        else:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("Choose a marker first.")))

    def _to_marker(self, step: int) -> None:
        times = [marker.time_s for marker in self.document.markers]
        here_s, near_s = self.player.position_s, self.document.recording.step_s
        wanted = [at for at, t_s in enumerate(times) if (t_s - here_s) * step > near_s]
        if wanted:
            at = wanted[0] if step > 0 else wanted[-1]
            self._choose_marker(at)
            self.player.seek(times[at])

    # Spans

    def _set_span(self, start_s: float | None = None, end_s: float | None = None) -> None:
        """A span that would end before it begins reaches to the end, or begins at the beginning."""
        low, high = self.timeline.span or (0.0, self.document.duration_s)
        low, high = (low if start_s is None else start_s), (high if end_s is None else end_s)
        if low >= high:
            low, high = (0.0, high) if start_s is None else (low, self.document.duration_s)
        self.timeline.choose_span((low, high))

    def _exclude(self) -> None:
        self.tabs.setCurrentIndex(SPANS)
        span = self.timeline.span
        if span is None:
            told = self.tr("Choose a span first: with I and O, or by dragging in the timeline with Shift held.")
            self.told.emit(Notice("edit", Severity.INFO, told))
            return
        self._edit(lambda: self.document.exclude(*span))
        self.timeline.choose_span(None)

    def _include(self) -> None:
        """The chosen span, else the one chosen in the list, else the one at this moment."""
        self.tabs.setCurrentIndex(SPANS)
        here_s = self.player.position_s
        here = next((span for span in self.document.now.excluded if span.start_s <= here_s < span.end_s), None)
        span = self.timeline.span or self.spans.chosen_span or here
        if span is None:
            self.told.emit(Notice("edit", Severity.INFO, self.tr("Nothing is excluded here.")))
            return
        self._edit(lambda: self.document.include(*span))
        self.timeline.choose_span(None)


def _short_titles() -> dict[str, str]:
    """Of the buttons."""
    return {
        "name": translate("Review", "Name…"),
        "merge": translate("Review", "Merge…"),
        "split": translate("Review", "Split here"),
        "hide": translate("Review", "Hide / show"),
        "separate": translate("Review", "Separate…"),
        "marker": translate("Review", "Add"),
        "note": translate("Review", "Edit note"),
        "move_marker": translate("Review", "Move here"),
        "delete_marker": translate("Review", "Delete"),
        "span_start": translate("Review", "Begins here"),
        "span_end": translate("Review", "Ends here"),
        "exclude": translate("Review", "Exclude"),
        "include": translate("Review", "Include"),
    }
