"""``realtime-fer report``: one HTML page of a recording, to be read offline."""

from __future__ import annotations

import argparse
from pathlib import Path

from realtime_fer import assembly
from realtime_fer.commands.outputs import refuse_addresses
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.core.text.translation import speaking


def report(parsed: argparse.Namespace) -> int:
    """Exit code 0.

    Raises:
        RealtimeFerError: the folder is no recording, or the page cannot be written.
    """
    refuse_addresses(parsed.session, parsed.output)
    session = Path(parsed.session)
    if session.name in ("session.json", "expressions.csv") and session.is_file():
        session = session.parent
    output = Path(parsed.output) if parsed.output else None
    with speaking(parsed.language):
        written = assembly.write_report(session, output)
    if parsed.json:
        say_json({"report": str(written)})
    else:
        say(f"Written: {written}")
    return 0
