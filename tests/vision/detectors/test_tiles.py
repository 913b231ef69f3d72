"""Small faces are looked for in tiles: whose turn it is, what is kept, and what a tile's edge cuts off."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.protocols import ALL_TILES
from realtime_fer.sources import DemoSource
from realtime_fer.vision.detectors.near_and_far import SURE
from realtime_fer.vision.detectors.tiles import TILE_EVERY, TileSearch, tile_boxes
from realtime_fer.vision.registry import make_detector


class Spots:
    """A network that finds every red square whole or cut, and counts the pictures that it was shown."""

    def __init__(self) -> None:
        self.shown = 0

    def detect(self, image_bgr: np.ndarray) -> Faces:
        self.shown += 1
        red = (image_bgr == (0, 0, 255)).all(axis=2).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(red)
        boxes = np.array([(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:]], np.float32).reshape(-1, 4)
        return Faces(boxes, np.full(len(boxes), 0.9, np.float32), np.tile(boxes[:, None, :2], (1, 6, 1)))

    def close(self) -> None: ...


def room(*corners: tuple[int, int], side: int = 20) -> np.ndarray:
    image = np.zeros((720, 1280, 3), np.uint8)
    for x, y in corners:
        image[y : y + side, x : x + side] = (0, 0, 255)
    return image


def test_tiles_overlap_and_cover_the_picture() -> None:
    for width, height in ((1280, 720), (480, 270), (720, 1280), (3840, 2160)):
        covered = np.zeros((height, width), np.uint8)
        for left, top, right, bottom in tile_boxes(width, height):
            covered[top:bottom, left:right] += 1
        assert covered.min() == 1
        assert covered.max() > 1
    assert tile_boxes(200, 200) == []


@pytest.mark.parametrize("corner", list(product((0, 250, 600, 1260), (0, 170, 350, 700))))
def test_a_small_face_is_found_whole_wherever_it_is(corner: tuple[int, int]) -> None:
    found = TileSearch(Spots()).search(room(corner), ALL_TILES)
    assert len(found)
    assert (found.xyxy == (*corner, corner[0] + 20, corner[1] + 20)).all()
    assert (found.keypoints[:, 0] == corner).all()


def test_a_large_face_is_left_to_the_search_of_the_whole_picture() -> None:
    assert len(TileSearch(Spots()).search(room((100, 100), side=200), ALL_TILES)) == 0


def test_who_is_found_twice_is_given_in_every_call_from_then_on() -> None:
    network = Spots()
    search = TileSearch(network)
    counts = [len(search.search(room((50, 50)), 1)) for _ in range(40 * TILE_EVERY)]
    first = counts.index(1)
    assert set(counts[first:]) == {1}
    assert network.shown <= len(counts)


def test_an_empty_room_costs_one_tile_in_so_many_calls() -> None:
    network = Spots()
    search = TileSearch(network)
    for _ in range(30):
        assert len(search.search(room(), 1)) == 0
    assert network.shown == 30 // TILE_EVERY


def test_for_who_is_found_in_the_whole_picture_no_tile_is_searched_again() -> None:
    network = Spots()
    search = TileSearch(network)
    for _ in range(30):
        assert len(search.search(room((50, 50)), 1, np.array([[45, 45, 75, 75]], np.float32))) == 0
    assert network.shown == 30 // TILE_EVERY


def test_what_one_look_alone_found_is_not_given() -> None:
    search, given = TileSearch(Spots()), 0
    shown = room((50, 50))
    for call in range(1, 20 * TILE_EVERY):
        # There in the calls that search the next tile, gone in the call after each.
        given += len(search.search(shown if call % 2 else room(), 1))
    assert given == 0


def test_who_has_gone_is_given_no_longer_and_nobody_is_after_another_picture() -> None:
    search = TileSearch(Spots())
    for _ in range(20 * TILE_EVERY):
        search.search(room((50, 50)), 1)
    assert len(search.search(room((50, 50)), 1)) == 1
    assert [len(search.search(room(), 1)) for _ in range(4)][-1] == 0
    for _ in range(20 * TILE_EVERY):
        search.search(room((50, 50)), 1)
    search.forget()
    assert len(search.search(room(), 1)) == 0


def test_a_face_of_12_pixels_is_found_in_a_picture_of_480() -> None:
    try:
        detector = make_detector("mediapipe")
    except DetectorError as error:
        pytest.skip(error.sentence())
    source = DemoSource(1280, 720, faces=1)
    source.open()
    read = source.read()
    source.close()
    assert read is not None
    portrait = read.image_bgr
    left, top, right, _ = detector.detect(portrait, thorough=True).xyxy[0].tolist()
    shrunk = cv2.resize(portrait, None, fx=12 / (right - left), fy=12 / (right - left), interpolation=cv2.INTER_AREA)
    image = np.full((270, 480, 3), 110, np.uint8)
    image[20 : 20 + shrunk.shape[0], 300 : 300 + shrunk.shape[1]] = shrunk
    assert not (detector.detect(image, thorough=True).confidence >= SURE).any()
    found = detector.detect(image, thorough=True, tiles=ALL_TILES)
    assert (found.confidence >= SURE).sum() == 1
    assert abs(found.xyxy[found.confidence >= SURE][0, 1] - 20 - top * 12 / (right - left)) < 5
    detector.close()
