"""Webcam faults for augmentation: JPEG blocks, noisy low light, reflections on glasses. Needs PyTorch."""

from __future__ import annotations

import math

import torch

#: Luminance quantisation of JPEG (ITU-T T.81, annex K, table K.1).
_LUMINANCE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
_BLOCK = 8


def webcam_faults(grey: torch.Tensor, probability: float, generator: torch.Generator) -> torch.Tensor:
    """Gives a share of the faces one of three faults, each equally often.

    Args:
        grey: float32, (n, 1, h, w), 0 to 255; h and w multiples of 8.
        probability: that a face gets a fault.
        generator: on the batch's device.

    Returns:
        float32, (n, 1, h, w), 0 to 255.
    """
    n = len(grey)
    third = probability / 3
    draw = torch.rand(n, device=grey.device, generator=generator)
    changed = grey.clone()
    for place, fault in enumerate((jpeg_blocks, low_light, reflections)):
        chosen = (draw >= place * third) & (draw < (place + 1) * third)
        if chosen.any():
            changed[chosen] = fault(grey[chosen], generator)
    return changed


def jpeg_blocks(grey: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """JPEG of quality 10 to 50: each block's cosine transform is rounded to the steps of T.81."""
    return jpeg(grey, _uniform(len(grey), 10, 50, grey, generator))


def jpeg(grey: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """Grey faces (n, 1, h, w) after JPEG compression of ``quality``, (n,), above 0 and up to 50."""
    n, _, height, width = grey.shape
    # Scaled as in the Independent JPEG Group's library for qualities below 50.
    steps = torch.tensor(_LUMINANCE, device=grey.device, dtype=grey.dtype)
    steps = (steps * (50 / quality).view(n, 1, 1)).clamp(1, 255).view(n, 1, 1, _BLOCK, _BLOCK)
    basis = _cosines(grey)
    blocks = (grey - 128).view(n, height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK).permute(0, 1, 3, 2, 4)
    coefficients = basis @ blocks @ basis.T
    blocks = basis.T @ ((coefficients / steps).round() * steps) @ basis
    return (blocks.permute(0, 1, 3, 2, 4).reshape(grey.shape) + 128).clamp(0, 255)


def low_light(grey: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Low light, amplified by the camera's gain: dim, flat, and noisy in the dark parts."""
    n = len(grey)
    light = _uniform(n, 0.15, 0.6, grey, generator).view(n, 1, 1, 1)
    gain = _uniform(n, 1.0, 2.0, grey, generator).view(n, 1, 1, 1)
    noise = torch.randn(grey.shape, device=grey.device, generator=generator) * 4
    return ((grey * light + noise).clamp(0, 255).round() * gain).clamp(0, 255)


def reflections(grey: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """A soft bright spot at one or both eyes of an aligned face, as on glasses."""
    n, _, height, width = grey.shape
    rows = ((torch.arange(height, device=grey.device) + 0.5) / height).view(1, height, 1)
    columns = ((torch.arange(width, device=grey.device) + 0.5) / width).view(1, 1, width)
    spots = torch.zeros((n, height, width), device=grey.device)
    for eye_x in (0.3, 0.7):
        x = _uniform(n, eye_x - 0.07, eye_x + 0.07, grey, generator).view(n, 1, 1)
        y = _uniform(n, 0.3, 0.45, grey, generator).view(n, 1, 1)
        radius_x = _uniform(n, 0.03, 0.1, grey, generator).view(n, 1, 1)
        radius_y = _uniform(n, 0.02, 0.06, grey, generator).view(n, 1, 1)
        strength = _uniform(n, -0.3, 1.0, grey, generator).clamp(min=0).view(n, 1, 1)
        distance = ((columns - x) / radius_x) ** 2 + ((rows - y) / radius_y) ** 2
        spots = torch.maximum(spots, strength * torch.exp(-distance))
    return grey + (255 - grey) * spots[:, None]


def _uniform(n: int, low: float, high: float, like: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    return torch.rand(n, device=like.device, generator=generator) * (high - low) + low


def _cosines(like: torch.Tensor) -> torch.Tensor:
    """The orthonormal cosine transform of 8 values, (8, 8): row u is frequency u."""
    place = torch.arange(_BLOCK, device=like.device, dtype=like.dtype)
    basis = torch.cos((2 * place[None, :] + 1) * place[:, None] * math.pi / (2 * _BLOCK)) * math.sqrt(2 / _BLOCK)
    basis[0] /= math.sqrt(2)
    return basis
