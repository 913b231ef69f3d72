"""Fits a network by a recipe: resumable from its last epoch, best weights by validation kept as it goes.

Called by ``python -m train fit``. Writes into its run folder: ``last.pt`` (everything needed to go on),
``best.pt`` (the averaged weights of the best epoch), ``log.csv`` (one row an epoch).
"""

from __future__ import annotations

import copy
import math
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

from realtime_fer.core.errors import RealtimeFerError
from train.calibration import softmax
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError, LabelledFaces
from train.fit.batches import Batches
from train.fit.checkpoint import load_state, save_state
from train.fit.fingerprints import OTHERS, fingerprint
from train.fit.objective import Objective
from train.fit.optimisation import average_into, learning_rate_at, parameter_groups
from train.fit.random_state import random_state, restore_random_state
from train.fit.run_log import append_row, trim_log
from train.fit.sameness import difference
from train.fit.soft_targets import SoftTargets, taught_by
from train.fit.teachers import Teacher
from train.metrics import summarise
from train.models import create_model
from train.recipe import Recipe


class RunError(RealtimeFerError):
    """A run folder or a device cannot be used as asked."""


@dataclass(frozen=True)
class FitResult:
    """What a run came to: accuracy and number of the epoch that was kept, epochs done.

    ``interrupted`` is True when Ctrl-C ended it; it can be resumed.
    """

    best_accuracy: float
    best_epoch: int
    epochs_done: int
    n: int
    checkpoint: Path
    interrupted: bool


