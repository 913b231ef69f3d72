"""Both of AffectNet's layouts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import write_csv
from tests.train.made_up_folders import AFFECTNET_HEADER, photograph, write_numbered, write_picture
from train.data import DatasetError, create_dataset
from train.data.affectnet import AFFECTNET_CLASSES


def line(name: str, box: str, expression: object) -> str:
    return f"{name},{box},1.5;2.5;3.5;4.5,{expression},-0.1,0.2"


def write_scene(path: Path) -> None:
    """100x80, black, with a grey face of 40x40 at (30, 20)."""
    scene = photograph(100, 80, 0)
    scene[20:60, 30:70] = 120
    write_picture(path, scene)


@pytest.mark.parametrize(
    "images", ["images", "Manually_Annotated_Images", "Manually_Annotated/Manually_Annotated_Images"]
)
def test_faces_are_cut_by_their_box(tmp_path: Path, images: str) -> None:
    write_scene(tmp_path / images / "12" / "a.png")
    write_scene(tmp_path / images / "7" / "b.png")
    lists = tmp_path / "Manually_Annotated_file_lists"
    lists.mkdir(exist_ok=True)
    write_csv(
        lists / "training.csv",
        AFFECTNET_HEADER,
        line("12/a.png", "30,20,40,40", 7),
        line("nowhere/c.png", "NULL,NULL,NULL,NULL", 8),
        line("nowhere/d.png", "1,1,1,1", 9),
        line("nowhere/e.png", "1,1,1,1", 10),
        line("7/b.png", "50.0,20.0,40,40", 1),
    )
    faces = create_dataset(tmp_path, "Training")
    assert faces.class_names == AFFECTNET_CLASSES
    assert [faces.class_names[label] for label in faces.labels] == ["contempt", "happy"]
    assert faces.names == ("12/a.png", "7/b.png")
    assert faces.images.shape == (2, 48, 48)
    assert (faces.images[0] == 120).all()
    assert (faces.images[1][:, :23] == 120).all()
    assert (faces.images[1][:, 25:] == 0).all()


def test_all_eight_numbers_mean_what_affectnet_says(tmp_path: Path) -> None:
    write_scene(tmp_path / "images" / "a.png")
    write_csv(
        tmp_path / "validation.csv", AFFECTNET_HEADER, *(line("a.png", "30,20,40,40", number) for number in range(11))
    )
    faces = create_dataset(tmp_path, "PublicTest")
    words = ["neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt"]
    assert [faces.class_names[label] for label in faces.labels] == words


def test_words_and_numbers_of_spreadsheets_are_known(tmp_path: Path) -> None:
    write_scene(tmp_path / "images" / "a.png")
    words = ("3.0", "Happiness", "Uncertain", "9.0", "contempt")
    write_csv(tmp_path / "training.csv", AFFECTNET_HEADER, *(line("a.png", "30,20,40,40", word) for word in words), "")
    faces = create_dataset(tmp_path, "Training")
    assert [faces.class_names[label] for label in faces.labels] == ["surprise", "happy", "contempt"]


def test_a_list_without_header_is_read(tmp_path: Path) -> None:
    write_scene(tmp_path / "a.png")
    write_csv(tmp_path / "validation.csv", line("a.png", "30,20,40,40", 3), line("a.png", "30,20,40,40", 4))
    faces = create_dataset(tmp_path, "validation")
    assert [faces.class_names[label] for label in faces.labels] == ["surprise", "fear"]


def test_a_box_over_the_edge_repeats_the_border(tmp_path: Path) -> None:
    scene = photograph(100, 80, 0)
    scene[:, :10] = 200
    write_picture(tmp_path / "images" / "a.png", scene)
    write_csv(tmp_path / "training.csv", AFFECTNET_HEADER, line("a.png", "-10,20,40,40", 0))
    face = create_dataset(tmp_path, "Training").images[0]
    # Ten columns outside and ten inside are bright: half of the box.
    assert (face[:, :23] == 200).all()
    assert (face[:, 25:] == 0).all()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            line("a.png", "200,20,40,40", 1),
            r"row 3: its face box \(x 200, y 20, 40x40\) is not in the picture of 100x80",
        ),
        (line("a.png", "30,20,0,40", 1), "row 3: its face box .* is not in the picture"),
        (line("a.png", "30,20,-4,40", 1), "row 3: its face box .* is not in the picture"),
        (line("a.png", "-1000000,20,2000000,40", 1), "row 3: its face box .* is not in the picture"),
        (line("a.png", "30,x,40,40", 1), r"row 3: its face box \(30, x, 40, 40\) is not four numbers"),
        (line("a.png", "30,nan,40,40", 1), "row 3: its face box .* is not four numbers"),
        (line("a.png", "30,20,40,40", 11), "row 3: its expression '11' is not 0 to 10"),
        (line("a.png", "30,20,40,40", "merry"), "row 3: its expression 'merry' is not 0 to 10"),
        (line("gone.png", "30,20,40,40", 1), r"row 3: there is no image .*gone\.png"),
        (line("text.png", "30,20,40,40", 1), r"row 3: .*text\.png is not an image"),
        (line("", "30,20,40,40", 1), "row 3: names no image"),
        ("a.png,30,20", "row 3: has 3 fields, not 9"),
    ],
)
def test_a_damaged_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    write_scene(tmp_path / "images" / "a.png")
    (tmp_path / "images" / "text.png").write_text("not a picture")
    listed = write_csv(tmp_path / "training.csv", AFFECTNET_HEADER, line("a.png", "30,20,40,40", 1), row)
    with pytest.raises(DatasetError, match=said) as caught:
        create_dataset(tmp_path, "Training")
    assert str(listed) in str(caught.value)


def test_half_a_layout_with_boxes_is_refused(tmp_path: Path) -> None:
    listed = write_csv(tmp_path / "training.csv", AFFECTNET_HEADER, line("a.png", "1,1,1,1", 8))
    with pytest.raises(DatasetError, match=r"holds no validation\.csv"):
        create_dataset(tmp_path, "PublicTest")
    with pytest.raises(DatasetError, match=r"training\.csv: no row has one of the eight"):
        create_dataset(tmp_path, "Training")
    with pytest.raises(DatasetError, match="holds no list of the split 'test'"):
        create_dataset(tmp_path, "test")
    write_csv(listed, AFFECTNET_HEADER.replace(",expression", ""), "a.png,1,1,1,1,x,1,1")
    with pytest.raises(DatasetError, match=r"training\.csv: has no column 'expression'"):
        create_dataset(tmp_path, "Training")
    write_csv(listed, AFFECTNET_HEADER, line("a.png", "1,1,1,1", 0))
    with pytest.raises(DatasetError, match=r"training\.csv: row 2: there is no image"):
        create_dataset(tmp_path, "Training")


def test_numbered_faces_are_read_with_numbers_as_text_or_not(tmp_path: Path) -> None:
    for number, expression in ((2, "6"), (10, 3), (11, "8"), (100, [0])):
        write_numbered(tmp_path / "train_set", number, expression, value=number)
    write_numbered(tmp_path / "val_set", 5, "7")
    training = create_dataset(tmp_path, "Training")
    assert training.names == ("2.jpg", "10.jpg", "100.jpg")
    assert [training.class_names[label] for label in training.labels] == ["angry", "surprise", "neutral"]
    assert [round(float(image.mean())) for image in training.images] == [2, 10, 100]
    assert create_dataset(tmp_path, "PublicTest").class_names == AFFECTNET_CLASSES


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("annotations/1_exp.npy", r"1_exp\.npy: no such file for 1\.jpg"),
        ("images/1.jpg", r"1\.jpg: no such file for 1_exp\.npy"),
    ],
)
def test_a_numbered_face_without_its_other_half_is_named(tmp_path: Path, spoil: str, said: str) -> None:
    for number in (1, 2):
        write_numbered(tmp_path / "train_set", number, "1")
    (tmp_path / "train_set" / spoil).unlink()
    with pytest.raises(DatasetError, match=said):
        create_dataset(tmp_path, "Training")


def test_damaged_numbered_files_are_named(tmp_path: Path) -> None:
    place = tmp_path / "train_set"
    write_numbered(place, 1, "12")
    with pytest.raises(DatasetError, match=r"1_exp\.npy: its expression '12' is not 0 to 10"):
        create_dataset(tmp_path, "Training")
    np.save(place / "annotations" / "1_exp.npy", np.array(["1", "2"]))
    with pytest.raises(DatasetError, match=r"1_exp\.npy: its expression '2 values'"):
        create_dataset(tmp_path, "Training")
    for content in (b"", b"no array", b"PK\x03\x04"):
        (place / "annotations" / "1_exp.npy").write_bytes(content)
        with pytest.raises(DatasetError, match=r"1_exp\.npy: is not a NumPy file"):
            create_dataset(tmp_path, "Training")
    np.save(place / "annotations" / "1_exp.npy", np.array("1"))
    (place / "images" / "1.jpg").write_bytes(b"")
    with pytest.raises(DatasetError, match=r"1\.jpg is not an image"):
        create_dataset(tmp_path, "Training")
    with pytest.raises(DatasetError, match="images: no such folder"):
        create_dataset(tmp_path, "PublicTest")
