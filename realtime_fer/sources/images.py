"""Single pictures and folders of them."""

from __future__ import annotations

import math
from pathlib import Path

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.request import PAGED_SUFFIXES, PICTURE_SUFFIXES
from realtime_fer.core.system.folder_trees import files_within, natural_key
from realtime_fer.sources.picture_decoding import read_picture
from realtime_fer.sources.picture_pages import pages_of

_SECONDS_A_PICTURE = 1.0

#: Rounding must not turn a picture's own time into that of the picture before, seconds.
_EPSILON_S = 1e-6


class ImageFolderSource:
    """The pictures of a folder and of the folders within it, or one picture; 'face2' comes before 'face10'.

    >>> source = ImageFolderSource("pictures")
    >>> source.open()
    >>> [frame.name for frame in iter(source.read, None)]
    ['face2.png', 'face10.png']
    >>> source.close()

    ``media_time_s`` is one second a picture. Pictures that cannot be read are left out. Sizes may differ from
    frame to frame. Each page of a TIFF or MPO file is a picture, 'scan (page 2).tif' the second.

    A ``core.protocols.SeekableSource`` in which one picture is one step.

    Opened, read and closed by one thread alone.

    Args:
        without: a folder whose pictures do not count, such as that of the results.

    Attributes:
        skipped: name and sentence of each picture left out so far.
    """

    def __init__(self, path: str | Path, without: Path | None = None) -> None:
        self._path = Path(path)
        self._without = without
        self.skipped: list[tuple[str, str]] = []
        self._paths: list[tuple[Path, int]] = []
        self._readable: list[tuple[Path, int]] = []
        self._next = self._at = 0
        self._is_due = True
        self._ahead: tuple[int, SourceFrame] | None = None

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

    @property
    def duration_s(self) -> float | None:
        return None if self.frame_count is None else self.frame_count * _SECONDS_A_PICTURE

    @property
    def position_s(self) -> float:
        return self._at * _SECONDS_A_PICTURE

    def open(self) -> None:
        """Lists the pictures and reads the first that can be read.

        Raises:
            SourceError: there is no such folder or file, or no picture in it that can be read.
        """
        self.close()
        self.skipped = []
        # Each picture with the number of its page.
        self._paths = [(path, page) for path in self._list() for page in self._pages(path)]
        if (frame := self._frame(0)) is not None:
            self._ahead = 0, frame
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
        number = self._at if self._is_due else self._at + 1
        frame = self._frame(number)
        if frame is not None:
            self._at, self._is_due, self._ahead = number, False, None
        return frame

    def seek(self, t_s: float) -> None:
        """As ``SeekableSource``. The first time it reads the pictures on the way, to leave out those that it cannot."""
        self._go(math.floor(min((max(t_s, 0.0) + _EPSILON_S) / _SECONDS_A_PICTURE, len(self._paths))))

    def step(self, frames: int) -> None:
        self._go(max(0, self._at + frames))

    def _go(self, number: int) -> None:
        if not self._paths:
            raise SourceError("The pictures '{name}' are not open.", name=self.name)
        frame = self._frame(number)
        self._ahead = None if frame is None else (number, frame)
        self._at = min(number, len(self._readable) - 1)
        self._is_due = True

    def close(self) -> None:
        self._paths, self._readable = [], []
        self._next = self._at = 0
        self._is_due = True
        self._ahead = None

    def _list(self) -> list[Path]:
        if self._path.is_file():
            return [self._path]
        try:
            files = list(files_within(self._path, self._without))
        except (FileNotFoundError, NotADirectoryError):
            raise SourceError("There is no folder '{path}'.", "Check the name.", path=self._path) from None
        except OSError as error:
            raise SourceError(
                "The folder '{name}' cannot be read: {reason}.", name=self.name, reason=reason_of(error)
            ) from error
        found = [path for path in files if path.suffix.lower() in PICTURE_SUFFIXES]
        if not found:
            raise SourceError(
                "There are no pictures in the folder '{name}'.",
                "Pictures are JPEG, HEIC, PNG, WebP, AVIF, JPEG 2000, BMP and TIFF files.",
                name=self.name,
            )
        # The folder's own pictures come before those of its folders.
        return sorted(found, key=lambda path: (natural_key(str(path.parent)), natural_key(path.name)))

    def _pages(self, path: Path) -> list[int]:
        """In a folder, only files that are made for pages are looked into."""
        return pages_of(path) if path == self._path or path.suffix.lower() in PAGED_SUFFIXES else [0]

    def _name_of(self, path: Path, page: int) -> str:
        """With its folder below the source's."""
        named = path.with_name(f"{path.stem} (page {page + 1}){path.suffix}") if page else path
        return named.name if path == self._path else named.relative_to(self._path).as_posix()

    def _frame(self, number: int) -> SourceFrame | None:
        """The picture of this number among those that can be read; None if there are fewer."""
        if self._ahead is not None and self._ahead[0] == number:
            return self._ahead[1]
        if number < len(self._readable):
            path, page = self._readable[number]
            return SourceFrame(read_picture(path, page), number * _SECONDS_A_PICTURE, self._name_of(path, page))
        while self._next < len(self._paths):
            path, page = self._paths[self._next]
            self._next += 1
            try:
                image_bgr = read_picture(path, page)
            except SourceError as error:
                self.skipped.append((self._name_of(path, page), error.wording))
                continue
            self._readable.append((path, page))
            if number < len(self._readable):
                return SourceFrame(image_bgr, number * _SECONDS_A_PICTURE, self._name_of(path, page))
        return None
