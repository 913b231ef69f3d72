"""Times the shipped networks on this machine, in a process of low priority.

So a person can compare models that they never loaded, and the live view is not slowed down: the process gives way to
whatever else runs, and an interpreter belongs to one thread anyway.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from statistics import median

from realtime_fer.core.errors import ModelError
from realtime_fer.core.system.children import child_environment, own_module_command

#: Seconds for all models; those timed by then count.
TIMEOUT_S = 120.0

#: Runs of one network. Nothing else had the processor in the quickest tenth; the median of that tenth counts.
RUNS = 30

_POLL_S = 0.1
_NICENESS = 5


def time_shipped(
    words: Sequence[str], threads: int, stopped: threading.Event, timeout_s: float = TIMEOUT_S
) -> Iterator[tuple[str, float]]:
    """Words and milliseconds a face, as they come; none for models that were not shipped or do not run.

    Args:
        words: as of ``ModelRegistry.spec``.
        stopped: ends the process once it is set.
    """
    try:
        child = subprocess.Popen(
            own_module_command(__name__, str(threads), *words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
    except OSError:
        return
    over = threading.Event()
    watch = threading.Thread(target=_end_in_time, args=(child, stopped, over, timeout_s), name="model-timing-watch")
    watch.start()
    try:
        for line in child.stdout or ():
            # The last line of a process that was stopped may be cut off.
            with suppress(ValueError):
                word, ms = json.loads(line)
                yield str(word), float(ms)
    finally:
        over.set()
        watch.join()
        if child.stdout is not None:
            child.stdout.close()


def _end_in_time(
    child: subprocess.Popen[bytes], stopped: threading.Event, over: threading.Event, timeout_s: float
) -> None:
    waited_s = 0.0
    while child.poll() is None and waited_s < timeout_s and not over.is_set() and not stopped.wait(_POLL_S):
        waited_s += _POLL_S
    child.kill()
    child.wait()


def main(arguments: list[str]) -> int:
    """In the child: threads, then words. Prints a line of JSON for each: [word, milliseconds]."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier
    from realtime_fer.vision.registry import ModelRegistry, shipped_hashes

    registry, shipped = ModelRegistry(), shipped_hashes()
    for word in arguments[1:]:
        with suppress(ModelError):
            spec = registry.spec(word)
            if spec.sha256 not in shipped:
                continue
            classifier = TfliteClassifier(spec, int(arguments[0]), batch_sizes=(1,))
            times = sorted(classifier.time_face() for _ in range(RUNS))
            sys.stdout.write(json.dumps([word, round(median(times[: RUNS // 10]), 4)]) + "\n")
            sys.stdout.flush()
            classifier.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
