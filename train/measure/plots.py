"""Learning curves and confusion matrices as PNG. Needs matplotlib.

The files contain neither a date nor matplotlib's version, so the same figures give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from realtime_fer.core.errors import SinkError
from realtime_fer.core.expressions import expression_named
from train.fit.run_log import read_log


def draw_curve(run: Path, out: Path) -> None:
    """Loss and accuracies by epoch.

    Raises:
        DatasetError: the run has no usable log.
        SinkError: the picture cannot be written.
    """
    columns = read_log(run / "log.csv")
    from matplotlib.ticker import MaxNLocator

    figure = _figure(7, 4)
    left = figure.add_subplot()
    left.plot(columns["epoch"], columns["validation_accuracy"], color="#0072B2", label="validation accuracy")
    left.plot(columns["epoch"], columns["training_accuracy"], color="#E69F00", label="training accuracy, augmented")
    best = max(range(len(columns["epoch"])), key=lambda row: columns["validation_accuracy"][row])
    left.annotate(
        f"{columns['validation_accuracy'][best]:.2%}, epoch {columns['epoch'][best]:.0f}",
        (columns["epoch"][best], columns["validation_accuracy"][best]),
        xytext=(-10, 8),
        textcoords="offset points",
        ha="right",
    )
    left.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1))
    left.grid(alpha=0.3)
    right = left.twinx()
    right.plot(columns["epoch"], columns["loss"], color="#999999", linestyle="--", label="loss")
    right.set(ylabel="loss")
    lines = [*left.get_lines(), *right.get_lines()]
    names = [str(line.get_label()) for line in lines]
    left.legend(lines, names, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False)
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    _save(figure, out)


def draw_confusion(confusion: dict[str, Any], title: str, out: Path) -> None:
    """The confusion matrix: a row for each label with its N, cells in per cent of the row.

    A single hue from light to dark repeats the number, so that colour-blind people can read it.

    Args:
        confusion: ``{"classes", "counts"}`` as :func:`train.metrics.summarise` gives it.

    Raises:
        SinkError: the picture cannot be written.
    """
    counts = np.asarray(confusion["counts"], np.int64)
    names = [expression_named(key).display_name for key in confusion["classes"]]
    totals = counts.sum(1)
    per_cent = 100 * counts / np.maximum(totals, 1)[:, None]
    size = len(names)
    figure = _figure(1.8 + 0.72 * size, 1.6 + 0.55 * size)
    axes = figure.add_subplot()
    axes.imshow(per_cent, cmap="Blues", vmin=0, vmax=100, aspect="auto")
    for row in range(size):
        for column in range(size):
            text = f"{per_cent[row, column]:.0f}" if totals[row] else "–"
            shade = "white" if per_cent[row, column] > 65 else "black"
            weight = "bold" if row == column else "normal"
            axes.text(column, row, text, ha="center", va="center", color=shade, fontweight=weight)
    axes.set_xticks(range(size), names, rotation=35, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(size), [f"{name}  N {total}" for name, total in zip(names, totals, strict=True)])
    # White lines between the cells, so that neighbours of one shade stay apart.
    axes.set_xticks(np.arange(size + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(size + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="both", length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set(xlabel="answer", ylabel="label")
    axes.set_title(f"{title}\nper cent of each row", fontsize=10)
    _save(figure, out)


def _figure(width_inches: float, height_inches: float) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_inches, height_inches), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _save(figure: Any, out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(out, dpi=90, format="png", metadata={"Software": None})
    except OSError as error:
        raise SinkError(f"{out}: cannot be written: {error.strerror or error}.") from error
