"""The latency panel: the time each stage takes, dropped frames, and how far the load is reduced."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from realtime_fer.core.text.numbers import decimal, significant
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dock_header import LiveDock, QuietLine
from realtime_fer.runtime.rates import EngineStats

#: Assumed where the source does not tell its frame rate.
USUAL_FPS = 30.0

#: Length of the bars in budgets; a mark shows where one budget ends.
_BUDGETS_SHOWN = 1.5

_SIDE_BY_SIDE_PX = 620

#: What the budget is for. Capture waits for the camera, and a picture may be on its way while the next is worked on.
_WORK = ("detect", "classify", "draw", "work")

#: What one thread does with each frame; another one paints.
_ANALYSIS = ("detect", "classify", "hide")


class BudgetBar(QWidget):
    """Milliseconds against the time budget, which a mark shows; beyond it the bar turns to the warning colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._ms, self._budget_ms, self._waiting = 0.0, 1000 / USUAL_FPS, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setMinimumWidth(theme.px(60))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(10))

    def show_ms(self, ms: float, budget_ms: float, waiting: bool = False) -> None:
        """``waiting``: the time is mostly waiting for the camera and no load, however long it is."""
        if (ms, budget_ms, waiting) != (self._ms, self._budget_ms, self._waiting):
            self._ms, self._budget_ms, self._waiting = ms, budget_ms, waiting
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        height = float(self._theme.px(9))
        place = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.fillRect(place, QColor(self._theme.border))
        share = min(1.0, self._ms / (self._budget_ms * _BUDGETS_SHOWN))
        over = self._ms > self._budget_ms and not self._waiting
        colour = QColor(self._theme.warning if over else self._theme.quiet if self._waiting else self._theme.accent)
        painter.fillRect(QRectF(place.left(), place.top(), place.width() * share, height), colour)
        limit = round(place.width() / _BUDGETS_SHOWN)
        painter.fillRect(QRectF(limit, place.top() - 2, 2, height + 4), QColor(self._theme.text))
        painter.end()


