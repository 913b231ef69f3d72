"""The status bar: frame rate, times per stage, latency, faces, drops, recording."""

from __future__ import annotations

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from realtime_fer.core.text.numbers import decimal
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.titles import clock_duration
from realtime_fer.runtime.rates import EngineStats

_DISTANCE_PX = 8
_RECORDING_PX = 170
_STAGES = ("capture", "detect", "classify", "draw")


def _stage(stats: EngineStats, name: str) -> str:
    return decimal(stats.stage_ms[name]) if stats.has_frames and name in stats.stage_ms else "–"


class StatusBar(QStatusBar):
    """Shows EngineStats. In a narrow window the least important numbers hide first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        # It adapts to the window's width and never widens the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("StatusBar", "Status"))
        self.setContentsMargins(6, 0, 6, 0)
        self._widest: dict[QLabel, str] = {}
        self._items: list[QWidget] = []
        self.size_label = self._add("1920 × 1080", translate("StatusBar", "Resolution of the source, in pixels"))
        self.fps_label = self._add(
            translate("StatusBar", "30.0 fps"), translate("StatusBar", "Frames displayed per second")
        )
        self.stages_label = self._add(
            translate("StatusBar", "Capture 33.3 · Detect 13.3 · Classify 13.3 · Draw 13.3 ms"),
            translate(
                "StatusBar",
                "Milliseconds per stage: reading a frame, finding the faces, classifying the expressions, painting "
                "(median of the last seconds)",
            ),
        )
        self.latency_label = self._add(
            translate("StatusBar", "Latency 133 ms"),
            translate("StatusBar", "From capture to screen, 95th percentile"),
        )
        self.faces_label = self._add(
            translate("StatusBar", "Faces 10"), translate("StatusBar", "Faces in the current frame")
        )
        self.dropped_label = self._add(
            translate("StatusBar", "Dropped 1000"),
            translate(
                "StatusBar",
                "Frames skipped because this computer could not analyse them fast enough; this keeps the view live",
            ),
        )
        self.recording_label = QLabel()
        self.recording_label.hide()
        self.addPermanentWidget(self.recording_label)
        self.show_stats(EngineStats(has_frames=False))
        self.set_theme(theme)

    def _add(self, widest: str, tip: str) -> QLabel:
        label = QLabel(widest)
        label.setObjectName("quiet")
        label.setToolTip(tip)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        # A longer text than the widest expected one keeps its distance too.
        label.setContentsMargins(0, 0, _DISTANCE_PX, 0)
        self._widest[label] = widest
        self.addWidget(label)
        return label

    def set_theme(self, theme: Theme) -> None:
        self.recording_label.setStyleSheet(f"color: {theme.error}; font-weight: bold;")
        for label, widest in self._widest.items():
            # Wide enough for the longest text, so that the other labels do not shift with each number.
            label.ensurePolished()
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest) + _DISTANCE_PX)
        self._fit()

    def show_stats(self, stats: EngineStats) -> None:
        width, height = stats.size
        self.size_label.setText(f"{width} × {height}" if width else translate("StatusBar", "No picture"))
        self.fps_label.setText(f"{decimal(stats.shown_fps) if stats.has_frames else '–'} fps")
        capture, detect, classify, draw = (_stage(stats, name) for name in _STAGES)
        self.stages_label.setText(
            translate("StatusBar", "Capture {capture} · Detect {detect} · Classify {classify} · Draw {draw} ms").format(
                capture=capture, detect=detect, classify=classify, draw=draw
            )
        )
        self.latency_label.setText(
            translate("StatusBar", "Latency {latency_p95_ms:.0f} ms").format(latency_p95_ms=stats.latency_p95_ms)
            if stats.has_frames and stats.latency_p95_ms
            else translate("StatusBar", "Latency –")
        )
        self.faces_label.setText(translate("StatusBar", "Faces {faces}").format(faces=stats.faces))
        self.dropped_label.setText(
            translate("StatusBar", "Dropped {dropped}").format(dropped=stats.dropped if stats.has_frames else "–")
        )
        recording = stats.recording_s is not None
        if stats.recording_s is not None:
            lost = (
                translate("StatusBar", " · {unrecorded} dropped").format(unrecorded=stats.unrecorded)
                if stats.unrecorded
                else ""
            )
            self.recording_label.setText(
                translate("StatusBar", "● Recording {time}{lost}").format(
                    time=clock_duration(stats.recording_s), lost=lost
                )
            )
        self.recording_label.setVisible(recording)
        self._fit()

    def add_item(self, widget: QWidget) -> None:
        """Adds a widget at the right, hidden at first. Its owner calls ``fit`` when its width changes."""
        self._items.append(widget)
        self.insertPermanentWidget(len(self._widest), widget)
        widget.hide()

    def fit(self) -> None:
        """Shows as many numbers as there is room for."""
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        wanted = {label: max(label.minimumWidth(), label.sizeHint().width()) + 8 for label in self._ranked()}
        # Room for the recording, so that few numbers hide when it begins.
        needed = sum(wanted.values()) + _RECORDING_PX
        if not self.recording_label.isHidden():
            needed = max(needed, needed - _RECORDING_PX + self.recording_label.sizeHint().width() + 3 * _DISTANCE_PX)
        needed += sum(item.sizeHint().width() + 8 for item in self._items if not item.isHidden())
        for label, label_width in wanted.items():
            label.setVisible(needed <= width)
            if needed > width:
                needed -= label_width

    def _ranked(self) -> tuple[QLabel, ...]:
        """Least important first."""
        return (
            self.size_label,
            self.stages_label,
            self.dropped_label,
            self.latency_label,
            self.faces_label,
            self.fps_label,
        )
