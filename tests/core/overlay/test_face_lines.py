"""The lines along a face's points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from realtime_fer.core.enums import Overlay
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_lines import (
    AXES_RGB,
    BROWS,
    CONTOUR_RGB,
    EYES,
    LIPS,
    MESH_RGB,
    OUTLINES,
    OVAL,
    Stroke,
    axes_on_picture,
    face_strokes,
    mesh_chains,
    trails,
)
from realtime_fer.vision.landmarks.head_pose import TEMPLATE, head_pose
from tests.vision.landmarks.drawn_points import drawn_points

CONTOURS, MESH, AXES = (OverlayStyle(Overlay.OFF, **{name: True}) for name in ("contours", "mesh", "axes"))
STRAIGHT = np.zeros(3, np.float32)


def strokes(height: float, style: OverlayStyle, ratio: float = 1.0) -> list[Stroke]:
    return face_strokes(drawn_points(300, 300, height), STRAIGHT, style, ratio)


def edges_of(stroke: Stroke) -> set[tuple[int, int]]:
    pairs = stroke.chains.positions[stroke.chains.edges].tolist()
    return {(min(pair), max(pair)) for pair in pairs}


def test_outlines_lie_where_their_names_say() -> None:
    points = drawn_points(0, 0, 200)[:, :2]
    middles = {name: points[list(outline)].mean(0) for name, outline in zip(("r", "l"), EYES, strict=True)}
    assert middles["r"][0] < 0 < middles["l"][0], "the person's right is on the left of the image"
    for eye, brow in zip(EYES, BROWS, strict=True):
        assert points[list(brow)][:, 1].max() < points[list(eye)][:, 1].min()
    outer, inner = (points[list(edge)] for edge in LIPS)
    assert (np.ptp(outer, axis=0) > np.ptp(inner, axis=0)).all()
    assert np.ptp(points[list(OVAL)], axis=0) == pytest.approx(np.ptp(points, axis=0), rel=0.05)
    assert all(len(set(outline)) == len(outline) for outline in OUTLINES)


@pytest.mark.parametrize(("name", "edges", "points"), [("fine", 1322, 468), ("coarse", 280, 109)])
def test_each_edge_of_a_mesh_is_drawn_once(name: str, edges: int, points: int) -> None:
    chains = mesh_chains()[name]
    pairs = np.sort(chains.positions[chains.edges], axis=1)
    assert len(pairs) == len(np.unique(pairs, axis=0)) == edges
    assert len(np.unique(pairs)) == points


def test_trails_use_every_edge_once_and_close_rings() -> None:
    edges = np.array([(0, 1), (1, 2), (2, 0), (2, 3), (5, 6)], np.uint16)
    found = [tuple(sorted(pair)) for trail in trails(edges) for pair in pairwise(trail)]
    assert sorted(found) == sorted(tuple(sorted(edge)) for edge in edges.tolist())


def test_a_mesh_is_coarse_on_a_small_face_and_fades_over() -> None:
    small, between, large = (strokes(height, MESH) for height in (100, 190, 300))
    assert [len(stroke.chains.edges) for stroke in small] == [280]
    assert [len(stroke.chains.edges) for stroke in large] == [1322]
    assert len(between) == 2
    assert all(stroke.opacity < other.opacity for stroke, other in zip(between, (*small, *large), strict=True))
    assert [len(stroke.chains.edges) for stroke in strokes(150, MESH, ratio=2)] == [1322], "the screen's pixels count"


def test_too_small_a_face_has_contours_in_place_of_a_mesh() -> None:
    assert {stroke.rgb for stroke in strokes(30, MESH)} == {CONTOUR_RGB}
    both = strokes(300, OverlayStyle(contours=True, mesh=True))
    assert [stroke.rgb for stroke in both] == [MESH_RGB, CONTOUR_RGB, CONTOUR_RGB], "contours lie on top"


def test_contours_of_a_small_face_are_fewer_and_those_of_a_large_one_wider() -> None:
    small, large = strokes(50, CONTOURS), strokes(400, CONTOURS)
    assert len(small) == 1
    oval = {(min(pair), max(pair)) for pair in pairwise(OVAL)}
    assert not edges_of(small[0]) & oval
    assert oval <= edges_of(small[0]) | edges_of(large[1])
    assert large[0].width > small[0].width


def test_points_that_are_not_known_are_not_drawn() -> None:
    everything = OverlayStyle(contours=True, mesh=True, axes=True)
    assert face_strokes(np.full((468, 3), np.nan, np.float32), STRAIGHT, everything) == []
    points = drawn_points(300, 300, 200)
    for pose in (None, np.full(3, np.nan, np.float32)):
        assert face_strokes(points, pose, AXES) == []
    assert [stroke.rgb for stroke in face_strokes(points, STRAIGHT, AXES)] == list(AXES_RGB)


@pytest.mark.parametrize("turn", [(0, 0, 0), (30, 0, 0), (0, 25, 0), (0, 0, 20), (-35, 15, 12), (20, -20, -30)])
def test_axes_show_the_pose_that_was_measured(turn: tuple[float, float, float]) -> None:
    """A head that is really turned: its own axes, projected, are those that are drawn."""
    yaw, pitch, roll = np.radians(turn)
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    rotation = about_y @ about_x @ about_z
    with np.load(TEMPLATE) as content:
        points = (content["points"] @ rotation.T).astype(np.float32)
    own = (rotation @ np.array([[1, 0, 0], [0, -1, 0], [0, 0, -1]]).T).T[:, :2]
    assert axes_on_picture(np.array(head_pose(points), np.float32)) == pytest.approx(own, abs=0.02)


def test_the_nose_s_axis_points_where_the_nose_does() -> None:
    right, up, ahead = axes_on_picture(np.array([40, 20, 0], np.float32))
    assert right[0] > 0
    assert up[1] < 0
    assert ahead[0] > 0
    assert ahead[1] < 0
