"""What is seen in the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS, expression_named
from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_UNKNOWN
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.caption import caption_of
from realtime_fer.core.overlay.face_overlay import face_overlays, in_display_order
from realtime_fer.core.overlay.label_text import label_variants
from realtime_fer.core.overlay.panel_shape import initials
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.vision.annotators import (
    BoxAnnotator,
    HudAnnotator,
    LabelAnnotator,
    Level,
    ProbabilityBarsAnnotator,
    standard_annotators,
)
from realtime_fer.vision.annotators.hud import clock
from tests.vision.annotators.scenes import SEVEN, picture, scene

BOX = (200.0, 150.0, 320.0, 270.0)
HAPPY = [0.02, 0.01, 0.02, 0.87, 0.03, 0.04, 0.01]
FLAT = [0.1, 0.1, 0.1, 0.31, 0.13, 0.13, 0.13]


def drawn(result: FrameResult, grey: int = 128) -> Image:
    height, width = result.frame.image_bgr.shape[:2]
    image = picture(width, height, grey)
    for annotator in standard_annotators(with_time=True):
        annotator.annotate(image, result)
    return image


def has_colour(image: Image, colour_bgr: tuple[int, int, int]) -> bool:
    return bool((np.abs(image.astype(int) - colour_bgr).max(axis=2) <= 2).any())


@pytest.mark.parametrize(
    ("result", "texts"),
    [
        (scene([BOX], probabilities=[HAPPY]), ("Happy 87 % #1", "Happy 87 %", "Happy")),
        (scene([BOX], probabilities=[HAPPY], identities=[-1]), ("Happy 87 %", "Happy 87 %", "Happy")),
        (
            scene([BOX], probabilities=[FLAT]),
            ("Uncertain: no clear expression #1", "Uncertain: no clear expression", "Uncertain"),
        ),
        (scene([BOX], classes=(), model_id=""), ("Face #1", "Face", "Face")),
    ],
)
def test_labels_say_what_is_visible(result: FrameResult, texts: tuple[str, ...]) -> None:
    assert tuple(str(text) for text in label_variants(face_overlays(result)[0])) == texts


def test_a_label_shows_where_a_face_looks_where_that_is_found() -> None:
    face = face_overlays(scene([BOX], probabilities=[HAPPY]))[0]
    texts = [str(label_variants(replace(face, gaze=gaze))[0]) for gaze in (GAZE_KEYS.index("left"), GAZE_UNKNOWN)]
    assert texts == ["Happy 87 % ← #1", "Happy 87 % – #1"]


def test_an_uncertain_label_has_a_hollow_chip_and_no_expressions_colour() -> None:
    uncertain, certain = (
        label_variants(face_overlays(scene([BOX], probabilities=[row]))[0])[0] for row in (FLAT, HAPPY)
    )
    assert uncertain.hollow
    assert not certain.hollow
    assert certain.colour_rgb == expression_named("happy").colour_rgb
    assert uncertain.colour_rgb not in {entry.colour_rgb for entry in EXPRESSIONS}


def test_bars_follow_the_display_order_whatever_the_models_order_is() -> None:
    (row,) = in_display_order(np.array([HAPPY], np.float32), SEVEN)
    by_key = dict(zip(EXPRESSION_KEYS, row, strict=True))
    assert by_key["contempt"] is None
    assert by_key["happy"] == pytest.approx(0.87)
    assert by_key["neutral"] == pytest.approx(0.01)
    assert [key for key, value in by_key.items() if value is None] == ["contempt"]


def test_values_that_are_no_probabilities_do_not_break_the_bars() -> None:
    values = np.array([[np.nan, np.inf, -1, 2, 0, 0, 0]], np.float32)
    assert all(value is None or 0 <= value <= 1 for value in in_display_order(values, SEVEN)[0])
    drawn(scene([BOX], probabilities=values.tolist()))


def test_initials_tell_all_expressions_apart() -> None:
    assert len({initials(entry.display_name) for entry in EXPRESSIONS}) == len(EXPRESSIONS)


@pytest.mark.parametrize("key", EXPRESSION_KEYS)
def test_the_box_has_the_expressions_colour(key: str) -> None:
    classes = EXPRESSION_KEYS
    image = picture()
    row = [0.93 if other == key else 0.01 for other in classes]
    BoxAnnotator().annotate(image, scene([BOX], classes=classes, probabilities=[row]))
    colour = expression_named(key).colour_bgr
    assert image[150, 260].tolist() == list(colour)
    assert image[210, 319].tolist() == list(colour)
    assert (image[180:240, 230:290] == 128).all()


def test_an_uncertain_box_is_open() -> None:
    image = picture()
    BoxAnnotator().annotate(image, scene([BOX], probabilities=[FLAT]))
    assert (image[150, 250:270] == 128).all()
    assert (image != 128).any()


def test_a_persons_number_stands_on_their_colour_whatever_the_expression() -> None:
    for row in (HAPPY, FLAT, HAPPY[::-1]):
        image = picture()
        LabelAnnotator().annotate(
            image, scene([BOX, (450, 150, 550, 250)], probabilities=[row, HAPPY], identities=[3, 12])
        )
        for identity in (3, 12):
            assert has_colour(image, PERSON_COLOURS_RGB[(identity - 1) % 10][::-1])
        assert not has_colour(image, PERSON_COLOURS_RGB[0][::-1])


def bar_pixels(image: Image, key: str) -> int:
    colour = expression_named(key).colour_bgr
    return int((np.abs(image.astype(int) - colour).max(axis=2) <= 2).sum())


def test_a_bar_is_as_long_as_its_probability_and_an_absent_class_has_none() -> None:
    lengths = []
    for value in (0.0, 0.25, 0.5, 1.0):
        image = picture()
        row = [value if key == "happy" else (1 - value) / 6 for key in SEVEN]
        ProbabilityBarsAnnotator().annotate(image, scene([BOX], probabilities=[row]))
        lengths.append(bar_pixels(image, "happy"))
    assert lengths[0] == 0
    assert lengths[1] < lengths[2] < lengths[3]
    assert lengths[1] / lengths[3] == pytest.approx(0.25, abs=0.06)


def test_an_absent_class_looks_other_than_one_of_zero() -> None:
    absent, zero = picture(), picture()
    ProbabilityBarsAnnotator().annotate(absent, scene([BOX], probabilities=[HAPPY]))
    eight = (*SEVEN, "contempt")
    ProbabilityBarsAnnotator().annotate(zero, scene([BOX], classes=eight, probabilities=[[*HAPPY, 0.0]]))
    rows = np.flatnonzero((absent != zero).any(axis=(1, 2)))
    assert len(rows)
    assert rows[-1] - rows[0] < 25


SIX = ("neutral", "happy", "sad", "surprise", "angry", "fear")


@pytest.mark.parametrize(
    ("classes", "lacking"),
    [(SIX, ["disgust", "contempt"]), (tuple(reversed(EXPRESSION_KEYS)), [])],
    ids=["six", "eight"],
)
@pytest.mark.parametrize("largest", list(Level))
def test_models_of_six_and_eight_classes_keep_order_and_colours(
    classes: tuple[str, ...], lacking: list[str], largest: Level
) -> None:
    values = [0.4 if key == "angry" else 0.6 / (len(classes) - 1) for key in classes]
    (row,) = in_display_order(np.array([values], np.float32), classes)
    by_key = dict(zip(EXPRESSION_KEYS, row, strict=True))
    assert [key for key, value in by_key.items() if value is None] == lacking
    assert by_key["angry"] == pytest.approx(0.4)
    image = picture()
    ProbabilityBarsAnnotator(largest=largest).annotate(image, scene([BOX], classes=classes, probabilities=[values]))
    for entry in EXPRESSIONS:
        assert has_colour(image, entry.colour_bgr) is (entry.key not in lacking)


@pytest.mark.parametrize("largest", list(Level))
def test_every_level_shows_the_best_expressions_colour(largest: Level) -> None:
    image = picture()
    ProbabilityBarsAnnotator(largest=largest).annotate(image, scene([BOX], probabilities=[HAPPY]))
    assert has_colour(image, expression_named("happy").colour_bgr)


def test_without_a_model_there_are_boxes_and_labels_but_no_bars() -> None:
    image, result = picture(), scene([BOX], classes=(), model_id="")
    ProbabilityBarsAnnotator().annotate(image, result)
    assert (image == 128).all()
    LabelAnnotator().annotate(image, result)
    assert (image != 128).any()


def test_no_faces_leave_the_picture_but_for_the_caption() -> None:
    image = drawn(scene([]))
    assert (image[:440] == 128).all()
    assert (image[440:] != 128).any()


def test_the_caption_names_model_and_detector() -> None:
    assert caption_of(scene([])) == "fer-s · mediapipe"
    assert caption_of(scene([], model_id="", detector="haar")) == "no model · haar"
    assert caption_of(scene([], model_id="", detector="")) == ""
    image = picture()
    HudAnnotator().annotate(image, scene([], model_id="", detector=""))
    assert (image == 128).all()


def test_the_clock_counts_from_the_sources_beginning() -> None:
    assert [clock(s) for s in (0, 7.54, 61.0, 3723.4, -1)] == [
        "0:00:00.0", "0:00:07.5", "0:01:01.0", "1:02:03.4", "0:00:00.0",
    ]  # fmt: skip
    hud, pictures = HudAnnotator(with_time=True), []
    for time_s in (1000.0, 1000.0, 1001.0):
        pictures.append(picture())
        hud.annotate(pictures[-1], scene([], time_s=time_s))
    assert (pictures[0] == pictures[1]).all()
    assert (pictures[1] != pictures[2]).any()


@pytest.mark.parametrize("size", [(1, 1), (16, 9), (64, 48), (160, 120), (270, 480)])
def test_pictures_of_any_size_are_drawn_on(size: tuple[int, int]) -> None:
    width, height = size
    drawn(scene([(width * 0.2, height * 0.2, width * 0.6, height * 0.6)], width=width, height=height))


def test_boxes_may_be_anything() -> None:
    odd = [(-50, -50, 40, 40), (600, 440, 700, 520), (10, 10, 10, 50), (90, 80, 70, 60), (-1e9, -1e9, 1e9, 1e9)]
    drawn(scene([*odd, (float("nan"), 0, 5, 5), (float("inf"), 0, 5, 5), (300, 200, 300.4, 200.4)]))


def test_the_faces_themselves_stay_uncovered() -> None:
    boxes = [(float(x), float(y), x + 70.0, y + 70.0) for y in (60, 290) for x in (30, 150, 270, 390, 510)]
    image = drawn(scene(boxes))
    for left, top, right, bottom in boxes:
        inner = image[int(top) + 12 : int(bottom) - 12, int(left) + 12 : int(right) - 12]
        assert (inner == 128).all()


@pytest.mark.parametrize("faces", [1, 10, 40])
def test_a_crowd_is_drawn_frame_after_frame(faces: int) -> None:
    columns = min(faces, 8)
    rows = -(-faces // columns)
    side = min(240, 1280 // columns // 3)
    annotators, image = standard_annotators(), picture(1280, 720)
    before = image.copy()
    for step in range(10):
        boxes = [
            ((i % columns + 0.3) * 1280 / columns + step % 3, (i // columns + 0.3) * 720 / rows) * 2
            for i in range(faces)
        ]
        result = scene(np.add(boxes, [0, 0, side, side]), width=1280, height=720, time_s=step / 30)
        for annotator in annotators:
            annotator.annotate(image, result)
    for left, top, right, bottom in result.faces.xyxy.astype(int):
        around = np.s_[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4]
        assert (image[around] != before[around]).any(), "every face is marked"
