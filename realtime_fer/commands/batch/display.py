"""A batch's progress, and the table at its end."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from realtime_fer.core.text.printable import counted, escape_unprintable, say

if TYPE_CHECKING:
    from realtime_fer.commands.batch.item import Item
    from realtime_fer.commands.batch.worker import Worker

_LONGEST_NAME = 40

#: Names of files left out that are printed.
_MOST_LEFT_OUT = 20


class BatchDisplay:
    """Progress bars on a terminal, one for all videos and one for each running job; lines elsewhere. Writes to stderr.

    Args:
        total: number of videos; ``waiting`` of them are not done yet.
        jobs: number of videos annotated at once.
    """

    def __init__(self, total: int, waiting: int, jobs: int) -> None:
        self._total, self._waiting, self._finished = total, waiting, 0
        self._all = tqdm(
            total=waiting, position=0, desc="all", unit=" videos", disable=None, file=sys.stderr, leave=False
        )
        self._rows = [
            tqdm(position=row + 1, unit=" frames", disable=None, file=sys.stderr, leave=False)
            for row in range(min(jobs, waiting))
        ]
        # For each row, the position of the video that it shows.
        self._shown: list[int | None] = [None] * len(self._rows)

    def begin(self, folder: Path | str, output: Path | str, pictures: int, anew: int, *, film: bool = True) -> None:
        """Prints what will be done.

        Args:
            anew: how many videos were done before, with other options or another version.
            film: whether videos are written.
        """
        before = self._total - self._waiting
        videos = counted(self._total - bool(pictures), "video")
        said = f"{videos} in '{folder}': each becomes {'an annotated video and ' if film else ''}a CSV in '{output}'."
        if before:
            said += f" {before} {'is' if before == 1 else 'are'} done already."
        if anew:
            said += (
                f" {anew} {'was' if anew == 1 else 'were'} annotated with another network, with other options or by "
                f"another version of the program, and {'is' if anew == 1 else 'are'} annotated anew."
            )
        if pictures:
            said += f" {counted(pictures, 'picture')} beside them {'is' if pictures == 1 else 'are'} annotated too."
        self.say(said)

    def show(self, worker: Worker) -> None:
        """Updates a video's progress; it keeps its row."""
        if worker.position not in self._shown:
            row = self._shown.index(None)
            self._shown[row] = worker.position
            self._rows[row].set_description_str(_shortened(worker.source.name), refresh=False)
            self._rows[row].reset()
        bar = self._rows[self._shown.index(worker.position)]
        bar.total = worker.expected
        bar.update(worker.done - bar.n)

    def finished(self, position: int, item: Item) -> None:
        if position in self._shown:
            self._shown[self._shown.index(position)] = None
        self._finished += 1
        self._all.update()
        frames = f", {counted(item.facts['frames'], 'frame')}" if item.facts.get("frames") else ""
        problem = f": {item.problem}" if item.problem else ""
        self.say(f"[{self._finished}/{self._waiting}] {item.source.name}: {item.state}{frames}{problem}")

    def close(self) -> None:
        for bar in (*self._rows, self._all):
            bar.close()

    def say(self, text: str) -> None:
        tqdm.write(escape_unprintable(text), file=sys.stderr)


def print_table(summary: Mapping[str, Any]) -> None:
    """Prints the results on stdout."""
    files = summary["files"]
    width = max([len("video"), *(len(_shortened(entry["file"])) for entry in files)])
    say(f"{'video':<{width}}  {'result':<11}  {'frames':>7}  {'length':>8}  {'faces/frame':>11}  {'people':>6}")
    for entry in files:
        length = f"{entry['duration_s']:.1f} s" if "duration_s" in entry else "–"
        faces = f"{entry['faces_per_frame']:.2f}" if "faces_per_frame" in entry else "–"
        say(
            f"{_shortened(entry['file']):<{width}}  {entry['state']:<11}  {entry.get('frames', '–'):>7}  {length:>8}  "
            f"{faces:>11}  {entry.get('identities', '–'):>6}"
        )
    for entry in files:
        if entry["problem"]:
            say(f"{entry['file']}: {entry['problem']}")
        if entry.get("sound_reason"):
            say(f"{entry['file']}: The sound is {entry['sound']}: {entry['sound_reason']}.")
    left_out = summary["left_out"]
    for name in left_out[:_MOST_LEFT_OUT]:
        say(f"Left out: {name}")
    if len(left_out) > _MOST_LEFT_OUT:
        say(f"Left out: {len(left_out) - _MOST_LEFT_OUT} more files.")
    counts = (
        ("done", "done"),
        ("done_before", "done before"),
        ("in_part", "in part"),
        ("failed", "failed"),
        ("waiting", "not begun or not finished"),
    )
    told = ", ".join(f"{summary[key]} {words}" for key, words in counts if summary[key])
    videos = counted(len(files) - bool(summary["pictures"]), "video")
    with_pictures = f" and {counted(summary['pictures'], 'picture')}" if summary["pictures"] else ""
    say(f"{videos}{with_pictures}: {told}. In '{summary['output']}' after {summary['seconds_taken']:.1f} s.")


def _shortened(name: str) -> str:
    printable = escape_unprintable(name)
    return printable if len(printable) <= _LONGEST_NAME else f"{printable[: _LONGEST_NAME - 1]}…"
