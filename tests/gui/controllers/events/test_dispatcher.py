"""Each of the engine's events reaches the window: it changes something there, or calls for a notice."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

from realtime_fer.gui.controllers.events import dispatcher, notices
from realtime_fer.runtime.events import EngineEvent


def matched(module: ModuleType) -> set[str]:
    """The kinds of events that a ``case`` of the module names."""
    tree = ast.parse(inspect.getsource(module))
    return {ast.unparse(node.cls).split(".")[-1] for node in ast.walk(tree) if isinstance(node, ast.MatchClass)}


def test_no_event_is_forgotten_and_none_is_matched_that_is_not_sent() -> None:
    sent = {kind.__name__ for kind in EngineEvent.__subclasses__()}
    assert matched(dispatcher) | matched(notices) == sent
