"""A model's card as a page to read: every entry of it, the known ones explained and the unknown ones as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realtime_fer.core.cards.model_spec import CropSpec, ModelSpec
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.numbers import decimal, milliseconds, percent
from realtime_fer.core.text.translation import card_words, translate
from realtime_fer.gui.model_card.figures import add_calibration, add_figures, add_prior
from realtime_fer.gui.model_card.html import MAX_ITEMS, Page, escaped, flat, is_number, number, worded
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.titles import detector_title

_TITLED = {
    "schema", "id", "name", "file", "sha256", "class_names", "input", "crop", "metrics", "data", "description",
    "parameters", "macs", "file_bytes", "precision", "temperature", "recipe", "teachers", "seed", "epoch", "parity",
    "intended_use", "excluded_use", "limits", "prior",
}  # fmt: skip


def card_page(spec: ModelSpec, theme: Theme, ms_a_face: float = 0.0) -> str:
    """The card as HTML that Qt shows.

    Args:
        ms_a_face: as measured on this computer; 0.0 where it was not.
    """
    card = spec.card
    page = Page(theme)
    _add_what_it_is(page, spec, ms_a_face)
    add_figures(page, spec)
    add_prior(page, spec)
    add_calibration(page, spec, card.get("temperature"))
    _add_data(page, card.get("data"))
    _add_input(page, spec)
    _add_size(page, card, ms_a_face)
    _add_recipe(page, card)
    _add_file(page, spec)
    for key, title in (
        ("intended_use", translate("CardPage", "Intended use")),
        ("excluded_use", translate("CardPage", "Excluded use")),
        ("limits", translate("CardPage", "Known limits")),
    ):
        _add_words(page, title, card.get(key))
    rest = {key: value for key, value in card.items() if key not in _TITLED}
    if rest:
        page.heading(translate("CardPage", "Further entries of the card"))
        page.plain(rest)
    return page.html()


def _add_what_it_is(page: Page, spec: ModelSpec, ms_a_face: float) -> None:
    page.title(escaped(spec.name, 120))
    shape = spec.input
    colours = translate("CardPage", "grey") if shape.channels == 1 else translate("CardPage", "in colour")
    page.paragraph(
        translate(
            "CardPage",
            "A network that looks at one face at a time, {width} × {height} pixels {colours}, and gives "
            "each of its {count} expressions a probability.",
        ).format(width=shape.width, height=shape.height, colours=colours, count=len(spec.class_names))
    )
    if "description" in spec.card:
        page.paragraph(escaped(spec.card["description"]))
    if ms_a_face:
        page.paragraph(
            translate("CardPage", "On this computer it takes {time} a face, measured when it was loaded.").format(
                time=milliseconds(ms_a_face)
            )
        )
    page.heading(translate("CardPage", "Expressions"))
    known = [entry for entry in EXPRESSIONS if entry.key in spec.class_names]
    names = (f"{page.swatch(entry.colour_rgb)}&nbsp;{entry.title}" for entry in known)
    page.paragraph(" &nbsp; ".join(names))
    lacking = ", ".join(entry.title for entry in EXPRESSIONS if entry.key not in spec.class_names)
    if lacking:
        page.note(translate("CardPage", "It does not know: {lacking}.").format(lacking=lacking))


def _add_data(page: Page, data: Any) -> None:
    if not isinstance(data, Mapping) or not data:
        return
    page.heading(translate("CardPage", "Trained on"))
    titles = {
        "name": translate("CardPage", "Data set"),
        "split": translate("CardPage", "Part"),
        "n": translate("CardPage", "Faces (N)"),
        "source": translate("CardPage", "Source"),
        "licence": translate("CardPage", "Licence"),
    }
    page.facts((title, _value(data[key])) for key, title in titles.items() if key in data)
    rest = {key: value for key, value in data.items() if key not in titles}
    if rest:
        page.plain(rest)


def _add_input(page: Page, spec: ModelSpec) -> None:
    page.heading(translate("CardPage", "Input and crops"))
    written = spec.card.get("input")
    entries = dict(written) if isinstance(written, Mapping) else {}
    values = escaped(entries.pop("values", ""), 200)
    for key in ("height", "width", "channels"):
        entries.pop(key, None)
    shape = spec.input
    colours = translate("CardPage", "grey") if shape.channels == 1 else "RGB"
    page.facts(
        [
            (
                translate("CardPage", "Picture"),
                translate("CardPage", "{width} × {height} pixels, {colours}").format(
                    width=shape.width, height=shape.height, colours=colours
                ),
            ),
            (translate("CardPage", "Values"), values),
        ]
    )
    if entries:
        page.plain(entries)
    crops = spec.card.get("crop")
    if not isinstance(crops, Mapping):
        return
    for family, written in list(crops.items())[:MAX_ITEMS]:
        crop = spec.crop_for(family)
        turned = (
            translate("CardPage", "never")
            if crop.min_tilt_degrees is None
            else translate("CardPage", "when its eyes tilt by {number}° or more").format(
                number=number(crop.min_tilt_degrees)
            )
        )
        measured, spread = "", is_number(written.get("scale_iqr"))
        if is_number(written.get("n")):
            of = (
                translate("CardPage", " of {number}").format(number=number(written["of"]))
                if is_number(written.get("of"))
                else ""
            )
            measured = translate("CardPage", "on {number}{of} pictures in which the detector found the face").format(
                number=number(written["n"]), of=of
            )
        title = "MediaPipe" if family == "mediapipe" else detector_title(family)
        page.subheading(translate("CardPage", "Crop round the box of {name}").format(name=escaped(title, 60)))
        page.facts(
            [
                (
                    translate("CardPage", "Side"),
                    translate("CardPage", "{number} × the box").format(number=number(crop.scale)),
                ),
                (translate("CardPage", "Shift"), _shift(crop)),
                (translate("CardPage", "Turned upright"), turned),
                (
                    translate("CardPage", "Spread"),
                    translate("CardPage", "{number} between the quartiles of the side").format(
                        number=number(written["scale_iqr"])
                    )
                    if spread
                    else "",
                ),
                (translate("CardPage", "Measured"), measured),
            ]
        )
        known = {"scale", "scale_iqr", "shift_x", "shift_y", "min_tilt_degrees", "n", "of"}
        rest = {key: value for key, value in written.items() if key not in known}
        if rest:
            page.plain(rest)


def _shift(crop: CropSpec) -> str:
    """In hundredths of the box's side."""
    parts = [
        translate("CardPage", "{share} of the box {value}").format(
            share=percent(abs(shift), 1), value=backward if shift < 0 else forward
        )
        for shift, backward, forward in (
            (crop.shift_x, translate("CardPage", "to the left"), translate("CardPage", "to the right")),
            (crop.shift_y, translate("CardPage", "up"), translate("CardPage", "down")),
        )
        if shift
    ]
    return ", ".join(parts) or translate("CardHtml", "none")


