"""Finds and follows faces: the detector in its turn, the tracker in between."""

from __future__ import annotations

from collections.abc import Collection

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.degradation import DEGRADATION_STEPS, DegradationStep
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES, FaceDetector
from realtime_fer.vision.faces.person_colours import PersonColours
from realtime_fer.vision.faces.scenes import SceneWatch, anybody_stays
from realtime_fer.vision.faces.tracking import FaceTracker

Float32 = npt.NDArray[np.float32]


class FaceFinder:
    """Owns the detector and the identities. Called only from the pipeline's thread.

    For each frame: ``detect``, then ``follow``.
    """

    def __init__(self, detector: FaceDetector | None = None) -> None:
        self._detector = detector
        self._tracker = FaceTracker()
        self._colours = PersonColours()
        self._scenes = SceneWatch()
        self._another = False
        self._step = DEGRADATION_STEPS[0]
        self._since_detection = 0
        self._anew = True

    @property
    def detector(self) -> FaceDetector | None:
        return self._detector

    def adopt(self, detector: FaceDetector) -> None:
        """Closes the old one. Identities go on, since the faces are the same."""
        old, self._detector = self._detector, detector
        self._since_detection = 0
        if old is not None:
            old.close()

    @property
    def degradation(self) -> DegradationStep:
        return self._step

    def set_degradation(self, step: int) -> None:
        """A position in ``core.degradation.DEGRADATION_STEPS``."""
        self._step = DEGRADATION_STEPS[step]

    def reset(self) -> None:
        """Forgets everybody: other people are in view, or the same ones elsewhere."""
        self._tracker.reset()
        self._colours.reset()
        self._scenes.reset()
        self._since_detection = 0
        self._anew = True

    def renumber(self, identities: Collection[int]) -> None:
        """As of :class:`FaceTracker`."""
        self._tracker.renumber(identities)

    def detect(self, image_bgr: Image, *, always: bool = False, everywhere: bool = False) -> Faces | None:
        """The detector's faces of any confidence; None for a frame that is not searched, to save time.

        Args:
            always: searches this frame at every degradation step, with all that the detector has.
            everywhere: all of it is searched for small faces, which takes several times as long.
        """
        if self._detector is None:
            return Faces.empty()
        self._another = self._scenes.is_another(image_bgr)
        if self._another:
            self._since_detection, self._anew = 0, True
        if self._since_detection and not always:
            self._since_detection = (self._since_detection + 1) % self._step.detect_every
            return None
        self._since_detection = 1 % self._step.detect_every
        thorough, anew, self._anew = always or self._anew, self._anew, False
        tiles = ALL_TILES if everywhere else self._tiles(always, anew)
        copy_px, width = self._step.copy_px, image_bgr.shape[1]
        if always or not copy_px or copy_px >= width:
            return self._detector.detect(image_bgr, thorough=thorough, tiles=tiles)
        scale = copy_px / width
        small = cv2.resize(
            image_bgr, (copy_px, max(1, round(image_bgr.shape[0] * scale))), interpolation=cv2.INTER_LINEAR
        )
        return self._detector.detect(small, thorough=thorough, tiles=tiles).scaled(1 / scale)

    def _tiles(self, always: bool, anew: bool) -> int:
        # In another scene the earlier finds are nobody's; and they cost time that a slow machine lacks.
        return int(not anew and (always or self._step is DEGRADATION_STEPS[0]))

    def follow(
        self, found: Faces | None, now_s: float, *, single: bool = False, least_confidence: float = 0.0
    ) -> Faces:
        """The confirmed faces with their identities and colours, whether the frame was searched or not.

        After a cut they are other people's, even where one might have moved there.

        Args:
            single, least_confidence: as of ``FaceTracker.track``.
        """
        known = self._tracker.known(now_s)
        if self._another and found is not None and not anybody_stays(known, found.xyxy):
            if self._tracker.sure(found).any():
                self._tracker.reset()
                # The second look, which gives them their numbers, comes at once.
                self._since_detection, self._anew = 0, True
            else:
                # A flash, or the new ones are not seen well yet.
                found = Faces.empty()
        if not len(known):
            self._scenes.reset()
        if found is None:
            faces = self._tracker.coast(now_s)
        else:
            faces = self._tracker.track(found, now_s, single=single, least_confidence=least_confidence)
        # A first look counts too: whom the second one confirms was there before.
        if found is not None and (len(faces) or self._tracker.sure(found).any()):
            self._scenes.somebody_seen()
        return self._colours.assign(faces, now_s)

    def missing(self, now_s: float) -> Float32:
        """(m, 4) boxes of the faces that are remembered and were not found in this frame."""
        return self._tracker.missing(now_s)

    def close(self) -> None:
        if self._detector is not None:
            self._detector.close()
            self._detector = None
