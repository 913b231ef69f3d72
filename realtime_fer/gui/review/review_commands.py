"""One table of the review window's commands: its menus, keys and list of keys are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QMainWindow, QMenu

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.menus import Command

RECORDING, EDIT, VIEW, PLAYBACK, HELP = "&Recording", "&Edit", "&View", "&Playback", "&Help"

REVIEW_COMMANDS = (
    Command("report", RECORDING, "Create re&port", ("Ctrl+R",), "Create the report, with all corrections"),
    Command("export", RECORDING, "&Export…", ("Ctrl+E",), "Export for other programs"),
    Command(
        "video",
        RECORDING,
        "Show another &video…",
        ("Ctrl+O",),
        "Show another video, such as the original without boxes",
    ),
    Command(
        "read_again",
        RECORDING,
        "Read a&gain",
        ("F5",),
        "Read the recording again, for example while it is being written",
    ),
    Command("folder", RECORDING, "Open fo&lder", ("Ctrl+L",), "Open the recording’s folder"),
    Command("close", RECORDING, "&Close", ("Ctrl+W",), "Close the review; all corrections are saved", False, True),
    Command("undo", EDIT, "&Undo", ("Ctrl+Z",), "Undo"),
    Command("redo", EDIT, "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Redo"),
    Command("name", EDIT, "&Name person…", ("N",), "Name the chosen person", False, True),
    Command("merge", EDIT, "&Merge person with…", ("M",), "Merge the chosen person with another one"),
    Command(
        "separate", EDIT, "Separate mer&ged person…", ("Shift+M",), "Make a merged number a person of its own again"
    ),
    Command("split", EDIT, "&Split person here", ("S",), "From this moment on, the chosen person is somebody else"),
    Command(
        "hide",
        EDIT,
        "&Hide or show person",
        ("H",),
        "Leave the chosen person out of report and exports, or include them again",
    ),
    Command("marker", EDIT, "Add mar&ker", ("K",), "Add a marker at this moment", False, True),
    Command("note", EDIT, "Edit marker’s n&ote", ("Shift+K",), "Edit the note of the chosen marker"),
    Command("move_marker", EDIT, "Move marker h&ere", ("Ctrl+K",), "Move the chosen marker to this moment"),
    Command("delete_marker", EDIT, "&Delete marker", ("Del",), "Delete the chosen marker"),
    Command("span_start", EDIT, "Span begins here", ("I",), "A span begins at this moment", False, True),
    Command("span_end", EDIT, "Span ends here", ("O",), "The span ends at this moment"),
    Command("exclude", EDIT, "E&xclude span", ("X",), "Leave the span out of report and exports"),
    Command("include", EDIT, "&Include span again", ("Shift+X",), "Include the span, or what is excluded here, again"),
    Command("clear_span", EDIT, "&Clear span", ("Esc",), "Choose no span"),
    Command("previous_person", VIEW, "Previous person", ("Up",), "Previous person"),
    Command("next_person", VIEW, "Next person", ("Down",), "Next person"),
    Command("cover", VIEW, "&Cover faces", ("B",), "Cover all faces on screen", True, True),
    Command("second", VIEW, "Second mode&l", ("C",), "Show or hide the second model’s labels", True),
    Command("movements", VIEW, "&Movements", ("D",), "Show movements as bars beside each face", True),
    Command("rows", VIEW, "Timeline &rows…", ("T",), "Choose the timeline’s rows: movements, head, own expressions"),
    Command("zoom_in", VIEW, "Zoom &in", ("Z",), "Zoom into the timeline (or turn the mouse wheel)", False, True),
    Command("zoom_out", VIEW, "Zoom &out", ("Shift+Z",), "Zoom out"),
    Command("whole", VIEW, "&Whole recording", ("W",), "Show the whole recording"),
    Command("pause", PLAYBACK, "&Play / Pause", ("Space",), "Play or pause"),
    Command("previous_frame", PLAYBACK, "Pre&vious frame", (",",), "Previous frame", False, True, True),
    Command("next_frame", PLAYBACK, "&Next frame", (".",), "Next frame", False, False, True),
    Command("back", PLAYBACK, "&Back 5 seconds", ("Left",), "Back 5 seconds", False, True, True),
    Command("ahead", PLAYBACK, "&Forward 5 seconds", ("Right",), "Forward 5 seconds", False, False, True),
    Command("back_second", PLAYBACK, "Back 1 second", ("Shift+Left",), "Back 1 second", repeats=True),
    Command("ahead_second", PLAYBACK, "Forward 1 second", ("Shift+Right",), "Forward 1 second", repeats=True),
    Command("previous_marker", PLAYBACK, "Previous marker", ("PgUp",), "Go to the previous marker", False, True),
    Command("next_marker", PLAYBACK, "Next marker", ("PgDown",), "Go to the next marker"),
    Command("beginning", PLAYBACK, "&To the beginning", ("Home",), "Go to the beginning"),
    Command("end", PLAYBACK, "To the &end", ("End",), "Go to the end"),
    Command("slower", PLAYBACK, "&Slower", ("[", "-"), "Slower", begins_group=True),
    Command("faster", PLAYBACK, "F&aster", ("]", "+"), "Faster"),
    Command("usual_speed", PLAYBACK, "N&ormal speed", ("=",), "Normal speed"),
    Command("loop", PLAYBACK, "&Loop", ("Shift+L",), "Play again and again", True),
    Command("help", HELP, "&Keyboard shortcuts", ("F1", "?"), "Show this list"),
)

#: Those that change something; greyed where nothing can be changed.
EDITING = tuple(command.name for command in REVIEW_COMMANDS if command.menu == EDIT and command.name != "clear_span")


def review_key_rows() -> list[tuple[tuple[str, ...], str]]:
    """All keys of the window with what each does."""
    rows = [(command.keys, translate("Command", command.help)) for command in REVIEW_COMMANDS]
    rows.append((("Shift",), translate("Review", "Drag in the timeline while holding it to choose a span")))
    return rows


def menu_title(menu: str) -> str:
    """With its mnemonic, in the person's language."""
    return {
        RECORDING: translate("Menus", "&Recording"),
        EDIT: translate("Menus", "&Edit"),
        VIEW: translate("Menus", "&View"),
        PLAYBACK: translate("Menus", "&Playback"),
        HELP: translate("Menus", "&Help"),
    }[menu]


