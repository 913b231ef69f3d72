"""Writes ``docs/models.md``: every network of a folder with its figures, the commands that reproduce them, and plots.

Accuracies come from the cards, which were measured on the files (their hashes are checked); milliseconds are measured
now, on one thread. Only names of files and data sets are written, never folders of this machine.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from realtime_fer.core.errors import ModelError
from train.cards.card import NAMES, write_whole
from train.cards.card_data import BEGINNINGS, LAST_EPOCH
from train.measure.plots import draw_confusion, draw_curve
from train.measure.predictor_factory import create_predictor
from train.measure.reproduction import reproduction_commands, run_name
from train.predictors import milliseconds_a_face

BEGIN = "<!-- begin: written by python -m train table -->"
END = "<!-- end: written by python -m train table -->"

PREAMBLE = f"""# The networks

What follows is written by `python -m train table`; no figure is copied by hand. Accuracy on FER2013 is no promise for
a webcam: across data sets such networks lose 20 to 30 points in the literature.

{BEGIN}
{END}
"""


def write_table(weights: Path, runs: Path | None, page: Path) -> list[Path]:
    """Writes the page, or the part between its two marks if it exists, and its pictures into a folder beside it.

    Args:
        weights: folder of ``.tflite`` files and cards.
        runs: folder of runs, each named as its network; a network without one keeps its existing curve.
        page: Markdown; its pictures go to ``<page's name>/``.

    Returns:
        The files written.

    Raises:
        ModelError: the folder holds no card, or a card or its file is damaged.
        SinkError: a file cannot be written.
    """
    specs = sorted((read_model_spec(path) for path in weights.glob("*.json")), key=_place)
    if not specs:
        raise ModelError(f"{weights}: holds no model card.")
    pictures = page.with_suffix("")
    written: list[Path] = []
    parts = [_overview(specs)]
    for spec in specs:
        drawn = _draw(spec, runs, pictures)
        written += drawn.values()
        parts.append(
            network_section(spec, specs, {name: f"{pictures.name}/{path.name}" for name, path in drawn.items()})
        )
    try:
        before = page.read_text(encoding="utf-8") if page.exists() else PREAMBLE
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{page}: cannot be read: {error}.") from error
    if before.count(BEGIN) != 1 or before.count(END) != 1 or before.index(BEGIN) > before.index(END):
        raise ModelError(f"{page}: lacks the marks '{BEGIN}' and '{END}' to write between.")
    head, tail = before[: before.index(BEGIN)], before[before.index(END) :]
    write_whole({page: f"{head}{BEGIN}\n\n{_joined(parts)}\n\n{tail}".encode()})
    return [page, *written]


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


def _place(spec: ModelSpec) -> tuple[int, str]:
    order = list(NAMES)
    return (order.index(spec.model_id) if spec.model_id in order else len(order), spec.model_id)


def _draw(spec: ModelSpec, runs: Path | None, folder: Path) -> dict[str, Path]:
    """Draws the network's pictures; their paths by title."""
    drawn: dict[str, Path] = {}
    run = runs / run_name(spec) if runs is not None else None
    curve = folder / f"{spec.model_id}-curve.png"
    if run is not None and (run / "log.csv").is_file():
        draw_curve(run, curve)
    if curve.is_file():
        drawn["learning curve"] = curve
    for index, (split, figures) in enumerate(spec.metrics.items()):
        # FER2013's two kinds of labels confuse the same pairs, so one matrix is enough.
        if "confusion" not in figures or (index and figures.get("dataset") == "FER2013"):
            continue
        title = f"confusion matrix, {spec.split_title(split)}"
        name = re.sub(r"[^a-z0-9]+", "-", split.lower()).strip("-")
        drawn[title] = folder / f"{spec.model_id}-confusion-{name}.png"
        draw_confusion(figures["confusion"], f"{spec.name}, {spec.split_title(split)}, N {figures['n']}", drawn[title])
    return drawn


