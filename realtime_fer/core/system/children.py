"""How this program starts another Python: with its own code and libraries, and with none of the current folder.

Python puts the current folder first in the search for modules when it is started with ``-m`` or ``-c``, as
multiprocessing does too. A person may stand in any folder, a downloaded one for example, and a ``numpy.py`` there would
be run. Every child is started with ``-P`` or with PYTHONSAFEPATH in its environment, both of Python 3.11.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import realtime_fer

_SAFE = "PYTHONSAFEPATH"

#: The package is imported from where the parent has it, a checkout that is not installed too; whatever else lies
#: beside it is not. Its submodules are found through it.
_RUN_OWN_MODULE = (
    "import sys; root, module = sys.argv[1:3]; del sys.argv[1:3]; sys.path.insert(0, root); import realtime_fer; "
    "sys.path.remove(root); import runpy; runpy.run_module(module, run_name='__main__', alter_sys=True)"
)


def package_root() -> Path:
    """The folder that this program's package lies in."""
    return Path(realtime_fer.__file__).resolve().parents[1]


def python_command(*arguments: str) -> list[str]:
    """This Python with ``arguments``, such as '-m', 'pip'; the current folder is not searched for modules."""
    return [sys.executable, "-P", *arguments]


def own_module_command(module: str, *arguments: str) -> list[str]:
    """As ``python -m module arguments``, for a module of this program."""
    return python_command("-c", _RUN_OWN_MODULE, str(package_root()), module, *arguments)


def child_environment() -> dict[str, str]:
    """The environment for a Python that is started, whose own children then keep the current folder out too.

    An empty or relative entry of PYTHONPATH means the current folder or one in it, and is left out.
    """
    environment = {**os.environ, _SAFE: "1"}
    if "PYTHONPATH" in environment:
        entries = environment["PYTHONPATH"].split(os.pathsep)
        environment["PYTHONPATH"] = os.pathsep.join(entry for entry in entries if os.path.isabs(entry))
    return environment


@contextmanager
def safe_spawning() -> Iterator[None]:
    """While multiprocessing starts a process, which takes no environment: this process has the child's."""
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
