"""Lets glibc keep the memory that a training step frees, which saves a quarter of the time on a CPU.

Each step frees some hundred megabytes and allocates them again. By default glibc returns them to the system, which
maps them anew: 16,000 page faults a step. Huge pages that are never returned avoid them all. A higher trim threshold
alone is slower than the default.
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


def restart_with_malloc_tunables() -> None:
    """Replaces this process by the same command with the variable set, since glibc reads it only at its start.

    Does nothing outside Linux, or where the variable is set already. Call it before anything is opened or started.
    """
    if not sys.platform.startswith("linux") or VARIABLE in os.environ:
        return
    os.environ[VARIABLE] = TUNABLES
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
