"""``realtime-fer export``: a recording for other programs, with the corrections a person made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from realtime_fer import assembly
from realtime_fer.commands.annotation.outputs import recording_folder, refuse_addresses
from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.core.text.printable import say, say_json


def export(recording: str, output: str | None, *, formats: Sequence[str], as_json: bool) -> int:
    """Writes the files.

    Args:
        recording: its folder, or one of the main files in it.
        output: folder of the files; None for the recording's.
        formats: of ``EXPORT_FORMATS``; none for all.

    Returns:
        Exit code 0.

    Raises:
        RealtimeFerError: the folder is no recording, or a file cannot be written.
    """
    refuse_addresses(recording, output)
    session = recording_folder(recording)
    wanted = list(dict.fromkeys(formats or EXPORT_FORMATS))
    written = assembly.export_recording(session, wanted, Path(output) if output else None)
    if as_json:
        say_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            say(f"Written: {path}")
    return 0
