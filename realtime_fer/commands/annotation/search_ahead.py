"""Searches pictures for faces before they are analysed: each is a scene of its own.

While the ones before are still analysed; or several through one network after the other. A network that runs several
times in a row finds its weights in the processor's cache.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.face_features.landmarks import FACE_SCORE, Landmarks
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES, FaceDetector, LandmarkNetwork
from realtime_fer.vision.detectors.near_and_far import SURE, NearAndFarDetector
from realtime_fer.vision.faces.following import MOST_FOLLOWED
from realtime_fer.vision.landmarks.regions import regions_from_detections, regions_from_points

Float32 = npt.NDArray[np.float32]


class _Wrapped:
    """What stays the detector's."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector

    @property
    def name(self) -> str:
        return self._detector.name

    @property
    def family(self) -> str:
        return self._detector.family


class SearchAhead(_Wrapped):
    """A ``FaceDetector`` that begins with pictures before it is asked for their faces, and runs in a thread of its own.

    It gives what the detector gives, for the same pictures in the same order. Owns the detector.
    ``begin`` is called from one thread, everything else from one other.
    """

    def __init__(self, detector: FaceDetector) -> None:
        super().__init__(detector)
        self._executor = ThreadPoolExecutor(1, "search-ahead")
        self._begun: deque[tuple[Image, Future[Faces]]] = deque()

    @property
    def landmarks(self) -> LandmarkNetwork | None:
        return self._detector.landmarks

    def begin(self, image_bgr: Image) -> None:
        """Searches this picture, which ``detect`` will be asked for, with all that the detector has."""
        self._begun.append((image_bgr, self._submit(image_bgr, thorough=True, tiles=ALL_TILES)))

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        while self._begun and thorough and tiles == ALL_TILES:
            image, search = self._begun.popleft()
            if image is image_bgr:
                return search.result()
        return self._submit(image_bgr, thorough=thorough, tiles=tiles).result()

    def _submit(self, image_bgr: Image, *, thorough: bool, tiles: int) -> Future[Faces]:
        return self._executor.submit(self._detector.detect, image_bgr, thorough=thorough, tiles=tiles)

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)
        self._begun.clear()
        self._detector.close()


class ChunkDetector(_Wrapped):
    """A ``FaceDetector`` that gives what the detector gives; for the pictures of ``look`` it knows it before.

    Called from one thread alone. Owns the detector.
    """

    def __init__(self, detector: FaceDetector) -> None:
        super().__init__(detector)
        self._found: list[tuple[Image, Faces]] = []
        self.landmarks = None if detector.landmarks is None else _KnownLandmarks(detector.landmarks)

    def look(self, images: Sequence[Image]) -> None:
        """Finds the faces of these uint8 (h, w, 3) BGR pictures and their points; forgets those of earlier ones."""
        self._found = []
        if isinstance(self._detector, NearAndFarDetector):
            self._found = list(zip(images, self._detector.detect_each(images), strict=True))
        if self.landmarks is not None:
            self.landmarks.look(self._found)

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        if thorough and tiles == ALL_TILES:
            for image, found in self._found:
                if image is image_bgr:
                    return found
        return self._detector.detect(image_bgr, thorough=thorough, tiles=tiles)

    def close(self) -> None:
        self._detector.close()
        self._found = []


class _KnownLandmarks:
    """A ``LandmarkNetwork`` that remembers the points in the squares which a follower asks for in a new picture."""

    def __init__(self, network: LandmarkNetwork) -> None:
        self._network = network
        self._images: list[Image] = []
        self._known: dict[tuple[int, bytes], tuple[Float32, float, ImagePart | None]] = {}

    def look(self, found: Sequence[tuple[Image, Faces]]) -> None:
        """Finds the points of the faces that will be followed, each in both of its squares."""
        self._known = {}
        # Their numbers stay theirs as long as they are here.
        self._images = [image for image, _ in found]
        squares: list[tuple[Image, Float32]] = []
        for image, faces in found:
            sure = np.flatnonzero(faces.confidence >= SURE)
            if 0 < len(sure) <= MOST_FOLLOWED:
                squares.append((image, regions_from_detections(faces.xyxy[sure], faces.keypoints[sure])))
        again = []
        for image, regions in squares:
            seen = self._look(image, regions)
            sure_of = seen.score >= FACE_SCORE
            if sure_of.any():
                again.append((image, regions_from_points(seen.points[sure_of])))
        for image, regions in again:
            self._look(image, regions)

    def _look(self, image: Image, regions: Float32) -> Landmarks:
        seen = self._network.predict(image, regions)
        parts = seen.parts or [None] * len(regions)
        for region, points, score, part in zip(regions, seen.points, seen.score.tolist(), parts, strict=True):
            self._known[id(image), region.tobytes()] = points, score, part
        return seen

    def predict(self, image_bgr: Image, regions: Float32) -> Landmarks:
        known = [self._known.get((id(image_bgr), region.tobytes())) for region in regions]
        found = [one for one in known if one is not None]
        if not known or len(found) < len(known):
            return self._network.predict(image_bgr, regions)
        points, scores, parts = zip(*found, strict=True)
        return Landmarks(np.array(points), np.array(scores, np.float32), parts)

    def close(self) -> None:
        self._network.close()
        self._known, self._images = {}, []
