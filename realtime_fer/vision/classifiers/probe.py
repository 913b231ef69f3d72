"""Runs a network first in a process of its own, so that a hostile file ends that one and not the window.

A SHA-256 tells whether a file is the one its card was written for, but anybody can write a card. LiteRT is C++ that
trusts much of what a network says of itself (tensor indices, sizes, operators' options), so a crafted file may end
the process that loads it, never return, or ask for all memory. The shipped networks are known by the hashes in the
cards beside the program, which only who can change the program could change; they are loaded at once. Any other is
loaded, planned and run on a few made-up faces for each batch size here first.

The limits: what happens only for particular pictures is not seen here, and a file made to break out of LiteRT would
run with the rights of the person who opened it. Open models from people you trust.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

from realtime_fer.core.children import child_environment, own_module_command
from realtime_fer.core.errors import ModelError, reason_of
from realtime_fer.core.model_spec import InputSpec, ModelSpec, one_line

#: Seconds for loading, planning and running; a network that takes longer is of no use live.
TIMEOUT_S = 60.0

#: What the probing process may take of memory; the largest shipped network needs less than a fifth of it.
MEMORY_BYTES = 3 << 30

#: How the child says that LiteRT refused in an orderly way: its reason stands on stdout.
REFUSED = 3

_proven: set[tuple[str, InputSpec]] = set()


def probe(spec: ModelSpec, content: bytes, timeout_s: float = TIMEOUT_S) -> None:
    """Returns when the network could be run; at once for one that could before in this process.

    Raises:
        ModelError: it could not, or whoever ran it did not survive it.
    """
    key = (spec.sha256, spec.input)
    if key in _proven:
        return
    shape = (spec.input.height, spec.input.width, spec.input.channels)
    command = own_module_command(__name__, *map(str, shape))
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            env=child_environment(),
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise ModelError(
            "The model file {name} is not usable: it ran {timeout_s:g} seconds.",
            name=spec.path.name,
            timeout_s=timeout_s,
        ) from None
    except OSError as error:
        raise ModelError(
            "The model file {name} could not be tried: {reason}.", name=spec.path.name, reason=reason_of(error)
        ) from error
    if done.returncode == REFUSED:
        reason = one_line(done.stdout.decode("utf-8", "replace"), 200)
        raise ModelError(
            "The model file {name} is not a network that LiteRT can run.",
            "({reason})" if reason else "",
            name=spec.path.name,
            reason=reason,
        )
    if done.returncode:
        raise ModelError(
            "The model file {name} is damaged or hostile: the process that tried it broke down.",
            "Get it again from where it came from, or export it again.",
            name=spec.path.name,
        )
    _proven.add(key)


def main(arguments: list[str]) -> int:
    """In the child: the network's bytes come on stdin."""
    _limit_memory()
    wanted = InputSpec(*map(int, arguments))
    content = sys.stdin.buffer.read()
    from realtime_fer.vision.classifiers.tflite import BATCH_SIZES, run_once

    try:
        # All at once in memory, as the window has them.
        planned = [run_once(content, size, wanted) for size in BATCH_SIZES]
        planned.clear()
    except Exception as error:
        said = "out of memory" if isinstance(error, MemoryError) else str(error).strip()
        sys.stdout.write(said.partition("\n")[0])
        return REFUSED
    return 0


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        # No core file is left behind by what breaks down.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
