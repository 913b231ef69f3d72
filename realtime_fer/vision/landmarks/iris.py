"""MediaPipe's iris network on LiteRT: from the two eyes of a face to each iris and the edge of its lids.

Sources: Ablavatski et al., "Real-time Pupil Tracking from Monocular Video for Digital Puppetry", 2020,
arXiv:2006.11341; the published graphs ``iris_landmark_landmarks_to_roi.pbtxt`` and ``iris_landmark_cpu.pbtxt`` of
MediaPipe 0.10.21 (Apache-2.0). ``tests/vision/landmarks`` compares the points with those of MediaPipe's own runtime.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.gaze import IRIS_POINTS, LID_POINTS, Eyes
from realtime_fer.core.frame import Image
from realtime_fer.vision import network_files
from realtime_fer.vision.landmarks.squares import TO_UNIT, cut_square, square_to_image

Float32 = npt.NDArray[np.float32]

#: Of the 468 points: the corners of the eye on the picture's left, then of the other one, each from left to right.
EYE_CORNERS = ((33, 133), (362, 263))

_SIDE = 64
#: Points of an eye that the network gives; the first are those of the lids, the others lie round them and on the brow.
_EYE_POINTS = 71
#: Side of the square / distance of the corners.
_ENLARGED = 2.3


class IrisNetwork:
    """Called from one thread alone.

    >>> network = IrisNetwork()
    >>> network.predict(image_bgr, faces.landmarks).iris[0, :, 0].round().tolist()  # the middles of a face's two irises
    [[203.0, 101.0], [246.0, 103.0]]

    Raises:
        DetectorError: the network's file is missing, damaged, or no network that LiteRT runs.
    """

    def __init__(self) -> None:
        content = network_files.find(network_files.IRIS_LANDMARK).read_bytes()
        try:
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._interpreter.allocate_tensors()
            self._input = self._interpreter.get_input_details()[0]["index"]
            outputs = {int(entry["shape"][-1]): entry["index"] for entry in self._interpreter.get_output_details()}
            self._eye, self._iris = outputs[3 * _EYE_POINTS], outputs[3 * IRIS_POINTS]
            self._tensor = np.zeros((1, _SIDE, _SIDE, 3), np.float32)
            self._run()
        except Exception as error:  # LiteRT raises whatever its C++ side threw.
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise DetectorError("The iris network could not be started.", "({reason})", reason=reason) from error

    def predict(self, image_bgr: Image, points: Float32) -> Eyes:
        """The eyes of n faces in a uint8 (h, w, 3) picture.

        Args:
            points: float32 (n, 468, 2 or more), of the faces, in pixels; an eye may leave the picture.
        """
        iris = np.zeros((len(points), 2, IRIS_POINTS, 2), np.float32)
        lids = np.zeros((len(points), 2, LID_POINTS, 2), np.float32)
        for face in range(len(points)):
            for eye, corners in enumerate(EYE_CORNERS):
                to_image = _square_of(points[face][list(corners), :2], is_right=eye == 1)
                np.multiply(cut_square(image_bgr, to_image, _SIDE), TO_UNIT, out=self._tensor[0])
                found_iris, found_eye = self._run()
                iris[face, eye] = found_iris @ to_image[:, :2].T + to_image[:, 2]
                lids[face, eye] = found_eye[:LID_POINTS] @ to_image[:, :2].T + to_image[:, 2]
        return Eyes(iris, lids)

    def close(self) -> None:
        """Nothing is held but memory."""

    def _run(self) -> tuple[Float32, Float32]:
        """(5, 2) and (71, 2) in pixels of the square that ``_tensor`` holds."""
        self._interpreter.set_tensor(self._input, self._tensor)
        self._interpreter.invoke()
        iris, eye = (self._interpreter.get_tensor(index).reshape(-1, 3)[:, :2] for index in (self._iris, self._eye))
        return iris, eye


def _square_of(corners: Float32, *, is_right: bool) -> Float32:
    """(2, 3): from pixels of the network's square to those of the picture, round the corners (2, 2) of an eye.

    The network knows eyes of the picture's left, so that the other one is mirrored.
    """
    x, y = (corners[1] - corners[0]).tolist()
    middle = corners.mean(0)
    side = max(abs(x), abs(y), 1.0) * _ENLARGED
    to_image = square_to_image(np.array([*middle, side, math.atan2(y, x)], np.float32), _SIDE)
    if is_right:
        to_image[:, 2] += to_image[:, 0] * _SIDE
        to_image[:, 0] *= -1
    return to_image
