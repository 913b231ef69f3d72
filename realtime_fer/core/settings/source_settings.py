"""Settings: what is watched, and with which model and detector."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.cards.model_order import RECOMMENDED
from realtime_fer.core.enums import CONTACTS_GOOGLE, DetectorName
from realtime_fer.core.settings.sections import CAMERA
from realtime_fer.core.settings.setting import ANNOTATE, BENCH, LIVE, SERVE, WINDOW, Choice, setting


@dataclass(frozen=True)
class SourceSettings:
    """What is watched, and with which model and detector.

    Attributes:
        source: 'auto' (first camera, else the demo), 'demo', a camera's number or device path, a file, a folder,
            or an rtsp/http address.
        compare_model: a second model beside the first; '' is none.
        width, height, fps: requested from a camera; 0 leaves it to the camera.
    """

    source: str = setting(
        "auto",
        "S&ource",
        panel=True,
        option="--source",
        commands=(WINDOW,),
        option_help="a camera's number, device or name, a video, a folder of images, a network address, or 'demo'",
    )
    model: str = setting(
        RECOMMENDED,
        "Mode&l",
        panel=True,
        option="--model",
        commands=(WINDOW, ANNOTATE, BENCH, LIVE, SERVE),
        option_help="id of a model (see 'realtime-fer models'), or a .tflite file with its card",
        recorded=True,
    )
    compare_model: str = setting(
        "",
        "Compare &with",
        help="Run a second model on the same faces; its result appears below the first one’s",
        panel=True,
        recorded=True,
    )
    detector: DetectorName = setting(
        DetectorName.MEDIAPIPE,
        "&Detector",
        help="The method that finds the faces",
        choices=(
            Choice(DetectorName.MEDIAPIPE, "MediaPipe (near and far)", "Finds faces at the desk and across the room."),
            Choice(DetectorName.MEDIAPIPE_NEAR, "MediaPipe, near", "Fastest. Finds faces up to about two metres away."),
            Choice(DetectorName.MEDIAPIPE_FAR, "MediaPipe, far", "Finds small faces too, but is somewhat slower."),
            Choice(DetectorName.HAAR, "Haar Cascade", "Needs no download. Finds upright, frontal faces only."),
            Choice(
                CONTACTS_GOOGLE,
                "MediaPipe's own runtime (contacts Google)",
                "The same networks in MediaPipe's own runtime, for comparison. It contacts Google.",
            ),
        ),
        panel=True,
        option="--detector",
        commands=(WINDOW, ANNOTATE, BENCH, LIVE, SERVE),
        option_help=(
            f"face detector (default: {DetectorName.MEDIAPIPE}, or {DetectorName.HAAR} if its files are missing); "
            f"{CONTACTS_GOOGLE} is only for comparison, since MediaPipe's own runtime contacts Google"
        ),
        recorded=True,
    )
    mirror: bool = setting(
        True,
        "&Mirror picture",
        help="Show your right hand on the right, as in a mirror (M)",
        panel=True,
        option="--mirror",
        commands=(WINDOW,),
        option_help="flip frames left to right",
    )
    width: int = setting(
        0,
        "&Resolution",
        limits=(0, 7680),
        unit="px",
        usual=(640, 1280, 1920, 2560, 3840),
        section=CAMERA,
        at_once=False,
        option="--width",
        commands=(WINDOW, LIVE),
        option_help="requested from the camera, in pixels; 0 for the camera's own",
        recorded=True,
    )
    height: int = setting(
        0,
        limits=(0, 4320),
        unit="px",
        usual=(480, 720, 1080, 1440, 2160),
        section=CAMERA,
        at_once=False,
        option="--height",
        commands=(WINDOW, LIVE),
        option_help="requested from the camera, in pixels; 0 for the camera's own",
        recorded=True,
    )
    fps: int = setting(
        0,
        "Frame ra&te",
        note="Applied on OK if the camera supports it",
        limits=(0, 240),
        unit="fps",
        usual=(10, 15, 24, 25, 30, 50, 60),
        section=CAMERA,
        at_once=False,
        option="--fps",
        commands=(WINDOW, LIVE),
        option_help="frame rate requested from the camera; 0 for the camera's own",
        recorded=True,
    )
