"""A window over an engine that only notes what it is asked and says what the test tells it to say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QTimer
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.errors import ReviewError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.sessions.recordings import RecordingEntry
from realtime_fer.core.settings import Settings
from realtime_fer.gui.bridge import EngineBridge
from realtime_fer.gui.main_window import MainWindow
from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.gui.style.appearance import Appearance, nothing_collected
from realtime_fer.gui.window_functions import WindowFunctions
from realtime_fer.runtime.people import PeopleControl
from realtime_fer.runtime.rates import EngineStats
from tests.gui.outlets import FakeOutlets

SEVEN = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


class FakeEngine:
    """The engine's surface. ``calls`` holds (method, arguments) in order; nothing runs in a thread."""

    def __init__(self, listener: EngineBridge) -> None:
        self.listener = listener
        self.calls: list[tuple[Any, ...]] = []
        self.paused = False
        self.recording = False
        self.privacy = ""
        self.painted_results: list[FrameResult] = []
        self.next_stats = EngineStats()
        self.newest_s: float | None = None
        self.wanted_blendshapes: list[bool] = []
        self.wanted_gaze: list[bool] = []
        self.own_models: list[Any] = []
        self._view: FrameResult | None = None
        self.people = PeopleControl(
            listener.event,
            lambda key, apply: apply(),
            lambda identities: self.calls.append(("forget_people", sorted(identities))),
        )

    def __getattr__(self, name: str) -> Callable[..., None]:
        known = (
            "start",
            "stop",
            "open_source",
            "reopen_source",
            "replay",
            "load_model",
            "load_detector",
            "take_snapshot",
            "seek",
            "step",
            "show_picture",
            "set_speed",
            "set_looping",
        )
        if name == "want_blendshapes":
            return lambda wanted: self.wanted_blendshapes.append(wanted)
        if name == "want_gaze":
            return lambda wanted: self.wanted_gaze.append(wanted)
        if name == "use_own_expressions":
            return lambda model: self.own_models.append(model)
        if name not in (*known, "load_comparison", "learn_resting_faces", "forget_resting_faces"):
            raise AttributeError(name)
        return lambda *arguments: self.calls.append((name, *map(_plain, arguments)))

    def set_options(self, options: PipelineOptions, *, may_degrade: bool) -> None:
        self.may_degrade = may_degrade
        self.calls.append(("set_options", options.mirror, options.min_confidence, options.smoothing_s))
        self.privacy, self.sensitivity = options.privacy, options.sensitivity

    def set_paused(self, paused: bool) -> None:
        self.paused = paused
        self.calls.append(("set_paused", paused))

    def start_recording(self) -> None:
        self.recording = True
        self.calls.append(("start_recording",))

    def stop_recording(self) -> None:
        self.recording = False
        self.calls.append(("stop_recording",))

    def add_marker(self, text: str = "", at_s: float | None = None) -> None:
        self.calls.append(("add_marker", text, at_s))

    def put(self, result: FrameResult) -> None:
        self._view = result
        self.listener.view_ready()

    def take_view(self) -> FrameResult | None:
        result, self._view = self._view, None
        return result

    def painted(self, result: FrameResult, paint_ms: float = 0.0) -> None:
        self.painted_results.append(result)

    def stats(self) -> EngineStats:
        return self.next_stats

    def sound_position(self) -> float | None:
        return None

    @property
    def sound_level(self) -> float | None:
        return self.next_stats.sound_level


def _plain(argument: Any) -> Any:
    return argument.value if isinstance(argument, SourceRequest) else argument


def make_result(width: int = 64, height: int = 36, generation: int = 0, colour: int = 200) -> FrameResult:
    image = np.full((height, width, 3), colour, np.uint8)
    frame = Frame(image, 0, 0.0, source_generation=generation)
    return FrameResult(frame, Faces.empty(), SEVEN)


def make_spec(model_id: str, class_names: tuple[str, ...] = SEVEN) -> ModelSpec:
    return ModelSpec(
        model_id=model_id,
        name=f"Model {model_id.upper()}",
        path=Path(f"{model_id}.tflite"),
        sha256="",
        input=InputSpec(),
        class_names=class_names,
        crops={"mediapipe": CropSpec()},
        metrics={"PublicTest": {"accuracy": 0.672, "n": 3589}},
        dataset="FER2013",
    )


@pytest.fixture
def result_of() -> Callable[..., FrameResult]:
    return make_result


@pytest.fixture
def spec_of() -> Callable[..., ModelSpec]:
    return make_spec