class ReviewActions(Mapping[str, QAction]):
    """The window's actions by their names, in its menu bar.

    Args:
        handlers: what each command calls.
    """

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> None:
        self._actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        bar = window.menuBar()
        for command in REVIEW_COMMANDS:
            if command.menu not in self.menus and bar is not None:
                menu = bar.addMenu(menu_title(command.menu))
                if menu is not None:
                    self.menus[command.menu] = menu
            action = QAction(translate("Command", command.title), window)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setCheckable(command.checkable)
            action.setAutoRepeat(command.repeats)
            action.triggered.connect(lambda _checked=False, handler=handlers[command.name]: handler())
            if command.begins_group:
                self.menus[command.menu].addSeparator()
            self.menus[command.menu].addAction(action)
            window.addAction(action)
            self._actions[command.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)

    def show_history(self, undo_title: str, redo_title: str) -> None:
        """'Undo: Hide person 2', or greyed where there is nothing."""
        for name, title, what in (
            ("undo", translate("Review", "&Undo: {what}"), undo_title),
            ("redo", translate("Review", "&Redo: {what}"), redo_title),
        ):
            command = next(entry for entry in REVIEW_COMMANDS if entry.name == name)
            told = title.format(what=what.replace("&", "&&")) if what else translate("Command", command.title)
            self._actions[name].setText(told)
            self._actions[name].setEnabled(bool(what))
