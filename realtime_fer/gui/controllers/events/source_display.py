"""What becomes of the source, as it is seen: over the picture, in the list of sources, in the window's title."""

from __future__ import annotations

from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.controllers.events.recording_display import RecordingDisplay
from realtime_fer.gui.panel.source_box import SourceBox
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.runtime.events import SourceEnded, SourceLost, SourceOpened, SourceStalled


class SourceDisplay:
    """Called only from the GUI thread.

    Args:
        title: shows the source's name in the window's title.
    """

    def __init__(self, view: VideoView, box: SourceBox, notices: NoticeBar, title: RecordingDisplay) -> None:
        self._view, self._box, self._notices, self._title = view, box, notices, title

    def opening(self, request: SourceRequest) -> None:
        """It is being opened: from here on the window's title names it."""
        name = self._name_of(request)
        opening = translate("SourceDisplay", "Opening {name}…").format(name=name)
        self._title.show_source(opening if name else translate("SourceDisplay", "Starting…"))

    def _name_of(self, request: SourceRequest) -> str:
        """'' where the name is known only once it is opened."""
        return self._box.name_of(request.value) or (request.value if request.kind is not Kind.AUTO else "")

    def opened(self, event: SourceOpened) -> None:
        self._box.show_running(event.request.value, said(event.name))
        self._title.show_source(said(event.name))
        if not event.sentence:
            self._notices.dismiss("source")
        self._notices.dismiss("picture")
        if self._view.state in (ViewState.ERROR, ViewState.RETRYABLE, ViewState.ENDED):
            # The same source came back: its first picture ends this state.
            self._view.set_state(
                ViewState.STARTING,
                translate("SourceDisplay", "Starting…"),
                translate("SourceDisplay", "Waiting for the first frame."),
            )

    def stalled(self, event: SourceStalled) -> None:
        # The next picture ends this state.
        self._view.set_state(ViewState.STARTING, translate("SourceDisplay", "No picture"), said(event.sentence))

    def ended(self, event: SourceEnded) -> None:
        match event.request.kind:
            case Kind.PICTURE:
                # A single picture stays to be looked at.
                return
            case Kind.FOLDER:
                title = translate("SourceDisplay", "All pictures have been shown")
                advice = translate("SourceDisplay", "Press Space to show them again.")
            case _:
                title = translate("SourceDisplay", "The video has ended")
                advice = translate("SourceDisplay", "Press Space to play it again.")
        self._view.set_state(ViewState.ENDED, title, advice)

    def lost(self, event: SourceLost) -> None:
        if event.retry_in_s is None:
            state = ViewState.RETRYABLE
            advice = translate("SourceDisplay", "Choose another source, or press Space to retry.")
        else:
            state = ViewState.ERROR
            advice = translate("SourceDisplay", "Retrying automatically every few seconds.")
        name = self._name_of(event.request)
        self._box.show_running(event.request.value, self._box.name_of(event.request.value))
        nothing = translate("SourceDisplay", "{name}: no picture").format(name=name)
        self._title.show_source(nothing if name else translate("SourceDisplay", "No picture"))
        self._view.set_state(state, translate("SourceDisplay", "No picture"), f"{said(event.sentence)} {advice}")
