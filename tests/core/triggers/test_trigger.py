from __future__ import annotations

import json
from pathlib import Path

import pytest

from realtime_fer.core.errors import SettingsError, TriggerError
from realtime_fer.core.triggers.confirmed import ConfirmedCommands
from realtime_fer.core.triggers.targets import (
    HttpTarget,
    OscTarget,
    command_words,
    http_target,
    is_this_computer,
    osc_target,
)
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger, read_triggers, trigger_from, triggers_of
from realtime_fer.core.triggers.words import trigger_sentence

MARKER = Action(ActionKind.MARKER)


def test_what_is_kept_comes_back() -> None:
    trigger = Trigger(
        "happy",
        (Action(ActionKind.MARKER, " a  smile "), Action(ActionKind.OSC, "127.0.0.1:9000 /cue 3")),
        " Anna ",
        1.5,
        80,
        0,
        False,
    )
    assert trigger_from(json.loads(trigger.as_json())) == trigger
    assert (trigger.person, trigger.actions[0].text) == ("Anna", "a smile")


def test_one_of_an_own_expression_keeps_its_name() -> None:
    trigger = Trigger("own_deep_thought", (MARKER,), own_name="Deep thought")
    assert trigger_from(json.loads(trigger.as_json())) == trigger
    assert trigger_sentence(trigger).startswith("When anyone shows “Deep thought” for 1 s")
    assert Trigger("own_deep_thought", (MARKER,)).own_name == "deep thought"
    with pytest.raises(TriggerError):
        Trigger("own_../x", (MARKER,))


def test_what_is_left_out_of_a_file_gets_its_default(tmp_path: Path) -> None:
    path = tmp_path / "triggers.json"
    path.write_text('[{"expression": "happy", "actions": ["sound", {"do": "snapshot"}], "new": 1}]')
    assert read_triggers(path) == [
        Trigger("happy", (Action(ActionKind.SOUND, "middle"), Action(ActionKind.SNAPSHOT)), "", 1.0, 70, 10.0)
    ]


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "7",
        '{"expression": "happy"}',
        '{"expression": "bored", "actions": ["marker"]}',
        '{"expression": "happy", "actions": []}',
        '{"expression": "happy", "actions": ["marker", "marker"]}',
        '{"expression": "happy", "actions": ["start_recording", "stop_recording"]}',
        '{"expression": "happy", "actions": ["jump"]}',
        '{"expression": "happy", "actions": ["command"]}',
        '{"expression": "happy", "actions": [{"do": "sound", "text": "loud"}]}',
        '{"expression": "happy", "actions": [{"do": "marker", "text": 7}]}',
        '{"expression": "happy", "actions": ["marker"], "hold_s": 0.1}',
        '{"expression": "happy", "actions": ["marker"], "hold_s": NaN}',
        '{"expression": "happy", "actions": ["marker"], "percent": 100}',
        '{"expression": "happy", "actions": ["marker"], "on": "yes"}',
    ],
)
def test_a_file_that_holds_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "triggers.json"
    path.write_text(content)
    with pytest.raises(TriggerError):
        read_triggers(path)


def test_one_bad_entry_of_the_settings_does_not_cost_the_others() -> None:
    kept, sentence = triggers_of(["{", Trigger("sad", (MARKER,)).as_json()])
    assert [one.expression for one in kept] == ["sad"]
    assert sentence


def test_targets_on_this_computer() -> None:
    assert osc_target("localhost:9000 /a/b 3 0.5 'two words'") == OscTarget(
        "localhost", 9000, "/a/b", (3, 0.5, "two words")
    )
    assert osc_target("[::1]:9000 /a") == OscTarget("::1", 9000, "/a")
    assert http_target("http://127.0.0.1/a?b=c") == HttpTarget("POST", "127.0.0.1", 80, "/a?b=c")
    assert http_target("get http://localhost:81") == HttpTarget("GET", "localhost", 81, "/")
    assert command_words("say 'very good' $HOME;ls") == ["say", "very good", "$HOME;ls"]


@pytest.mark.parametrize("host", ["192.168.1.4", "example.org", "127.0.0.1.example.org", "0.0.0.0", "::", ""])
def test_no_other_computer(host: str) -> None:
    assert not is_this_computer(host)
    for make, text in (
        (osc_target, f"[{host}]:9000 /a" if host == "::" else f"{host}:9000 /a"),
        (http_target, f"http://{host}/a"),
    ):
        with pytest.raises(TriggerError):
            make(text)


@pytest.mark.parametrize("text", ["", "127.0.0.1", "127.0.0.1:9000", "127.0.0.1:9000 a", "127.0.0.1:x /a", "'"])
def test_no_osc_message(text: str) -> None:
    with pytest.raises(TriggerError):
        osc_target(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://me:secret@127.0.0.1/",
        "PUT http://127.0.0.1/",
        "http://127.0.0.1/ä",
    ],
)
def test_no_http_address(text: str) -> None:
    with pytest.raises(TriggerError):
        http_target(text)


def test_the_sentence_says_it_all() -> None:
    trigger = Trigger("happy", (Action(ActionKind.MARKER, "smile"), Action(ActionKind.COMMAND, "say hi")), "Anna")
    assert trigger_sentence(trigger) == (
        "When Anna shows “Happy” for 1 s with at least 70\u00a0%: marker “smile”, command say hi. At most every 10 s."
    )
    assert trigger_sentence(Trigger("sad", (MARKER,), rest_s=0)) == (
        "When anyone shows “Sad” for 1 s with at least 70\u00a0%: marker."
    )


def test_a_command_is_confirmed_on_this_computer_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "confirmed.json"
    confirmed = ConfirmedCommands(path)
    assert not confirmed.is_confirmed("say hi")
    confirmed.confirm("say hi")
    assert ConfirmedCommands(path).is_confirmed("say hi")
    assert not ConfirmedCommands(path).is_confirmed("say ho")
    assert path.stat().st_mode & 0o077 == 0
    assert "say" not in path.read_text()
    path.write_text('{"salt": 1}')
    assert not ConfirmedCommands(path).is_confirmed("say hi")


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError):
        ConfirmedCommands(tmp_path / "file" / "confirmed.json").confirm("say hi")
