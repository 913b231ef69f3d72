"""Runs an unknown network in a process of its own first, so that a hostile file ends that process and not the window.

A SHA-256 tells whether a file is the one its card was written for, but anybody can write a card. LiteRT is C++ that
trusts much of what a network says of itself (tensor indices, sizes, operators' options), so a crafted file may end
the process that loads it, never return, or ask for all memory. The shipped networks are known by the hashes in the
cards beside the program, which only those could change who can change the program; they are loaded at once. Any other
is first loaded, planned and run on a few made-up faces here, for each batch size.

The limits: faults that need a particular image go unseen, and a file made to break out of LiteRT would run with the
rights of the person who opened it. Open models from people you trust.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from typing import Any

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.errors import ModelError, reason_of
from realtime_fer.core.system.children import child_environment, own_module_command

#: Seconds for loading, planning and running; a network that takes longer is of no use live.
TIMEOUT_S = 60.0

#: Memory that the probing process may take; the largest shipped network needs less than a fifth of it.
MEMORY_BYTES = 3 << 30

#: Exit status of a child in which LiteRT refused in an orderly way: the reason is on stdout.
REFUSED = 3

#: The module that runs in the child.
CHILD = "realtime_fer.vision.classifiers.probe_child"

_proven: set[tuple[str, InputSpec]] = set()


def probe(spec: ModelSpec, content: bytes, timeout_s: float = TIMEOUT_S) -> None:
    """Returns when the network has run; at once where it has run before since the program started.

    Raises:
        ModelError: it did not run, or the process did not survive it.
    """
    key = (spec.sha256, spec.input)
    if key in _proven:
        return
    run_in_child(spec.path.name, content, json.dumps(asdict(spec.input)), timeout_s=timeout_s)
    _proven.add(key)


def run_in_child(name: str, content: bytes, *arguments: str, timeout_s: float = TIMEOUT_S) -> bytes:
    """What ``probe_child.main(arguments)`` prints in a process of its own that reads the
    network ``content`` of the file ``name``.

    Raises:
        ModelError: LiteRT refuses the network, or the process did not survive it.
    """
    command = own_module_command(CHILD, *arguments)
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
            name=name,
            timeout_s=timeout_s,
        ) from None
    except OSError as error:
        raise ModelError(
            "The model file {name} could not be tried: {reason}.", name=name, reason=reason_of(error)
        ) from error
    if done.returncode == REFUSED:
        reason = one_line(done.stdout.decode("utf-8", "replace"), 200)
        raise ModelError(
            "The model file {name} is not a network that LiteRT can run.",
            "({reason})" if reason else "",
            name=name,
            reason=reason,
        )
    if done.returncode:
        raise ModelError(
            "The model file {name} is damaged or hostile: the process that tried it crashed.",
            "Get it again from where it came from, or export it again.",
            name=name,
        )
    return done.stdout


def input_from(entries: dict[str, Any]) -> InputSpec:
    """The InputSpec that was written as JSON."""
    values: dict[str, Any] = {key: tuple(part) if isinstance(part, list) else part for key, part in entries.items()}
    return InputSpec(**values)
