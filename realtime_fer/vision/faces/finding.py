"""Finds and follows faces: the detector in its turn, the tracker in between."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.degradation import DEGRADATION_STEPS, DegradationStep
from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou
from realtime_fer.core.protocols import ALL_TILES, FaceDetector
from realtime_fer.vision.faces.background_search import Answer, BackgroundSearch
from realtime_fer.vision.faces.following import MOST_FOLLOWED, FaceFollower
from realtime_fer.vision.faces.person_colours import PersonColours
from realtime_fer.vision.faces.scenes import SceneWatch, anybody_stays
from realtime_fer.vision.faces.tracking import FaceTracker
from realtime_fer.vision.faces.unsure_finds import UnsureFinds

Float32 = npt.NDArray[np.float32]

#: A box of a search that overlaps a followed face more (IoU) is that face.
_SAME_FACE_IOU = 0.3


#: Seconds between two searches while everybody in view is followed by their points.
SEARCH_S = 0.25

#: Tiles of such a search: the next one, and one in which somebody was.
_TILES = 2

#: Searches of an image in which nothing moves, after which none follows: every tile has had its turn.
_QUIET_SEARCHES = 90

#: A new face in a still frame that is found with this confidence needs no second look, nor does one that is found in
#: the mirror image too. Of the 191 frames of four clips, each looked at twice, one shows a false face so, and eight do
#: if 0.5 alone is enough.
SURE_ALONE = 0.75


class FaceFinder:
    """Owns the detector, the points and the identities, and decides when an image is searched.

    While up to four people are in view, each face is followed by its points (``vision.faces.following``), and the
    image is searched every quarter of a second for others: at once when a face is lost, at a cut, and for a second look
    at a new face or at what may be one. With more people, or without points, every image is searched. Called only from
    the pipeline's thread.

    For each frame: ``detect``, then ``follow``.
    """

    def __init__(self, detector: FaceDetector | None = None) -> None:
        self._detector = detector
        self._follower = _follower_of(detector)
        self._tracker = FaceTracker()
        self._colours = PersonColours()
        self._scenes = SceneWatch()
        self._another = False
        self._step = DEGRADATION_STEPS[0]
        self._since_detection = 0
        self._background = BackgroundSearch()
        self._searched_s = -math.inf
        self._quiet_searches = 0
        self._may_be_more = False
        self._unsure = UnsureFinds()
        self._anew = True

    @property
    def detector(self) -> FaceDetector | None:
        return self._detector

    def adopt(self, detector: FaceDetector) -> None:
        """Closes the old one. Identities go on, since the faces are the same."""
        self._background.finish()
        old, self._detector = self._detector, detector
        self._search_at_once()
        self._follower = _follower_of(detector)
        if old is not None:
            old.close()

    @property
    def parts(self) -> Mapping[int, ImagePart | None]:
        """Of the last image, round faces that are followed, by their identities."""
        return self._follower.parts if self._follower is not None else {}

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
        if self._follower is not None:
            self._follower.reset()
        self._search_at_once()
        self._anew = True

    def renumber(self, identities: Collection[int]) -> None:
        """As of :class:`FaceTracker`."""
        self._tracker.renumber(identities)
        if self._follower is not None:
            self._follower.drop(identities)

    def _search_at_once(self) -> None:
        self._since_detection = self._quiet_searches = 0
        self._searched_s = -math.inf
        self._unsure.reset()

    def detect(
        self, image_bgr: Image, now_s: float = 0.0, *, always: bool = False, everywhere: bool = False
    ) -> Faces | None:
        """The faces found in this frame, of any confidence; None where nobody looked, to save time.

        Args:
            now_s: the frame's time, seconds.
            always: searches this frame at every degradation step, with all that the detector has.
            everywhere: all of it is searched for small faces, which takes several times as long.
        """
        if self._detector is None:
            return Faces.empty()
        all_followed = self._advance(image_bgr, now_s)
        if self._is_another_scene(image_bgr):
            self._search_at_once()
            self._anew, all_followed = True, False
            if self._follower is not None:
                self._follower.reset()
        answer = self._background.next_frame()
        is_new_face = answer is not None and self._make_sure(answer)
        if answer is not None and is_new_face and not self._anew:
            # The search was the first look at them, and that of this frame is the second.
            self._tracker.consider(answer.found.select(_others(answer)), answer.searched_s)
        if always or not all_followed or is_new_face or self._is_another_look_due:
            return self._searched_now(image_bgr, now_s, always=always, everywhere=everywhere)
        followed = self._followed
        if self._is_due(now_s) and not self._background.is_under_way:
            self._note_search(now_s)
            detector, tiles = self._detector, _TILES * self._tiles(always=False, anew=False)
            # Thorough, since it is seldom and holds up nobody.
            self._background.start(lambda: self._look(detector, image_bgr, thorough=True, tiles=tiles), followed, now_s)
        return followed

    def _is_another_scene(self, image_bgr: Image) -> bool:
        """After ``_advance``: where the followed faces surely are the same, so is the scene."""
        if self._follower is not None and self._follower.surely_same:
            self._scenes.is_same(image_bgr)
            self._another = False
        else:
            self._another = self._scenes.is_another(image_bgr)
        return self._another

    @property
    def _followed(self) -> Faces:
        return self._follower.faces() if self._follower is not None else Faces.empty()

    def _advance(self, image_bgr: Image, now_s: float) -> bool:
        """Whether everybody in view is followed in this frame, so that it needs no search of its own."""
        follower = self._follower
        if follower is None or not follower.advance(image_bgr, now_s) or not follower.identities:
            return False
        return not self._tracker.awaits(now_s, follower.identities)

    def _searched_now(self, image_bgr: Image, now_s: float, *, always: bool, everywhere: bool) -> Faces | None:
        assert self._detector is not None
        self._background.finish()
        following = self._follower is not None and bool(self._follower.identities)
        if self._since_detection and not always and not following:
            self._since_detection = (self._since_detection + 1) % self._step.detect_every
            return None
        self._since_detection = 1 % self._step.detect_every
        thorough, anew, self._anew = always or self._anew, self._anew, False
        tiles = ALL_TILES if everywhere else self._tiles(always, anew)
        self._note_search(now_s)
        self._unsure.looked()
        found = self._look(self._detector, image_bgr, always=always, thorough=thorough, tiles=tiles)
        answer = Answer(found, self._followed, now_s)
        self._make_sure(answer)
        others = found.select(_others(answer))
        followed = self._followed
        # Who is followed keeps the identity, also where somebody else stands close by.
        identities = np.concatenate([followed.tracker_id, others.tracker_id])
        return Faces.joined([followed, others]).with_tracker_id(identities)

    def _note_search(self, now_s: float) -> None:
        self._searched_s = now_s
        self._quiet_searches = self._quiet_searches + 1 if self._scenes.is_still else 0
        self._scenes.was_searched()

    @property
    def _is_another_look_due(self) -> bool:
        return self._unsure.want_a_look and self._step is DEGRADATION_STEPS[0]

    def _is_due(self, now_s: float) -> bool:
        # To a thousandth: frames come at sums of thirtieths. Who may be a face is looked at again at once.
        due = self._may_be_more or now_s - self._searched_s > SEARCH_S * self._step.detect_every - 0.001
        return due and not (self._quiet_searches > _QUIET_SEARCHES and self._scenes.is_still)

    def _look(
        self, detector: FaceDetector, image_bgr: Image, *, always: bool = False, thorough: bool = False, tiles: int
    ) -> Faces:
        copy_px, width = self._step.copy_px, image_bgr.shape[1]
        if always or not copy_px or copy_px >= width:
            return detector.detect(image_bgr, thorough=thorough, tiles=tiles)
        scale = copy_px / width
        small = cv2.resize(
            image_bgr, (copy_px, max(1, round(image_bgr.shape[0] * scale))), interpolation=cv2.INTER_LINEAR
        )
        return detector.detect(small, thorough=thorough, tiles=tiles).scaled(1 / scale)

    def seen_well_enough(self, image_bgr: Image, found: Faces, now_s: float, *, again: bool) -> npt.NDArray[np.bool_]:
        """(n,): for which new faces of a still frame no look at another frame is needed.

        Args:
            again: the frame was looked at before. Then there is time to search its mirror image for the others: what is
                a face is one there too.
        """
        enough = found.confidence >= SURE_ALONE
        known = self._tracker.coast(now_s)
        doubtful = self._tracker.sure(found) & ~enough & ~_overlaps(found.xyxy, known.xyxy)
        if not again or self._detector is None or not doubtful.any():
            return enough
        mirrored = self._detector.detect(cv2.flip(image_bgr, 1), thorough=True, tiles=ALL_TILES).xyxy
        # It remembers what it found in its tiles, which is the right way round again now.
        self._detector.detect(image_bgr, thorough=True, tiles=ALL_TILES)
        back = mirrored[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1], np.float32)
        back[:, [0, 2]] += image_bgr.shape[1]
        return np.asarray(enough | _overlaps(found.xyxy, back))

    def _tiles(self, always: bool, anew: bool) -> int:
        # In another scene the earlier finds are nobody's; and they cost time that a slow machine lacks.
        return int(not anew and (always or self._step is DEGRADATION_STEPS[0]))

    def _make_sure(self, answer: Answer) -> bool:
        """Tells the follower which faces the search found; True if it surely found somebody else."""
        found, followed, follower = answer.found, answer.followed, self._follower
        if follower is not None and len(followed):
            overlap = box_iou(followed.xyxy, found.xyxy)
            for row, identity in enumerate(followed.tracker_id.tolist()):
                if overlap.shape[1] and overlap[row].max() > _SAME_FACE_IOU:
                    best = int(overlap[row].argmax())
                    follower.found(
                        identity,
                        followed.landmarks[row],
                        found.xyxy[best],
                        float(found.confidence[best]),
                        answer.searched_s,
                    )
            follower.drop(follower.unfound(answer.searched_s))
        others = found.select(_others(answer))
        sure = self._tracker.sure(others)
        self._may_be_more = not sure.all()
        self._unsure.note(others.select(~sure), answer.searched_s)
        return bool(sure.any())

    def follow(
        self,
        found: Faces | None,
        now_s: float,
        image_bgr: Image | None = None,
        *,
        single: bool = False,
        enough: npt.NDArray[np.bool_] | None = None,
    ) -> Faces:
        """The confirmed faces with their identities and colours, whether the frame was searched or not.

        After a cut they are other people's, even where one might have moved there.

        Args:
            image_bgr: the frame, in which the points of new faces are found; None finds none.
            single, enough: as of ``FaceTracker.track``.
        """
        known = self._tracker.known(now_s)
        if self._another and found is not None and not anybody_stays(known, found.xyxy):
            if self._tracker.sure(found).any():
                self._tracker.reset()
                # The second look, which gives them their numbers, comes at once.
                self._search_at_once()
                self._anew = True
            else:
                # A flash, or the new ones are not seen well yet.
                found = Faces.empty()
        if not len(known):
            self._scenes.reset()
        if found is None:
            faces = self._tracker.coast(now_s)
        else:
            faces = self._tracker.track(found, now_s, single=single, enough=enough)
        # A first look counts too: whom the second one confirms was there before.
        if found is not None and (len(faces) or self._tracker.sure(found).any()):
            self._scenes.somebody_seen()
        if self._follower is not None and found is not None and image_bgr is not None:
            faces = self._with_points(self._follower, image_bgr, faces, now_s)
        return self._colours.assign(faces, now_s)

    @staticmethod
    def _with_points(follower: FaceFollower, image_bgr: Image, faces: Faces, now_s: float) -> Faces:
        if len(faces) > MOST_FOLLOWED or (len(faces) and faces.keypoints.shape[1] < 6):
            follower.reset()
            return faces
        return follower.begin(image_bgr, faces, now_s)

    def missing(self, now_s: float) -> Float32:
        """(m, 4) boxes of the faces that are remembered and were not found in this frame."""
        return self._tracker.missing(now_s)

    def close(self) -> None:
        self._background.close()
        if self._detector is not None:
            self._detector.close()
            self._detector = self._follower = None


def _others(answer: Answer) -> npt.NDArray[np.bool_]:
    """(n,): which of the faces found are none of those followed."""
    overlap = box_iou(answer.followed.xyxy, answer.found.xyxy)
    return np.asarray(~(overlap > _SAME_FACE_IOU).any(axis=0))


def _follower_of(detector: FaceDetector | None) -> FaceFollower | None:
    return FaceFollower(detector.landmarks) if detector is not None and detector.landmarks is not None else None


def _overlaps(xyxy: Float32, others: Float32) -> npt.NDArray[np.bool_]:
    """(n,): whether any of the (m, 4) others lies on the box."""
    if not len(xyxy) or not len(others):
        return np.zeros(len(xyxy), np.bool_)
    return np.asarray((box_iou(xyxy, others) > _SAME_FACE_IOU).any(axis=1))
