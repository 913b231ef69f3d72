"""Shows the recording: on the video, on its button and in the window's title."""

from __future__ import annotations

from PyQt5.QtWidgets import QAction, QWidget

from realtime_fer.core.enums import Film, Privacy
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.plain_text import plain_title
from realtime_fer.gui.widgets.titles import clock_duration, kept_words, live_words, sound_words


class RecordingDisplay:
    """Called only from the GUI thread.

    The video's content is settled when a recording begins; face privacy may change while it runs.
    """

    def __init__(self, window: QWidget, view: VideoView, panel: ControlPanel, action: QAction) -> None:
        self._window, self._view, self._panel, self._action = window, view, panel, action
        self._source = ""
        self._film = Film.ANNOTATED
        self._sound = self._live = ""
        self._title = ""
        self._seconds: float | None = None
        self.running = False
        self.show(None)

    def show_source(self, name: str) -> None:
        """What the window is about: a source's name, and what is the matter with it where something is."""
        self._source = name
        self._show_title(self._seconds)

    def begin(self, microphone: str = "") -> None:
        """Shows that a recording has begun, with the panel's choice of video, and the sound of ``microphone``."""
        self._film = Film(self._panel.film.key)
        self._sound = sound_words(microphone)
        self.running = True
        self.show(0.0)

    def show_live(self, is_on: bool, reaches_others: bool) -> None:
        """Whether numbers leave the program meanwhile, and this computer."""
        self._live = live_words(is_on, reaches_others)

    def lose_sound(self) -> None:
        self._sound = translate("Recording", "No sound: the microphone was lost")

    def end(self) -> None:
        self.running = False
        self.show(None)

    def show(self, seconds: float | None, gap_s: float = 0.0, sound_level: float | None = None) -> None:
        """How long it has run, and has had no new picture; None, and anything after ``end``, is no recording.

        Args:
            sound_level: how loud the microphone is, 0 to 1; None without sound.
        """
        if not self.running:
            seconds = None
        self._seconds = seconds
        kept = kept_words(self._film, Privacy(self._panel.privacy.key)) if seconds is not None else ""
        gap = translate("Recording", "No new frame for {time}").format(time=clock_duration(gap_s)) if gap_s else ""
        told = " · ".join(line for line in (self._live, gap) if line)
        self._view.set_recording(seconds, kept, told, self._sound, sound_level)
        self._panel.set_recording(seconds)
        self._panel.film.setEnabled(seconds is None)
        stop, start = translate("Recording", "Stop &recording"), translate("Recording", "Start &recording")
        self._action.setText(start if seconds is None else stop)
        self._show_title(seconds)

    def _show_title(self, seconds: float | None) -> None:
        clock = "" if seconds is None else f"● {translate('Recording', 'REC')} {clock_duration(seconds)}"
        title = " – ".join(part for part in (clock, self._source, "Realtime FER") if part)
        if title != self._title:
            self._title = title
            self._window.setWindowTitle(plain_title(title))
