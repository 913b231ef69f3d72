"""The figures as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def as_text(report: dict[str, Any]) -> str:
    lines = [_scenes(report)]
    for model in report["models"]:
        lines += ["", *_model(model)]
    if len(report["models"]) > 1:
        lines += ["", *overview(report["models"])]
    return "\n".join([*lines, *difference_lines(report, "same scenes")])


def overview(models: Sequence[dict[str, Any]]) -> list[str]:
    """A Markdown table with a row for each model: the share of correct frames by expression, and more."""
    keys = list(models[0]["classes"])
    titles = ["Network", "balanced", "95 % interval", "of the named", *keys]
    titles += ["uncertain", "label changes a minute", "new one after", "never"]
    rows = [titles, ["---"] * len(titles)]
    for model in models:
        shares = {key: counts["right"] / counts["frames"] for key, counts in model["classes"].items()}
        low, high = model["interval"]
        uncertain = sum(counts["uncertain"] for counts in model["classes"].values()) / model["frames"]
        steady, median_s = model["steadiness"]["a_minute"], model["changes"]["median_s"]
        rows.append(
            [
                model["model"],
                percent(model["balanced_accuracy"]),
                f"{percent(low)} to {percent(high)}",
                percent(model["balanced_of_named"]),
                *(percent(shares[key]) if model["classes"][key]["known"] else "–" for key in keys),
                percent(uncertain),
                "–" if steady is None else f"{steady:.1f}",
                "–" if median_s is None else f"{median_s:.2f} s",
                percent(model["changes"]["never_share"]),
            ]
        )
    return [f"| {' | '.join(row)} |" for row in rows]


def difference_lines(report: dict[str, Any], same: str) -> list[str]:
    """How further models compare with the first; no lines if there are none."""
    if not report["differences"]:
        return []
    lines = ["", f"Balanced accuracy minus that of {report['models'][0]['model']}, on the {same}:"]
    for entry in report["differences"]:
        low, high = (100 * end for end in entry["interval"])
        certain = "" if low <= 0 <= high else ", significant at 95 %"
        lines.append(
            f"  {entry['model']:<12} {100 * entry['difference']:+.1f} points, "
            f"95 % interval {low:+.1f} to {high:+.1f}{certain}"
        )
    return lines


def _scenes(report: dict[str, Any]) -> str:
    data = ", ".join(f"{entry['name']} (N {entry['n']})" for entry in report["data"])
    return (
        f"{report['scenes']} scenes, seed {report['seed']}, {report['size']}, {report['fps']:g} frames a second, "
        f"detector {report['detector']}\nFaces of {data}"
    )


def _model(model: dict[str, Any]) -> list[str]:
    low, high = model["interval"]
    lines = [
        f"{model['model']}: balanced accuracy {percent(model['balanced_accuracy'])} of all frames "
        f"(95 % interval {percent(low)} to {percent(high)}), {percent(model['balanced_of_named'])} of the named ones; "
        f"N {model['frames']} frames of {model['faces']['n']} faces",
        "  expression  faces  frames   right   wrong  uncertain  not found  wrong mostly as",
    ]
    for key, counts in model["classes"].items():
        frames = counts["frames"]
        shares = [counts[kind] / frames for kind in ("right", "wrong", "uncertain", "not_found")]
        right, wrong, uncertain, not_found = shares
        mostly = next(iter(counts["called"]), "–") + ("" if counts["known"] else " (the network lacks it)")
        lines.append(
            f"  {key:<10}  {counts['faces']:>5}  {frames:>6}  {right:>6.1%}  {wrong:>6.1%}  {uncertain:>9.1%}"
            f"  {not_found:>9.1%}  {mostly}"
        )
    steady, changes, faces = model["steadiness"], model["changes"], model["faces"]
    if steady["a_minute"] is not None:
        lines.append(
            f"  {steady['a_minute']:.1f} label changes a minute while nothing changes "
            f"(N {steady['label_changes']} in {steady['minutes']:.1f} minutes)"
        )
    if changes["n"]:
        median = "–" if changes["median_s"] is None else f"{changes['median_s']:.2f} s"
        lines.append(
            f"  a new expression is shown after {median} (median of {changes['shown']}), "
            f"never {percent(changes['never_share'])} (of {changes['n'] - changes['already']}; "
            f"{changes['already']} more were called so before)"
        )
    lines.append(
        f"  faces never found {faces['never']} of {faces['n']}, lost {faces['lost']} times, "
        f"given another number {faces['renumbered']} times"
    )
    return lines


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
