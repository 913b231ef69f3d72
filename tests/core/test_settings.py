import errno
import json
import os
import threading
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from realtime_fer.core.enums import Privacy
from realtime_fer.core.errors import SettingsError
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.settings_file import SettingsKeeper, load_settings, save_settings


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


NAMES = sorted(entry.name for entry in fields(Settings))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=5,
)
fuzzed = hypothesis_settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@fuzzed
@given(entries=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), json_values, max_size=6))
def test_hostile_entries_fall_back_each_by_itself(tmp_path: Path, entries: dict[str, Any]) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    loaded, warning = load_settings(path)
    # What was taken can be saved and is the same when it is read again.
    save_settings(loaded, path)
    assert load_settings(path) == (loaded, "")
    assert warning == "" or warning.endswith(".")


@fuzzed
@given(content=st.binary(max_size=60))
def test_bytes_that_are_no_settings_give_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded, warning = load_settings(path)
    if warning.startswith("The settings cannot be read"):
        assert loaded == Settings()
        assert (tmp_path / "settings.damaged").read_bytes() == content


@fuzzed
@given(length=st.integers(0, 400), places=st.dictionaries(st.integers(0, 400), st.integers(0, 255), max_size=4))
def test_settings_cut_short_or_with_flipped_bytes_never_stop_the_start(
    tmp_path: Path, length: int, places: dict[int, int]
) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(source="demo", mirror=False), path)
    content = bytearray(path.read_bytes())
    for place, value in places.items():
        content[place % len(content)] = value
    path.write_bytes(bytes(content[:length]))
    load_settings(path)


@pytest.mark.parametrize("content", [b"[" * 100_000, b"1" * 1_000_001, b"{}" + b" " * 1_000_000])
def test_settings_that_nobody_wrote_are_not_digested(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path)[0] == Settings()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_in_the_place_of_the_settings_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    os.mkfifo(path)
    loaded, warning = load_settings(path)
    assert loaded == Settings()
    assert warning


def test_a_full_disk_keeps_the_settings_that_were_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(source="demo"), path)

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("realtime_fer.core.settings.settings_file.write_private", full)
    with pytest.raises(SettingsError, match="No space left"):
        save_settings(Settings(source="0"), path)
    monkeypatch.undo()
    assert load_settings(path) == (Settings(source="demo"), "")
    assert list(tmp_path.iterdir()) == [path], "nothing half-written stays"


def test_programs_that_save_at_once_leave_the_settings_of_one_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    choices = [Settings(source=str(number), recent_sources=(str(number) * 500,)) for number in range(4)]
    # Each thread stands for a program of its own.
    monkeypatch.setattr(os, "getpid", threading.get_ident)
    save_settings(choices[0], path)
    together = threading.Barrier(len(choices) + 1)
    faults: list[str] = []

    def save_again_and_again(mine: Settings) -> None:
        together.wait(10)
        for _ in range(25):
            save_settings(mine, path)

    def load_again_and_again() -> None:
        together.wait(10)
        for _ in range(100):
            loaded, warning = load_settings(path)
            if warning or loaded not in choices:
                faults.append(warning)

    threads = [threading.Thread(target=save_again_and_again, args=(mine,)) for mine in choices]
    threads.append(threading.Thread(target=load_again_and_again))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert load_settings(path)[0] in choices
    assert list(tmp_path.iterdir()) == [path]


def test_what_only_the_command_line_said_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    keeper = SettingsKeeper(path, Settings(mirror=False), {"privacy": Privacy.BLUR, "model": "other"})
    assert keeper.first == Settings(mirror=False, privacy=Privacy.BLUR, model="other")
    keeper.keep(keeper.first)
    assert not path.exists()
    keeper.keep(replace(keeper.first, smoothing_s=1.0))
    assert load_settings(path)[0] == Settings(mirror=False, smoothing_s=1.0)


def test_what_a_person_changed_is_kept_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    keeper = SettingsKeeper(path, Settings(), {"privacy": Privacy.BLUR})
    keeper.keep(replace(keeper.first, privacy=Privacy.COVER))
    assert load_settings(path)[0].privacy is Privacy.COVER


def test_settings_are_written_only_when_they_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    keeper = SettingsKeeper(path, Settings(), {})
    keeper.keep(Settings(mirror=False))
    path.unlink()
    keeper.keep(Settings(mirror=False))
    assert not path.exists()
    keeper.keep(Settings(mirror=False), always=True)
    assert path.exists()
