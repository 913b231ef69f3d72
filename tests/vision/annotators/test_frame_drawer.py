"""The drawing onto videos and pictures follows the person's choice and leaves the frame alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.enums import Overlay, OverlaySize
from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.own_panel import BAR_RGB
from realtime_fer.core.people import PERSON_COLOURS_RGB, People
from realtime_fer.vision.annotators import FrameDrawer
from tests.vision.annotators.scenes import scene

RESULT = scene([(200.0, 150.0, 320.0, 270.0)])


def changed(image: np.ndarray) -> int:
    return int((image != RESULT.frame.image_bgr).any(axis=2).sum())


def drawn(parts: Overlay = Overlay.BARS, size: OverlaySize = OverlaySize.MEDIUM) -> np.ndarray:
    return FrameDrawer(lambda: OverlayStyle(parts, size))(RESULT)


def test_the_frame_itself_is_not_drawn_on() -> None:
    before = RESULT.frame.image_bgr.copy()
    image = FrameDrawer()(RESULT)
    assert changed(image) > 1000
    assert (RESULT.frame.image_bgr == before).all()


def test_each_copy_is_the_same_memory_and_shows_its_own_frame_alone() -> None:
    # Boxes alone: a label keeps to the side where it was in the frame before.
    draw, fresh = (FrameDrawer(lambda: OverlayStyle(Overlay.BOX)) for _ in range(2))
    first = draw(RESULT)
    other = scene([(20.0, 20.0, 90.0, 90.0)])
    again = draw(other)
    assert again is first
    assert (again == fresh(other)).all()


def test_each_choice_draws_less_than_the_one_before() -> None:
    amounts = [changed(drawn(parts)) for parts in (Overlay.BARS, Overlay.LABEL, Overlay.BOX)]
    assert amounts == sorted(amounts, reverse=True)
    assert len(set(amounts)) == 3
    assert drawn(Overlay.OFF) is RESULT.frame.image_bgr


def test_labels_and_bars_grow_with_the_chosen_size() -> None:
    small, medium, large = (changed(drawn(size=size)) for size in OverlaySize)
    assert small < medium < large


def test_a_choice_that_changes_while_a_video_is_written_counts_from_the_next_frame() -> None:
    styles = iter([OverlayStyle(Overlay.BARS), OverlayStyle(Overlay.OFF), OverlayStyle(Overlay.BARS)])
    draw = FrameDrawer(lambda: next(styles))
    assert [changed(draw(RESULT)) > 0 for _ in range(3)] == [True, False, True]


@pytest.mark.parametrize("name", ["Anna", "José", "Łukasz", "Анна", "Ζωή", "Zoë"])
def test_a_name_stands_on_the_label_in_letters_that_are_there(name: str) -> None:
    def pill(said: str) -> np.ndarray:
        people = People().renamed(1, said)
        image = FrameDrawer(lambda: OverlayStyle(Overlay.LABEL))(replace(RESULT, people=people))
        at = (np.abs(image.astype(int) - PERSON_COLOURS_RGB[0][::-1]).max(axis=2) <= 2).nonzero()
        return image[at[0].min() : at[0].max(), at[1].min() : at[1].max()]

    unknown = pill("\uffff" * len(name))
    assert pill(name).shape != unknown.shape or (pill(name) != unknown).any()
    assert pill(name)[:, :, 0].max() > 240, "white letters"


def test_movements_are_drawn_where_a_person_wants_them_and_beside_the_face() -> None:
    faces = RESULT.faces.with_landmarks(np.zeros((1, 468, 3), np.float32))
    faces = faces.with_movements(np.zeros((1, 3), np.float32), np.full((1, 13), 0.8, np.float32))
    result = replace(RESULT, faces=faces)
    bare = FrameDrawer(lambda: OverlayStyle())(result).copy()
    assert (bare == FrameDrawer(lambda: OverlayStyle())(RESULT)).all()
    shown = FrameDrawer(lambda: OverlayStyle(movements=True))(result).copy()
    assert (shown != bare).any(axis=2).sum() > 5000
    assert (shown[152:268, 202:318] == bare[152:268, 202:318]).all()
    alone = FrameDrawer(lambda: OverlayStyle(Overlay.OFF, movements=True))(result)
    assert (alone != RESULT.frame.image_bgr).any(axis=2).sum() > 5000


def test_own_expressions_are_drawn_beside_the_bars() -> None:
    own = OwnValues(("Skeptical with a long name", "Smirk"), ("a", "b"), "", np.float32([[0.9, 0.1]]))
    bare = FrameDrawer(lambda: OverlayStyle())(RESULT).copy()
    shown = FrameDrawer(lambda: OverlayStyle())(replace(RESULT, own=own)).copy()
    assert (shown != bare).any(axis=2).sum() > 2000
    assert (np.abs(shown.astype(int) - BAR_RGB[::-1]).max(axis=2) <= 2).sum() > 30
    unknown = replace(own, values=np.full((1, 2), np.nan, np.float32))
    assert (FrameDrawer(lambda: OverlayStyle())(replace(RESULT, own=unknown)) == bare).all()
