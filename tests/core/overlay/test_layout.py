from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime_fer.core.overlay import layout
from realtime_fer.core.overlay.layout import LABEL_PLACES, PANEL_PLACES, Side


def test_visible_boxes_are_whole_cut_and_empty_where_nothing_is_seen() -> None:
    boxes = np.array(
        [
            [10.4, 20.6, 30.2, 40.1],
            [-50, -50, 20, 20],
            [700, 10, 800, 50],
            [30, 30, 30, 60],
            [50, 50, 40, 60],
            [np.nan, 0, 10, 10],
            [-np.inf, 0, 10, 10],
            [-1e30, -1e30, 1e30, 1e30],
        ],
        np.float32,
    )
    assert layout.visible_boxes(boxes, 640, 480).tolist() == [
        [10, 20, 31, 41],
        [0, 0, 20, 20],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 640, 480],
    ]


def test_no_boxes_have_no_places() -> None:
    rects, inside = layout.rects_beside(
        np.zeros((0, 4), np.int32), np.zeros((0, 2, 2), np.int32), PANEL_PLACES, 640, 480, 6, 4
    )
    assert rects.shape == (0, 2, len(PANEL_PLACES), 4)
    assert inside.shape == (0, 2, len(PANEL_PLACES))


def test_the_first_places_are_right_of_and_above_the_box() -> None:
    box, size = np.array([[200, 200, 300, 320]], np.int32), np.array([[[80, 60]]], np.int32)
    panel, _ = layout.rects_beside(box, size, PANEL_PLACES, 640, 480, 6, 4)
    label, _ = layout.rects_beside(box, size, LABEL_PLACES, 640, 480, 6, 4)
    assert panel[0, 0, 0].tolist() == [306, 200, 386, 260]
    assert label[0, 0, 0].tolist() == [200, 134, 280, 194]
    sides = [PANEL_PLACES[place][0] for place in range(0, len(PANEL_PLACES), 3)]
    assert sides == [Side.RIGHT, Side.LEFT, Side.BELOW, Side.ABOVE]


def test_type_grows_with_the_picture_and_shrinks_with_the_crowd() -> None:
    sizes = [layout.text_size_px(*size, 1) for size in ((480, 270), (480, 360), (640, 480), (1280, 720), (1920, 1080))]
    assert sizes == sorted(sizes)
    assert sizes[0] >= 10
    assert 18 <= sizes[-1] <= 24
    crowd = [layout.text_size_px(1280, 720, faces) for faces in (1, 4, 10, 40)]
    assert crowd == sorted(crowd, reverse=True)
    assert crowd[-1] >= 9


def test_what_is_held_is_kept_and_others_give_way() -> None:
    rects = np.array([[[0, 0, 10, 10], [20, 0, 30, 10]], [[0, 0, 10, 10], [40, 0, 50, 10]]], np.int32)
    free = np.ones((2, 2), bool)
    assert layout.assign(rects, free, [-1, -1], [0, 1], 0) == [0, 1]
    assert layout.assign(rects, free, [-1, 0], [0, 1], 0) == [1, 0]
    assert layout.assign(rects, np.zeros((2, 2), bool), [0, 0], [0, 1], 0) == [-1, -1]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 2000),
    st.integers(1, 1200),
    st.lists(st.tuples(*[st.integers(-300, 2200)] * 4), max_size=6),
    st.integers(1, 300),
    st.integers(1, 300),
)
def test_places_within_the_picture_are_within_and_off_their_own_box(
    width: int, height: int, corners: list[tuple[int, int, int, int]], wide: int, high: int
) -> None:
    boxes = layout.visible_boxes(np.array(corners, np.float32).reshape(-1, 4), width, height)
    sizes = np.broadcast_to(np.array([[[wide, high]]], np.int32), (len(boxes), 1, 2))
    for places in (PANEL_PLACES, LABEL_PLACES):
        rects, inside = layout.rects_beside(boxes, sizes, places, width, height, 5, 3)
        for face in range(len(boxes)):
            usable = rects[face][inside[face]]
            assert (usable[:, :2] >= 3).all()
            assert (usable[:, 2] <= width - 3).all()
            assert (usable[:, 3] <= height - 3).all()
            assert (usable[:, 2:] - usable[:, :2] == (wide, high)).all()
            assert not layout.overlaps(usable, boxes[face : face + 1], spacing=5).any()


def test_places_on_a_box_lie_along_its_top_or_bottom_edge() -> None:
    box = np.array([0, 0, 640, 480], np.int32)
    rects = layout.places_on_box(box, np.array([[100, 20], [60, 20]], np.int32), 4, 640, 480)
    assert rects[0].tolist() == [4, 4, 104, 24]
    assert set(rects[:, 1].tolist()) == {4, 480 - 4 - 20}
    assert not len(layout.places_on_box(np.array([0, 0, 30, 30], np.int32), np.array([[100, 20]], np.int32), 4, 30, 30))
