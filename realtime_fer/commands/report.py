"""``realtime-fer report``: one HTML page of a recording, to be read offline."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from realtime_fer import app


def report(parsed: argparse.Namespace) -> int:
    """Exit code 0.

    Raises:
        RealtimeFerError: the folder is no recording, or the page cannot be written.
    """
    session = Path(parsed.session)
    if session.name in ("session.json", "expressions.csv") and session.is_file():
        session = session.parent
    written = app.write_report(session, Path(parsed.output) if parsed.output else None)
    print(json.dumps({"report": str(written)}) if parsed.json else f"Written: {written}")
    return 0
