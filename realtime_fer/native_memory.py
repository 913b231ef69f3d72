"""Keeps the C library from holding on to memory that the program gave back."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

# <malloc.h> of glibc.
_M_ARENA_MAX = -8
_ARENAS = 2


#: Bytes of address space; with less the libraries that are loaded first end the program without a word.
LEAST_BYTES = 1 << 30


def refuse_little_memory() -> None:
    """Before the large libraries are loaded. Raises MemoryError: the system allows this program too little for them."""
    if sys.platform == "win32":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit != resource.RLIM_INFINITY and limit < LEAST_BYTES:
        raise MemoryError


def bound_native_memory() -> bool:
    """Lets glibc's threads share two heaps. Once, before any thread is started; True where it took effect.

    By default each new thread may get a heap of its own, up to eight for every core. Pictures that one thread makes
    and another lets go leave holes in all of them: with sources, models and recordings changing every few seconds the
    program grew by 140 MB in half an hour, and with two heaps it does not. Elsewhere than on glibc nothing is done.
    """
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS))
    return False
