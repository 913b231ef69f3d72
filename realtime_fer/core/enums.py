"""Choices that settings file, recordings, command line and window name by the same words."""

from __future__ import annotations

from enum import StrEnum


class Privacy(StrEnum):
    """How faces are hidden, in the view and in everything saved."""

    OFF = "off"
    BLUR = "blur"
    PIXELATE = "pixelate"
    COVER = "cover"


class Film(StrEnum):
    """Which frames the video of a recording or of ``annotate`` shows."""

    ANNOTATED = "annotated"
    CLEAN = "clean"
    #: An annotated and a clean video.
    BOTH = "both"
    #: No video, tables only.
    NONE = "none"


class Overlay(StrEnum):
    """What is drawn over each face, from most to least."""

    #: Box, label and the bars of all probabilities.
    BARS = "bars"
    #: Box and label.
    LABEL = "label"
    BOX = "box"
    OFF = "off"


class OverlaySize(StrEnum):
    """How large labels and bars are."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Sensitivity(StrEnum):
    """How readily subtle expressions are named: how much of the network's prior is taken back."""

    STANDARD = "standard"
    HIGHER = "higher"
    OFF = "off"


class ThemeChoice(StrEnum):
    """The window's colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class OscScheme(StrEnum):
    """Under which addresses numbers go out as OSC."""

    #: Of this program: /fer/1/happy and so on.
    FER = "fer"
    #: Virtual Motion Capture: blend shapes of an avatar.
    VMC = "vmc"
    #: Parameters of a VRChat avatar.
    VRCHAT = "vrchat"
    #: As FaceOSC sends.
    FACEOSC = "faceosc"


class DetectorName(StrEnum):
    """The face detectors, the default one first."""

    MEDIAPIPE = "mediapipe"
    MEDIAPIPE_NEAR = "mediapipe-near"
    MEDIAPIPE_FAR = "mediapipe-far"
    HAAR = "haar"
    MEDIAPIPE_TASKS = "mediapipe-tasks"


#: Runs MediaPipe's own runtime, which contacts Google; for comparison only.
CONTACTS_GOOGLE = DetectorName.MEDIAPIPE_TASKS
