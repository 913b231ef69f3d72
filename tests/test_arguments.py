"""What the command line takes of the settings comes from their table, and nothing is written a second time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realtime_fer.arguments import values
from realtime_fer.arguments.parser import build_parser
from realtime_fer.arguments.settings import window_settings
from realtime_fer.core.enums import Privacy
from realtime_fer.core.settings import Settings, table
from realtime_fer.core.settings.setting import ANNOTATE, BENCH, SERVE, WINDOW
from realtime_fer.core.settings.table import TABLE, options_of

#: Before the options of each command.
BEGINNINGS = {WINDOW: [], ANNOTATE: ["annotate", "demo"], BENCH: ["bench"], SERVE: ["serve"]}


def attribute(option: str) -> str:
    return option.removeprefix("--").replace("-", "_")


def parse(command: str, *words: str):
    return build_parser().parse_args([*BEGINNINGS[command], *words])


def test_what_the_window_is_not_told_is_none_and_has_the_names_of_the_settings() -> None:
    parsed = vars(parse(WINDOW))
    names = [declared.name for declared in options_of(WINDOW)]
    assert len(names) >= 12
    assert {parsed[name] for name in names} == {None}


@pytest.mark.parametrize("command", [ANNOTATE, BENCH, SERVE])
def test_a_command_has_the_settings_defaults(command: str) -> None:
    parsed = vars(parse(command))
    for declared in options_of(command):
        # Only a detector that was asked for has no fallback.
        expected = None if declared.name == "detector" else declared.default
        assert parsed[attribute(declared.option)] == expected, declared.option


@pytest.mark.parametrize("command", [WINDOW, ANNOTATE, BENCH])
def test_a_number_is_taken_at_its_limits_and_refused_beyond(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = [declared for declared in options_of(command) if declared.kind in (int, float)]
    assert numbers
    for declared in numbers:
        for limit in declared.limits:
            given = vars(parse(command, declared.option, f"{limit:g}"))
            assert given[attribute(declared.option)] == limit
        with pytest.raises(SystemExit):
            parse(command, declared.option, f"{declared.limits[1] + 1:g}")
        assert declared.option in capsys.readouterr().err


@pytest.mark.parametrize("command", BEGINNINGS)
def test_a_word_comes_as_its_type_and_an_unknown_one_is_refused_with_those_there_are(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [declared for declared in options_of(command) if declared.choices]
    assert words
    for declared in words:
        for choice in declared.choices:
            given = vars(parse(command, declared.option, str(choice.value)))
            assert given[declared.name if command == WINDOW else attribute(declared.option)] is choice.value
        with pytest.raises(SystemExit):
            parse(command, declared.option, "no-such-word")
        assert all(f"'{choice.value}'" in capsys.readouterr().err for choice in declared.choices[:1])


def test_another_default_and_another_limit_in_the_table_are_the_options_too(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {**TABLE, "smoothing_s": replace(TABLE["smoothing_s"], default=0.7, limits=(0.0, 9.0))}
    monkeypatch.setattr(table, "TABLE", changed)
    assert values.options_of is table.options_of
    assert parse(ANNOTATE).smoothing == 0.7
    assert parse(ANNOTATE, "--smoothing", "9").smoothing == 9


def test_the_window_gets_only_what_was_given_as_settings() -> None:
    assert window_settings(parse(WINDOW)) == {}
    given = window_settings(parse(WINDOW, "--source", "0", "--no-mirror", "--privacy", "blur", "--fps", "0"))
    assert given == {"source": "0", "mirror": False, "privacy": Privacy.BLUR, "fps": 0}
    assert replace(Settings(), **given).privacy is Privacy.BLUR
