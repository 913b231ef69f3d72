"""Small made-up data sets in the real ones' layouts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

VOTES_HEADER = "neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF,in_ferplus"
WORDS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


def face(label: int, seed: int, side: int = 48) -> npt.NDArray[np.uint8]:
    """Grey noise whose mean and pattern depend on the label, so that a network can learn it."""
    random = np.random.default_rng(seed)
    picture = random.integers(0, 60, (side, side)) + 20 * label
    picture[: side // 2] += 10 * label
    return picture.astype(np.uint8)


def encoded(picture: npt.NDArray[np.uint8], extension: str = ".png") -> bytes:
    parameters = [cv2.IMWRITE_WEBP_QUALITY, 101] if extension == ".webp" else []
    return cv2.imencode(extension, picture, parameters)[1].tobytes()


def write_fer2013(folder: Path, training: int = 42, public_test: int = 14, side: int = 48) -> Path:
    """``training.zip``, ``public_test.zip`` and ``labels.csv``, images named as in the real folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"image,usage,emotion,{VOTES_HEADER},ferplus_name"]
    number = 0
    for name, usage, count in (("training.zip", "Training", training), ("public_test.zip", "PublicTest", public_test)):
        with zipfile.ZipFile(folder / name, "w") as archive:
            for _ in range(count):
                label, image = number % 7, f"fer{number:07}"
                archive.writestr(f"{image}.webp", encoded(face(label, number, side), ".webp"))
                votes = [0] * 10
                # In the order of FER+: neutral, happiness, surprise, sadness, anger, disgust, fear.
                votes[(4, 5, 6, 1, 3, 2, 0)[label]] = 10
                lines.append(f"{image},{usage},{WORDS[label]},{','.join(map(str, votes))},1,{image}.png")
                number += 1
    (folder / "labels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_zip(path: Path, images: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in images.items():
            archive.writestr(name, content)
    return path


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
