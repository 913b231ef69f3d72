"""BlazeFace, short and full range, on LiteRT: one network, from a picture to faces with six key points.

Sources: Bazarevsky et al., "BlazeFace", 2019, arXiv:1907.05047; the published graph options of MediaPipe Face Detection
(Apache-2.0), https://github.com/google-ai-edge/mediapipe/tree/v0.10.21/mediapipe/modules/face_detection, in
``face_detection_short_range.pbtxt``, ``face_detection_full_range.pbtxt`` and ``face_detection.pbtxt``, which both use.
``docs/detectors.md`` tells how far the answers agree with those of MediaPipe's own runtime.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision import network_files

Float32 = npt.NDArray[np.float32]

#: ``score_clipping_thresh``: logits beyond it are cut before the sigmoid.
_LOGIT_LIMIT = 100.0

#: ``min_suppression_threshold``: candidates that overlap more (IoU) are the same face.
_SAME_FACE_IOU = 0.3

_KEYPOINTS = 6


@dataclass(frozen=True)
class BlazeFaceOptions:
    """The options of one network's published graph.

    Attributes:
        side: of its square input; ``x_scale``, ``y_scale``, ``w_scale`` and ``h_scale`` are the same number.
        strides: of the layers that give anchors (``SsdAnchorsCalculator``).
        anchors_a_cell: of one layer. The short range has two (aspect ratio 1 and an interpolated scale), the full range
            one, for which ``interpolated_scale_aspect_ratio`` is 0.
    """

    file_name: str
    side: int
    strides: tuple[int, ...]
    anchors_a_cell: int


#: Faces within about two metres of a webcam.
SHORT_RANGE = BlazeFaceOptions(network_files.SHORT_RANGE, 128, (8, 16, 16, 16), 2)
#: Faces within about five metres.
FULL_RANGE = BlazeFaceOptions(network_files.FULL_RANGE, 192, (4,), 1)


class BlazeFace:
    """Finds faces with one network. Called from one thread alone: a LiteRT interpreter belongs to its thread.

    >>> detector = BlazeFace(SHORT_RANGE, min_confidence=0.5)
    >>> faces = detector.detect(image_bgr)
    >>> len(faces), faces.keypoints.shape
    (1, (1, 6, 2))
    >>> detector.close()

    Args:
        min_confidence: lowest confidence that is returned (``min_score_thresh``), 0 to 1.
        threads: of LiteRT. A second one saves a third of the time where nothing else runs, which is rare, and costs the
            processor half as much again.

    Raises:
        DetectorError: the network's file is missing, damaged, or no network that LiteRT runs.
    """

    def __init__(self, options: BlazeFaceOptions, min_confidence: float, threads: int = 1) -> None:
        content = network_files.find(options.file_name).read_bytes()
        self._side = options.side
        self._anchors = anchor_centres(options)
        # The confidence as a logit, so that only the few candidates need a sigmoid.
        self._min_logit = float(np.log(min_confidence / (1 - min_confidence)))
        try:
            self._interpreter: Interpreter | None = Interpreter(model_content=content, num_threads=threads)
            self._interpreter.allocate_tensors()
            self._input = self._interpreter.get_input_details()[0]["index"]
            # Sixteen values an anchor are box and key points, one value is the score.
            outputs = {int(entry["shape"][-1]): entry["index"] for entry in self._interpreter.get_output_details()}
            self._values, self._scores = outputs[4 + 2 * _KEYPOINTS], outputs[1]
            self._tensor = np.zeros((1, self._side, self._side, 3), np.float32)
            self._run()
        except Exception as error:  # LiteRT raises whatever its C++ side threw.
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise DetectorError("The face detector could not be started.", "({reason})", reason=reason) from error

    def detect(self, image_bgr: Image) -> Faces:
        """The faces in a uint8 (h, w, 3) BGR image, the most confident first, in its pixels and not clipped."""
        self._letterbox(image_bgr)
        values, logits = self._run()
        chosen = np.flatnonzero(logits >= self._min_logit)
        if not len(chosen):
            return Faces.empty()
        confidence = 1 / (1 + np.exp(-np.clip(logits[chosen], -_LOGIT_LIMIT, _LOGIT_LIMIT)))
        points = decoded(values[chosen], self._anchors[chosen], self._side)
        merged, merged_confidence = weighted_suppression(points, confidence.astype(np.float32))
        # From shares of the square to the image, which lies centred in a square of its longer side.
        height, width = image_bgr.shape[:2]
        longer = max(height, width)
        corner = np.array([(width - longer) / 2, (height - longer) / 2], np.float32)
        merged = merged * np.float32(longer) + corner
        return Faces(merged[:, :2].reshape(-1, 4), merged_confidence, np.ascontiguousarray(merged[:, 2:]))

    def close(self) -> None:
        self._interpreter = None

    def _letterbox(self, image_bgr: Image) -> None:
        """Fills the network's input: the image, its aspect kept, centred on black, as RGB of -1 to 1.

        Samples as MediaPipe's ``ImageToTensorCalculator`` does on a CPU: bilinear, without smoothing, output pixel i at
        i times the scale.
        """
        height, width = image_bgr.shape[:2]
        longer = max(height, width)
        scale = longer / self._side
        to_image = np.array([[scale, 0, (width - longer) / 2], [0, scale, (height - longer) / 2]])
        small = cv2.warpAffine(
            image_bgr, to_image, (self._side, self._side), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        )
        # Turned round by OpenCV: NumPy takes five times as long for numbers that do not lie in order.
        rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
        np.multiply(rgb, np.float32(1 / 127.5), out=self._tensor[0])
        self._tensor -= 1

    def _run(self) -> tuple[Float32, Float32]:
        """The network's (anchors, 16) values and (anchors,) logits for what ``_tensor`` holds."""
        if self._interpreter is None:
            raise DetectorError("The face detector is closed.")
        self._interpreter.set_tensor(self._input, self._tensor)
        self._interpreter.invoke()
        return self._interpreter.get_tensor(self._values)[0], self._interpreter.get_tensor(self._scores)[0, :, 0]


