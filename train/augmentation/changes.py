"""Random changes to a whole batch of faces at once, on whatever device the batch is on.

Geometry and light, as FER recipes usually have them, and what a webcam adds: upscaled small faces, blur and noise.
Faces are never flipped vertically.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from train.augmentation.webcam_faults import webcam_faults


@dataclass(frozen=True)
class AugmentationConfig:
    """Ranges of the random changes; every probability is per face.

    Attributes:
        change_probability: of scaling, shifting, rotation and light, drawn for each of the four.
    """

    scale: tuple[float, float] = (0.8, 1.2)
    shift: float = 0.12
    rotate_degrees: float = 15.0
    brightness: float = 0.3
    contrast: float = 0.3
    gamma: float = 0.3
    erase_probability: float = 0.4
    degrade_probability: float = 0.2
    webcam_probability: float = 0.0
    change_probability: float = 1.0


def augment(grey: torch.Tensor, config: AugmentationConfig, generator: torch.Generator) -> torch.Tensor:
    """Randomly changed copies of the faces.

    Args:
        grey: float32, (n, 1, h, w), 0 to 255.
        generator: on the batch's device; the same state gives the same result.

    Returns:
        float32, (n, 1, h, w), 0 to 255.
    """
    changed = _warp(grey, config, generator)
    changed = _degrade(changed, config, generator)
    changed = _light(changed, config, generator)
    if config.webcam_probability:
        changed = webcam_faults(changed, config.webcam_probability, generator)
    return _erase(changed, config, generator)


def _uniform(n: int, low: float, high: float, like: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    return torch.rand(n, device=like.device, generator=generator) * (high - low) + low


def _some(change: torch.Tensor, rest: float, config: AugmentationConfig, generator: torch.Generator) -> torch.Tensor:
    """``change`` for the share of faces that get it, and the neutral value ``rest`` for the others."""
    if config.change_probability >= 1:
        return change
    chosen = _uniform(len(change), 0, 1, change, generator) < config.change_probability
    return torch.where(chosen, change, torch.full_like(change, rest))


def _warp(grey: torch.Tensor, config: AugmentationConfig, generator: torch.Generator) -> torch.Tensor:
    n = len(grey)
    scale = _some(_uniform(n, *config.scale, grey, generator), 1.0, config, generator)
    angle = _uniform(n, -1.0, 1.0, grey, generator) * math.radians(config.rotate_degrees)
    flip = torch.where(_uniform(n, 0, 1, grey, generator) < 0.5, -1.0, 1.0)
    # grid_sample's coordinates span -1 to 1, so a shift of a share s of the side is 2 s.
    shift_x = _uniform(n, -2 * config.shift, 2 * config.shift, grey, generator)
    shift_y = _uniform(n, -2 * config.shift, 2 * config.shift, grey, generator)
    angle = _some(angle, 0.0, config, generator)
    if config.change_probability < 1:
        stays = _uniform(n, 0, 1, grey, generator) >= config.change_probability
        shift_x, shift_y = shift_x.masked_fill(stays, 0.0), shift_y.masked_fill(stays, 0.0)
    cos, sin = torch.cos(angle) / scale, torch.sin(angle) / scale
    theta = torch.stack(
        [torch.stack([cos * flip, -sin, shift_x], 1), torch.stack([sin * flip, cos, shift_y], 1)],
        1,
    )
    grid = F.affine_grid(theta, list(grey.shape), align_corners=False)
    return F.grid_sample(grey, grid, mode="bilinear", padding_mode="border", align_corners=False)


def _degrade(grey: torch.Tensor, config: AugmentationConfig, generator: torch.Generator) -> torch.Tensor:
    """Webcam quality: a third of the chosen faces is shrunk and upscaled, a third blurred, a third made noisy."""
    n, _, height, width = grey.shape
    draw = _uniform(n, 0, 1, grey, generator)
    third = config.degrade_probability / 3
    changed = grey.clone()
    small = draw < third
    if small.any():
        side = int(torch.randint(18, 40, (1,), device=grey.device, generator=generator))
        shrunk = F.interpolate(grey[small], size=(side, side), mode="area")
        changed[small] = F.interpolate(shrunk, size=(height, width), mode="bilinear", align_corners=False)
    blurred = (draw >= third) & (draw < 2 * third)
    if blurred.any():
        changed[blurred] = F.avg_pool2d(grey[blurred], 3, stride=1, padding=1, count_include_pad=False)
    noisy = (draw >= 2 * third) & (draw < 3 * third)
    if noisy.any():
        noise = torch.randn(grey[noisy].shape, device=grey.device, generator=generator)
        changed[noisy] = (grey[noisy] + noise * 12).clamp(0, 255)
    return changed


def _light(grey: torch.Tensor, config: AugmentationConfig, generator: torch.Generator) -> torch.Tensor:
    n = len(grey)
    brightness = _uniform(n, -config.brightness, config.brightness, grey, generator).view(n, 1, 1, 1)
    contrast = _uniform(n, 1 - config.contrast, 1 + config.contrast, grey, generator).view(n, 1, 1, 1)
    gamma = torch.exp(_uniform(n, -config.gamma, config.gamma, grey, generator)).view(n, 1, 1, 1)
    unit = (grey / 255).clamp(0, 1).pow(gamma)
    mean = unit.mean((1, 2, 3), keepdim=True)
    # Half of the range, since a face that is clipped to black or white teaches nothing.
    lit = ((unit - mean) * contrast + mean + brightness * 0.5).clamp(0, 1) * 255
    if config.change_probability >= 1:
        return lit
    chosen = _uniform(n, 0, 1, grey, generator) < config.change_probability
    return torch.where(chosen.view(n, 1, 1, 1), lit, grey)


def _erase(grey: torch.Tensor, config: AugmentationConfig, generator: torch.Generator) -> torch.Tensor:
    """Random erasing (Zhong et al. 2020, arXiv:1708.04896): a box of 2 to 20 % of the area becomes one grey."""
    n, _, height, width = grey.shape
    area = _uniform(n, 0.02, 0.2, grey, generator)
    aspect = torch.exp(_uniform(n, math.log(0.4), math.log(2.5), grey, generator))
    box_h, box_w = (area * aspect).sqrt(), (area / aspect).sqrt()
    top = _uniform(n, 0, 1, grey, generator) * (1 - box_h).clamp(min=0)
    left = _uniform(n, 0, 1, grey, generator) * (1 - box_w).clamp(min=0)
    erased = _uniform(n, 0, 1, grey, generator) < config.erase_probability
    rows = (torch.arange(height, device=grey.device) + 0.5) / height
    columns = (torch.arange(width, device=grey.device) + 0.5) / width
    inside_y = (rows >= top[:, None]) & (rows < (top + box_h)[:, None])
    inside_x = (columns >= left[:, None]) & (columns < (left + box_w)[:, None])
    mask = inside_y[:, :, None] & inside_x[:, None, :] & erased[:, None, None]
    fill = _uniform(n, 0, 255, grey, generator).view(n, 1, 1, 1)
    return torch.where(mask[:, None], fill, grey)
