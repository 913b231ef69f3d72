"""Settings: what a recording keeps, and where."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.enums import Film
from realtime_fer.core.settings.sections import RECORDING
from realtime_fer.core.settings.setting import ANNOTATE, LIVE, WINDOW, Choice, setting


@dataclass(frozen=True)
class RecordingSettings:
    """What a recording keeps, and where.

    Attributes:
        microphone: name of the one that recordings from a camera listen to; '' is none, 'default' the system's.
        recordings_folder: '' is the platform's documents folder.
    """

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
        "Also write expressions.&jsonl",
        section=RECORDING,
        at_once=False,
        option="--jsonl",
        commands=(WINDOW, LIVE),
        option_help="also record expressions.jsonl",
        recorded=True,
    )
    ask_before_lossy: bool = setting(
        True,
        "Ask before recording a playing vi&deo",
        help="Recording a video while it plays skips frames; Analyse keeps every frame.",
        section=RECORDING,
        at_once=False,
    )
