"""Settings: what is drawn over each face."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.enums import Overlay, OverlaySize
from realtime_fer.core.settings.sections import OVERLAY
from realtime_fer.core.settings.setting import ANNOTATE, LIVE, WINDOW, Choice, setting


@dataclass(frozen=True)
class OverlaySettings:
    """What is drawn over each face."""

    overlay: Overlay = setting(
        Overlay.BARS,
        "Sho&w over each face",
        help="On screen and in annotated videos and pictures (O)",
        choices=(
            Choice(Overlay.BARS, "Box, label and bars"),
            Choice(Overlay.LABEL, "Box and label"),
            Choice(Overlay.BOX, "Box only"),
            Choice(Overlay.OFF, "Nothing"),
        ),
        section=OVERLAY,
        option="--overlay",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="what is drawn over each face, on screen and in annotated videos and pictures",
        recorded=True,
    )
    overlay_size: OverlaySize = setting(
        OverlaySize.MEDIUM,
        "Label si&ze",
        help="Size of labels and bars on screen and in annotated videos and pictures (Shift+O)",
        choices=(
            Choice(OverlaySize.SMALL, "Small"),
            Choice(OverlaySize.MEDIUM, "Medium"),
            Choice(OverlaySize.LARGE, "Large"),
        ),
        section=OVERLAY,
        option="--overlay-size",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="size of labels and bars",
        recorded=True,
    )
    overlay_contours: bool = setting(
        False,
        "Conto&urs of eyes, brows, mouth and face",
        help="For up to four faces that are followed by their points, with a MediaPipe detector (E)",
        section=OVERLAY,
        option="--overlay-contours",
        commands=(WINDOW, ANNOTATE),
        option_help="draw the contours of eyes, brows, mouth and face over up to four faces",
        recorded=True,
    )
    overlay_mesh: bool = setting(
        False,
        "Face &mesh",
        help="For up to four faces that are followed by their points, with a MediaPipe detector (N)",
        section=OVERLAY,
        option="--overlay-mesh",
        commands=(WINDOW, ANNOTATE),
        option_help="draw the mesh of up to four faces",
        recorded=True,
    )
    overlay_axes: bool = setting(
        False,
        "Head axes (&yaw, pitch, roll)",
        help=(
            "Where the head is turned: red to its side, green up, blue where the nose points. For up to four "
            "faces, with a MediaPipe detector (X)"
        ),
        section=OVERLAY,
        option="--overlay-axes",
        commands=(WINDOW, ANNOTATE),
        option_help="draw the axes of up to four heads: red to the side, green up, blue where the nose points",
        recorded=True,
    )
    overlay_movements: bool = setting(
        False,
        "Movements of the face",
        help=(
            "Bars of what eyes, brows, nose and mouth do, and whether somebody speaks. For up to four faces, "
            "with a MediaPipe detector (D)"
        ),
        section=OVERLAY,
        option="--overlay-movements",
        commands=(WINDOW, ANNOTATE),
        option_help="draw bars of what eyes, brows, nose and mouth of up to four faces do",
        recorded=True,
    )
