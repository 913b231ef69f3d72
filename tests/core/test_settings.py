import json
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.errors import SettingsError
from realtime_fer.core.settings import Settings, load_settings, save_settings


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = Settings(source="demo", mirror=False, smoothing_s=1.5, width=1920)
    save_settings(settings, path)
    assert load_settings(path) == (settings, "")
    assert list(path.parent.iterdir()) == [path]


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == (Settings(), "")


def test_a_damaged_file_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{ no")
    settings, warning = load_settings(path)
    assert settings == Settings()
    assert "settings.damaged" in warning
    assert (tmp_path / "settings.damaged").read_text() == "{ no"
    assert not path.exists()


def test_one_bad_entry_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"mirror": False, "smoothing_s": -1, "detector": "eye", "of_tomorrow": 1}))
    settings, warning = load_settings(path)
    assert settings == Settings(mirror=False)
    assert "smoothing_s" in warning
    assert "detector" in warning


@pytest.mark.parametrize(
    "wrong", [{"mirror": 1}, {"fps": 1.5}, {"fps": True}, {"min_confidence": 2}, {"detector": "eye"}, {"source": 3}]
)
def test_a_wrong_value_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        Settings(**wrong)  # type: ignore[arg-type]


def test_an_unwritable_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be saved"):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_recent_sources_come_back_as_they_were_and_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(recent_sources=tuple(map(str, range(20)))), path)
    assert load_settings(path) == (Settings(recent_sources=tuple(map(str, range(8)))), "")


@pytest.mark.parametrize("wrong", [{"recent_sources": [1]}, {"privacy": "maybe"}, {"film": ""}, {"scale_percent": 90}])
def test_choices_that_there_are_not_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Settings(**wrong)
