"""The readers on made-up files in the real layouts, whole and damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import VOTES_HEADER, encoded, face, write_csv, write_fer2013, write_zip
from tests.train.made_up_folders import photograph, write_kaggle, write_legend, write_numbered, write_picture
from train.data.kaggle_csv import iterate_kaggle_csv, read_kaggle_csv
from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES, DatasetError
from train.data.labels_csv import ferplus_majority, read_labels
from train.data.readers import create_dataset, iterate_zip, read_zip, split_name

PIXELS = " ".join(["0", "128", "255", "7"])


def test_the_folder_gives_images_labels_and_votes(tmp_path: Path) -> None:
    training = create_dataset(write_fer2013(tmp_path), "Training")
    assert training.images.shape == (42, 48, 48)
    assert training.class_names == FER2013_CLASSES
    assert list(training.labels[:7]) == [0, 1, 2, 3, 4, 5, 6]
    np.testing.assert_array_equal(training.images[3], face(3, 3))
    assert training.votes is not None
    assert [FERPLUS_CLASSES[i] for i in training.votes[:7].argmax(1)] == list(FER2013_CLASSES)
    assert len(create_dataset(tmp_path, "PublicTest")) == 14


def test_kaggles_own_csv_is_read_by_usage(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "fer2013.csv", "emotion,pixels,Usage", f"3,{PIXELS},Training", f"6,{PIXELS},PublicTest")
    assert next(iterate_kaggle_csv(path)).image().tolist() == [[0, 128], [255, 7]]
    training = create_dataset(path, "Training")
    assert training.images.shape == (1, 48, 48)
    assert [int(training.images[0, y, x]) for y, x in ((0, 0), (0, 47), (47, 0), (47, 47))] == [0, 128, 255, 7]
    assert training.class_names[training.labels[0]] == "happy"
    assert training.votes is None
    assert create_dataset(tmp_path, "PublicTest").labels.tolist() == [6]


def test_kaggles_other_header_has_spaces_and_another_order(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "icml_face_data.csv", "emotion, Usage, pixels", f"0,Training,{PIXELS}")
    assert read_kaggle_csv(path, "Training").labels.tolist() == [0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3,1 2 3,Training", "row 3: 3 pixels are not a square"),
        ("3,1 2 3 x,Training", "row 3: its pixels are not whole numbers"),
        ("3,1 2 3 256,Training", "row 3: its pixels are not all 0 to 255"),
        ("8,1 2 3 4,Training", "row 3: its class '8' is not 0 to 7 or a word such as 'happy'"),
        ("0.5,1 2 3 4,Training", r"row 3: its class '0\.5' is not 0 to 7"),
        ("merry,1 2 3 4,Training", "row 3: its class 'merry' is not 0 to 7"),
        ("3,,Training", "row 3: 0 pixels are not a square image, in grey or RGB"),
        ("3,1 2 3 4", "row 3: has 2 fields, not 3"),
        ("3,1 2 3 4 5 6 7 8 9,Training", "row 3: is 3 pixels wide, the others 2"),
    ],
)
def test_a_damaged_kaggle_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    path = write_csv(tmp_path / "fer2013.csv", "emotion,pixels,Usage", f"0,{PIXELS},Training", row)
    with pytest.raises(DatasetError, match=said) as caught:
        read_kaggle_csv(path, "Training")
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,Training,merry,10,0,0,0,0,0,0,0,0,0,1", "row 3: 'merry' is not an expression"),
        ("b,Training,happy,10,0,0,0,0,0,0,0,0,x,1", "row 3: its votes are not whole numbers"),
        ("b,Training,happy,10,0,0,0,0,0,0,0,0,-1,1", "row 3: its votes are negative"),
        ("b,Training,happy,10,0", "row 3: has 5 fields, not 14"),
        ("a,Training,happy,10,0,0,0,0,0,0,0,0,0,1", "row 3: image 'a' is there twice"),
        (",Training,happy,10,0,0,0,0,0,0,0,0,0,1", "row 3: names no image"),
    ],
)
def test_a_damaged_label_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    labels = write_csv(
        tmp_path / "labels.csv", f"image,usage,emotion,{VOTES_HEADER}", "a,Training,sad,10,0,0,0,0,0,0,0,0,0,1", row
    )
    images = write_zip(tmp_path / "t.zip", {"a.png": encoded(face(0, 0)), "b.png": encoded(face(1, 1))})
    with pytest.raises(DatasetError, match=said) as caught:
        read_zip(images, labels, "Training")
    assert str(labels) in str(caught.value)


def test_damaged_and_odd_images_are_named(tmp_path: Path) -> None:
    labels = write_csv(tmp_path / "labels.csv", "image,split,emotion", "a.png,train,sad", "b.png,train,happy")
    good = encoded(face(0, 0))
    with pytest.raises(DatasetError, match=r"'b\.png' is not an image"):
        read_zip(write_zip(tmp_path / "1.zip", {"a.png": good, "b.png": b"not a picture"}), labels, "train")
    with pytest.raises(DatasetError, match=r"'b\.png' is 24x24, the others 48x48"):
        read_zip(write_zip(tmp_path / "2.zip", {"a.png": good, "b.png": encoded(face(1, 1, side=24))}), labels, "train")
    with pytest.raises(DatasetError, match="holds none of the images"):
        read_zip(write_zip(tmp_path / "3.zip", {"c.png": good}), labels, "train")
    cut_short = tmp_path / "4.zip"
    cut_short.write_bytes((tmp_path / "2.zip").read_bytes()[:100])
    with pytest.raises(DatasetError, match="cannot be read as a zip"):
        read_zip(cut_short, labels, "train")
    damaged = bytearray(write_zip(tmp_path / "5.zip", {"a.png": good, "b.png": good}).read_bytes())
    damaged[60:200] = bytes(140)
    (tmp_path / "5.zip").write_bytes(damaged)
    with pytest.raises(DatasetError, match="cannot be read as a zip"):
        read_zip(tmp_path / "5.zip", labels, "train")
    with pytest.raises(DatasetError, match="no such file"):
        read_zip(tmp_path / "none.zip", labels, "train")


def test_missing_files_columns_and_usages_are_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no data set in a known layout"):
        create_dataset(tmp_path, "Training")
    with pytest.raises(DatasetError, match="no such folder or CSV"):
        create_dataset(tmp_path / "nowhere", "Training")
    with pytest.raises(DatasetError, match="has no column 'emotion'"):
        read_labels(write_csv(tmp_path / "a.csv", "image,usage"), "Training")
    with pytest.raises(DatasetError, match="no row has the usage 'Sunday'"):
        read_labels(write_csv(tmp_path / "b.csv", "image,usage,emotion", "a,Training,sad"), "Sunday")
    with pytest.raises(DatasetError, match="has no column 'pixels'"):
        read_kaggle_csv(write_csv(tmp_path / "c.csv", "emotion,Usage"), "Training")
    (tmp_path / "d.csv").write_bytes(b"\xff\xfe\x00image")
    with pytest.raises(DatasetError, match="cannot be read as CSV"):
        read_labels(tmp_path / "d.csv", "Training")


def test_images_are_found_by_file_name_or_without_extension(tmp_path: Path) -> None:
    labels = write_csv(
        tmp_path / "labels.csv",
        "image,split,emotion",
        "A. J. Cook_1,Train,sad",
        "in/b.png,train,happy",
        "c.jpg,train,fear",
        "not there,train,fear",
        "d.png,validation,fear",
    )
    picture = encoded(face(0, 0))
    names = ("faces/A. J. Cook_1.png", "b.png", "c.webp", "d.png", "__MACOSX/b.png")
    images = write_zip(tmp_path / "t.zip", dict.fromkeys(names, picture))
    assert [row.image for row, _ in iterate_zip(images, read_labels(labels, "train"))] == [
        "A. J. Cook_1",
        "in/b.png",
        "c.jpg",
    ]


def test_a_very_short_webp_is_read(tmp_path: Path) -> None:
    labels = write_csv(tmp_path / "labels.csv", "image,usage,emotion", "a,Training,sad")
    black = encoded(np.zeros((48, 48), np.uint8), ".webp")
    faces = read_zip(write_zip(tmp_path / "t.zip", {"a.webp": black}), labels, "Training")
    assert faces.images.shape == (1, 48, 48)
    assert faces.images.max() == 0


@pytest.mark.parametrize(
    ("votes", "winner"),
    [
        ([6, 0, 0, 4, 0, 0, 0, 0, 0, 0], "neutral"),
        ([5, 0, 0, 5, 0, 0, 0, 0, 0, 0], None),  # a tie has no majority
        ([4, 3, 3, 0, 0, 0, 0, 0, 0, 0], None),  # most, but not over half
        ([5, 1, 1, 1, 1, 1, 0, 0, 0, 0], "neutral"),  # single votes are outliers, so 5 of 5
        ([4, 3, 1, 1, 1, 0, 0, 0, 0, 0], "neutral"),  # 4 of 7
        ([2, 0, 0, 0, 0, 0, 0, 0, 8, 0], None),  # unknown wins
        ([0, 4, 0, 0, 0, 0, 0, 0, 0, 6], None),  # not a face wins
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 1], None),  # nothing left
        ([0, 0, 0, 0, 0, 0, 2, 8, 0, 0], "contempt"),
    ],
)
def test_ferplus_majority_rule(votes: list[int], winner: str | None) -> None:
    index = ferplus_majority(np.array(votes))
    assert (None if index is None else FERPLUS_CLASSES[index]) == winner


def test_the_majority_goes_by_votes_alone(tmp_path: Path) -> None:
    labels = write_csv(
        tmp_path / "labels.csv", f"image,usage,emotion,{VOTES_HEADER}", "a,Training,sad,9,0,0,0,0,0,0,1,0,0,0"
    )
    row = read_labels(labels, "training")[0]
    assert row.majority_key() == "neutral"
    assert not row.vote_shares().any()


def test_what_lies_there_names_data_set_and_split_and_not_the_path(tmp_path: Path) -> None:
    kaggle = write_kaggle(tmp_path / "icml_face_data.csv", (0, "Training"))
    fer2013 = write_fer2013(tmp_path / "pictures", training=7, public_test=7)
    photographs = write_legend(tmp_path / "faces", "1,A_B_0001.jpg,happiness").parent.parent
    write_picture(tmp_path / "holidays.2024" / "train" / "happy" / "a.png", photograph(8, 8, 50))
    named = {
        path: split_name(path, "PublicTest") for path in (kaggle, fer2013, photographs, tmp_path / "holidays.2024")
    }
    assert [str(name) for name in named.values()] == [
        "FER2013 PublicTest",
        "FER2013 PublicTest",
        "facial_expressions validation",
        "holidays.2024 validation",
    ]
    assert str(split_name(kaggle, "train")) == "FER2013 Training"
    write_numbered(tmp_path / "mine" / "val_set", 1, "3")
    assert str(split_name(tmp_path / "mine", "val")) == "AffectNet validation"
    with pytest.raises(DatasetError, match="no such folder or CSV"):
        split_name(tmp_path / "nowhere", "val")
