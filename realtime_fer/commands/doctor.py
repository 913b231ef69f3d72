"""``realtime-fer doctor``: reports what is installed, what is missing, and how to fix it.

Imports no Qt, which may be the very thing that is broken. Heavy libraries are imported by the check that needs them,
so that a broken one is a finding and does not end the report.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from importlib import metadata, resources
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

import realtime_fer
from realtime_fer import assembly
from realtime_fer.core.cards.model_spec import ModelSpec, one_line, read_model_spec
from realtime_fer.core.enums import CONTACTS_GOOGLE, DetectorName
from realtime_fer.core.errors import DetectorError, RealtimeFerError, SourceError, StreamError
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.vision import face_landmarker_file, network_files
from realtime_fer.vision.registry import make_detector, weights_folder

#: Name in the report, and the distributions it may be installed as.
_LIBRARIES = {
    "numpy": ("numpy",),
    "opencv": ("opencv-python-headless",),
    "litert": ("ai-edge-litert",),
    "pyqt5": ("PyQt5",),
    "qt": ("PyQt5-Qt5",),
    "pyqtgraph": ("pyqtgraph",),
    "av": ("av",),
    "pillow": ("pillow",),
    "pillow-heif": ("pillow-heif",),
    "jinja2": ("Jinja2",),
    "sounddevice": ("sounddevice",),
    "aiohttp": ("aiohttp",),
    "python-osc": ("python-osc",),
}
_CV2_WHEELS = (
    "opencv-python",
    "opencv-contrib-python",
    "opencv-python-headless",
    "opencv-contrib-python-headless",
)
_REINSTALL = "Install the program again from its folder: pip install --force-reinstall ."
_SETUP = "In a checkout, 'make run' installs what is missing."


@dataclass(frozen=True)
class Check:
    """One finding. ``mend`` says how to fix it, '' where nothing needs fixing."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def doctor(*, as_json: bool) -> int:
    """Returns exit code 0, whatever is found."""
    from realtime_fer.sources import list_cameras

    report = examine(list_cameras=list_cameras, recordings_folder=assembly.recordings_folder(Settings()))
    if as_json:
        say_json(report)
    else:
        print_report(report)
    return 0


def examine(
    list_cameras: Callable[[], Iterable[Any]] = tuple,
    recordings_folder: Path | None = None,
    models_folder: Path | None = None,
) -> dict[str, Any]:
    """Checks everything the program needs. Takes a second or two, since each shipped model runs once.

    Args:
        list_cameras: returns the cameras, as dataclasses or plain values.
        recordings_folder: for recordings; None omits that check.
        models_folder: of the model cards; None for the shipped ones.

    Returns:
        ``{"ok": bool, "versions": {name: text}, "checks": [{"name", "ok", "detail", "mend"}, …], "cameras": […]}``,
        for JSON. A missing camera, microphone or display is no problem: the demo and the commands run without them.
    """
    cameras, camera_check = _cameras(list_cameras)
    checks = [
        _display(),
        _fonts(),
        _opencv_wheels(),
        *_models(models_folder or weights_folder()),
        *_detectors(),
        _blendshapes(),
        _mediapipe(),
        _extra("web", ("flask", "waitress", "prometheus-client"), "'realtime-fer serve'"),
        _extra("archive", ("pyarrow", "duckdb"), "'annotate --parquet' and 'summary'"),
        _lsl(),
        _extra("cluster", ("distributed", "fsspec"), "'annotate --cluster'"),
        _h264(),
        camera_check,
        _microphones(),
    ]
    if recordings_folder is not None:
        checks.append(_recordings(recordings_folder))
    return {
        "ok": all(check.ok for check in checks),
        "versions": versions(),
        "checks": [asdict(check) for check in checks],
        "cameras": cameras,
    }


