"""The promise of the overlay, and its calm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime_fer.core.overlay import layout
from realtime_fer.core.overlay.canvas import Placed
from realtime_fer.core.overlay.face_overlay import face_overlays
from realtime_fer.core.overlay.held_places import MOVE_AFTER_S
from realtime_fer.core.overlay.panel_shape import Level, tiny_metrics
from realtime_fer.core.overlay.planner import MEMORY_S, OverlayPlanner
from realtime_fer.vision.annotators.probability_bars import panel_metrics
from tests.vision.annotators.scenes import picture, scene

LABELS = [(150, 24), (110, 24), (70, 24)]


def panel_sizes(text_px: int) -> list[tuple[int, int]]:
    return [
        panel_metrics(Level.FULL, text_px).size,
        panel_metrics(Level.COMPACT, text_px).size,
        tiny_metrics(text_px).size,
    ]


def plan(
    planner: OverlayPlanner,
    boxes: list[tuple[float, ...]],
    width: int,
    height: int,
    time_s: float = 0.0,
    **more: object,
) -> tuple[list[Placed | None], list[Placed | None], Placed | None]:
    result = scene(boxes, width=width, height=height, time_s=time_s, **more)  # type: ignore[arg-type]
    canvas = planner.canvas(picture(width, height), result)
    caption = planner.corner(canvas, (100, 16))
    return planner.labels(canvas, [LABELS] * len(boxes)), planner.panels(canvas, panel_sizes(canvas.text_px)), caption


def crosses(placed: Placed, box: tuple[float, ...] | Placed) -> bool:
    left, top, right, bottom = (box.left, box.top, box.right, box.bottom) if isinstance(box, Placed) else box
    return placed.left < right and placed.right > left and placed.top < bottom and placed.bottom > top


def check_promise(
    boxes: list[tuple[float, ...]],
    width: int,
    height: int,
    planned: tuple[list[Placed | None], list[Placed | None], Placed | None],
) -> None:
    labels, panels, caption = planned
    everything = [entry for entry in (*labels, *panels, caption) if entry is not None]
    for entry in everything:
        assert 0 <= entry.left < entry.right <= width
        assert 0 <= entry.top < entry.bottom <= height
    for position, entry in enumerate(everything):
        assert not any(crosses(entry, other) for other in everything[position + 1 :])
    visible = layout.visible_boxes(np.array(boxes, np.float32).reshape(-1, 4), width, height)
    shown = [tuple(float(edge) for edge in box) for box in visible if box[2] > box[0]]
    for entry in (*panels, caption):
        assert entry is None or not any(crosses(entry, box) for box in shown)
    for face, label in enumerate(labels):
        if label is None:
            continue
        own = tuple(float(edge) for edge in visible[face])
        others = [tuple(float(edge) for edge in box) for i, box in enumerate(visible) if i != face and box[2] > box[0]]
        assert not any(crosses(label, box) for box in others)
        if crosses(label, own):
            left, top, right, bottom = own  # only where the smallest label has no room on any side
            wide, high = LABELS[-1]
            assert max(left, width - right) < wide + 20 or height < high + 20
            assert max(top, height - bottom) < high + 20 or width < wide + 20
            assert min(abs(label.top - top), abs(label.bottom - bottom)) <= 12


sides = st.floats(0, 1.2)
a_box = st.tuples(st.floats(-0.3, 1.1), st.floats(-0.3, 1.1), sides, sides)
some_boxes = st.lists(a_box, max_size=10)
small_box = st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.02, 0.25), st.floats(0.02, 0.3))
many_small = st.lists(small_box, min_size=2, max_size=10)


def in_pixels(boxes: list[tuple[float, ...]], width: int, height: int) -> list[tuple[float, ...]]:
    return [(x * width, y * height, (x + w) * width, (y + h) * height) for x, y, w, h in boxes]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(16, 2000), st.integers(16, 1200), some_boxes | many_small)
def test_nothing_leaves_the_picture_or_covers_a_face(width: int, height: int, boxes: list[tuple[float, ...]]) -> None:
    shown = in_pixels(boxes, width, height)
    check_promise(shown, width, height, plan(OverlayPlanner(), shown, width, height))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(many_small, min_size=2, max_size=6), st.floats(0.01, 1.0))
def test_the_promise_holds_while_faces_come_go_and_move(moments: list[list[tuple[float, ...]]], step_s: float) -> None:
    planner = OverlayPlanner()
    for moment, boxes in enumerate(moments):
        for tremble in (0.0, 0.004, -0.003):
            moved = in_pixels([(x + tremble, y - tremble, w, h) for x, y, w, h in boxes], 640, 480)
            time_s = moment * step_s + tremble * tremble
            check_promise(moved, 640, 480, plan(planner, moved, 640, 480, time_s))


def test_one_face_has_its_label_above_and_its_full_panel_right() -> None:
    (label,), (panel,), caption = plan(OverlayPlanner(), [(200, 150, 320, 270)], 640, 480)
    assert label is not None
    assert panel is not None
    assert caption is not None
    assert (label.variant, label.left) == (0, 200)
    assert label.bottom < 150
    assert (panel.variant, panel.top) == (Level.FULL, 150)
    assert 320 < panel.left < 340
    assert caption.left < 20
    assert caption.bottom > 460


@pytest.mark.parametrize("size", [(480, 270), (480, 360), (640, 480), (1280, 720), (1920, 1080)])
def test_one_face_always_has_its_full_panel(size: tuple[int, int]) -> None:
    width, height = size
    side = height * 0.4
    box = (width / 2 - side / 2, height * 0.3, width / 2 + side / 2, height * 0.3 + side)
    (label,), (panel,), _ = plan(OverlayPlanner(), [box], width, height)
    assert label is not None
    assert label.variant == 0
    assert panel is not None
    assert panel.variant == Level.FULL


def test_ten_faces_have_labels_and_panels_of_some_size() -> None:
    boxes = [(128 * (i % 5) + 30, 240 * (i // 5) + 60, 128 * (i % 5) + 80, 240 * (i // 5) + 110) for i in range(10)]
    labels, panels, _ = plan(OverlayPlanner(), [tuple(map(float, box)) for box in boxes], 640, 480)
    assert None not in labels
    assert None not in panels


def test_the_label_of_a_face_that_fills_the_picture_lies_on_its_edge_and_the_panel_is_omitted() -> None:
    (label,), (panel,), caption = plan(OverlayPlanner(), [(-20, -10, 660, 500)], 640, 480)
    assert label is not None
    assert panel is None
    assert caption is None
    assert label.top < 10
    assert label.left < 10
    assert label.right <= 640


def test_a_filling_face_gets_no_label_on_the_face_inside_of_it() -> None:
    boxes = [(0.0, 0.0, 640.0, 480.0), (0.0, 0.0, 640.0, 60.0), (0.0, 420.0, 640.0, 480.0)]
    labels, _, _ = plan(OverlayPlanner(), boxes, 640, 480)
    check_promise(boxes, 640, 480, (labels, [], None))
    assert labels[0] is None


def test_faces_that_cannot_be_seen_get_nothing() -> None:
    labels, panels, _ = plan(OverlayPlanner(), [(700, 0, 800, 90), (50, 50, 50, 90), (9, 9, 3, 3)], 640, 480)
    assert labels == [None] * 3
    assert panels == [None] * 3


def test_a_panel_stays_on_its_side_when_the_other_becomes_free() -> None:
    planner = OverlayPlanner()
    _, (at_edge,), _ = plan(planner, [(520, 150, 620, 250)], 640, 480, 0.0)
    assert at_edge is not None
    assert at_edge.right < 520
    for step in range(1, 60):
        _, (panel,), _ = plan(planner, [(520 - 4 * step, 150, 620 - 4 * step, 250)], 640, 480, step / 30)
        if 520 - 4 * step > 190:
            assert panel is not None
            assert panel.right < 520 - 4 * step
    _, (fresh,), _ = plan(OverlayPlanner(), [(350, 150, 450, 250)], 640, 480)
    assert fresh is not None
    assert fresh.left > 450


def test_a_better_place_is_taken_only_after_a_while() -> None:
    planner = OverlayPlanner()
    (label,), _, _ = plan(planner, [(300, 4, 400, 104)], 640, 480, 0.0)
    assert label is not None
    assert label.top > 104
    seen = []
    for tenth in range(1, 20):
        (label,), _, _ = plan(planner, [(300, 100, 400, 200)], 640, 480, tenth / 10)
        assert label is not None
        seen.append((tenth / 10, label.bottom < 100))
    moved = [time_s for time_s, above in seen if above]
    assert moved
    assert moved[0] == pytest.approx(0.1 + MOVE_AFTER_S, abs=0.11)
    assert [above for _, above in seen] == sorted(above for _, above in seen)


def test_a_trembling_face_leaves_its_panel_at_rest() -> None:
    planner, random = OverlayPlanner(), np.random.default_rng(3)
    tops = set()
    for step in range(40):
        x, y = random.integers(-1, 2, 2)
        _, (panel,), _ = plan(planner, [(200 + x, 150 + y, 320 + x, 270 + y)], 640, 480, step / 30)
        assert panel is not None
        tops.add((panel.left, panel.top))
    assert len(tops) <= 2


def test_a_lost_identity_is_forgotten() -> None:
    planner = OverlayPlanner()
    plan(planner, [(520, 150, 620, 250)], 640, 480, 0.0)
    plan(planner, [], 640, 480, MEMORY_S + 0.1)
    _, (panel,), _ = plan(planner, [(350, 150, 450, 250)], 640, 480, MEMORY_S + 0.2)
    assert panel is not None
    assert panel.left > 450


def test_memory_does_not_grow_with_the_people_seen() -> None:
    planner = OverlayPlanner()
    for step in range(300):
        plan(planner, [(200, 150, 320, 270)], 640, 480, step / 10, identities=[step + 1])
    assert len(planner._held) < 60
    assert len(planner._crowd) < 60


def test_the_caption_keeps_its_corner_until_a_face_enters_it() -> None:
    planner = OverlayPlanner()
    corners = []
    for box in ((250, 100, 350, 200), (0, 400, 90, 480), (250, 100, 350, 200)):
        _, _, caption = plan(planner, [box], 640, 480)
        assert caption is not None
        corners.append(caption.left < 320)
    assert corners == [True, False, False]


def test_drawing_the_same_result_twice_gives_the_same_plan() -> None:
    planner, result = OverlayPlanner(), scene([(200, 150, 320, 270)])
    first = planner.labels(planner.canvas(picture(), result), [LABELS])
    assert planner.labels(planner.canvas(picture(), result), [LABELS]) == first


def test_a_still_picture_shows_its_panel_again_once_the_obstacle_is_gone() -> None:
    planner = OverlayPlanner()
    result = scene([(300.0, 200.0, 380.0, 280.0)])
    faces, boxes = face_overlays(result), result.faces.xyxy

    def panel(obstacles: list[list[int]]) -> Placed | None:
        taken = np.array(obstacles, np.int32).reshape(-1, 4)
        canvas = planner.begin((640, 480), faces, boxes, 0.0, 0, lambda _: 14, taken)
        return planner.place(canvas, [LABELS], panel_sizes(14))[1][0]

    whole = panel([])
    small = panel([[0, 0, 640, 198], [0, 282, 640, 480], [0, 0, 298, 480], [460, 0, 640, 480]])
    assert small is not None
    assert small.variant > 0
    assert panel([]) == whole, "not the small form that it had"
    assert panel([[0, 0, 640, 198], [0, 282, 640, 480], [0, 0, 298, 480], [382, 0, 640, 480]]) is None
    assert panel([]) == whole
