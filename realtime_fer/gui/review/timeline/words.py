"""What the timeline says in words: its tooltips, and its description for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from realtime_fer.core.face_features.measures import measure_words
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.review.review_document import LONGEST_BREAK_S, ReviewDocument
from realtime_fer.gui.review.row_words import label_title
from realtime_fer.gui.review.timeline.items import StripRow
from realtime_fer.gui.review.timeline.label_columns import AWAY
from realtime_fer.gui.widgets.plain_text import plain

_MOST_DESCRIBED = 20


def strips_words(rows: Sequence[StripRow]) -> str:
    """'Anna: mostly Happy; …'."""
    told = [
        translate("Review", "{name}: mostly {expression}").format(
            name=plain(row.title), expression=label_title(row.columns.longest)
        )
        for row in rows[:_MOST_DESCRIBED]
    ]
    return "; ".join(told)


def strip_words(row: StripRow, label: int, time_s: float) -> str:
    """'Anna, 0:12.4: Happy'."""
    return f"{plain(row.title)}, {time_words(time_s)}: {label_title(label)}"


def lane_words(row: StripRow, time_s: float) -> str:
    """'Smile, 0:12.4: 62 %', of a row with ``values``."""
    assert row.values is not None
    value = float(row.values.between(time_s, time_s + 1e-9, 1)[0])
    return f"{plain(row.title)}, {time_words(time_s)}: {measure_words(row.measure, value)}"


def shares_words(document: ReviewDocument, person: int | None, time_s: float) -> str:
    """The person's three largest probabilities at that time; '' of nobody."""
    track = document.track(person) if person is not None else None
    if track is None:
        return ""
    rows = document.recording.rows
    at = int(np.searchsorted(rows.time_s[track.rows], time_s, "right")) - 1
    if at < 0 or time_s - rows.time_s[track.rows[at]] > LONGEST_BREAK_S:
        return f"{time_words(time_s)}: {label_title(AWAY)}"
    shares = np.nan_to_num(rows.smoothed[track.rows[at]])
    largest = np.argsort(-shares)[:3].tolist()
    told = " · ".join(f"{label_title(label)} {whole_percent(float(shares[label]))} %" for label in largest)
    return f"{time_words(time_s)}: {told}"
