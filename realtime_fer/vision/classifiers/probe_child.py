"""Runs in the process that ``probe`` starts to try an unknown network, and outlives."""

from __future__ import annotations

import json
import sys
from contextlib import suppress

from realtime_fer.vision.classifiers.examining import examined_here
from realtime_fer.vision.classifiers.interpreter import run_all
from realtime_fer.vision.classifiers.probe import MEMORY_BYTES, REFUSED, input_from


def main(arguments: list[str]) -> int:
    """Reads the network from stdin; the first argument is the card's input as JSON, or null.

    With the second argument "examine" it prints what ``examining.examined_here`` finds out, as JSON.
    """
    _limit_memory()
    entries = json.loads(arguments[0])
    wanted = input_from(entries) if entries else None
    content = sys.stdin.buffer.read()
    try:
        if arguments[1:] == ["examine"]:
            sys.stdout.write(json.dumps(examined_here(content, wanted)))
        else:
            assert wanted is not None
            run_all(content, wanted)
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
        # A crash leaves no core file behind.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
