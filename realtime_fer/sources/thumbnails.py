"""Small copies of a folder's pictures."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np

from realtime_fer.core.frame import Image
from realtime_fer.sources.picture_decoding import read_picture

#: As ``ImageFolderSource`` names the further pages of a file.
_PAGE = re.compile(r"(?P<stem>.*) \(page (?P<number>\d+)\)(?P<suffix>\.[^./]*)?", re.DOTALL)


def read_thumbnail(path: Path, name: str, side_px: int) -> Image:
    """One picture of an ``ImageFolderSource``, as that shows it, scaled down to fit a square; a small one as it is.

    Args:
        path: of the source: a folder, or one picture's file.
        name: as ``ImageFolderSource.picture_names`` has it.

    Returns:
        uint8 (h, w, 3) BGR; the longer side is at most ``side_px``.

    Raises:
        SourceError: it cannot be read.
    """
    file, page = path if path.is_file() else path / name, 0
    if file.name != Path(name).name or not file.is_file():
        # It may be a further page.
        matched = _PAGE.fullmatch(name)
        if matched is not None:
            stem, suffix = matched["stem"], matched["suffix"] or ""
            file = path if path.is_file() else path / f"{stem}{suffix}"
            page = int(matched["number"]) - 1
    image_bgr = read_picture(file, page)
    height, width = image_bgr.shape[:2]
    scale = side_px / max(height, width)
    if scale >= 1:
        return image_bgr
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image_bgr, size, interpolation=cv2.INTER_AREA), np.uint8)
