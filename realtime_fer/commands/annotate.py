"""``realtime-fer annotate``: a source into an annotated film or pictures, or a folder of videos into one of films."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from tqdm import tqdm

from realtime_fer.commands.batch.run import annotate_folder, is_folder_of_videos
from realtime_fer.commands.one_source import annotate_source
from realtime_fer.commands.outputs import refuse_addresses
from realtime_fer.core.text.printable import say, say_json

# It would have a thread of its own for bars that hang, and warns where none can be started.
tqdm.monitor_interval = 0


def annotate(parsed: argparse.Namespace) -> int:
    """Exit code 0; 1 when it ended early and kept what it had.

    Raises:
        RealtimeFerError: it could not be begun.
    """
    refuse_addresses(parsed.output, parsed.csv, parsed.jsonl, parsed.still)
    if is_folder_of_videos(parsed.source):
        return annotate_folder(parsed)
    with tqdm(unit=" frames", disable=None, file=sys.stderr, leave=False) as bar:

        def progress(done: int, expected: int | None) -> None:
            bar.total = expected
            bar.update(done - bar.n)

        summary = annotate_source(parsed, progress)
    _print(summary, as_json=parsed.json)
    return 1 if summary["problem"] else 0


def _print(summary: dict[str, Any], as_json: bool) -> None:
    if as_json:
        say_json(summary)
    else:
        say(f"{summary['source']}: {summary['frames']} frames, {summary['duration_s']:.1f} s, ", end="")
        say(f"{summary['faces_per_frame']:.2f} faces a frame, {summary['frames_without_faces']} frames without one.")
        for person in summary["people"]:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in person["shares"].items() if share >= 0.01)
            say(f"  person {person['face_id']}, in {person['frames']} frames: {shares}")
        kept = [path for path in (summary["output"], summary["csv"], summary["jsonl"], summary["still"]) if path]
        say(f"Written with {summary['model']} and {summary['detector']}: {', '.join(kept)}")
        for skipped in summary["skipped"]:
            say(f"Left out: {skipped}")
    if summary["problem"]:
        say(f"realtime-fer: {summary['problem']}", error=True)
