"""Opens the window: connects settings, engine and Qt. Imported only when a window opens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realtime_fer import assembly
from realtime_fer.core.cards.model_spec import one_line
from realtime_fer.core.errors import RealtimeFerError, SettingsError, SourceError
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.own_expressions.files import OwnNow
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import LiveSettings, Settings
from realtime_fer.core.settings.settings_file import SettingsKeeper, load_settings, save_settings
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.core.text.translation import Wording, join_sentences

if TYPE_CHECKING:
    from realtime_fer.commands.bench import BenchRequest
    from realtime_fer.core.frame import FrameResult
    from realtime_fer.core.sessions.recordings import RecordingReader
    from realtime_fer.gui.main_window import MainWindow
    from realtime_fer.gui.review.review_files import ReviewFiles
    from realtime_fer.runtime.engine import Engine
    from realtime_fer.vision.registry import ModelRegistry

NO_WINDOW_HINT = "Without one, 'make demo' or 'realtime-fer annotate demo -o demo.mp4' shows what the program does."


#: The first notice names at most this many cards that were left out.
_MOST_REFUSALS = 3


@cache
def _recording_reader() -> RecordingReader:
    from realtime_fer.report.listing import FolderOfRecordings

    return FolderOfRecordings()


def run_window(given: Mapping[str, Any]) -> int:
    """Shows the window until it is closed, and saves the settings whenever they change.

    Args:
        given: settings of the command line, by name. They hold for this run: what the person does not change in the
            window is not saved.

    Raises:
        RealtimeFerError: there is no display, or the source or the model does not exist.
    """
    path = assembly.settings_path()
    kept, sentence = load_settings(path)
    _refuse_early(given)
    keeper = SettingsKeeper(path, kept, given)
    code, chosen = show_window(keeper.first, sentence, mirror_first=bool(given.get("mirror")), keep=keeper.keep)
    try:
        keeper.keep(chosen, always=True)
    except SettingsError as error:
        say(f"realtime-fer: {error.sentence()}", error=True)
    return code


def _refuse_early(given: Mapping[str, Any]) -> None:
    """Refuses a source or model that does not exist before the window opens, in the terminal where it was typed."""
    # Opening a camera tells whether it is there.
    if "source" in given and not (request := request_of(given["source"])).is_camera:
        from realtime_fer.sources import source_for

        source_for(request)
    if "model" in given:
        from realtime_fer.vision.registry import ModelRegistry

        ModelRegistry().spec(given["model"])


def show_window(
    settings: Settings,
    sentence: str = "",
    mirror_first: bool = False,
    during: Callable[[MainWindow, Engine], None] | None = None,
    keep: Callable[[Settings], None] = lambda settings: None,
) -> tuple[int, Settings]:
    """Shows the window until it is closed; returns the exit code and the settings as the person left them.

    Args:
        sentence: shown as a notice at the start, or ''.
        during: called in the GUI thread once the window is open and the engine runs.
        keep: called in the GUI thread with the settings of the moment, once a second; raises SettingsError.

    Raises:
        RealtimeFerError: there is no display.
    """
    from realtime_fer.gui.qt_env import display_problem, install_excepthook

    problem = display_problem()
    if problem:
        raise RealtimeFerError(problem, NO_WINDOW_HINT)
    # These imports load cv2, which changes Qt's environment; create_application cleans it afterwards.
    from realtime_fer.gui.bridge import EngineBridge
    from realtime_fer.gui.launch import close_on_signals, create_application
    from realtime_fer.gui.main_window import MainWindow
    from realtime_fer.gui.timeline.preloading import PlotsPreloading
    from realtime_fer.gui.window_functions import WindowFunctions
    from realtime_fer.runtime.engine import Engine
    from realtime_fer.sources import list_cameras
    from realtime_fer.sources.audio.microphone import PortAudioDevices
    from realtime_fer.sources.thumbnails import read_thumbnail
    from realtime_fer.vision.classifiers.timing import time_shipped
    from realtime_fer.vision.registry import ModelRegistry

    live = LiveSettings(settings)
    application, appearance = create_application(
        ["realtime-fer"], settings.scale_percent, settings.language, settings.theme
    )
    registry = ModelRegistry()
    own = OwnNow()
    hub, outlets = assembly.build_outlets(lambda: OverlayStyle.of(live.now), lambda: own.slugs)
    triggers = assembly.build_triggers()

    def publish(result: FrameResult) -> None:
        hub.give(result)
        triggers.give(result)

    parts = assembly.build_engine_parts(settings, live, registry, publish, hub.mark, own=own)
    sound = PortAudioDevices()
    if settings.microphone:
        # The sound system takes a second to start, which a recording would lack.
        threading.Thread(target=sound.prepare, name="sound-start", daemon=True).start()
    bridge = EngineBridge()
    engine = Engine(parts, bridge)
    functions = WindowFunctions(
        list_cameras=lambda: [(str(camera.index), camera.name) for camera in list_cameras()],
        recordings_folder=assembly.recordings_folder,
        make_report=assembly.write_report,
        make_reader=_recording_reader,
        review_files=review_files(),
        read_thumbnail=read_thumbnail,
        time_models=lambda model_ids, stopped: time_shipped(model_ids, live.now.threads, stopped),
        keep=keep,
        sound=sound,
        outlets=outlets,
        resting_faces_folder=assembly.resting_faces_folder(),
        triggers=triggers,
        confirmed=assembly.confirmed_commands(),
        own=own,
        own_files=assembly.own_files(),
    )
    window = MainWindow(
        engine,
        bridge,
        settings=settings,
        model_specs=registry.specs(),
        functions=functions,
        appearance=appearance,
        live=live,
        mirror_first=mirror_first,
        start_sentence=join_sentences(sentence, _lost_comparison(settings, registry), *_left_out(registry)),
    )
    install_excepthook(window.show_fault)
    close_on_signals(window, window.finish_and_close)
    window.show()
    window.begin()
    preloading = PlotsPreloading(bridge)
    if during is not None:
        during(window, engine)
    try:
        code = application.exec_()
    finally:
        preloading.stop()
        engine.stop()
        outlets.stop()
        triggers.stop()
    return code, window.current_settings()


def review_files() -> ReviewFiles:
    """What the review window reads and writes."""
    from realtime_fer.gui.review.review_files import ReviewFiles
    from realtime_fer.review.measures import read_measures
    from realtime_fer.review.recording import read_recording
    from realtime_fer.sources import VideoFileSource

    return ReviewFiles(
        read=read_recording,
        save=assembly.save_corrections,
        claim=assembly.claim_review,
        open_film=VideoFileSource,
        report=assembly.write_report,
        export=assembly.export_recording,
        read_measures=read_measures,
    )


def run_review(folder: Path) -> int:
    """Shows the review of a recording, without the main window, until it is closed.

    Raises:
        RealtimeFerError: the folder is no recording, or there is no display.
    """
    from realtime_fer.gui.qt_env import display_problem, install_excepthook
    from realtime_fer.review.recording import refuse_without_table

    refuse_without_table(folder)
    problem = display_problem()
    if problem:
        raise RealtimeFerError(problem, "Without one, 'realtime-fer report' and 'realtime-fer export' work.")
    from realtime_fer.gui.launch import close_on_signals, create_application
    from realtime_fer.gui.review.review_window import ReviewWindow

    path = assembly.settings_path()
    settings, _ = load_settings(path)
    application, appearance = create_application(
        ["realtime-fer"], settings.scale_percent, settings.language, settings.theme
    )

    def keep_rows(rows: str) -> None:
        # As they are by now: the main window may have changed others.
        with suppress(SettingsError):
            save_settings(replace(load_settings(path)[0], review_rows=rows), path)

    files = replace(review_files(), rows=lambda: settings.review_rows, keep_rows=keep_rows)
    window = ReviewWindow(folder, files, appearance.theme)
    install_excepthook(window.show_fault)
    close_on_signals(window, window.close)
    window.show()
    window.begin()
    return application.exec_()


def _lost_comparison(settings: Settings, registry: ModelRegistry) -> str:
    """Says that the comparison model of the settings no longer exists, or ''. The engine tells it of the first."""
    word = settings.compare_model
    if not word or word in {spec.model_id for spec in registry.specs()}:
        return ""
    with suppress(RealtimeFerError):
        # It may be a file.
        registry.spec(word)
        return ""
    return Wording(
        "Window", "The comparison model '{model}' no longer exists; only one model runs.", model=one_line(word)
    )


def _left_out(registry: ModelRegistry) -> list[str]:
    """Says why cards were left out: a line for each of the first few, and one for the rest."""
    told, more = registry.refused[:_MOST_REFUSALS], len(registry.refused) - _MOST_REFUSALS
    if more > 0:
        told.append(
            Wording("Window", "{count} more cards are left out; 'realtime-fer models' lists each of them.", count=more)
        )
    return told


def bench_window(request: BenchRequest, *, seconds: float, timeline: bool, as_json: bool) -> int:
    """Plays a source at its own speed in the real window and prints what the window measured.

    ``first_picture_s`` runs from the start of this command to the first frame painted. Rates and latencies cover the
    last seconds, drops the whole run. ``timeline_share`` is the share of the GUI thread's time that the open timeline
    took.
    """
    from realtime_fer.commands.bench import peak_rss_mb
    from realtime_fer.gui.launch import call_later

    started = time.perf_counter()
    width, height = request.size
    settings = Settings(
        source=request.source.value,
        model=request.model,
        detector=request.detector or Settings.detector,
        threads=request.threads,
        width=width,
        height=height,
        fps=30,
        welcomed=True,
        timeline=timeline,
    )
    report: dict[str, object] = {}

    def during(window: MainWindow, engine: Engine) -> None:
        def finish() -> None:
            stats = engine.stats()
            report.update(
                first_picture_s=round(stats.first_painted_s - started, 3) if stats.first_painted_s else None,
                shown_fps=round(stats.shown_fps, 2),
                capture_fps=round(stats.capture_fps, 2),
                latency_ms={"median": round(stats.stage_ms["latency"], 2), "p95": round(stats.latency_p95_ms, 2)},
                stage_ms={name: round(ms, 2) for name, ms in stats.stage_ms.items() if name != "latency"},
                dropped=stats.dropped,
                undrawn=stats.undrawn,
                faces=stats.faces,
                degradation_step=stats.degradation_step,
                size=f"{stats.size[0]}x{stats.size[1]}",
            )
            plot = window.docks.timeline.plot
            if plot is not None:
                # Of one core, over the whole run: drawing the timeline and preparing its numbers.
                report["timeline_share"] = round(plot.busy_s / seconds, 4)
            window.close()

        call_later(seconds, finish)

    code, _ = show_window(settings, during=during)
    if report.get("first_picture_s") is None:
        raise SourceError(
            "{source} delivered no frame within {seconds} s.",
            source=shown_address(request.source.value),
            seconds=f"{seconds:g}",
        )
    report.update(
        seconds=seconds,
        peak_rss_mb=peak_rss_mb(),
        model=request.model,
        detector=settings.detector,
        source=shown_address(request.source.value),
        threads=request.threads,
    )
    if as_json:
        say_json(report)
    else:
        for name, value in report.items():
            say(f"  {name:<16} {value}")
    return code
