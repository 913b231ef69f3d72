"""The files of the page, read once; nothing else of the disk can be asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources

#: Names that are served, and their types; the charset is UTF-8.
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Page:
    """One file; ``etag`` is another one when the content is."""

    content: bytes
    mimetype: str
    etag: str


def read_pages() -> dict[str, Page]:
    """All files of the page by name."""
    folder = resources.files("realtime_fer.assets") / "web"
    pages = {}
    for entry in folder.iterdir():
        mimetype = _TYPES.get(entry.name[entry.name.rfind(".") :])
        if mimetype:
            content = entry.read_bytes()
            pages[entry.name] = Page(content, mimetype, hashlib.sha256(content).hexdigest()[:16])
    return pages
