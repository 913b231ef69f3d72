"""Keeps example scenes as a video, so that people can see what is measured."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import cv2
import numpy as np

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.vision.annotators import FrameDrawer
from train.live.drawing import Drawn
from train.live.scenes import FPS, HEIGHT_PX, WIDTH_PX, Scene

#: Scenes that are kept, some of them with a change of expression; about half a minute.
SCENES = 9

_ENCODERS = {".mp4": "mp4v", ".avi": "MJPG"}
_STRIP_PX = 32


class SceneVideo:
    """Writes the first scenes with the first model's labels, and the true expressions on a strip below.

    Raises:
        SinkError: it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        encoder = _ENCODERS.get(path.suffix.lower())
        if encoder is None:
            raise SinkError(f"A video must be an .mp4 or an .avi, not '{path.name}'.")
        self._draw = FrameDrawer()
        code = cv2.VideoWriter.fourcc(*encoder)
        self._writer = cv2.VideoWriter(str(path), code, FPS, (WIDTH_PX, HEIGHT_PX + _STRIP_PX))
        if not self._writer.isOpened():
            raise SinkError(f"{path}: cannot be written as a video.")

    def __enter__(self) -> SceneVideo:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.release()

    def watch(self, scene: Scene, drawn: Drawn, result: FrameResult) -> None:
        if scene.number >= SCENES:
            return
        truths = ", ".join(truth or "changing" for truth in drawn.truths)
        strip = np.zeros((_STRIP_PX, WIDTH_PX, 3), np.uint8)
        words = f"scene {scene.number + 1}: {truths}"
        cv2.putText(strip, words, (8, 22), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1, cv2.LINE_AA)
        self._writer.write(np.vstack([self._draw(result), strip]))
