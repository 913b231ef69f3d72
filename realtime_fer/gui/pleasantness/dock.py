"""The dock with the square of pleasantness: whose trails are shown."""

from __future__ import annotations

from PyQt5.QtGui import QHideEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.pleasantness.square import PleasantnessSquare, ShownTrail, pleasantness_tip
from realtime_fer.gui.pleasantness.trails import Trails
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.expression_history import ExpressionHistory
from realtime_fer.gui.widgets.dock_header import LiveDock
from realtime_fer.gui.widgets.inputs import ChoiceBox
from realtime_fer.gui.widgets.person_chooser import offer_people
from realtime_fer.gui.widgets.plain_text import plain

EVERYONE = -1


class PleasantnessDock(LiveDock):
    """Called only from the GUI thread. While it is closed nothing is computed.

    Args:
        people: knows names, colours, and who is hidden or one person.
    """

    def __init__(self, people: ExpressionHistory, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("pleasantness", translate("Pleasantness", "Pleasantness of the expression"), theme, parent)
        self._people = people
        self._said = ""
        self.trails = Trails()
        self.chooser = ChoiceBox()
        self.chooser.setMinimumContentsLength(7)
        self.chooser.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.chooser.setMinimumHeight(0)
        self.chooser.setAccessibleName(translate("Pleasantness", "Whose expression"))
        self.chooser.setToolTip(translate("Pleasantness", "Show everyone, or one person"))
        self.chooser.addItem(translate("Pleasantness", "Everyone"), EVERYONE)
        self.chooser.currentIndexChanged.connect(lambda _row: self._show())
        self.header.row.addWidget(self.chooser)
        self.header.row.addStretch(1)
        self.header.setToolTip(pleasantness_tip())
        self.square = PleasantnessSquare(theme)
        self.setWidget(self.square)

    def take(self, result: FrameResult) -> None:
        """A result that is shown, after ``people`` got it; while the dock is hidden nothing is done."""
        if self.isVisible():
            self.trails.add(result)
            self._show()

    def hideEvent(self, event: QHideEvent | None) -> None:
        self.trails.clear()
        super().hideEvent(event)

    @property
    def chosen(self) -> int:
        """The number of the person shown alone, or ``EVERYONE``."""
        return int(self.chooser.currentData())

    def _show(self) -> None:
        persons = {identity: self._people.shown_as(identity) for identity in self.trails.identities}
        seen = sorted({person for person in persons.values() if person is not None})
        self._offer(seen)
        shown = [
            ShownTrail(self._people.label_of(person), self._people.colour_of(person), self.trails.of(identity))
            for identity, person in persons.items()
            if person is not None and self.chosen in (EVERYONE, person)
        ]
        words = ""
        if self.trails.is_known is False:
            words = translate("Pleasantness", "This model does not know neutral, happy and an unpleasant expression.")
        elif not shown:
            words = translate("Pleasantness", "No face in view.")
        self.square.show_trails(shown, self.trails.now_s, words)
        self._describe(shown, words)

    def _describe(self, shown: list[ShownTrail], words: str) -> None:
        """For screen readers, in steps of ten per cent."""
        said = words or ". ".join(
            translate("Pleasantness", "{person}: pleasantness {pleasantness} %, strength {strength} %").format(
                person=plain(trail.label),
                pleasantness=10 * round(10 * trail.points[-1].pleasantness),
                strength=10 * (whole_percent(trail.points[-1].strength) // 10),
            )
            for trail in shown
            if trail.points
        )
        if said != self._said:
            self._said = said
            self.square.setAccessibleDescription(said)

    def _offer(self, seen: list[int]) -> None:
        chosen = self.chosen if self.chosen == EVERYONE else self._people.shown_as(self.chosen)
        offer_people(self.chooser, EVERYONE, seen, chosen, self._title)

    def _title(self, person: int) -> str:
        return translate("Pleasantness", "Everyone") if person == EVERYONE else plain(self._people.label_of(person))

    def forget_choice(self) -> None:
        """Shows everyone again: numbers do not carry over to another source."""
        self.chooser.setCurrentIndex(0)
