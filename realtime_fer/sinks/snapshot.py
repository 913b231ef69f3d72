"""One picture, kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import cv2

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.sinks.whole_file import add_whole, cannot_write

# PNG is lossless at every level; 1 takes a third of the default's time and little more room on camera pictures.
_PNG_LEVEL = 1


def save_snapshot(result: FrameResult, folder: Path, wall_time: datetime) -> Path:
    """Saves the annotated picture as ``snapshot_YYYY-MM-DD_HH-MM-SS.png``, with ``-2`` … where that is taken.

    Args:
        result: whose ``annotated_bgr`` is saved.
        folder: made when missing.
        wall_time: names the file.

    Returns:
        The file, which is there whole or not at all.

    Raises:
        SinkError: it cannot be written.
    """
    try:
        make_private_folder(folder)
    except (OSError, ValueError) as error:
        raise cannot_write(folder, error) from error
    encoded, png = cv2.imencode(".png", result.annotated_bgr, [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL])
    if not encoded:
        raise SinkError("The snapshot cannot be saved: the picture cannot be turned into a PNG file.")
    return add_whole(folder / f"snapshot_{wall_time:%Y-%m-%d_%H-%M-%S}.png", png.tobytes())
