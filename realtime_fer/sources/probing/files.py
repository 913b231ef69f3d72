"""What a file or folder is: a video, an animated picture, a picture, or a folder of these."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.request import PICTURE_SUFFIXES, VIDEO_SUFFIXES, is_animation, is_picture
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.system.folder_trees import files_within
from realtime_fer.sources.animation import AnimationSource
from realtime_fer.sources.picture_decoding import MAX_FILE_BYTES, decode_picture, opened_picture
from realtime_fer.sources.picture_pages import TIFF_BEGINNINGS, pages_of
from realtime_fer.sources.probing.videos import VideoFacts, video_facts_of

FileKind = Literal["video", "animation", "picture"]

#: EXIF's tag of how a picture is turned, and what its numbers mean (CIPA DC-008, 4.6.4): clockwise, after the mirror.
_ORIENTATION = 0x0112
_TURNS = {2: (0, True), 3: (180, False), 4: (180, True), 5: (270, True), 6: (90, False), 7: (90, True), 8: (270, False)}


@dataclass(frozen=True)
class PictureFacts:
    """What a picture, or each frame of an animated one, is.

    Attributes:
        format: Pillow's name, such as 'JPEG'; '' where Pillow does not know it.
        width, height: as it is shown.
        pages: pictures in the file.
        turn_deg, mirrored: how it is turned clockwise to stand upright, after it was mirrored.
        profile: it has an ICC profile, by which its colours are converted to sRGB.
        fps, frames, duration_s: of an animated picture; else None.
    """

    format: str
    width: int
    height: int
    pages: int = 1
    turn_deg: int = 0
    mirrored: bool = False
    profile: bool = False
    fps: float | None = None
    frames: int | None = None
    duration_s: float | None = None


@dataclass(frozen=True)
class FileFacts:
    """A file and what it is."""

    kind: FileKind
    size_bytes: int
    video: VideoFacts | None = None
    picture: PictureFacts | None = None


@dataclass(frozen=True)
class FolderFacts:
    """The files of a folder and of the folders within it, hidden ones left out, by their endings."""

    videos: tuple[Path, ...]
    pictures: tuple[Path, ...]
    others: tuple[Path, ...]


def file_facts_of(path: Path, track: int = 0) -> FileFacts:
    """Opens the file as annotating it would.

    Args:
        track: number of the video track, from 1 on; 0 is the best one.

    Raises:
        SourceError: it cannot be read, and why.
    """
    if path.is_file() and is_animation(path):
        return FileFacts("animation", path.stat().st_size, picture=_animation_facts_of(path))
    if path.is_file() and is_picture(path):
        return FileFacts("picture", path.stat().st_size, picture=_picture_facts_of(path))
    # Its own sentences tell what is missing or may not be read.
    video = video_facts_of(path, track)
    return FileFacts("video", path.stat().st_size, video=video)


def folder_facts_of(folder: Path) -> FolderFacts:
    """Lists a folder and opens nothing.

    Raises:
        SourceError: it cannot be read, or holds neither videos nor pictures.
    """
    try:
        files = sorted(files_within(folder))
    except OSError as error:
        raise SourceError(
            "The folder '{name}' cannot be read: {reason}.", name=folder.name, reason=reason_of(error)
        ) from error
    videos = tuple(path for path in files if path.suffix.lower() in VIDEO_SUFFIXES)
    pictures = tuple(path for path in files if path.suffix.lower() in PICTURE_SUFFIXES)
    if not videos and not pictures:
        raise SourceError("There is no video and no picture in '{name}'.", "Choose another folder.", name=folder.name)
    known = {*videos, *pictures}
    return FolderFacts(videos, pictures, tuple(path for path in files if path not in known))


def _animation_facts_of(path: Path) -> PictureFacts:
    source = AnimationSource(path)
    source.open()
    try:
        frame = source.read()
        if frame is None:
            raise SourceError("'{name}' is not a picture or is damaged.", name=path.name)
        height, width = frame.image_bgr.shape[:2]
        return PictureFacts(
            _header_of(path)[0], width, height, fps=source.fps, frames=source.frame_count, duration_s=source.duration_s
        )
    finally:
        source.close()


def _picture_facts_of(path: Path) -> PictureFacts:
    try:
        encoded = np.frombuffer(read_regular(path, MAX_FILE_BYTES), np.uint8)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise SourceError("The picture '{name}' cannot be read: {reason}.", name=path.name, reason=reason) from error
    height, width = decode_picture(encoded, path.name).shape[:2]
    title, turn, mirrored, profile = _header_of(path)
    return PictureFacts(title, width, height, len(pages_of(path)), turn, mirrored, profile)


def _header_of(path: Path) -> tuple[str, int, bool, bool]:
    """Format, turn, mirror and whether there is a profile; nothing where Pillow cannot tell."""
    encoded = np.zeros(0, np.uint8)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            encoded = np.frombuffer(read_regular(path, MAX_FILE_BYTES), np.uint8)
            with opened_picture(path.name, encoded) as picture:
                turn, mirrored = _TURNS.get(picture.getexif().get(_ORIENTATION, 1), (0, False))
                return picture.format or "", turn, mirrored, bool(picture.info.get("icc_profile"))
    # A damaged header may raise anything, and a TIFF file of kinds of numbers that Pillow lacks; the pixels were read.
    except Exception:
        return "TIFF" if bytes(encoded[:4]) in TIFF_BEGINNINGS else "", 0, False, False
