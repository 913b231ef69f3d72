from __future__ import annotations

import json
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path

import pytest

from realtime_fer.core.errors import SettingsError
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.settings_file import load_settings, save_settings
from realtime_fer.core.settings.table import TABLE

NUMBERS = [declared for declared in TABLE.values() if declared.kind in (int, float)]

#: Every file of an earlier version is read by a later one: names and words may be added, none is renamed.
SAVED = {
    "source": "auto",
    "model": "fer-s",
    "compare_model": "",
    "detector": "mediapipe",
    "mirror": True,
    "width": 0,
    "height": 0,
    "fps": 0,
    "min_confidence": 0.35,
    "smoothing_s": 0.3,
    "sensitivity": "standard",
    "blendshapes": False,
    "gaze": False,
    "threads": 2,
    "adapt_load": True,
    "privacy": "off",
    "overlay": "bars",
    "overlay_size": "medium",
    "overlay_contours": False,
    "overlay_mesh": False,
    "overlay_axes": False,
    "overlay_movements": False,
    "film": "annotated",
    "microphone": "",
    "recordings_folder": "",
    "jsonl": False,
    "ask_before_lossy": True,
    "live_websocket": False,
    "live_port": 8771,
    "live_view": False,
    "live_pages": "",
    "live_commands": False,
    "live_osc": "",
    "live_osc_scheme": "fer",
    "live_lsl": False,
    "live_lsl_network": False,
    "live_lsl_markers": "",
    "scale_percent": 100,
    "theme": "system",
    "language": "",
    "always_on_top": False,
    "timeline": False,
    "timeline_rows": "",
    "review_rows": "",
    "panel": True,
    "recent_sources": [],
    "own_expressions": False,
    "own_models": [],
    "triggers": [],
    "volume": 100,
    "muted": False,
    "welcomed": False,
    "window_geometry": "",
    "window_layout": "",
}

WORDS = {
    "detector": ["mediapipe", "mediapipe-near", "mediapipe-far", "haar", "mediapipe-tasks"],
    "sensitivity": ["standard", "higher", "off"],
    "privacy": ["off", "blur", "pixelate", "cover"],
    "overlay": ["bars", "label", "box", "off"],
    "overlay_size": ["small", "medium", "large"],
    "film": ["annotated", "clean", "both", "none"],
    "live_osc_scheme": ["fer", "vmc", "vrchat", "faceosc"],
    "theme": ["system", "light", "dark"],
}


def test_the_saved_names_and_words_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(), path)
    assert json.loads(path.read_text(encoding="utf-8")) == SAVED


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in WORDS.items() for word in words])
def test_every_word_that_was_ever_saved_is_read(tmp_path: Path, name: str, word: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({name: word}), encoding="utf-8")
    loaded, warning = load_settings(path)
    assert warning == ""
    assert getattr(loaded, name) is TABLE[name].kind(word), "as a member, not as a bare word"
    save_settings(loaded, path)
    assert json.loads(path.read_text(encoding="utf-8"))[name] == word


def test_the_table_has_each_setting_and_its_own_default_is_usable() -> None:
    assert list(TABLE) == [entry.name for entry in fields(Settings)]
    for name, declared in TABLE.items():
        assert declared.checked(declared.default) == declared.default == getattr(Settings(), name)


@pytest.mark.parametrize("declared", NUMBERS, ids=lambda declared: declared.name)
def test_a_number_is_taken_at_its_limits_and_refused_beyond(declared) -> None:
    low, high = declared.limits
    for value in (low, high, *declared.usual):
        assert declared.checked(declared.kind(value)) == value
    for value in (low - 1, high + 1, float("nan"), True, "1"):
        with pytest.raises(SettingsError, match=declared.name):
            replace(Settings(), **{declared.name: value})


def test_every_word_of_an_enumeration_has_a_title_of_its_own() -> None:
    with_words = {name: declared for name, declared in TABLE.items() if issubclass(declared.kind, StrEnum)}
    assert with_words.keys() == WORDS.keys()
    for name, declared in with_words.items():
        assert [choice.value for choice in declared.choices] == list(declared.kind) == WORDS[name]
        assert len({choice.title for choice in declared.choices}) == len(WORDS[name])
