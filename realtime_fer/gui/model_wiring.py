"""Connects everything that shows, chooses, loads or measures models."""

from __future__ import annotations

from realtime_fer.core.text.translation import said
from realtime_fer.gui.controllers.model_choice import ModelChoice
from realtime_fer.gui.controllers.model_speeds import ModelSpeeds
from realtime_fer.gui.controllers.own_models import OwnModels
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.model_card.window import ModelCards
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar


def connect_models(
    models: ModelChoice,
    own_models: OwnModels,
    speeds: ModelSpeeds,
    cards: ModelCards,
    panel: ControlPanel,
    actions: WindowActions,
    view: VideoView,
    notices: NoticeBar,
) -> None:
    def list_models() -> None:
        for part in (panel, cards, actions, models):
            part.set_models(own_models.specs)

    panel.detector_chosen.connect(models.choose_detector)
    panel.model.model_chosen.connect(models.choose_model)
    for part in (panel, actions):
        models.model_shown.connect(part.show_model)
        models.detector_shown.connect(part.show_detector)
    panel.model.load_wanted.connect(own_models.choose_file)
    panel.model.unmeasured.connect(speeds.measure)
    speeds.timed.connect(panel.model.add_speed)
    view.model_dropped.connect(own_models.open)
    own_models.changed.connect(list_models)
    own_models.opened.connect(models.load_model)
    own_models.refused.connect(lambda sentence: notices.show_notice(Notice("model", Severity.ERROR, said(sentence))))
    panel.model.card_wanted.connect(cards.open)
    panel.model.shown.connect(cards.follow)
