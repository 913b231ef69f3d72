"""The commands that take a recording or its tables: report, review, export and summary."""

from __future__ import annotations

from realtime_fer.arguments.values import AddCommand
from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.core.text.translation import LANGUAGES


def add_recordings(add_command: AddCommand) -> None:
    """``report``, ``review`` and ``export``."""
    report = add_command("report", "write a report on a recording as one HTML page that needs no network")
    report.add_argument("session", metavar="SESSION", help="a recording's folder")
    report.add_argument("-o", "--output", help="file for the page (default: report.html in the recording's folder)")
    report.add_argument("--language", choices=LANGUAGES, default="en", help="language of the page (default: en)")
    report.add_argument("--json", action="store_true", help="print the file name as a JSON object")

    review = add_command("review", "open the window that corrects a recording: names, splits, markers, excluded spans")
    review.add_argument("session", metavar="SESSION", help="a recording's folder")

    export = add_command("export", "write a recording for ELAN, BIDS or py-feat, or as captions")
    export.add_argument("session", metavar="SESSION", help="a recording's folder")
    export.add_argument(
        "--format",
        action="append",
        choices=tuple(EXPORT_FORMATS),
        help="may be repeated (default: all). " + "; ".join(f"{key}: {use}" for key, use in EXPORT_FORMATS.items()),
    )
    export.add_argument("-o", "--output", help="folder for the files (default: the recording's folder)")
    export.add_argument("--json", action="store_true", help="print the file names as a JSON object")


def add_summary(add_command: AddCommand) -> None:
    """``realtime-fer summary``"""
    summary = add_command(
        "summary",
        "say how often each expression was seen in Parquet files, by source and person",
        "Example: realtime-fer annotate videos -o out --parquet && realtime-fer summary out",
    )
    summary.add_argument("dataset", nargs="+", metavar="DATASET", help="Parquet files, or folders of them")
    summary.add_argument(
        "--by",
        choices=("person", "source", "model", "all"),
        default="person",
        help="what each line is for (default: person: each identity of each source)",
    )
    summary.add_argument("--json", action="store_true", help="print the shares as a JSON object")
