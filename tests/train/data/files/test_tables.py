"""CSV files with every separator, mark and line end that people have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.made_up_folders import pixels
from train.data import DatasetError, create_dataset
from train.data.files.tables import MAX_FIELD, columns_of, table_rows
from train.data.labels_csv import read_labels

ROWS = [("emotion", "pixels", "Usage"), ("3", pixels(3), "Training"), ("6", pixels(6), "PublicTest")]


def written(path: Path, separator: str = ",", end: str = "\n", last: str = "", encoding: str = "utf-8") -> Path:
    text = end.join(separator.join(fields) for fields in ROWS) + end + last
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", " , ", " ; "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_fer2013_is_read_with_each_separator_line_end_and_mark(
    tmp_path: Path, separator: str, end: str, encoding: str
) -> None:
    path = written(tmp_path / "mine.csv", separator, end, encoding=encoding)
    training, validation = (create_dataset(path, usage) for usage in ("Training", "PublicTest"))
    assert [training.class_names[label] for label in training.labels] == ["happy"]
    assert [validation.class_names[label] for label in validation.labels] == ["neutral"]


@pytest.mark.parametrize("last", ["\n", "\r\n\r\n", "  \n", ",,\n"])
def test_blank_lines_hold_no_face(tmp_path: Path, last: str) -> None:
    path = written(tmp_path / "fer2013.csv", end="\r\n", last=last)
    assert len(create_dataset(path, "Training")) == len(create_dataset(path, "PublicTest")) == 1
    path.write_text("\n" + path.read_text())
    assert create_dataset(path, "Training").names == ("row 3",)


def test_a_table_of_tabs_may_be_called_tsv(tmp_path: Path) -> None:
    assert len(create_dataset(written(tmp_path / "fer2013.tsv", "\t"), "Training")) == 1


def test_labels_are_read_whatever_the_case_of_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes("\ufeffImage ; Split; EMOTION\r\na.png ; Train ; Happiness \r\n\r\n".encode())
    rows = read_labels(path, "train")
    assert [(row.image, row.expression_key(), row.where) for row in rows] == [("a.png", "happy", f"{path}: row 2")]


def test_a_row_of_another_length_and_a_missing_column_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n\n3\n")
    with pytest.raises(DatasetError, match=r"a\.csv: row 4: has 1 fields, not 2"):
        list(table_rows(path, ("a",)))
    with pytest.raises(DatasetError, match=r"a\.csv: has no column 'c'; it needs a, c\."):
        list(table_rows(path, ("a", "c")))
    path.write_text("\n\n")
    assert columns_of(path) == []
    with pytest.raises(DatasetError, match="has no column 'a'"):
        list(table_rows(path, ("a",)))


def test_a_field_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n" + "1" * (MAX_FIELD + 1))
    with pytest.raises(DatasetError, match="cannot be read as CSV: field larger than field limit"):
        list(table_rows(path, ("a",)))
