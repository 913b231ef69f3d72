"""All forms that a reviewed recording is exported in, by name."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.review.exports.captions import subrip, webvtt
from realtime_fer.review.exports.elan import elan_document
from realtime_fer.review.exports.tables import bids_events, corrected_csv, pyfeat_csv
from realtime_fer.review.rows import ReviewedTable


def exported(
    name: str, table: ReviewedTable, annotations: Annotations, *, video: str, made: datetime
) -> dict[str, bytes]:
    """File name -> content.

    Args:
        name: one of ``core.sessions.export_formats.EXPORT_FORMATS``.
        video: where the recording's video is from the files' folder, with slashes; '' where it has none.
        made: when, with a time zone.

    Raises:
        KeyError: no form has that name.
    """
    if name == "csv":
        return {"expressions-corrected.csv": corrected_csv(table, annotations)}
    if name == "bids":
        events, sidecar = bids_events(table, annotations)
        return {"task-expressions_events.tsv": events, "task-expressions_events.json": sidecar}
    if name == "elan":
        return {"expressions.eaf": elan_document(table, annotations, video, made)}
    if name == "webvtt":
        return {"expressions.vtt": webvtt(table, annotations)}
    if name == "srt":
        return {"expressions.srt": subrip(table, annotations)}
    if name == "pyfeat":
        return {"expressions-pyfeat.csv": pyfeat_csv(table, PurePosixPath(video).name)}
    raise KeyError(name)
