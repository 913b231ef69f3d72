"""What a drawing shows of each face of a result."""

from __future__ import annotations

from dataclasses import replace

from realtime_fer.core.overlay.face_overlay import face_overlays
from realtime_fer.core.people import People
from tests.gui.moments import moment


def test_names_persons_and_hidden_people_are_as_a_person_said() -> None:
    people = People().renamed(4, "Anna").merged_into(4, 1).with_hidden(2)
    result = replace(moment(1.0, {1: {"happy": 1.0}, 2: {"sad": 1.0}, 4: {"neutral": 1.0}}), people=people)
    told = [(face.identity, face.name, face.hidden, face.person_colour) for face in face_overlays(result)]
    assert told == [(1, "Anna", False, 0), (2, "", True, 1), (1, "Anna", False, 0)]
