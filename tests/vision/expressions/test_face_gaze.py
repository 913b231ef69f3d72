"""How often eyes are looked at, and what becomes of it over time."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_UNKNOWN
from realtime_fer.core.faces import Faces
from realtime_fer.vision.expressions.face_gaze import FaceGaze
from tests.fakes import FakeEyes
from tests.vision.landmarks.drawn_points import drawn_points

LEFT, CENTRE, RIGHT = (GAZE_KEYS.index(key) for key in ("left", "centre", "right"))
IMAGE = np.zeros((8, 8, 3), np.uint8)


def faces(n: int = 1, *, away: bool = False) -> Faces:
    points = np.stack([drawn_points(x=100 + 200 * face, y=80, height=90) for face in range(n)])
    known = Faces(
        np.tile(np.array([[0, 0, 90, 90]], np.float32), (n, 1)),
        np.ones(n, np.float32),
        tracker_id=np.arange(1, n + 1),
    )
    movements = np.full((n, 13), np.nan if away else 0.0, np.float32)
    return known.with_landmarks(points).with_movements(np.zeros((n, 3), np.float32), movements)


def test_eyes_are_looked_at_ten_times_a_second_one_face_a_frame() -> None:
    network = FakeEyes()
    gaze = FaceGaze(network)
    for index in range(30):
        found = gaze.read(faces(2), IMAGE, index / 30).gaze
    assert found.tolist() == [CENTRE, CENTRE]
    assert 18 <= network.looked <= 20
    gaze.close()
    assert network.closed


def test_it_follows_within_half_a_second_and_a_glance_of_one_look_is_not_told() -> None:
    network = FakeEyes()
    gaze = FaceGaze(network)
    told = []
    for index in range(60):
        network.aside = 0.12 if index >= 15 else -0.06 if index == 6 else 0.0
        told.append(int(gaze.read(faces(), IMAGE, index / 30).gaze[0]))
    assert set(told[:15]) == {CENTRE}
    assert set(told[30:]) == {RIGHT}


def test_closed_eyes_and_a_face_turned_away_look_nowhere() -> None:
    network = FakeEyes()
    gaze = FaceGaze(network)
    assert gaze.read(faces(), IMAGE, 0.0).gaze.tolist() == [CENTRE]
    network.is_blinking = True
    assert gaze.read(faces(), IMAGE, 0.1).gaze.tolist() == [GAZE_UNKNOWN]
    network.is_blinking = False
    assert gaze.read(faces(), IMAGE, 0.2).gaze.tolist() == [CENTRE]
    assert gaze.read(faces(away=True), IMAGE, 0.3).gaze.tolist() == [GAZE_UNKNOWN]


def test_a_still_frame_shows_all_at_once_and_nothing_of_before() -> None:
    network = FakeEyes(0.12)
    gaze = FaceGaze(network)
    assert gaze.read(faces(3), IMAGE, 0.0, all_now=True).gaze.tolist() == [RIGHT] * 3
    network.aside = -0.12
    assert gaze.read(faces(3), IMAGE, 0.01, all_now=True).gaze.tolist() == [LEFT] * 3
    assert gaze.read(Faces.empty(), IMAGE, 0.02).gaze.tolist() == []
