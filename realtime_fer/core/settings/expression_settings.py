"""Settings: how faces are read, and whether they are hidden."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.enums import Privacy, Sensitivity
from realtime_fer.core.settings.sections import EXPRESSIONS, PRIVACY
from realtime_fer.core.settings.setting import ANNOTATE, BENCH, LIVE, WINDOW, Choice, setting


@dataclass(frozen=True)
class ExpressionSettings:
    """How faces are read, and whether they are hidden.

    Attributes:
        smoothing_s: time constant, seconds; 0 is off.
        adapt_load: the program does less (``core.degradation``) when the computer cannot keep up.
    """

    min_confidence: float = setting(
        0.35,
        "Minimum &confidence",
        help="Expressions below this confidence are shown as uncertain.",
        limits=(0.0, 1.0),
        step=0.01,
        unit="%",
        panel=True,
        section=EXPRESSIONS,
        option="--min-confidence",
        commands=(ANNOTATE, LIVE),
        option_help="less probable expressions are shown as uncertain",
        recorded=True,
    )
    smoothing_s: float = setting(
        0.3,
        "&Smoothing",
        help="Average each face’s values over this time: a longer time is steadier, a shorter one reacts faster.",
        limits=(0.0, 5.0),
        step=0.1,
        unit="s",
        panel=True,
        section=EXPRESSIONS,
        option="--smoothing",
        commands=(ANNOTATE, LIVE),
        option_help="time constant of the smoothing in seconds; 0 turns it off",
        recorded=True,
    )
    sensitivity: Sensitivity = setting(
        Sensitivity.STANDARD,
        "Sensitivity to subtle e&xpressions",
        help=(
            "Networks favour what they saw most in training, such as neutral faces. Standard corrects part of that, "
            "Higher more of it: subtle expressions are named sooner, but sometimes wrongly."
        ),
        choices=(
            Choice(Sensitivity.STANDARD, "Standard"),
            Choice(Sensitivity.HIGHER, "Higher"),
            Choice(Sensitivity.OFF, "Off"),
        ),
        panel=True,
        section=EXPRESSIONS,
        option="--sensitivity",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="sensitivity to subtle expressions: how far the model's bias towards common ones is removed",
        recorded=True,
    )
    blendshapes: bool = setting(
        False,
        "Measure blendshapes for a&vatars",
        help="52 values of each face under ARKit’s names, in tables and live numbers",
        note="Needs Google’s file: realtime-fer fetch-detectors --blendshapes",
        section=EXPRESSIONS,
        option="--blendshapes",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="also measure 52 blendshapes of each face, by ARKit's names; slower, and needs Google's file: "
        "realtime-fer fetch-detectors --blendshapes",
        recorded=True,
    )
    gaze: bool = setting(
        False,
        "Estimate gaze directi&on",
        help="Whether they look at the camera, or left, right, up or down: coarse, and slower",
        section=EXPRESSIONS,
        option="--gaze",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="also find where each face looks: left, centre, right, up or down, which is coarse; slower",
        recorded=True,
    )
    threads: int = setting(
        2,
        "Model t&hreads",
        limits=(1, 64),
        section=EXPRESSIONS,
        at_once=False,
        option="--threads",
        commands=(WINDOW, ANNOTATE, BENCH, LIVE),
        option_help="CPU threads of the model",
        recorded=True,
    )
    adapt_load: bool = setting(
        True, "Reduce &load when this computer cannot keep up", section=EXPRESSIONS, recorded=True
    )
    privacy: Privacy = setting(
        Privacy.OFF,
        "F&ace privacy",
        help="Hide faces on screen and in everything that is saved (B)",
        choices=(
            Choice(Privacy.OFF, "Off"),
            Choice(Privacy.BLUR, "Blur"),
            Choice(Privacy.PIXELATE, "Pixelate"),
            Choice(Privacy.COVER, "Cover"),
        ),
        panel=True,
        section=PRIVACY,
        option="--privacy",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="how faces are hidden in everything shown or saved",
        recorded=True,
    )
