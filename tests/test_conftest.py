from __future__ import annotations

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
