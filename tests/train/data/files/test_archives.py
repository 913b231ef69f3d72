"""Archives of data sets: each kind is read, and none fills the disk or leaves its folder."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.train.made_up import encoded, face, write_fer2013, write_zip
from tests.train.made_up_folders import photograph, write_kaggle, write_picture, write_raf_db
from train.data import DatasetError, create_dataset
from train.data.files import archives
from train.data.readers import split_name


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


def left_over(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "temporary").rglob("*")]


def packed(folder: Path, archive: Path, root: str = "") -> Path:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for path in files:
                zipped.write(path, f"{root}{path.relative_to(folder).as_posix()}")
    else:
        mode = {".tar": "w", ".gz": "w:gz", ".tgz": "w:gz", ".bz2": "w:bz2", ".xz": "w:xz"}[archive.suffix]
        with tarfile.open(archive, mode) as tar:  # type: ignore[call-overload]
            for path in files:
                tar.add(path, f"{root}{path.relative_to(folder).as_posix()}")
    return archive


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tgz", "tar.bz2", "tar.xz"])
@pytest.mark.parametrize("root", ["", "fer2013/", "./", "archive/images/"])
def test_class_folders_are_read_from_each_kind(tmp_path: Path, suffix: str, root: str) -> None:
    for word in ("happy", "0_angry"):
        for split, count in (("train", 3), ("test", 1)):
            for number in range(count):
                write_picture(tmp_path / "mine" / split / word / f"{number}.png", face(number, number))
    path = packed(tmp_path / "mine", tmp_path / f"my.faces.{suffix}", root)
    training = create_dataset(path, "Training", validation=0.0)
    assert [training.class_names[label] for label in training.labels] == ["angry"] * 3 + ["happy"] * 3
    assert len(create_dataset(path, "PrivateTest")) == 2
    assert str(split_name(path, "train")) == "my.faces training"
    # Once in a process, however often it is asked.
    assert len(list((tmp_path / "temporary").iterdir())) == 1


def test_other_layouts_are_read(tmp_path: Path) -> None:
    (tmp_path / "kaggle").mkdir()
    write_kaggle(tmp_path / "kaggle" / "fer2013.csv", (3, "Training"), (6, "PublicTest"))
    kaggle = packed(tmp_path / "kaggle", tmp_path / "fer2013.tar.gz", "fer2013/")
    assert create_dataset(kaggle, "PublicTest").labels.tolist() == [6]
    assert str(split_name(kaggle, "val")) == "FER2013 PublicTest"
    zips = packed(write_fer2013(tmp_path / "zips", training=7, public_test=7), tmp_path / "zips.zip")
    assert len(create_dataset(zips, "Training", "ferplus")) == 7
    write_raf_db(tmp_path / "raf" / "basic", ("train_00001.png", 4), ("test_0001.png", 5))
    raf = packed(tmp_path / "raf", tmp_path / "raf.tgz")
    faces = create_dataset(raf, "test")
    assert [faces.class_names[label] for label in faces.labels] == ["sad"]


def test_a_changed_archive_is_read_anew_and_hidden_files_are_left(tmp_path: Path) -> None:
    one = {"happy/a.png": encoded(face(1, 1)), "__MACOSX/happy/._a.png": b"x", ".DS_Store": b"x"}
    path = write_zip(tmp_path / "a.zip", one)
    assert len(create_dataset(path, "Training", validation=0.0)) == 1
    assert not {"__MACOSX", ".DS_Store", "._a.png"} & set(left_over(tmp_path))
    write_zip(path, {**one, "sad/b.png": encoded(photograph(40, 40, 3))})
    assert len(create_dataset(path, "Training", validation=0.0)) == 2


@pytest.mark.parametrize("name", ["../out.png", "/tmp/out.png", "happy/../../out.png", "C:\\out.png", "..\\out.png"])
@pytest.mark.parametrize("suffix", ["zip", "tar"])
def test_a_place_outside_is_refused(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "zip":
        write_zip(path, {"happy/a.png": encoded(face(1, 1)), name: b"out"})
    else:
        with tarfile.open(path, "w") as tar:
            member = tarfile.TarInfo(name)
            member.size = 3
            tar.addfile(member, io.BytesIO(b"out"))
    with pytest.raises(DatasetError, match=r"a\.(zip|tar): names '.*out\.png', which lies outside the archive"):
        create_dataset(path, "Training")
    assert left_over(tmp_path) == []
    assert not list(tmp_path.rglob("out.png"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo("happy/a.png")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(DatasetError, match=r"'happy/a\.png' is a link or device; only files and folders are unpacked"):
        create_dataset(path, "Training")
    linked = zipfile.ZipInfo("happy/a.png")
    linked.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(linked, "/etc/passwd")
    with pytest.raises(DatasetError, match=r"'happy/a\.png' is a link; only"):
        create_dataset(tmp_path / "a.zip", "Training")
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("suffix", ["zip", "tgz"])
def test_a_bomb_is_refused_and_leaves_nothing(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 2**20)
    (tmp_path / "bomb" / "happy").mkdir(parents=True)
    (tmp_path / "bomb" / "happy" / "a.png").write_bytes(bytes(8 * 2**20))
    path = packed(tmp_path / "bomb", tmp_path / f"a.{suffix}")
    with pytest.raises(DatasetError, match=r"is not unpacked, since it holds more than \d MB at 'happy/a\.png'"):
        create_dataset(path, "Training")
    assert left_over(tmp_path) == []


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILES", 3)
    path = write_zip(tmp_path / "a.zip", {f"happy/{number}.png": b"x" for number in range(4)})
    with pytest.raises(DatasetError, match="holds more than 3 files"):
        create_dataset(path, "Training")
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tgz"])
def test_what_is_no_whole_archive_is_said(tmp_path: Path, suffix: str) -> None:
    for number in range(40):
        write_picture(tmp_path / "mine" / "happy" / f"{number}.png", face(1, number))
    path = packed(tmp_path / "mine", tmp_path / f"a.{suffix}")
    content = path.read_bytes()
    for damaged in (b"", b"no archive", content[: len(content) // 2]):
        path.write_bytes(damaged)
        with pytest.raises(DatasetError, match=r"a\..*: is not a whole zip or tar archive\.$"):
            create_dataset(path, "Training")
    path.unlink()
    with pytest.raises(DatasetError, match="no such f"):
        create_dataset(path, "Training")
    assert left_over(tmp_path) == []


def test_an_archive_without_a_data_set_is_named_itself(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"readme.txt": b"about"})
    with pytest.raises(DatasetError, match=r"/a\.zip: holds no data set in a known layout"):
        create_dataset(path, "Training")


def test_a_picture_in_a_zip_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_fer2013(tmp_path / "fer", training=7, public_test=7)
    monkeypatch.setattr("train.data.zips.MAX_PICTURE_BYTES", 100)
    with pytest.raises(DatasetError, match=r"training\.zip: 'fer0000000\.webp' is larger than 0 MB"):
        create_dataset(tmp_path / "fer", "Training")
