"""A model's card as sections: every entry of it, the known ones explained and the unknown ones as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realtime_fer.core.cards.entries import MAX_ITEMS, PlainEntries, entry, facts, is_number, number, text_of, title_of
from realtime_fer.core.cards.measured import accuracy_sections, calibration_sections, prior_sections
from realtime_fer.core.cards.model_spec import CropSpec, ModelSpec
from realtime_fer.core.cards.sections import Block, Bullets, CardSection, Code, Note, Paragraph, Swatches
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.numbers import decimal, milliseconds, percent
from realtime_fer.core.text.translation import card_words, translate

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
        _words("intended_use", translate("ModelCard", "Intended use"), card, plain),
        _words("excluded_use", translate("ModelCard", "Excluded use"), card, plain),
        _words("limits", translate("ModelCard", "Known limits"), card, plain),
        CardSection(
            "rest",
            translate("ModelCard", "Further entries of the card"),
            plain.blocks({key: value for key, value in card.items() if key not in _TITLED}),
        ),
    ]
    return [section for section in sections if section.blocks]


def _about(spec: ModelSpec, ms_a_face: float | None) -> CardSection:
    shape = spec.input
    told = translate(
        "ModelCard",
        "A network that looks at one face at a time, {width} × {height} pixels {colours}, and gives each of its "
        "{count} expressions a probability.",
    ).format(
        width=shape.width,
        height=shape.height,
        colours=translate("ModelCard", "grey") if shape.channels == 1 else translate("ModelCard", "in colour"),
        count=len(spec.class_names),
    )
    blocks: list[Block] = [Paragraph(told)]
    if "description" in spec.card:
        blocks.append(Paragraph(text_of(spec.card["description"])))
    if ms_a_face:
        speed = translate("ModelCard", "On this computer it takes {time} a face, measured when it was loaded.")
        blocks.append(Paragraph(speed.format(time=milliseconds(ms_a_face))))
    return CardSection("about", "", blocks)


def _expressions(spec: ModelSpec) -> CardSection:
    blocks: list[Block] = [Swatches([each for each in EXPRESSIONS if each.key in spec.class_names])]
    lacking = ", ".join(each.title for each in EXPRESSIONS if each.key not in spec.class_names)
    if lacking:
        blocks.append(Note(translate("ModelCard", "It does not know: {lacking}.").format(lacking=lacking)))
    return CardSection("expressions", translate("ModelCard", "Expressions"), blocks)


def _data(data: Any, plain: PlainEntries) -> CardSection:
    entries = data if isinstance(data, Mapping) else {}
    titles = {
        "name": translate("ModelCard", "Data set"),
        "split": translate("ModelCard", "Part"),
        "n": translate("ModelCard", "Faces (N)"),
        "source": translate("ModelCard", "Source"),
        "licence": translate("ModelCard", "Licence"),
    }
    blocks = facts([(title, entry(entries[key])) for key, title in titles.items() if key in entries])
    blocks += plain.blocks({key: value for key, value in entries.items() if key not in titles})
    return CardSection("data", translate("ModelCard", "Trained on"), blocks)


def _input(spec: ModelSpec, plain: PlainEntries) -> list[CardSection]:
    written = spec.card.get("input")
    entries = dict(written) if isinstance(written, Mapping) else {}
    shape = spec.input
    size = translate("ModelCard", "{width} × {height} pixels, {colours}").format(
        width=shape.width,
        height=shape.height,
        colours=translate("ModelCard", "grey") if shape.channels == 1 else "RGB",
    )
    rows = [
        (translate("ModelCard", "Picture"), size),
        (translate("ModelCard", "Values"), text_of(entries.get("values", ""), 200)),
    ]
    rest = {key: value for key, value in entries.items() if key not in ("values", "height", "width", "channels")}
    crops = spec.card.get("crop")
    return [
        CardSection("input", translate("ModelCard", "Input and crops"), [*facts(rows), *plain.blocks(rest)]),
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
        of = translate("ModelCard", " of {number}").format(number=number(whole)) if is_number(whole) else ""
        measured = translate("ModelCard", "on {number}{of} pictures in which the detector found the face").format(
            number=number(written["n"]), of=of
        )
    if is_number(written.get("scale_iqr")):
        spread = translate("ModelCard", "{number} between the quartiles of the side").format(
            number=number(written["scale_iqr"])
        )
    turned = (
        translate("ModelCard", "never")
        if crop.min_tilt_degrees is None
        else translate("ModelCard", "when its eyes tilt by {number}° or more").format(
            number=number(crop.min_tilt_degrees)
        )
    )
    side = translate("ModelCard", "{number} × the box").format(number=number(crop.scale))
    rows = [
        (translate("ModelCard", "Side"), side),
        (translate("ModelCard", "Shift"), _shift(crop)),
        (translate("ModelCard", "Turned upright"), turned),
        (translate("ModelCard", "Spread"), spread),
        (translate("ModelCard", "Measured"), measured),
    ]
    known = {"scale", "scale_iqr", "shift_x", "shift_y", "min_tilt_degrees", "n", "of"}
    rest = plain.blocks({key: value for key, value in written.items() if key not in known})
    names = {"mediapipe": "MediaPipe", "haar": translate("Detector", "Haar Cascade")}
    title = translate("ModelCard", "Crop round the box of {name}").format(name=names.get(family, text_of(family, 60)))
    return CardSection("crop", title, [*facts(rows), *rest], is_part=True)


def _shift(crop: CropSpec) -> str:
    """In hundredths of the box's side."""
    parts = [
        translate("ModelCard", "{share} of the box {value}").format(
            share=percent(abs(shift), 1), value=backward if shift < 0 else forward
        )
        for shift, backward, forward in (
            (crop.shift_x, translate("ModelCard", "to the left"), translate("ModelCard", "to the right")),
            (crop.shift_y, translate("ModelCard", "up"), translate("ModelCard", "down")),
        )
        if shift
    ]
    return ", ".join(parts) or translate("ModelCard", "none")


