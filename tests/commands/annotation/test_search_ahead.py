"""Pictures that are searched ahead have the faces that they have otherwise, and errors come with their picture."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from realtime_fer.commands.annotation.search_ahead import SearchAhead
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES

EVERYTHING = {"thorough": True, "tiles": ALL_TILES}


class Counting:
    """Finds in each picture one face, as wide as its number; notes how it was asked and in which thread."""

    name, family, landmarks = "haar", "haar", None

    def __init__(self) -> None:
        self.asked: list[tuple[int, bool, int]] = []
        self.threads: set[int] = set()
        self.closed = 0

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        number = int(image_bgr[0, 0, 0])
        self.asked.append((number, thorough, tiles))
        self.threads.add(threading.get_ident())
        if number == 13:
            raise DetectorError("It cannot be searched.")
        return Faces(np.array([[0, 0, number, number]], np.float32), np.ones(1, np.float32))

    def close(self) -> None:
        self.closed += 1


def picture(number: int) -> Image:
    return np.full((8, 8, 3), number, np.uint8)


def test_a_picture_is_searched_once_in_one_thread_and_others_when_they_are_asked_for() -> None:
    detector = Counting()
    ahead = SearchAhead(detector)
    pictures = [picture(number) for number in (1, 2, 3)]
    for one in pictures:
        ahead.begin(one)
    assert [float(ahead.detect(one, **EVERYTHING).xyxy[0, 2]) for one in pictures] == [1, 2, 3]
    assert float(ahead.detect(picture(4), thorough=False, tiles=1).xyxy[0, 2]) == 4
    assert detector.asked == [*((number, True, ALL_TILES) for number in (1, 2, 3)), (4, False, 1)]
    assert len(detector.threads) == 1
    assert threading.get_ident() not in detector.threads
    ahead.close()
    assert detector.closed == 1


def test_an_error_comes_with_its_own_picture() -> None:
    ahead = SearchAhead(Counting())
    pictures = [picture(number) for number in (1, 13, 2)]
    for one in pictures:
        ahead.begin(one)
    assert len(ahead.detect(pictures[0], **EVERYTHING)) == 1
    with pytest.raises(DetectorError, match="cannot be searched"):
        ahead.detect(pictures[1], **EVERYTHING)
    assert len(ahead.detect(pictures[2], **EVERYTHING)) == 1
    ahead.close()
