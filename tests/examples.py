"""Runs the examples in docstrings."""

from __future__ import annotations

import doctest
from typing import Any


def run_example(documented: object, names: dict[str, Any]) -> None:
    """Runs the examples in the docstring of ``documented`` with ``names`` defined; fails where one prints otherwise."""
    parser, told = doctest.DocTestParser(), []
    test = parser.get_doctest(documented.__doc__ or "", dict(names), getattr(documented, "__name__", "?"), None, 0)
    assert test.examples, "it has no example"
    doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert not told, "".join(told)
