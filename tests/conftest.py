"""What all tests share: Qt without a screen, the real clips, and no thread left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

# Before anything imports Qt: windows of tests go nowhere. The end-to-end test sets its own for its child process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Importing cv2 points these at the Qt in OpenCV's wheel, and PyQt5 then aborts (opencv-python #736). Imported here
# once, so that no test decides by its imports whether another test's window can open.
import cv2  # noqa: F401
import pytest

for _variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    if "cv2" in Path(os.environ.get(_variable, "")).parts:
        del os.environ[_variable]

# Tests that run in the background ignore Ctrl-C, under nohup a closed terminal too, and so would the programs that they
# start. A child does not inherit a handler, and gets the default.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda number, frame: None)

CHECKOUT = Path(__file__).resolve().parents[1]
_SHARED_MODELS = CHECKOUT.parent / "shared" / "models"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def media_folder() -> Path:
    """The folder of real clips: ``REALTIME_FER_MEDIA``, or shared/media beside the checkout. Skips without one."""
    folder = Path(os.environ.get("REALTIME_FER_MEDIA") or CHECKOUT.parent / "shared" / "media")
    if not folder.is_dir():
        pytest.skip("the real clips are not here; REALTIME_FER_MEDIA names their folder")
    return folder


@pytest.fixture(scope="session")
def face_landmarker() -> Path:
    """Google's face_landmarker.task: as ``REALTIME_FER_FACE_LANDMARKER`` names it, in the user's cache, or in
    shared/models beside the checkout. Skips without one."""
    from realtime_fer.vision.face_landmarker_file import FACE_LANDMARKER
    from realtime_fer.vision.network_files import cache_folder

    named = os.environ.get("REALTIME_FER_FACE_LANDMARKER")
    places = [Path(named)] if named else [folder / FACE_LANDMARKER for folder in (cache_folder(), _SHARED_MODELS)]
    for place in places:
        if place.is_file():
            return place
    pytest.skip("face_landmarker.task is not here; REALTIME_FER_FACE_LANDMARKER names it")


def _is_ours(thread: threading.Thread) -> bool:
    # A _DummyThread stands for a native thread (Qt's, LiteRT's) that once called into Python; tqdm keeps one
    # monitor for the whole process, fsspec and Dask one loop each, which starts others.
    is_library_s = type(thread).__name__ == "TMonitor" or thread.name.startswith(("fsspecIO", "IO loop", "asyncio_"))
    return not isinstance(thread, threading._DummyThread) and not is_library_s


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test that ends with a thread alive that it did not find at its start."""
    before = set(threading.enumerate())
    yield
    deadline_s = time.monotonic() + 1.0
    left = [thread for thread in threading.enumerate() if thread not in before and _is_ours(thread)]
    for thread in left:
        # One that was told to stop and is about to may finish.
        thread.join(max(0.0, deadline_s - time.monotonic()))
    alive = [thread.name for thread in left if thread.is_alive()]
    if alive:
        pytest.fail(f"threads left alive: {', '.join(alive)}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test logged may hold halves of pairs, which parallel test processes cannot hand to each other."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report
