"""An address's password in nothing that the window shows, says to a screen reader, or keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PyQt5.QtWidgets import QComboBox, QWidget

from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.runtime.events import SourceEnded, SourceLost, SourceOpened, SourceStalled

URL = "rtsp://admin:s3cr3t@10.0.0.7:554/live?token=t0k3n"
NAME = shown_address(URL)
SECRETS = ("s3cr3t", "t0k3n", "admin")


def all_texts(window: QWidget) -> list[str]:
    """Everything readable in the window and its menus."""
    texts = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        texts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip()]
        texts += [str(widget.property(name)) for name in ("text", "title", "placeholderText", "windowTitle")]
        for action in widget.actions():
            texts += [action.text(), action.toolTip()]
        if isinstance(widget, QComboBox):
            for row in range(widget.count()):
                texts += [widget.itemText(row), str(widget.itemData(row, 3))]
    return texts


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://10.0.0.7/user=admin_password=s3cr3t_channel=1.sdp",
        "http://10.0.0.7/x?%70assword=s3cr3t#t0k3n",
        "rtmp://10.0.0.7/app/s3cr3t",
        "http://10.0.0.7/proxy?url=rtsp%3A%2F%2Fadmin%3As3cr3t%40cam",
    ],
)
def test_wherever_the_secret_stands_it_is_not_shown(stage: Any, url: str) -> None:
    stage.window.sources.open(url)
    shown = all_texts(stage.window)
    stage.say(SourceOpened(request_of(url), shown_address(url), True))
    shown += all_texts(stage.window)
    stage.say(SourceLost(request_of(url), f"'{shown_address(url)}' was interrupted.", None))
    shown += [*all_texts(stage.window), *stage.window.view.message]
    assert not [secret for secret in SECRETS if secret in "\n".join(shown)]
    assert "10.0.0.7" in "\n".join(shown)


@pytest.mark.parametrize(
    "event",
    [
        SourceOpened(request_of(URL), NAME, True),
        SourceStalled(request_of(URL), f"{NAME} delivers no new picture. The program is waiting for one."),
        SourceLost(request_of(URL), f"The stream '{NAME}' was interrupted.", 0.5),
        SourceLost(request_of(URL), "The source no longer answers.", None),
        SourceEnded(request_of(URL)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_no_event_of_an_address_shows_its_password(stage: Any, event: Any) -> None:
    stage.window.sources.open(URL)
    stage.say(event)
    shown = "\n".join([*all_texts(stage.window), *stage.window.view.message])
    assert not [secret for secret in SECRETS if secret in shown]
    assert "10.0.0.7" in shown or isinstance(event, SourceEnded)


def test_a_password_is_kept_only_where_the_address_is_opened_from_again(stage: Any) -> None:
    stage.window.sources.open(URL)
    stage.say(SourceOpened(request_of(URL), NAME, True))
    kept: Settings = stage.window.current_settings()
    assert kept.recent_sources == (URL,)
    assert not [secret for secret in SECRETS if secret in repr(replace(kept, recent_sources=()))]