def predict_logits(network: nn.Module, images: np.ndarray, device: torch.device, batch: int = 512) -> np.ndarray:
    """float32 (n, C) logits of uint8 (n, h, w) faces, in float32 arithmetic."""
    network.eval()
    outputs = []
    with torch.inference_mode():
        for start in range(0, len(images), batch):
            grey = torch.from_numpy(images[start : start + batch]).to(device).float().unsqueeze(1)
            outputs.append(network(grey.contiguous(memory_format=torch.channels_last)).float().cpu().numpy())
    return np.concatenate(outputs)


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

    A run that was stopped and resumed goes on from the same state, random numbers included. On the CPU, with as many
    threads, it gives exactly the weights of one that was not; of a GPU that is not promised.

    Args:
        training: faces to learn from; with ``votes`` an auxiliary head learns those too.
        validation: faces that choose the best epoch. Never a test split.
        run_folder: made if missing.
        resume: go on from ``last.pt`` there, if any; it must have been begun with the same recipe, faces and teachers.
        data_sources: name and n of each data set in ``training``, for the card.
        teachers: trained networks to learn from as well, whose logits are in the order of ``training``'s classes.
        soft_targets: views of the same faces and what teachers said of them; these are then learned from.
        validated_on: data set and split of ``validation``, for the card.
        start: a trained network of the same kind, whose weights are gone on from; None begins with random ones.
        show_progress: a bar with loss and time left; None shows it on a terminal only.

    Raises:
        RunError: the folder holds another run, cannot be written, or the device is not there.
        DatasetError: fewer faces than one batch, or validation has other classes.
    """
    device = _device(device_name)
    if len(training) < recipe.batch:
        raise DatasetError(f"There are {len(training)} faces to learn from, fewer than one batch of {recipe.batch}.")
    if validation.class_names != training.class_names:
        raise DatasetError("The faces to learn from and those to validate on have different classes.")
    last = run_folder / "last.pt"
    if last.exists() and not resume:
        raise RunError(f"{run_folder}: holds a run already; go on with --resume, or name another folder with --run.")
    try:
        run_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"{run_folder}: cannot be made: {error.strerror}.") from error
    begun_with = fingerprint(training, validation, data_sources, teachers, soft_targets, start)
    torch.manual_seed(recipe.seed)
    auxiliary = training.votes is not None and recipe.auxiliary_weight > 0
    network = create_model(recipe.model, len(training.class_names), len(FERPLUS_CLASSES) if auxiliary else 0)
    if start is not None:
        try:
            network.load_state_dict(start.state_dict())
        except RuntimeError as error:
            raise RunError("The network to start from is of another kind, or has other outputs.") from error
    network = network.to(device).to(memory_format=torch.channels_last)
    averaged = copy.deepcopy(network).eval()
    optimizer = torch.optim.SGD(
        parameter_groups(network, recipe.weight_decay), lr=0.1, momentum=recipe.momentum, nesterov=True
    )
    generator = torch.Generator(device=device).manual_seed(recipe.seed)
    start_epoch, step, best_score, best_accuracy, best_epoch = 0, 0, -math.inf, -1.0, -1
    if last.is_file():
        state = load_state(last, device)
        if state.get("recipe", recipe.as_mapping()) != recipe.as_mapping():
            raise RunError(f"{run_folder}: was begun with another recipe; name another folder with --run.")
        other = difference(state.get("begun_with", {}), begun_with, OTHERS)
        if other is not None:
            raise RunError(f"{run_folder}: was begun with {other}; name another folder with --run.")
        try:
            network.load_state_dict(state["network"])
            averaged.load_state_dict(state["averaged"])
            optimizer.load_state_dict(state["optimizer"])
            restore_random_state(state, generator, device)
            start_epoch, step = state["epoch"], state["step"]
            best_accuracy, best_epoch = state["best_accuracy"], state["best_epoch"]
            best_score = state["best_score"]
        except (KeyError, RuntimeError, ValueError) as error:
            raise RunError(f"{last}: is not of this network and data; name another folder with --run.") from error
        trim_log(run_folder / "log.csv", start_epoch)

    teaching = taught_by(teachers, soft_targets)
    batches = Batches(training, recipe, auxiliary, device, generator, soft_targets)
    steps_an_epoch = len(batches)
    total = steps_an_epoch * recipe.epochs
    objective = Objective(recipe, [teacher.to(device).eval() for teacher in teachers])
    done = start_epoch
    interrupted = False
    bar = tqdm(total=total, initial=step, unit="batch", disable=None if show_progress is None else not show_progress)
    try:
        for epoch in range(start_epoch, recipe.epochs):
            started = time.monotonic()
            network.train()
            order = batches.order()
            losses = torch.zeros((), device=device)
            hits = torch.zeros((), device=device)
            labelled = torch.zeros((), device=device)
            bar.set_description(f"epoch {epoch + 1}/{recipe.epochs}")
            for index in range(steps_an_epoch):
                chosen = order[index * recipe.batch : (index + 1) * recipe.batch]
                batch = batches.make(chosen, step)
                for group in optimizer.param_groups:
                    group["lr"] = learning_rate_at(step, total, recipe)
                loss, logits = objective(network, batch)
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                step += 1
                # Early weights are of no use in the average, so it starts short.
                decay = min(recipe.average_decay, (1 + step) / (10 + step))
                average_into(averaged, network, decay)
                losses += loss.detach()
                # A face that only has votes has no label to hit.
                has_label = batch.target.sum(1) > 0
                hits += ((logits.detach().argmax(1) == batch.target.argmax(1)) & has_label).sum()
                labelled += has_label.sum()
                bar.update()
                if index % 20 == 0:
                    seen = index + 1
                    bar.set_postfix(
                        loss=f"{float(losses) / seen:.3f}", accuracy=f"{float(hits) / max(1.0, float(labelled)):.1%}"
                    )
            probabilities = softmax(predict_logits(averaged, validation.images, device))
            figures = summarise(probabilities, validation.labels, validation.class_names)
            row = {
                "epoch": epoch + 1,
                "loss": float(losses) / steps_an_epoch,
                "training_accuracy": float(hits) / max(1.0, float(labelled)),
                "validation_accuracy": figures["accuracy"],
                "validation_nll": figures["nll"],
                "validation_macro_f1": figures["macro_f1"],
                "learning_rate": learning_rate_at(step - 1, total, recipe),
                "seconds": time.monotonic() - started,
            }
            append_row(run_folder / "log.csv", row, fresh=epoch == 0)
            score = {"accuracy": figures["accuracy"], "nll": -figures["nll"], "last": epoch + 1.0}[recipe.chosen_by]
            if score > best_score:
                best_score = score
                best_accuracy, best_epoch = figures["accuracy"], epoch + 1
                save_state(
                    run_folder / "best.pt",
                    {
                        "network": averaged.state_dict(),
                        "recipe": recipe.as_mapping(),
                        "class_names": list(training.class_names),
                        "auxiliary_count": len(FERPLUS_CLASSES) if auxiliary else 0,
                        "training_n": len(training),
                        "data_sources": [dict(source) for source in data_sources],
                        "validation": figures,
                        "validated_on": validated_on,
                        **teaching,
                        "epoch": epoch + 1,
                    },
                )
            save_state(
                last,
                {
                    "network": network.state_dict(),
                    "averaged": averaged.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    **random_state(generator, device),
                    "epoch": epoch + 1,
                    "step": step,
                    "best_score": best_score,
                    "best_accuracy": best_accuracy,
                    "best_epoch": best_epoch,
                    "recipe": recipe.as_mapping(),
                    "begun_with": begun_with,
                },
            )
            done = epoch + 1
            tqdm.write(
                f"epoch {epoch + 1}/{recipe.epochs}: loss {row['loss']:.3f}, validation {figures['accuracy']:.4f} "
                f"(N {figures['n']}), best {best_accuracy:.4f} of epoch {best_epoch}, {row['seconds']:.0f} s"
            )
            sys.stdout.flush()
    except KeyboardInterrupt:
        # last.pt holds the last whole epoch: --resume repeats the one that was cut short, exactly.
        interrupted = True
    except OSError as error:
        raise RunError(f"{run_folder}: cannot be written: {error.strerror or error}.") from error
    finally:
        bar.close()
    return FitResult(best_accuracy, best_epoch, done, len(validation), run_folder / "best.pt", interrupted)


def _device(name: str | None) -> torch.device:
    if name is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise RunError(f"The device '{name}' is not to be had here.") from error
    return device
