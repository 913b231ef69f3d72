"""Fits a network by a recipe: resumable from its last epoch, best weights by validation kept as it goes.

Called by ``python -m train fit``. Writes into its run folder: ``last.pt`` (everything needed to go on),
``best.pt`` (the averaged weights of the best epoch), ``log.csv`` (one row an epoch).
"""

from __future__ import annotations

import copy
import csv
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from tqdm import tqdm

from train.augmentation import AugmentationConfig, augment
from train.datasets.labelled_faces import FERPLUS_CLASSES, LabelledFaces
from train.metrics import summarise
from train.models import build
from train.recipe import Recipe


@dataclass
class FitResult:
    """What a run came to. ``interrupted`` is True when Ctrl-C ended it; it can be resumed."""

    best_accuracy: float
    best_epoch: int
    epochs_done: int
    n: int
    checkpoint: Path
    interrupted: bool


def learning_rate_at(step: int, total: int, recipe: Recipe) -> float:
    """Linear warm-up, then a cosine to 0 (Loshchilov and Hutter 2017, arXiv:1608.03983)."""
    warm_up = max(1, int(total * recipe.warm_up_epochs / recipe.epochs))
    peak = recipe.learning_rate * recipe.batch / 128
    if step < warm_up:
        return peak * (step + 1) / warm_up
    return peak * 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, total - warm_up)))


def predict_logits(network: nn.Module, images: np.ndarray, device: torch.device, batch: int = 512) -> np.ndarray:
    """float32 (n, C) logits of uint8 (n, h, w) faces, in float32 arithmetic."""
    network.eval()
    outputs = []
    with torch.inference_mode():
        for start in range(0, len(images), batch):
            grey = torch.from_numpy(images[start : start + batch]).to(device).float().unsqueeze(1)
            outputs.append(network(grey.contiguous(memory_format=torch.channels_last)).float().cpu().numpy())
    return np.concatenate(outputs)


