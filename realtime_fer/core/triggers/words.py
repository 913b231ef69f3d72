"""A trigger in plain words."""

from __future__ import annotations

from realtime_fer.core.expressions import expression_named
from realtime_fer.core.text.numbers import percent, significant
from realtime_fer.core.text.translation import translate
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.trigger import Action, ActionKind, Sound, Trigger


def sound_title(sound: str) -> str:
    return {
        Sound.LOW: translate("Trigger", "Low"),
        Sound.MIDDLE: translate("Trigger", "Middle"),
        Sound.HIGH: translate("Trigger", "High"),
    }[Sound(sound)]


def action_words(action: Action) -> str:
    """'snapshot', or 'marker “smile”'."""
    text = action.text
    match action.kind:
        case ActionKind.MARKER if text:
            return translate("Trigger", "marker “{text}”").format(text=text)
        case ActionKind.MARKER:
            return translate("Trigger", "marker")
        case ActionKind.SNAPSHOT:
            return translate("Trigger", "snapshot")
        case ActionKind.SOUND:
            return translate("Trigger", "sound ({pitch})").format(pitch=sound_title(text).lower())
        case ActionKind.START_RECORDING:
            return translate("Trigger", "start recording")
        case ActionKind.STOP_RECORDING:
            return translate("Trigger", "stop recording")
        case ActionKind.OSC:
            return translate("Trigger", "OSC message {text}").format(text=text)
        case ActionKind.HTTP:
            return translate("Trigger", "HTTP message {text}").format(text=text)
        case ActionKind.COMMAND:
            return translate("Trigger", "command {text}").format(text=text)


def expression_title(trigger: Trigger) -> str:
    """Of what it waits for, in the person's language; of an own expression, the name that they gave it."""
    return trigger.own_name if trigger.is_own else expression_named(trigger.expression).title


def trigger_sentence(trigger: Trigger) -> str:
    """The whole rule."""
    if trigger.person:
        template = translate(
            "Trigger", "When {name} shows “{expression}” for {hold} s with at least {percent}: {actions}."
        )
    else:
        template = translate(
            "Trigger", "When anyone shows “{expression}” for {hold} s with at least {percent}: {actions}."
        )
    sentence = template.format(
        name=trigger.person,
        expression=expression_title(trigger),
        hold=significant(trigger.hold_s),
        percent=percent(trigger.percent / 100),
        actions=", ".join(map(action_words, trigger.actions)),
    )
    if not trigger.rest_s:
        return sentence
    rest = translate("Trigger", "At most every {rest} s.").format(rest=significant(trigger.rest_s))
    return f"{sentence} {rest}"


def marker_words(fired: Fired) -> str:
    """What a marker that has no text of its own says: '#3 happy', in English, as files are, and without a name."""
    return f"#{fired.seen.person} {fired.trigger.own_name or fired.trigger.expression}"
