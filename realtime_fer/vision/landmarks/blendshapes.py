"""Google's Face Landmarker on LiteRT: from a cut face to 52 blendshapes.

Its first network finds 478 points, the irises too; its second one takes 146 of them. Sources: the published graphs
``face_landmarks_detector_graph.cc`` and ``face_blendshapes_graph.cc`` of MediaPipe 0.10.21 (Apache-2.0); Grishchenko et
al., "Blendshapes GHUM", 2023, arXiv:2309.05782. ``tests/vision/landmarks`` compares the values with those of
MediaPipe's own runtime.
"""

from __future__ import annotations

import io
import math
import zipfile

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.landmarks import FACE_SCORE
from realtime_fer.core.frame import Image
from realtime_fer.vision import face_landmarker_file
from realtime_fer.vision.landmarks.squares import TO_UNIT, cut_square, square_to_image

Float32 = npt.NDArray[np.float32]

_POINTS_NETWORK, _BLENDSHAPES_NETWORK = "face_landmarks_detector.tflite", "face_blendshapes.tflite"
_SIDE, _POINTS = 256, 478

#: Of the 478 points: those that the second network takes, ``kLandmarksSubsetIdxs`` of ``face_blendshapes_graph.cc``.
_TAKEN_LIST = """
0 1 4 5 6 7 8 10 13 14 17 21 33 37 39 40 46 52 53 54 55 58 61 63 65 66 67 70 78 80 81 82 84 87 88 91 93 95 103 105
107 109 127 132 133 136 144 145 146 148 149 150 152 153 154 155 157 158 159 160 161 162 163 168 172 173 176 178 181
185 191 195 197 234 246 249 251 263 267 269 270 276 282 283 284 285 288 291 293 295 296 297 300 308 310 311 312 314
317 318 321 323 324 332 334 336 338 356 361 362 365 373 374 375 377 378 379 380 381 382 384 385 386 387 388 389 390
397 398 400 402 405 409 415 454 466 468 469 470 471 472 473 474 475 476 477
"""
_TAKEN = np.array(_TAKEN_LIST.split(), np.intp)


class FaceBlendshapes:
    """Called from one thread alone.

    >>> network = FaceBlendshapes()
    >>> blendshapes = network.predict(image_bgr, regions_from_points(faces.landmarks))
    >>> dict(zip(BLENDSHAPE_KEYS, blendshapes[0].round(2).tolist(), strict=True))["mouthSmileLeft"]
    0.71

    Raises:
        DetectorError: the file is missing or damaged, or LiteRT does not run its networks.
    """

    def __init__(self) -> None:
        content = face_landmarker_file.find_face_landmarker().read_bytes()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as bundle:
                self._points = _started(bundle.read(_POINTS_NETWORK))
                self._blendshapes = _started(bundle.read(_BLENDSHAPES_NETWORK))
            # Points have 1434 values in a row; of the two single values the score is the one with more dimensions.
            outputs = {tuple(entry["shape"]): entry["index"] for entry in self._points.get_output_details()}
            self._points_out, self._score_out = outputs[(1, 1, 1, 3 * _POINTS)], outputs[(1, 1, 1, 1)]
            self._points_in = self._points.get_input_details()[0]["index"]
            self._taken_in = self._blendshapes.get_input_details()[0]["index"]
            self._out = self._blendshapes.get_output_details()[0]["index"]
            self._tensor = np.zeros((1, _SIDE, _SIDE, 3), np.float32)
            self.predict(np.zeros((8, 8, 3), np.uint8), np.array([[4, 4, 8, 0]], np.float32))
        except Exception as error:  # LiteRT raises whatever its C++ side threw.
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise DetectorError("The blendshape networks could not be started.", "({reason})", reason=reason) from error

    def predict(self, image_bgr: Image, regions: Float32) -> Float32:
        """(n, 52), columns as ``BLENDSHAPE_KEYS``, 0 to 1; NaN for a square that holds no face.

        Left and right are the person's own where the picture is no mirror image.

        Args:
            image_bgr: uint8 (h, w, 3).
            regions: float32 (n, 4), as ``regions.regions_from_points`` gives them; a square may leave the picture.
        """
        values = np.full((len(regions), len(BLENDSHAPE_KEYS)), np.nan, np.float32)
        for face, region in enumerate(regions):
            to_image = square_to_image(region, _SIDE)
            np.multiply(cut_square(image_bgr, to_image, _SIDE), TO_UNIT, out=self._tensor[0])
            self._points.set_tensor(self._points_in, self._tensor)
            self._points.invoke()
            logit = float(self._points.get_tensor(self._score_out).reshape(-1)[0])
            if 1 / (1 + math.exp(-max(logit, -60.0))) < FACE_SCORE:
                continue
            points = self._points.get_tensor(self._points_out).reshape(_POINTS, 3)[_TAKEN, :2]
            # As pixels of the picture: turned as the face is, which the second network takes into account.
            taken = points @ to_image[:, :2].T + to_image[:, 2]
            self._blendshapes.set_tensor(self._taken_in, taken[None].astype(np.float32))
            self._blendshapes.invoke()
            values[face] = self._blendshapes.get_tensor(self._out)
        return values

    def close(self) -> None:
        """Nothing is held but memory."""


def _started(content: bytes) -> Interpreter:
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    return interpreter
