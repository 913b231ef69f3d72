"""Decodes pictures and converts them to grey 48x48 faces with the program's own preprocessing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.vision.preprocessing import to_network_input
from train.data.labelled_faces import DatasetError, LabelledFaces

#: Every face is converted to this; FER2013 has this size already.
FACE = InputSpec(height=48, width=48, channels=1)

Picture = npt.NDArray[np.uint8]
BoxXywh = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture on disk, and its class.

    Attributes:
        listed_in: the file that lists it.
        row: its line there; 0 where no file lists it.
        folder, name: the picture is ``folder / name``.
        key: expression.
        box_xywh: the face's box, pixels; None is the whole picture.
    """

    listed_in: Path
    row: int
    folder: Path
    name: str
    key: str
    box_xywh: BoxXywh | None = None

    @property
    def where(self) -> str:
        return f"{self.listed_in}: row {self.row}" if self.row else str(self.listed_in)


def decode(encoded: bytes, where: str, *, colour: bool = False) -> Picture:
    """uint8 (h, w) grey, or (h, w, 3) BGR. Raises DatasetError, which begins with ``where``: not a picture."""
    # OpenCV refuses a WebP of fewer than 32 bytes, such as an all-black face. Bytes after the RIFF chunk are ignored.
    padded = encoded.ljust(64, b"\0")
    try:
        image = cv2.imdecode(np.frombuffer(padded, np.uint8), cv2.IMREAD_COLOR if colour else cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        image = None
    if image is None:
        raise DatasetError(f"{where} is not an image.")
    return np.asarray(image, np.uint8)


def to_face(picture: Picture) -> Picture:
    """uint8 (48, 48), grey, of a grey (h, w) or BGR (h, w, 3) picture, as the program makes a network's input."""
    if picture.shape == (FACE.height, FACE.width):
        return picture
    # The values are whole numbers: the picture is resized as uint8 before it becomes float.
    return to_network_input(picture[None], FACE)[0, :, :, 0].astype(np.uint8)


def cut_box(picture: Picture, box_xywh: BoxXywh, where: str) -> Picture:
    """Cuts the box out of the picture. Outside the picture the border repeats, as in the program's live crops.

    Raises:
        DatasetError: the box is empty or more than twice as large as the picture, or its centre lies outside.
    """
    height, width = picture.shape[:2]
    x, y, box_width, box_height = box_xywh
    centred = 0 <= x + box_width / 2 <= width and 0 <= y + box_height / 2 <= height
    if not centred or not 0 < box_width <= 2 * width or not 0 < box_height <= 2 * height:
        raise DatasetError(
            f"{where}: its face box (x {x}, y {y}, {box_width}x{box_height}) is not in the picture of {width}x{height}."
        )
    rows = np.clip(np.arange(y, y + box_height), 0, height - 1)
    columns = np.clip(np.arange(x, x + box_width), 0, width - 1)
    return picture[rows][:, columns]


def read_face(row: PictureRow) -> Picture:
    """uint8 (48, 48) grey. Raises DatasetError: the picture is missing or damaged, or the box is not in it."""
    path = row.folder / row.name
    try:
        encoded = path.read_bytes()
    except FileNotFoundError:
        raise DatasetError(f"{row.where}: there is no image {path}.") from None
    except OSError as error:
        raise DatasetError(f"{row.where}: the image {path} cannot be read: {error.strerror}.") from error
    picture = decode(encoded, f"{row.where}: {path}" if row.row else str(path), colour=True)
    return to_face(picture if row.box_xywh is None else cut_box(picture, row.box_xywh, row.where))


def read_faces(rows: Sequence[PictureRow], class_names: tuple[str, ...]) -> LabelledFaces:
    """Reads the faces of all rows, one picture at a time, with a progress bar on a terminal.

    Raises:
        DatasetError: a picture is missing or damaged.
    """
    images = np.empty((len(rows), FACE.height, FACE.width), np.uint8)
    for position, row in enumerate(tqdm(rows, desc="Reading pictures", unit=" faces", disable=None, leave=False)):
        images[position] = read_face(row)
    return LabelledFaces(
        images,
        np.array([class_names.index(row.key) for row in rows], np.int64),
        class_names,
        tuple(row.name for row in rows),
    )
