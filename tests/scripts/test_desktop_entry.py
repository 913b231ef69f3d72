"""The entry in the desktop's menu, in a home of its own."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt5.QtGui import QImage

from scripts.desktop_entry import CHECKOUT, quoted

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the desktop knows no such files")


def run(what: str, home: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "XDG_DATA_HOME"}
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "scripts" / "desktop_entry.py"), what],
        env={**environment, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout


def files_in(home: Path) -> set[Path]:
    return {path.relative_to(home) for path in home.rglob("*") if path.is_file()}


def test_the_program_is_put_into_the_menu_and_taken_out(tmp_path: Path) -> None:
    path = tmp_path / ".local/share/applications/realtime-fer.desktop"
    assert str(path) in run("install", tmp_path)
    parsed = configparser.RawConfigParser()
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(path, encoding="utf-8")
    entry = parsed["Desktop Entry"]
    assert entry["Exec"] == f'"{sys.executable}" "{CHECKOUT / "main.py"}"'
    assert entry["Categories"] == "AudioVideo;Video;Recorder;"
    assert {"Name", "GenericName", "GenericName[de]", "Comment", "Comment[de]", "Icon"} <= set(entry)
    icons = [(icon, int(icon.parts[-3].partition("x")[0])) for icon in tmp_path.rglob("*.png")]
    assert {size for _, size in icons} >= {48, 256}
    for icon, size in icons:
        assert icon.stem == entry["Icon"]
        assert (QImage(str(icon)).width(), QImage(str(icon)).height()) == (size, size)
    if (validate := shutil.which("desktop-file-validate")) is not None:
        subprocess.run([validate, str(path)], timeout=60, check=True)
    run("uninstall", tmp_path)
    assert files_in(tmp_path) == set()
    run("uninstall", tmp_path)


@pytest.mark.parametrize(
    ("argument", "exec_word"),
    [
        ("/home/me/my films", '"/home/me/my films"'),
        ("100%", '"100%%"'),
        ('a"b', r'"a\\"b"'),
        ("$a", r'"\\$a"'),
        ("a\\b", r'"a\\\\b"'),
    ],
)
def test_an_argument_of_exec_is_quoted_as_the_specification_says(argument: str, exec_word: str) -> None:
    assert quoted(argument) == exec_word
