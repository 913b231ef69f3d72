"""What the program's own log lets through."""

from __future__ import annotations

import io
import logging

import pytest

from realtime_fer import native_output


def test_the_log_hides_addresses_and_writes_signs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    root = logging.getLogger()
    level = root.level
    # As a fresh process has it.
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr("sys.stderr", written)
    monkeypatch.setenv(native_output.VERBOSE_VARIABLE, "1")
    native_output.quiet_native_output()
    try:
        raise OSError("cannot open 'http://cam/x?%70w=SECRET'")
    except OSError:
        logging.getLogger("libav.tcp").exception("\x1b[2J\u202eopening %s", "rtsp://admin:SECRET@cam/live")
    finally:
        root.setLevel(level)
    text = written.getvalue()
    assert "Traceback" in text
    assert r"rtsp://cam/… (" in text
    assert r"\x1b[2J\u202e" in text
    assert "SECRET" not in text
    assert "admin" not in text
    assert "\x1b" not in text
