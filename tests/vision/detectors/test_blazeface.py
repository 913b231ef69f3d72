"""BlazeFace on LiteRT says what MediaPipe's own runtime says: values kept from that runtime, by the clips' frames."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.enums import CONTACTS_GOOGLE
from realtime_fer.core.errors import DetectorError
from realtime_fer.vision import network_files
from realtime_fer.vision.detectors.blazeface import (
    FULL_RANGE,
    SHORT_RANGE,
    BlazeFace,
    BlazeFaceOptions,
    anchor_centres,
    decoded,
    weighted_suppression,
)
from realtime_fer.vision.registry import make_detector

NETWORKS = {"short": SHORT_RANGE, "full": FULL_RANGE}


@pytest.fixture(scope="module")
def script(checkout: Path) -> dict[str, Any]:
    return runpy.run_path(str(checkout / "scripts" / "detector_agreement.py"))


@pytest.fixture(params=list(NETWORKS))
def network(request: pytest.FixtureRequest) -> str:
    try:
        network_files.find(NETWORKS[request.param].file_name)
    except DetectorError as error:
        pytest.skip(error.sentence())
    return str(request.param)


def compared(script: dict[str, Any], key: str, network: str, pictures: Iterator[np.ndarray]) -> dict[str, float]:
    theirs = np.load(script["GOLDEN"])[key]
    assert len(theirs), "nothing to compare with"
    agreement: Callable[..., dict[str, float]] = script["agreement"]
    return agreement(theirs, script["said_by_ours"](NETWORKS[network], pictures))


def test_on_the_clips_each_face_is_mediapipes_to_the_pixel(
    script: dict[str, Any], network: str, media_folder: Path
) -> None:
    for clip, step in script["CLIPS"].items():
        figures = compared(script, f"{network}/{clip}", network, script["clip_frames"](media_folder / clip, step))
        assert figures["theirs"] == figures["ours"] == figures["same"], clip
        assert figures["iou"] >= 0.99
        assert figures["confidence"] < 0.01
        assert figures["points"] < 0.01


def test_on_portraits_the_same_faces_are_found_within_one_in_a_hundred(
    script: dict[str, Any], network: str, media_folder: Path
) -> None:
    archive = media_folder.parent / "data" / "muxspace" / "train.zip"
    if not archive.is_file():
        pytest.skip("facial_expressions is not here")
    figures = compared(script, f"{network}/portraits", network, script["portraits"](archive))
    assert figures["theirs"] > 200
    assert figures["same"] >= 0.99 * max(figures["theirs"], figures["ours"])
    assert figures["iou"] >= 0.95


@pytest.mark.parametrize(("options", "count"), [(SHORT_RANGE, 896), (FULL_RANGE, 2304)])
def test_there_is_an_anchor_for_each_output(options: BlazeFaceOptions, count: int) -> None:
    centres = anchor_centres(options)
    assert centres.shape == (count, 2)
    assert centres.min() > 0
    assert centres.max() < 1
    np.testing.assert_allclose(centres.mean(0), 0.5, atol=1e-6)


def test_the_short_ranges_anchors_stand_row_by_row_two_and_then_six_a_cell() -> None:
    centres = anchor_centres(SHORT_RANGE)
    np.testing.assert_allclose(centres[:4], [[1 / 32, 1 / 32]] * 2 + [[3 / 32, 1 / 32]] * 2)
    np.testing.assert_allclose(centres[512:519], [[1 / 16, 1 / 16]] * 6 + [[3 / 16, 1 / 16]])


def test_raw_values_become_a_box_and_six_points_around_their_anchor() -> None:
    values = np.zeros((1, 16), np.float32)
    values[0, :4] = (12.8, -12.8, 25.6, 51.2)
    values[0, 4:6] = (-6.4, 6.4)
    points = decoded(values, np.array([[0.5, 0.5]], np.float32), 128)
    np.testing.assert_allclose(points[0, :3], [[0.5, 0.2], [0.7, 0.6], [0.45, 0.55]], atol=1e-6)
    np.testing.assert_allclose(points[0, 3:], 0.5)


def test_candidates_of_one_face_are_averaged_by_confidence_and_others_stay() -> None:
    points = np.array(
        [[[0.0, 0.0], [0.2, 0.2]], [[0.04, 0.0], [0.24, 0.2]], [[0.6, 0.6], [0.8, 0.8]], [[0.5, 0.5], [0.5, 0.5]]],
        np.float32,
    )
    merged, confidence = weighted_suppression(points, np.array([0.4, 0.6, 0.5, 0.45], np.float32))
    np.testing.assert_allclose(confidence, [0.6, 0.5, 0.45])
    np.testing.assert_allclose(merged[0], [[0.024, 0.0], [0.224, 0.2]], atol=1e-6)
    np.testing.assert_allclose(merged[1:], points[2:])


def test_a_picture_shifted_and_enlarged_gives_the_same_face_shifted_and_enlarged(network: str) -> None:
    from realtime_fer.sources import DemoSource

    source = DemoSource(640, 480, faces=1)
    source.open()
    read = source.read()
    source.close()
    assert read is not None
    detector = BlazeFace(NETWORKS[network], 0.3)
    plain = detector.detect(read.image_bgr)
    tall = np.zeros((960, 640, 3), np.uint8)
    tall[240:720] = read.image_bgr
    lower = detector.detect(tall)
    twice = detector.detect(read.image_bgr.repeat(2, 0).repeat(2, 1))
    detector.close()
    assert len(plain) == len(lower) == len(twice) == 1
    side = plain.xyxy[0, 2] - plain.xyxy[0, 0]
    np.testing.assert_allclose(lower.xyxy[0] - (0, 240, 0, 240), plain.xyxy[0], atol=0.12 * side)
    np.testing.assert_allclose(twice.xyxy[0] / 2, plain.xyxy[0], atol=0.03 * side)


def test_a_damaged_or_closed_network_is_one_sentence(
    network: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    detector = BlazeFace(NETWORKS[network], 0.3)
    detector.close()
    with pytest.raises(DetectorError, match="closed"):
        detector.detect(np.zeros((10, 10, 3), np.uint8))
    damaged = tmp_path / "network.tflite"
    damaged.write_bytes(b"TFL3 this is none")
    monkeypatch.setattr(network_files, "find", lambda name: damaged)
    with pytest.raises(DetectorError, match="could not be started"):
        BlazeFace(NETWORKS[network], 0.3)


def test_mediapipes_own_runtime_is_refused_with_how_to_get_it_and_what_it_does() -> None:
    pytest.importorskip("ai_edge_litert")
    try:
        import mediapipe  # noqa: F401
    except ImportError:
        with pytest.raises(DetectorError, match="contacts Google") as caught:
            make_detector(CONTACTS_GOOGLE)
        assert "pip install 'realtime-fer[mediapipe]'" in caught.value.hint
    else:
        pytest.skip("the extra is installed, and starting it would contact Google")
