"""Network L: network S's blocks, wider, 6.3 M parameters: the most accurate one, and the others' teacher."""

from __future__ import annotations

from train.models.fer_s import FerS


class FerL(FerS):
    """(n, 1, 48, 48) grey values 0 to 255 -> logits (n, class_count)."""

    def __init__(self, class_count: int = 7, auxiliary_count: int = 0) -> None:
        super().__init__(class_count, auxiliary_count, stem_width=64, stage_widths=(96, 192, 384), dropout=0.3)
