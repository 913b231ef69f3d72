"""What a person reads for the choices that settings and files name by keys."""

from __future__ import annotations

from realtime_fer.core.enums import DetectorName, Film, Privacy, Sensitivity
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import translate

SIZES = ((640, 480), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
RATES = (10, 15, 24, 25, 30, 50, 60)


def privacy_titles() -> dict[str, str]:
    """How faces are shown, by the words of ``Privacy``."""
    return {
        Privacy.OFF: translate("Privacy", "Shown"),
        Privacy.BLUR: translate("Privacy", "Blurred"),
        Privacy.PIXELATE: translate("Privacy", "Pixelated"),
        Privacy.COVER: translate("Privacy", "Covered"),
    }


def sensitivity_titles() -> dict[str, str]:
    """How readily subtle expressions are named, by the words of ``Sensitivity``."""
    return {
        Sensitivity.STANDARD: translate("Sensitivity", "Standard"),
        Sensitivity.HIGHER: translate("Sensitivity", "Higher"),
        Sensitivity.OFF: translate("Sensitivity", "Off"),
    }


def sensitivity_tip(available: bool) -> str:
    """What the choice does, or why the model that runs has none."""
    if not available:
        return translate(
            "Sensitivity", "The model’s card does not say which expressions it favours, so nothing can be corrected."
        )
    return translate(
        "Sensitivity",
        "Networks favour what they saw most in training, such as neutral faces. Standard corrects part of that, "
        "Higher more of it: subtle expressions are named sooner, but sometimes wrongly.",
    )


def film_titles() -> dict[str, str]:
    """What a recording keeps, by the words of ``Film``."""
    return {
        Film.ANNOTATED: translate("Film", "Annotated video"),
        Film.CLEAN: translate("Film", "Clean video"),
        Film.BOTH: translate("Film", "Both videos"),
        Film.NONE: translate("Film", "Table only"),
    }


def language_titles() -> dict[str, str]:
    """Languages of the interface by their codes, each in its own words."""
    return {"": translate("Language", "System default"), "en": "English", "de": "Deutsch"}


def size_titles(settings: Settings, own: str) -> dict[str, str]:
    """Sizes that a camera is asked for, with the one that is set; ``own`` stands for the camera's."""
    sizes = {(settings.width, settings.height), *SIZES} - {(0, 0)}
    return {"0x0": own, **{f"{width}x{height}": f"{width} × {height}" for width, height in sorted(sizes)}}


def rate_titles(settings: Settings, own: str) -> dict[str, str]:
    """Pictures a second that a camera is asked for, likewise."""
    return {"0": own, **{str(rate): str(rate) for rate in sorted({settings.fps, *RATES} - {0})}}


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
    return f"{film_titles()[film]}, {faces}"


def detector_title(name: str) -> str:
    """What a person reads for a detector's name."""
    titles: dict[str, str] = {
        DetectorName.MEDIAPIPE: translate("Detector", "MediaPipe (near and far)"),
        DetectorName.MEDIAPIPE_NEAR: translate("Detector", "MediaPipe, near"),
        DetectorName.MEDIAPIPE_FAR: translate("Detector", "MediaPipe, far"),
        DetectorName.HAAR: translate("Detector", "Haar Cascade"),
        DetectorName.MEDIAPIPE_TASKS: translate("Detector", "MediaPipe's own runtime (contacts Google)"),
    }
    return titles.get(name, name)


def clock_duration(seconds: float) -> str:
    """'00:12' or '1:02:05', as on a recorder."""
    whole = max(0, int(seconds))
    minutes = f"{whole % 3600 // 60:02d}:{whole % 60:02d}"
    return f"{whole // 3600}:{minutes}" if whole >= 3600 else minutes
