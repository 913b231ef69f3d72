"""Annotated pictures: one file each for a folder, a single one, and snapshots."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path, PureWindowsPath

import cv2

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult, Image, clean_image
from realtime_fer.core.protocols import DrawFrame
from realtime_fer.core.request import WRITABLE_PICTURE_SUFFIXES
from realtime_fer.core.system.private_files import make_private_folder
from realtime_fer.sinks.atomic_files import ClosedOnExit, add_file, cannot_write, replace_file

_JPEG_QUALITY = 92
# PNG is lossless at every level; 1 takes a third of the default's time and little more space for camera frames.
_PNG_LEVEL = 1


class ImageFolderSink(ClosedOnExit):
    """Results to one picture file each, with the name, kind and folder of the source's. Called from one thread alone.

    >>> with ImageFolderSink("annotated") as sink:
    ...     for result in results:
    ...         sink.write(result)
    >>> [path.name for path in sink.written]
    ['frame_000000.png', 'frame_000001.png', 'frame_000002.png']

    A kind that cannot be written (such as GIF) becomes PNG. A frame without a name is called by its index. Of frames
    with the same name, later ones get ``-2`` …. JPEG has quality 92.

    Args:
        folder: created when missing.
        input_path: the file or folder that the pictures come from. In any other folder, results of an earlier run
            are replaced. In the inputs' own folder, or without ``input_path``, no existing file is replaced: the
            result is called ``<name>_annotated`` or ``<name>``, with ``-2`` … where that is taken.
        draw: gives each picture.

    Attributes:
        written: the files, in order.

    Raises:
        SinkError: the folder cannot be created; see also ``write``.
    """

    def __init__(self, folder: Path | str, *, input_path: Path | None = None, draw: DrawFrame = clean_image) -> None:
        self.folder = Path(folder)
        self._draw = draw
        self.written: list[Path] = []
        self._taken: set[str] = set()
        try:
            make_private_folder(self.folder)
            self._is_input_folder = (
                input_path is not None
                and self.folder.resolve() == (input_path if input_path.is_dir() else input_path.parent).resolve()
            )
            self._may_replace = input_path is not None and not self._is_input_folder
        except (OSError, ValueError) as error:
            raise cannot_write(self.folder, error) from error

    def write(self, result: FrameResult, t_s: float = 0.0) -> None:
        """Writes the annotated picture, complete or not at all. A picture has no time: ``t_s`` is not used.

        Raises:
            SinkError: it cannot be written.
        """
        given = PureWindowsPath(result.frame.name or f"frame_{result.frame.index:06d}.png")
        name = Path(given.name)
        # Whatever path the name holds, on any system, the picture stays within this folder.
        folder = self.folder if given.anchor or ".." in given.parts else self.folder.joinpath(*given.parts[:-1])
        suffix = name.suffix if name.suffix.lower() in WRITABLE_PICTURE_SUFFIXES else ".png"
        stem = f"{name.stem}_annotated" if self._is_input_folder else name.stem
        path, number = folder / f"{stem}{suffix}", 1
        while str(path).casefold() in self._taken:
            number += 1
            path = folder / f"{stem}-{number}{suffix}"
        content = _encoded(self._draw(result), path)
        try:
            make_private_folder(folder)
        except (OSError, ValueError) as error:
            raise cannot_write(folder, error) from error
        if self._may_replace:
            replace_file(path, content)
        else:
            path = add_file(path, content)
        self._taken.add(str(path).casefold())
        self.written.append(path)

    def close(self) -> None:
        """Does nothing: no file is open between two pictures."""


class PictureSink(ClosedOnExit):
    """One annotated picture under a given name; a later result replaces it. Called from one thread alone.

    >>> with PictureSink("annotated.png") as sink:
    ...     sink.write(results[0])
    >>> cv2.imread("annotated.png").shape
    (120, 160, 3)

    Args:
        path: of the picture.
        partial: written instead, by a caller that moves it to ``path`` at the end.
        draw: gives the picture.

    Raises:
        SinkError: the name does not end as a picture's, or its folder does not exist; see also ``write``.
    """

    def __init__(self, path: Path | str, partial: Path | None = None, draw: DrawFrame = clean_image) -> None:
        self.path = Path(path)
        self._draw = draw
        self._partial = partial
        if self.path.suffix.lower() not in WRITABLE_PICTURE_SUFFIXES:
            raise SinkError(
                "The picture '{path}' must end in one of {endings}.",
                path=path,
                endings=", ".join(sorted(WRITABLE_PICTURE_SUFFIXES)),
            )
        if not os.path.isdir(self.path.absolute().parent):
            raise SinkError(
                "'{path}' cannot be written: the folder '{parent}' does not exist.", path=path, parent=self.path.parent
            )

    def write(self, result: FrameResult, t_s: float = 0.0) -> None:
        """Writes the annotated picture, complete or not at all. ``t_s`` is not used.

        Raises:
            SinkError: it cannot be written.
        """
        content = _encoded(self._draw(result), self.path)
        if self._partial is None:
            replace_file(self.path, content)
            return
        try:
            self._partial.write_bytes(content)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def close(self) -> None:
        """Does nothing: no file is open between two pictures."""


def _encoded(image_bgr: Image, path: Path) -> bytes:
    suffix = path.suffix.lower()
    options = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY] if suffix in (".jpg", ".jpeg") else []
    encoded, content = cv2.imencode(suffix, image_bgr, options)
    if not encoded:
        raise SinkError(
            "'{path}' cannot be written: the picture cannot be turned into a {suffix} file.", path=path, suffix=suffix
        )
    return content.tobytes()


def save_snapshot(result: FrameResult, folder: Path, wall_time: datetime, draw: DrawFrame = clean_image) -> Path:
    """Saves the annotated picture as ``snapshot_YYYY-MM-DD_HH-MM-SS.png``, with ``-2`` … where that is taken.

    Args:
        folder: created when missing.
        wall_time: names the file.
        draw: gives the picture.

    Returns:
        The file, complete or not written at all.

    Raises:
        SinkError: it cannot be written.
    """
    try:
        make_private_folder(folder)
    except (OSError, ValueError) as error:
        raise cannot_write(folder, error) from error
    encoded, png = cv2.imencode(".png", draw(result), [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL])
    if not encoded:
        raise SinkError("The snapshot cannot be saved: the picture cannot be turned into a PNG file.")
    return add_file(folder / f"snapshot_{wall_time:%Y-%m-%d_%H-%M-%S}.png", png.tobytes())