def _size(card: Mapping[str, Any], ms_a_face: float | None) -> CardSection:
    size, macs, speed = card.get("file_bytes"), card.get("macs"), ""
    if ms_a_face is not None:
        speed = translate("ModelCard", "not measured: it was not loaded yet")
    if ms_a_face:
        speed = translate("ModelCard", "{time} a face").format(time=milliseconds(ms_a_face))
    rows = [
        (translate("ModelCard", "Parameters"), entry(card.get("parameters"))),
        (
            translate("ModelCard", "Multiply-adds"),
            "" if macs is None else translate("ModelCard", "{number} a face").format(number=entry(macs)),
        ),
        (
            translate("ModelCard", "File"),
            f"{decimal(size / 1e6)}\u00a0MB" if isinstance(size, int) and 0 <= size < 10**15 else entry(size),
        ),
        (translate("ModelCard", "Precision"), entry(card.get("precision"))),
        (translate("ModelCard", "Speed here"), speed),
    ]
    return CardSection("size", translate("ModelCard", "Size and speed"), facts(rows))


def _recipe(card: Mapping[str, Any], plain: PlainEntries) -> CardSection:
    recipe = card.get("recipe")
    entries = recipe if isinstance(recipe, Mapping) else {}
    rows = [
        (translate("ModelCard", "Best epoch"), entry(card.get("epoch"))),
        (translate("ModelCard", "Distilled from"), entry(card.get("teachers") or None)),
        (translate("ModelCard", "Seed"), "" if entries.get("seed") == card.get("seed") else entry(card.get("seed"))),
    ]
    single = [key for key, value in entries.items() if not isinstance(value, (Mapping, list))][:MAX_ITEMS]
    rows += [(title_of(key), entry(entries[key])) for key in single]
    blocks = facts(rows) + plain.blocks({key: value for key, value in entries.items() if key not in set(single)})
    if recipe and not entries:
        blocks.append(Paragraph(entry(recipe)))
    return CardSection("recipe", translate("ModelCard", "Recipe of the training"), blocks)


def _file(spec: ModelSpec) -> list[CardSection]:
    rows = [
        (translate("ModelCard", "Id"), text_of(spec.model_id, 120)),
        (translate("ModelCard", "Name"), text_of(spec.path.name, 200)),
        ("SHA-256", Code(text_of(spec.sha256, 64))),
        (translate("ModelCard", "Card’s schema"), entry(spec.card.get("schema"))),
    ]
    sections = [CardSection("file", translate("ModelCard", "File"), facts(rows))]
    parity = spec.card.get("parity")
    if isinstance(parity, Mapping):
        titles = {
            "max_abs_difference": translate("ModelCard", "Greatest difference"),
            "n": translate("ModelCard", "Faces (N)"),
            "on": translate("ModelCard", "On"),
            "tolerance": translate("ModelCard", "Tolerance"),
            "same_answer": translate("ModelCard", "Same answer"),
            "trained_accuracy": translate("ModelCard", "Trained accuracy"),
        }
        told = [(titles.get(key, title_of(key)), entry(value)) for key, value in list(parity.items())[:MAX_ITEMS]]
        title = translate("ModelCard", "Parity with the trained network")
        sections.append(CardSection("parity", title, facts(told), is_part=True))
    return sections


def _words(key: str, title: str, card: Mapping[str, Any], plain: PlainEntries) -> CardSection:
    """Sentences, which are translated where a shipped card says them."""
    written, blocks = card.get(key), list[Block]()
    if isinstance(written, list) and written:
        blocks.append(Bullets([entry(card_words(item)) for item in written[:MAX_ITEMS]]))
        if len(written) > MAX_ITEMS:
            more = translate("ModelCard", "… and {count} more.").format(count=len(written) - MAX_ITEMS)
            blocks.append(Note(more))
    elif isinstance(written, Mapping):
        blocks += plain.blocks(written)
    elif written:
        blocks.append(Paragraph(entry(card_words(written))))
    return CardSection(key, title, blocks)
