import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from realtime_fer.core.system.private_files import make_private, make_private_folder, open_private, write_private

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_files_and_folders_are_their_owner_s_alone(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "a" / "b")
    write_private(tmp_path / "a" / "b" / "c", b"text")
    os.close(open_private(tmp_path / "a" / "d", os.O_WRONLY | os.O_CREAT))
    assert [mode(tmp_path / each) for each in ("a", "a/b", "a/b/c", "a/d")] == [0o700, 0o700, 0o600, 0o600]
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"text"


def test_a_folder_that_was_there_keeps_its_mode_and_a_file_does_not(tmp_path: Path) -> None:
    shared, old = tmp_path / "shared", tmp_path / "shared" / "old.csv"
    shared.mkdir(0o755)
    old.write_text("old")
    make_private_folder(shared)
    os.close(open_private(old, os.O_WRONLY))
    assert (mode(shared), mode(old)) == (0o755, 0o600)
    old.chmod(0o644)
    make_private(old)
    assert mode(old) == 0o600


def test_what_cannot_be_made_says_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("kept")
    with pytest.raises(FileExistsError):
        write_private(file, b"new")
    with pytest.raises(FileExistsError):
        make_private_folder(file)
    with pytest.raises(FileExistsError):
        make_private_folder(tmp_path, exist_ok=False)
    with pytest.raises(NotADirectoryError):
        make_private_folder(file / "below")
    assert file.read_text() == "kept"
    assert sorted(tmp_path.iterdir()) == [file]


def test_a_pipe_keeps_its_mode(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o644)
    os.close(open_private(pipe, os.O_RDWR))
    assert mode(pipe) == 0o644


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_where_no_folder_can_be_made_it_is_refused_once() -> None:
    with pytest.raises(FileNotFoundError):
        make_private_folder(Path("/proc/nowhere/below"))
