"""Tables: the corrected CSV, BIDS events, and the columns that py-feat reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.spreadsheet import as_cell
from realtime_fer.review.events import events_of
from realtime_fer.review.rows import ReviewedTable

#: py-feat's names of the expressions that it knows (https://py-feat.org, ``Fex.emotions``).
PYFEAT_NAMES = {
    "anger": "angry",
    "disgust": "disgust",
    "fear": "fear",
    "happiness": "happy",
    "sadness": "sad",
    "surprise": "surprise",
    "neutral": "neutral",
}

#: What BIDS writes where a value is not known.
NOT_KNOWN = "n/a"

_BIDS_COLUMNS = {
    "onset": {"Description": "Seconds from the beginning of the video", "Units": "s"},
    "duration": {"Description": "Seconds that the expression was held", "Units": "s"},
    "trial_type": {
        "Description": "The visible expression, as the program names it; 'marker' is what a person noted. "
        "What a person feels is not measured.",
        "Levels": {
            **{expression.key: f"{expression.display_name} is visible" for expression in EXPRESSIONS},
            "uncertain": "No expression is named: the face cannot be seen well, or no expression leads",
            "not analysed": "No model read the face",
            "marker": "A note",
        },
    },
    "person": {"Description": "The name a person was given in the review, or their number"},
    "face_id": {"Description": "The number of the person in the recording"},
    "probability": {"Description": "Mean smoothed probability of the expression, 0 to 1"},
    "note": {"Description": "The text of a marker"},
}


def corrected_csv(table: ReviewedTable, annotations: Annotations) -> bytes:
    """The recording's own columns with corrected numbers, and ``person`` after them (UTF-8, RFC 4180)."""

    def lines() -> Iterable[Sequence[str]]:
        yield [*table.columns, "person"]
        for row in table.rows:
            values = row.values
            cells = (str(row.person) if name == "face_id" else values[row.places[name]] for name in table.columns)
            yield [*cells, as_cell(annotations.name_of(row.person))]

    return _separated(lines(), ",")


def bids_events(table: ReviewedTable, annotations: Annotations) -> tuple[bytes, bytes]:
    """``events.tsv`` and its ``events.json`` after the Brain Imaging Data Structure, version 1.10.

    One line for each time a person showed one expression, and one for each marker.
    """
    lines: list[tuple[float, list[str]]] = []
    for event in events_of(table):
        probability = NOT_KNOWN if event.probability is None else f"{event.probability:.4f}"
        duration = f"{event.end_s - event.start_s:.4f}"
        name = _plain(annotations.name_of(event.person))
        shown = [event.expression or NOT_KNOWN, name, str(event.person), probability, NOT_KNOWN]
        lines.append((event.start_s, [f"{event.start_s:.4f}", duration, *shown]))
    for marker in table.markers:
        note = [f"{marker.time_s:.4f}", "0", "marker", NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, _plain(marker.text)]
        lines.append((marker.time_s, note))
    ordered = [line for _, line in sorted(lines, key=lambda entry: entry[0])]
    content = "".join("\t".join(line) + "\n" for line in [list(_BIDS_COLUMNS), *ordered])
    return content.encode(), (json.dumps(_BIDS_COLUMNS, indent=2) + "\n").encode()


def pyfeat_csv(table: ReviewedTable, video: str) -> bytes:
    """One row a face and frame in py-feat's columns: box, score, pose, expressions, input, frame, time, identity.

    The probabilities are the model's own, not smoothed, as py-feat's are. Contempt has no column there and is left out.
    """

    def lines() -> Iterable[Sequence[str]]:
        pose = {"Pitch": "pitch", "Roll": "roll", "Yaw": "yaw"}
        boxes = {"FaceRectX": "x", "FaceRectY": "y", "FaceRectWidth": "w", "FaceRectHeight": "h"}
        rest = ["input", "frame", "approx_time", "Identity"]
        yield [*boxes, "FaceScore", *pose, *PYFEAT_NAMES, *rest]
        for row in table.rows:
            names = (*boxes.values(), "confidence", *pose.values(), *PYFEAT_NAMES.values())
            cells = row.cells(names)
            yield [*cells, as_cell(video), str(row.frame), f"{row.time_s:.5f}", f"Person_{row.person}"]

    return _separated(lines(), ",")


def _separated(lines: Iterable[Sequence[str]], delimiter: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return file.getvalue().encode()


def _plain(text: str) -> str:
    """A text without what separates cells in a TSV, and no formula; '' is not known."""
    return as_cell(" ".join(text.split())) or NOT_KNOWN
