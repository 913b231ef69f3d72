"""Runs BlazeFace's short and full range, alone or together."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou, suppress_overlaps
from realtime_fer.core.protocols import ALL_TILES, LandmarkNetwork
from realtime_fer.vision.detectors.second_looks import Network, beside, large, past_the_border
from realtime_fer.vision.detectors.tiles import TileSearch

#: The lowest confidence that is returned. A new face needs more, but a tracked face may dip this low without being
#: lost; see ``vision.faces.tracking``.
MIN_CONFIDENCE = 0.3

#: Width of the copy that is searched. The networks take 192 and 128 pixels; a smaller copy loses distant faces, a
#: larger one only time.
COPY_WIDTH = 640

#: With both in use, the short range searches every n-th frame for a face too close for the full range.
NEAR_EVERY = 5

#: From this confidence on a detection starts a track (``vision.faces.tracking``) and needs no other network's answer.
SURE = 0.5

#: The short range must be this much surer of a face that the full range is sure of too.
CLEARLY = 0.1

#: Every n-th frame is searched past the border, where no face is sure or a large one is there, and beside a large one.
LOOK_AGAIN_EVERY = 10

Float32 = npt.NDArray[np.float32]


class NearAndFarDetector:
    """Finds faces with six key points. Called from one thread alone.

    >>> near, far = (BlazeFace(options, MIN_CONFIDENCE) for options in (SHORT_RANGE, FULL_RANGE))
    >>> detector = NearAndFarDetector("mediapipe", near, far)
    >>> faces = detector.detect(image_bgr)
    >>> len(faces), faces.keypoints.shape
    (1, (1, 6, 2))
    >>> detector.close()

    Args:
        name: as in ``--detector``.
        near: the short range; with None faces that fill the image are missed.
        far: the full range, whose key points are more exact; with None faces beyond some two metres are missed. With
            both, each face is the surer network's; the near one searches every few frames, in each frame while it leads
            or the far one is unsure, and wherever the search is thorough.
        second_looks: also searches past the border and beside large faces.
        landmarks: by which the faces can be followed; closed with the detector.
    """

    family = "mediapipe"

    def __init__(
        self,
        name: str,
        near: Network | None,
        far: Network | None,
        *,
        second_looks: bool = True,
        landmarks: LandmarkNetwork | None = None,
    ) -> None:
        self.name = name
        self.landmarks = landmarks
        self._near = near
        self._far = far
        self._second_looks = second_looks
        self._tiles = TileSearch(far) if far is not None else None
        self._frames_without_near = NEAR_EVERY
        self._frames_since_border = self._frames_since_beside = LOOK_AGAIN_EVERY

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        if self._near is None and self._far is None:
            raise DetectorError("The face detector is closed.")
        small, back = _copied(image_bgr, COPY_WIDTH)
        return self._looked_again(image_bgr, small, back, self._search(small, thorough), thorough, tiles)

    def detect_each(self, images_bgr: Sequence[Image]) -> list[Faces]:
        """As ``detect`` finds them in each, with all that there is, but one network after the other searches all."""
        if self._near is None and self._far is None:
            raise DetectorError("The face detector is closed.")
        copies = [_copied(image, COPY_WIDTH) for image in images_bgr]

        def each(network: Network | None) -> list[Faces]:
            return [] if network is None else [_single(network.detect(small)) for small, _ in copies]

        far, near = each(self._far), each(self._near)
        both = far and near
        found = [_better_of(*pair)[0] for pair in zip(far, near, strict=True)] if both else far or near
        return [
            self._looked_again(image, *copy, faces, True, ALL_TILES)
            for image, copy, faces in zip(images_bgr, copies, found, strict=True)
        ]

    def _looked_again(
        self, image_bgr: Image, small: Image, back: Float32, found: Faces, thorough: bool, tiles: int
    ) -> Faces:
        if self._second_looks:
            found = self._past_the_border(small, found, thorough)
        found = found.scaled(back)
        if self._second_looks:
            found = self._beside(image_bgr, found, thorough)
        return self._in_tiles(image_bgr, found, tiles)

    def _search(self, small: Image, thorough: bool) -> Faces:
        if self._far is None:
            return _single(self._near.detect(small)) if self._near is not None else Faces.empty()
        far = _single(self._far.detect(small))
        if self._near is None:
            return far
        self._frames_without_near += 1
        sure = len(far) and far.confidence.min() >= SURE
        if sure and self._frames_without_near < NEAR_EVERY and not thorough:
            return far
        found, near_leads = _better_of(far, _single(self._near.detect(small)))
        # While the short range sees a face better, it searches every frame.
        self._frames_without_near = NEAR_EVERY if near_leads else 0
        return found

    def _past_the_border(self, small: Image, found: Faces, thorough: bool) -> Faces:
        """``found`` and the faces that the border cuts off or that are larger than the image, by the short range."""
        sure = found.confidence >= SURE
        if self._near is None or not (thorough or not sure.any() or large(found, small)[sure].all()):
            return found
        self._frames_since_border += 1
        if self._frames_since_border < LOOK_AGAIN_EVERY and not thorough:
            return found
        found, more = _completed(found, _single(past_the_border(self._near, small)))
        # While only this look finds a face, every frame gets it, as above.
        self._frames_since_border = LOOK_AGAIN_EVERY if more else 0
        return found

    def _beside(self, image_bgr: Image, found: Faces, thorough: bool) -> Faces:
        """``found`` and the faces that the full range misses beside a large one."""
        near = large(found, image_bgr)
        if self._far is None or not near.any():
            return found
        self._frames_since_beside += 1
        if self._frames_since_beside < LOOK_AGAIN_EVERY and not thorough:
            return found
        # Sharper than the copy: the rest is only a part of the image, and faces at the back are small.
        sharp, back = _copied(image_bgr, 2 * COPY_WIDTH)
        boxes = (found.xyxy[near] / np.tile(back, 2)).astype(np.float32)
        seen = _single(beside(self._far, sharp, boxes)).scaled(back)
        found, more = _completed(found, seen)
        self._frames_since_beside = LOOK_AGAIN_EVERY if more else 0
        return found

    def _in_tiles(self, image_bgr: Image, found: Faces, tiles: int) -> Faces:
        """``found`` and the faces that are too small for the full range in the whole image."""
        if self._tiles is None:
            return found
        if not tiles:
            self._tiles.forget()
            return found
        more = self._tiles.search(image_bgr, tiles, found.xyxy[found.confidence >= SURE])
        return _completed(found, _single(more))[0]

    def close(self) -> None:
        for network in (self._far, self._near, self.landmarks):
            if network is not None:
                network.close()
        self._far = self._near = self._tiles = self.landmarks = None


def _single(found: Faces) -> Faces:
    """One face where two boxes lie within each other."""
    if len(found) < 2:
        return found
    return found.select(suppress_overlaps(found.xyxy, found.confidence))


def _better_of(far: Faces, near: Faces) -> tuple[Faces, bool]:
    """Each face once, as the surer network found it, and whether that is ever the near one."""
    if not len(near) or not len(far):
        return (near, True) if len(near) else (far, False)
    same = _same_face(near, far)
    rival = np.where(same, far.confidence[None, :], -1.0).max(1)
    # A face that both see well keeps the far one's key points, which are more exact, and does not jump between two
    # boxes: these are of one size (2.4 times the distance of the eyes) only where their network is the surer one.
    wins = near.confidence > np.where(rival >= SURE, rival + CLEARLY, rival)
    stays = ~(same & wins[:, None]).any(0)
    return Faces.joined([far.select(stays), near.select(wins)]), bool(wins.any())


def _completed(found: Faces, more: Faces) -> tuple[Faces, bool]:
    """``found`` with the faces of another look that it lacks or is less sure of, and whether one of them is sure."""
    if not len(more):
        return found, False
    same = _same_face(more, found)
    rival = np.where(same, found.confidence[None, :], -1.0).max(1, initial=-1.0)
    new = (rival < SURE) & (more.confidence > rival)
    stays = ~(same & new[:, None]).any(0)
    return Faces.joined([found.select(stays), more.select(new)]), bool((new & (more.confidence >= SURE)).any())


def _copied(image_bgr: Image, most_px: int) -> tuple[Image, Float32]:
    """A copy of the image of at most this width, and the (x, y) factors from its pixels to the original's."""
    height, width = image_bgr.shape[:2]
    if width <= most_px:
        return image_bgr, np.ones(2, np.float32)
    size = (most_px, max(1, round(height * most_px / width)))
    copy = cv2.resize(image_bgr, size, interpolation=cv2.INTER_LINEAR)
    return copy, np.array([width / size[0], height / size[1]], np.float32)


def _same_face(near: Faces, far: Faces) -> npt.NDArray[np.bool_]:
    """(n, m): whether two boxes overlap, or the centre of one lies in the other."""
    overlap = box_iou(near.xyxy, far.xyxy) > 0.2
    return np.asarray(overlap | _centre_inside(near.xyxy, far.xyxy) | _centre_inside(far.xyxy, near.xyxy).T)


def _centre_inside(xyxy: Float32, within: Float32) -> npt.NDArray[np.bool_]:
    centres = (xyxy[:, None, :2] + xyxy[:, None, 2:]) / 2
    return np.asarray(((centres >= within[None, :, :2]) & (centres <= within[None, :, 2:])).all(2))
