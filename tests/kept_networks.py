"""For tests that run the program again and again: networks and the parser are made once, and the demo is small.

``tests/vision`` loads each network anew, and what starts the real program sees the demo in full size.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from realtime_fer.arguments import parser
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.sources import DemoSource
from realtime_fer.vision.classifiers import tflite

#: Width, height and rate: the demo's faces are still found.
SMALL_DEMO = (320, 180, 30.0)

#: The interpreters of closed classifiers: they belong to one classifier at a time.
_free: defaultdict[tuple[object, ...], list[list[Any]]] = defaultdict(list)


class _Lent(list[Any]):
    """A classifier's interpreters, which another one gets when it lets go of them."""

    def __init__(self, runners: list[Any], key: tuple[object, ...]) -> None:
        super().__init__(runners)
        self._key = key

    def clear(self) -> None:
        if self:
            _free[self._key].append(list(self))
        super().clear()


def keep_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tflite._runners

    def lend(spec: ModelSpec, content: bytes, batch_sizes: tuple[int, ...], threads: int) -> list[Any]:
        key = (content, spec.output, repr(spec.input), len(spec.class_names), batch_sizes, threads)
        return _Lent(_free[key].pop() if _free[key] else plan(spec, content, batch_sizes, threads), key)

    monkeypatch.setattr(tflite, "_runners", lend)


_parser_once = cache(parser.build_parser)


def keep_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "build_parser", _parser_once)


def make_demo_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DemoSource.__init__, "__defaults__", SMALL_DEMO)
