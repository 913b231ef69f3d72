from __future__ import annotations

import signal
import sys
import textwrap
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("daemon", [True, False])
def test_a_leaked_thread_fails_its_test_and_a_joined_one_does_not(
    pytester: pytest.Pytester, checkout: Path, daemon: bool
) -> None:
    pytester.makeconftest((checkout / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        textwrap.dedent(
            f"""
            import threading

            stop = threading.Event()

            def test_leaks():
                threading.Thread(target=stop.wait, args=(20,), name="left-behind", daemon={daemon}).start()

            def test_joins():
                thread = threading.Thread(target=lambda: None)
                thread.start()
                thread.join()

            def test_releases_the_leaked_one():
                stop.set()
            """
        )
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*threads left alive: left-behind*"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_programs_that_tests_start_hear_signals_which_the_tests_were_started_to_ignore(
    pytester: pytest.Pytester, checkout: Path
) -> None:
    pytester.makeconftest((checkout / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        textwrap.dedent(
            """
            import signal
            import subprocess
            import sys

            def test_started_program():
                said = "import signal; print(*(signal.getsignal(getattr(signal, n)) for n in ('SIGINT', 'SIGHUP')))"
                told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True).stdout
                assert str(signal.SIG_IGN) not in told
            """
        )
    )
    ignored = [signal.SIGINT, signal.SIGHUP]
    before = [signal.signal(number, signal.SIG_IGN) for number in ignored]
    try:
        pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
    finally:
        for number, handler in zip(ignored, before, strict=True):
            signal.signal(number, handler)
