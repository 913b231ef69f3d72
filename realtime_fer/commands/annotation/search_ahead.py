"""Searches pictures for faces while the ones before are still analysed: each is a scene of its own."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES, FaceDetector, LandmarkNetwork


class SearchAhead:
    """A ``FaceDetector`` that begins with pictures before it is asked for their faces, and runs in a thread of its own.

    It gives what the detector gives, for the same pictures in the same order. Owns the detector.
    ``begin`` is called from one thread, everything else from one other.
    """

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector
        self._executor = ThreadPoolExecutor(1, "search-ahead")
        self._begun: deque[tuple[Image, Future[Faces]]] = deque()

    @property
    def name(self) -> str:
        return self._detector.name

    @property
    def family(self) -> str:
        return self._detector.family

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
