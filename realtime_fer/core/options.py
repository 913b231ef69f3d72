"""What a person chose, as one value: about the analysis for the pipeline, about the overlay for what draws it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from realtime_fer.core.enums import Overlay, OverlaySize, Privacy, Sensitivity
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.table import TABLE


@dataclass(frozen=True)
class PipelineOptions:
    """How a pipeline analyses. Names, defaults and ranges are those of ``Settings``.

    Attributes:
        mirror: flips the frame left to right before anything else.
        min_confidence: 0 to 1; less probable expressions are shown as uncertain.
        smoothing_s: time constant of the smoothing, seconds; 0 is off.
        privacy: how faces are hidden.
        sensitivity: how much of the model's prior is taken back.

    Raises:
        SettingsError: a value is of the wrong type or out of range.
    """

    mirror: bool = Settings.mirror
    min_confidence: float = Settings.min_confidence
    smoothing_s: float = Settings.smoothing_s
    privacy: Privacy = Settings.privacy
    sensitivity: Sensitivity = Settings.sensitivity

    def __post_init__(self) -> None:
        for entry in fields(self):
            object.__setattr__(self, entry.name, TABLE[entry.name].checked(getattr(self, entry.name)))

    @classmethod
    def of(cls, settings: Settings) -> PipelineOptions:
        """What ``settings`` say of the analysis."""
        return cls(**{entry.name: getattr(settings, entry.name) for entry in fields(cls)})


_SCALES = {OverlaySize.SMALL: 0.8, OverlaySize.MEDIUM: 1.0, OverlaySize.LARGE: 1.4}


@dataclass(frozen=True)
class OverlayStyle:
    """What is drawn over faces, and how large, on screen and in videos.

    Attributes:
        contours, mesh, axes: the lines of ``core.overlay.face_lines``, whatever ``parts`` says.
        movements: a panel of ``core.overlay.movement_panel``, whatever ``parts`` says.
    """

    parts: Overlay = Settings.overlay
    size: OverlaySize = Settings.overlay_size
    contours: bool = Settings.overlay_contours
    mesh: bool = Settings.overlay_mesh
    axes: bool = Settings.overlay_axes
    movements: bool = Settings.overlay_movements

    @property
    def draws_lines(self) -> bool:
        return self.contours or self.mesh or self.axes

    @property
    def draws_nothing(self) -> bool:
        return self.parts is Overlay.OFF and not self.draws_lines and not self.movements

    @property
    def scale(self) -> float:
        """Of the type: 1 is the usual one."""
        return _SCALES[self.size]

    @classmethod
    def of(cls, settings: Settings) -> OverlayStyle:
        """What ``settings`` say of the overlay."""
        return cls(
            settings.overlay,
            settings.overlay_size,
            settings.overlay_contours,
            settings.overlay_mesh,
            settings.overlay_axes,
            settings.overlay_movements,
        )
