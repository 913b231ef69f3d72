"""Small made-up data sets that lie in folders and CSV files, in the real ones' layouts."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from tests.train.made_up import encoded, face, write_csv

FERPLUS_HEADER = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
AFFECTNET_HEADER = (
    "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal"
)


def pixels(label: int, side: int = 4) -> str:
    return " ".join(str(value) for value in face(label, label, side).reshape(-1))


def write_kaggle(path: Path, *rows: tuple[int, str], side: int = 4) -> Path:
    """``fer2013.csv`` with (class, usage) rows."""
    return write_csv(path, "emotion,pixels,Usage", *(f"{label},{pixels(label, side)},{usage}" for label, usage in rows))


def write_picture(path: Path, picture: npt.NDArray[np.uint8]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(picture, path.suffix))
    return path


def photograph(width: int, height: int, value: int) -> npt.NDArray[np.uint8]:
    """BGR, grey of one value."""
    return np.full((height, width, 3), value, np.uint8)


def write_legend(folder: Path, *rows: str) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "images").mkdir(exist_ok=True)
    return write_csv(folder / "data" / "legend.csv", "user.id,image,emotion", *rows)


def write_numbered(place: Path, number: int, expression: object, value: int = 100) -> None:
    """One face of AffectNet's second layout."""
    write_picture(place / "images" / f"{number}.jpg", photograph(60, 60, value))
    (place / "annotations").mkdir(parents=True, exist_ok=True)
    np.save(place / "annotations" / f"{number}_exp.npy", np.array(expression))


def resized_by_opencv(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(picture, (48, 48), interpolation=cv2.INTER_AREA), np.uint8)


def write_raf_db(folder: Path, *rows: tuple[str, object], suffix: str = "_aligned") -> Path:
    """RAF-DB in its authors' layout, of (name, number); each face has a grey of its own."""
    listed = folder / "EmoLabel" / "list_patition_label.txt"
    listed.parent.mkdir(parents=True)
    for position, (name, _) in enumerate(rows):
        stem, _, extension = name.rpartition(".")
        write_picture(
            folder / "Image" / "aligned" / f"{stem}{suffix}.{extension}", photograph(100, 100, 10 * position % 250)
        )
    return write_csv(listed, *(f"{name} {number}" for name, number in rows))
