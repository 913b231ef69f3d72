"""What a person reads of a label or a row."""

from __future__ import annotations

from realtime_fer.core.corrections.recording import NOT_ANALYSED_AT, UNCERTAIN_AT
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.translation import translate


def label_title(label: int) -> str:
    """Of a position in ``ROW_LABELS``, or of -1 for nobody."""
    if label < 0:
        return translate("Timeline", "not in view")
    if label == UNCERTAIN_AT:
        return translate("Timeline", "uncertain")
    if label == NOT_ANALYSED_AT:
        return translate("Timeline", "not analysed")
    return EXPRESSIONS[label].title