def _add_size(page: Page, card: Mapping[str, Any], ms_a_face: float) -> None:
    size = card.get("file_bytes")
    bytes_text = f"{decimal(size / 1e6)}\u00a0MB" if isinstance(size, int) and 0 <= size < 10**15 else _value(size)
    rows = [
        (translate("CardPage", "Parameters"), _value(card.get("parameters"))),
        (
            translate("CardPage", "Multiply-adds"),
            translate("CardPage", "{number} a face").format(number=_value(card["macs"]))
            if card.get("macs") is not None
            else "",
        ),
        (translate("CardPage", "File"), bytes_text),
        (translate("CardPage", "Precision"), _value(card.get("precision"))),
        (
            translate("CardPage", "Speed here"),
            translate("CardPage", "{time} a face").format(time=milliseconds(ms_a_face))
            if ms_a_face
            else translate("CardPage", "not measured: it was not loaded yet"),
        ),
    ]
    page.heading(translate("CardPage", "Size and speed"))
    page.facts(rows)


def _add_recipe(page: Page, card: Mapping[str, Any]) -> None:
    recipe = card.get("recipe")
    rows = [(translate("CardPage", "Best epoch"), _value(card.get("epoch")))]
    teachers = card.get("teachers")
    if isinstance(teachers, list) and teachers:
        rows.append((translate("CardPage", "Distilled from"), _value(teachers)))
    if not isinstance(recipe, Mapping) or recipe.get("seed") != card.get("seed"):
        rows.append((translate("CardPage", "Seed"), _value(card.get("seed"))))
    if not recipe and not any(value for _, value in rows):
        return
    page.heading(translate("CardPage", "Recipe of the training"))
    page.facts(rows)
    if isinstance(recipe, Mapping):
        entries = list(recipe.items())
        plain = [(key, value) for key, value in entries if not isinstance(value, (Mapping, list))][:MAX_ITEMS]
        page.facts((worded(key), _value(value)) for key, value in plain)
        shown = {key for key, _ in plain}
        rest = {key: value for key, value in entries if key not in shown}
        if rest:
            page.plain(rest)
    elif recipe:
        page.paragraph(_value(recipe))


def _add_file(page: Page, spec: ModelSpec) -> None:
    page.heading(translate("CardPage", "File"))
    page.facts(
        [
            (translate("CardPage", "Id"), escaped(spec.model_id, 120)),
            (translate("CardPage", "Name"), escaped(spec.path.name, 200)),
            ("SHA-256", f'<span style="font-family:monospace;">{escaped(spec.sha256, 64)}</span>'),
            (translate("CardPage", "Card’s schema"), _value(spec.card.get("schema"))),
        ]
    )
    parity = spec.card.get("parity")
    if isinstance(parity, Mapping) and parity:
        page.subheading(translate("CardPage", "Parity with the trained network"))
        titles = {
            "max_abs_difference": translate("CardPage", "Greatest difference"),
            "n": translate("CardPage", "Faces (N)"),
            "on": translate("CardPage", "On"),
            "tolerance": translate("CardPage", "Tolerance"),
            "same_answer": translate("CardPage", "Same answer"),
            "trained_accuracy": translate("CardPage", "Trained accuracy"),
        }
        page.facts((titles.get(key, worded(key)), _value(value)) for key, value in list(parity.items())[:MAX_ITEMS])


def _add_words(page: Page, title: str, entry: Any) -> None:
    if not entry:
        return
    page.heading(title)
    if isinstance(entry, list):
        page.bullets([_value(card_words(item)) for item in entry[:MAX_ITEMS]])
        if len(entry) > MAX_ITEMS:
            page.note(translate("CardPage", "… and {count} more.").format(count=len(entry) - MAX_ITEMS))
    elif isinstance(entry, Mapping):
        page.plain(entry)
    else:
        page.paragraph(_value(card_words(entry)))


def _value(value: Any) -> str:
    """Any entry in one line; '' for none."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{worded(key)} {number(entry)}" for key, entry in list(value.items())[:MAX_ITEMS])
    if isinstance(value, list):
        return flat(value)
    return escaped(value) if isinstance(value, str) else number(value)
