"""Draws a planned scene frame by frame, as a webcam would deliver it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.frame import Image
from train.live.scenes import FPS, HEIGHT_PX, WIDTH_PX, Part, Scene

Grey = npt.NDArray[np.uint8]
Float32 = npt.NDArray[np.float32]

#: Width of the border added around a picture, which its face fills; in shares of its side, as are the next three.
_MARGIN = 0.25

#: Half width and half height of the oval that is cut out, and its soft edge. BlazeFace looks for the outline of a head:
#: of 192 faces in 100 scenes it misses 8 % as ovals, 33 % as squares with a soft border.
_HEAD = (0.52, 0.68)
_FEATHER = 0.08

#: Width over which the picture fades into its added border.
_SOFT_EDGE = 0.06

#: Noise is made once for a scene and shifted in each frame: it looks the same in a hundredth of the time.
_NOISE_SLACK_PX = 64


@dataclass(frozen=True)
class Drawn:
    """One frame.

    Attributes:
        t_s: seconds since the scene began.
        image_bgr: uint8 (h, w, 3).
        xyxy: float32 (parts, 4), the box around each face's square, pixels.
        truths: each part's expression; '' while it changes.
    """

    t_s: float
    image_bgr: Image
    xyxy: Float32
    truths: tuple[str, ...]


class Stage:
    """Draws a scene: ``frame(0)`` to ``frame(scene.frames - 1)``, in any order."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        chance = np.random.default_rng(scene.seed)
        self._background = _background(chance)
        shape = (HEIGHT_PX + _NOISE_SLACK_PX, WIDTH_PX + _NOISE_SLACK_PX)
        self._noise = (chance.standard_normal(shape, np.float32) * scene.noise).astype(np.float32)
        self._offsets = chance.integers(0, _NOISE_SLACK_PX, (scene.frames, 2)).tolist()
        self._cut_outs = [[_cut_out(picture.image, part) for picture in part.pictures] for part in scene.parts]

    def frame(self, index: int) -> Drawn:
        scene, t_s = self._scene, index / FPS
        picture = self._background.copy()
        boxes = np.zeros((len(scene.parts), 4), np.float32)
        for row, part in enumerate(scene.parts):
            boxes[row] = _lay(picture, part, self._cut_outs[row], t_s)
        if scene.blur_px:
            picture = cv2.GaussianBlur(picture, (0, 0), scene.blur_px)
        picture *= np.float32(scene.light.at(t_s))
        top, left = self._offsets[index]
        picture += self._noise[top : top + HEIGHT_PX, left : left + WIDTH_PX]
        grey = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
        _, encoded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, scene.jpeg_quality])
        image = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
        return Drawn(t_s, image, boxes, tuple(part.truth_at(t_s) for part in scene.parts))


def _background(chance: np.random.Generator) -> Float32:
    """float32 (h, w): a wall with soft shades and a few objects with edges."""
    shades = chance.uniform(60, 190, (4, 5)).astype(np.float32)
    wall = cv2.resize(shades, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_CUBIC)
    for _ in range(int(chance.integers(2, 6))):
        left, top = int(chance.integers(-40, WIDTH_PX)), int(chance.integers(-40, HEIGHT_PX))
        width, height = int(chance.integers(30, 220)), int(chance.integers(30, 260))
        corner = (left + width, top + height)
        cv2.rectangle(wall, (left, top), corner, float(chance.uniform(30, 220)), cv2.FILLED)
    return np.asarray(cv2.GaussianBlur(wall, (0, 0), 2.0), np.float32)


def _cut_out(image: Grey, part: Part) -> tuple[Float32, Float32]:
    """A head cut out of a square picture: grey 0 to 255 and opacity 0 to 1, both float32 (s, s)."""
    side = min(image.shape)
    largest = part.side_px.middle + part.side_px.reach
    if side > 1.25 * largest:
        # Shrunk here by area, since the warp would skip every second pixel.
        side = max(8, round(largest))
    square = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    border = max(2, round(side * _MARGIN))
    grey = cv2.copyMakeBorder(square, border, border, border, border, cv2.BORDER_REPLICATE)
    # The replicated border has streaks; blurred they look like hair and neck.
    soft = cv2.GaussianBlur(grey, (0, 0), side * 0.05)
    place = (np.arange(grey.shape[0], dtype=np.float32) - (grey.shape[0] - 1) / 2) / side
    beyond = np.maximum(np.abs(place) - 0.5, 0)
    mixed = np.clip(np.hypot(beyond[:, None], beyond[None, :]) / _SOFT_EDGE, 0, 1)
    away = np.hypot(place[None, :] / _HEAD[0], place[:, None] / _HEAD[1])
    opacity = np.clip((1 + _FEATHER - away) / _FEATHER, 0, 1)
    return (
        np.asarray(grey + mixed * (soft - grey), np.float32),
        np.asarray(opacity * opacity * (3 - 2 * opacity), np.float32),
    )


def _lay(picture: Float32, part: Part, cut_outs: list[tuple[Float32, Float32]], t_s: float) -> Float32:
    """Draws one person into the float32 (h, w) picture; gives the box (4,) of the face's square."""
    corners = _corners(part, t_s, 1.0)
    faded = part.faded_at(t_s)
    for position, (grey, opacity) in enumerate(cut_outs):
        strength = 1.0 if position == 0 else faded
        if strength:
            share = 1 + 2 * _MARGIN
            _blend(picture, grey, opacity * np.float32(strength), _corners(part, t_s, share))
    return np.concatenate([corners.min(0), corners.max(0)]).astype(np.float32)


def _corners(part: Part, t_s: float, share: float) -> Float32:
    """(4, 2) pixels: where the corners of a square lie that is ``share`` times the face's: turned away as a flat
    picture is, from three sides' distance, then turned in the picture."""
    yaw, roll = np.deg2rad(part.yaw_degrees.at(t_s)), np.deg2rad(part.roll_degrees.at(t_s))
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * share / 2
    nearness = 3.0 / (3.0 + flat[:, :1] * np.sin(yaw))
    seen = np.hstack([flat[:, :1] * np.cos(yaw), flat[:, 1:]]) * nearness
    turn = np.array([(np.cos(roll), -np.sin(roll)), (np.sin(roll), np.cos(roll))])
    placed = seen @ turn.T * part.side_px.at(t_s) + (part.x_px.at(t_s), part.y_px.at(t_s))
    return np.asarray(placed, np.float32)


def _blend(picture: Float32, grey: Float32, opacity: Float32, corners: Float32) -> None:
    height, width = picture.shape
    left, top = np.clip(np.floor(corners.min(0)), 0, (width, height)).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0)) + 1, 0, (width, height)).astype(int)
    if right <= left or bottom <= top:
        return
    end = grey.shape[0] - 1
    source = np.array([(0, 0), (end, 0), (end, end), (0, end)], np.float32)
    warp = cv2.getPerspectiveTransform(source, corners - np.array([left, top], np.float32))
    size = (int(right - left), int(bottom - top))
    warped = cv2.warpPerspective(grey, warp, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpPerspective(opacity, warp, size, flags=cv2.INTER_LINEAR)
    part = picture[top:bottom, left:right]
    part += seen * (warped - part)
