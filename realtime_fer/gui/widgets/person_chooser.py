"""A combo box of people, filled again as they come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PyQt5.QtWidgets import QComboBox


def offer_people(
    chooser: QComboBox, everyone: int, people: Iterable[int], chosen: int | None, title_of: Callable[[int], str]
) -> None:
    """Fills the chooser, and tells nobody: everyone together stands first, and who is chosen stays in it while away.

    Args:
        everyone: the number that stands for all.
        chosen: under the number that they have now; None if the first is.
    """
    wanted = [everyone, *sorted({*people, *([] if chosen in (everyone, None) else [chosen])})]
    entries = [(person, title_of(person)) for person in wanted]
    if [(chooser.itemData(row), chooser.itemText(row)) for row in range(chooser.count())] == entries:
        return
    chooser.blockSignals(True)
    chooser.clear()
    for person, title in entries:
        chooser.addItem(title, person)
    chooser.setCurrentIndex(0 if chosen is None else wanted.index(chosen))
    chooser.blockSignals(False)
