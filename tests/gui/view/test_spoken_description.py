from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.gui.view.spoken_description import CALM_S, CalmSpeaker, spoken

CLASSES = ("happy", "sad")


def result_with(*faces: tuple[int, float, str], classes: tuple[str, ...] = CLASSES) -> FrameResult:
    """Faces as (identity, share of happy, key of the doubt)."""
    n = len(faces)
    shares = np.array([[share, 1 - share] for _, share, _ in faces], np.float32).reshape(n, 2)[:, : len(classes)]
    found = Faces(
        np.tile(np.array([0, 0, 10, 10], np.float32), (n, 1)),
        np.ones(n, np.float32),
        tracker_id=np.array([identity for identity, _, _ in faces], np.int64),
        probabilities=shares,
        smoothed=shares,
        doubt=np.array([DOUBT_KEYS.index(doubt) for _, _, doubt in faces], np.uint8),
    )
    image = np.zeros((20, 20, 3), np.uint8)
    return FrameResult(Frame(image, 0, 0.0), found, classes, min_confidence=0.35)


@pytest.mark.parametrize(
    ("faces", "words"),
    [
        ((), "No face."),
        (((3, 0.87, ""),), "One face. 3: Happy, 87 %."),
        (((1, 0.1, ""), (2, 0.9, "dark")), "2 faces. 1: Sad, 90 %. 2: uncertain, too dark."),
    ],
)
def test_faces_are_said(faces: Any, words: str) -> None:
    assert spoken(result_with(*faces)) == words


def test_without_a_model_that_is_said() -> None:
    assert spoken(result_with((1, 0.5, ""), classes=())) == "One face. 1: no model yet."


def test_of_a_crowd_the_first_are_said() -> None:
    words = spoken(result_with(*((number, 0.9, "") for number in range(1, 31))))
    assert words.startswith("30 faces. 1: Happy")
    assert words.count("Happy") == 6


def test_it_speaks_calmly_and_only_of_news() -> None:
    now_s, said = 100.0, []
    speaker = CalmSpeaker(said.append, lambda: now_s)
    one, none = result_with((1, 0.9, "")), result_with()
    speaker.offer(one)
    speaker.offer(none)
    assert said == ["One face. 1: Happy, 90 %."]
    now_s += CALM_S
    speaker.offer(one)
    assert len(said) == 1
    speaker.offer(none)
    assert said[1:] == ["No face."]


def test_the_view_describes_what_is_in_it(stage: Any) -> None:
    result = result_with((1, 0.9, ""))
    stage.show(replace(result))
    assert "1: Happy, 90 %." in stage.window.view.accessibleDescription()
