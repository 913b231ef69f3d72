"""A run's learning curve as a picture. Needs matplotlib."""

from __future__ import annotations

from pathlib import Path

from train.run_log import read_log


def draw_curve(run: Path, out: Path) -> None:
    """Loss and accuracies by epoch, as PNG.

    Raises:
        DatasetError: the run has no usable log.
    """
    columns = read_log(run / "log.csv")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
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
    figure.savefig(out, dpi=120)
