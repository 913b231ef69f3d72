"""All that a recording under review shows, and what its commands do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import (
    QAction,
    QFileDialog,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.corrections.recording import Recording
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.player.seek_slider import Mark
from realtime_fer.gui.player.transport_bar import TransportBar
from realtime_fer.gui.review.edits import ReviewEdits
from realtime_fer.gui.review.film_player import FilmPlayer
from realtime_fer.gui.review.film_view import BlankFilm, Drawn, FilmView
from realtime_fer.gui.review.lists.list_page import ListPage, short_titles
from realtime_fer.gui.review.lists.people import PeopleList
from realtime_fer.gui.review.lists.times import MarkersList, SpansList
from realtime_fer.gui.review.review_commands import VIEW, ReviewActions
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.review_files import ReadMeasures
from realtime_fer.gui.review.switches import SwitchesRow
from realtime_fer.gui.review.timeline.measure_lanes import MeasureLanes
from realtime_fer.gui.review.timeline.view import ReviewTimeline
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.plain_text import plain

_ZOOM = 1.6

#: A window is low whose page has less height than this, at 100 %.
_LOW_PX = 330

#: The buttons below each list.
_OF_PEOPLE = ("name", "merge", "split", "hide", "separate")
_OF_MARKERS = ("marker", "note", "move_marker", "delete_marker")
_OF_SPANS = ("span_start", "span_end", "exclude", "include")


class ReviewPage(QWidget):
    """Called only from the GUI thread. ``adopt`` once with the window's actions.

    Args:
        open_film: gives the video's source, not open.
    """

    told = pyqtSignal(object)

    def __init__(
        self,
        document: ReviewDocument,
        open_film: Callable[[Path], SeekableSource],
        read_measures: ReadMeasures,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.document, self._open_film, self._theme = document, open_film, theme
        self._other_video: Path | None = None

        def blank() -> SeekableSource:
            now = document.recording
            return BlankFilm(now.size, now.step_s, now.duration_s)

        recording = document.recording
        source = blank() if recording.video is None else open_film(recording.video)
        self.player = FilmPlayer(source, blank, lambda: document.duration_s, self)
        self.film = FilmView(document)
        self.timeline = ReviewTimeline(document, theme)
        self.measures = MeasureLanes(document, read_measures, self)
        self.timeline.show_measures(self.measures)
        self.film.measures = lambda: self.measures.values
        self.people = PeopleList(document, theme)
        self.markers, self.spans = MarkersList(document), SpansList(document)
        self.switches = SwitchesRow(self.film.drawn, recording.is_drawn, recording.compared_model, theme)
        self.bar = TransportBar(theme)
        self.bar.slider.words_at = lambda value: time_words(value / 1000)
        self.tabs = QTabWidget()
        self.pages: list[ListPage] = []
        self._lay_out()
        lists = (self.people, self.markers, self.spans)
        self.edits = ReviewEdits(document, self.player, self.timeline, *lists, self.tabs, self.choose_person)
        self.edits.told.connect(self.told)
        self._connect()
        document.listen(self.refresh)
        self.set_theme(theme)
        self.refresh()

    def begin(self) -> None:
        """Opens the video; once shown."""
        recording = self.document.recording
        if recording.video is None:
            told = self.tr("This recording has no video; its numbers can be reviewed.")
        else:
            told = self.tr(
                "Boxes are drawn into this video. “Show another video…” in the menu Recording shows the "
                "original instead."
            )
        if recording.video is None or recording.is_drawn:
            self.told.emit(Notice("film", Severity.INFO, told))
        self._read_shown()
        self.player.begin()
        self.film.setFocus()

    def stop(self) -> None:
        self.player.stop()
        self.measures.stop()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._side.setMinimumWidth(theme.px(285))
        self._spare_room()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._spare_room()

    def _spare_room(self) -> None:
        """In a low window the switches are left to the menus: the video needs their line."""
        self.switches.setVisible(self.height() >= self._theme.px(_LOW_PX))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.film, 1)
        left.addWidget(self.bar)
        left.addWidget(self.switches)
        stage = QWidget()
        stage.setLayout(left)
        pages = (
            (self.people, self.tr("People"), _OF_PEOPLE),
            (self.markers, self.tr("Markers"), _OF_MARKERS),
            (self.spans, self.tr("Left out"), _OF_SPANS),
        )
        for widget, title, names in pages:
            page = ListPage(widget, names)
            self.pages.append(page)
            self.tabs.addTab(page, title)
        self.tabs.setAccessibleName(self.tr("People, markers and excluded spans"))
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split_view)

    def _order_tabs(self) -> None:
        """Tab goes through the window as one reads it: video, bar, switches, lists with their buttons, timeline."""
        bar, switches = self.bar, self.switches
        order: list[QWidget | None] = [self.film, bar.play, bar.back, bar.forward, bar.slider, bar.speed, bar.loop]
        order += [bar.more, switches.choice, switches.cover, switches.second, self.tabs.tabBar()]
        order += [widget for page in self.pages for widget in page.in_tab_order]
        order.append(self.timeline)
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        player, timeline = self.player, self.timeline
        player.frame_shown.connect(lambda frame: self.film.show_frame(frame.image_bgr, frame.time_s))
        player.position_changed.connect(self._show_position)
        player.playing_changed.connect(self.bar.set_playing)
        player.speed_changed.connect(self.bar.show_speed)
        self.bar.speed_chosen.connect(player.set_speed)
        self.bar.slider.wanted.connect(lambda value: player.seek(value / 1000))
        player.opened.connect(lambda duration_s: self.document.lengthen(duration_s or 0.0))
        player.failed.connect(self._film_failed)
        timeline.sought.connect(player.seek)
        timeline.rows_wanted.connect(lambda place: self.measures.open_menu(place, timeline))
        self.measures.changed.connect(self.film.refresh)
        self.measures.failed.connect(lambda sentence: self.told.emit(Notice("film", Severity.WARNING, sentence)))
        timeline.person_chosen.connect(self.choose_person)
        timeline.span_changed.connect(self._show_span)
        self.people.person_chosen.connect(self.choose_person)
        self.markers.sought.connect(player.seek)
        self.spans.sought.connect(player.seek)
        self.film.person_clicked.connect(self.choose_person)
        self.switches.changed.connect(self._draw)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands do that concern the recording's content."""
        document, player, timeline = self.document, self.player, self.timeline
        return {
            **self.edits.handlers(),
            "previous_person": lambda: self.people.choose_next(-1),
            "next_person": lambda: self.people.choose_next(1),
            "cover": lambda: None,
            "second": lambda: None,
            "movements": self._show_movements,
            "rows": lambda: self.measures.open_menu(timeline.mapToGlobal(QPoint(0, 0)), timeline),
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
            "beginning": lambda: player.seek(0.0),
            "end": lambda: player.seek(document.duration_s),
            "slower": lambda: player.step_speed(-1),
            "faster": lambda: player.step_speed(1),
            "usual_speed": lambda: player.step_speed(0),
            "loop": self._loop,
            "video": self._choose_video,
        }

    def adopt(self, actions: ReviewActions) -> None:
        self._actions = actions
        for page in self.pages:
            page.adopt(actions, short_titles())
        self.switches.adopt(actions["cover"], actions["second"])
        actions.menus[VIEW].insertMenu(actions["cover"], self.switches.menu)
        # Only a folder has pictures to choose from.
        self.bar.adopt({**actions, "pictures": QAction(self)})
        self.bar.set_playing(False)
        self._order_tabs()
        self.refresh()

    # What changes

    def refresh(self) -> None:
        """After each change of the document."""
        self.timeline.refresh()
        columns = {track.person: self.timeline.columns_of(track.person) for track in self.document.tracks}
        self.people.show_people(columns, self.timeline.chosen)
        self.markers.show_markers()
        self.spans.show_spans()
        self.film.refresh()
        for at, (title, count) in enumerate(
            (
                (self.tr("People"), len(self.document.tracks)),
                (self.tr("Markers"), len(self.document.markers)),
                (self.tr("Left out"), len(self.document.now.excluded)),
            )
        ):
            self.tabs.setTabText(at, f"{title} ({count})" if count else title)
        slider = self.bar.slider
        slider.setRange(0, round(self.document.duration_s * 1000))
        slider.setSingleStep(1000)
        slider.setPageStep(10_000)
        slider.set_marks([Mark(round(marker.time_s * 1000), plain(marker.text)) for marker in self.document.markers])
        self._show_position()

    def choose_person(self, person: int) -> None:
        if person != self.timeline.chosen:
            self.timeline.choose(person)
            self.refresh()

    def _show_position(self, time_s: float | None = None) -> None:
        position_s = self.player.position_s if time_s is None else time_s
        self.timeline.show_position(position_s, follows=self.player.is_playing)
        self.bar.slider.set_position(round(position_s * 1000))
        self.bar.show_time(position_s, self.document.duration_s)

    def _show_span(self) -> None:
        span = self.timeline.span
        told = (
            self.tr("Span {start} – {end}").format(start=time_words(span[0]), end=time_words(span[1])) if span else ""
        )
        self.switches.set_place(told)

    def _loop(self) -> None:
        self.player.set_looping(self._actions["loop"].isChecked())
        self.bar.show_loop()

    def _draw(self) -> None:
        switches, film = self.switches, self.film
        film.drawn, film.covers_faces = switches.drawn, switches.cover.isChecked()
        film.shows_second = switches.second.isChecked()
        self._read_shown()
        self.film.refresh()

    def _show_movements(self) -> None:
        self.film.shows_movements = self._actions["movements"].isChecked()
        self._read_shown()
        self.film.refresh()

    def _read_shown(self) -> None:
        """Reads what is drawn beside the faces."""
        if self.film.shows_movements or self.film.shows_own:
            self.measures.read()

    def _choose_video(self) -> None:
        title = self.tr("Video of the same length")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(self.document.recording.folder))
        if chosen:
            self.show_video(Path(chosen))

    def take_recording(self, recording: Recording) -> None:
        """The same recording, read again; the video goes on at its place."""
        shows_all, plays = self.timeline.visible[1] >= self.document.duration_s, self.player.is_playing
        self.document.take_recording(recording)
        if recording.video is not None and self._other_video is None:
            self.player.show_instead(self._open_film(recording.video))
            if plays:
                self.player.toggle()
        if shows_all:
            self.timeline.show_all()

    def show_video(self, path: Path) -> None:
        """Another video than the recording's, without boxes; it is not remembered."""
        self._other_video = path
        self.player.show_instead(self._open_film(path))
        self.switches.choice.set_key(Drawn.BARS.value)
        self._draw()

    def _film_failed(self, sentence: str) -> None:
        self.told.emit(Notice("film", Severity.WARNING, sentence))
