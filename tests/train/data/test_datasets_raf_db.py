"""RAF-DB in its authors' layout and in numbered folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.made_up import face
from tests.train.made_up_folders import photograph, write_picture, write_raf_db
from train.data import DatasetError, create_dataset
from train.data.raf_db import RAF_DB_CLASSES
from train.data.readers import split_name

WORDS = ("surprise", "fear", "disgust", "happy", "sad", "angry", "neutral")


def test_the_list_gives_each_number_its_expression(tmp_path: Path) -> None:
    rows = [(f"train_{number:05}.png", number) for number in range(1, 8)]
    write_raf_db(tmp_path / "basic", *rows, ("test_0001.png", 4), ("test_0002.png", 7))
    faces = create_dataset(tmp_path, "Training", validation=0.0)
    assert faces.class_names == RAF_DB_CLASSES
    assert tuple(faces.class_names[label] for label in faces.labels) == WORDS
    assert [int(image.mean()) for image in faces.images] == [0, 10, 20, 30, 40, 50, 60]
    test = create_dataset(tmp_path / "basic", "PrivateTest")
    assert [test.class_names[label] for label in test.labels] == ["happy", "neutral"]
    assert test.names == ("test_0001_aligned.png", "test_0002_aligned.png")
    assert str(split_name(tmp_path, "val")) == "RAF-DB validation"


def test_a_part_of_training_validates_and_never_test(tmp_path: Path) -> None:
    rows = [(f"{split}_{number:05}.png", 1) for split in ("train", "test") for number in range(60)]
    write_raf_db(tmp_path, *rows, suffix="")
    training, validation = create_dataset(tmp_path, "Training"), create_dataset(tmp_path, "PublicTest")
    names = [name for name, _ in rows if name.startswith("train")]
    assert sorted([*training.names, *validation.names]) == sorted(names)
    assert 3 < len(validation) < 24


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("train_00002.png 8", "row 3: its class '8' is not 1 to 7"),
        ("train_00002.png 0", "row 3: its class '0' is not 1 to 7"),
        ("train_00002.png", "row 3: is not a name such as 'train_00001.jpg' and a number"),
        ("a.png 1", "row 3: is not a name such as 'train_00001.jpg'"),
        ("train_00002.png 1", r"row 3: there is no image .*train_00002_aligned\.png"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    listed = write_raf_db(tmp_path, ("train_00001.png", 1))
    listed.write_bytes(b"\xef\xbb\xbftrain_00001.png 1\r\n\r\n" + line.encode() + b"\r\n")
    with pytest.raises(DatasetError, match=said) as caught:
        create_dataset(tmp_path, "Training", validation=0.0)
    assert str(listed) in str(caught.value)


def test_a_list_without_the_split_and_a_damaged_one_are_said(tmp_path: Path) -> None:
    listed = write_raf_db(tmp_path, ("train_00001.png", 1))
    with pytest.raises(DatasetError, match="lists no picture of the split 'test'"):
        create_dataset(tmp_path, "test")
    listed.write_bytes(b"train_1.png 1\n\xff")
    with pytest.raises(DatasetError, match=r"label\.txt: cannot be read as a list"):
        create_dataset(tmp_path, "Training")


def test_numbered_folders_are_known_by_the_names_of_their_pictures(tmp_path: Path) -> None:
    for number in range(1, 8):
        picture = photograph(100, 100, 20 * number)
        write_picture(tmp_path / "DATASET" / "train" / str(number) / f"train_{number:05}_aligned.png", picture)
    write_picture(tmp_path / "DATASET" / "test" / "5" / "test_0001_aligned.png", face(1, 1))
    (tmp_path / "train_labels.csv").write_text("image,label\ntrain_00001_aligned.png,1\n")
    faces = create_dataset(tmp_path, "Training", validation=0.0)
    assert [faces.class_names[label] for label in faces.labels] == list(WORDS)
    assert [int(image.mean()) for image in faces.images] == [20 * number for number in range(1, 8)]
    test = create_dataset(tmp_path, "test")
    assert [test.class_names[label] for label in test.labels] == ["sad"]
    assert test.class_names == faces.class_names
    assert split_name(tmp_path, "train").data_set == "RAF-DB"
    (tmp_path / "DATASET" / "val" / "6").mkdir(parents=True)
    write_picture(tmp_path / "DATASET" / "val" / "6" / "a.png", face(1, 1))
    assert create_dataset(tmp_path, "val").names == ("6/a.png",)


def test_other_numbers_are_refused_since_they_mean_different_classes(tmp_path: Path) -> None:
    for number in (1, 2):
        write_picture(tmp_path / "train" / str(number) / "a.png", face(1, 1))
    with pytest.raises(DatasetError, match=r"1: '1' is a number, which data sets use for different classes; name the"):
        create_dataset(tmp_path, "Training")
