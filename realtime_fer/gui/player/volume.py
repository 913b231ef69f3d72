"""The sound of a file in the transport bar: mute and volume. Without sound or a loudspeaker there is no control."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QHBoxLayout, QSlider, QToolButton, QWidget

from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.sound import PlayedFile, SoundDevices
from realtime_fer.gui.player.bar.volume_entry import VolumeEntry
from realtime_fer.gui.player.transport_bar import TransportBar
from realtime_fer.gui.style import icons
from realtime_fer.gui.style.theme import Theme

logger = logging.getLogger(__name__)

_SLIDER_PX = 70
_STEP = 5


class VolumeWidget(QWidget):
    """A button that mutes, and a slider. It shows; :class:`VolumeControl` does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sound"))
        self.button = QToolButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setRange(0, 100)
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(4 * _STEP)
        self.slider.setAccessibleName(self.tr("Volume"))
        #: For a bar without room for the widget.
        self.entry = VolumeEntry(self.slider, self)
        self._is_silent = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.button)
        row.addWidget(self.slider)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        side = theme.px(18)
        self.button.setIconSize(QSize(side, side))
        self.slider.setFixedWidth(theme.px(_SLIDER_PX))
        self.entry.set_theme(theme)
        self.show_silent(self._is_silent)

    def show_silent(self, silent: bool) -> None:
        self._is_silent = silent
        self.button.setIcon(icons.volume_icon(self._theme.text, muted=silent))


class VolumeControl(QObject):
    """Plays the sound of the file that is open. Called only from the GUI thread.

    Args:
        position: as of ``SoundDevices.play_file``.
        sound: the loudspeaker; None for none.
        volume, muted: at first; percent.
    """

    #: Volume in percent, and whether it is muted, as a person chose it.
    changed = pyqtSignal(int, bool)

    _ready = pyqtSignal(object, object)

    def __init__(
        self,
        bar: TransportBar,
        position: Callable[[], float | None],
        sound: SoundDevices | None,
        volume: int,
        muted: bool,
        theme: Theme,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bar, self._position, self._sound = bar, position, sound
        self._played: PlayedFile | None = None
        self._opened = object()
        self._action: QAction | None = None
        self._is_muted, self._speed = muted, 1.0
        self.widget = VolumeWidget(theme)
        self.widget.hide()
        self.widget.slider.setValue(volume)
        self.widget.slider.valueChanged.connect(self._choose_volume)
        self._ready.connect(self._show_ready)

    def adopt(self, mute: QAction) -> None:
        """Takes the action of the menu. Called once."""
        self._action = mute
        mute.setChecked(self._is_muted)
        mute.setEnabled(False)
        self.widget.button.clicked.connect(mute.trigger)
        self._show()

    def source_opening(self, _request: SourceRequest) -> None:
        """Another source is being opened: nothing is heard."""
        self._opened = object()
        if self._played is not None:
            self._played.close()
            self._played = None
        self._set_available(False)

    def source_opened(self, request: SourceRequest) -> None:
        """A file's sound is heard as soon as it is read."""
        self.source_opening(request)
        if request.kind is Kind.FILE and request.path is not None and self._sound is not None:
            opened = self._opened
            self._played = self._sound.play_file(
                Path(request.path), self._position, lambda why: self._ready.emit(opened, why), self._volume
            )

    def set_speed(self, factor: float) -> None:
        """At another speed than the normal one nothing is heard."""
        self._speed = factor
        self._show()

    def toggle_mute(self) -> None:
        self._is_muted = not self._is_muted
        self._tell()

    def stop(self) -> None:
        """The window is closing: no thread is left."""
        self._opened, played = object(), self._played
        if played is not None:
            played.close()
            played.join(2.0)

    @property
    def _volume(self) -> float:
        return 0.0 if self._is_muted else self.widget.slider.value() / 100

    def _show_ready(self, opened: object, why: str | None) -> None:
        if opened is not self._opened:
            return
        if why:
            logger.warning("No sound: %s", why)
        self._set_available(why == "")

    def _set_available(self, available: bool) -> None:
        if self._action is not None:
            self._action.setEnabled(available)
        entries = [entry for entry in (self._action, self.widget.entry) if entry is not None]
        self._bar.set_sound(self.widget if available else None, entries)

    def _choose_volume(self, _value: int) -> None:
        # Who moves the slider wants to hear it.
        self._is_muted = False
        self._tell()

    def _tell(self) -> None:
        if self._played is not None:
            self._played.volume = self._volume
        self._show()
        self.changed.emit(self.widget.slider.value(), self._is_muted)

    def _show(self) -> None:
        at_speed, widget = self._speed == 1.0, self.widget
        if self._action is not None:
            self._action.setChecked(self._is_muted)
        widget.setEnabled(at_speed)
        widget.entry.setEnabled(at_speed)
        widget.show_silent(self._is_muted or not at_speed or not widget.slider.value())
        if at_speed:
            title = self.tr("Unmute") if self._is_muted else self.tr("Mute")
            key = (
                "" if self._action is None else self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            )
            tip = f"{title} ({key})" if key else title
        else:
            title = tip = self.tr("Sound plays at normal speed only")
        widget.button.setAccessibleName(title)
        widget.button.setToolTip(tip)
        percent = self.tr("Volume: {percent} %").format(percent=widget.slider.value())
        widget.slider.setToolTip(percent if at_speed else tip)
