"""A model's card as sections: every entry of it, the known ones explained and the unknown ones as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realtime_fer.core.cards.entries import (
    MAX_ITEMS,
    PlainEntries,
    entry,
    facts,
    is_number,
    number,
    text_of,
    title_of,
    tr,
)
from realtime_fer.core.cards.measured import accuracy_sections, calibration_sections, prior_sections
from realtime_fer.core.cards.model_input import CropSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.cards.sections import Block, Bullets, CardSection, Code, Note, Paragraph, Swatches
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.numbers import decimal, milliseconds, percent
from realtime_fer.core.text.translation import translate, translate_card_text

_TITLED = {
    "schema", "id", "name", "file", "sha256", "class_names", "input", "crop", "metrics", "data", "description",
    "parameters", "macs", "file_bytes", "precision", "temperature", "recipe", "teachers", "seed", "epoch", "parity",
    "intended_use", "excluded_use", "limits", "prior",
}  # fmt: skip


def card_sections(spec: ModelSpec, ms_a_face: float | None = None) -> list[CardSection]:
    """All of the card.

    Args:
        ms_a_face: as measured on this computer; 0.0 says that it was not measured, None says nothing of it.
    """
    card, plain = spec.card, PlainEntries()
    sections = [
        _about(spec, ms_a_face),
        _expressions(spec),
        *accuracy_sections(spec, plain),
        *prior_sections(spec),
        *calibration_sections(spec),
        _data(card.get("data"), plain),
        *_input(spec, plain),
        _size(card, ms_a_face),
        _recipe(card, plain),
        *_file(spec),
        _words("intended_use", tr("Intended use"), card, plain),
        _words("excluded_use", tr("Excluded use"), card, plain),
        _words("limits", tr("Known limits"), card, plain),
        CardSection("rest", tr("Other entries of the card"), plain.blocks(card, but=_TITLED)),
    ]
    return [section for section in sections if section.blocks]


def _about(spec: ModelSpec, ms_a_face: float | None) -> CardSection:
    shape = spec.input
    told = tr(
        "A network that reads one face at a time ({width} × {height} pixels, {colours}) and gives "
        "each of its {count} expressions a probability.",
        width=shape.width,
        height=shape.height,
        colours=tr("grey") if shape.channels == 1 else tr("in colour"),
        count=len(spec.class_names),
    )
    blocks: list[Block] = [Paragraph(told)]
    if "description" in spec.card:
        blocks.append(Paragraph(text_of(spec.card["description"])))
    if ms_a_face:
        time = milliseconds(ms_a_face)
        blocks.append(Paragraph(tr("On this computer it takes {time} per face.", time=time)))
    return CardSection("about", "", blocks)


def _expressions(spec: ModelSpec) -> CardSection:
    blocks: list[Block] = [Swatches([each for each in EXPRESSIONS if each.key in spec.class_names])]
    lacking = ", ".join(each.title for each in EXPRESSIONS if each.key not in spec.class_names)
    if lacking:
        blocks.append(Note(tr("It does not know: {lacking}.", lacking=lacking)))
    return CardSection("expressions", tr("Expressions"), blocks)


def _data(data: Any, plain: PlainEntries) -> CardSection:
    entries = data if isinstance(data, Mapping) else {}
    titles = {
        "name": tr("Data set"),
        "split": tr("Part"),
        "n": tr("Faces (N)"),
        "source": tr("Source"),
        "licence": tr("Licence"),
    }
    blocks = facts([(title, entry(entries[key])) for key, title in titles.items() if key in entries])
    blocks += plain.blocks(entries, but=titles)
    return CardSection("data", tr("Trained on"), blocks)


def _input(spec: ModelSpec, plain: PlainEntries) -> list[CardSection]:
    written = spec.card.get("input")
    entries = written if isinstance(written, Mapping) else {}
    shape = spec.input
    size = tr(
        "{width} × {height} pixels, {colours}",
        width=shape.width,
        height=shape.height,
        colours=tr("grey") if shape.channels == 1 else "RGB",
    )
    rows = [(tr("Video"), size), (tr("Values"), text_of(entries.get("values", ""), 200))]
    rest = plain.blocks(entries, but=("values", "height", "width", "channels"))
    crops = spec.card.get("crop")
    return [
        CardSection("input", tr("Input and crops"), [*facts(rows), *rest]),
        *(
            _crop(family, written, spec.crop_for(family), plain)
            for family, written in list(crops.items() if isinstance(crops, Mapping) else ())[:MAX_ITEMS]
            if isinstance(written, Mapping)
        ),
    ]


def _crop(family: str, written: Mapping[str, Any], crop: CropSpec, plain: PlainEntries) -> CardSection:
    measured = spread = ""
    if is_number(written.get("n")):
        whole = written.get("of")
        of = tr(" of {number}", number=number(whole)) if is_number(whole) else ""
        measured = tr(
            "on {number}{of} pictures in which the detector found the face", number=number(written["n"]), of=of
        )
    if is_number(written.get("scale_iqr")):
        spread = tr("{number}, the interquartile range of the side", number=number(written["scale_iqr"]))
    turned = (
        tr("never")
        if crop.min_tilt_degrees is None
        else tr("where the eyes tilt by {number}° or more", number=number(crop.min_tilt_degrees))
    )
    rows = [
        (tr("Side"), tr("{number} × the box", number=number(crop.scale))),
        (tr("Shift"), _shift(crop)),
        (tr("Turned upright"), turned),
        (tr("Spread"), spread),
        (tr("Measured"), measured),
    ]
    known = {"scale", "scale_iqr", "shift_x", "shift_y", "min_tilt_degrees", "n", "of"}
    rest = plain.blocks(written, but=known)
    names = {"mediapipe": "MediaPipe", "haar": translate("Detector", "Haar Cascade")}
    title = tr("Crop around the box of {name}", name=names.get(family, text_of(family, 60)))
    return CardSection("crop", title, [*facts(rows), *rest], is_part=True)


def _shift(crop: CropSpec) -> str:
    """In hundredths of the box's side."""
    parts = [
        tr("{share} of the box {value}", share=percent(abs(shift), 1), value=backward if shift < 0 else forward)
        for shift, backward, forward in (
            (crop.shift_x, tr("to the left"), tr("to the right")),
            (crop.shift_y, tr("up"), tr("down")),
        )
        if shift
    ]
    return ", ".join(parts) or tr("none")