def _softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def _parameter_groups(network: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    decayed = [p for p in network.parameters() if p.ndim > 1]
    rest = [p for p in network.parameters() if p.ndim <= 1]
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": rest, "weight_decay": 0.0}]


def _save(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all: a run that is stopped while saving keeps its former checkpoint."""
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    os.replace(partial, path)


def fit(
    training: LabelledFaces,
    validation: LabelledFaces,
    recipe: Recipe,
    run_folder: Path,
    *,
    resume: bool = False,
    device_name: str | None = None,
    show_progress: bool = True,
) -> FitResult:
    """Trains to the recipe's last epoch, or to Ctrl-C.

    Args:
        training: faces to learn from; with ``votes`` an auxiliary head learns those too.
        validation: faces that choose the best epoch. Never a test split.
        run_folder: made if missing.
        resume: go on from ``last.pt`` there, if any.
    """
    device = torch.device(device_name or ("cuda" if torch.cuda.is_available() else "cpu"))
    run_folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    auxiliary = training.votes is not None and recipe.auxiliary_weight > 0
    network = build(recipe.model, len(training.class_names), len(FERPLUS_CLASSES) if auxiliary else 0)
    network = network.to(device).to(memory_format=torch.channels_last)
    averaged = copy.deepcopy(network).eval()
    optimizer = torch.optim.SGD(
        _parameter_groups(network, recipe.weight_decay), lr=0.1, momentum=recipe.momentum, nesterov=True
    )
    generator = torch.Generator(device=device).manual_seed(recipe.seed)
    start_epoch, step, best_accuracy, best_epoch = 0, 0, -1.0, -1
    last = run_folder / "last.pt"
    if resume and last.is_file():
        state = torch.load(last, map_location=device, weights_only=True)
        network.load_state_dict(state["network"])
        averaged.load_state_dict(state["averaged"])
        optimizer.load_state_dict(state["optimizer"])
        generator.set_state(state["generator"].cpu())
        torch.set_rng_state(state["torch_rng"].cpu())
        start_epoch, step = state["epoch"], state["step"]
        best_accuracy, best_epoch = state["best_accuracy"], state["best_epoch"]

    images = torch.from_numpy(training.images).to(device)
    labels = torch.from_numpy(training.labels).to(device)
    votes = torch.from_numpy(training.votes).to(device) if auxiliary and training.votes is not None else None
    steps_an_epoch = len(images) // recipe.batch
    total = steps_an_epoch * recipe.epochs
    config = AugmentationConfig(
        erase_probability=recipe.erase_probability, degrade_probability=recipe.degrade_probability
    )
    epoch = start_epoch
    interrupted = False
    try:
        for epoch in range(start_epoch, recipe.epochs):
            started = time.monotonic()
            network.train()
            order = torch.randperm(len(images), generator=generator, device=device)
            losses = torch.zeros((), device=device)
            hits = torch.zeros((), device=device)
            bar = tqdm(range(steps_an_epoch), desc=f"epoch {epoch + 1}/{recipe.epochs}", disable=not show_progress)
            for index in bar:
                chosen = order[index * recipe.batch : (index + 1) * recipe.batch]
                grey = images[chosen].float().unsqueeze(1)
                grey = augment(grey, config, generator)
                target = F.one_hot(labels[chosen], len(training.class_names)).float()
                vote = votes[chosen] if votes is not None else None
                if float(torch.rand((), generator=generator, device=device)) < recipe.mixup_probability:
                    share = float(np.random.default_rng(recipe.seed * 100003 + step).beta(*[recipe.mixup_alpha] * 2))
                    other = torch.randperm(len(grey), generator=generator, device=device)
                    grey = grey * share + grey[other] * (1 - share)
                    target = target * share + target[other] * (1 - share)
                    if vote is not None:
                        vote = vote * share + vote[other] * (1 - share)
                for group in optimizer.param_groups:
                    group["lr"] = learning_rate_at(step, total, recipe)
                with torch.autocast(device.type, torch.bfloat16):
                    logits, auxiliary_logits = network.forward_both(grey.contiguous(memory_format=torch.channels_last))
                loss = F.cross_entropy(logits.float(), target, label_smoothing=recipe.label_smoothing)
                if vote is not None and auxiliary_logits is not None:
                    # Votes of images that FER+ dropped are all 0 and so add nothing.
                    log_shares = F.log_softmax(auxiliary_logits.float(), 1)
                    loss = loss - recipe.auxiliary_weight * (vote * log_shares).sum(1).mean()
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                step += 1
                # Early weights are of no use in the average, so it starts short.
                decay = min(recipe.average_decay, (1 + step) / (10 + step))
                _average(averaged, network, decay)
                losses += loss.detach()
                hits += (logits.detach().argmax(1) == target.argmax(1)).sum()
                if index % 20 == 0:
                    bar.set_postfix(loss=f"{float(losses) / (index + 1):.3f}")
            probabilities = _softmax(predict_logits(averaged, validation.images, device))
            figures = summarise(probabilities, validation.labels, validation.class_names)
            row = {
                "epoch": epoch + 1,
                "loss": float(losses) / steps_an_epoch,
                "training_accuracy": float(hits) / (steps_an_epoch * recipe.batch),
                "validation_accuracy": figures["accuracy"],
                "validation_nll": figures["nll"],
                "validation_macro_f1": figures["macro_f1"],
                "learning_rate": learning_rate_at(step - 1, total, recipe),
                "seconds": time.monotonic() - started,
            }
            _log(run_folder / "log.csv", row, fresh=epoch == 0)
            if figures["accuracy"] > best_accuracy:
                best_accuracy, best_epoch = figures["accuracy"], epoch + 1
                _save(
                    run_folder / "best.pt",
                    {
                        "network": averaged.state_dict(),
                        "recipe": recipe.as_mapping(),
                        "class_names": list(training.class_names),
                        "auxiliary_count": len(FERPLUS_CLASSES) if auxiliary else 0,
                        "training_n": len(training),
                        "validation": figures,
                        "epoch": epoch + 1,
                    },
                )
            _save(
                last,
                {
                    "network": network.state_dict(),
                    "averaged": averaged.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "generator": generator.get_state(),
                    "torch_rng": torch.get_rng_state(),
                    "epoch": epoch + 1,
                    "step": step,
                    "best_accuracy": best_accuracy,
                    "best_epoch": best_epoch,
                },
            )
            print(
                f"epoch {epoch + 1}/{recipe.epochs}: loss {row['loss']:.3f}, validation {figures['accuracy']:.4f} "
                f"(N {figures['n']}), best {best_accuracy:.4f} of epoch {best_epoch}, {row['seconds']:.0f} s",
                flush=True,
            )
    except KeyboardInterrupt:
        # last.pt holds the last whole epoch: --resume repeats the one that was cut short, exactly.
        interrupted = True
    done = epoch if interrupted else recipe.epochs
    return FitResult(best_accuracy, best_epoch, done, len(validation), run_folder / "best.pt", interrupted)


@torch.no_grad()
def _average(averaged: nn.Module, network: nn.Module, decay: float) -> None:
    averaged_state, state = averaged.state_dict(), network.state_dict()
    floats = [name for name, value in state.items() if value.dtype.is_floating_point]
    torch._foreach_lerp_([averaged_state[name] for name in floats], [state[name] for name in floats], 1 - decay)


def _log(path: Path, row: dict[str, float], fresh: bool) -> None:
    with path.open("w" if fresh else "a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        if fresh:
            writer.writeheader()
        writer.writerow(row)
