"""Tracks faces: the same identity for the same face while it is in view.

After ByteTrack (Zhang et al. 2022, arXiv:2110.06864): confident detections are matched first; the others may then
continue a track but never start one. Faces move little between frames and do not cover each other for long, so
detections are matched by overlap and distance to the predicted boxes, greedily from the best pair on.

A detector now and then mistakes a hand or a pattern for a face, mostly in one frame alone. So a new face gets its
identity with the second look that finds it, and a detection whose key points lie as in no face never starts a track.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision.faces.face_shape import shaped_like_faces

Float32 = npt.NDArray[np.float32]

#: Seconds: over which a face's velocity is averaged, in which an unseen face is expected to come to rest, in which its
#: last place fades, and in which a hidden face gives way to a visible one. Chosen on the scenes of
#: tests/vision/faces/test_tracking_scenes.py: of 192 runs with other noise one switched an identity; with half or
#: double of each value 1 to 14 did.
VELOCITY_S = 0.25
STOPPING_S = 0.8
FADING_S = 0.3
HIDDEN_S = 0.5

#: A second look within this many seconds confirms a new face, or the next look where looks are further apart.
CONFIRM_S = 0.2

#: The identity of a candidate: a face that one look has found so far.
_NOBODY = 0


@dataclass
class _Track:
    identity: int
    xyxy: Float32
    velocity: Float32
    seen_s: float
    confidence: float
    keypoints: Float32
    moves: int = 0
    #: A candidate that the next ``track`` confirms or forgets.
    for_one_look: bool = False


class FaceTracker:
    """Gives each face that two looks found its ``tracker_id``, from 1; no identity is given twice.

    Called only from the pipeline's thread.

    Args:
        birth_confidence: both looks must find a new face with this confidence at least.
        remember_s: a face that comes back sooner keeps its identity.
    """

    def __init__(self, birth_confidence: float = 0.5, remember_s: float = 1.0) -> None:
        self._birth_confidence = birth_confidence
        self._remember_s = remember_s
        self._tracks: list[_Track] = []
        self._next_identity = 1
        self._updated_s = -math.inf

    def reset(self) -> None:
        """Forgets everybody. Identities go on counting: in a recording and on the timeline each means one person."""
        self._tracks.clear()

    def renumber(self, identities: Collection[int]) -> None:
        """Forgets who these are: the faces are followed on under new numbers."""
        for track in self._tracks:
            if track.identity in identities and track.identity != _NOBODY:
                track.identity = self._another_identity()

    def track(
        self, faces: Faces, now_s: float, *, single: bool = False, enough: npt.NDArray[np.bool_] | None = None
    ) -> Faces:
        """The confirmed faces with their identities, oldest identity first.

        Args:
            faces: what the detector found in this frame, of any confidence. A face whose ``tracker_id`` is known, since
                it was followed by its points, keeps it.
            now_s: the frame's time, seconds; never earlier than the last one's.
            single: no second look at this image follows, so that the first one confirms.
            enough: (n,) which faces ``single`` confirms, for an image that may be looked at again; None: all.
        """
        # Where frames come more slowly than faces are forgotten, each is an image of its own.
        single = single or self._remember_s < now_s - self._updated_s < math.inf
        self._tracks = [track for track in self._tracks if self._is_remembered(track, now_s)]
        identity = np.full(len(faces), -1, np.int64)
        sure = self.sure(faces)
        if enough is not None:
            # Another look at the same image tells nothing new of it.
            self._tracks = [track for track in self._tracks if track.identity != _NOBODY or track.seen_s < now_s]
        free = [position for position, track in enumerate(self._tracks) if track.identity != _NOBODY]
        positions = {self._tracks[position].identity: position for position in free}
        for row in np.flatnonzero(faces.tracker_id > _NOBODY).tolist():
            position = positions.pop(int(faces.tracker_id[row]), None)
            if position is not None:
                free.remove(position)
                identity[row] = faces.tracker_id[row]
                self._move(self._tracks[position], faces, row, now_s)
        if (identity < 0).any():
            self._match_others(faces, identity, sure, free, now_s)
        new = np.flatnonzero(sure & (identity < 0))
        if len(new):
            self._begin_others(
                faces, identity, new, now_s, lambda row: single and (enough is None or bool(enough[row]))
            )
        believed = np.flatnonzero(identity > _NOBODY)
        ordered = believed[np.argsort(identity[believed], kind="stable")]
        self._updated_s = now_s
        self._tracks = [track for track in self._tracks if track.identity != _NOBODY or not track.for_one_look]
        return faces.with_tracker_id(identity).select(ordered)

    def consider(self, faces: Faces, seen_s: float) -> None:
        """Takes the sure ones for candidates: a search of an earlier frame, at ``seen_s``, found them.

        It was their first look; the next ``track`` is the second one, and no other is.
        """
        new = np.flatnonzero(self.sure(faces))
        for row in new[shaped_like_faces(faces.select(new))].tolist():
            candidate = _new_track(_NOBODY, faces, row, seen_s)
            candidate.for_one_look = True
            self._tracks.append(candidate)

    def _match_others(
        self,
        faces: Faces,
        identity: npt.NDArray[np.int64],
        sure: npt.NDArray[np.bool_],
        free: list[int],
        now_s: float,
    ) -> None:
        """Gives the faces that have no ``identity`` yet, -1, those of the ``free`` tracks that fit, sure ones first."""
        for group in (np.flatnonzero(sure & (identity < 0)), np.flatnonzero(~sure & (identity < 0))):
            for row, position in self._match(faces.xyxy[group], free, now_s):
                track = self._tracks[position]
                free.remove(position)
                identity[group[row]] = track.identity
                self._move(track, faces, int(group[row]), now_s)

    def _begin_others(
        self,
        faces: Faces,
        identity: npt.NDArray[np.int64],
        new: npt.NDArray[np.intp],
        now_s: float,
        confirms: Callable[[int], bool],
    ) -> None:
        """Confirms candidates by the ``new`` faces, and begins tracks for the others.

        Args:
            confirms: whether one look at this row is enough.
        """
        new = new[shaped_like_faces(faces.select(new))]
        candidates = [position for position, track in enumerate(self._tracks) if track.identity == _NOBODY]
        confirmed = {position: int(new[row]) for row, position in self._match(faces.xyxy[new], candidates, now_s)}
        for position in sorted(confirmed):
            row = confirmed[position]
            self._move(self._tracks[position], faces, row, now_s)
            identity[row] = self._tracks[position].identity = self._another_identity()
        for row in new[identity[new] < 0].tolist():
            identity[row] = self._another_identity() if confirms(row) else _NOBODY
            self._tracks.append(_new_track(int(identity[row]), faces, row, now_s))

    def sure(self, faces: Faces) -> npt.NDArray[np.bool_]:
        """(n,): which of a detector's faces are confident enough to start a track."""
        return faces.confidence >= self._birth_confidence

    def _is_remembered(self, track: _Track, now_s: float) -> bool:
        if track.identity == _NOBODY and not track.for_one_look and track.seen_s != self._updated_s:
            return now_s - track.seen_s <= CONFIRM_S
        return now_s - track.seen_s <= self._remember_s

    def _another_identity(self) -> int:
        self._next_identity += 1
        return self._next_identity - 1

    def coast(self, now_s: float) -> Faces:
        """The faces of the last ``track`` where they should be now, for a frame that is not searched.

        Oldest identity first; box and key points have moved on with the box's velocity.
        """
        tracks = sorted(
            (track for track in self._tracks if track.seen_s == self._updated_s and track.identity != _NOBODY),
            key=lambda track: track.identity,
        )
        if not tracks:
            return Faces.empty()
        xyxy = np.stack([_expected(track, now_s) for track in tracks])
        moved = xyxy[:, :2] - np.stack([track.xyxy[:2] for track in tracks])
        return Faces(
            xyxy,
            np.array([track.confidence for track in tracks], np.float32),
            np.stack([track.keypoints for track in tracks]) + moved[:, None, :],
            np.array([track.identity for track in tracks], np.int64),
        )

    def awaits(self, now_s: float, followed: Collection[int]) -> bool:
        """Whether a look is due: for a candidate, or for somebody who is remembered and not ``followed``."""
        return any(track.identity not in followed and self._is_remembered(track, now_s) for track in self._tracks)

    def known(self, now_s: float) -> Float32:
        """(m, 4) last boxes of the faces that are still remembered, candidates too."""
        boxes = [track.xyxy for track in self._tracks if now_s - track.seen_s <= self._remember_s]
        return np.array(boxes, np.float32).reshape(-1, 4)

    def missing(self, now_s: float) -> Float32:
        """(m, 4) boxes of the remembered faces that were not found in this frame, after ``track``.

        Each holds both the last and the expected place, since either may be right.
        """
        boxes = [
            np.concatenate([np.minimum(last[:2], now[:2]), np.maximum(last[2:], now[2:])])
            for track in self._tracks
            if track.seen_s < now_s
            for last, now in [(track.xyxy, _expected(track, now_s))]
        ]
        return np.array(boxes, np.float32).reshape(-1, 4)

    def _match(self, xyxy: Float32, free: list[int], now_s: float) -> list[tuple[int, int]]:
        """Pairs (row, track position), best first, each used once."""
        if not free or not len(xyxy):
            return []
        expected = np.stack([_expected(self._tracks[position], now_s) for position in free])
        known = np.stack([self._tracks[position].xyxy for position in free])
        away = np.array([now_s - self._tracks[position].seen_s for position in free], np.float32)
        # The last place counts the less the longer ago it was: by then another person may stand there.
        overlap = np.maximum(box_iou(xyxy, expected), box_iou(xyxy, known) * np.exp(-away / FADING_S))
        sides = np.sqrt(np.maximum(1.0, _sides(xyxy)[:, None] * _sides(expected)[None, :]))
        gap = np.linalg.norm(_centres(xyxy)[:, None] - _centres(expected)[None, :], axis=2) / sides
        alike = np.minimum(_sides(xyxy)[:, None], _sides(expected)[None, :]) / np.maximum(
            np.maximum(_sides(xyxy)[:, None], _sides(expected)[None, :]), 1.0
        )
        # At most one face's side away, more after an absence, and of a similar size.
        reach = 1.0 + away[None, :]
        score = overlap + np.clip(1.0 - gap / reach, 0, None) * 0.5
        score[(gap > reach) | (alike < 0.4)] = 0
        # Of two tracks that fit, the one seen just now wins: the other person stands behind.
        score = score * np.exp(-away[None, :] / HIDDEN_S)
        pairs: list[tuple[int, int]] = []
        while score.size and score.max() > 0.01:
            row, column = np.unravel_index(int(score.argmax()), score.shape)
            pairs.append((int(row), free[int(column)]))
            score[row, :] = 0
            score[:, column] = 0
        return pairs

    @staticmethod
    def _move(track: _Track, faces: Faces, row: int, now_s: float) -> None:
        xyxy = faces.xyxy[row]
        elapsed = now_s - track.seen_s
        if elapsed > 0:
            velocity = (xyxy - track.xyxy) / np.float32(elapsed)
            track.moves += 1
            # Averaged over seconds: in a short step the noise of a box is a large speed. The first steps count fully.
            share = max(1 - math.exp(-elapsed / VELOCITY_S), 1 / (track.moves + 1))
            track.velocity = (track.velocity + np.float32(share) * (velocity - track.velocity)).astype(np.float32)
        track.xyxy, track.keypoints = xyxy.copy(), faces.keypoints[row].copy()
        track.confidence = float(faces.confidence[row])
        track.seen_s = now_s


def _new_track(identity: int, faces: Faces, row: int, seen_s: float) -> _Track:
    xyxy, keypoints = faces.xyxy[row].copy(), faces.keypoints[row].copy()
    return _Track(identity, xyxy, np.zeros(4, np.float32), seen_s, float(faces.confidence[row]), keypoints)


def _expected(track: _Track, now_s: float) -> Float32:
    """(4,) where the face should be now. Its centre moves on, slower the longer it was not seen: people stop."""
    velocity = (track.velocity[:2] + track.velocity[2:]) / 2
    ahead = STOPPING_S * (1 - math.exp(-(now_s - track.seen_s) / STOPPING_S))
    return (track.xyxy + np.tile(velocity * ahead, 2)).astype(np.float32)


def _centres(xyxy: Float32) -> Float32:
    return ((xyxy[:, :2] + xyxy[:, 2:]) / 2).astype(np.float32)


def _sides(xyxy: Float32) -> Float32:
    return np.sqrt(np.clip(np.prod(xyxy[:, 2:] - xyxy[:, :2], axis=1), 0, None)).astype(np.float32)
