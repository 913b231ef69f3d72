"""Network XS: network S's blocks, narrower, 0.29 M parameters, for machines that are slow or busy."""

from __future__ import annotations

from train.models.fer_s import FerS


class FerXs(FerS):
    """(n, 1, 48, 48) grey values 0 to 255 -> logits (n, class_count)."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        super().__init__(class_count, auxiliary_count, stem_width=24, stage_widths=(24, 40, 80), dropout=0.1)
