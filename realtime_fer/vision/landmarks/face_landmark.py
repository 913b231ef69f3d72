"""MediaPipe's face mesh on LiteRT: from a cut face to 468 points with depth.

Sources: Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs", 2019,
arXiv:1907.06724; the published graph ``face_landmark_cpu.pbtxt`` of MediaPipe 0.10.21 (Apache-2.0).
``tests/vision/landmarks`` compares the points with those of MediaPipe's own runtime.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import Image
from realtime_fer.vision import network_files

Float32 = npt.NDArray[np.float32]

POINTS = 468

#: ``min_score_thresh`` of MediaPipe's graph: below it the square holds no face.
FACE_SCORE = 0.5

_SIDE = 192


@dataclass(frozen=True)
class Landmarks:
    """The points of n faces.

    Attributes:
        points: float32 (n, 468, 3), x and y in pixels of the picture; z in the same scale, smaller is nearer to the
            camera, 0 at about the middle of the head.
        score: float32 (n,), 0 to 1: whether the square holds a face (``FACE_SCORE``).
    """

    points: Float32
    score: Float32


class FaceLandmarkNetwork:
    """Called from one thread alone: a LiteRT interpreter belongs to its thread.

    Args:
        threads: of LiteRT.

    Raises:
        DetectorError: the network's file is missing, damaged, or no network that LiteRT runs.
    """

    def __init__(self, threads: int = 1) -> None:
        content = network_files.find(network_files.FACE_LANDMARK).read_bytes()
        try:
            self._interpreter: Interpreter | None = Interpreter(model_content=content, num_threads=threads)
            self._interpreter.allocate_tensors()
            self._input = self._interpreter.get_input_details()[0]["index"]
            outputs = {int(entry["shape"][-1]): entry["index"] for entry in self._interpreter.get_output_details()}
            self._points, self._score = outputs[3 * POINTS], outputs[1]
            self._tensor = np.zeros((1, _SIDE, _SIDE, 3), np.float32)
            self._run()
        except Exception as error:  # LiteRT raises whatever its C++ side threw.
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise DetectorError("The landmark network could not be started.", "({reason})", reason=reason) from error

    def predict(self, image_bgr: Image, regions: Float32) -> Landmarks:
        """The points of the faces in n squares of a uint8 (h, w, 3) BGR picture.

        Args:
            regions: float32 (n, 4), as ``regions.regions_from_detections`` gives them; a square may leave the picture.
        """
        points = np.zeros((len(regions), POINTS, 3), np.float32)
        score = np.zeros(len(regions), np.float32)
        for face, region in enumerate(regions):
            to_image = _square_to_image(region)
            self._cut(image_bgr, to_image)
            raw, logit = self._run()
            points[face, :, :2] = raw[:, :2] @ to_image[:, :2].T + to_image[:, 2]
            points[face, :, 2] = raw[:, 2] * (region[2] / _SIDE)
            score[face] = 1 / (1 + math.exp(-logit))
        return Landmarks(points, score)

    def close(self) -> None:
        self._interpreter = None

    def _cut(self, image_bgr: Image, to_image: Float32) -> None:
        """The square as RGB of 0 to 1 into the network's input; what is past the border repeats it."""
        square = cv2.warpAffine(
            image_bgr,
            to_image,
            (_SIDE, _SIDE),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        np.multiply(square[:, :, ::-1], np.float32(1 / 255), out=self._tensor[0])

    def _run(self) -> tuple[Float32, float]:
        """(468, 3) in pixels of the square, and the score as a logit, of what ``_tensor`` holds."""
        if self._interpreter is None:
            raise DetectorError("The landmark network is closed.")
        self._interpreter.set_tensor(self._input, self._tensor)
        self._interpreter.invoke()
        points = self._interpreter.get_tensor(self._points).reshape(POINTS, 3)
        return points, float(self._interpreter.get_tensor(self._score).reshape(-1)[0])


def _square_to_image(region: Float32) -> Float32:
    """(2, 3): from pixels of the network's square to those of the picture."""
    x, y, side, turn = region
    scale = side / _SIDE
    cos, sin = scale * math.cos(turn), scale * math.sin(turn)
    half = _SIDE / 2
    return np.array(
        [[cos, -sin, x - half * cos + half * sin], [sin, cos, y - half * sin - half * cos]], dtype=np.float32
    )
