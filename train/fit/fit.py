"""Trains a network by a recipe. Called by ``python -m train fit``; ``run_folder.py`` tells what a run keeps."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from train.calibration import softmax
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError, LabelledFaces
from train.fit.batches import Batches
from train.fit.objective import Objective
from train.fit.optimisation import learning_rate_at
from train.fit.run_folder import RunError, RunFolder, run_fingerprint
from train.fit.soft_targets import SoftTargets, taught_by
from train.fit.teachers import Teacher
from train.fit.training_state import TrainingState
from train.metrics import summarise
from train.models import create_model
from train.recipe import Recipe


@dataclass(frozen=True)
class FitResult:
    """What a run came to.

    Attributes:
        best_accuracy, best_epoch: of the epoch that was kept; the accuracy is 0 to 1.
        epochs_done: whole epochs.
        n: faces that the accuracy was measured on.
        checkpoint: ``best.pt``.
        interrupted: Ctrl-C ended it; it can be resumed.
    """

    best_accuracy: float
    best_epoch: int
    epochs_done: int
    n: int
    checkpoint: Path
    interrupted: bool


def fit(
    training: LabelledFaces,
    validation: LabelledFaces,
    recipe: Recipe,
    run_folder: Path,
    *,
    resume: bool = False,
    device_name: str | None = None,
    show_progress: bool | None = None,
    data_sources: Sequence[Mapping[str, Any]] = (),
    teachers: Sequence[Teacher] = (),
    soft_targets: SoftTargets | None = None,
    validated_on: str = "",
    start: nn.Module | None = None,
) -> FitResult:
    """Trains to the recipe's last epoch, or to Ctrl-C.

    A resumed run goes on from the same state, random numbers included. On the CPU, with as many threads, its weights
    are exactly those of a run that never stopped; on a GPU that is not promised.

    Args:
        training: faces to learn from; with ``votes`` an auxiliary head learns those too.
        validation: faces that choose the best epoch. Never a test split.
        run_folder: made if missing.
        resume: go on from ``last.pt`` there, if any; it must have been begun with the same recipe, faces and teachers.
        data_sources: name and n of each data set in ``training``, for the card.
        teachers: trained networks to distil from, whose logits are in the order of ``training``'s classes.
        soft_targets: views of the same faces with what teachers said of them, to learn from instead.
        validated_on: data set and split of ``validation``, for the card.
        start: a trained network of the same kind, whose weights are the first; None begins with random ones.
        show_progress: a bar with loss and time left; None shows it on a terminal only.

    Raises:
        RunError: the folder holds another run or cannot be written, or the device is not there.
        DatasetError: fewer faces than one batch, or validation has other classes.
    """
    device = _device(device_name)
    _check_faces(training, validation, recipe)
    fingerprint = run_fingerprint(training, validation, data_sources, teachers, soft_targets, start)
    folder = RunFolder(run_folder, recipe, fingerprint, resume)
    auxiliary_count = len(FERPLUS_CLASSES) if training.votes is not None and recipe.auxiliary_weight > 0 else 0
    network = _fresh_network(recipe, len(training.class_names), auxiliary_count, start)
    state = TrainingState.begin(network, recipe, device)
    folder.restore(state)
    facts = {
        "class_names": list(training.class_names),
        "auxiliary_count": auxiliary_count,
        "training_n": len(training),
        "data_sources": [dict(source) for source in data_sources],
        "validated_on": validated_on,
        **taught_by(teachers, soft_targets),
    }
    batches = Batches(training, recipe, auxiliary_count > 0, device, state.generator, soft_targets)
    objective = Objective(recipe, [teacher.to(device).eval() for teacher in teachers])
    total = len(batches) * recipe.epochs
    hidden = None if show_progress is None else not show_progress
    interrupted = False
    with tqdm(total=total, initial=state.step, unit="batch", disable=hidden) as bar:
        try:
            while state.epoch < recipe.epochs:
                started = time.monotonic()
                bar.set_description(f"epoch {state.epoch + 1}/{recipe.epochs}")
                row = _train_epoch(state, batches, objective, recipe, bar)
                figures = validate(state.averaged, validation, device)
                row |= {f"validation_{name}": figures[name] for name in ("accuracy", "nll", "macro_f1")}
                row |= {
                    "learning_rate": learning_rate_at(state.step - 1, total, recipe),
                    "seconds": time.monotonic() - started,
                }
                state.epoch += 1
                folder.append_log({"epoch": state.epoch, **row})
                if state.keeps_best(_score(figures, state.epoch, recipe.chosen_by), figures["accuracy"]):
                    folder.save_best(state, {**facts, "validation": figures})
                folder.save_last(state)
                _say_epoch(state, recipe, row, figures["n"])
        except KeyboardInterrupt:
            # last.pt holds the last whole epoch: --resume repeats the one that was cut short, exactly.
            interrupted = True
        except OSError as error:
            raise RunError(f"{run_folder}: cannot be written: {error.strerror or error}.") from error
    return FitResult(state.best_accuracy, state.best_epoch, state.epoch, len(validation), folder.best, interrupted)


def _train_epoch(
    state: TrainingState, batches: Batches, objective: Objective, recipe: Recipe, bar: tqdm[Any]
) -> dict[str, float]:
    """Learns from every batch once; mean loss, and accuracy on the changed faces that have a label."""
    state.network.train()
    order = batches.order()
    steps = len(batches)
    losses, hits, labelled = torch.zeros(3, device=state.device)
    for index in range(steps):
        batch = batches.make(order[index * recipe.batch : (index + 1) * recipe.batch], state.step)
        loss, logits = objective(state.network, batch)
        state.learn(loss, learning_rate_at(state.step, steps * recipe.epochs, recipe), recipe.average_decay)
        losses += loss.detach()
        # A face that only has votes has no label to hit.
        has_label = batch.target.sum(1) > 0
        hits += ((logits.detach().argmax(1) == batch.target.argmax(1)) & has_label).sum()
        labelled += has_label.sum()
        bar.update()
        if index % 20 == 0:
            loss_so_far, accuracy = float(losses) / (index + 1), float(hits) / max(1.0, float(labelled))
            bar.set_postfix(loss=f"{loss_so_far:.3f}", accuracy=f"{accuracy:.1%}")
    return {"loss": float(losses) / steps, "training_accuracy": float(hits) / max(1.0, float(labelled))}


def validate(network: nn.Module, faces: LabelledFaces, device: torch.device) -> dict[str, Any]:
    """``summarise``'s figures of the network on unchanged faces."""
    return summarise(softmax(predict_logits(network, faces.images, device)), faces.labels, faces.class_names)


