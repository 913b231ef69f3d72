"""What a terminal shows of long texts."""

from __future__ import annotations

import pytest

from realtime_fer.core.text.printable import say


def test_an_error_that_quotes_thousands_of_signs_stays_readable(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"begins {'x' * 5000} ends", error=True)
    line = capsys.readouterr().err
    assert len(line) < 1100
    assert line.startswith("begins xxx")
    assert line.endswith("xxx ends\n")
