"""Has glibc keep the memory that training gives back and takes again, which is a quarter of the time on a CPU.

Each step frees some hundred megabytes and asks for them again; by default glibc returns them to the system, which hands
them out anew page by page, 16,000 page faults a step. Huge pages that are never returned make it none. Raising the
trim threshold alone makes it worse.
"""

from __future__ import annotations

import os
import sys

VARIABLE = "GLIBC_TUNABLES"
TUNABLES = ":".join(
    (
        "glibc.malloc.hugetlb=1",
        "glibc.malloc.mmap_max=0",
        "glibc.malloc.trim_threshold=68719476736",
        "glibc.malloc.top_pad=268435456",
    )
)


def begin_again_with_tunables() -> None:
    """Replaces this process by the same command with the variable set, since glibc reads it at its start alone.

    Does nothing but on Linux, or where somebody has set it. To be called before anything is begun.
    """
    if not sys.platform.startswith("linux") or VARIABLE in os.environ:
        return
    os.environ[VARIABLE] = TUNABLES
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
