from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.commands import doctor
from realtime_fer.core.errors import SourceError
from realtime_fer.vision import face_landmarker_file, network_files
from realtime_fer.vision.registry import weights_folder


@dataclass
class Camera:
    index: int
    name: str


def check_named(report: dict[str, Any], name: str) -> dict[str, Any]:
    found = [check for check in report["checks"] if check["name"] == name]
    assert len(found) == 1, [check["name"] for check in report["checks"]]
    return found[0]


@pytest.fixture
def no_detectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out loading MediaPipe, which takes a second and has tests of its own."""
    monkeypatch.setattr(doctor, "_detectors", lambda: iter(()))


@pytest.fixture(autouse=True)
def no_microphones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each listing starts the sound system anew, whose JACK library once broke the process down."""
    monkeypatch.setattr("realtime_fer.sources.audio.microphone.PortAudioDevices.microphones", lambda _: [])


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out running the shipped models, which tests of their own do."""
    monkeypatch.setattr(doctor, "_models", lambda _: iter(()))


def test_the_report_is_json_and_names_what_is_installed() -> None:
    report = doctor.examine(lambda: [Camera(0, "Built-in")])
    assert json.loads(json.dumps(report)) == report
    assert set(report) == {"ok", "versions", "checks", "cameras"}
    assert all(set(check) == {"name", "ok", "detail", "mend"} for check in report["checks"])
    assert report["ok"] == all(check["ok"] for check in report["checks"])
    assert report["cameras"] == [{"index": 0, "name": "Built-in"}]
    assert "missing" not in report["versions"].values()
    assert check_named(report, "detector haar")["ok"]
    assert check_named(report, "recording")["ok"]


@pytest.mark.usefixtures("no_detectors")
def test_shipped_models_run() -> None:
    cards = sorted(weights_folder().glob("*.json"))
    if not cards:
        pytest.fail("no model is shipped")
    report = doctor.examine()
    for card in cards:
        check = check_named(report, f"model {card.stem}")
        assert check["ok"], check
        assert "ms per face" in check["detail"]


@pytest.mark.usefixtures("no_detectors")
def test_damaged_and_missing_models_are_problems_with_a_mend(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "lonely.json").write_text(json.dumps(a_card("lonely", "0" * 64)))
    (tmp_path / "other.json").write_text(json.dumps(a_card("other", "0" * 64)))
    (tmp_path / "other.tflite").write_bytes(b"not what the card says")
    noise = b"no network at all"
    (tmp_path / "noise.json").write_text(json.dumps(a_card("noise", hashlib.sha256(noise).hexdigest())))
    (tmp_path / "noise.tflite").write_bytes(noise)
    report = doctor.examine(models_folder=tmp_path)
    assert not report["ok"]
    for name, words in {
        "broken": "not JSON",
        "lonely": "cannot be read",
        "other": "SHA-256",
        "noise": "not a TFLite network",
    }.items():
        check = check_named(report, f"model {name}")
        assert not check["ok"]
        assert words in check["detail"]
        assert check["mend"]


@pytest.mark.usefixtures("no_detectors")
def test_a_folder_without_models_is_a_problem(tmp_path: Path) -> None:
    assert not check_named(doctor.examine(models_folder=tmp_path), "models")["ok"]


def test_missing_detector_files_are_problems_with_the_command_that_mends_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))
    report = doctor.examine()
    for name in network_files.SHA256:
        check = check_named(report, f"detector file {name}")
        assert not check["ok"]
        assert "fetch-detectors" in check["mend"]
    assert not check_named(report, "detector mediapipe")["ok"]


@pytest.mark.usefixtures("no_detectors", "no_models")
def test_the_file_for_blendshapes_is_no_problem_where_it_is_missing_but_one_where_it_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))
    missing = doctor._blendshapes()
    assert missing.ok
    assert "not installed" in missing.detail
    file = tmp_path / face_landmarker_file.FACE_LANDMARKER
    file.write_bytes(b"half")
    damaged = check_named(doctor.examine(), "blendshapes")
    assert not damaged["ok"]
    assert damaged["mend"] == "Run: realtime-fer fetch-detectors --blendshapes"
    monkeypatch.setattr(face_landmarker_file, "SHA256", hashlib.sha256(b"half").hexdigest())
    assert doctor._blendshapes().detail == str(file)


@pytest.mark.usefixtures("no_detectors", "no_models")
def test_two_opencv_wheels_at_once_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"opencv-python": "4.10.0", "opencv-contrib-python": "4.14.0"}
    monkeypatch.setattr(doctor, "_version", lambda distribution: both.get(distribution, "1"))
    check = check_named(doctor.examine(), "opencv")
    assert not check["ok"]
    assert "opencv-python 4.10.0" in check["detail"]
    assert "pip uninstall" in check["mend"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="DISPLAY is of X11 and Wayland")
@pytest.mark.usefixtures("no_detectors", "no_models")
def test_no_display_is_said_but_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    check = check_named(doctor.examine(), "display")
    assert check["ok"]
    assert "none" in check["detail"]
    monkeypatch.setenv("DISPLAY", ":7")
    assert "DISPLAY=:7" in check_named(doctor.examine(), "display")["detail"]


@pytest.mark.usefixtures("no_detectors", "no_models")
def test_no_camera_is_no_problem_and_a_failing_list_is() -> None:
    def fails() -> list[Camera]:
        raise SourceError("The cameras cannot be listed.")

    assert check_named(doctor.examine(), "cameras")["ok"]
    report = doctor.examine(fails)
    assert not check_named(report, "cameras")["ok"]
    assert report["cameras"] == []


@pytest.mark.usefixtures("no_detectors", "no_models")
def test_a_recordings_folder_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "Documents" / "Realtime FER"
    assert check_named(doctor.examine(recordings_folder=folder), "recordings folder")["ok"]
    assert list(tmp_path.iterdir()) == []
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    check = check_named(doctor.examine(recordings_folder=blocked / "Realtime FER"), "recordings folder")
    assert not check["ok"]
    assert check["mend"]


@pytest.mark.usefixtures("no_detectors")
def test_the_printed_report_says_each_problem_and_its_mend(tmp_path: Path) -> None:
    lines: list[str] = []
    doctor.print_report(doctor.examine(models_folder=tmp_path), lines.append)
    text = "\n".join(lines)
    assert "PROBLEM  models: no model card" in text
    assert "pip install" in text
    assert lines[-1] == "1 problem found; see above."


@pytest.mark.usefixtures("no_detectors")
def test_the_printed_report_of_a_sound_installation_ends_well(tmp_path: Path) -> None:
    for file in weights_folder().iterdir():
        if file.suffix in (".json", ".tflite"):
            shutil.copy(file, tmp_path)
    lines: list[str] = []
    doctor.print_report(doctor.examine(models_folder=tmp_path), lines.append)
    assert lines[-1] == "All is well."


def a_card(model_id: str, sha256: str) -> dict[str, Any]:
    return {
        "schema": 1,
        "id": model_id,
        "name": model_id,
        "file": f"{model_id}.tflite",
        "sha256": sha256,
        "input": {"height": 48, "width": 48, "channels": 1},
        "class_names": ["neutral", "happy"],
        "crop": {},
    }


@pytest.mark.usefixtures("no_detectors", "no_models")
def test_microphones_are_listed_and_a_missing_library_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> list[str]:
        raise SourceError("The sound library PortAudio is missing.", "Install it.")

    monkeypatch.setattr("realtime_fer.sources.audio.microphone.library_version", lambda: "PortAudio 19")
    monkeypatch.setattr(
        "realtime_fer.sources.audio.microphone.PortAudioDevices.microphones", lambda _: ["default", "USB Microphone"]
    )
    found = check_named(doctor.examine(), "microphones")
    assert (found["ok"], found["detail"]) == (True, "default, USB Microphone (PortAudio 19)")
    monkeypatch.setattr("realtime_fer.sources.audio.microphone.PortAudioDevices.microphones", refuse)
    found = check_named(doctor.examine(), "microphones")
    assert found["ok"]
    assert found["detail"] == "The sound library PortAudio is missing. All else works."
    assert found["mend"] == "Install it."
