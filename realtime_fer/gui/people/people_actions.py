"""What the entries of a person's menu do."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QPoint
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.people import People, clean_name
from realtime_fer.gui.people.name_dialog import NameDialog
from realtime_fer.gui.people.same_name_question import SameNameQuestion
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.runtime.people import PeopleControl


class PeopleActions(QObject):
    """Called only from the GUI thread. What a person may want back, a notice tells how to get.

    Args:
        in_view: whether the person of that number was there just now.
    """

    def __init__(
        self, control: PeopleControl, notices: NoticeBar, window: QWidget, in_view: Callable[[int], bool]
    ) -> None:
        super().__init__(window)
        self._control, self._notices, self._window, self._in_view = control, notices, window, in_view
        self.dialog: NameDialog | None = None
        self.question: SameNameQuestion | None = None

    @property
    def said(self) -> People:
        return self._control.now

    def ask_name(self, identity: int, place: QPoint) -> None:
        """Opens the dialog at ``place`` of the screen."""
        self.close()
        said = self.said
        dialog = self.dialog = NameDialog(self._window, said.label_of(identity), said.name_of(identity))
        dialog.accepted.connect(lambda: self.name(identity, dialog.field.text()))
        dialog.finished.connect(self._forget_dialog)
        dialog.open_at(place)

    def name(self, identity: int, name: str) -> None:
        """Names the person, and asks first where somebody else has that name."""
        namesake = self.said.called(name, other_than=identity)
        if namesake is None or clean_name(name) == self.said.name_of(identity):
            self._control.rename(identity, name)
            return
        question = self.question = SameNameQuestion(
            self._window,
            clean_name(name),
            self.said.label_of(identity),
            lambda: self.merge(identity, namesake),
            lambda: self._control.rename(identity, name),
        )
        question.finished.connect(self._forget_question)
        question.open()

    def merge(self, identity: int, into: int) -> None:
        one, other = plain(self.said.label_of(identity)), plain(self.said.label_of(into))
        both = self._in_view(identity) and self._in_view(into)
        self._control.merge(identity, into)
        text = self.tr("{one} is shown as {other} from now on. The person’s menu separates them again.")
        if both:
            text = self.tr(
                "{one} is shown as {other} from now on, but both are in view. If they are two people, separate them "
                "again in the person’s menu."
            )
        self._tell(text.format(one=one, other=other), Severity.WARNING if both else Severity.INFO)

    def separate(self, identity: int) -> None:
        self._control.separate(identity)
        self._notices.dismiss("people")

    def hide(self, identity: int) -> None:
        label = plain(self.said.label_of(identity))
        self._control.hide(identity)
        self._tell(
            self.tr("{person} is hidden: no box, label or strip. Press P to show them again.").format(person=label)
        )

    def show_again(self, identity: int) -> None:
        self._control.hide(identity, False)
        self._notices.dismiss("people")

    def forget(self, identity: int) -> None:
        label = plain(self.said.label_of(identity))
        self._control.forget(identity)
        self._tell(self.tr("{person} is forgotten. A face in view gets a new number.").format(person=label))

    def close(self) -> None:
        """Closes what it asked, without an answer."""
        for asked in (self.dialog, self.question):
            if asked is not None:
                asked.reject()

    def _tell(self, text: str, severity: Severity = Severity.INFO) -> None:
        self._notices.show_notice(Notice("people", severity, text))

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _forget_question(self) -> None:
        self.question = None
