"""Soak test: runs the real window for a long time under constant change and reports growth, leaks and regressions.

    python scripts/soak.py --minutes 30        (or: make soak, make soak SOAK_MINUTES=5)

Every few seconds it selects another source, detector or model, starts or ends a recording, takes a snapshot or
triggers one of the window's actions. Once a second it samples this process's resident memory, threads and open files.
The warm-up lasts until memory is level: at least a fifth and at most half of the run. After it, the check compares the
median memory of the first and the last quarter, since memory varies with what is loaded, and the minimum number of
threads and files of the two halves, since a leak raises the minimum.

Without a display it starts Xvfb; without Xvfb it draws off screen. Exit codes: 0 passed, 1 a check failed, 2 cannot
run here.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from scripts.soak_checks import Findings, Sample, check_recording, judge_growth, take_sample  # noqa: E402
from scripts.soak_stage import HEIGHT, WIDTH, ensure_display, make_sources, served, usable_detectors  # noqa: E402

#: A round of changes, in a random order.
KINDS = ("source", "source", "detector", "model", "record", "record", "snapshot", "action", "action")

#: The window's own actions that are triggered in turn.
ACTIONS = (
    "mirror",
    "privacy",
    "timeline",
    "marker",
    "latency",
    "learn_resting_faces",
    "larger",
    "pause",
    "pause",
    "usual_size",
)


class Soak:
    """Drives one window. Everything runs in its GUI thread."""

    def __init__(self, window, engine, sources: Sequence[str], parsed: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]
        from PyQt5.QtCore import QTimer

        from realtime_fer.runtime import events
        from realtime_fer.vision.registry import ModelRegistry

        self.window, self.engine = window, engine
        self.findings = Findings()
        self.samples: list[Sample] = []
        self._parsed = parsed
        self._events = events
        self._random = random.Random(parsed.seed)
        models = [spec.model_id for spec in ModelRegistry().specs()]
        self._choices = {
            "source": list(sources),
            "detector": usable_detectors(),
            "model": models,
            "action": list(ACTIONS),
        }
        self._deck: list[str] = []
        self._last = (-1, -1.0)
        self._began_s = time.monotonic()
        window._bridge.event_arrived.connect(self._note)
        self._take = engine.take_view
        engine.take_view = self._watched_take
        self._timers = []
        for every_s, function in ((parsed.every, self._change), (1.0, self._sample)):
            timer = QTimer(window)
            timer.timeout.connect(function)
            timer.start(int(every_s * 1000))
            self._timers.append(timer)

    def _watched_take(self):  # type: ignore[no-untyped-def]
        """What the window takes must be newer than what it took before."""
        result = self._take()
        if result is not None:
            now = (result.frame.source_generation, result.frame.timestamp_s)
            if now < self._last:
                self._fault(f"A frame came out of order: {now} after {self._last} (source, seconds).")
            self._last = now
            self.findings.results += 1
        return result

    def _fault(self, sentence: str) -> None:
        if len(self.findings.faults) < 20:
            self.findings.faults.append(sentence)

    def _note(self, event: object) -> None:
        events = self._events
        if isinstance(event, (events.SourceLost, events.ModelRefused, events.DetectorRefused, events.EngineFailed)):
            self._fault(f"{type(event).__name__}: {event.sentence}")
        elif isinstance(event, events.SnapshotFailed):
            self._fault(f"A snapshot failed: {event.sentence}")
        elif isinstance(event, events.SnapshotSaved):
            event.path.unlink(missing_ok=True)
        elif isinstance(event, events.SourceEnded):
            self.engine.replay()
        elif isinstance(event, events.RecordingStopped):
            self._recording_stopped(event)

    def _recording_stopped(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.sentence:
            self._fault(f"A recording failed: {event.sentence}")
        elif event.frames:
            self.findings.recordings += 1
            wrong = check_recording(event.folder)
            if wrong:
                self._fault(wrong)
        shutil.rmtree(event.folder, ignore_errors=True)

    def _change(self) -> None:
        """One change, each kind equally often in a random order."""
        done = sum(self.findings.changes.values())
        if time.monotonic() - self._began_s > self._parsed.minutes * 60 or 0 < self._parsed.changes <= done:
            self.finish()
            return
        if not self._deck:
            self._deck = [kind for kind in KINDS if kind in self._parsed.kinds]
            self._random.shuffle(self._deck)
        kind = self._deck.pop()
        self.findings.changes[kind] = self.findings.changes.get(kind, 0) + 1
        if kind == "source":
            self.window.sources.open(self._next(kind))
        elif kind == "detector":
            self.window.models.choose_detector(self._next(kind))
        elif kind == "model":
            self.window.models.choose_model(self._next(kind))
        elif kind == "record":
            self.window.toggle_recording()
        elif kind == "snapshot":
            self.engine.take_snapshot()
        else:
            self.window.actions_by_name[self._next(kind)].trigger()

    def _next(self, kind: str) -> str:
        """Each in turn."""
        choices = self._choices[kind]
        choices.append(choices.pop(0))
        return choices[0]

    def _sample(self) -> None:
        self.samples.append(take_sample())
        if self._parsed.trace:
            with open(self._parsed.trace, "a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(self.samples[-1])) + "\n")

    def finish(self) -> None:
        for timer in self._timers:
            timer.stop()
        self.findings.seconds = round(time.monotonic() - self._began_s, 1)
        self.window.finish_and_close()


def run(parsed: argparse.Namespace) -> Findings:
    with ExitStack() as stack:
        drawn_on = ensure_display(stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-")))
        from realtime_fer.core.settings import Settings
        from realtime_fer.window import show_window

        # Few changes come before a shorter one ends.
        sources = make_sources(folder, 8.0 if parsed.changes else 20.0)
        sources.append(served(folder, stack))
        settings = Settings(
            source="demo",
            width=WIDTH,
            height=HEIGHT,
            fps=30,
            recordings_folder=str(folder / "recordings"),
            welcomed=True,
            timeline=True,
            jsonl=True,
            film="both",
            ask_before_lossy=False,
        )
        started: list[Soak] = []
        print(f"The window is drawn on {drawn_on}.", flush=True)
        show_window(settings, during=lambda window, engine: started.append(Soak(window, engine, sources, parsed)))
        soak = started[0]
    findings = soak.findings
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    # A _DummyThread stands for a native thread of a library that once called into Python.
    left = [name for name in left if not name.startswith("Dummy")]
    if left:
        findings.faults.append(f"Threads were left when the window was closed: {', '.join(left)}.")
    if len(soak.samples) >= 8 and not parsed.no_limits:
        judge_growth(soak.samples, findings)
    if not findings.results:
        findings.faults.append("No picture was shown.")
    return findings


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=3.0, metavar="SECONDS", help="between two changes")
    parser.add_argument("--changes", type=int, default=0, help="end after this many changes")
    parser.add_argument("--kinds", nargs="+", default=KINDS, choices=sorted(set(KINDS)), help="to find what leaks")
    parser.add_argument("--seed", type=int, default=1, help="of the changes' order")
    parser.add_argument("--no-limits", action="store_true", help="do not judge growth: for runs of seconds")
    parser.add_argument("--trace", help="append each sample to this file, one JSON object a line")
    parsed = parser.parse_args(arguments)
    if not Path("/proc/self/statm").exists():
        print("soak: memory, threads and files are read from /proc, which is not here.", file=sys.stderr)
        return 2
    from realtime_fer.native_memory import bound_native_memory
    from realtime_fer.native_output import quiet_native_output

    # As the program itself begins.
    quiet_native_output()
    bound_native_memory()
    findings = run(parsed)
    for name, value in asdict(findings).items():
        if name != "faults":
            print(f"  {name:<12} {value}")
    for sentence in findings.faults:
        print(f"  FAULT        {sentence}")
    print("soak: all well." if not findings.faults else f"soak: {len(findings.faults)} faults.")
    return 1 if findings.faults else 0


if __name__ == "__main__":
    sys.exit(main())