def anchor_centres(options: BlazeFaceOptions) -> Float32:
    """(anchors, 2) centres x, y of the anchors as shares of the square, in the order of the network's outputs.

    ``SsdAnchorsCalculator`` with ``fixed_anchor_size``: all anchors are of size 1, so that only their centres matter.
    Neighbouring layers of one stride are one grid with all their anchors in each cell.
    """
    layers: list[Float32] = []
    position = 0
    while position < len(options.strides):
        stride = options.strides[position]
        same = next(
            (i for i, other in enumerate(options.strides[position:]) if other != stride),
            len(options.strides) - position,
        )
        cells = -(-options.side // stride)
        centres = (np.arange(cells, dtype=np.float32) + 0.5) / cells
        grid = np.stack(np.meshgrid(centres, centres), -1).reshape(-1, 2)
        layers.append(np.repeat(grid, same * options.anchors_a_cell, axis=0))
        position += same
    return np.concatenate(layers)


def decoded(values: Float32, anchors: Float32, side: int) -> Float32:
    """(n, 8, 2) points of n anchors' raw values (n, 16): corners of the box, then the key points; shares of the square.

    ``TensorsToDetectionsCalculator`` with ``reverse_output_order``: x centre, y centre, width, height, then x and y of
    each key point, all in pixels of the input and, but for the size, relative to the anchor's centre.
    """
    shares = values.reshape(len(values), -1, 2) / np.float32(side)
    centre, half = shares[:, :1] + anchors[:, None], shares[:, 1:2] / 2
    return np.concatenate([centre - half, centre + half, shares[:, 2:] + anchors[:, None]], axis=1)


def weighted_suppression(points: Float32, confidence: Float32) -> tuple[Float32, Float32]:
    """One face for each group of candidates: their mean, weighted by confidence, with the best one's confidence.

    ``NonMaxSuppressionCalculator``, algorithm WEIGHTED: the most confident candidate gathers all that overlap it, then
    the most confident of the rest.

    Args:
        points: (n, k, 2), the first two the corners of the box.
        confidence: (n,).

    Returns:
        (m, k, 2) and (m,), most confident first.
    """
    order = np.argsort(-confidence, kind="stable")
    points, confidence = points[order], confidence[order]
    boxes = points[:, :2].reshape(-1, 4)
    left = np.ones(len(points), np.bool_)
    merged: list[Float32] = []
    best: list[int] = []
    while left.any():
        candidate = int(left.argmax())
        group = left & (box_iou(boxes[candidate : candidate + 1], boxes)[0] > _SAME_FACE_IOU)
        # A box without area overlaps nothing, not even itself.
        group[candidate] = True
        left &= ~group
        chosen = confidence[group]
        weights = chosen / chosen.sum()
        merged.append((points[group] * weights[:, None, None]).sum(0))
        best.append(candidate)
    return np.stack(merged).astype(np.float32), confidence[best]
