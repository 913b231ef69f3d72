"""One video of a batch, with its state and results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Item:
    """One video of the batch.

    Attributes:
        folder: where it lies below the batch's folder, and its results below the output folder; '' for directly in it.
        stem: the stem of its results' names.
        state: 'waiting', 'done', 'done before', 'in part' (it ended early, and what it has is kept) or 'failed'.
        problem: why it is not done, else ''.
        results: names of its files.
    """

    source: Path
    stem: str
    state: str = "waiting"
    problem: str = ""
    results: list[str] = field(default_factory=list)
    facts: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""

    @property
    def name(self) -> str:
        return f"{self.folder}/{self.source.name}" if self.folder else self.source.name
