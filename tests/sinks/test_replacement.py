"""A result takes the place of an earlier one when it is whole, and two programs never write one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere, Replacement, partial_name

HOLDS = """
import sys
from realtime_fer.sinks.replacement import Replacement
place = Replacement(sys.argv[1])
place.begin()
place.partial.write_text("half a table")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "out.csv"
    path.write_text("earlier")
    return path


def test_the_earlier_one_stays_until_the_end(table: Path) -> None:
    place = Replacement(table)
    assert place.partial == table.with_name("out.partial.csv")
    place.begin()
    place.partial.write_text("new")
    assert table.read_text() == "earlier"
    place.finish()
    place.discard()
    assert table.read_text() == "new"
    assert list(table.parent.iterdir()) == [table]


@pytest.mark.parametrize("begun", [False, True])
def test_what_came_to_nothing_leaves_nothing(table: Path, begun: bool) -> None:
    place = Replacement(table)
    if begun:
        place.begin()
        place.partial.write_text("new")
    place.discard()
    assert table.read_text() == "earlier"
    assert list(table.parent.iterdir()) == [table]


def test_without_a_byte_the_earlier_one_stays(table: Path) -> None:
    place = Replacement(table)
    place.begin()
    place.finish()
    assert table.read_text() == "earlier"
    assert list(table.parent.iterdir()) == [table]


def test_what_was_deleted_under_way_replaces_nothing(table: Path) -> None:
    place = Replacement(table)
    place.begin()
    if os.name != "nt":
        place.partial.unlink()
        place.partial.write_text("somebody else's")
        place.finish()
        assert place.partial.read_text() == "somebody else's"
    assert table.read_text() == "earlier"


def test_two_programs_never_write_one_file_and_a_killed_one_lets_go(table: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(table)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(SinkError, match="Another program is writing"):
            Replacement(table)
        assert partial_name(table).read_text() == "half a table"
    finally:
        process.kill()
        process.communicate()
    assert table.read_text() == "earlier"
    place = Replacement(table)
    place.discard()
    assert place.partial.read_text() == "half a table", "a refused run does not take what a killed one left"
    place = Replacement(table)
    place.begin()
    place.partial.write_text("new")
    place.finish()
    assert table.read_text() == "new"


@pytest.mark.skipif(os.name == "nt", reason="links and permissions of Unix")
def test_a_link_leads_to_what_is_replaced_and_permissions_stay(table: Path, tmp_path: Path) -> None:
    table.chmod(0o640)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.csv"
    link.symlink_to(table)
    place = Replacement(link)
    assert place.partial.parent == tmp_path
    place.begin()
    place.partial.write_text("new")
    place.finish()
    assert link.is_symlink()
    assert table.read_text() == "new"
    assert stat.S_IMODE(table.stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_what_may_not_be_written_is_not_replaced(table: Path) -> None:
    table.chmod(0o444)
    with pytest.raises(SinkError, match="Permission denied"):
        Replacement(table)


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "顔" * 83 + ".csv", "x." + "y" * 253, "x" * 255])
def test_a_name_as_long_as_names_may_be_has_a_partial_name(tmp_path: Path, name: str) -> None:
    place = Replacement(tmp_path / name)
    assert len(os.fsencode(place.partial.name)) <= 255
    assert place.partial.name != name
    place.discard()


def test_a_claim_is_held_once_and_taken_when_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    claim = Claim(path)
    assert claim.is_new
    with pytest.raises(ClaimedElsewhere):
        Claim(path)
    claim.release(remove=False)
    claim.release(remove=True)
    assert path.exists(), "the second release does nothing"
    again = Claim(path)
    assert not again.is_new
    again.release(remove=True)
    assert not path.exists()
