"""A network's input: how its square is cut, and how a pixel becomes a value."""

from __future__ import annotations

from dataclasses import dataclass

#: One number, or one for each channel.
Numbers = float | tuple[float, ...]


@dataclass(frozen=True)
class CropSpec:
    """How the square that a network sees is cut around a detector's box.

    Attributes:
        scale: side of the square / geometric mean of the box's sides.
        shift_x, shift_y: from the box's centre to the square's, as shares of that mean; y grows downwards.
        min_tilt_degrees: a head tilted further by its eye line is turned upright; None never turns.
    """

    scale: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    min_tilt_degrees: float | None = None


@dataclass(frozen=True)
class InputSpec:
    """A network's input: height, width, channels (1 grey, 3 RGB), and how a pixel becomes a value.

    A pixel's value of 0 to 255 is given as (value * scale - mean) / std, as it was in training.

    Attributes:
        scale, mean, std: a number, or one for each channel, in the order red, green, blue.
    """

    height: int = 48
    width: int = 48
    channels: int = 1
    scale: Numbers = 1.0
    mean: Numbers = 0.0
    std: Numbers = 1.0

    @property
    def plain(self) -> bool:
        """Whether values of 0 to 255 are given unchanged."""
        return self == InputSpec(self.height, self.width, self.channels)

    def spans(self) -> list[tuple[float, float]]:
        """What 0 and 255 become, for each channel."""
        columns = [
            part if isinstance(part, tuple) else (part,) * self.channels for part in (self.scale, self.mean, self.std)
        ]
        return [((0 - mean) / std, (255 * scale - mean) / std) for scale, mean, std in zip(*columns, strict=True)]