def _overview(specs: Sequence[ModelSpec]) -> str:
    """The table of all networks, with a column for each split that any of them was measured on."""
    splits = list(dict.fromkeys(spec.split_title(split) for spec in specs for split in spec.metrics))
    rows = []
    for spec in specs:
        of_split = {spec.split_title(split): figures for split, figures in spec.metrics.items()}
        spec.verify_file()
        milliseconds = milliseconds_a_face(create_predictor(_card_path(spec), threads=1, batch=1))
        card = spec.card
        rows.append(
            [
                f"[{spec.name}](#{_anchor(spec)})",
                str(len(spec.class_names)),
                f"{card['parameters']:,}",
                f"{card['macs'] / 1e6:.1f} M",
                f"{spec.path.stat().st_size / 1e6:.2f} MB, {card['precision']}",
                f"{milliseconds:.2f}",
                *(_accuracy(of_split.get(split)) for split in splits),
            ]
        )
    total = sum(path.stat().st_size for path in {spec.path for spec in specs}) / 1e6
    header = ["Network", "Classes", "Parameters", "MACs", "File", "ms a face", *splits]
    return _joined(
        [
            _table(header, rows),
            f"All files together: {total:.2f} MB. Milliseconds a face: one thread on {_processor()}, median of 200, by "
            "`python -m train table`, which takes parameters, multiply-accumulates of one face (MACs) and accuracies "
            "from the cards. A network is asked about faces of its own classes only; the others are left out and "
            "counted below.",
        ]
    )


def _accuracy(figures: Mapping[str, Any] | None) -> str:
    return "–" if figures is None else f"{figures['accuracy']:.2%} (N {figures['n']:,})"


def _epoch(card: Mapping[str, Any]) -> str:
    """'Last epoch 50', or 'Best epoch 25' where the faces of a split chose it."""
    is_last = card["data"].get("chosen_on", {}).get("epoch") == LAST_EPOCH
    return f"{'Last' if is_last else 'Best'} epoch {card['epoch']}"


def network_section(spec: ModelSpec, specs: Sequence[ModelSpec], pictures: Mapping[str, str]) -> str:
    card = spec.card
    parity = card.get("parity", {})
    lines = [
        f'<a id="{_anchor(spec)}"></a>\n\n## {spec.name} (`{spec.model_id}`)',
        f"Classes: {', '.join(spec.class_names)}. {_together(card)}Learned from {_sets(card)}. "
        f"{_epoch(card)}, temperature {card['temperature']:.3f}. Differs from the trained network by "
        f"at most {parity.get('max_abs_difference', float('nan')):.1e} in any probability (N {parity.get('n', 0):,}).",
        _table(
            ["Measured on", "N", "left out", "accuracy", "macro F1", "ECE", "NLL"],
            [
                [
                    spec.split_title(split),
                    f"{figures['n']:,}",
                    str(figures.get("left_out", 0)),
                    f"{figures['accuracy']:.2%}",
                    *(f"{figures[key]:.3f}" for key in ("macro_f1", "ece", "nll")),
                ]
                for split, figures in spec.metrics.items()
            ],
        ),
        _recalls(spec),
        "Train, export, and print every figure again:",
        "```sh\n" + "\n".join(reproduction_commands(spec, specs)) + "\n```",
    ]
    lines += [f"![{spec.name}: {title}]({path})" for title, path in pictures.items()]
    return _joined(lines)


def _recalls(spec: ModelSpec) -> str:
    """Recall of each class with its N, a row for each split."""
    rows = []
    for split, figures in spec.metrics.items():
        cells = []
        for name in spec.class_names:
            recall, n = figures["recall"].get(name), figures["support"].get(name, 0)
            cells.append("–" if recall is None else f"{recall:.1%} ({n:,})")
        rows.append([spec.split_title(split), *cells])
    return _table(["Recall (N)", *spec.class_names], rows)


def _sets(card: Mapping[str, Any]) -> str:
    data = card["data"]
    sets = data.get("sets") or [{"name": data["name"], "n": data["n"]}]
    split = data.get("split", "Training")
    learned = " and ".join(f"{one['name']} {split} (N {one['n']:,})" for one in sets if one["name"] not in BEGINNINGS)
    return learned + "".join(f", begun from {one['name']}" for one in sets if one["name"] in BEGINNINGS)


def _together(card: Mapping[str, Any]) -> str:
    others = " and ".join(f"`{one['recipe']}`" for one in card.get("beside", []))
    return f"Says the mean of its own network's answer and that of {others}. " if others else ""


def _card_path(spec: ModelSpec) -> Path:
    return spec.path.with_name(f"{spec.model_id}.json")


def _anchor(spec: ModelSpec) -> str:
    return f"network-{spec.model_id}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in [header, *rows]]
    return "\n".join([lines[0], "|" + "---|" * len(header), *lines[1:]])


def _processor() -> str:
    """The processor's name, which the milliseconds depend on."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        found = None
    return found.group(1).strip() if found else platform.processor() or platform.machine()
