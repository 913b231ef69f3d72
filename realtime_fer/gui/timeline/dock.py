"""The timeline's dock: it chooses who is shown and when to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication, QPoint, QSize, QTimer, pyqtSignal
from PyQt5.QtGui import QHideEvent, QShowEvent
from PyQt5.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.expression_history import ExpressionHistory
from realtime_fer.gui.timeline.hint_and_legend import HintAndLegend
from realtime_fer.gui.timeline.rows_menu import RowsButton, RowsMenu
from realtime_fer.gui.widgets.dock_header import LiveDock
from realtime_fer.gui.widgets.inputs import ChoiceBox
from realtime_fer.gui.widgets.person_chooser import offer_people
from realtime_fer.gui.widgets.plain_text import plain

if TYPE_CHECKING:
    from realtime_fer.gui.timeline.plot import TimelinePlot

#: Eight times a second: quick enough to look live, and a quarter of the picture's own rate.
INTERVAL_MS = 125

ALL = -1

#: Rows below a person's expressions that make the dock taller, and by how much.
_MOST_SURE, _ROW_PX = 4, 22

#: Names, what is shown now, and a plot between them that tells something.
_GOOD_WIDTH_PX = 340


class _PlotPlace(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()

    def set_rows(self, below: int) -> None:
        """How many rows stand below each person's expressions: some of them have room at any height."""
        self._below = below
        self.updateGeometry()

    _below = 0

    def sizeHint(self) -> QSize:
        return QSize(600, self._theme.px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._theme.px(80) + min(self._below, _MOST_SURE) * self._theme.px(_ROW_PX))


class TimelineDock(LiveDock):
    """Called only from the GUI thread. The plot is made when the dock is first opened."""

    #: As of :class:`RowDragging`.
    merge_wanted = pyqtSignal(int, int)
    menu_wanted = pyqtSignal(int, QPoint)
    #: Other rows are shown below each person's expressions.
    measures_changed = pyqtSignal()

    def __init__(self, history: ExpressionHistory, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("timeline", QCoreApplication.translate("TimelineDock", "Timeline"), theme, parent)
        self._history = history
        self._theme = theme
        self._drawn_version = -1
        self._generation: int | None = None
        self.plot: TimelinePlot | None = None
        self.chooser = ChoiceBox()
        self.chooser.setMinimumContentsLength(6)
        self.chooser.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.chooser.setMinimumHeight(0)
        self.chooser.setAccessibleName(self.tr("Person shown"))
        self.chooser.setToolTip(self.tr("Show everyone, or one person enlarged"))
        self.chooser.addItem(self.tr("Everyone"), ALL)
        self.chooser.currentIndexChanged.connect(self._draw)
        self.measures: tuple[str, ...] = ()
        self._menu: RowsMenu | None = None
        self.rows_button = RowsButton()
        self.rows_button.clicked.connect(self.open_rows_menu)
        self.middle = HintAndLegend(theme)
        self.hint = self.middle.hint
        self.hint.setToolTip(
            self.tr(
                "Each column is a tenth of a second: the smoothed probabilities of the last frame displayed in it, "
                "stacked with neutral at the bottom; stripes where no expression is named. A thin line on top is the "
                "second model’s expression. The timeline stops while the picture does. If more people were seen than "
                "fit, make it taller or choose one person."
            )
            + " "
            + self.tr("A click on a strip opens the person’s menu; a strip dragged onto another merges the two.")
        )
        self.header.row.addWidget(self.chooser)
        self.header.row.addWidget(self.rows_button)
        self.header.row.addWidget(self.middle, 1)
        self._place = _PlotPlace(theme)
        layout = QVBoxLayout(self._place)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._place)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._draw_if_changed)

    @property
    def chosen(self) -> int:
        """The identity shown alone, or ``ALL``."""
        return int(self.chooser.currentData())

    def follow_source(self, generation: int) -> None:
        """Shows everyone again: identities do not carry over to another source."""
        if generation != self._generation:
            self._generation = generation
            self.chooser.setCurrentIndex(0)

    def open_rows_menu(self) -> None:
        """Above the button, with which rows are shown below each person's expressions."""
        self._menu = RowsMenu(self.measures, self.show_measures, self, self._history.own)
        self._menu.aboutToHide.connect(self._menu.deleteLater)
        corner = self.rows_button.mapToGlobal(QPoint(0, 0))
        self._menu.open_at(corner - QPoint(0, self._menu.sizeHint().height()))

    def show_measures(self, measures: tuple[str, ...]) -> None:
        """Of ``MEASURE_KEYS`` and of own expressions."""
        if measures != self.measures:
            self.measures = measures
            self._place.set_rows(len(measures))
            self._draw()
            self.measures_changed.emit()

    @property
    def good_width(self) -> int:
        return max(super().good_width, self._theme.px(_GOOD_WIDTH_PX))

    def set_theme(self, theme: Theme) -> None:
        """The plot gets the theme itself."""
        self._theme = theme

    def stop(self) -> None:
        self._timer.stop()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        if self.plot is None:
            from realtime_fer.gui.timeline.plot import TimelinePlot

            self.plot = TimelinePlot(self._history, self._theme)
            layout = self._place.layout()
            assert layout is not None
            layout.addWidget(self.plot)
            self.plot.dragging.merge_wanted.connect(self.merge_wanted)
            self.plot.dragging.menu_wanted.connect(self.menu_wanted)
            # While no picture comes, nothing else would draw the rows anew in their new places.
            self.plot.getViewBox().sigResized.connect(self._draw)
        self._draw()
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _draw_if_changed(self) -> None:
        if self._history.version != self._drawn_version:
            self._draw()

    def _draw(self) -> None:
        if self.plot is None:
            return
        self._drawn_version = self._history.version
        people = self._history.people()
        self._offer(people)
        shown = [self.chosen] if self.chosen != ALL else self._of_everybody(people)
        self.plot.show_people(shown, self.measures)
        self._say(len(people) - len(shown) if self.chosen == ALL else 0, bool(people))

    def _of_everybody(self, people: list[int]) -> list[int]:
        """The identities that fit: people in view first, then those seen last."""
        room = self.plot.room() if self.plot is not None else 1
        room = max(1, room // (1 + len(self.measures)))
        ranked = sorted(people, key=lambda identity: (self._history.away_steps(identity), identity))
        return sorted(ranked[:room])

    def _offer(self, people: list[int]) -> None:
        """The chosen person stays under the number that they were merged into."""
        chosen = self.chosen if self.chosen == ALL else self._history.shown_as(self.chosen)
        offer_people(self.chooser, ALL, people, chosen, self._title)

    def _title(self, identity: int) -> str:
        if identity == ALL:
            return self.tr("Everyone")
        label = self._history.label_of(identity)
        return self.tr("Person #{number}").format(number=identity) if label == f"#{identity}" else plain(label)

    def _say(self, hidden: int, anybody: bool) -> None:
        if not anybody:
            said = self.tr("No expressions in the last minute.")
        else:
            # The last ones go first where there is little room.
            parts = [self.tr("{count} not shown").format(count=hidden)] if hidden > 0 else []
            if self._history.comparison_model:
                parts.append(self.tr("line on top: {model}").format(model=self._history.comparison_model))
            rate = round(self._history.samples_a_second)
            parts.append(self.tr("1 sample/s") if rate == 1 else self.tr("{rate} samples/s").format(rate=rate))
            said = " · ".join(parts)
        self.middle.say(said, whole=not anybody)
