"""A file that FFmpeg can open by a path, and that leaves nothing behind."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held_file(content: bytes) -> Iterator[Path]:
    """The path of a file with this content, within the block.

    On Linux it lies in memory alone and goes with the process; elsewhere it is a temporary file that only this user
    can read.
    """
    if sys.platform == "linux":
        with os.fdopen(os.memfd_create("upload"), "wb") as file:
            file.write(content)
            file.flush()
            yield Path(f"/proc/self/fd/{file.fileno()}")
        return
    with tempfile.TemporaryDirectory(prefix="realtime-fer-") as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        yield path
