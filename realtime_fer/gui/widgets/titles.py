"""What a person reads for settings and their values, in the person's language."""

from __future__ import annotations

from realtime_fer.core.enums import Film, Privacy
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.sound import SYSTEM_MICROPHONE
from realtime_fer.core.text.translation import translate


def setting_label(name: str) -> str:
    """With its mnemonic."""
    return translate("Setting", TABLE[name].label)


def setting_help(name: str) -> str:
    return _translated(TABLE[name].help)


def setting_note(name: str) -> str:
    return _translated(TABLE[name].note)


def _translated(text: str) -> str:
    return translate("Setting", text) if text else ""


def choice_titles(name: str) -> dict[str, str]:
    """The values of a setting that is one of fixed words, each with its title."""
    return {choice.value: translate("Setting", choice.title) for choice in TABLE[name].choices}


def choice_tips(name: str) -> dict[str, str]:
    return {choice.value: _translated(choice.tip) for choice in TABLE[name].choices}


def sensitivity_tip(available: bool) -> str:
    """What the choice does, or why it does nothing with the model that runs."""
    if not available:
        return translate(
            "Sensitivity", "The model’s card does not say which expressions it favours, so nothing can be corrected."
        )
    return setting_help("sensitivity")


def language_titles() -> dict[str, str]:
    """Languages of the interface by their codes, each in its own words."""
    return {"": translate("Language", "System default"), "en": "English", "de": "Deutsch"}


def size_titles(settings: Settings) -> dict[str, str]:
    """Frame sizes to ask a camera for, as '1280x720': the usual ones, the one that is set, and the camera's own."""
    usual = zip(TABLE["width"].usual, TABLE["height"].usual, strict=True)
    sizes = {(settings.width, settings.height), *usual} - {(0, 0)}
    titles = {f"{width}x{height}": f"{width} × {height}" for width, height in sorted(sizes)}
    return {"0x0": _camera_default(), **titles}


def rate_titles(settings: Settings) -> dict[str, str]:
    """Frame rates to ask a camera for, likewise."""
    rates = sorted({settings.fps, *TABLE["fps"].usual} - {0})
    return {"0": _camera_default(), **{str(rate): f"{rate} fps" for rate in rates}}


def _camera_default() -> str:
    return translate("Setting", "Camera default")


def kept_words(film: Film, privacy: Privacy) -> str:
    """What a recording that runs keeps, in a few words: 'Annotated video, faces blurred'."""
    if film is Film.NONE:
        return translate("Recording", "Table only, no video")
    faces = {
        Privacy.OFF: translate("Recording", "faces shown"),
        Privacy.BLUR: translate("Recording", "faces blurred"),
        Privacy.PIXELATE: translate("Recording", "faces pixelated"),
        Privacy.COVER: translate("Recording", "faces covered"),
    }[privacy]
    return f"{choice_titles('film')[film]}, {faces}"


def sound_words(microphone: str) -> str:
    """Whose sound a recording keeps; '' where it keeps none."""
    if microphone == SYSTEM_MICROPHONE:
        return translate("Recording", "With sound from the default microphone")
    return translate("Recording", "With sound from {microphone}").format(microphone=microphone) if microphone else ""


def live_words(is_on: bool, reaches_others: bool) -> str:
    """Where numbers go while they leave the program; '' where they do not."""
    if reaches_others:
        return translate("Live", "Sharing numbers with other computers")
    return translate("Live", "Sharing numbers with other programs") if is_on else ""


def detector_title(name: str) -> str:
    """The detector's title; an unknown name stays as it is."""
    return choice_titles("detector").get(name, name)


def clock_duration(seconds: float) -> str:
    """'00:12' or '1:02:05', as on a recorder."""
    whole = max(0, int(seconds))
    minutes = f"{whole % 3600 // 60:02d}:{whole % 60:02d}"
    return f"{whole // 3600}:{minutes}" if whole >= 3600 else minutes
