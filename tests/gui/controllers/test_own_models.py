"""Models of a person's own files: by menu, key, dropdown and drop; kept for the next start, or a sentence why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QMimeData, QPoint, Qt, QUrl
from PyQt5.QtGui import QDropEvent

from realtime_fer.core.settings import Settings
from realtime_fer.gui.dialogs import open_dialogs
from realtime_fer.runtime import events


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return put_model(tmp_path, "mine")


def put_model(folder: Path, name: str, file: str = "", model_id: str = "mine-1") -> Path:
    network = folder / f"{name}.tflite"
    network.write_bytes(b"not looked at here")
    card = {
        "schema": 1,
        "id": model_id,
        "name": f"Network {name}",
        "file": file or network.name,
        "sha256": "0" * 64,
        "input": {"height": 48, "width": 48, "channels": 1},
        "class_names": ["happy", "sad"],
        "crop": {},
    }
    network.with_suffix(".json").write_text(json.dumps(card), encoding="utf-8")
    return network


def own(stage: Any) -> list[str]:
    """The dropdown's entries below 'Your own'."""
    choice = stage.window.panel.model.choice
    texts = [choice.itemText(row) for row in range(choice.count())]
    return texts[texts.index("Your own") + 1 : -1]


def told(stage: Any) -> str:
    return " ".join(notice.text for notice in stage.window.notices.notices)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_file_is_opened_by_its_key_loaded_and_listed(stage: Any, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_dialogs, "choose_model", lambda parent, folder: str(mine))
    stage.press(Qt.Key_M, Qt.ControlModifier)
    assert stage.engine.calls == [("load_model", str(mine))]
    window = stage.window
    assert own(stage) == ["Model A", "Model B", "Network mine"]
    assert window.panel.model.choice.currentText() == "Network mine"
    assert window.panel.compare.findText("Network mine") > 0
    assert "Network mine" in [action.text() for action in window.actions_by_name._models.values()]
    stage.say(events.ModelAdopted(str(mine), ("happy", "sad"), 2.0))
    assert window.current_settings().own_models == (str(mine),)
    assert window.current_settings().model == str(mine)
    window.panel.model.open_card()
    assert window.cards._window.windowTitle() == "Model card: Network mine"


def test_the_dropdowns_last_entry_asks_too(stage: Any, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_dialogs, "choose_model", lambda parent, folder: str(mine.with_suffix(".json")))
    choice = stage.window.panel.model.choice
    choice.activated.emit(choice.count() - 1)
    assert stage.engine.calls == [("load_model", str(mine.with_suffix(".json")))]


def test_nothing_chosen_changes_nothing(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_dialogs, "choose_model", lambda parent, folder: "")
    stage.window.own_models.choose_file()
    assert stage.engine.calls == []
    assert told(stage) == ""


def test_a_dropped_network_is_a_model_and_no_source(stage: Any, mine: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(mine))])
    event = QDropEvent(QPoint(20, 20), Qt.CopyAction, dropped, Qt.LeftButton, Qt.NoModifier)
    stage.window.view.dropEvent(event)
    assert stage.engine.calls == [("load_model", str(mine))]


def test_one_that_does_not_run_is_not_kept(stage: Any, mine: Path) -> None:
    stage.say(events.ModelAdopted("a", ("happy",)))
    stage.window.own_models.open(str(mine))
    stage.say(events.ModelRefused(str(mine), "The model file mine.tflite is not a network that LiteRT can run.", "a"))
    assert "Network mine" not in own(stage)
    assert stage.window.panel.model.choice.currentText() == "Model A"
    assert stage.window.current_settings().own_models == ()
    assert "is not a network that LiteRT can run" in told(stage)


def test_the_same_file_is_loaded_again_since_it_may_be_another_by_now(stage: Any, mine: Path) -> None:
    for _ in range(2):
        stage.window.own_models.open(str(mine))
        stage.say(events.ModelAdopted(str(mine), ("happy", "sad")))
    assert stage.engine.calls == [("load_model", str(mine))] * 2
    assert own(stage).count("Network mine") == 1
    assert stage.window.current_settings().own_models == (str(mine),)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: folder / "video.mp4", "'video.mp4' is no model; choose a .tflite file"),
        (lambda folder: folder / "gone.tflite", "The model's file 'gone.tflite' no longer exists."),
        (lambda folder: _without_card(folder), "'bare.tflite' has no card; its card, 'bare.json', must lie beside it."),
        (lambda folder: put_model(folder, "x", "y.tflite"), "is that of another file, 'y.tflite'."),
        (lambda folder: _without_network(folder), "The network 'z.tflite' of the card 'z.json' is not beside it."),
        (lambda folder: _broken_card(folder), "is not JSON"),
    ],
)
def test_what_is_no_model_gets_a_sentence(
    stage: Any, tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    stage.window.own_models.open(str(make(tmp_path)))
    assert sentence in told(stage)
    assert stage.engine.calls == []
    assert own(stage) == ["Model A", "Model B"]


def _without_card(folder: Path) -> Path:
    network = put_model(folder, "bare")
    network.with_suffix(".json").unlink()
    return network


def _without_network(folder: Path) -> Path:
    network = put_model(folder, "z")
    network.unlink()
    return network.with_suffix(".json")


def _broken_card(folder: Path) -> Path:
    network = put_model(folder, "broken")
    network.with_suffix(".json").write_text("{", encoding="utf-8")
    return network


def test_it_is_there_at_the_next_start(make_stage: Callable[..., Any], mine: Path) -> None:
    stage = make_stage(Settings(model=str(mine), own_models=(str(mine),)))
    assert "Network mine" in own(stage)
    assert stage.window.panel.model.choice.currentText() == "Network mine"
    assert told(stage) == ""
    assert stage.window.current_settings().own_models == (str(mine),)


def test_one_that_is_gone_is_said_once(make_stage: Callable[..., Any], mine: Path) -> None:
    mine.unlink()
    stage = make_stage(Settings(model="a", own_models=(str(mine),)))
    assert "The model's file 'mine.tflite' no longer exists." in told(stage)
    assert own(stage) == ["Model A", "Model B"]
    assert stage.window.current_settings().own_models == ()


def test_the_chosen_one_that_is_gone_stays_chosen_and_the_engine_tells(
    make_stage: Callable[..., Any], mine: Path
) -> None:
    mine.unlink()
    stage = make_stage(Settings(model=str(mine), own_models=(str(mine),)))
    assert told(stage) == ""
    assert stage.window.current_settings().own_models == (str(mine),)
    assert stage.window.current_settings().model == str(mine)