def versions() -> dict[str, str]:
    """Versions of the program, Python, the system and the libraries; 'missing' where not installed."""
    found = {
        "realtime-fer": realtime_fer.__version__,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    for name, distributions in _LIBRARIES.items():
        found[name] = next((version for d in distributions if (version := _version(d))), "missing")
    return found


def print_report(report: dict[str, Any], write: Callable[[str], object] = say) -> None:
    """Prints the report of :func:`examine` line by line."""
    for name, version in report["versions"].items():
        write(f"{name:14}{version}")
    write("")
    for check in report["checks"]:
        write(f"{'ok     ' if check['ok'] else 'PROBLEM'}  {check['name']}: {check['detail']}")
        if check["mend"]:
            write(f"         {check['mend']}")
    problems = sum(not check["ok"] for check in report["checks"])
    write("")
    write("All is well." if not problems else f"{problems} problem{'s' if problems > 1 else ''} found; see above.")


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _display() -> Check:
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux"):
        return Check("display", True, f"{chosen or 'the platform'}'s own windows")
    variables = {name: os.environ.get(name, "") for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    said = ", ".join(f"{name}={value}" for name, value in variables.items() if value)
    if said:
        return Check("display", True, said)
    return Check(
        "display",
        True,
        "none (neither DISPLAY nor WAYLAND_DISPLAY is set): no window here, all commands work",
        "For the window, start the program in a desktop session; 'realtime-fer annotate' needs none.",
    )


def _fonts() -> Check:
    """Counts fonts as Qt does on Linux: by fontconfig."""
    has_own = (resources.files("realtime_fer.assets") / "DejaVuSans.ttf").is_file()
    own = "the window uses DejaVu Sans, which comes with it" if has_own else "every word of the window is invisible"
    found = _font_count()
    if found is None:
        return Check("fonts", True, "the system's own")
    if found:
        return Check("fonts", True, f"{found} found")
    mend = "On Debian and Ubuntu this installs some: sudo apt install fonts-dejavu-core"
    return Check("fonts", has_own, f"none; {own}", mend)


def _font_count() -> int | None:
    """None where the system has no fontconfig."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return None  # The window reports that itself.
    fontconfig.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)  # FcFontSet, which begins with its length
    fontconfig.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
    configuration = fontconfig.FcInitLoadConfigAndFonts()
    fonts = fontconfig.FcConfigGetFonts(configuration, 0) if configuration else None
    return int(fonts[0]) if fonts else 0


def _opencv_wheels() -> Check:
    installed = [f"{wheel} {version}" for wheel in _CV2_WHEELS if (version := _version(wheel))]
    if len(installed) > 1:
        names = " ".join(line.split()[0] for line in installed)
        return Check(
            "opencv",
            False,
            f"{' and '.join(installed)} are installed over each other in one folder, which breaks cv2 now or later",
            f"Run: pip uninstall -y {names}; pip install 'opencv-python-headless>=4.10,<5'",
        )
    try:
        import cv2
    except ImportError as error:
        return Check("opencv", False, f"cannot be loaded ({error})", _SETUP)
    return Check("opencv", True, f"cv2 {cv2.__version__} from {installed[0] if installed else 'outside pip'}")


def _models(folder: Path) -> Iterator[Check]:
    cards = sorted(folder.glob("*.json"))
    if not cards:
        yield Check("models", False, f"no model card in {folder}", _REINSTALL)
    for card in cards:
        try:
            spec = read_model_spec(card)
            seconds = _run_once(spec)
        except RealtimeFerError as error:
            yield Check(f"model {one_line(card.stem)}", False, str(error), error.hint or _REINSTALL)
        except ImportError as error:
            yield Check("litert", False, f"LiteRT cannot be loaded ({error})", "Run: pip install ai-edge-litert")
            return
        else:
            yield Check(f"model {spec.model_id}", True, f"{spec.path}, {seconds * 1000:.1f} ms per face on LiteRT")


def _run_once(spec: ModelSpec) -> float:
    """Seconds that LiteRT takes for one face. Raises ModelError, or ImportError without LiteRT."""
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier

    classifier = TfliteClassifier(spec, batch_sizes=(1,))
    try:
        start = perf_counter()
        classifier.predict(np.zeros((1, spec.input.height, spec.input.width, spec.input.channels), np.float32))
        return perf_counter() - start
    finally:
        classifier.close()


def _detectors() -> Iterator[Check]:
    """BlazeFace's files one by one, since they can be fetched; then both detectors are started."""
    for name in network_files.SHA256:
        try:
            yield Check(f"detector file {name}", True, str(network_files.find(name)))
        except DetectorError as error:
            yield Check(f"detector file {name}", False, str(error), error.hint)
    for name in (DetectorName.MEDIAPIPE, DetectorName.HAAR):
        try:
            make_detector(name).close()
        except DetectorError as error:
            yield Check(f"detector {name}", False, str(error), error.hint)
        except (ImportError, OSError) as error:  # OSError: a system library of its native part is missing.
            yield Check(f"detector {name}", False, f"its library cannot be loaded ({error})", _SETUP)
        else:
            yield Check(f"detector {name}", True, "starts")


def _blendshapes() -> Check:
    """Their file is optional, but a damaged one is a problem."""
    try:
        return Check("blendshapes", True, str(face_landmarker_file.find_face_landmarker()))
    except DetectorError as error:
        if not (network_files.cache_folder() / face_landmarker_file.FACE_LANDMARKER).exists():
            detail = f"{face_landmarker_file.FACE_LANDMARKER} is not installed; only --blendshapes needs it"
            return Check("blendshapes", True, detail)
        return Check("blendshapes", False, str(error), error.hint)


def _mediapipe() -> Check:
    """Only the package: starting its detector would contact Google."""
    found = _version("mediapipe")
    if not found:
        return Check("extra mediapipe", True, f"not installed; only the detector {CONTACTS_GOOGLE} needs it")
    return Check(
        "extra mediapipe", True, f"mediapipe {found}; the detector {CONTACTS_GOOGLE} contacts Google when used"
    )


def _extra(extra: str, packages: Sequence[str], user: str) -> Check:
    found = {name: _version(name) for name in packages}
    missing = " and ".join(name for name, version in found.items() if not version)
    if missing:
        detail = f"{missing} not installed; only {user} needs it"
        return Check(f"extra {extra}", True, detail, f"For it, run: pip install 'realtime-fer[{extra}]'")
    return Check(f"extra {extra}", True, ", ".join(f"{name} {version}" for name, version in found.items()))


def _lsl() -> Check:
    """Loads the library, which contacts nobody before its first stream."""
    found = _version("pylsl")
    if not found:
        mend = "For LSL streams, run: pip install 'realtime-fer[lsl]'"
        return Check("extra lsl", True, "pylsl not installed; only --lsl needs it", mend)
    from realtime_fer.streams.lsl.library import liblsl_version

    try:
        return Check("extra lsl", True, f"pylsl {found} with liblsl {liblsl_version()}")
    except StreamError as error:
        return Check("extra lsl", False, str(error), error.hint)


def _h264() -> Check:
    mend = "Run: pip install --force-reinstall --only-binary=av av"
    try:
        import av

        av.Codec("libx264", "w")
    except ImportError as error:
        return Check("recording", False, f"PyAV cannot be loaded ({error})", mend)
    except ValueError:  # UnknownCodecError is one.
        return Check("recording", False, "this PyAV has no H.264 encoder (libx264)", mend)
    return Check("recording", True, f"H.264 by libx264 in PyAV {av.__version__}")


def _cameras(list_cameras: Callable[[], Iterable[Any]]) -> tuple[list[Any], Check]:
    try:
        found = [asdict(c) if is_dataclass(c) and not isinstance(c, type) else c for c in list_cameras()]
    except (RealtimeFerError, OSError) as error:
        return [], Check("cameras", False, f"cannot be listed ({error})", "Plug a camera in, or use --source demo.")
    if not found:
        return [], Check("cameras", True, "none; the demo plays instead", "Plug a camera in, or choose a file.")
    return found, Check("cameras", True, f"{len(found)} found")


def _microphones() -> Check:
    """None is needed: recordings are silent by default."""
    from realtime_fer.sources.audio.microphone import PortAudioDevices, library_version

    try:
        library, names = library_version(), PortAudioDevices().microphones()
    except SourceError as error:
        return Check("microphones", True, f"{error} All else works.", error.hint)
    return Check("microphones", True, f"{', '.join(map(one_line, names)) or 'none'} ({library})")


def _recordings(folder: Path) -> Check:
    """Writes a file: mode bits say nothing on network and read-only file systems."""
    nearest = next((parent for parent in (folder, *folder.parents) if parent.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        return Check(
            "recordings folder",
            False,
            f"{folder} cannot be written ({error.strerror})",
            "Choose another folder in the settings, or make it writable.",
        )
    return Check("recordings folder", True, str(folder))
