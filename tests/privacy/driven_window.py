"""The window in a process of its own: it plays the demo, records it, saves a snapshot, makes the report and closes.

    python tests/privacy/driven_window.py FOLDER [DETECTOR]

Prints how many frames were recorded; exit code 1 where one of it did not happen.
"""

from __future__ import annotations

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer import assembly  # noqa: E402
from realtime_fer.core.settings import Settings  # noqa: E402
from realtime_fer.native_memory import bound_native_memory  # noqa: E402
from realtime_fer.native_output import quiet_native_output  # noqa: E402
from realtime_fer.runtime import events  # noqa: E402
from realtime_fer.window import show_window  # noqa: E402

ENOUGH_S = 1.0


class Person:
    """Does one thing after another, each when the one before has happened. Lives in the GUI thread."""

    def __init__(self, window, engine) -> None:  # type: ignore[no-untyped-def]
        from PyQt5.QtCore import QTimer

        self.window, self.engine = window, engine
        self.waits_for: set[type] = {events.ModelAdopted, events.DetectorAdopted}
        self.saved = False
        self.frames = 0
        window._bridge.event_arrived.connect(self.heard)
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._stop_when_enough)

    def heard(self, event: object) -> None:
        self.waits_for.discard(type(event))
        if isinstance(event, (events.ModelAdopted, events.DetectorAdopted)) and not self.waits_for:
            self.engine.start_recording()
        elif isinstance(event, events.RecordingStarted):
            self._timer.start(50)
        elif isinstance(event, events.SnapshotSaved):
            self.saved = True
        elif isinstance(event, events.RecordingStopped):
            self.frames = event.frames
            assembly.write_report(event.folder)
            self.window.close()

    def _stop_when_enough(self) -> None:
        if (self.engine.stats().recording_s or 0.0) < ENOUGH_S:
            return
        if not self.saved:
            self.engine.take_snapshot()
            return
        self._timer.stop()
        self.engine.stop_recording()


def main(folder: Path, detector: str) -> int:
    quiet_native_output()
    bound_native_memory()
    settings = Settings(
        source="demo",
        detector=detector,
        width=320,
        height=240,
        recordings_folder=str(folder),
        welcomed=True,
        timeline=True,
        jsonl=True,
        film="both",
    )
    people: list[Person] = []
    code, _ = show_window(settings, during=lambda window, engine: people.append(Person(window, engine)))
    print(f"{people[0].frames} frames")
    return code or (0 if people[0].frames and people[0].saved else 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *(sys.argv[2:3] or [Settings.detector])))
