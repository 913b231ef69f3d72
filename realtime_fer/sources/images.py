"""Single pictures and folders of them."""

from __future__ import annotations

import re
from pathlib import Path

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.request import PICTURE_SUFFIXES
from realtime_fer.sources.picture_decoding import read_picture

_SECONDS_A_PICTURE = 1.0


class ImageFolderSource:
    """The pictures of one folder, without its subfolders, or one picture; 'face2' comes before 'face10'.

    >>> source = ImageFolderSource("pictures")
    >>> source.open()
    >>> [frame.name for frame in iter(source.read, None)]
    ['face2.png', 'face10.png']
    >>> source.close()

    ``media_time_s`` is one second a picture. Pictures that cannot be read are left out. Sizes may differ from
    frame to frame.

    Opened, read and closed by one thread alone.

    Attributes:
        skipped: name and sentence of each picture left out so far.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self.skipped: list[tuple[str, str]] = []
        self._paths: list[Path] = []
        self._next = 0
        self._delivered = 0
        self._ahead: SourceFrame | None = None

    @property
    def name(self) -> str:
        return self._path.name or str(self._path)

    @property
    def is_live(self) -> bool:
        return False

    @property
    def fps(self) -> float | None:
        return 1.0 / _SECONDS_A_PICTURE

    @property
    def frame_count(self) -> int | None:
        """Pictures found, less those that turned out unreadable so far; None before ``open``."""
        return len(self._paths) - len(self.skipped) if self._paths else None

    def open(self) -> None:
        """Lists the pictures and reads the first that can be read.

        Raises:
            SourceError: there is no such folder or file, or no picture in it that can be read.
        """
        self.close()
        self.skipped = []
        self._paths = self._list()
        self._ahead = self._read_next()
        if self._ahead is not None:
            return
        if len(self._paths) == 1:
            raise SourceError(self.skipped[0][1], "Choose another picture.")
        raise SourceError(
            "None of the {count} pictures in '{name}' can be read.",
            "The first: {first}",
            first=self.skipped[0][1],
            count=len(self._paths),
            name=self.name,
        )

    def read(self) -> SourceFrame | None:
        """The next readable picture, its file name as ``name``; None at the end."""
        if not self._paths:
            raise SourceError("The pictures '{name}' are not open.", name=self.name)
        frame, self._ahead = self._ahead, None
        return frame if frame is not None else self._read_next()

    def close(self) -> None:
        self._paths = []
        self._next = self._delivered = 0
        self._ahead = None

    def _list(self) -> list[Path]:
        if self._path.is_file():
            return [self._path]
        try:
            found = [p for p in self._path.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file()]
        except (FileNotFoundError, NotADirectoryError):
            raise SourceError("There is no folder '{path}'.", "Check the name.", path=self._path) from None
        except OSError as error:
            raise SourceError(
                "The folder '{name}' cannot be read: {reason}.", name=self.name, reason=reason_of(error)
            ) from error
        # macOS leaves '._name.jpg' files on foreign disks that are not pictures.
        found = [p for p in found if not p.name.startswith(".")]
        if not found:
            raise SourceError(
                "There are no pictures in the folder '{name}'.",
                "Pictures are JPEG, HEIC, PNG, WebP, AVIF, JPEG 2000, BMP and TIFF files.",
                name=self.name,
            )
        return sorted(found, key=_natural_key)

    def _read_next(self) -> SourceFrame | None:
        while self._next < len(self._paths):
            path = self._paths[self._next]
            self._next += 1
            try:
                image_bgr = read_picture(path)
            except SourceError as error:
                self.skipped.append((path.name, error.wording))
                continue
            self._delivered += 1
            return SourceFrame(image_bgr, (self._delivered - 1) * _SECONDS_A_PICTURE, path.name)
        return None


def _natural_key(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    """Digits compare as numbers, letters without case; the plain name decides between equals."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part], path.name