def predict_logits(network: nn.Module, images: np.ndarray, device: torch.device, batch: int = 512) -> np.ndarray:
    """float32 (n, C) logits of uint8 (n, h, w) faces, in float32 arithmetic."""
    network.eval()
    outputs = []
    with torch.inference_mode():
        for start in range(0, len(images), batch):
            grey = torch.from_numpy(images[start : start + batch]).to(device).float().unsqueeze(1)
            outputs.append(network(grey.contiguous(memory_format=torch.channels_last)).float().cpu().numpy())
    return np.concatenate(outputs)


def _score(figures: Mapping[str, Any], epoch: int, chosen_by: str) -> float:
    """How good an epoch is, by what the recipe chooses it by; higher is better."""
    return float({"accuracy": figures["accuracy"], "nll": -figures["nll"], "last": epoch}[chosen_by])


def _say_epoch(state: TrainingState, recipe: Recipe, row: Mapping[str, float], n: int) -> None:
    tqdm.write(
        f"epoch {state.epoch}/{recipe.epochs}: loss {row['loss']:.3f}, validation {row['validation_accuracy']:.4f} "
        f"(N {n}), best {state.best_accuracy:.4f} of epoch {state.best_epoch}, {row['seconds']:.0f} s"
    )
    sys.stdout.flush()


def _check_faces(training: LabelledFaces, validation: LabelledFaces, recipe: Recipe) -> None:
    if len(training) < recipe.batch:
        raise DatasetError(f"There are {len(training)} faces to learn from, fewer than one batch of {recipe.batch}.")
    if validation.class_names != training.class_names:
        raise DatasetError("The faces to learn from and those to validate on have different classes.")


def _fresh_network(recipe: Recipe, class_count: int, auxiliary_count: int, start: nn.Module | None) -> nn.Module:
    torch.manual_seed(recipe.seed)
    network = create_model(recipe.model, class_count, auxiliary_count)
    if start is not None:
        try:
            network.load_state_dict(start.state_dict())
        except RuntimeError as error:
            raise RunError("The network to start from is of another kind, or has other outputs.") from error
    return network


def _device(name: str | None) -> torch.device:
    if name is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise RunError(f"The device '{name}' is not available here.") from error
    return device
