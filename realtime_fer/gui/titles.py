"""What a person reads for the choices that settings and files name by keys."""

from __future__ import annotations

from realtime_fer.core.translation import translate


def privacy_titles() -> dict[str, str]:
    """How faces are shown, by the keys of ``core.settings.PRIVACY``."""
    return {
        "off": translate("Privacy", "Shown"),
        "blur": translate("Privacy", "Blurred"),
        "pixelate": translate("Privacy", "Pixelated"),
        "cover": translate("Privacy", "Covered"),
    }


def film_titles() -> dict[str, str]:
    """What a recording keeps, by the keys of ``core.settings.FILMS``."""
    return {
        "annotated": translate("Film", "Film with drawings"),
        "clean": translate("Film", "Film without drawings"),
        "both": translate("Film", "Both films"),
        "none": translate("Film", "Numbers only"),
    }


def language_titles() -> dict[str, str]:
    """Languages of the interface by their codes, each in its own words."""
    return {"": translate("Language", "As the system"), "en": "English", "de": "Deutsch"}


def kept_words(film: str, privacy: str) -> str:
    """What a recording that runs keeps, in a few words: 'Film with drawings, faces blurred'."""
    if film == "none":
        return translate("Recording", "Numbers only, no film")
    faces = {
        "off": translate("Recording", "faces shown"),
        "blur": translate("Recording", "faces blurred"),
        "pixelate": translate("Recording", "faces pixelated"),
        "cover": translate("Recording", "faces covered"),
    }[privacy]
    return f"{film_titles()[film]}, {faces}"
