"""What the player's keys, menu and bar do, and what they show of the file that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QAction, QWidget

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.menus import PLAYBACK_COMMANDS, WindowActions, playback_title
from realtime_fer.gui.player.folder_pictures import FolderPictures
from realtime_fer.gui.player.moments import Moments
from realtime_fer.gui.player.open_file import OpenFile
from realtime_fer.gui.player.picture_area import PictureArea
from realtime_fer.gui.player.position import SPEEDS, picture_words, position_words
from realtime_fer.gui.player.seeking import Seeking
from realtime_fer.gui.player.thumbnail_loader import ReadThumbnail
from realtime_fer.gui.player.track_choice import TrackChoice
from realtime_fer.gui.player.transport_bar import TransportBar
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import MarkerAdded, SourceOpened

#: How far the keys go: in seconds of a video, and in pictures of a folder.
JUMPS = {"back": (-5, -1), "ahead": (5, 1), "back_second": (-1, -1), "ahead_second": (1, 1)}
LONG_JUMPS = {"back_minute": (-60, -10), "ahead_minute": (60, 10)}

#: A video that plays is so soon behind the marker that it was sent to.
_AT_MARKER_MS = 1000


class PlayerControl(QObject):
    """Called only from the GUI thread.

    Args:
        set_paused: pauses the engine and shows it; ``pause_changed`` is to be called then.
        read_thumbnail: called in a thread of the window's own.

    Attributes:
        bar: under the picture while a file or folder is open.
        area: the picture together with the bar.
        file: what is open; None for a camera, the demo or a single picture.
        tracks: which video track of the file is read.
    """

    #: The speed that files play at from now on.
    speed_changed = pyqtSignal(float)

    def __init__(
        self,
        engine: Engine,
        view: VideoView,
        set_paused: Callable[[bool], None],
        read_thumbnail: ReadThumbnail,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._engine, self._view = engine, view
        self._set_paused = set_paused
        self.bar = TransportBar(theme)
        self.area = PictureArea(view, self.bar)
        self.file: OpenFile | None = None
        self._actions: WindowActions | None = None
        self._moments = Moments()
        self.tracks = TrackChoice()
        self._seeking = Seeking(engine.seek, self)
        self._t_s, self._picture = 0.0, 0
        self._speed = 1.0
        self._is_step = False
        self._pictures = FolderPictures(window, read_thumbnail, self.show_picture)
        self.bar.slider.words_at = lambda value: "" if self.file is None else self.file.words_at(value)
        self.bar.slider.wanted.connect(self._go_to_value)
        self.bar.speed_chosen.connect(self.set_speed)
        view.state_changed.connect(self._follow_state)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does, by its name."""
        jumps = {**JUMPS, **LONG_JUMPS}
        return {
            **{name: partial(self._jump, *by) for name, by in jumps.items()},
            "previous_frame": lambda: self.step(-1),
            "next_frame": lambda: self.step(1),
            "beginning": lambda: self._go_to_value(0),
            "end": lambda: self._go_to_value(self.bar.slider.maximum()),
            "previous_marker": lambda: self._go_to_marker(-1),
            "next_marker": lambda: self._go_to_marker(1),
            "slower": lambda: self._change_speed(-1),
            "faster": lambda: self._change_speed(1),
            "usual_speed": lambda: self.set_speed(1.0),
            "loop": self._follow_loop,
            "pictures": self.open_pictures,
            "next_track": lambda: self.tracks.choose_next(self._t_s),
        }

    def adopt(self, actions: WindowActions) -> None:
        """Takes the actions of the menu. Called once."""
        self._actions = actions
        self.bar.adopt({name: actions[name] for name in ("pause", *PLAYBACK_COMMANDS)})
        actions.add_submenu(
            translate("Player", "Video trac&k"),
            "next_track",
            lambda menu: self.tracks.fill(menu, actions["next_track"], lambda: self._t_s),
            takes=("next_track",),
        )
        self._show_file()

    def action(self, name: str) -> QAction | None:
        return None if self._actions is None else self._actions[name]

    # Events

    def source_opening(self, request: SourceRequest) -> None:
        """Another source is being opened: nothing can be gone to until it is known."""
        self._seeking.forget()
        self._pictures.close()
        self.tracks.forget()
        self.file = None
        self._show_file(keeps_bar=request.path is not None and self.bar.isVisibleTo(self.area))

    def source_opened(self, event: SourceOpened) -> None:
        """Shows the bar for what has places to go to."""
        kind, names = event.request.kind, tuple(event.picture_names)
        is_file = kind in (Kind.FILE, Kind.FOLDER, Kind.ADDRESS) or len(names) > 1
        self._seeking.forget()
        self.file = None
        if is_file and not event.is_live:
            several = len(event.tracks) > 1
            self.file = OpenFile(event.request.value, event.duration_s, event.is_seekable, names, several)
        self._t_s, self._picture = 0.0, 0
        self._show_file()
        return_to_s = self.tracks.source_opened(event)
        if return_to_s:
            self.seek(return_to_s)

    def source_ended(self) -> None:
        """Everything was played."""
        self._seeking.forget()
        file = self.file
        if file is not None and file.duration_s is not None and not file.is_folder:
            self._t_s = file.duration_s
            self._show_position()

    def take(self, result: FrameResult) -> None:
        """Follows a result that the view has taken."""
        file, frame = self.file, result.frame
        if file is None or self._view.shown is not result:
            return
        if file.is_folder:
            self._picture = min(max(frame.picture_index or 0, 0), len(file.names) - 1)
        elif frame.media_time_s is not None:
            self._moments.note(frame.timestamp_s, round(frame.media_time_s * 1000), file.key)
            if not self._seeking.take(frame.jumps):
                return
            if self._view.state is not ViewState.ENDED:
                self._t_s = frame.media_time_s
        if file.is_folder:
            self._moments.note(frame.timestamp_s, self._picture, file.key)
        self._show_position()

    def marker_added(self, event: MarkerAdded) -> None:
        self._moments.add_marker(event.time_s, translate("Player", "Marker: {text}").format(text=event.text))
        self._show_marks()

    def pause_changed(self, paused: bool) -> None:
        """A pause begins or ends."""
        file = self.file
        if paused and not self._is_step and file is not None and self._view.state is ViewState.LIVE:
            value = self._picture if file.is_folder else round(self._t_s * 1000)
            self._moments.add_pause(value, translate("Player", "Paused here"), file.key, file.is_folder)
            self._show_marks()
        self._follow_state()

    def _follow_state(self) -> None:
        self.bar.set_playing(not self._engine.paused and self._view.state not in (ViewState.ENDED, ViewState.RETRYABLE))

    # Commands

    def step(self, frames: int) -> None:
        """One frame or picture on or back; pauses, since nobody could see one frame of a running video."""
        file = self.file
        if file is None or (file.is_folder and not 0 <= self._picture + frames < len(file.names)):
            return
        self._seeking.forget()
        self._revive(paused=True)
        self._engine.step(frames)
        self.area.reveal()

    def _jump(self, seconds: int, pictures: int) -> None:
        file = self.file
        if file is None:
            return
        if file.is_folder:
            # A step leaves out pictures that cannot be read, in its own direction.
            (self.step if abs(pictures) == 1 else self._show_further)(pictures)
            return
        at_s = self._t_s if self._seeking.target_s is None else self._seeking.target_s
        self.seek(at_s + seconds)

    def _show_further(self, pictures: int) -> None:
        self.show_picture(self._picture + pictures)

    def seek(self, t_s: float) -> None:
        """Goes to a time of the video, within its bounds, and plays on from there unless it is paused."""
        file = self.file
        if file is None or not file.is_seekable:
            return
        t_s = max(0.0, t_s if file.duration_s is None else min(t_s, file.duration_s))
        self._revive()
        self._t_s = t_s
        self._seeking.ask(t_s)
        self._show_position()
        self.area.reveal()

    def show_picture(self, index: int) -> None:
        """Shows one picture of the folder and pauses there, since a folder goes on after a second."""
        file = self.file
        if file is None or not file.is_folder:
            return
        self._picture = min(max(index, 0), len(file.names) - 1)
        self._revive(paused=True)
        self._engine.show_picture(self._picture)
        self._show_position()
        self.area.reveal()

    def _revive(self, paused: bool = False) -> None:
        """An ended file is looked at again; ``paused``: it is paused too."""
        if self._view.state is ViewState.ENDED:
            self._view.set_state(ViewState.LIVE)
        if paused:
            self._pause_to_look()

    def _pause_to_look(self) -> None:
        """A pause that comes with a step: no tick is made of it."""
        if not self._engine.paused:
            self._is_step = True
            self._set_paused(True)
            self._is_step = False

    def _go_to_value(self, value: int) -> None:
        """A value of the slider: milliseconds, or the number of a picture."""
        file = self.file
        if file is None:
            return
        if file.is_folder:
            self.show_picture(value)
        else:
            self.seek(value / 1000)

    def _go_to_marker(self, direction: int) -> None:
        """The nearest marker of the file in this direction; just behind one, back means the one before it."""
        file = self.file
        if file is None:
            return
        at, slack = (self._picture, 0) if file.is_folder else (round(self._t_s * 1000), _AT_MARKER_MS)
        values = sorted(mark.value for mark in self._moments.of(file.key) if not mark.is_pause)
        if direction > 0:
            found = [value for value in values if value > at]
        else:
            found = [value for value in reversed(values) if value < at - (0 if self._engine.paused else slack)]
        if found:
            self._go_to_value(found[0])

    def set_speed(self, factor: float) -> None:
        self._speed = factor
        self._engine.set_speed(factor)
        self.bar.show_speed(factor)
        self.speed_changed.emit(factor)
        self.area.reveal()

    def _change_speed(self, by: int) -> None:
        at = SPEEDS.index(self._speed) if self._speed in SPEEDS else SPEEDS.index(1.0)
        self.set_speed(SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)])

    @property
    def _is_looping(self) -> bool:
        action = self.action("loop")
        return action is not None and action.isChecked()

    def _follow_loop(self) -> None:
        self._engine.set_looping(self._is_looping)
        self.bar.show_loop()
        self.area.reveal()

    # Pictures of a folder

    def open_pictures(self) -> None:
        """Opens the thumbnails of the folder, to choose one; pauses, or the next picture would interrupt the choice."""
        file = self.file
        if file is None or not file.is_folder:
            return
        if not self._engine.paused and self._view.state is ViewState.LIVE:
            self._pause_to_look()
        self._pictures.open(file, self._picture)

    def stop(self) -> None:
        """The window is closing: no thread and no timer is left."""
        self._pictures.close()
        self._seeking.forget()
        self.area.stop()

    # Showing

    def _show_file(self, keeps_bar: bool = False) -> None:
        """Bar and menu for what is open. ``keeps_bar``: until it is known, so that nothing flickers."""
        file, slider = self.file, self.bar.slider
        self._enable()
        if file is None:
            slider.set_marks(())
            self._view.set_position("")
            self.area.set_bar_wanted(keeps_bar)
            return
        slider.setRange(0, file.last_value)
        slider.setSingleStep(1 if file.is_folder else 1000)
        slider.setPageStep(10 * slider.singleStep())
        self.bar.set_folder(file.is_folder)
        self._show_marks()
        self._show_position()
        self._follow_state()
        self.area.set_bar_wanted(True)

    def _enable(self) -> None:
        """The menu offers what can be done with what is open, in its words."""
        if self._actions is None:
            return
        is_folder = self.file is not None and self.file.is_folder
        for name in PLAYBACK_COMMANDS:
            # Sound is another matter.
            if name != "mute":
                self._actions[name].setText(playback_title(name, of_pictures=is_folder))
                self._actions[name].setEnabled(self.file is not None and self.file.can(name))

    def _show_marks(self) -> None:
        self.bar.slider.set_marks(self._moments.of(self.file.key) if self.file is not None else ())

    def _show_position(self) -> None:
        file = self.file
        if file is None:
            return
        if file.is_folder:
            name = file.names[self._picture]
            self.bar.show_picture(self._picture, len(file.names), name)
            self.bar.slider.set_position(self._picture)
            self._view.set_position(f"{picture_words(self._picture, len(file.names))} · {name}")
            self._pictures.show_current(self._picture)
        else:
            self.bar.show_time(self._t_s, file.duration_s)
            self.bar.slider.set_position(round(self._t_s * 1000))
            if self._engine.paused:
                self.bar.slider.setAccessibleDescription(position_words(self._t_s, file.duration_s))
            self._view.set_position(position_words(self._t_s, file.duration_s))
