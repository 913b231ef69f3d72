"""The measured part of a model card's page: accuracy, recall by expression, confusion matrix, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS, expression_named, is_expression
from realtime_fer.core.text.percentages import wilson_interval
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.model_card.html import Page, escaped, figure, is_number, is_share, number, share

MAX_SPLITS = 12
MAX_CONFUSION_CLASSES = 16

#: A recall counted on fewer faces than these has its interval beside it.
FEW_FACES = 100

_SHOWN = {
    "accuracy",
    "balanced_accuracy",
    "n",
    "macro_f1",
    "ece",
    "nll",
    "brier",
    "recall",
    "support",
    "left_out",
    "confusion",
}


def title_of(key: str) -> str:
    """An expression's display name, for HTML."""
    return expression_named(key).title if is_expression(key) else escaped(key, 24)


def add_figures(page: Page, spec: ModelSpec) -> None:
    """Accuracy of each split in one table, then each split's recall, confusion and whatever else it has."""
    page.heading(translate("CardFigures", "Accuracy"))
    splits = list(spec.metrics.items())[:MAX_SPLITS]
    if not splits:
        page.paragraph(translate("CardFigures", "The card gives no measured accuracy."))
        return
    page.table(
        (
            translate("CardFigures", "Measured on"),
            translate("CardFigures", "Right"),
            translate("CardFigures", "Balanced"),
            translate("CardFigures", "Faces (N)"),
            "Macro F1",
        ),
        [
            (
                escaped(spec.split_title(split)),
                share(figures.get("accuracy")),
                share(balanced(figures)),
                number(figures.get("n")),
                figure(figures.get("macro_f1")),
            )
            for split, figures in splits
        ],
    )
    page.note(
        translate(
            "CardFigures",
            "Balanced is the mean of the recalls. It and macro F1 count every expression alike, however rare it is.",
        )
    )
    if len(spec.metrics) > MAX_SPLITS:
        page.note(
            translate("CardFigures", "… and {count} more sets of figures.").format(count=len(spec.metrics) - MAX_SPLITS)
        )
    for split, figures in splits:
        _add_split(page, spec, split, figures)


def balanced(figures: Mapping[str, Any]) -> Any:
    """The split's balanced accuracy, worked out from its recalls where it is not written; None without them."""
    written, recall = figures.get("balanced_accuracy"), figures.get("recall")
    if written is not None or not isinstance(recall, Mapping):
        return written
    known = [value for value in recall.values() if is_share(value)]
    return sum(known) / len(known) if known else None


def _add_split(page: Page, spec: ModelSpec, split: str, figures: Mapping[str, Any]) -> None:
    title = escaped(spec.split_title(split))
    recall, support = figures.get("recall"), figures.get("support")
    if isinstance(recall, Mapping) and recall:
        page.subheading(translate("CardFigures", "Recall by expression, {title}").format(title=title))
        page.note(translate("CardFigures", "Of the faces that are labelled so, how many the model calls so."))
        _add_recall(page, recall, support if isinstance(support, Mapping) else {}, spec.class_names)
    confusion = confusion_of(figures)
    if confusion is not None:
        page.subheading(translate("CardFigures", "Confusion matrix, {title}").format(title=title))
        page.note(
            translate(
                "CardFigures", "A row is what the label says, a column what the model says, in percent of the row."
            )
        )
        _add_confusion(page, *confusion)
    if is_number(figures.get("left_out")) and figures["left_out"]:
        page.note(
            translate("CardFigures", "{number} more faces have a label that the model does not know.").format(
                number=number(figures["left_out"])
            )
        )
    rest = {
        key: value
        for key, value in figures.items()
        if key not in _SHOWN or (key == "confusion" and confusion is None and value)
    }
    if rest:
        page.plain(rest)


