"""Unpacks a data set's archive into a temporary folder, which is deleted when the process ends.

Nothing is written outside that folder, and no more than ``MAX_FILES`` and ``MAX_BYTES``, whatever the archive claims.
"""

from __future__ import annotations

import atexit
import lzma
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from train.data.labelled_faces import DatasetError

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

#: AffectNet has 290,000 faces with four annotation files each.
MAX_FILES = 2_000_000

#: FER2013's CSV has 0.3 GB, AffectNet's cropped faces 4 GB.
MAX_BYTES = 16 * 2**30

#: A table of pixels packs ten times smaller, pictures hardly at all; what packs better than this is a bomb.
MAX_RATIO = 200

#: Small files may pack better.
FREE_BYTES = 64 * 2**20

_CHUNK = 2**20

_unpacked: dict[tuple[str, int, int], Path] = {}


def is_archive(path: Path) -> bool:
    return path.name.lower().endswith(SUFFIXES) and not path.is_dir()


def name_without_suffix(path: Path) -> str:
    """'faces' for faces.tar.gz."""
    suffix = next((suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)), "")
    return path.name[: len(path.name) - len(suffix)] or path.name


def unpacked(path: Path) -> Path:
    """A folder with the archive's files, unpacked once in a process as long as the archive stays the same.

    Raises:
        DatasetError: no such file, it is damaged or encrypted, too large when unpacked, or names a place outside.
    """
    try:
        state = path.stat()
        key = (str(path.resolve()), state.st_mtime_ns, state.st_size)
        if key not in _unpacked:
            folder = Path(tempfile.mkdtemp(prefix="realtime-fer-data-"))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            try:
                _unpack(path, folder, min(MAX_BYTES, MAX_RATIO * state.st_size + FREE_BYTES))
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            _unpacked[key] = folder
        return _unpacked[key]
    except FileNotFoundError:
        raise DatasetError(f"{path}: no such file.") from None
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError) as error:
        raise DatasetError(f"{path}: is not a whole zip or tar archive.") from error
    except (OSError, RuntimeError) as error:
        # zipfile raises RuntimeError for a password, and NotImplementedError, a kind of it, for unknown compression.
        raise DatasetError(f"{path}: cannot be unpacked: {error}.") from error


def _unpack(path: Path, folder: Path, most_bytes: int) -> None:
    total = 0
    members = _zip_members(path) if zipfile.is_zipfile(path) else _tar_members(path)
    for count, (name, content) in enumerate(members, 1):
        if count > MAX_FILES:
            raise DatasetError(f"{path}: holds more than {MAX_FILES} files.")
        place = _place_of(name, path)
        if place is None:
            continue
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            while chunk := content.read(_CHUNK):
                total += len(chunk)
                if total > most_bytes:
                    raise DatasetError(
                        f"{path}: is not unpacked, since it holds more than {most_bytes // 2**20} MB at '{name}'."
                    )
                file.write(chunk)


def _place_of(name: str, path: Path) -> PurePosixPath | None:
    """Where a member goes below the folder; None for what systems hide in archives."""
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or not place.parts or ":" in place.parts[0]:
        raise DatasetError(f"{path}: names '{name}', which lies outside the archive.")
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in place.parts)
    return None if is_hidden else place


def _zip_members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if stat.S_ISLNK(member.external_attr >> 16):
                raise DatasetError(f"{path}: '{member.filename}' is a link; only files and folders are unpacked.")
            if not member.is_dir():
                with archive.open(member) as content:
                    yield member.filename, content


def _tar_members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield member.name, content
            elif not member.isdir():
                raise DatasetError(f"{path}: '{member.name}' is a link or device; only files and folders are unpacked.")
