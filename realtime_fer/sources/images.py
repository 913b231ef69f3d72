"""Single pictures and folders of them."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Sequence
from pathlib import Path

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.request import PAGED_SUFFIXES, PICTURE_SUFFIXES, VIDEO_SUFFIXES
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

    A ``core.protocols.PictureSource`` in which one picture is one step.

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
        # Each picture with the number of its page.
        self._paths: list[tuple[Path, int]] = []
        self._names: tuple[str, ...] = ()
        # Places in the list: of those that cannot be read; up to which each was read once; of the present one.
        self._bad: list[int] = []
        self._known = self._at = 0
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
    def picture_names(self) -> tuple[str, ...]:
        """Names of all pictures found; after ``open``."""
        return self._names

    @property
    def duration_s(self) -> float | None:
        return None if self.frame_count is None else self.frame_count * _SECONDS_A_PICTURE

    @property
    def position_s(self) -> float:
        return self._time_of(self._at)

    def open(self) -> None:
        """Lists the pictures and reads the first that can be read.

        Raises:
            SourceError: there is no such folder or file, or no picture in it that can be read.
        """
        self.close()
        self.skipped = []
        self._paths = [(path, page) for path in self._list() for page in self._pages(path)]
        self._names = tuple(self._name_of(path, page) for path, page in self._paths)
        if self._nearest(0, 1) is not None:
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
        self._check_open()
        place = self._nearest(self._at if self._is_due else self._at + 1, 1)
        if place is None or self._ahead is None:
            return None
        frame, self._ahead = self._ahead[1], None
        self._at, self._is_due = place, False
        return frame

    def seek(self, t_s: float) -> None:
        """As ``SeekableSource``. The first time it reads the pictures on the way, to leave out those that it cannot."""
        self._check_open()
        number = math.floor(min((max(t_s, 0.0) + _EPSILON_S) / _SECONDS_A_PICTURE, len(self._paths)))
        while self._known < len(self._paths) and self._known - bisect_left(self._bad, self._known) <= number:
            self._frame(self._known)
        place = number
        for bad in self._bad:
            place += bad <= place
        self.go_to(place)

    def step(self, frames: int) -> None:
        self._check_open()
        direction = 1 if frames > 0 else -1
        for _ in range(abs(frames)):
            place = self._nearest(self._at + direction, direction)
            if place is None:
                break
            self._at = place
        self._is_due = True

    def go_to(self, index: int) -> None:
        """As ``core.protocols.PictureSource``; after one that cannot be read comes the next, at the end the last."""
        self._check_open()
        index = min(max(index, 0), len(self._paths) - 1)
        found = self._nearest(index, 1)
        if found is None:
            found = self._nearest(index, -1)
        self._at, self._is_due = self._at if found is None else found, True

    def _check_open(self) -> None:
        if not self._paths:
            raise SourceError("The pictures '{name}' are not open.", name=self.name)

    def close(self) -> None:
        self._paths, self._names, self._bad = [], (), []
        self._known = self._at = 0
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
            raise _no_pictures(self.name, files)
        # The folder's own pictures come before those of its folders. Names are compared within a folder alone: it may
        # hold a hundred thousand.
        by_folder: dict[Path, list[Path]] = {}
        for path in found:
            by_folder.setdefault(path.parent, []).append(path)
        folders = sorted(by_folder, key=lambda folder: natural_key(str(folder)))
        return [
            path for folder in folders for path in sorted(by_folder[folder], key=lambda path: natural_key(path.name))
        ]

    def _pages(self, path: Path) -> list[int]:
        """In a folder, only files that are made for pages are looked into."""
        return pages_of(path) if path == self._path or path.suffix.lower() in PAGED_SUFFIXES else [0]

    def _name_of(self, path: Path, page: int) -> str:
        """With its folder below the source's."""
        named = path.with_name(f"{path.stem} (page {page + 1}){path.suffix}") if page else path
        return named.name if path == self._path else named.relative_to(self._path).as_posix()

    def _time_of(self, place: int) -> float:
        return (place - bisect_left(self._bad, place)) * _SECONDS_A_PICTURE

    def _nearest(self, place: int, direction: int) -> int | None:
        """The first place from ``place`` on, or with -1 back from it, whose picture can be read: now in ``_ahead``."""
        while 0 <= place < len(self._paths):
            frame = self._frame(place)
            if frame is not None:
                self._ahead = place, frame
                return place
            place += direction
        return None

    def _frame(self, place: int) -> SourceFrame | None:
        """The picture at this place; None if it cannot be read."""
        if self._ahead is not None and self._ahead[0] == place:
            return self._ahead[1]
        if place in self._bad:
            return None
        path, page = self._paths[place]
        self._known += place == self._known
        try:
            image_bgr = read_picture(path, page)
        except SourceError as error:
            self.skipped.append((self._names[place], error.wording))
            insort(self._bad, place)
            return None
        return SourceFrame(image_bgr, self._time_of(place), self._names[place], picture_index=place)


def _no_pictures(name: str, files: Sequence[Path]) -> SourceError:
    """Of a folder of these files, with what to do instead."""
    if {"session.json", "expressions.csv"} <= {path.name for path in files}:
        return SourceError(
            "There are no pictures in the folder '{name}'.",
            "It is a recording: press V to review it, or open the video in it.",
            name=name,
        )
    if any(path.suffix.lower() in VIDEO_SUFFIXES for path in files):
        return SourceError(
            "There are no pictures in the folder '{name}'.",
            "There are videos in it: open one of them, or analyse all of them with Analyse….",
            name=name,
        )
    return SourceError(
        "There are no pictures in the folder '{name}'.",
        "Pictures are JPEG, HEIC, PNG, WebP, AVIF, JPEG 2000, BMP and TIFF files.",
        name=name,
    )
