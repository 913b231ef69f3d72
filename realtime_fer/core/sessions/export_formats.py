"""The forms in which a recording is exported; ``review.exports`` writes them."""

from __future__ import annotations

from collections.abc import Mapping

#: Name -> what it is for.
EXPORT_FORMATS: Mapping[str, str] = {
    "csv": "the table with all corrections and the people's names",
    "bids": "events.tsv and events.json of the Brain Imaging Data Structure",
    "elan": "a document for ELAN, a tier for each person",
    "webvtt": "captions for players and browsers",
    "srt": "captions for players that know no WebVTT",
    "pyfeat": "a table in the columns that py-feat reads",
}