class FakeReader:
    """Recordings that a test names, of no folder on disk. ``pictures`` counts the pictures asked for."""

    def __init__(self) -> None:
        self.listed: list[RecordingEntry] = []
        self.fault: OSError | None = None
        self.pictured: list[Path] = []

    def entries(self, folder: Path) -> Iterator[RecordingEntry]:
        if self.fault is not None:
            raise self.fault
        yield from list(self.listed)

    def completed(self, entry: RecordingEntry) -> RecordingEntry:
        return replace(entry, people=entry.people or 3, duration_s=entry.duration_s or 5.0)

    def picture(self, entry: RecordingEntry, most_px: int) -> Image | None:
        self.pictured.append(entry.folder)
        return np.full((9, 16, 3), 90, np.uint8) if entry.video is not None else None


def no_review_files() -> ReviewFiles:
    """Reads and writes nothing."""

    def refuse(*_: Any) -> Any:
        raise ReviewError("There is no recording.")

    return ReviewFiles(refuse, refuse, refuse, refuse, refuse, refuse)


class Stage:
    """A shown window with its fakes."""

    def __init__(
        self,
        qtbot: Any,
        folder: Path,
        settings: Settings,
        appearance: Appearance,
        start_sentence: str = "",
        mirror_first: bool = False,
        keep: Callable[[Settings], None] = lambda settings: None,
    ) -> None:
        self.bridge = EngineBridge()
        self.engine = FakeEngine(self.bridge)
        self.reported: list[Path] = []
        self.report_fault: Exception | None = None
        self.reader = FakeReader()
        self.outlets = FakeOutlets()
        self.cameras = [("0", "Desk Camera"), ("2", "Other Camera")]
        functions = WindowFunctions(
            list_cameras=lambda: self.cameras,
            recordings_folder=lambda _settings: folder,
            make_report=self.make_report,
            make_reader=lambda: self.reader,
            review_files=no_review_files(),
            read_thumbnail=lambda folder, name, side_px: np.full((side_px, side_px, 3), 90, np.uint8),
            keep=keep,
            outlets=self.outlets,
        )
        self.window = MainWindow(
            self.engine,  # type: ignore[arg-type]
            self.bridge,
            settings=settings,
            model_specs=[make_spec("a"), make_spec("b", (*SEVEN, "contempt"))],
            functions=functions,
            appearance=appearance,
            start_sentence=start_sentence,
            mirror_first=mirror_first,
        )
        self._qtbot = qtbot
        qtbot.addWidget(self.window)

    def make_report(self, session: Path) -> Path:
        self.reported.append(session)
        if self.report_fault is not None:
            raise self.report_fault
        return session / "report.html"

    def begin(self) -> None:
        self.window.show()
        with self._qtbot.waitSignal(self.window.sources.finder.found):
            self.window.begin()
        self._qtbot.waitExposed(self.window)
        self.engine.calls.clear()

    def say(self, event: Any) -> None:
        """An event from a thread of the engine's, delivered."""
        with self._qtbot.waitSignal(self.bridge.event_arrived):
            thread = threading.Thread(target=self.bridge.event, args=(event,))
            thread.start()
            thread.join()

    def show(self, result: FrameResult) -> None:
        """A result from the engine, painted."""
        before = len(self.engine.painted_results)
        self.engine.put(result)
        self._qtbot.waitUntil(lambda: len(self.engine.painted_results) > before)

    def press(self, key: Any, modifier: Any = None) -> None:
        target = QApplication.focusWidget() or self.window
        if modifier is None:
            self._qtbot.keyClick(target, key)
        else:
            self._qtbot.keyClick(target, key, modifier)


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """The dark theme at 100 %; undoes what a test changes of the application."""
    font, sheet, palette = qapp.font(), qapp.styleSheet(), qapp.palette()
    made = Appearance(qapp, dark=True)
    yield made
    made.setParent(None)  # type: ignore[call-overload]
    # Closed windows wait for an event loop that deletes them; until then each change below goes through all of them.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]
    with nothing_collected():
        qapp.setFont(font)
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)


@pytest.fixture
def make_stage(qtbot: Any, tmp_path: Path, appearance: Appearance) -> Iterator[Callable[..., Stage]]:
    """Windows that are closed afterwards, with no timer left running."""
    stages: list[Stage] = []

    def make(
        settings: Settings | None = None,
        start_sentence: str = "",
        first_page: bool = False,
        appearance: Appearance = appearance,
        mirror_first: bool = False,
        keep: Callable[[Settings], None] = lambda settings: None,
    ) -> Stage:
        # The first page was read, but where a test is about it.
        settings = replace(settings or Settings(model="a"), welcomed=not first_page)
        folder = tmp_path / "recordings"
        stages.append(Stage(qtbot, folder, settings, appearance, start_sentence, mirror_first, keep))
        return stages[-1]

    yield make
    for stage in stages:
        stage.window.finish_and_close()
        running = [timer for timer in stage.window.findChildren(QTimer) if timer.isActive()]
        assert not running, f"{len(running)} timers run on after the window was closed"


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    made = make_stage()
    made.begin()
    return made
