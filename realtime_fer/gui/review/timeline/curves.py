"""One person's probabilities over time, as a curve for each expression."""

from __future__ import annotations

from PyQt5.QtGui import QColor, QPen

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.timeline.label_columns import ShareCurves
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph

#: Curves are read against this in both themes, as the expressions' colours are made for.
_GROUND = "#14171c"


class PersonCurves:
    """Draws into a box of the timeline; called only from the GUI thread."""

    def __init__(self, document: ReviewDocument, box: pyqtgraph.ViewBox) -> None:
        self._document, self._box = document, box
        self._shares: ShareCurves | None = None
        self._shares_of: tuple[int, int | None] | None = None
        self._curves = [pyqtgraph.PlotDataItem(connect="finite") for _ in EXPRESSIONS]
        for curve in self._curves:
            box.addItem(curve)
        box.setYRange(0, 1, padding=0.02)

    def set_theme(self) -> None:
        self._box.setBackgroundColor(_GROUND)
        for curve, expression in zip(self._curves, EXPRESSIONS, strict=True):
            curve.setPen(QPen(QColor(*expression.colour_rgb), 0))

    def show_person(self, person: int | None) -> None:
        """Of None nothing; ``draw`` shows it."""
        track = self._document.track(person) if person is not None else None
        wanted = (self._document.tracks_version, person)
        if wanted != self._shares_of:
            self._shares_of = wanted
            recording = self._document.recording
            self._shares = None if track is None else ShareCurves(track, recording.rows, recording.step_s)

    def draw(self, start_s: float, end_s: float) -> None:
        """The stretch in view."""
        if self._shares is None:
            for curve in self._curves:
                curve.setData([], [])
            return
        time_s, shares = self._shares.between(start_s, end_s, max(2, round(self._box.width())))
        for at, curve in enumerate(self._curves):
            curve.setData(time_s, shares[:, at])
