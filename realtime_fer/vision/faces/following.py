"""Follows faces from frame to frame by their points, so that not every frame has to be searched.

The way of MediaPipe's face mesh (Kartynnik et al. 2019, arXiv:1907.06724): while the network sees a face, the square
that it looks at in the next frame comes from the face's own points. A detector finds the faces first and makes sure of
them again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.face_features.landmarks import FACE_SCORE, POINTS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import LandmarkNetwork
from realtime_fer.vision.faces.face_patch import SAME_FACE, SURELY_SAME, face_patch, likeness
from realtime_fer.vision.landmarks.face_box import BoxOffset, box_of, keypoints_of, offset_of
from realtime_fer.vision.landmarks.one_euro import OneEuroFilter
from realtime_fer.vision.landmarks.regions import ENLARGED, region_of, regions_from_detections, regions_from_points

Float32 = npt.NDArray[np.float32]

#: Faces followed at once.
MOST_FOLLOWED = 4

#: Faces whose points are read in one frame: of more, each has its turn every second frame and moves on in between.
_MOST_READ = 2

#: A face that no search has found for so long is followed no further: a pattern may hold the network's points.
UNFOUND_S = 1.0

#: Of MediaPipe's graph ``face_landmarks_smoothing``; speeds in sides of the face a second.
_MIN_CUTOFF_HZ, _BETA = 0.05, 80.0

_EQUAL_SHARES = np.full(POINTS, 1 / POINTS, np.float32)


@dataclass
class _Followed:
    #: Where the network looks in the next frame, as of ``regions``.
    region: Float32
    steady: Float32
    #: ``steady`` of the frame in which the points were read last.
    read: Float32
    filter: OneEuroFilter
    offset: BoxOffset
    confidence: float
    found_s: float
    read_s: float
    #: Pixels a second, (2,).
    velocity: Float32
    #: What lay under the points that were read last.
    patch: Float32


class FaceFollower:
    """Holds the points of the faces that are followed. Called only from the pipeline's thread."""

    def __init__(self, network: LandmarkNetwork) -> None:
        self._network = network
        self._followed: dict[int, _Followed] = {}
        self._surely_same = False
        self._parts: dict[int, ImagePart | None] = {}

    @property
    def parts(self) -> Mapping[int, ImagePart | None]:
        """Of the last image, round the faces whose points were read in it, by their identities."""
        return self._parts

    @property
    def surely_same(self) -> bool:
        """Whether the last ``advance`` saw faces, and no doubt that they are those of the frame before."""
        return self._surely_same

    @property
    def identities(self) -> Collection[int]:
        return self._followed.keys()

    def reset(self) -> None:
        """Forgets all points."""
        self._followed.clear()
        self._parts = {}

    def advance(self, image_bgr: Image, now_s: float) -> bool:
        """Moves every followed face on to this frame; False if one of them is not seen any more."""
        self._surely_same = bool(self._followed)
        self._parts = {}
        if not self._followed:
            return True
        turns = sorted(self._followed, key=lambda identity: self._followed[identity].read_s)
        read, waiting = turns[:_MOST_READ], turns[_MOST_READ:]
        seen = self._network.predict(image_bgr, np.array([self._followed[identity].region for identity in read]))
        height, width = image_bgr.shape[:2]
        all_seen = True
        for row, identity in enumerate(read):
            face, points = self._followed[identity], seen.points[row]
            if seen.score[row] >= FACE_SCORE and _is_inside(points, width, height):
                region = region_of(points)
                part = seen.parts[row] if seen.parts else None
                patch = face_patch(image_bgr, region, part)
                alike = likeness(face.patch, patch)
                # Where all is flat, as in the dark, nothing speaks against it, and nothing for it.
                self._surely_same &= alike >= SURELY_SAME and bool(patch.any())
                if alike >= SAME_FACE:
                    face.patch, face.region = patch, region
                    self._parts[identity] = part
                    self._move(face, points, now_s)
                    continue
            self._surely_same = False
            del self._followed[identity]
            all_seen = False
        for identity in waiting:
            _carry_on(self._followed[identity], now_s)
        return all_seen

    def drop(self, identities: Collection[int]) -> None:
        for identity in identities:
            self._followed.pop(identity, None)

    def faces(self) -> Faces:
        """The followed faces as a detector would give them, with identities and points, oldest identity first."""
        identities = sorted(self._followed)
        if not identities:
            return Faces.empty()
        followed = [self._followed[identity] for identity in identities]
        return Faces(
            np.array([box_of(face.steady, face.offset) for face in followed]),
            np.array([face.confidence for face in followed], np.float32),
            np.array([keypoints_of(face.steady) for face in followed]),
            np.array(identities, np.int64),
            landmarks=np.array([face.steady for face in followed]),
        )

    def found(self, identity: int, landmarks: Float32, xyxy: Float32, confidence: float, searched_s: float) -> None:
        """A search found this face in the box (4,), where its points were (468, 3), in the frame of ``searched_s``."""
        face = self._followed.get(identity)
        if face is not None:
            face.offset = face.offset.towards(offset_of(landmarks, xyxy))
            face.confidence, face.found_s = confidence, searched_s

    def unfound(self, now_s: float) -> list[int]:
        """The faces that the searches have not found for ``UNFOUND_S``."""
        return [identity for identity, face in self._followed.items() if now_s - face.found_s > UNFOUND_S]

    def begin(self, image_bgr: Image, faces: Faces, now_s: float) -> Faces:
        """Follows those of the detector's faces that are not followed yet; gives all with what is known of them.

        Args:
            faces: with identities and six key points, from this frame.
        """
        known = np.array([identity in self._followed for identity in faces.tracker_id.tolist()], np.bool_)
        new = np.flatnonzero(~known)
        if len(new):
            # Twice, since the first square comes from the detector and is only about right.
            first = self._network.predict(image_bgr, regions_from_detections(faces.xyxy[new], faces.keypoints[new]))
            sure = first.score >= FACE_SCORE
            again = self._network.predict(image_bgr, regions_from_points(first.points[sure]))
            parts = again.parts or [None] * len(again.points)
            for row, points, score, part in zip(
                new[sure].tolist(), again.points, again.score.tolist(), parts, strict=True
            ):
                if score >= FACE_SCORE:
                    self._begin_one(faces, row, points, image_bgr, part, now_s)
        self.drop(set(self._followed) - set(faces.tracker_id.tolist()))
        # Where all were followed, their points are those of ``faces``.
        return self._completed(faces) if len(new) or not faces.landmarks.shape[1] else faces

    def _begin_one(
        self, faces: Faces, row: int, points: Float32, image_bgr: Image, part: ImagePart | None, now_s: float
    ) -> None:
        offset, region = offset_of(points, faces.xyxy[row]), region_of(points)
        followed = _Followed(
            region,
            points,
            points,
            OneEuroFilter(_MIN_CUTOFF_HZ, _BETA),
            offset,
            float(faces.confidence[row]),
            now_s,
            now_s,
            np.zeros(2, np.float32),
            face_patch(image_bgr, region, part),
        )
        self._move(followed, points, now_s)
        identity = int(faces.tracker_id[row])
        self._followed[identity], self._parts[identity] = followed, part

    def _completed(self, faces: Faces) -> Faces:
        """The faces with the points of those that are followed; NaN for the others."""
        landmarks = np.full((len(faces), POINTS, 3), np.nan, np.float32)
        for row, identity in enumerate(faces.tracker_id.tolist()):
            followed = self._followed.get(identity)
            if followed is not None:
                landmarks[row] = followed.steady
        return faces.with_landmarks(landmarks)

    @staticmethod
    def _move(face: _Followed, points: Float32, now_s: float) -> None:
        side = float(face.region[2]) / ENLARGED
        steady = face.filter.filter(points, now_s, max(side, 1.0))
        if now_s > face.read_s:
            face.velocity = (_middle(steady) - _middle(face.read)) / np.float32(now_s - face.read_s)
        face.steady, face.read, face.read_s = steady, steady, now_s


def _carry_on(face: _Followed, now_s: float) -> None:
    """Where the face should be in a frame in which its points are not read."""
    steady = face.read.copy()
    steady[:, :2] += face.velocity * np.float32(now_s - face.read_s)
    face.steady, face.region = steady, region_of(steady)


def _is_inside(points: Float32, width: int, height: int) -> bool:
    """Whether the middle of the face lies in the image, and the points are such."""
    x, y = _middle(points).tolist()
    return bool(0 <= x < width and 0 <= y < height)


def _middle(points: Float32) -> Float32:
    """(2,)"""
    # A mean, as one product: of so few points it takes a tenth of the time.
    return np.asarray((_EQUAL_SHARES @ points)[:2])
