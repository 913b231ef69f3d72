"""The main window: connects view, panel, menus, notices and status bar with an engine and does none of its work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QCloseEvent, QKeyEvent
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.recordings import MakeReader
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import LiveSettings, Settings
from realtime_fer.core.sound import SoundDevices
from realtime_fer.core.text.translation import join_sentences, said, translate
from realtime_fer.gui.analyse.control import AnalyseControl
from realtime_fer.gui.analyse.list_window import Offers
from realtime_fer.gui.bridge import EngineBridge
from realtime_fer.gui.controllers.analysis_control import AnalysisControl
from realtime_fer.gui.controllers.choices import Choices
from realtime_fer.gui.controllers.command_handlers import command_handlers
from realtime_fer.gui.controllers.events.dispatcher import EventDispatcher
from realtime_fer.gui.controllers.events.recording_display import RecordingDisplay
from realtime_fer.gui.controllers.events.source_display import SourceDisplay
from realtime_fer.gui.controllers.face_menu import FaceMenu
from realtime_fer.gui.controllers.live_docks import LiveDocks
from realtime_fer.gui.controllers.markers import MarkerControl
from realtime_fer.gui.controllers.model_choice import ModelChoice
from realtime_fer.gui.controllers.model_speeds import ModelSpeeds, TimeModels
from realtime_fer.gui.controllers.overlay_control import OverlayControl
from realtime_fer.gui.controllers.own_models import OwnModels
from realtime_fer.gui.controllers.source_control import SourceControl
from realtime_fer.gui.dialogs.folders import open_folder
from realtime_fer.gui.live_display import LiveDisplay
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.model_card.window import ModelCards
from realtime_fer.gui.model_wiring import connect_models
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.panel.source_box import ListCameras
from realtime_fer.gui.people.people_actions import PeopleActions
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.player.thumbnail_loader import ReadThumbnail
from realtime_fer.gui.player.volume import VolumeControl
from realtime_fer.gui.quitting import Quitting
from realtime_fer.gui.recordings.control import RecordingsControl
from realtime_fer.gui.recordings.report_control import MakeReport, ReportControl
from realtime_fer.gui.review.control import ReviewControl
from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.gui.settings_saver import SettingsSaver
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.style.icons import window_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.surroundings import Surroundings
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.gui.window_frame import WindowFrame
from realtime_fer.gui.window_place import WindowPlace
from realtime_fer.runtime.engine import Engine

logger = logging.getLogger(__name__)


class MainWindow(WindowFrame):
    """The window with everything in it. Made, used and closed in the GUI thread.

    Args:
        engine: not started yet; ``begin`` starts it and closing the window stops it.
        bridge: the engine's listener.
        settings: the choices to begin with; ``current_settings`` gives them back as changed by then.
        list_cameras: called in a thread of the window's own.
        recordings_folder: from the settings to the folder that is offered to be opened.
        make_report: from a recording's folder to its report; called in a thread of the window's own.
        make_reader: gives what reads recordings; called in threads of the window's own.
        review_files: what the review of a recording reads and writes.
        read_thumbnail: of one picture of a folder; called in a thread of the window's own.
        time_models: called in a thread of the window's own, when the list of models is opened.
        live: told the choices of the moment before a recording begins or a snapshot is taken.
        keep: called with the settings of the moment once a second, so that a kill loses none; raises SettingsError.
        start_sentence: shown as a notice from the start, or ''.
        mirror_first: whether the first source is mirrored if it is no camera. The setting is for cameras: a video
            is seldom meant to be seen the wrong way round.
        sound: the microphones; None for none.
    """

    def __init__(
        self,
        engine: Engine,
        bridge: EngineBridge,
        *,
        settings: Settings,
        model_specs: Sequence[ModelSpec],
        list_cameras: ListCameras,
        recordings_folder: Callable[[Settings], Path],
        make_report: MakeReport,
        make_reader: MakeReader,
        review_files: ReviewFiles,
        read_thumbnail: ReadThumbnail,
        appearance: Appearance,
        time_models: TimeModels = lambda model_ids, stopped: (),
        live: LiveSettings | None = None,
        keep: Callable[[Settings], None] = lambda settings: None,
        start_sentence: str = "",
        mirror_first: bool = False,
        sound: SoundDevices | None = None,
    ) -> None:
        super().__init__(appearance)
        self._engine, self._bridge = engine, bridge
        theme = appearance.theme
        self._recordings_folder = recordings_folder
        self._stopped = False
        self.setWindowIcon(window_icon())
        self.view = VideoView(engine.painted)
        self.notices = NoticeBar(theme, self.open_folder)
        self.own_models = OwnModels(model_specs, settings, self)
        model_specs = self.own_models.specs
        self.panel = ControlPanel(settings, model_specs, theme)
        self.speeds = ModelSpeeds(time_models, self)
        self.cards = ModelCards(self, model_specs, theme)
        self.status = StatusBar(theme)
        self.setStatusBar(self.status)
        self.sources = SourceControl(engine, self.view, self.panel.source, list_cameras, settings.recent_sources, self)
        self.player = PlayerControl(engine, self.view, self.sources.set_paused, read_thumbnail, theme, self)
        self.volume = VolumeControl(
            self.player.bar, engine.sound_position, sound, settings.volume, settings.muted, theme, self
        )
        self.welcome = self.place_widgets(self.notices, self.player.area, self.panel)
        self.markers = MarkerControl(engine, self)
        self.docks = LiveDocks(self, self.dock_area, theme)
        self.panel_place.watch(self.docks.all)
        self.reports = ReportControl(self, self.notices, make_report)
        self.recordings = RecordingsControl(self, make_reader, self.reports, self.current_recordings_folder, theme)
        self.reviews = ReviewControl(self, review_files, self.current_recordings_folder, lambda: appearance.theme)
        self.recordings.open_review = self.reviews.open
        self.notices.review_wanted.connect(self.reviews.open)
        self.recordings.busy_checks.append(self.reviews.busy)
        self.models = ModelChoice(engine, self.notices, model_specs, self)
        self.actions_by_name = WindowActions(
            self, command_handlers(self, self), model_specs, self.models.choose_model, self.models.choose_detector
        )
        self.player.adopt(self.actions_by_name)
        self.volume.adopt(self.actions_by_name["mute"])
        recent = self.sources.recent.fill
        self.actions_by_name.add_submenu(self.tr("Open &recent"), "demo", recent)
        self.recording = RecordingDisplay(self, self.view, self.panel, self.actions_by_name["record"])
        self.source_display = SourceDisplay(self.view, self.panel.source, self.notices, self.recording)
        self.analysis = AnalysisControl(engine, self.panel, self.view, self.notices, self)
        self.people = PeopleActions(engine.people, self.notices, self, self.docks.history.in_view)
        self.faces = FaceMenu(self.view, self.people, self.analysis, self.docks.history)
        self.events = EventDispatcher(
            view=self.view,
            panel=self.panel,
            notices=self.notices,
            recording=self.recording,
            source_display=self.source_display,
            sources=self.sources,
            models=self.models,
            own_models=self.own_models,
            analysis=self.analysis,
            docks=self.docks,
            recordings=self.recordings,
            player=self.player,
        )
        self.choices = Choices(
            settings,
            live or LiveSettings(settings),
            engine,
            self,
            self.panel,
            self.sources,
            self.models,
            self.actions_by_name,
            appearance,
            mirror_first,
            sound,
        )
        self.overlay = OverlayControl(self.view, self.choices, self.actions_by_name)
        self.analyse = AnalyseControl(
            self,
            self.notices,
            self.status,
            appearance,
            settings=self.current_settings,
            mirror=self.panel.mirror.isChecked,
            recordings_folder=self.current_recordings_folder,
            source=lambda: self.sources.running,
            specs=lambda: self.own_models.specs,
            change_settings=self.choices.keep_settings,
            offers=Offers(self.open_folder, self.reports.open_page, self.reviews.open),
        )
        self.recordings.busy_checks.append(self.analyse.busy_with)
        self.quitting = Quitting(self, engine, self.analyse)
        self._display = LiveDisplay(engine, self.view, self.docks, self.player, self.status, self.recording, self)
        self._saver = SettingsSaver(keep, self.current_settings, self.notices, self)
        self._connect()
        self._place = WindowPlace(self, self.dock_area, settings.window_geometry, settings.window_layout)
        self.surroundings = Surroundings(
            self,
            self._place,
            self.panel,
            self.status,
            self.docks,
            self.player,
            self.actions_by_name,
            panel_wanted=settings.panel,
        )
        self.docks.begin(self.actions_by_name["timeline"], self.actions_by_name["latency"], settings.timeline)
        self.view.setFocus()
        start_sentence = join_sentences(start_sentence, self.own_models.lost)
        if start_sentence:
            self.notices.show_notice(Notice("start", Severity.WARNING, said(start_sentence)))

    def _connect(self) -> None:
        self._bridge.view_arrived.connect(self._display.take_view)
        self._bridge.event_arrived.connect(self.events.dispatch)
        self.sources.opening.connect(self.source_display.opening)
        self.sources.opening.connect(self.player.source_opening)
        self.sources.opening.connect(self.volume.source_opening)
        self.sources.opened.connect(self.volume.source_opened)
        self.player.speed_changed.connect(self.volume.set_speed)
        self.volume.changed.connect(lambda volume, muted: self.choices.keep_settings(volume=volume, muted=muted))
        self.sources.paused_changed.connect(self.player.pause_changed)
        connect_models(
            self.models,
            self.own_models,
            self.speeds,
            self.cards,
            self.panel,
            self.actions_by_name,
            self.view,
            self.notices,
        )
        self.docks.timeline.menu_wanted.connect(self.faces.open_for)
        self.docks.timeline.merge_wanted.connect(self.people.merge)
        self.panel.record_pressed.connect(self.toggle_recording)
        self.panel.snapshot_pressed.connect(self.take_snapshot)
        self.panel.analyse_pressed.connect(self.analyse.open_dialog)
        for signal in (self.sources.opening, self.sources.opened):
            signal.connect(lambda request: self.panel.offer_analysis(request.path is not None))
        self.welcome.read.connect(self._welcomed)

    def begin(self) -> None:
        """Starts the engine with the settings' choices. Called once, after ``show``."""
        chosen = self.choices.current()
        self.choices.apply_to_engine()
        self._display.start()
        self._saver.start()
        self.sources.refresh_cameras()
        self._engine.start(request_of(chosen.source), chosen.detector, chosen.model, chosen.compare_model)
        if not chosen.welcomed:
            self.welcome.open()

    def current_settings(self) -> Settings:
        """The settings that the window started with, with the person's changes."""
        return replace(
            self.choices.current(),
            timeline=self.docks.timeline_wanted,
            panel=self.surroundings.panel_wanted,
            own_models=self.own_models.remembered,
            window_geometry=self._place.geometry,
            window_layout=self._place.layout,
        )

    def show_fault(self, sentence: str) -> None:
        """For ``install_excepthook``."""
        self.notices.show_notice(Notice("program", Severity.ERROR, sentence))

    def _welcomed(self) -> None:
        self.choices.keep_settings(welcomed=True)
        self.welcome.hide()
        self.view.setFocus()

    # Keeping

    def toggle_recording(self) -> None:
        if self._engine.recording:
            self._engine.stop_recording()
        else:
            self.analyse.ask_before_recording(self._start_recording)

    def _start_recording(self) -> None:
        self.notices.dismiss("recording")
        self.choices.publish_settings()
        self._engine.start_recording()

    def take_snapshot(self) -> None:
        self.choices.publish_settings()
        self._engine.take_snapshot()

    def current_recordings_folder(self) -> Path:
        return self._recordings_folder(self.current_settings())

    def open_review(self, folder: Path) -> None:
        """Opens the window that reviews the recording in ``folder``."""
        self.reviews.open(folder)

    def open_folder(self, folder: Path) -> None:
        notice = open_folder(folder)
        if notice is not None:
            self.notices.show_notice(notice)

    # The window itself

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Escape leaves the full screen."""
        if event is not None and event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.surroundings.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """For cards opened from now on; open widgets get the theme themselves."""
        self.cards.theme = theme
        self.recordings.set_theme(theme)

    def finish_and_close(self) -> None:
        """Closes without a question, as a polite kill must; finishes a recording first."""
        self.quitting.finish_and_close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Asks while a recording runs; then stops everything, and finishes the recording before the window closes."""
        if event is not None and not self._stopped and self.quitting.asks_first():
            event.ignore()
            return
        self.quitting.close_question()
        if not self._stopped:
            self._stopped = True
            self.leave_theme_alone()
            self._place.remember()
            self._display.stop()
            self._saver.stop()
            self.docks.stop()
            self.panel_place.stop()
            self.analyse.stop()
            self.player.stop()
            self.volume.stop()
            if self._engine.recording or self.analyse.busy:
                self.view.set_state(
                    ViewState.CLOSING,
                    translate("MainWindow", "Finishing the recording…")
                    if self._engine.recording
                    else translate("MainWindow", "Finishing the analysis…"),
                    translate("MainWindow", "The window will close automatically."),
                )
                self.view.repaint()
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                self._engine.stop()
                self.analyse.join()
            finally:
                QApplication.restoreOverrideCursor()
            self._bridge.close()
            self.choices.close_dialog()
            self.people.close()
            self.sources.finder.stop()
            self.speeds.stop()
            self.reports.stop()
            self.recordings.stop()
            self.reviews.stop()
            self.notices.clear()
        super().closeEvent(event)