class LatencyPanel(QWidget):
    """Shows EngineStats. Called only from the GUI thread."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("panelContent")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Latency"))
        self._bars: dict[str, tuple[BudgetBar, QLabel]] = {}
        self._titles: dict[str, str] = {}
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (key, title, tip) in enumerate(
            (
                ("capture", self.tr("Capture"), self.tr("Reading a frame; for a camera, this includes waiting for it")),
                ("detect", self.tr("Detect"), self.tr("Finding and tracking the faces")),
                ("classify", self.tr("Classify"), self.tr("Cropping the faces and classifying their expressions")),
                ("work", self.tr("Processing"), self.tr("Detect, classify and hide faces combined")),
                ("draw", self.tr("Draw"), self.tr("Painting the frame and its overlay in the window")),
                (
                    "latency",
                    self.tr("Capture to screen"),
                    self.tr("From capture to screen, median"),
                ),
                ("p95", self.tr("95th percentile"), self.tr("95 % of the frames are on screen within this time")),
            )
        ):
            bar, value, name = BudgetBar(theme), QLabel(), QLabel(title)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            for column, widget in enumerate((name, bar, value)):
                widget.setToolTip(tip)
                grid.addWidget(widget, row, column)
            self._bars[key], self._titles[key] = (bar, value), title
        self.rates, self.drops, self.load = QLabel(), QLabel(), QLabel()
        self.rates.setToolTip(self.tr("Frames per second: the source’s nominal rate, delivered, displayed"))
        self.drops.setToolTip(
            self.tr("Frames skipped to keep the view live: before analysis, before display, and in the recording")
        )
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.rates, self.drops, self.load):
            label.setWordWrap(True)
            texts.addWidget(label)
        texts.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(12, 4, 12, 6)
        self._halves.setSpacing(4)
        self._halves.addLayout(grid)
        self._halves.addLayout(texts, 1)
        self.load.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.set_theme(theme)
        self.show_stats(EngineStats())

    def set_theme(self, theme: Theme) -> None:
        """Leaves room for the longest texts; the bars get the theme themselves."""
        self._theme = theme
        # Room for two lines: a dock does not grow with its text.
        self.load.setMinimumHeight(2 * self.load.fontMetrics().lineSpacing())
        # Room for the longest number, for the same reason.
        widest = self.load.fontMetrics().horizontalAdvance(self._in_words("work", 188.8, 88))
        for _, value in self._bars.values():
            value.setMinimumWidth(widest)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self._theme.px(330), 0))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        wide = self.width() > self._theme.px(_SIDE_BY_SIDE_PX)
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._halves.setStretch(0, int(wide))
        self._halves.setSpacing(self._theme.px(32) if wide else 4)

    def text_of(self, key: str) -> str:
        """The number beside a bar. ``key``: 'capture', 'detect', 'classify', 'draw', 'work', 'latency' or 'p95'."""
        return self._bars[key][1].text()

    def show_stats(self, stats: EngineStats) -> None:
        budget_ms = 1000 / (stats.asked_fps or USUAL_FPS)
        stages = dict(stats.stage_ms) if stats.has_frames else {}
        if stages:
            stages["work"] = sum(stages.get(key, 0.0) for key in _ANALYSIS)
            stages["p95"] = stats.latency_p95_ms
        for key, (bar, value) in self._bars.items():
            ms = stages.get(key, 0.0)
            bar.show_ms(ms, budget_ms, waiting=key not in _WORK)
            known = (key in stages and stats.shown_fps > 0) or ms > 0
            value.setText(self._in_words(key, ms, budget_ms) if known else "–")
        self.rates.setText(
            self.tr("fps: {asked} nominal, {given} delivered, {shown} displayed").format(
                asked=significant(stats.asked_fps, 3) if stats.asked_fps else "–",
                given=decimal(stats.capture_fps),
                shown=decimal(stats.shown_fps),
            )
        )
        self.drops.setText(
            self.tr(
                "Dropped: {dropped} before analysis, {undrawn} before display, {unrecorded} from the recording"
            ).format(
                dropped=stats.dropped if stats.has_frames else "–",
                undrawn=stats.undrawn if stats.has_frames else "–",
                unrecorded=stats.unrecorded,
            )
        )
        if stats.degradation_step:
            load = self.tr("Load reduced, step {step}: {words}").format(
                step=stats.degradation_step, words=stats.degradation_words
            )
        else:
            load = self.tr("Load not reduced")
        self.load.setText(load)
        said = [f"{title}: {self.text_of(key)}" for key, title in self._titles.items()]
        self.setAccessibleDescription(". ".join([*said, self.rates.text(), self.drops.text(), self.load.text()]))

    def _in_words(self, key: str, ms: float, budget_ms: float) -> str:
        if key == "work":
            return self.tr("{ms} of {budget} ms").format(ms=decimal(ms), budget=decimal(budget_ms, 0))
        return self.tr("{ms} ms").format(ms=decimal(ms))


class _PanelScroll(QScrollArea):
    """Scrolls vertically only, so it is never narrower than the panel."""

    def __init__(self, panel: LatencyPanel) -> None:
        super().__init__()
        self.setObjectName("panelScroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel = panel
        self.setWidget(panel)

    def _width(self) -> int:
        bar = self.verticalScrollBar()
        return self._panel.sizeHint().width() + (bar.sizeHint().width() if bar is not None else 0)

    def sizeHint(self) -> QSize:
        return QSize(self._width(), self._panel.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), super().minimumSizeHint().height())


class LatencyDock(LiveDock):
    """The latency panel in a dock at the bottom, beside the timeline if that is open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("latency", QCoreApplication.translate("LatencyDock", "Latency"), theme, parent)
        hint = QuietLine(self.tr("mark: time budget per frame"))
        self.header.row.addWidget(hint, 1)
        self.panel = LatencyPanel(theme)
        scroll = _PanelScroll(self.panel)
        self.setWidget(scroll)