def _size(card: Mapping[str, Any], ms_a_face: float | None) -> CardSection:
    size, macs, speed = card.get("file_bytes"), card.get("macs"), ""
    if ms_a_face is not None:
        speed = tr("not measured: the model has not been loaded yet")
    if ms_a_face:
        speed = tr("{time} per face", time=milliseconds(ms_a_face))
    rows = [
        (tr("Parameters"), entry(card.get("parameters"))),
        (tr("Multiply-adds"), "" if macs is None else tr("{number} per face", number=entry(macs))),
        (tr("File"), f"{decimal(size / 1e6)}\u00a0MB" if isinstance(size, int) and 0 <= size < 10**15 else entry(size)),
        (tr("Precision"), entry(card.get("precision"))),
        (tr("Speed on this computer"), speed),
    ]
    return CardSection("size", tr("Size and speed"), facts(rows))


def _recipe(card: Mapping[str, Any], plain: PlainEntries) -> CardSection:
    recipe = card.get("recipe")
    entries = recipe if isinstance(recipe, Mapping) else {}
    rows = [
        (tr("Epoch"), entry(card.get("epoch"))),
        (tr("Distilled from"), entry(card.get("teachers") or None)),
        (tr("Seed"), "" if entries.get("seed") == card.get("seed") else entry(card.get("seed"))),
    ]
    single = [key for key, value in entries.items() if not isinstance(value, (Mapping, list))][:MAX_ITEMS]
    rows += [(title_of(key), entry(entries[key])) for key in single]
    blocks = facts(rows) + plain.blocks(entries, but=single)
    if recipe and not entries:
        blocks.append(Paragraph(entry(recipe)))
    return CardSection("recipe", tr("Training recipe"), blocks)


def _file(spec: ModelSpec) -> list[CardSection]:
    rows = [
        (tr("Id"), text_of(spec.model_id, 120)),
        (tr("Name"), text_of(spec.path.name, 200)),
        ("SHA-256", Code(text_of(spec.sha256, 64))),
        (tr("Card schema"), entry(spec.card.get("schema"))),
    ]
    sections = [CardSection("file", tr("File"), facts(rows))]
    parity = spec.card.get("parity")
    if isinstance(parity, Mapping):
        titles = {
            "max_abs_difference": tr("Largest difference"),
            "n": tr("Faces (N)"),
            "on": tr("On"),
            "tolerance": tr("Tolerance"),
            "same_answer": tr("Same answer"),
            "trained_accuracy": tr("Trained accuracy"),
        }
        told = [(titles.get(key, title_of(key)), entry(value)) for key, value in list(parity.items())[:MAX_ITEMS]]
        title = tr("Parity with the trained network")
        sections.append(CardSection("parity", title, facts(told), is_part=True))
    return sections


def _words(key: str, title: str, card: Mapping[str, Any], plain: PlainEntries) -> CardSection:
    """Sentences, which are translated where a shipped card says them."""
    written, blocks = card.get(key), list[Block]()
    if isinstance(written, list) and written:
        blocks.append(Bullets([entry(translate_card_text(item)) for item in written[:MAX_ITEMS]]))
        if len(written) > MAX_ITEMS:
            blocks.append(Note(tr("… and {count} more.", count=len(written) - MAX_ITEMS)))
    elif isinstance(written, Mapping):
        blocks += plain.blocks(written)
    elif written:
        blocks.append(Paragraph(entry(translate_card_text(written))))
    return CardSection(key, title, blocks)