def _add_recall(
    page: Page, recall: Mapping[str, Any], support: Mapping[str, Any], class_names: tuple[str, ...]
) -> None:
    rows: list[str] = []
    few = False
    quiet = page.theme.quiet
    unknown = translate("CardFigures", "– the model does not know it")
    name_px, share_px, faces_px = (page.theme.px(width) for width in (90, 70, 80))
    for expression in EXPRESSIONS:
        key = expression.key
        if key not in recall:
            if key not in class_names:
                rows.append(
                    f'<tr><td style="color:{quiet};">{expression.title}</td>'
                    f'<td colspan="4" style="color:{quiet};">{unknown}</td></tr>'
                )
            continue
        value = recall[key]
        drawn = page.bar(value, expression.colour_rgb) if is_share(value) else ""
        faces = f"N {number(support[key])}" if key in support else ""
        interval = _interval(value, support.get(key))
        rows.append(
            f'<tr><td width="{name_px}">{expression.title}</td>'
            f'<td style="vertical-align:middle;">{drawn}</td>'
            f'<td align="right" width="{share_px}">{share(value)}</td>'
            f'<td align="right" width="{faces_px}" style="color:{quiet};">{faces}</td>'
            f'<td style="color:{quiet};">{interval}</td></tr>'
        )
        few = few or bool(interval)
    page.add(f'<table cellspacing="0" cellpadding="3" style="margin-top:4px;">{"".join(rows)}</table>')
    if few:
        page.note(
            translate(
                "CardFigures",
                "Counted on fewer than {count} faces, a recall is uncertain: beside it is its 95 % interval (Wilson).",
            ).format(count=FEW_FACES)
        )


def _interval(recall: Any, n: Any) -> str:
    """'35 to 72 %' where there are few faces, else ''."""
    if not is_share(recall) or not is_number(n) or not 1 <= n < FEW_FACES:
        return ""
    low, high = wilson_interval(float(recall), int(n))
    return translate("CardFigures", "{low:.0f} to {high:.0f}\u00a0%").format(low=100 * low, high=100 * high)


def add_prior(page: Page, spec: ModelSpec) -> None:
    """What the network expects before it looks, and what each sensitivity makes of it."""
    prior = spec.card.get("prior")
    if not isinstance(prior, Mapping):
        return
    page.heading(translate("CardFigures", "Sensitivity to subtle expressions"))
    fitted_on = prior.get("fitted_on")
    rows, n = [], None
    for split, figures in spec.metrics.items():
        if spec.split_title(split) == fitted_on:
            rows.append((translate("CardFigures", "Off"), "0", "–", *_prior_figures(figures)))
    for key, title in (
        ("standard", translate("CardFigures", "Standard")),
        ("higher", translate("CardFigures", "Higher")),
    ):
        level = prior.get(key)
        if isinstance(level, Mapping):
            n = level.get("n", n)
            rows.append((title, number(level.get("tau")), figure(level.get("temperature")), *_prior_figures(level)))
    page.table(
        (
            "",
            "τ",
            translate("CardFigures", "Temperature"),
            translate("CardFigures", "Right"),
            translate("CardFigures", "Balanced"),
            "ECE",
        ),
        rows,
    )
    page.note(
        translate(
            "CardFigures",
            "The network’s answer is divided by what it expects before it looks, to the power of τ: what it has seen "
            "seldom is named sooner. Found on {faces}, N {count}.",
        ).format(faces=escaped(fitted_on or "–", 90), count=number(n))
    )
    expected = prior.get("probabilities")
    if isinstance(expected, Mapping):
        page.facts((title_of(key), share(value)) for key, value in list(expected.items())[:MAX_CONFUSION_CLASSES])


def _prior_figures(figures: Mapping[str, Any]) -> tuple[str, str, str]:
    return share(figures.get("accuracy")), share(balanced(figures)), figure(figures.get("ece"))


