"""Teach… in the window: takes samples while a person holds an expression, learns from them, keeps and shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QWidget

from realtime_fer.core.errors import OwnExpressionsError, RealtimeFerError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.own_expressions.files import FILE_NAME, OwnFiles, OwnNow
from realtime_fer.core.own_expressions.model import OwnModel, learn, refuse_indistinct
from realtime_fer.core.own_expressions.taking import TAKING_S, SampleTaking
from realtime_fer.core.own_expressions.taught import OwnExpressions, Samples, read_own_expressions
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.numbers import decimal, percent
from realtime_fer.core.text.translation import said
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.teach.dialog import TeachDialog
from realtime_fer.gui.teach.names import renamed_of, titles_of
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.runtime.engine import Engine

#: To get ready in, before samples are taken; and how long no frame may come meanwhile.
READY_S = 3.0
_NO_FRAMES_S = 3.0

_TICK_MS = 100

#: The neutral face, among the names.
NEUTRAL = ""


@dataclass
class _Turn:
    """One face to be held: first the person gets ready, then samples are taken.

    Attributes:
        name: of the expression; ``NEUTRAL`` is the neutral face.
        then: the name to be taught after it, or ''.
    """

    name: str
    then: str = ""
    ready_s: float = READY_S
    quiet_s: float = 0.0
    taking: SampleTaking | None = None
    remaining_s: float = TAKING_S
    problem: str = ""


class TeachControl(QObject):
    """Called only from the GUI thread. Gives what was learned to the engine, whose pipeline owns it from then on.

    Args:
        files: None keeps nothing.
        now: written with what was learned, for recordings.
        keep_settings: called with settings to change, by name.

    Attributes:
        taught: the samples of the moment.
    """

    #: The names of own expressions changed: by the column's name before, the one now and the person's.
    renamed = pyqtSignal(object)

    def __init__(
        self,
        window: QWidget,
        engine: Engine,
        view: VideoView,
        notices: NoticeBar,
        appearance: Appearance,
        files: OwnFiles | None,
        now: OwnNow,
        keep_settings: Callable[..., None],
    ) -> None:
        super().__init__(window)
        self._window, self._engine, self._view, self._notices = window, engine, view, notices
        self._appearance, self._files, self._now, self._keep_settings = appearance, files, now, keep_settings
        self.dialog: TeachDialog | None = None
        self.taught, sentence = files.read() if files is not None else (OwnExpressions(), "")
        if sentence:
            notices.show_notice(Notice("own_expressions", Severity.WARNING, said(sentence)))
        self._before: OwnExpressions | None = None
        self._learned: tuple[OwnExpressions, OwnModel | None] | None = None
        self._shown = False
        self._turn: _Turn | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def model(self) -> OwnModel | None:
        """What can be learned of ``taught``; learned once."""
        if self._learned is None or self._learned[0] is not self.taught:
            self._learned = self.taught, learn(self.taught)
        return self._learned[1]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the own expressions by which faces can be judged."""
        return self.model.names if self.model is not None else ()

    @property
    def titles(self) -> dict[str, str]:
        """The names by their columns' names."""
        model = self.model
        return {} if model is None else titles_of(model.slugs, model.names)

    @property
    def shown(self) -> bool:
        """Faces are judged by them."""
        return self._shown

    def apply(self, settings: Settings) -> None:
        """Shows or hides the own expressions, as the settings say."""
        if settings.own_expressions != self._shown:
            self._shown = settings.own_expressions
            self._give()
        if self.dialog is not None:
            self.dialog.shown.setChecked(self._shown)

    def _give(self) -> None:
        model = self.model if self._shown else None
        if model is not self._now.model:
            self._now.model = model
            self._engine.use_own_expressions(model)

    def open_dialog(self) -> None:
        """Opens the dialog, or goes to it."""
        if self.dialog is None:
            dialog = self.dialog = TeachDialog(self._appearance.theme, self._window)
            dialog.shown.setChecked(self._shown)
            dialog.teach_wanted.connect(self.teach)
            dialog.again_wanted.connect(self.take_again)
            # The list is made anew: not while it still takes the name in.
            dialog.rename_wanted.connect(self._rename, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
            dialog.delete_wanted.connect(self._delete)
            dialog.undo_wanted.connect(self._undo)
            dialog.cancel_wanted.connect(self._cancel)
            dialog.import_wanted.connect(self._choose_import)
            dialog.export_wanted.connect(self._choose_export)
            dialog.shown_changed.connect(lambda shown: self._keep_settings(own_expressions=shown))
            dialog.finished.connect(self._forget_dialog)
            self._show_taught()
            dialog.open_beside(self._window)
        self.dialog.activateWindow()
        self.dialog.name.setFocus()

    def close(self) -> None:
        """The window ends."""
        if self.dialog is not None:
            self.dialog.close()

    def _forget_dialog(self) -> None:
        self._cancel()
        self.dialog = None

    # Taking samples

    def teach(self, name: str) -> None:
        """Has the person hold an expression, after the neutral face where that was never taken."""
        try:
            name = self.taught.checked_name(name)
            self.taught.refuse_full()
        except OwnExpressionsError as error:
            self._say(said(error.sentence()), is_refusal=True)
            return
        self._begin(_Turn(NEUTRAL, then=name) if self.taught.neutral is None else _Turn(name))

    def take_again(self, name: str) -> None:
        """Has the person hold an expression, or the neutral face, that was taken before."""
        self._begin(_Turn(name))

    def _begin(self, turn: _Turn) -> None:
        self._turn = turn
        self._timer.start()
        self._show_turn()

    def _cancel(self) -> None:
        self._end()
        self._say("")

    def _end(self) -> None:
        self._timer.stop()
        self._turn = None
        self._view.set_task("")
        if self.dialog is not None:
            self.dialog.show_taking(None)

    def _tick(self) -> None:
        turn, step_s = self._turn, _TICK_MS / 1000
        if turn is None:
            return
        if turn.taking is None:
            turn.ready_s -= step_s
            if turn.ready_s <= step_s / 2:
                turn.taking = SampleTaking(self.dialog.identity if self.dialog is not None else None)
        else:
            turn.quiet_s += step_s
            if turn.quiet_s >= _NO_FRAMES_S:
                self._finish(turn, turn.taking)
                return
        self._show_turn()

    def take(self, result: FrameResult) -> None:
        """Each displayed result."""
        if self.dialog is None:
            return
        self._show_faces(result)
        turn = self._turn
        if turn is None or turn.taking is None or result.repeated:
            return
        turn.quiet_s = 0.0
        state = turn.taking.look_at(result)
        turn.remaining_s, turn.problem = state.remaining_s, state.problem
        if not state.remaining_s:
            self._finish(turn, turn.taking)

    def _show_faces(self, result: FrameResult) -> None:
        assert self.dialog is not None
        seen, people = result.seen(), result.people
        numbers = seen.faces.tracker_id.tolist()
        self.dialog.show_faces({number: people.label_of(number) for number in sorted(set(numbers)) if number >= 0})
        values: dict[str, float] = {}
        own, wanted = seen.own, self.dialog.identity
        row = 0 if wanted is None and len(numbers) == 1 else numbers.index(wanted) if wanted in numbers else -1
        if own is not None and row >= 0:
            of_face = zip(own.names, own.values[row].tolist(), strict=True)
            values = {name: value for name, value in of_face if value == value}
        self.dialog.show_values(values)

    def _show_turn(self) -> None:
        turn = self._turn
        if turn is None or self.dialog is None:
            return
        name = turn.name
        if turn.taking is None:
            words = (
                self.tr("Get ready: '{name}' in {seconds} s").format(name=name, seconds=f"{turn.ready_s:.0f}")
                if name
                else self.tr("Get ready: your neutral face in {seconds} s").format(seconds=f"{turn.ready_s:.0f}")
            )
            share = 0.0
        else:
            left = decimal(turn.remaining_s)
            words = (
                self.tr("Hold '{name}'; turn your head and talk a little: {seconds} s").format(name=name, seconds=left)
                if name
                else self.tr("Keep a relaxed face; turn your head and talk a little: {seconds} s").format(seconds=left)
            )
            share = max(0.0, 1 - turn.remaining_s / TAKING_S)
        if turn.problem:
            words = f"{words}\n{said(turn.problem)}"
        self.dialog.show_taking(words, share)
        self._view.set_task(words.partition("\n")[0])

    def _finish(self, turn: _Turn, taking: SampleTaking) -> None:
        self._end()
        try:
            samples = taking.finish()
            if turn.name == NEUTRAL:
                self._take_neutral(samples)
            else:
                self._take_expression(turn.name, samples)
        except RealtimeFerError as error:
            self._say(said(error.sentence()), is_refusal=True)
            return
        if turn.then:
            self._begin(_Turn(turn.then))

    def _take_neutral(self, samples: Samples) -> None:
        taught = self.taught.with_neutral(samples)
        model = learn(taught)
        for name in taught.names:
            assert model is not None
            refuse_indistinct(model, name)
        self._adopt(taught, model)
        self._say(self.tr("Your neutral face has been learned."))

    def _take_expression(self, name: str, samples: Samples) -> None:
        taught = self.taught.with_taught(name, samples)
        model = learn(taught)
        assert model is not None
        refuse_indistinct(model, name)
        self._adopt(taught, model)
        found = float(model.left_out.found[model.names.index(name) + 1])
        self._say(
            self.tr("'{name}' is learned: it was found in {share} of the frames left out of learning.").format(
                name=name, share=percent(found)
            )
        )
        if self.dialog is not None:
            self.dialog.name.clear()
            self.dialog.select(name)
        if not self._shown:
            self._keep_settings(own_expressions=True)

    # Changing what was taught

    def _adopt(self, taught: OwnExpressions, model: OwnModel | None) -> None:
        """Keeps it, and has it used from now on.

        Raises:
            RealtimeFerError: it cannot be kept; all stays as it was.
        """
        if self._files is not None:
            self._files.keep(taught)
        self._before, self.taught, self._learned = self.taught, taught, (taught, model)
        self._give()
        self._show_taught()
        if names := renamed_of(self._before, taught):
            self.renamed.emit(names)

    def _change(self, change: Callable[[], OwnExpressions], sentence: str) -> bool:
        """Adopts what ``change`` gives, and says so, or why not."""
        try:
            taught = change()
            self._adopt(taught, learn(taught))
        except RealtimeFerError as error:
            self._say(said(error.sentence()), is_refusal=True)
            self._show_taught()
            return False
        self._say(sentence)
        return True

    def _rename(self, name: str, new_name: str) -> None:
        self._change(
            lambda: self.taught.renamed(name, new_name),
            self.tr("'{old}' is called '{new}' now.").format(old=name, new=" ".join(new_name.split())),
        )

    def _delete(self, name: str) -> None:
        if name:
            self._change(lambda: self.taught.without(name), self.tr("'{name}' is deleted.").format(name=name))

    def _undo(self) -> None:
        before = self._before
        if before is not None:
            self._change(lambda: before, self.tr("The last change is undone."))

    def _choose_import(self) -> None:
        title = self.tr("Import own expressions")
        path, _ = QFileDialog.getOpenFileName(self.dialog, title, str(Path.home()), self._filters())
        if path:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Replaces the own expressions by those of a file."""
        self._change(
            lambda: read_own_expressions(path),
            self.tr("Your own expressions have been replaced by those of the file; Undo brings them back."),
        )

    def _choose_export(self) -> None:
        title, proposed = self.tr("Export own expressions"), Path.home() / FILE_NAME
        path, _ = QFileDialog.getSaveFileName(self.dialog, title, str(proposed), self._filters())
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Writes the own expressions to another file."""
        if self._files is None:
            return
        try:
            self._files.export(self.taught, path)
        except RealtimeFerError as error:
            self._say(said(error.sentence()), is_refusal=True)
        else:
            self._say(self.tr("Your own expressions have been saved in {path}.").format(path=path))

    def _filters(self) -> str:
        return f"{self.tr('Own expressions')} (*.json);;{self.tr('All files')} (*)"

    # What the dialog shows

    def _say(self, sentence: str, *, is_refusal: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.say(sentence, is_refusal=is_refusal)

    def _show_taught(self) -> None:
        if self.dialog is None:
            return
        model, summary = self.model, ""
        if model is not None:
            left_out = model.left_out
            summary = self.tr(
                "{share} of {frames} frames were recognised correctly, each with the second around it left out "
                "of learning. All were taken within a few minutes, so expect less on another day or in another "
                "light."
            ).format(share=percent(left_out.accuracy), frames=left_out.frames)
        self.dialog.show_taught(
            self.taught.names,
            model.left_out.found.tolist() if model is not None else None,
            summary,
            has_neutral=self.taught.neutral is not None,
            can_undo=self._before is not None,
        )
