"""facial_expressions, as zips and in its repository's layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import encoded, face, write_csv, write_zip
from tests.train.made_up_folders import photograph, resized_by_opencv, write_legend, write_picture
from train.data import DatasetError, create_dataset
from train.data.facial_expressions import person_in
from train.data.labelled_faces import FERPLUS_CLASSES


def test_the_zips_are_read_by_split_and_brought_to_one_size(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "labels.csv",
        "image,split,emotion",
        "Ada_Byron_0001.jpg,train,happiness",
        "Ada_Byron_0002.jpg,train,CONTEMPT",
        "Max_Muster_0001.jpg,validation,Neutral",
    )
    large = face(2, 5, side=128)
    write_zip(tmp_path / "train.zip", {"Ada_Byron_0001.jpg": encoded(large), "Ada_Byron_0002.jpg": encoded(face(3, 3))})
    write_zip(tmp_path / "validation.zip", {"Max_Muster_0001.jpg": encoded(face(1, 1, side=20))})
    training = create_dataset(tmp_path, "Training")
    assert training.class_names == FERPLUS_CLASSES
    assert [training.class_names[label] for label in training.labels] == ["happy", "contempt"]
    np.testing.assert_array_equal(training.images[0], resized_by_opencv(large))
    np.testing.assert_array_equal(training.images[1], face(3, 3))
    for word in ("PublicTest", "validation", "val"):
        assert create_dataset(tmp_path, word).names == ("Max_Muster_0001.jpg",)
    with pytest.raises(DatasetError, match="no row has the usage 'test'"):
        create_dataset(tmp_path, "test")
    with pytest.raises(DatasetError, match="facial_expressions as zips has no FER"):
        create_dataset(tmp_path, "Training", "ferplus")


def test_the_zips_may_have_any_words_for_the_splits(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "labels.csv", "image,split,emotion", "a_1.jpg,Training,happy", "b_1.jpg,valid,sad", "c,test,fear"
    )
    write_zip(tmp_path / "training.zip", {"a_1.jpg": encoded(face(2, 5))})
    write_zip(tmp_path / "val.zip", {"b_1.jpg": encoded(face(1, 1))})
    write_zip(tmp_path / "test.zip", {"c.jpg": encoded(face(1, 1))})
    read = [create_dataset(tmp_path, usage) for usage in ("Training", "PublicTest", "PrivateTest")]
    assert [faces.names for faces in read] == [("a_1.jpg",), ("b_1.jpg",), ("c",)]
    assert [faces.class_names[faces.labels[0]] for faces in read] == ["happy", "sad", "fear"]


def test_a_zip_that_lacks_an_image_is_refused(tmp_path: Path) -> None:
    write_csv(tmp_path / "labels.csv", "image,split,emotion", "a_1.jpg,train,happiness", "a_2.jpg,train,happiness")
    write_zip(tmp_path / "train.zip", {"a_1.jpg": encoded(face(0, 0))})
    with pytest.raises(DatasetError, match=r"labels\.csv: row 3: .*train\.zip holds no image 'a_2\.jpg'"):
        create_dataset(tmp_path, "train")


def test_the_repository_is_split_by_person_and_its_words_are_folded(tmp_path: Path) -> None:
    words = ("happiness", "NEUTRAL", "Surprised", "anger", "DISGUST", "fearful", "sadness", "contempt")
    rows = []
    for person in range(40):
        for number in (1, 2, 3):
            name = f"Person_{'ABCDEFGH'[person % 8]}{person}x_{number:04}.jpg"
            rows.append(f"{person},{name},{words[(person + number) % 8]}")
            write_picture(tmp_path / "images" / name, photograph(70, 60, 5 * person))
    write_legend(tmp_path, *rows)
    training, validation = create_dataset(tmp_path, "Training"), create_dataset(tmp_path, "PublicTest")
    assert len(training) + len(validation) == 120
    assert {person_in(name) for name in training.names}.isdisjoint({person_in(name) for name in validation.names})
    assert 0.05 < len(validation) / 120 < 0.4
    assert create_dataset(tmp_path, "PublicTest").names == validation.names
    assert training.images.shape[1:] == (48, 48)
    assert set(training.labels.tolist()) == set(range(8))
    by_name = {row.split(",")[1]: row.split(",") for row in rows}
    # JPEG keeps a flat grey within a step.
    for name, image in zip(training.names, training.images, strict=True):
        assert abs(int(image.mean()) - 5 * int(by_name[name][0])) <= 1
    with pytest.raises(DatasetError, match="nobody is in the split 'test'"):
        create_dataset(tmp_path, "PrivateTest")


@pytest.mark.parametrize(
    ("image", "person"),
    [
        ("Ada_Byron_0012.jpg", "ada_byron"),
        ("ADA_Byron_3.png", "ada_byron"),
        ("stock-faces_2868584k.jpg", "stock-faces"),
        ("Mononym.jpg", "mononym"),
        ("0007.jpg", "0007"),
    ],
)
def test_the_person_is_the_name_before_the_number(image: str, person: str) -> None:
    assert person_in(image) == person


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,a_0001.jpg,merry", "row 3: 'merry' is not an expression"),
        ("1,a_0001.jpg", "row 3: has 2 fields, not 3"),
        ("1,,sadness", "row 3: names no image"),
        ("1,a_0002.jpg,sadness", "row 3: there is no image .*a_0002"),
        ("1,a_0001.jpg,sadness", r"row 3: 'a_0001\.jpg' is sad, but happy in row 2"),
        ("1,a_0003.jpg,sadness", r"row 3: .*a_0003\.jpg is not an image"),
    ],
)
def test_a_damaged_row_of_the_legend_is_named(tmp_path: Path, row: str, said: str) -> None:
    legend = write_legend(tmp_path, "1,a_0001.jpg,happiness", row)
    write_picture(tmp_path / "images" / "a_0001.jpg", photograph(50, 50, 9))
    (tmp_path / "images" / "a_0003.jpg").write_bytes(b"\xff\xd8 cut short")
    with pytest.raises(DatasetError, match=said) as caught:
        # Everybody is called "a", so one of the two splits has all rows.
        create_dataset(tmp_path, "Training", validation=0.0)
    assert str(legend) in str(caught.value)


def test_two_who_agree_count_once_and_half_a_repository_is_refused(tmp_path: Path) -> None:
    write_legend(tmp_path, "1,a_0001.jpg,happiness", "2,a_0001.jpg,HAPPINESS")
    write_picture(tmp_path / "images" / "a_0001.jpg", photograph(50, 50, 9))
    assert len(create_dataset(tmp_path, "Training", validation=0.0)) == 1
    (tmp_path / "images").rename(tmp_path / "pictures")
    with pytest.raises(DatasetError, match="images: no such folder"):
        create_dataset(tmp_path, "Training")
    write_csv(tmp_path / "data" / "legend.csv", "user.id,image", "1,a")
    (tmp_path / "pictures").rename(tmp_path / "images")
    with pytest.raises(DatasetError, match=r"legend\.csv: has no column 'emotion'"):
        create_dataset(tmp_path, "Training")
