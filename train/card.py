"""Writes a model's card, ``weights/<id>.json``, in the form that ``realtime_fer.core.model_spec`` reads."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import SinkError
from realtime_fer.core.model_spec import SCHEMA

INTENDED_USE = (
    "Naming the visible facial expression of people who know of it and agree, live or in recordings, on their own "
    "computer: demonstrations, teaching, art, self-observation, research."
)

EXCLUDED_USE = [
    "Inferring the emotions of people at work or in education: forbidden in the European Union by Art. 5(1)(f) of "
    "the AI Act (Regulation (EU) 2024/1689), but for medical or safety reasons.",
    "Any decision about a person: hiring, grading, credit, insurance, policing, border control, diagnosis.",
    "Watching people who do not know of it.",
]

LIMITS = [
    "It names what a face shows, not what a person feels; people show the same feeling differently.",
    "Its data are photographs found by web searches, labelled by few people and with many wrong labels; a human "
    "agrees with the labels of FER2013 in about 65 of 100 cases.",
    "On other data sets, and on webcams, such networks are right 20 to 30 points less often than on FER2013.",
    "Age, skin colour and culture are not recorded in the data, so accuracy by group is unknown.",
    "Disgust and fear are rare or easily mistaken for others: see the recall of each class.",
    "The temperature was fitted on PublicTest and the best epoch chosen on it, so its calibration and accuracy "
    "there are slightly flattered.",
    "It wants a face of about 48 pixels or more, seen from the front; turned away, covered or badly lit faces are "
    "guesses.",
]

FER2013 = {
    "name": "FER2013",
    "source": "Goodfellow et al. 2013, arXiv:1307.0414; FER+ votes: Barsoum et al. 2016, arXiv:1608.01041",
    "licence": "Images: FER2013, for research and education. FER+ labels: MIT, Microsoft. Weights: as the program.",
}


def model_card(
    *,
    model_id: str,
    name: str,
    file_name: str,
    sha256: str,
    side: int,
    class_names: tuple[str, ...],
    crops: dict[str, Any],
    data: dict[str, Any],
    metrics: dict[str, dict[str, Any]],
    training: dict[str, Any],
    network: dict[str, Any],
    parity: dict[str, Any],
) -> dict[str, Any]:
    """The whole card as plain values. ``network`` and ``training`` are merged in at the top level."""
    return {
        "schema": SCHEMA,
        "id": model_id,
        "name": name,
        "file": file_name,
        "sha256": sha256,
        "input": {"height": side, "width": side, "channels": 1, "values": "grey, 0 to 255"},
        "class_names": list(class_names),
        "crop": crops,
        "data": data,
        "metrics": metrics,
        **network,
        **training,
        "parity": parity,
        "intended_use": INTENDED_USE,
        "excluded_use": EXCLUDED_USE,
        "limits": LIMITS,
    }


def write_whole(files: dict[Path, bytes]) -> None:
    """Writes every file beside its place first and moves them there together, so that none is ever half written.

    Raises:
        SinkError: a folder cannot be written.
    """
    partials = {path: path.with_name(f"{path.name}.{os.getpid()}.partial") for path in files}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partials[path].write_bytes(content)
        for path, partial in partials.items():
            os.replace(partial, path)
    except OSError as error:
        raise SinkError(f"{error.filename or next(iter(files))}: cannot be written: {error.strerror}.") from error
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)


def as_json(card: dict[str, Any]) -> bytes:
    return (json.dumps(_rounded(card), indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _rounded(value: Any) -> Any:
    """Floats to six significant digits: what is measured is not known to sixteen."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(entry) for entry in value]
    return value
