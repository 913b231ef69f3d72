"""The measured part of a card in sections: accuracy, recall by expression, confusion, sensitivity, calibration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realtime_fer.core.cards.entries import PlainEntries, facts, figure, is_number, is_share, number, share, text_of, tr
from realtime_fer.core.cards.model_spec import AT_STANDARD, ModelSpec, translated_split
from realtime_fer.core.cards.sections import Bar, Bars, Block, CardSection, Confusion, Note, Paragraph, Table
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS, expression_named, is_expression
from realtime_fer.core.text.numbers import decimal, percent
from realtime_fer.core.text.percentages import wilson_interval

MAX_SPLITS = 12
MAX_CONFUSION_CLASSES = 16

#: A recall counted on fewer faces than these has its interval beside it.
FEW_FACES = 100

_SHOWN = {
    "accuracy", "balanced_accuracy", "n", "macro_f1", "ece", "nll", "brier", "recall", "support", "left_out",
    "confusion", AT_STANDARD,
}  # fmt: skip


def accuracy_sections(spec: ModelSpec, plain: PlainEntries) -> list[CardSection]:
    """Accuracy of each split in one table, then each split's recall, confusion and whatever else it has."""
    title = tr("Accuracy")
    splits = list(spec.metrics.items())[:MAX_SPLITS]
    if not splits:
        return [CardSection("accuracy", title, [Paragraph(tr("The card gives no measured accuracy."))])]
    head = (tr("Measured on"), tr("Accuracy"), tr("Balanced"), tr("Faces (N)"), tr("Macro F1"))
    rows = [
        (_title(spec, split), *_right(figures), number(figures.get("n")), figure(figures.get("macro_f1")))
        for split, figures in splits
    ]
    explained = tr(
        "Balanced is the mean of the recalls. It and macro F1 count every expression alike, however rare it is."
    )
    blocks: list[Block] = [Table(head, rows), Note(explained)]
    if spec.prior is not None:
        off = tr(
            "These figures, recalls and matrices are of the sensitivity “off”. The section “Sensitivity to subtle "
            "expressions” has those of the others; the program starts with “standard”."
        )
        blocks.append(Note(off))
    rest = len(spec.metrics) - MAX_SPLITS
    if rest > 0:
        blocks.append(Note(tr("… and {count} more sets of figures.", count=rest)))
    sections = [CardSection("accuracy", title, blocks)]
    for split, figures in splits:
        sections += _split_sections(spec, split, figures, plain)
    return sections


def balanced(figures: Mapping[str, Any]) -> Any:
    """The split's balanced accuracy: as written, else the mean of its recalls; None without them."""
    written, recall = figures.get("balanced_accuracy"), figures.get("recall")
    if written is not None or not isinstance(recall, Mapping):
        return written
    known = [value for value in recall.values() if is_share(value)]
    return sum(known) / len(known) if known else None


def _title(spec: ModelSpec, split: str) -> str:
    return translated_split(spec.split_title(split))


def _split_sections(spec: ModelSpec, split: str, figures: Mapping[str, Any], plain: PlainEntries) -> list[CardSection]:
    title, sections = _title(spec, split), []
    if isinstance(figures.get("recall"), Mapping) and figures["recall"]:
        heading = tr("Recall by expression, {title}", title=title)
        sections.append(CardSection("recall", heading, _recalls(figures, spec.class_names), is_part=True))
    confusion = confusion_of(figures)
    if confusion is not None:
        heading = tr("Confusion matrix, {title}", title=title)
        told = tr("Rows are labels, columns are what the model says, in percent of the row.")
        sections.append(CardSection("confusion", heading, [Note(told), confusion], is_part=True))
    blocks: list[Block] = []
    if is_number(figures.get("left_out")) and figures["left_out"]:
        left_out = number(figures["left_out"])
        blocks.append(Note(tr("{number} more faces have a label that the model does not know.", number=left_out)))
    is_unsound = confusion is None and figures.get("confusion")
    blocks += plain.blocks(figures, but=_SHOWN - {"confusion"} if is_unsound else _SHOWN)
    return [*sections, CardSection("further", "", blocks, is_part=True)] if blocks else sections


