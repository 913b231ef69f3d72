"""Limits the memory that the C library keeps for itself, and refuses to start with too little."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

# <malloc.h> of glibc.
_M_ARENA_MAX = -8
_ARENAS = 2

#: Bytes of address space. With less, native libraries abort the process while they load.
LEAST_BYTES = 1 << 30


def refuse_little_memory() -> None:
    """Called before large libraries are loaded. Raises MemoryError: the address space limit is too low for them."""
    if sys.platform == "win32":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit != resource.RLIM_INFINITY and limit < LEAST_BYTES:
        raise MemoryError


def bound_native_memory() -> bool:
    """Limits glibc to two heaps. Called once, before any thread starts; returns whether it took effect.

    By default, threads get up to eight heaps per core. Frames that one thread allocates and another frees fragment all
    of them: with sources, models and recordings changing every few seconds, the program grew by 140 MB in half an
    hour. With two heaps it does not. Other C libraries are left alone.
    """
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS))
    return False
