"""What the commands of ``python -m train`` share: parser, errors, and the check for packages."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, Protocol

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.printable import PrintableParser, printable_error

Act = Callable[[argparse.Namespace], int]

TRAIN_FOLDER = Path(__file__).resolve().parents[1]
CROPS_FILE = TRAIN_FOLDER / "recipes" / "fer2013-crops.json"
HEAD_HELP = "of a checkpoint: labels (default), or FER+'s votes"

PIP_NAMES = {
    "torch": "torch==2.13.0",
    "litert_torch": "litert-torch==0.10.0",
    "ai_edge_quantizer": "ai-edge-quantizer==0.10.0",
    "matplotlib": "matplotlib",
}


class Parser(PrintableParser):
    """Exits with 2 and one sentence where arguments are wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {printable_error(message)}.\n")


class AddCommand(Protocol):
    """Adds a command to the parser: name, function of the parsed arguments to an exit code, one-line summary."""

    def __call__(self, name: str, act: Act, summary: str) -> argparse.ArgumentParser: ...


class MissingPackageError(RealtimeFerError):
    """A package that only training needs is not installed."""


class UsageError(RealtimeFerError):
    """Options that do not go together."""


def need(*packages: str) -> None:
    """Raises MissingPackageError: one of the packages, given by import name, is not installed."""
    missing = [PIP_NAMES[package] for package in packages if importlib.util.find_spec(package) is None]
    if missing:
        names = " ".join(missing)
        raise MissingPackageError(
            f"This needs {names}.",
            f"Install it with 'pip install {names}'; in the checkout \"pip install -e '.[train]'\" installs all that "
            "training needs.",
        )


def count(text: str) -> int:
    """A whole number of at least 1, for argparse."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least 1")
    return int(text)


def share(text: str) -> float:
    """A number above 0.5 and up to 1, for argparse."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.5 < value <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a share above 0.5 and up to 1")
    return value
