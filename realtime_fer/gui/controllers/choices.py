"""The current settings: keeps controls, dialog, engine and the threads that read settings in agreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtWidgets import QMainWindow, QWidget

from realtime_fer.core.enums import DetectorName, Privacy
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.core.settings import LiveSettings, Settings
from realtime_fer.core.settings.sections import OTHERS
from realtime_fer.core.settings.setting import Section
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.sound import SoundDevices
from realtime_fer.gui.controllers.model_choice import ModelChoice
from realtime_fer.gui.controllers.source_control import SourceControl
from realtime_fer.gui.dialogs.settings import APPLIED_ON_OK, LIVE_SECTIONS, OWN_SECTIONS, SettingsDialog
from realtime_fer.gui.dialogs.settings_edits import DialogEdits
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.runtime.engine import Engine

#: Settings that no control of the panel shows, beside those of the overlay and of other sections.
_KEPT = ("adapt_load", "blendshapes", "gaze")


class Choices(QObject):
    """The person's current choices. Called only from the GUI thread.

    Args:
        live: updated with each change, for the threads that make sources, models and recordings.
        mirror_first: mirrors the first source even if it is not a camera.
        sound: the microphones; None for none.
        make_live_page: what the dialog of live numbers shows below the switches.
    """

    #: The current settings, whenever one may have changed.
    published = pyqtSignal(object)

    def __init__(
        self,
        settings: Settings,
        live: LiveSettings,
        engine: Engine,
        window: QMainWindow,
        panel: ControlPanel,
        sources: SourceControl,
        models: ModelChoice,
        actions: WindowActions,
        appearance: Appearance,
        mirror_first: bool = False,
        sound: SoundDevices | None = None,
        make_live_page: Callable[[], QWidget | None] = lambda: None,
    ) -> None:
        super().__init__(window)
        self._sound, self._make_live_page = sound, make_live_page
        self._kept, self._live, self._engine, self._appearance = settings, live, engine, appearance
        self._window, self._panel, self._sources, self._models = window, panel, sources, models
        self._actions = actions
        self._dialogs: dict[Sequence[Section], SettingsDialog] = {}
        self._edits: dict[Sequence[Section], DialogEdits] = {}
        self._mirror_cameras, self._mirror_first = settings.mirror, mirror_first
        self._show_mirror(request_of(settings.source).is_camera)
        self._show_marks()
        appearance.set_scale(settings.scale_percent)
        self._set_on_top(settings.always_on_top)
        panel.options_changed.connect(self.apply_to_engine)
        panel.film.chosen.connect(lambda _: self.publish_settings())
        sources.opening.connect(self._source_opening)
        sources.opened.connect(self._source_opened)

    def current(self) -> Settings:
        """The settings of the start, as changed since; where a detector or model was refused, the one before it."""
        panel, models = self._panel, self._models
        return replace(
            self._kept,
            source=self._sources.remembered or self._kept.source,
            detector=DetectorName(models.wanted_detector or self._kept.detector),
            model=models.wanted_model or self._kept.model,
            compare_model=panel.compare.key,
            mirror=self._mirror_cameras,
            **panel.chosen(),
            scale_percent=self._appearance.theme.scale_percent,
            recent_sources=self._sources.recent.requests,
        )

    def keep_settings(self, **changed: Any) -> None:
        """Changes settings that no control of the window shows, by name."""
        self._kept = replace(self._kept, **changed)
        self.publish_settings()

    def publish_settings(self) -> None:
        """Gives the current settings to the threads that make sources, models and recordings, and to open dialogs."""
        now = self._live.now = self.current()
        self.published.emit(now)
        for sections, dialog in self._dialogs.items():
            self._edits[sections].record_other_changes(now)
            dialog.show_at_once(now)

    def apply_to_engine(self) -> None:
        """Gives the engine what the controls show."""
        if self._shows_camera:
            self._mirror_cameras = self._panel.mirror.isChecked()
        self._show_marks()
        self.publish_settings()
        options = replace(PipelineOptions.of(self._live.now), mirror=self._panel.mirror.isChecked())
        self._engine.set_options(options, may_degrade=self._kept.adapt_load)
        self._engine.want_blendshapes(self._kept.blendshapes)
        self._engine.want_gaze(self._kept.gaze)

    # The dialogs

    def open_dialog(self) -> None:
        """Opens the settings dialog, or raises it. It is not modal: the picture beside it shows each change at once.

        Cancel undoes what the dialog changed, not what keys and panel changed meanwhile.
        """
        self._open(OWN_SECTIONS)

    def open_live_dialog(self) -> None:
        """As ``open_dialog``, for the numbers to other programs."""
        self._open(LIVE_SECTIONS)

    def _open(self, sections: Sequence[Section]) -> None:
        if sections in self._dialogs:
            self._dialogs[sections].raise_()
        else:
            now = self.current()
            self._edits[sections] = DialogEdits(now)
            dialog = self._dialogs[sections] = SettingsDialog(
                now,
                self._appearance.theme,
                self._window,
                sections,
                self._sound,
                lambda: self._engine.sound_level,
                self._make_live_page() if sections == LIVE_SECTIONS else None,
            )
            dialog.previewed.connect(lambda name, value: self._preview(sections, name, value))
            dialog.accepted.connect(lambda: self._adopt(dialog.changed(APPLIED_ON_OK)))
            dialog.rejected.connect(lambda: self._take_back(sections))
            dialog.finished.connect(lambda _: self._forget_dialog(sections))
            dialog.open_beside(self._window)
        self._dialogs[sections].activateWindow()

    def leave_microphone(self) -> None:
        """An open dialog does not listen any more when a recording begins to."""
        for dialog in self._dialogs.values():
            dialog.leave_microphone()

    def close_dialogs(self) -> None:
        for dialog in list(self._dialogs.values()):
            dialog.reject()

    def _forget_dialog(self, sections: Sequence[Section]) -> None:
        del self._dialogs[sections]

    def _preview(self, sections: Sequence[Section], name: str, value: Any) -> None:
        """Applies one setting that a dialog changed; all others stay."""
        self._edits[sections].record_own_change(name, value)
        self._show_choice(name, value)

    def _take_back(self, sections: Sequence[Section]) -> None:
        """Undoes all that a dialog changed, except that no face becomes visible in a video being recorded."""
        for name, value in dict(self._edits[sections].before).items():
            if (name, value) != ("privacy", Privacy.OFF) or not self._engine.recording:
                self._show_choice(name, value)

    def _show_choice(self, name: str, value: Any) -> None:
        if name == "scale_percent":
            self._appearance.set_scale(value)
        elif name == "theme":
            self._kept = replace(self._kept, theme=value)
            self._appearance.set_choice(value)
        elif name == "always_on_top":
            self._set_on_top(value)
        elif name in _KEPT or name.startswith("overlay") or TABLE[name].section is OTHERS:
            self._kept = replace(self._kept, **{name: value})
        else:
            self._panel.show_choices(replace(self.current(), **{name: value}))
        self.apply_to_engine()

    def _adopt(self, changed: Mapping[str, Any]) -> None:
        self.keep_settings(**changed)
        if self._shows_camera and not changed.keys().isdisjoint(("width", "height", "fps")):
            self._sources.reopen()
        if "threads" in changed:
            self._engine.load_model(self.current().model)
            self._engine.load_comparison(self.current().compare_model)

    # The window

    def step_scale(self, steps: int) -> None:
        """Enlarges the interface by ``steps``, or shrinks it by negative ones; 0 restores the default."""
        scale = TABLE["scale_percent"]
        low, high = map(int, scale.limits)
        percent = self._appearance.theme.scale_percent + steps * int(scale.step) if steps else scale.default
        self._appearance.set_scale(min(high, max(low, percent)))
        self.publish_settings()

    def toggle_on_top(self) -> None:
        self._set_on_top(not self._kept.always_on_top)
        self.publish_settings()

    def _set_on_top(self, on_top: bool) -> None:
        self._kept = replace(self._kept, always_on_top=on_top)
        self._actions["on_top"].setChecked(on_top)
        flag = Qt.WindowType.WindowStaysOnTopHint
        if bool(self._window.windowFlags() & flag) == on_top:
            return
        handle = self._window.windowHandle()
        if handle is None:
            self._window.setWindowFlag(flag, on_top)
            return
        # QWidget.setWindowFlag would hide the window and create it again.
        self._window.overrideWindowFlags(self._window.windowFlags() ^ flag)
        handle.setFlag(flag, on_top)

    def _source_opening(self, request: SourceRequest) -> None:
        self._mirror_first = False
        self._show_mirror(request.is_camera)

    def _source_opened(self, request: SourceRequest) -> None:
        if request.is_camera != self._shows_camera:
            # 'auto' opened the demo, or a name turned out to be a camera's.
            self._show_mirror(request.is_camera)

    def _show_mirror(self, shows_camera: bool) -> None:
        self._shows_camera = shows_camera
        self._panel.mirror.setChecked(self._mirror_cameras if shows_camera else self._mirror_first)

    def _show_marks(self) -> None:
        self._actions["mirror"].setChecked(self._panel.mirror.isChecked())
