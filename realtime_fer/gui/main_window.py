"""The main window: connects view, panel, menus, notices and status bar with an engine and does none of its work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QCloseEvent, QKeyEvent

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import LiveSettings, Settings
from realtime_fer.core.text.translation import join_sentences, said
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
from realtime_fer.gui.controllers.model_speeds import ModelSpeeds
from realtime_fer.gui.controllers.overlay_control import OverlayControl
from realtime_fer.gui.controllers.own_models import OwnModels
from realtime_fer.gui.controllers.source_control import SourceControl
from realtime_fer.gui.dialogs.folders import open_folder
from realtime_fer.gui.live.commands import live_commands
from realtime_fer.gui.live.control import LiveControl
from realtime_fer.gui.live_display import LiveDisplay
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.model_card.window import ModelCards
from realtime_fer.gui.model_wiring import connect_models
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.people.people_actions import PeopleActions
from realtime_fer.gui.people.resting_files import RestingFiles
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.player.volume import VolumeControl
from realtime_fer.gui.quitting import Quitting
from realtime_fer.gui.recordings.control import RecordingsControl
from realtime_fer.gui.recordings.report_control import ReportControl
from realtime_fer.gui.review.control import ReviewControl
from realtime_fer.gui.settings_saver import SettingsSaver
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.style.icons import window_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.surroundings import Surroundings
from realtime_fer.gui.teach.control import TeachControl
from realtime_fer.gui.triggers.control import TriggerControl
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.gui.window_frame import WindowFrame
from realtime_fer.gui.window_functions import WindowFunctions
from realtime_fer.gui.window_place import WindowPlace
from realtime_fer.runtime.engine import Engine


class MainWindow(WindowFrame):
    """The window with everything in it. Made, used and closed in the GUI thread.

    Args:
        engine: not started yet; ``begin`` starts it and closing the window stops it.
        bridge: the engine's listener.
        settings: the choices to begin with; ``current_settings`` gives them back as changed by then.
        functions: what it calls outside of itself.
        live: told the choices of the moment before a recording begins or a snapshot is taken.
        start_sentence: shown as a notice from the start, or ''.
        mirror_first: whether the first source is mirrored if it is no camera. The setting is for cameras: a video
            is seldom meant to be seen the wrong way round.
    """

    def __init__(
        self,
        engine: Engine,
        bridge: EngineBridge,
        *,
        settings: Settings,
        model_specs: Sequence[ModelSpec],
        functions: WindowFunctions,
        appearance: Appearance,
        live: LiveSettings | None = None,
        start_sentence: str = "",
        mirror_first: bool = False,
    ) -> None:
        super().__init__(appearance)
        self._engine, self._bridge = engine, bridge
        theme = appearance.theme
        self._functions = functions
        self._stopped = False
        self.setWindowIcon(window_icon())
        self.view = VideoView(engine.painted)
        self.notices = NoticeBar(theme, self.open_folder)
        self.own_models = OwnModels(model_specs, settings, self)
        model_specs = self.own_models.specs
        self.panel = ControlPanel(settings, model_specs, theme)
        self.speeds = ModelSpeeds(functions.time_models, self)
        self.cards = ModelCards(self, model_specs, theme)
        self.status = StatusBar(theme)
        self.setStatusBar(self.status)
        recent = settings.recent_sources
        self.sources = SourceControl(engine, self.view, self.panel.source, functions.list_cameras, recent, self)
        self.player = PlayerControl(engine, self.view, self.sources.set_paused, functions.read_thumbnail, theme, self)
        self.volume = VolumeControl(
            self.player.bar, engine.sound_position, functions.sound, settings.volume, settings.muted, theme, self
        )
        self.welcome = self.place_widgets(self.notices, self.player.area, self.panel)
        self.markers = MarkerControl(engine, self)
        self.docks = LiveDocks(self, self.dock_area, theme)
        self.panel_place.watch(self.docks.all)
        folder = self.current_recordings_folder
        self.reports = ReportControl(self, self.notices, functions.make_report)
        self.recordings = RecordingsControl(self, functions.make_reader, self.reports, folder, theme)
        review_files = replace(
            functions.review_files,
            rows=lambda: self.current_settings().review_rows,
            keep_rows=lambda rows: self.choices.keep_settings(review_rows=rows),
        )
        self.reviews = ReviewControl(self, review_files, folder, lambda: appearance.theme)
        self.recordings.open_review = self.reviews.open
        self.notices.review_wanted.connect(self.reviews.open)
        self.recordings.busy_checks.append(self.reviews.busy)
        self.models = ModelChoice(engine, self.notices, model_specs, self)
        self.actions_by_name = WindowActions(
            self, command_handlers(self, self), model_specs, self.models.choose_model, self.models.choose_detector
        )
        self.player.adopt(self.actions_by_name)
        self.player.tracks.open_request = self.sources.open_request
        self.volume.adopt(self.actions_by_name["mute"])
        self.actions_by_name.add_submenu(self.tr("Open &recent"), "demo", self.sources.recent.fill)
        self.recording = RecordingDisplay(self, self.view, self.panel, self.actions_by_name["record"])
        self.source_display = SourceDisplay(self.view, self.panel.source, self.notices, self.recording)
        self.analysis = AnalysisControl(
            engine, self.panel, self.view, self.notices, lambda: not self.sources.plays_file, self
        )
        self.people = PeopleActions(engine.people, self.notices, self, self.docks.history.in_view)
        self.resting_files = RestingFiles(engine, functions.resting_faces_folder, self)
        self.faces = FaceMenu(self.view, self.people, self.analysis, self.docks.history)
        self.events = EventDispatcher(self)
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
            functions.sound,
            lambda: self.live.make_page(),
        )
        kept = functions.own_files, functions.own, self.choices.keep_settings
        self.teach = TeachControl(self, engine, self.view, self.notices, appearance, *kept)
        # Before the live numbers, whose streams have channels for what is taught.
        self.choices.published.connect(self.teach.apply)
        commands = live_commands(self, engine)
        self.live = LiveControl(
            self,
            functions.outlets,
            self.status,
            self.notices,
            commands,
            self.choices.open_live_dialog,
            engine.add_marker,
        )
        self.triggers = TriggerControl(
            self,
            functions.triggers,
            functions.confirmed,
            settings,
            keep=self.choices.keep_settings,
            mark=engine.add_marker,
            handlers=commands,
            own=lambda: self.teach.titles,
            shows_own=lambda: self.teach.shown,
            history=self.docks.history,
            appearance=appearance,
            status=self.status,
            notices=self.notices,
        )
        self.teach.renamed.connect(self.triggers.follow_renamed)
        self.choices.published.connect(self.live.apply)
        self.live.reach_changed.connect(self.recording.show_live)
        self.live.reach_changed.connect(self.panel.show_live)
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
            own_names=lambda: self.teach.names,
            change_settings=self.choices.keep_settings,
            offers=Offers(self.open_folder, self.reports.open_page, self.reviews.open),
        )
        self.recordings.busy_checks.append(self.analyse.busy_with)
        self.quitting = Quitting(self, engine, self.analyse)
        self._display = LiveDisplay(engine, self.view, self.docks, self.player, self.status, self.recording, self)
        self._saver = SettingsSaver(functions.keep, self.current_settings, self.notices, self)
        self._connect()
        self._place = WindowPlace(self, self.dock_area, settings.window_geometry, settings.window_layout)
        self.surroundings = Surroundings(
            self, self._place, self.panel, self.status, self.docks, self.player, self.actions_by_name, settings.panel
        )
        self.docks.begin(self.actions_by_name, settings.timeline, settings.timeline_rows)
        self.view.setFocus()
        start_sentence = join_sentences(start_sentence, self.own_models.lost)
        if start_sentence:
            self.notices.show_notice(Notice("start", Severity.WARNING, said(start_sentence)))

    def _connect(self) -> None:
        self._bridge.view_arrived.connect(self._display.take_view)
        self._bridge.event_arrived.connect(self.events.dispatch)
        self._display.shown.connect(self.teach.take)
        self.sources.opening.connect(self.source_display.opening)
        self.sources.opening.connect(self.player.source_opening)
        self.sources.opening.connect(self.volume.source_opening)
        self.sources.opened.connect(self.volume.source_opened)
        self.player.speed_changed.connect(self.volume.set_speed)
        self.volume.changed.connect(lambda volume, muted: self.choices.keep_settings(volume=volume, muted=muted))
        self.sources.paused_changed.connect(self.player.pause_changed)
        parts = self.panel, self.actions_by_name, self.view, self.notices
        connect_models(self.models, self.own_models, self.speeds, self.cards, *parts)
        self.view.recording_dropped.connect(self.reviews.open)
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
            timeline_rows=self.docks.timeline_rows,
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
        self.choices.leave_microphone()
        self._engine.start_recording()

    def take_snapshot(self) -> None:
        self.choices.publish_settings()
        self._engine.take_snapshot()

    def current_recordings_folder(self) -> Path:
        return self._functions.recordings_folder(self.current_settings())

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
            self.quitting.stop_engine(self.view)
            self._bridge.close()
            self.live.stop()
            self.triggers.stop()
            self.choices.close_dialogs()
            self.people.close()
            self.teach.close()
            self.sources.finder.stop()
            self.speeds.stop()
            self.reports.stop()
            self.recordings.stop()
            self.reviews.stop()
            self.notices.clear()
        super().closeEvent(event)
