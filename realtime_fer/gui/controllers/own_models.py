"""A person's own models: opened from files, listed below the shipped ones, and remembered for the next start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.cards.card_file import check_command, printable_path
from realtime_fer.core.cards.model_spec import ModelSpec, one_line, read_model_spec
from realtime_fer.core.errors import ModelError
from realtime_fer.core.request import is_model_file
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.text.translation import join_sentences
from realtime_fer.gui.dialogs import open_dialogs


def read_own_model(word: str) -> ModelSpec:
    """The model of a .tflite file or of its card, with ``word`` for its id, which is what the engine is asked for.

    The network itself is neither read nor run here.

    Raises:
        ModelError: what is no model, lacks its card or its network, or has another model's card.
    """
    path, name = Path(word), printable_path(Path(Path(word).name))
    if not is_model_file(word):
        raise ModelError(
            "'{name}' is no model; choose a .tflite file with its card, a .json file of the same name, beside it.",
            name=name,
        )
    if not path.is_file():
        raise ModelError("The model's file '{name}' no longer exists.", name=name)
    card = path.with_suffix(".json")
    if not card.is_file():
        raise ModelError(
            "'{name}' has no card; its card, '{card}', must lie beside it.",
            "{command} prints one to start from.",
            name=name,
            command=check_command(path),
            card=printable_path(Path(card.name)),
        )
    spec = read_model_spec(card)
    if path.suffix.lower() == ".tflite" and spec.path.name != path.name:
        raise ModelError(
            "The card beside '{name}' is that of another file, '{other}'.", name=name, other=one_line(spec.path.name)
        )
    if not spec.path.is_file():
        raise ModelError(
            "The network '{other}' of the card '{name}' is not beside it.", name=name, other=one_line(spec.path.name)
        )
    return replace(spec, model_id=word)


class OwnModels(QObject):
    """Called only from the GUI thread. The engine tells whether a network runs; one that it refuses is not kept.

    Args:
        found: the models of the program's folders.

    Attributes:
        lost: a sentence about remembered models that cannot be listed any more, or ''.
    """

    #: The list of models changed.
    changed = pyqtSignal()
    #: A model was opened and is to be loaded.
    opened = pyqtSignal(str)
    #: Why a file is no model.
    refused = pyqtSignal(str)

    def __init__(self, found: Sequence[ModelSpec], settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._found, self._window = list(found), window
        self._own: dict[str, ModelSpec] = {}
        self._remembered: list[str] = []
        self._last_folder = ""
        sentences = []
        chosen = [word for word in (settings.model, settings.compare_model) if is_model_file(word)]
        for word in settings.own_models:
            try:
                self._own[word] = read_own_model(word)
            except ModelError as error:
                if word in chosen:
                    # The engine says that it cannot be loaded; the choice is kept.
                    self._remembered.append(word)
                else:
                    sentences.append(error.sentence())
            else:
                self._remembered.append(word)
        for word in chosen:
            if word not in self._own:
                try:
                    self._own[word] = read_own_model(word)
                except ModelError:
                    continue
        self.lost = join_sentences(*sentences)

    @property
    def specs(self) -> list[ModelSpec]:
        """All models: those found, then the person's own, the last opened first."""
        return [*self._found, *self._own.values()]

    @property
    def remembered(self) -> tuple[str, ...]:
        """The files, the last opened first."""
        return tuple(self._remembered[: TABLE["own_models"].most])

    def choose_file(self) -> None:
        """Opens what the person chooses in a file dialog."""
        path = open_dialogs.choose_model(self._window, open_dialogs.start_folder(self._last_folder))
        if path:
            self.open(path)

    def open(self, path: str) -> None:
        """Lists and loads the model, or says why it is not one."""
        path = str(Path(path).absolute())
        self._last_folder = str(Path(path).parent)
        try:
            spec = read_own_model(path)
        except ModelError as error:
            self.refused.emit(error.sentence())
            return
        there = self._as_found(Path(path))
        if there:
            self.opened.emit(there)
            return
        # A model that was exported again is read again.
        self._own = {path: spec, **{word: own for word, own in self._own.items() if word != path}}
        self.changed.emit()
        self.opened.emit(path)

    def remember(self, model_id: str) -> None:
        """It runs: it is listed first at the next start."""
        if model_id in self._own and model_id not in self._remembered[:1]:
            self._remembered = [model_id, *(word for word in self._remembered if word != model_id)]

    def drop(self, model_id: str) -> None:
        """It was refused: one that never ran is not listed any more."""
        if model_id in self._own and model_id not in self._remembered:
            del self._own[model_id]
            self.changed.emit()

    def _as_found(self, path: Path) -> str:
        """The id of the model that is listed already because its folder is looked through."""
        card = path.with_suffix(".json")
        for spec in self._found:
            if spec.path.parent.resolve() == card.parent.resolve() and read_model_spec(card).model_id == spec.model_id:
                return spec.model_id
        return ""
