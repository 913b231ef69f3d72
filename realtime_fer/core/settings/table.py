"""The table of settings: everything a person can choose. All are kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import get_origin, get_type_hints

from realtime_fer.core.cards.model_order import RECOMMENDED
from realtime_fer.core.enums import (
    CONTACTS_GOOGLE,
    DetectorName,
    Film,
    OscScheme,
    Overlay,
    OverlaySize,
    Privacy,
    Sensitivity,
    ThemeChoice,
)
from realtime_fer.core.settings.setting import ANNOTATE, BENCH, LIVE, SERVE, WINDOW, Choice, Section, Setting, setting

CAMERA, EXPRESSIONS, PRIVACY, OVERLAY, RECORDING, OTHERS, INTERFACE = SECTIONS = (
    Section("Camera"),
    Section("Expressions"),
    Section("Privacy"),
    Section("Overlay"),
    Section("Recordings"),
    Section("Numbers to other programs"),
    Section("Window"),
)


@dataclass(frozen=True)
class Settings:
    """All choices, each declared once.

    Attributes:
        source: 'auto' (first camera, else the demo), 'demo', a camera's number or device path, a file, a folder,
            or an rtsp/http address.
        compare_model: a second model beside the first; '' is none.
        width, height, fps: asked of a camera; 0 leaves it to the camera.
        smoothing_s: time constant, seconds; 0 is off.
        adapt_load: the program does less (``core.degradation``) when the computer cannot keep up.
        microphone: name of the one that recordings from a camera listen to; '' is none, 'default' the system's.
        recordings_folder: '' is the platform's documents folder.
        language: of the interface, such as 'de'; '' is the platform's.
        timeline, panel: whether it is open.
        timeline_rows: below each person's expressions; of ``MEASURE_KEYS``, separated by spaces.
        review_rows: the same, of the review's timeline.
        recent_sources: newest first, without credentials.
        own_expressions: those that the person taught are shown.
        own_models: files of models that the person opened, newest first.
        live_pages: origins, separated by spaces.
        live_osc: 'HOST:PORT' or ''.
        live_lsl_markers: name of an LSL stream, or ''.
        triggers: each as JSON (``core.triggers.trigger``).
        volume, muted: of a file's sound; percent.
        welcomed: the person has read the first page.
        window_geometry, window_layout: Qt's own, as hex; '' is the default.

    Raises:
        SettingsError: a value is of the wrong kind or out of range.
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
        help="Average each face’s values over this time: more is steadier, less reacts faster.",
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
        help="52 values of each face by ARKit’s names, in tables and live numbers",
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
        "&Judge where people look",
        help="At the camera, or to its left or right, up or down: coarse, and slower",
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
    overlay: Overlay = setting(
        Overlay.BARS,
        "Show &over each face",
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
        help="Of up to four faces that are followed by their points, with a MediaPipe detector (E)",
        section=OVERLAY,
        option="--overlay-contours",
        commands=(WINDOW, ANNOTATE),
        option_help="draw the contours of eyes, brows, mouth and face over up to four faces",
        recorded=True,
    )
    overlay_mesh: bool = setting(
        False,
        "Face &mesh",
        help="Of up to four faces that are followed by their points, with a MediaPipe detector (N)",
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
            "Where the head is turned: red to its side, green up, blue where the nose points. "
            "Of up to four faces, with a MediaPipe detector (X)"
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
            "Bars of what eyes, brows, nose and mouth do, and whether somebody speaks. "
            "Of up to four faces, with a MediaPipe detector (D)"
        ),
        section=OVERLAY,
        option="--overlay-movements",
        commands=(WINDOW, ANNOTATE),
        option_help="draw bars of what eyes, brows, nose and mouth of up to four faces do",
        recorded=True,
    )
    film: Film = setting(
        Film.ANNOTATED,
        "Recordings &keep",
        help="A table of all values is always saved",
        choices=(
            Choice(Film.ANNOTATED, "Annotated video"),
            Choice(Film.CLEAN, "Clean video"),
            Choice(Film.BOTH, "Both videos"),
            Choice(Film.NONE, "Table only"),
        ),
        panel=True,
        section=RECORDING,
        option="--film",
        commands=(WINDOW, ANNOTATE, LIVE),
        option_help="which frames the video shows; 'both' adds a video without drawings, 'none' writes only the tables",
        recorded=True,
    )
    microphone: str = setting(
        "",
        "Micropho&ne",
        help="Recordings from a camera get the sound of this microphone",
        note="Off by default. Voices identify people, even where faces are hidden.",
        section=RECORDING,
        at_once=False,
        option="--microphone",
        commands=(WINDOW,),
        option_help="name of a microphone for recordings from a camera, or 'default' for the system's; '' for no sound",
        recorded=True,
    )
    recordings_folder: str = setting(
        "",
        "&Folder",
        section=RECORDING,
        at_once=False,
        option="--recordings-folder",
        commands=(LIVE,),
        option_help="where recordings and snapshots go that --commands asks for (default: the window's)",
    )
    jsonl: bool = setting(
        False,
        "Also &write expressions.jsonl",
        section=RECORDING,
        at_once=False,
        option="--jsonl",
        commands=(WINDOW, LIVE),
        option_help="also record expressions.jsonl",
        recorded=True,
    )
    ask_before_lossy: bool = setting(
        True,
        "Ask before a playing vi&deo is recorded",
        help="A recording of a playing video loses frames; Analyse keeps every one.",
        section=RECORDING,
        at_once=False,
    )
    live_websocket: bool = setting(
        False,
        "&Give numbers to programs on this computer",
        help="WebSocket, server-sent events and a page for OBS. Nothing can be reached from other computers.",
        section=OTHERS,
        option="--websocket",
        commands=(WINDOW, LIVE),
        option_help="give numbers by WebSocket, server-sent events and a page for OBS, on this computer alone; the "
        "port is 8771, or the next free one",
    )
    live_port: int = setting(8771, "&Port", limits=(1024, 65535), section=OTHERS, at_once=False)
    live_view: bool = setting(
        False,
        "Also give the p&icture",
        help="At /view, with what is drawn on it; hidden faces stay hidden",
        section=OTHERS,
        option="--view",
        commands=(WINDOW, LIVE),
        option_help="with --websocket: give the picture too, at /view",
    )
    live_pages: str = setting(
        "",
        "Allowed &web pages",
        help="Origins of web pages that may read the numbers, such as http://localhost:3000; others are refused",
        section=OTHERS,
        at_once=False,
        option="--pages",
        commands=(WINDOW, LIVE),
        option_help="with --websocket: origins of web pages that may read, separated by spaces",
    )
    live_commands: bool = setting(
        False,
        "Accept &commands with a token",
        help="Programs that give the token shown below may record, mark, take snapshots and change the model",
        section=OTHERS,
        option="--commands",
        commands=(LIVE,),
        option_help="with --websocket: programs that give the token, which is printed at the start, may record, mark, "
        "take snapshots and change the model",
    )
    live_osc: str = setting(
        "",
        "Send &OSC to",
        help="Address and port, such as 127.0.0.1:9000; empty for none",
        section=OTHERS,
        at_once=False,
        option="--osc",
        commands=(WINDOW, LIVE),
        option_help="send numbers as OSC to HOST:PORT, such as 127.0.0.1:9000; '' for none",
    )
    live_osc_scheme: OscScheme = setting(
        OscScheme.FER,
        "OSC a&ddresses",
        choices=(
            Choice(OscScheme.FER, "Realtime FER (/fer/1/happy)"),
            Choice(OscScheme.VMC, "VMC (blend shapes)"),
            Choice(OscScheme.VRCHAT, "VRChat (avatar parameters)"),
            Choice(OscScheme.FACEOSC, "FaceOSC"),
        ),
        section=OTHERS,
        option="--osc-scheme",
        commands=(WINDOW, LIVE),
        option_help="addresses of the OSC messages",
    )
    live_lsl: bool = setting(
        False,
        "&LSL streams",
        help="Lab Streaming Layer: a stream for each of four people and one of markers, for a recorder such as "
        "LabRecorder. On this computer alone",
        section=OTHERS,
        option="--lsl",
        commands=(WINDOW, LIVE),
        option_help="give numbers as LSL streams, on this computer alone",
    )
    live_lsl_network: bool = setting(
        False,
        "LSL on the &network too",
        help="Every computer on the network can then find and read the streams, and nobody is asked for a password",
        section=OTHERS,
        at_once=False,
        option="--lsl-network",
        commands=(WINDOW, LIVE),
        option_help="with --lsl: every computer on the network can find and read the streams",
    )
    live_lsl_markers: str = setting(
        "",
        "&Markers from LSL",
        help="Name of another program's stream of type Markers; each of its markers is set here too. Empty for none",
        section=OTHERS,
        at_once=False,
        option="--lsl-markers",
        commands=(WINDOW, LIVE),
        option_help="with --lsl: take the markers of the stream with this name, whose type is Markers",
    )
    scale_percent: int = setting(
        100,
        "Interface s&ize",
        limits=(100, 200),
        step=25,
        unit="%",
        usual=(100, 125, 150, 175, 200),
        section=INTERFACE,
    )
    theme: ThemeChoice = setting(
        ThemeChoice.SYSTEM,
        "Th&eme",
        choices=(
            Choice(ThemeChoice.SYSTEM, "System"),
            Choice(ThemeChoice.LIGHT, "Light"),
            Choice(ThemeChoice.DARK, "Dark"),
        ),
        section=INTERFACE,
    )
    language: str = setting("", "Lan&guage", note="Takes effect after restart", section=INTERFACE, at_once=False)
    always_on_top: bool = setting(False, "Always on to&p", section=INTERFACE)
    timeline: bool = setting(False)
    timeline_rows: str = setting("")
    review_rows: str = setting("")
    panel: bool = setting(True)
    recent_sources: tuple[str, ...] = setting((), most=8)
    own_expressions: bool = setting(False, recorded=True)
    own_models: tuple[str, ...] = setting((), most=20)
    triggers: tuple[str, ...] = setting((), most=50)
    volume: int = setting(100, limits=(0, 100))
    muted: bool = setting(False)
    welcomed: bool = setting(False)
    window_geometry: str = setting("")
    window_layout: str = setting("")

    def __post_init__(self) -> None:
        for name, declared in TABLE.items():
            object.__setattr__(self, name, declared.checked(getattr(self, name)))


def _table() -> Mapping[str, Setting]:
    kinds = {name: get_origin(kind) or kind for name, kind in get_type_hints(Settings).items()}
    return MappingProxyType(
        {
            entry.name: Setting(entry.name, kinds[entry.name], entry.default, **entry.metadata)
            for entry in fields(Settings)
        }
    )


#: Every setting by its name, in the order of the dialog.
TABLE = _table()


def options_of(command: str) -> tuple[Setting, ...]:
    """The settings that are options of ``WINDOW``, ``ANNOTATE``, ``BENCH``, ``LIVE`` or ``SERVE``."""
    return tuple(declared for declared in TABLE.values() if command in declared.commands)


class LiveSettings:
    """The current settings, written by the GUI thread and read by any. ``now`` is replaced as a whole."""

    def __init__(self, settings: Settings) -> None:
        self.now = settings
