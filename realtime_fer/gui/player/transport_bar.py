"""The bar under the picture of a file: play, steps, position, speed, loop. It folds where the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtGui import QIcon, QResizeEvent
from PyQt5.QtWidgets import (
    QAction,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.gui.player.action_words import key_of, title_of, with_key
from realtime_fer.gui.player.bar.elided_label import ElidedLabel
from realtime_fer.gui.player.bar.place_label import PlaceLabel
from realtime_fer.gui.player.bar.speed_button import SpeedButton
from realtime_fer.gui.player.position import picture_words, position_words, time_words
from realtime_fer.gui.player.seek_slider import SeekSlider
from realtime_fer.gui.style import icons
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.plain_text import plain

#: The narrowest slider beside the buttons, at 100 %; in a narrower bar it has a line of its own.
_SLIDER_PX = 150

#: The widest name of a picture beside the slider, at 100 %.
_NAME_PX = 190


class TransportBar(QWidget):
    """Shows where a file is and asks for other places. Called only from the GUI thread.

    Its buttons are actions of the window's menus: call ``adopt`` once with them.

    Attributes:
        slider: in milliseconds of a video, or numbers of pictures.
        sound_row: for the controls of a file's sound; empty and without width where there are none.
    """

    #: The factor that a person chose.
    speed_chosen = pyqtSignal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Playback"))
        # It adapts to the window's width and never widens the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._actions: Mapping[str, QAction] = {}
        self._is_playing = True
        self._is_folder = False
        self._folded: tuple[QWidget, ...] = ()
        self.play = self._button()
        self.back, self.forward, self.loop, self.pictures = (self._button() for _ in range(4))
        self.slider = SeekSlider(theme)
        self.place = PlaceLabel()
        self.name = ElidedLabel()
        self.name.setObjectName("quiet")
        self.speed = SpeedButton(self)
        self.speed.chosen.connect(self.speed_chosen)
        self.more = self._button()
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(self.tr("More controls"))
        self.more.setAccessibleName(self.more.toolTip())
        self.more_menu = QMenu(self)
        self.more_menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(self.more_menu)
        self.sound_row = QHBoxLayout()
        self._sound_entries: Sequence[QAction] = ()
        self._gap = QWidget()
        self._lay_out()
        self.show_speed(1.0)
        self.set_theme(theme)

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._lower):
            row.setSpacing(2)
        for widget in (self.play, self.back, self.forward):
            self._lower.addWidget(widget)
        self._lower.addWidget(self.slider, 1)
        self._lower.addWidget(self.place)
        self._lower.addWidget(self.name)
        self._lower.addWidget(self._gap, 1)
        self._lower.addLayout(self.sound_row)
        for widget in (self.speed, self.loop, self.pictures, self.more):
            self._lower.addWidget(widget)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._upper)
        self._rows.addLayout(self._lower)
        controls = (self.play, self.back, self.forward, self.slider, self.speed, self.loop, self.pictures, self.more)
        for before, after in pairwise(controls):
            self.setTabOrder(before, after)
        # Otherwise Qt would widen the window for what is about to fold.
        self._rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)

    def adopt(self, actions: Mapping[str, QAction]) -> None:
        """Takes the window's actions by their names in the table of commands.

        Args:
            actions: 'pause', 'previous_frame', 'next_frame', 'loop', 'pictures', 'slower' and 'faster'.
        """
        self._actions = actions
        self.play.clicked.connect(actions["pause"].trigger)
        buttons = {
            "previous_frame": self.back,
            "next_frame": self.forward,
            "loop": self.loop,
            "pictures": self.pictures,
        }
        for name, button in buttons.items():
            actions[name].setIconVisibleInMenu(False)
            button.setDefaultAction(actions[name])
        self.slider.setEnabled(actions["next_frame"].isEnabled())
        actions["next_frame"].changed.connect(lambda: self.slider.setEnabled(actions["next_frame"].isEnabled()))
        self._paint_icons()
        self._name_buttons()
        self._fold()

    def set_sound(self, control: QWidget | None, entries: Sequence[QAction] = ()) -> None:
        """Shows the control of the file's sound, or takes it away.

        Args:
            entries: stand for it in the menu where it is folded away.
        """
        self._sound_entries = entries
        while (item := self.sound_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
        if control is not None:
            self.sound_row.addWidget(control)
        self._fold()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setStyleSheet(
            f"#transport {{ background: {theme.raised}; border-top: 1px solid {theme.border}; }}"
            # One width for each button: the style sheet's own padding would clip large text.
            "#transport QToolButton::menu-indicator { image: none; width: 0; }"
        )
        side = theme.px(18)
        for button in (self.play, self.back, self.forward, self.loop, self.pictures, self.more):
            button.setIconSize(QSize(side, side))
        self._rows.setContentsMargins(theme.px(8), theme.px(3), theme.px(8), theme.px(3))
        self._paint_icons()
        self._measure()

    def _paint_icons(self) -> None:
        colour = self._theme.text
        self.play.setIcon(icons.pause_icon(colour) if self._is_playing else icons.play_icon(colour))
        self.more.setIcon(icons.more_icon(colour))
        if self._actions:
            self._actions["previous_frame"].setIcon(icons.step_icon(colour, forward=False))
            self._actions["next_frame"].setIcon(icons.step_icon(colour, forward=True))
            self._actions["loop"].setIcon(self._loop_icon())
            self._actions["pictures"].setIcon(icons.grid_icon(colour))

    def _loop_icon(self) -> QIcon:
        """In the accent's colour while it is on: a pressed button alone is hard to see."""
        return icons.loop_icon(self._theme.accent if self._actions["loop"].isChecked() else self._theme.text)

    def show_loop(self) -> None:
        """Shows whether the action 'loop' is checked."""
        self._actions["loop"].setIcon(self._loop_icon())

    def _name_buttons(self) -> None:
        """Tooltips with keys, and names for screen readers."""
        for name, button in (
            ("previous_frame", self.back),
            ("next_frame", self.forward),
            ("loop", self.loop),
            ("pictures", self.pictures),
        ):
            said = with_key(title_of(self._actions[name]), self._actions[name])
            self._actions[name].setToolTip(said)
            button.setAccessibleName(title_of(self._actions[name]))
        self.set_playing(self._is_playing)

    # What it shows

    def set_playing(self, playing: bool) -> None:
        self._is_playing = playing
        said = self.tr("Pause") if playing else self.tr("Play")
        self.play.setAccessibleName(said)
        self.play.setToolTip(with_key(said, self._actions.get("pause")))
        self.play.setIcon((icons.pause_icon if playing else icons.play_icon)(self._theme.text))

    def set_folder(self, is_folder: bool) -> None:
        """Whether steps are pictures and not frames; after the actions' texts were changed for it."""
        self._is_folder = is_folder
        self._name_buttons()
        self._fold()

    def show_speed(self, factor: float) -> None:
        keys = ", ".join(key_of(self._actions[name]) for name in ("slower", "faster")) if self._actions else ""
        self.speed.show_speed(factor, keys)

    def show_time(self, t_s: float, duration_s: float | None) -> None:
        last_s = t_s if duration_s is None else duration_s
        words = position_words(t_s, duration_s), time_words(t_s)
        if self.place.tell(words, (position_words(last_s, duration_s), time_words(last_s)), self._theme):
            self._fold()

    def show_picture(self, index: int, count: int, name: str) -> None:
        said, longest = picture_words(index, count), picture_words(count - 1, count)
        if self.place.tell((said, said), (longest, longest), self._theme):
            self._fold()
        self.name.set_words(plain(name))

    # Folding

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fold()

    def _measure(self) -> None:
        for widget in (self.place, self.name):
            widget.ensurePolished()
        self.speed.measure(self._theme)
        self.name.setMaximumWidth(self._theme.px(_NAME_PX))
        self._fold()

    def _wanted(self) -> list[QWidget]:
        """Beside the slider, in order of importance; what is folded away stands last."""
        always: list[QWidget] = [self.play, self.place]
        steps: list[QWidget] = [self.back, self.forward]
        sound = [
            item.widget() for item in map(self.sound_row.itemAt, range(self.sound_row.count())) if item is not None
        ]
        kept = [*always, *steps, *([self.name] if self._is_folder else []), *(widget for widget in sound if widget)]
        return [*kept, *([self.pictures] if self._is_folder else []), self.speed, self.loop]

    def _width_of(self, widgets: Sequence[QWidget]) -> int:
        def width(widget: QWidget) -> int:
            if widget is self.name:
                return self._theme.px(90)
            if widget is self.place:
                return self.place.room_px
            return max(widget.sizeHint().width(), widget.minimumWidth())

        return sum(width(widget) + self._lower.spacing() for widget in widgets)

    def _fold(self) -> None:
        """Shows what there is room for: one line, if need be without speed and loop, or else two."""
        wanted, margins = self._wanted(), self._rows.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        beside = width - self._theme.px(_SLIDER_PX)
        self.place.set_short(False)
        shown = self._fitting(wanted, beside, at_least=len(wanted) - 2)
        in_two = self._width_of([*shown, *([self.more] if shown != wanted else [])]) > beside
        if in_two:
            shown = self._fitting(wanted, width, at_least=2)
            if self.forward not in shown:
                # Steps are worth more than the duration, and one alone is none.
                self.place.set_short(True)
                shown = self._fitting(wanted, width, at_least=2)
                shown = [widget for widget in shown if widget is not self.back or self.forward in shown]
        self._folded = tuple(widget for widget in wanted if widget not in shown)
        for widget in (self.back, self.forward, self.name, self.pictures, self.speed, self.loop, *wanted):
            widget.setVisible(widget in shown)
        self.more.setVisible(bool(self._folded))
        self._gap.setVisible(in_two)
        if in_two != (self._upper.count() > 0):
            if in_two:
                self._upper.addWidget(self.slider)
            else:
                self._lower.insertWidget(3, self.slider, 1)
            self.updateGeometry()

    def _fitting(self, wanted: list[QWidget], width: int, at_least: int) -> list[QWidget]:
        """As many of the first as fit into ``width`` together with the button for the rest; ``at_least`` so many."""
        shown = list(wanted)
        while len(shown) > at_least:
            if self._width_of([*shown, *([self.more] if len(shown) < len(wanted) else [])]) <= width:
                break
            del shown[-1]
        return shown

    def _fill_more(self) -> None:
        self.more_menu.clear()
        names = {
            self.back: "previous_frame",
            self.forward: "next_frame",
            self.pictures: "pictures",
            self.loop: "loop",
        }
        for widget in self._folded:
            if widget is self.speed:
                self.more_menu.addMenu(self.speed.speeds)
            elif widget in names:
                self.more_menu.addAction(self._actions[names[widget]])
            elif self.sound_row.indexOf(widget) >= 0:
                self.more_menu.addActions(self._sound_entries)
