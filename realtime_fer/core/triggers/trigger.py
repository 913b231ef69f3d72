"""One trigger: which expression of whom, held how long, makes what happen. Kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import TriggerError, reason_of
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.own_values import OWN_PREFIX, is_own_key
from realtime_fer.core.people import clean_name
from realtime_fer.core.triggers.targets import command_words, http_target, osc_target

#: Of the settings or of a file; more are left out.
MOST_TRIGGERS = 50

#: Characters of an action's text.
LONGEST_TEXT = 1000

#: Least and greatest of each number. Nothing fires at single frames.
HOLD_S = (0.2, 60.0)
PERCENT = (1, 99)
REST_S = (0.0, 3600.0)

_LONGEST_FILE = 200_000


class ActionKind(StrEnum):
    """What a trigger does; the words of its file."""

    MARKER = "marker"
    SNAPSHOT = "snapshot"
    SOUND = "sound"
    START_RECORDING = "start_recording"
    STOP_RECORDING = "stop_recording"
    OSC = "osc"
    HTTP = "http"
    COMMAND = "command"


class Sound(StrEnum):
    """The text of a sound: which one."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True)
class Action:
    """One thing that a trigger does.

    Attributes:
        text: of a marker, '' for number and expression; of a sound, which one; of an OSC or HTTP message, its target;
            the command. All others have none.

    Raises:
        TriggerError: the text is none of that kind.
    """

    kind: ActionKind
    text: str = ""

    def __post_init__(self) -> None:
        text = " ".join(self.text.split()) if self.kind is ActionKind.MARKER else self.text.strip()
        object.__setattr__(self, "text", text)
        if len(text) > LONGEST_TEXT:
            raise TriggerError("A trigger's text may have at most {most} characters.", most=LONGEST_TEXT)
        if self.kind is ActionKind.SOUND and text not in tuple(Sound):
            raise TriggerError("A sound must be one of {known}.", known=", ".join(Sound))
        check = {ActionKind.OSC: osc_target, ActionKind.HTTP: http_target, ActionKind.COMMAND: command_words}
        if self.kind in check:
            check[self.kind](text)


@dataclass(frozen=True)
class Trigger:
    """A rule.

    Attributes:
        expression: its key; of an expression that the person taught, the name of its column.
        person: the name of whom, in any case; '' for anyone.
        hold_s: for how long the label has to be held.
        percent: the least value all that time, as shown: of the smoothed probability, or of the own expression.
        rest_s: this long it does not fire again, whoever is seen; 0 for no such time.
        is_on: it fires.
        own_name: what the person calls the own expression; '' for an expression of the networks.

    Raises:
        TriggerError: a value is out of range, or there is no action.
    """

    expression: str
    actions: tuple[Action, ...]
    person: str = ""
    hold_s: float = 1.0
    percent: int = 70
    rest_s: float = 10.0
    is_on: bool = True
    own_name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "person", clean_name(self.person))
        of_own = clean_name(self.own_name) or self.expression.removeprefix(OWN_PREFIX).replace("_", " ")
        object.__setattr__(self, "own_name", of_own if self.is_own else "")
        if self.expression not in EXPRESSION_KEYS and not self.is_own:
            raise TriggerError("'{word}' is not an expression.", word=self.expression)
        for name, value, (low, high) in (
            ("hold_s", self.hold_s, HOLD_S),
            ("percent", self.percent, PERCENT),
            ("rest_s", self.rest_s, REST_S),
        ):
            if not low <= value <= high:
                raise TriggerError(
                    "A trigger's '{name}' must be {low:g} to {high:g}.", name=name, low=float(low), high=float(high)
                )
        kinds = [action.kind for action in self.actions]
        if not kinds:
            raise TriggerError("A trigger needs at least one action.")
        if len(set(kinds)) < len(kinds) or {ActionKind.START_RECORDING, ActionKind.STOP_RECORDING} <= set(kinds):
            raise TriggerError("A trigger can do each thing only once, and cannot both start and stop a recording.")

    @property
    def is_own(self) -> bool:
        """It waits for an expression that the person taught."""
        return is_own_key(self.expression)

    def action(self, kind: ActionKind) -> Action | None:
        return next((action for action in self.actions if action.kind is kind), None)

    def as_object(self) -> dict[str, Any]:
        """For ``json.dumps``."""
        return {
            "expression": self.expression,
            **({"own_name": self.own_name} if self.is_own else {}),
            "person": self.person,
            "hold_s": self.hold_s,
            "percent": self.percent,
            "rest_s": self.rest_s,
            "on": self.is_on,
            "actions": [{"do": str(one.kind), **({"text": one.text} if one.text else {})} for one in self.actions],
        }

    def as_json(self) -> str:
        return json.dumps(self.as_object(), ensure_ascii=False)


def trigger_from(values: Any) -> Trigger:
    """From what ``Trigger.as_object`` gives; what is left out gets its default, and what is unknown is ignored.

    Raises:
        TriggerError: it is no trigger.
    """
    if not isinstance(values, dict) or not isinstance(values.get("actions"), list):
        raise TriggerError("A trigger must be an object with 'expression' and a list of 'actions'.")
    actions = []
    for entry in values["actions"]:
        entry = {"do": entry} if isinstance(entry, str) else entry
        if not isinstance(entry, dict) or entry.get("do") not in tuple(ActionKind):
            raise TriggerError("A trigger's action must be one of {known}.", known=", ".join(ActionKind))
        kind = ActionKind(entry["do"])
        text = entry.get("text", Sound.MIDDLE if kind is ActionKind.SOUND else "")
        actions.append(Action(kind, _of_kind(text, "text", str)))
    return Trigger(
        _of_kind(values.get("expression"), "expression", str),
        tuple(actions),
        _of_kind(values.get("person", ""), "person", str),
        float(_of_kind(values.get("hold_s", Trigger.hold_s), "hold_s", int, float)),
        _of_kind(values.get("percent", Trigger.percent), "percent", int),
        float(_of_kind(values.get("rest_s", Trigger.rest_s), "rest_s", int, float)),
        _of_kind(values.get("on", True), "on", bool),
        _of_kind(values.get("own_name", ""), "own_name", str),
    )


def _of_kind(value: Any, name: str, *kinds: type) -> Any:
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TriggerError("A trigger's '{name}' is of the wrong kind.", name=name)
    return value


def triggers_of(texts: Sequence[str]) -> tuple[list[Trigger], str]:
    """The triggers that the settings keep, and why the first that cannot be read was left out, or ''."""
    triggers, sentence = [], ""
    for text in texts[:MOST_TRIGGERS]:
        try:
            triggers.append(trigger_from(json.loads(text)))
        except TriggerError as error:
            sentence = sentence or error.sentence()
        except (ValueError, RecursionError):
            sentence = sentence or TriggerError("It is not JSON.").sentence()
    return triggers, sentence


def read_triggers(path: Path) -> list[Trigger]:
    """Of a JSON file that holds a list of triggers, or one.

    Raises:
        TriggerError: it cannot be read, or one of them is none.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_FILE + 1)
        entries = json.loads(content) if len(content) <= _LONGEST_FILE else None
    except OSError as error:
        raise TriggerError("'{path}' cannot be read: {reason}.", path=path, reason=reason_of(error)) from error
    except (ValueError, RecursionError):
        entries = None
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_TRIGGERS:
        raise TriggerError("'{path}' is not a JSON file of 1 to {most} triggers.", path=path, most=MOST_TRIGGERS)
    return [trigger_from(entry) for entry in entries]
