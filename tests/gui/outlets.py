"""Outlets to other programs that only note what they are asked."""

from __future__ import annotations

from realtime_fer.core.live import LiveChoice, LiveState, RunCommand


class FakeOutlets:
    def __init__(self) -> None:
        self.now = LiveState()
        self.choices: list[LiveChoice] = []
        self.stopped = 0
        self.run: RunCommand = lambda command, text: None

    def set_commands(self, run: RunCommand) -> None:
        self.run = run

    def apply(self, choice: LiveChoice) -> None:
        self.choices.append(choice)

    def state(self) -> LiveState:
        return self.now

    def stop(self) -> None:
        self.stopped += 1
