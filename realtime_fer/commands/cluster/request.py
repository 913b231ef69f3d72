"""What ``annotate --cluster`` is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.commands.batch.request import BatchRequest
from realtime_fer.core.request import has_scheme


@dataclass(frozen=True)
class ClusterRequest:
    """A folder of videos, and who annotates it.

    Attributes:
        source, output: folders, as paths that each worker sees too, or as addresses that fsspec knows.
        batch: what each video becomes; its folders are those of paths.
        scheduler: its address, or ``LOCAL``.
        part_s: longer videos are cut into parts of about so many seconds; 0: none is.
    """

    source: str
    output: str
    batch: BatchRequest
    scheduler: str
    part_s: float

    @property
    def is_by_path(self) -> bool:
        return not has_scheme(self.source) and not has_scheme(self.output)
