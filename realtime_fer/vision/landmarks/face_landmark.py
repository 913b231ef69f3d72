"""MediaPipe's face mesh on LiteRT: from a cut face to 468 points with depth.

Sources: Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs", 2019,
arXiv:1907.06724; the published graph ``face_landmark_cpu.pbtxt`` of MediaPipe 0.10.21 (Apache-2.0).
``tests/vision/landmarks`` compares the points with those of MediaPipe's own runtime.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.image_part import ImagePart
from realtime_fer.core.face_features.landmarks import POINTS, Landmarks
from realtime_fer.core.frame import Image
from realtime_fer.vision import network_files
from realtime_fer.vision.image_parts import edges_of, moved, part_of
from realtime_fer.vision.landmarks.squares import TO_UNIT, cut_square, square_to_image

Float32 = npt.NDArray[np.float32]

_SIDE = 192


class FaceLandmarkNetwork:
    """Called from one thread alone. Of several faces it reads every other one in a thread of its own.

    Raises:
        DetectorError: the network's file is missing, damaged, or no network that LiteRT runs.
    """

    def __init__(self) -> None:
        content = network_files.find(network_files.FACE_LANDMARK).read_bytes()
        # An interpreter belongs to its thread.
        self._own, self._helpers = _FaceReader(content), _FaceReader(content)
        self._executor: ThreadPoolExecutor | None = None
        self._is_closed = False

    def predict(self, image_bgr: Image, regions: Float32) -> Landmarks:
        """The points of the faces in n squares of a uint8 (h, w, 3) BGR picture.

        Args:
            regions: float32 (n, 4), as ``regions.regions_from_detections`` gives them; a square may leave the picture.
        """
        if self._is_closed:
            raise DetectorError("The landmark network is closed.")
        points = np.zeros((len(regions), POINTS, 3), np.float32)
        score = np.zeros(len(regions), np.float32)
        parts: list[ImagePart | None] = [None] * len(regions)

        def read(reader: _FaceReader, faces: range) -> None:
            for face in faces:
                points[face], score[face], parts[face] = reader.read(image_bgr, regions[face])

        if len(regions) < 2:
            read(self._own, range(len(regions)))
        else:
            if self._executor is None:
                self._executor = ThreadPoolExecutor(1, "landmarks")
            others = self._executor.submit(read, self._helpers, range(1, len(regions), 2))
            read(self._own, range(0, len(regions), 2))
            others.result()
        return Landmarks(points, score, parts)

    def close(self) -> None:
        self._is_closed = True
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None


class _FaceReader:
    """One interpreter of the network."""

    def __init__(self, content: bytes) -> None:
        try:
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._interpreter.allocate_tensors()
            self._input = self._interpreter.get_input_details()[0]["index"]
            outputs = {int(entry["shape"][-1]): entry["index"] for entry in self._interpreter.get_output_details()}
            self._points, self._score = outputs[3 * POINTS], outputs[1]
            self._run()
        except Exception as error:  # LiteRT raises whatever its C++ side threw.
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise DetectorError("The landmark network could not be started.", "({reason})", reason=reason) from error

    def read(self, image_bgr: Image, region: Float32) -> tuple[Float32, float, ImagePart | None]:
        """The points (468, 3) of the face in one square, in pixels of the image, its score, and what was copied."""
        to_image = square_to_image(region, _SIDE)
        part = part_of(image_bgr, edges_of(to_image, _SIDE, image_bgr))
        source, to_source = (image_bgr, to_image) if part is None else (part.bgr, moved(to_image, part))
        square = cut_square(source, to_source, _SIDE)
        # Written into LiteRT's own memory, which nobody may hold while the network runs: no variable and no argument of
        # a Python function, which a profiler in this process, such as Dask's, may hold after the function has returned.
        np.multiply(square, TO_UNIT, out=self._interpreter.tensor(self._input)()[0])
        points, logit = self._run()
        turn = np.zeros((3, 3), np.float32)
        turn[:2, :2], turn[2, 2] = to_image[:, :2].T, region[2] / _SIDE
        placed = points @ turn
        placed[:, :2] += to_image[:, 2]
        return placed, 1 / (1 + math.exp(-logit)), part

    def _run(self) -> tuple[Float32, float]:
        """(468, 3) in pixels of the square, and the score as a logit, of what the input holds."""
        self._interpreter.invoke()
        points = self._interpreter.get_tensor(self._points).reshape(POINTS, 3)
        return points, float(self._interpreter.get_tensor(self._score).reshape(-1)[0])
