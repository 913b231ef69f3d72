"""Starts child Python processes that import nothing from the current folder.

Started with ``-m`` or ``-c``, as by multiprocessing, Python searches the current folder for modules first. In a folder
of downloads, a ``numpy.py`` would be run. So every child gets ``-P`` or PYTHONSAFEPATH, both new in Python 3.11.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import realtime_fer

_SAFE = "PYTHONSAFEPATH"

#: Imports the package from where the parent process has it, which may be a checkout, but nothing beside it.
_RUN_OWN_MODULE = (
    "import sys; root, module = sys.argv[1:3]; del sys.argv[1:3]; sys.path.insert(0, root); import realtime_fer; "
    "sys.path.remove(root); import runpy; runpy.run_module(module, run_name='__main__', alter_sys=True)"
)


def package_root() -> Path:
    """The folder that contains this program's package."""
    return Path(realtime_fer.__file__).resolve().parents[1]


def python_command(*arguments: str) -> list[str]:
    """The command line for this Python with ``arguments``; the current folder's modules are not imported."""
    return [sys.executable, "-P", *arguments]


def own_module_command(module: str, *arguments: str) -> list[str]:
    """The command line for ``python -m module arguments``, where ``module`` is part of this program."""
    return python_command("-c", _RUN_OWN_MODULE, str(package_root()), module, *arguments)


def program_command(*arguments: str) -> list[str]:
    """The command line for this program with ``arguments``, also where it is packed into one executable."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return own_module_command("realtime_fer", *arguments)


def child_environment() -> dict[str, str]:
    """The environment for a child Python, which its own children inherit.

    Empty and relative entries of PYTHONPATH refer to the current folder and are dropped.
    """
    environment = {**os.environ, _SAFE: "1"}
    if "PYTHONPATH" in environment:
        entries = environment["PYTHONPATH"].split(os.pathsep)
        environment["PYTHONPATH"] = os.pathsep.join(entry for entry in entries if os.path.isabs(entry))
    return environment


@contextmanager
def safe_spawning() -> Iterator[None]:
    """Gives this process the child's environment while multiprocessing, which takes none, starts a process."""
    names = (_SAFE, "PYTHONPATH")
    before = {name: os.environ.get(name) for name in names}
    environment = child_environment()
    os.environ.update({name: environment[name] for name in names if name in environment})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
