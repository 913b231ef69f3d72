from __future__ import annotations

import pytest

from tests.commands.program import CommandLine
from tests.kept_networks import keep_networks, keep_parser, make_demo_small


@pytest.fixture(autouse=True)
def quick_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_networks(monkeypatch)
    keep_parser(monkeypatch)
    make_demo_small(monkeypatch)


@pytest.fixture
def command_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(capsys, monkeypatch)
