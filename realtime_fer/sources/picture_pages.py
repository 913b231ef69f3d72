"""The pages of a picture's file that are pictures of their own: of a scanned TIFF, or of a stereo camera's MPO."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import PIL.Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

#: Of one file: the rest is left out.
MAX_PAGES = 10_000

TIFF_BEGINNINGS = (b"II*\0", b"MM\0*")

#: Bits of a TIFF's NewSubfileType (TIFF 6.0, section 8): a smaller copy of another page, and a mask of transparency.
_SUBFILE_TYPE, _IS_REDUCED, _IS_MASK = 254, 1, 4

#: The list of a JPEG's pictures, and their kinds (CIPA DC-007, 5.2.3.3). Telephones' gain maps, and what simple writers
#: of MPO files write, are of no kind: pages in a file that is called MPO alone.
_MPO_ENTRIES = 0xB002
_MPO_PRIMARY, _MPO_VIEW, _MPO_OTHER = "Baseline MP Primary Image", "Multi-Frame Image", "Undefined"


def pages_of(path: Path) -> list[int]:
    """The numbers of a file's pages, from 0; [0] of any file with one picture."""
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            # Pillow's remarks on a damaged header are not for people.
            warnings.simplefilter("ignore")
            beginning = file.read(4)
            file.seek(0)
            if beginning in TIFF_BEGINNINGS:
                found = [at for at, tags in enumerate(directories_of(file)) if not _kind_of(tags)]
            elif beginning[:3] == b"\xff\xd8\xff":
                with PIL.Image.open(file, formats=["JPEG", "MPO"]) as picture:
                    entries: Any = getattr(picture, "mpinfo", None) or {}
                    kinds = [str(entry["Attribute"]["MPType"]) for entry in entries.get(_MPO_ENTRIES, [])]
                pages = (_MPO_PRIMARY, _MPO_VIEW, *([_MPO_OTHER] if path.suffix.lower() == ".mpo" else []))
                found = [at for at, kind in enumerate(kinds) if kind.startswith(pages)]
            else:
                found = []
    # A damaged header may raise anything; the first picture may be whole.
    except Exception:
        found = []
    return found or [0]


def directories_of(file: IO[bytes]) -> Iterator[ImageFileDirectory_v2]:
    """The tags of each page of a TIFF. Raises what Pillow raises for a damaged one."""
    tags = ImageFileDirectory_v2(file.read(8))
    seen: set[int] = set()
    while tags.next and tags.next not in seen and len(seen) < MAX_PAGES:
        seen.add(tags.next)
        file.seek(tags.next)
        tags.load(file)
        yield tags


def tags_of_tiff(encoded: bytes | memoryview, page: int) -> ImageFileDirectory_v2 | None:
    """None where it is no TIFF or has no such page."""
    try:
        for at, tags in enumerate(directories_of(io.BytesIO(encoded))):
            if at == page:
                return tags
    # A damaged header may raise anything.
    except Exception:
        return None
    return None


def number_of(tags: ImageFileDirectory_v2, tag: int, default: int = 0) -> int:
    """A tag's first number."""
    value = tags.get(tag, default)
    return int(value[0] if isinstance(value, tuple) else value)


def _kind_of(tags: ImageFileDirectory_v2) -> int:
    return number_of(tags, _SUBFILE_TYPE) & (_IS_REDUCED | _IS_MASK)
