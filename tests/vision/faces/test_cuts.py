"""Cuts, flashes and pans of the real clips and of the program's own portrait."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, permutations
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import Frame
from realtime_fer.core.protocols import FaceDetector
from realtime_fer.sources import DemoSource, VideoFileSource
from realtime_fer.vision.detectors.haar import HaarDetector
from realtime_fer.vision.faces.scenes import SceneWatch
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import make_detector

WOMAN, MAN = "hungry.mkv", "thanks.mkv"
CLIPS = (WOMAN, MAN, "face-demographics-walking.gif", "head-pose-face-detection-female-and-male.gif")


def frames_of(path: Path) -> list[np.ndarray]:
    source = VideoFileSource(path)
    source.open()
    frames = []
    while (read := source.read()) is not None:
        frames.append(read.image_bgr)
    source.close()
    return frames


def blazeface() -> FaceDetector:
    """Of the people in the clips the Haar cascade misses some."""
    try:
        return make_detector("mediapipe")
    except DetectorError as error:
        pytest.skip(error.sentence())


def people_in(frames: Iterable[np.ndarray], detector: FaceDetector | None = None, step: int = 0) -> list[set[int]]:
    """Who is in each frame."""
    pipeline = ExpressionPipeline(detector or blazeface())
    pipeline.set_degradation(step)
    seen = [
        set(pipeline.process(Frame(np.array(frame), index, index / 30)).faces.tracker_id.tolist())
        for index, frame in enumerate(frames)
    ]
    pipeline.close()
    return seen


def portrait() -> np.ndarray:
    source = DemoSource(1280, 720, faces=1)
    source.open()
    read = source.read()
    source.close()
    assert read is not None
    return read.image_bgr


def exposed(frame: np.ndarray, gain: float) -> np.ndarray:
    return np.clip(frame.astype(np.float32) * gain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("step", [0, 2])
@pytest.mark.parametrize(("first", "second"), [(WOMAN, MAN), (MAN, WOMAN)])
def test_a_woman_and_then_a_man_are_two_people(media_folder: Path, first: str, second: str, step: int) -> None:
    before, after = frames_of(media_folder / first), frames_of(media_folder / second)
    alone, later = people_in(before, step=step), people_in([*before, *after], step=step)
    assert later[: len(before)] == alone
    people_before, people_after = set().union(*alone), set().union(*later[len(before) :])
    assert people_before
    assert people_after
    assert not people_before & people_after


def test_cuts_there_and_back_never_give_a_number_to_both(media_folder: Path) -> None:
    woman, man = frames_of(media_folder / WOMAN), frames_of(media_folder / MAN)
    pieces = [woman[:8], man[:8], woman[8:16], man[8:16], woman[16:24]]
    seen = people_in([frame for piece in pieces for frame in piece])
    people = [set().union(*seen[start : start + 8]) for start in range(0, 40, 8)]
    assert all(people)
    assert not any(earlier & later for earlier, later in pairwise(people))
    assert sum(map(len, people)) == len(set().union(*people))


@pytest.mark.parametrize("clip", [WOMAN, MAN])
@pytest.mark.parametrize("gain", [0.5, 1.6])
def test_another_exposure_ends_nobody(media_folder: Path, clip: str, gain: float) -> None:
    frames = frames_of(media_folder / clip)[:20]
    changed = [exposed(frame, gain) if index >= 10 else frame for index, frame in enumerate(frames)]
    assert people_in(changed) == people_in(frames)


@pytest.mark.parametrize("clip", [WOMAN, MAN])
def test_a_flash_ends_nobody(media_folder: Path, clip: str) -> None:
    frames = frames_of(media_folder / clip)[:20]
    undisturbed = people_in(frames)
    frames[10] = exposed(frames[10], 4.0)
    frames[11] = np.full_like(frames[11], 255)
    seen = people_in(frames)
    assert seen[12:] == undisturbed[12:]


def test_pictures_of_one_clip_are_never_of_two_scenes(media_folder: Path) -> None:
    for clip in CLIPS:
        frames = frames_of(media_folder / clip)
        for apart in (1, 5, 10):
            assert not any(differ(a, b) for a, b in zip(frames, frames[apart:], strict=False)), (clip, apart)


def test_pictures_of_two_clips_are_always_of_two_scenes(media_folder: Path) -> None:
    frames = {clip: frames_of(media_folder / clip)[::4] for clip in CLIPS}
    assert all(differ(a, b) for one, other in permutations(CLIPS, 2) for a in frames[one] for b in frames[other])


@pytest.mark.parametrize("moved_by", [0.1, 0.2])
def test_a_pan_that_blurs_is_no_other_scene(media_folder: Path, moved_by: float) -> None:
    for clip in CLIPS:
        for frame in frames_of(media_folder / clip)[::3]:
            by = round(frame.shape[1] * moved_by)
            left, right = frame[:, :-by], frame[:, by:]
            assert not differ(left, cv2.blur(right, (by // 2, 1)))
            assert not differ(right, cv2.blur(left, (by // 2, 1)))


def differ(before: np.ndarray, after: np.ndarray) -> bool:
    watch = SceneWatch()
    watch.is_another(before)
    watch.somebody_seen()
    return watch.is_another(after)


def test_what_follows_images_that_nobody_compared_is_compared_with_the_last_of_them() -> None:
    here, elsewhere = portrait(), np.ascontiguousarray(portrait()[::-1, ::-1])
    watch = SceneWatch()
    for shown in (elsewhere, here):
        watch.is_same(shown)
        watch.somebody_seen()
    assert not watch.is_another(here)
    watch.somebody_seen()
    assert watch.is_another(elsewhere)


def test_of_the_portrait_a_flash_an_exposure_and_a_pan_end_nobody() -> None:
    still, detector = portrait(), HaarDetector()
    left, _, right, _ = detector.detect(still).xyxy[0].tolist()
    step = round((right - left) * 0.3)
    white = np.full_like(still, 255)
    shown = [still, still, white, still, exposed(still, 0.5), exposed(still, 1.5)]
    assert people_in(shown, detector) == [set(), {1}, set(), {1}, {1}, {1}]
    pan = [still[:, by : by + 900] for by in (0, step, 2 * step, 3 * step)]
    assert people_in(pan, HaarDetector()) == [set()] + [{1}] * 3


def test_of_the_portrait_a_cut_to_another_room_and_back_makes_new_people() -> None:
    here, detector = portrait(), HaarDetector()
    left, top, right, bottom = (round(edge) for edge in detector.detect(here).xyxy[0].tolist())
    face = cv2.resize(here[max(0, top - 40) : bottom + 40, left - 20 : right + 20], (360, 480))
    patches = np.random.default_rng(3).integers(0, 255, (6, 10, 3)).astype(np.uint8)
    there = cv2.resize(patches, (1280, 720), interpolation=cv2.INTER_CUBIC)
    there[60:540, left - 150 : left + 210] = cv2.flip(face, 1)
    shown = [here, here, there, there, here, here]
    assert people_in(shown, detector) == [set(), {1}, set(), {2}, set(), {3}], "the second look believes the first"
