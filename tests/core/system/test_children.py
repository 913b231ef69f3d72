"""How this program starts itself."""

from __future__ import annotations

import sys

import pytest

from realtime_fer.core.system.children import program_command


def test_it_is_the_interpreter_with_the_package_or_the_packed_program(monkeypatch: pytest.MonkeyPatch) -> None:
    command = program_command("annotate", "--", "-x.mp4")
    assert command[:2] == [sys.executable, "-P"]
    assert command[-4:] == ["realtime_fer", "annotate", "--", "-x.mp4"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_command("annotate", "x.mp4") == [sys.executable, "annotate", "x.mp4"]
