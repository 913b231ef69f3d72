from __future__ import annotations

import json
from pathlib import Path

import pytest

from realtime_fer.core.errors import RestingFaceError
from realtime_fer.core.face_features.movements import MOVEMENT_KEYS
from realtime_fer.core.face_features.resting_face import RestingFace, file_name_of, read_resting_face

MEASURES = tuple(0.1 * number for number in range(len(MOVEMENT_KEYS)))
FACE = RestingFace("Anna", "fer-s", "a" * 64, ("neutral", "happy", "sad"), (-1.0, -2.5, -0.5), MEASURES, "2026-03-01")


def written(folder: Path, **changes: object) -> Path:
    path = folder / "anna.resting-face.json"
    path.write_text(json.dumps(json.loads(FACE.as_json()) | changes), "utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert read_resting_face(written(tmp_path)) == FACE
    assert read_resting_face(written(tmp_path, measures=[])).measures == ()
    assert set(json.loads(FACE.as_json())) == {
        *("format", "version", "name", "model", "model_sha256", "class_names", "mean_logs", "measures", "made")
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": "another"}, "is not a resting face."),
        ({"version": 2}, "later version"),
        ({"name": 5}, "is damaged"),
        ({"class_names": ["neutral", "neutral", "sad"]}, "is damaged"),
        ({"class_names": []}, "is damaged"),
        ({"mean_logs": [-1.0, -2.5]}, "is damaged"),
        ({"mean_logs": [-1.0, -2.5, 3.0]}, "is damaged"),
        ({"mean_logs": [-1.0, -2.5, float("nan")]}, "is damaged"),
        ({"measures": [1, 2]}, "is damaged"),
        ({"measures": "many"}, "is damaged"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(RestingFaceError) as refused:
        read_resting_face(written(tmp_path, **changes))
    assert sentence in refused.value.sentence()


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff[")
    for name, sentence in (
        ("a.json", "is not a resting face"),
        ("gone.json", "cannot be read"),
        (".", "cannot be read"),
    ):
        with pytest.raises(RestingFaceError, match=sentence):
            read_resting_face(tmp_path / name)


def test_a_name_never_leaves_the_folder() -> None:
    assert file_name_of("Anna  Müller") == "Anna Müller.resting-face.json"
    assert file_name_of("../../etc/passwd") == "etcpasswd.resting-face.json"
    assert file_name_of(" ./\\ ") == ""
