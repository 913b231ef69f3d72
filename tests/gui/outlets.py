"""Outlets to other programs that only note what they are asked."""

from __future__ import annotations

from realtime_fer.core.live import LiveChoice, LiveState, RunCommand, TakeMarker


class FakeOutlets:
    def __init__(self) -> None:
        self.now = LiveState()
        self.choices: list[LiveChoice] = []
        self.stopped = 0
        self.run: RunCommand = lambda command, text: None
        self.take_marker: TakeMarker = lambda text, at_s: None

    def set_commands(self, run: RunCommand, take_marker: TakeMarker) -> None:
        self.run, self.take_marker = run, take_marker

    def apply(self, choice: LiveChoice) -> None:
        self.choices.append(choice)

    def state(self) -> LiveState:
        return self.now

    def stop(self) -> None:
        self.stopped += 1