def confusion_of(figures: Mapping[str, Any]) -> tuple[list[str], list[list[int]]] | None:
    """Classes and counts of a split in display order (rows are labels), or None where it has no sound matrix."""
    entry = figures.get("confusion")
    if not isinstance(entry, Mapping):
        return None
    classes, counts = entry.get("classes"), entry.get("counts")
    if not isinstance(classes, list) or not 2 <= len(classes) <= MAX_CONFUSION_CLASSES:
        return None
    if not all(isinstance(name, str) for name in classes) or not isinstance(counts, list):
        return None
    size = len(classes)
    if len(counts) != size or not all(isinstance(row, list) and len(row) == size for row in counts):
        return None
    if not all(isinstance(count, int) and 0 <= count < 10**12 for row in counts for count in row):
        return None
    known = [expression_named(name).key if is_expression(name) else name for name in classes]
    order = sorted(range(size), key=lambda i: EXPRESSION_KEYS.index(known[i]) if known[i] in EXPRESSION_KEYS else 99)
    return [known[i] for i in order], [[counts[i][j] for j in order] for i in order]


def _add_confusion(page: Page, classes: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
    quiet = page.theme.quiet
    style = f'width="{page.theme.px(60)}" style="color:{quiet}; white-space:nowrap;"'
    head = "".join(f'<td align="center" {style}><small>{title_of(name)}</small></td>' for name in classes)
    rows = [f'<tr><td></td>{head}<td align="right" style="color:{quiet};"><small>N</small></td></tr>']
    for name, row in zip(classes, counts, strict=True):
        total = sum(row)
        cells = []
        for column, count in zip(classes, row, strict=True):
            part = count / total if total else 0.0
            ground, ink = shades(page.theme.field, page.theme.accent, part)
            weight = "600" if column == name else "400"
            text = f"{100 * part:.0f}" if total else "–"
            cells.append(
                f'<td align="center" bgcolor="{ground}" style="color:{ink}; font-weight:{weight};">{text}</td>'
            )
        faces = f'<td align="right" style="color:{quiet};"><small>{number(total)}</small></td>'
        rows.append(f'<tr><td align="right"><small>{title_of(name)}</small></td>{"".join(cells)}{faces}</tr>')
    page.add(f'<table cellspacing="1" cellpadding="5" style="margin-top:4px;">{"".join(rows)}</table>')


def shades(empty: str, full: str, part: float) -> tuple[str, str]:
    """The colour of a cell between ``empty`` and ``full``, and black or white for what is written on it.

    Whichever of the two has more contrast has at least 4.5 to 1 on any colour (WCAG 2).
    """
    # The square root shows that 3 % and 8 % are not the same.
    amount = part**0.5
    low, high = ([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (empty, full))
    mixed = [round(a + (b - a) * amount) for a, b in zip(low, high, strict=True)]
    linear = [v / 12.92 if (v := c / 255) <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for c in mixed]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    dark_on_it, light_on_it = (luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)
    return "#{:02x}{:02x}{:02x}".format(*mixed), "#000000" if dark_on_it >= light_on_it else "#ffffff"


def add_calibration(page: Page, spec: ModelSpec, temperature: object) -> None:
    """How far its probabilities can be taken at their word."""
    keys = ("ece", "nll", "brier")
    rows: Iterable[tuple[str, Mapping[str, Any]]] = [
        (split, figures) for split, figures in spec.metrics.items() if any(key in figures for key in keys)
    ][:MAX_SPLITS]
    if not rows and temperature is None:
        return
    page.heading(translate("CardFigures", "Calibration"))
    if rows:
        page.table(
            (translate("CardFigures", "Measured on"), "ECE", "NLL", "Brier"),
            [
                (escaped(spec.split_title(split)), *(figure(figures.get(key)) for key in keys))
                for split, figures in rows
            ],
        )
        page.note(
            translate(
                "CardFigures",
                "ECE is how far its probabilities are, on average, from how often it is right; 0 is best. NLL and "
                "Brier are small where the right expression gets a high probability.",
            )
        )
    if temperature is not None:
        page.facts([(translate("CardFigures", "Temperature"), number(temperature))])
        page.note(translate("CardFigures", "Its outputs were divided by this number before they became probabilities."))