def _recalls(figures: Mapping[str, Any], class_names: tuple[str, ...]) -> list[Block]:
    recall, support = figures["recall"], figures.get("support")
    counts = support if isinstance(support, Mapping) else {}
    rows = []
    for expression in EXPRESSIONS:
        key = expression.key
        if key in recall:
            length = float(recall[key]) if is_share(recall[key]) else None
            faces = f"N {number(counts[key])}" if key in counts else ""
            rows.append(Bar(expression, length, share(recall[key]), faces, _interval(recall[key], counts.get(key))))
        elif key not in class_names:
            rows.append(Bar(expression, remark=tr("– the model does not know it")))
    told = tr("For each label, the share of its faces to which the model gives the same name.")
    blocks: list[Block] = [Note(told), Bars(rows)]
    if any(row.interval for row in rows):
        few = tr(
            "A recall measured on fewer than {count} faces has its 95 % interval (Wilson) beside it.",
            count=FEW_FACES,
        )
        blocks.append(Note(few))
    return blocks


def _interval(recall: Any, n: Any) -> str:
    """'35 to 72 %' where there are few faces, else ''."""
    if not is_share(recall) or not is_number(n) or not 1 <= n < FEW_FACES:
        return ""
    low, high = wilson_interval(float(recall), int(n))
    return tr("{low} to {high}", low=decimal(100 * low, 0), high=percent(high))


def confusion_of(figures: Mapping[str, Any]) -> Confusion | None:
    """A split's matrix in display order; None where it has no sound one."""
    written = figures.get("confusion")
    if not isinstance(written, Mapping):
        return None
    classes, counts = written.get("classes"), written.get("counts")
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
    return Confusion([_class_title(known[i]) for i in order], [[counts[i][j] for j in order] for i in order])


def _class_title(key: str) -> str:
    return expression_named(key).title if is_expression(key) else text_of(key, 24)


def prior_sections(spec: ModelSpec) -> list[CardSection]:
    """What the network expects before it looks, and what each sensitivity makes of it."""
    prior = spec.card.get("prior")
    if not isinstance(prior, Mapping):
        return []
    fitted_on = prior.get("fitted_on")
    rows, n = [], None
    for split, figures in spec.metrics.items():
        if spec.split_title(split) == fitted_on:
            rows.append((tr("Off"), "0", "–", *_right(figures), figure(figures.get("ece"))))
    for key, title in ((Sensitivity.STANDARD, tr("Standard")), (Sensitivity.HIGHER, tr("Higher"))):
        level = prior.get(key)
        if isinstance(level, Mapping):
            n = level.get("n", n)
            rows.append(
                (
                    title,
                    number(level.get("tau")),
                    figure(level.get("temperature")),
                    *_right(level),
                    figure(level.get("ece")),
                )
            )
    head = ("", "τ", tr("Temperature"), tr("Accuracy"), tr("Balanced"), "ECE")
    told = tr(
        "The network’s probabilities are divided by its prior to the power of τ, so that rare "
        "expressions are named more readily. Chosen on {faces}, N {count}.",
        faces=translated_split(text_of(fitted_on or "–", 90)),
        count=number(n),
    )
    blocks: list[Block] = [Table(head, rows), Note(told)]
    expected = prior.get("probabilities")
    if isinstance(expected, Mapping):
        listed = list(expected.items())[:MAX_CONFUSION_CLASSES]
        blocks += facts([(_class_title(str(key)), share(value)) for key, value in listed])
    return [CardSection("prior", tr("Sensitivity to subtle expressions"), blocks)]


def _right(figures: Mapping[str, Any]) -> tuple[str, str]:
    return share(figures.get("accuracy")), share(balanced(figures))


def calibration_sections(spec: ModelSpec) -> list[CardSection]:
    """How far its probabilities can be taken at their word."""
    keys, temperature = ("ece", "nll", "brier"), spec.card.get("temperature")
    splits = [(split, figures) for split, figures in spec.metrics.items() if any(key in figures for key in keys)]
    blocks: list[Block] = []
    if splits:
        head = (tr("Measured on"), "ECE", "NLL", "Brier")
        rows = [
            (_title(spec, split), *(figure(figures.get(key)) for key in keys)) for split, figures in splits[:MAX_SPLITS]
        ]
        told = tr(
            "ECE is how far its probabilities are, on average, from how often it is right; 0 is best. NLL and Brier "
            "are small where the right expression gets a high probability."
        )
        blocks += [Table(head, rows), Note(told)]
    if temperature is not None:
        told = tr("The logits are divided by this number before the softmax.")
        blocks += [*facts([(tr("Temperature"), number(temperature))]), Note(told)]
    return [CardSection("calibration", tr("Calibration"), blocks)] if blocks else []
