"""``realtime-fer export``: a recording for other programs, with the corrections a person made."""

from __future__ import annotations

import argparse
from pathlib import Path

from realtime_fer import assembly
from realtime_fer.commands.outputs import refuse_addresses
from realtime_fer.core.export_formats import EXPORT_FORMATS
from realtime_fer.core.text.printable import say, say_json


def export(parsed: argparse.Namespace) -> int:
    """Exit code 0.

    Raises:
        RealtimeFerError: the folder is no recording, or a file cannot be written.
    """
    refuse_addresses(parsed.session, parsed.output)
    session = Path(parsed.session)
    if session.name in ("session.json", "expressions.csv") and session.is_file():
        session = session.parent
    formats = list(dict.fromkeys(parsed.format or EXPORT_FORMATS))
    written = assembly.export_recording(session, formats, Path(parsed.output) if parsed.output else None)
    if parsed.json:
        say_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            say(f"Written: {path}")
    return 0
