"""What a person wants analysed, and the command that does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.setting import ANNOTATE
from realtime_fer.core.settings.table import options_of


@dataclass(frozen=True)
class AnalysisRequest:
    """A file, or a folder of pictures, that becomes a recording with every frame.

    Attributes:
        source: absolute.
        recordings_folder: the new recording's folder goes in here.
        settings: models, detector, expressions, privacy and what the recording keeps. Its ``source`` and ``mirror``
            do not count.
        mirror: flips frames left to right.
        sound: keeps the video's sound.
        track: number of the video track, as of ``SourceRequest``.
        own_names: the expressions that the person taught; they are judged where ``settings.own_expressions`` says so.
        language: of the report.
    """

    source: Path
    recordings_folder: Path
    settings: Settings
    mirror: bool = False
    sound: bool = True
    language: str = "en"
    track: int = 0
    own_names: tuple[str, ...] = ()

    def arguments(self) -> list[str]:
        """Of the command line. Each value is joined to its option, since it may begin with '-'.

        The default detector is not named: as in the window, another then serves where its files are missing.
        """
        settings = self.settings
        chosen = [
            _switch(option.option, getattr(settings, option.name))
            if option.kind is bool
            else f"{option.option}={getattr(settings, option.name)}"
            for option in options_of(ANNOTATE)
            if option.name != "detector" or settings.detector != Settings.detector
        ]
        switches = {
            f"--compare={settings.compare_model}": bool(settings.compare_model),
            "--mirror": self.mirror,
            "--no-sound": not self.sound,
            "--jsonl": settings.jsonl,
            f"--track={self.track}": self.track > 0,
            # Those that the window keeps.
            "--own-expressions=": settings.own_expressions and bool(self.own_names),
        }
        return [
            "annotate",
            "--progress=json",
            f"--session={self.recordings_folder}",
            f"--language={self.language}",
            *chosen,
            *(switch for switch, wanted in switches.items() if wanted),
            "--",
            str(self.source),
        ]


def _switch(option: str, on: bool) -> str:
    """'--no-mesh' for '--mesh' that is off."""
    return option if on else f"--no-{option.removeprefix('--')}"
