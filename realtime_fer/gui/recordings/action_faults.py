"""What can be done with the recordings that are selected."""

from __future__ import annotations

from collections.abc import Sequence

from realtime_fer.core.sessions.recordings import RecordingEntry
from realtime_fer.core.text.translation import translate


def action_faults(entries: Sequence[RecordingEntry], busy: str) -> dict[str, str]:
    """Why an action cannot be done now, by its name; one that is not named can be.

    Args:
        entries: those selected.
        busy: what is being done with one of them just now, in words; ''.
    """
    if not entries:
        none = translate("Recordings", "Select a recording first.")
        return dict.fromkeys(("open", "play", "report", "rename", "show", "delete"), none)
    faults: dict[str, str] = {}
    if len(entries) > 1:
        one = translate("Recordings", "Select one recording.")
        faults |= dict.fromkeys(("open", "play", "report", "rename", "show"), one)
    foreign = [entry for entry in entries if not entry.is_recording]
    entry = entries[0]
    if entry.video is None:
        faults.setdefault("play", translate("Recordings", "It has no video."))
    if not entry.has_table:
        no_report = translate("Recordings", "It has no CSV, so there can be no report.")
        faults.setdefault("report", no_report)
        if entry.is_recording:
            faults.setdefault("open", no_report)
    if foreign:
        stays = translate("Recordings", "This folder is not a recording; the program leaves it alone.")
        faults |= {"rename": faults.get("rename", stays), "delete": stays}
    elif busy:
        stays = translate("Recordings", "It cannot be changed now: {busy}.").format(busy=busy)
        faults |= {"rename": faults.get("rename", stays), "delete": stays}
    return faults
