"""``realtime-fer report``: one HTML page of a recording, to be read offline."""

from __future__ import annotations

from pathlib import Path

from realtime_fer import assembly
from realtime_fer.commands.annotation.outputs import recording_folder, refuse_addresses
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.core.text.translation import in_language


def report(recording: str, output: str | None, *, language: str, as_json: bool) -> int:
    """Writes the page.

    Args:
        recording: its folder, or one of the main files in it.
        output: None for the page in that folder.
        language: one of ``core.text.translation.LANGUAGES``.

    Returns:
        Exit code 0.

    Raises:
        RealtimeFerError: the folder is no recording, or the page cannot be written.
    """
    refuse_addresses(recording, output)
    session = recording_folder(recording)
    with in_language(language):
        written = assembly.write_report(session, Path(output) if output else None)
    if as_json:
        say_json({"report": str(written)})
    else:
        say(f"Written: {written}")
    return 0
