"""One table of all commands: menus, shortcuts and the list of shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QActionGroup, QMainWindow, QMenu

from realtime_fer.core.cards.model_order import grouped
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.enums import DetectorName
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.titles import detector_title


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        menu: its menu's title with mnemonic.
        keys: portable key sequences; menus show the first.
        help: its line in the list of shortcuts; every command with a key has one.
        begins_group: a separator stands above it.
        repeats: again and again while its key is held.
    """

    name: str
    menu: str
    title: str
    keys: tuple[str, ...] = ()
    help: str = ""
    checkable: bool = False
    begins_group: bool = False
    repeats: bool = False


FILE, VIEW, PLAYBACK, RECORDING, MODELS, DETECTORS_MENU, HELP = (
    "&File",
    "&View",
    "&Playback",
    "&Recording",
    "Mod&els",
    "De&tectors",
    "&Help",
)

COMMANDS = (
    Command("open_video", FILE, "Open &video or picture…", ("Ctrl+O",), "Open a video or picture"),
    Command("open_folder", FILE, "Open &folder…", ("Ctrl+Shift+O",), "Open a folder of pictures"),
    Command("open_address", FILE, "Open &network stream…", ("Ctrl+L",), "Open a network camera or stream"),
    Command("demo", FILE, "Play &demo", ("Ctrl+D",), "Play the demo"),
    Command(
        "analyse",
        FILE,
        "&Analyse…",
        ("Ctrl+E",),
        "Analyse every frame of a file in the background",
        False,
        True,
    ),
    Command("analyses", FILE, "Show anal&yses", ("Ctrl+Shift+E",), "Show the running and waiting analyses"),
    Command("refresh", FILE, "Refresh &camera list", ("F5",), "Refresh the camera list", begins_group=True),
    Command("settings", FILE, "&Settings…", ("Ctrl+,",), "Settings", begins_group=True),
    Command("live_numbers", FILE, "&Live numbers…", ("Ctrl+Shift+L",), "Live numbers for other programs"),
    Command("quit", FILE, "&Quit", ("Ctrl+Q", "Q"), "Quit"),
    Command("mirror", VIEW, "&Mirror", ("M",), "Mirror the picture", checkable=True),
    Command("privacy", VIEW, "Face pri&vacy", ("B",), "Face privacy: off, blur, pixelate or cover, in turn"),
    Command(
        "person",
        VIEW,
        "P&eople…",
        ("P",),
        "Name, merge, hide or forget somebody, or learn their resting face (or click a face)",
    ),
    Command("overlay", VIEW, "Next &overlay", ("O",), "Overlay: bars, labels, boxes only or off, in turn"),
    Command("overlay_size", VIEW, "Next label &size", ("Shift+O",), "Label size: small, medium or large, in turn"),
    Command("contours", VIEW, "&Contours", ("E",), "Contours of eyes, brows, mouth and face: on, off", True),
    Command("mesh", VIEW, "Face mes&h", ("N",), "Face mesh: on, off", True),
    Command("axes", VIEW, "Head a&xes", ("X",), "Head axes (yaw, pitch, roll): on, off", True),
    Command(
        "movements",
        VIEW,
        "Mo&vements",
        ("D",),
        "Movements of eyes, brows, nose and mouth beside each face: on, off",
        True,
    ),
    Command("panel", VIEW, "&Side panel", ("H", "Ctrl+H"), "Show or hide the side panel", True, True),
    Command("timeline", VIEW, "&Timeline", ("T",), "Show or hide the timeline of the last minute", True),
    Command(
        "timeline_rows",
        VIEW,
        "Timeline ro&ws…",
        ("Shift+T",),
        "Choose the timeline’s rows: movements, head, own expressions",
    ),
    Command(
        "pleasantness",
        VIEW,
        "&Pleasantness of the expression",
        ("U",),
        "Show or hide the pleasantness and strength of the expressions, with trails",
        True,
    ),
    Command("latency", VIEW, "Late&ncy", ("L",), "Show or hide the latency panel", True),
    Command("full_screen", VIEW, "&Full screen", ("F11",), "Full screen (Esc to exit)", checkable=True),
    Command("on_top", VIEW, "&Always on top", ("A",), "Keep the window on top", checkable=True),
    Command(
        "larger", VIEW, "&Increase interface size", ("Ctrl++", "Ctrl+="), "Increase interface size", begins_group=True
    ),
    Command("smaller", VIEW, "&Decrease interface size", ("Ctrl+-",), "Decrease interface size"),
    Command("usual_size", VIEW, "&Reset interface size", ("Ctrl+0",), "Reset interface size"),
    Command("pause", PLAYBACK, "&Pause / Resume", ("Space",), "Pause or resume; replay a video that has ended"),
    Command("previous_frame", PLAYBACK, "Pre&vious frame", (",",), "Previous frame or picture", False, True, True),
    Command("next_frame", PLAYBACK, "&Next frame", (".",), "Next frame or picture", False, False, True),
    Command(
        "back", PLAYBACK, "&Back 5 seconds", ("Left",), "Back 5 seconds, or to the previous picture", False, True, True
    ),
    Command(
        "ahead",
        PLAYBACK,
        "&Forward 5 seconds",
        ("Right",),
        "Forward 5 seconds, or to the next picture",
        False,
        False,
        True,
    ),
    Command("back_second", PLAYBACK, "Back 1 second", ("Shift+Left",), "Back 1 second or picture", repeats=True),
    Command(
        "ahead_second", PLAYBACK, "Forward 1 second", ("Shift+Right",), "Forward 1 second or picture", repeats=True
    ),
    Command("back_minute", PLAYBACK, "Back 1 minute", ("Ctrl+Left",), "Back 1 minute, or 10 pictures", repeats=True),
    Command(
        "ahead_minute", PLAYBACK, "Forward 1 minute", ("Ctrl+Right",), "Forward 1 minute, or 10 pictures", repeats=True
    ),
    Command("beginning", PLAYBACK, "&To the beginning", ("Home",), "Go to the beginning"),
    Command("end", PLAYBACK, "To the &end", ("End",), "Go to the end"),
    Command("previous_marker", PLAYBACK, "Previous marker", ("PgUp",), "Go to the previous marker", False, True, True),
    Command("next_marker", PLAYBACK, "Next marker", ("PgDown",), "Go to the next marker", repeats=True),
    Command("slower", PLAYBACK, "&Slower", ("[", "-"), "Slower", begins_group=True),
    Command("faster", PLAYBACK, "F&aster", ("]", "+"), "Faster"),
    Command("usual_speed", PLAYBACK, "N&ormal speed", ("=",), "Normal speed"),
    Command("loop", PLAYBACK, "&Loop", ("Shift+L",), "Play a video or folder again and again", True, True),
    Command("mute", PLAYBACK, "M&ute", ("Shift+M",), "Mute the sound of a video", checkable=True),
    Command(
        "pictures", PLAYBACK, "P&ictures of the folder…", ("G",), "Choose a picture of the folder", begins_group=True
    ),
    Command("next_track", PLAYBACK, "Next video trac&k", ("Shift+V",), "Next video track of a file that has several"),
    Command("record", RECORDING, "Start &recording", ("R",), "Start or stop recording"),
    Command("snapshot", RECORDING, "Take &snapshot", ("S",), "Save the current frame as shown"),
    Command("marker", RECORDING, "Add &marker", ("K",), "Add a marker at this moment", begins_group=True),
    Command("note", RECORDING, "Add marker with &note…", ("Shift+K",), "Add a marker with a note at this moment"),
    Command("triggers", RECORDING, "&Triggers…", ("Ctrl+T",), "Triggers: what happens when an expression is held"),
    Command("recordings", RECORDING, "Re&cordings…", ("Ctrl+Shift+R",), "All recordings", begins_group=True),
    Command("open_recordings", RECORDING, "&Open recordings folder"),
    Command("report", RECORDING, "Create re&port", ("Ctrl+R",), "Create an offline report of the newest recording"),
    Command("review", RECORDING, "Re&view recording…", ("V",), "Review and correct a recording"),
    Command("load_model", MODELS, "Load &model…", ("Ctrl+M",), "Load your own model: a .tflite file with its card"),
    Command("card", MODELS, "Model &card…", ("Ctrl+I",), "Show the model card: accuracy, data, limits"),
    Command(
        "learn_resting_faces",
        MODELS,
        "&Learn resting faces",
        ("C",),
        "Learn the resting faces in view: three seconds with a relaxed face",
        False,
        True,
    ),
    Command("forget_resting_faces", MODELS, "&Forget resting faces", ("Shift+C",), "Forget all resting faces"),
    Command(
        "resting_files", MODELS, "&Resting faces in files…", ("Ctrl+Shift+C",), "Save, use or delete a resting face"
    ),
    Command(
        "teach", MODELS, "&Teach…", ("Ctrl+Shift+T",), "Teach the program expressions of your own", begins_group=True
    ),
    Command("help", HELP, "&Keyboard shortcuts", ("F1", "?"), "Show this list"),
    Command("welcome", HELP, "&Before you begin…"),
    Command("about", HELP, "&About Realtime FER"),
)

#: Of a file or folder that is open; for a camera they are greyed.
PLAYBACK_COMMANDS = tuple(command.name for command in COMMANDS if command.menu == PLAYBACK and command.name != "pause")

#: Keys that belong to no command of the table: the first nine models, and what Qt does itself.
MODEL_KEYS = tuple(str(number) for number in range(1, 10))


def key_rows() -> list[tuple[tuple[str, ...], str]]:
    """All shortcuts with what each does; those of the models come before the other commands of their menu."""
    rows: list[tuple[tuple[str, ...], str]] = []
    models = translate("Menus", "Switch to one of the first nine models")
    for command in COMMANDS:
        if command.name == "load_model":
            rows.append(((MODEL_KEYS[0], "…", MODEL_KEYS[-1]), models))
        if command.keys:
            rows.append((command.keys, translate("Command", command.help)))
    rows.append((("Tab",), translate("Menus", "Go to the next control; press it with Space or Enter")))
    return rows


def playback_title(name: str, of_pictures: bool) -> str:
    """A playback command's title with its mnemonic, in the words for a folder of pictures or for a video."""
    pictures = {
        "previous_frame": translate("Command", "Pre&vious picture"),
        "next_frame": translate("Command", "&Next picture"),
        "back": translate("Command", "&Back one picture"),
        "ahead": translate("Command", "&Forward one picture"),
        "back_minute": translate("Command", "Back 10 pictures"),
        "ahead_minute": translate("Command", "Forward 10 pictures"),
    }
    if of_pictures and name in pictures:
        return pictures[name]
    return translate("Command", next(entry.title for entry in COMMANDS if entry.name == name))


def menu_title(menu: str) -> str:
    """The menu's title in the person's language, with its mnemonic."""
    return {
        FILE: translate("Menus", "&File"),
        VIEW: translate("Menus", "&View"),
        PLAYBACK: translate("Menus", "&Playback"),
        RECORDING: translate("Menus", "&Recording"),
        MODELS: translate("Menus", "Mod&els"),
        DETECTORS_MENU: translate("Menus", "De&tectors"),
        HELP: translate("Menus", "&Help"),
    }[menu]


class WindowActions:
    """The window's actions and menus.

    The actions also belong to the window itself, so that their keys work while the menu bar is hidden.

    Args:
        handlers: what each command calls, by its name.
        choose_model, choose_detector: called with the id or name of the one chosen.
    """

    def __init__(
        self,
        window: QMainWindow,
        handlers: dict[str, Callable[[], None]],
        model_specs: Sequence[ModelSpec],
        choose_model: Callable[[str], None],
        choose_detector: Callable[[str], None],
    ) -> None:
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        bar = window.menuBar()
        if bar is not None:
            for title in (FILE, VIEW, PLAYBACK, RECORDING, MODELS, DETECTORS_MENU, HELP):
                menu = bar.addMenu(menu_title(title))
                if menu is not None:
                    self._menus[title] = menu
        for command in COMMANDS:
            self._add(command, handlers[command.name])
        self._choose_model = choose_model
        self._models: dict[str, QAction] = {}
        self._listed_models: list[QAction] = []
        self.set_models(model_specs)
        group = QActionGroup(window)
        self._detectors: dict[str, QAction] = {
            name: self._add_choice(DETECTORS_MENU, group, detector_title(name), partial(choose_detector, name))
            for name in DetectorName
        }

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def add_submenu(self, title: str, before: str, fill: Callable[[QMenu], None], takes: Sequence[str] = ()) -> None:
        """Adds a submenu above the command named ``before``; ``fill`` fills it each time before it is shown.

        ``takes``: commands that the menu leaves to its submenu.
        """
        command = next(entry for entry in COMMANDS if entry.name == before)
        submenu = QMenu(title, self._menus[command.menu])
        submenu.setToolTipsVisible(True)
        submenu.aboutToShow.connect(lambda: fill(submenu))
        self._menus[command.menu].insertMenu(self._actions[before], submenu)
        for name in takes:
            self._menus[command.menu].removeAction(self._actions[name])

    def set_models(self, specs: Sequence[ModelSpec]) -> None:
        """Lists the models in their groups at the end of their menu; the first nine have keys."""
        menu, chosen = self._menus[MODELS], next((key for key, made in self._models.items() if made.isChecked()), "")
        for action in self._listed_models:
            menu.removeAction(action)
            self._window.removeAction(action)
            action.deleteLater()
        self._models, self._listed_models = {}, []
        exclusive, keys = QActionGroup(self._window), iter(MODEL_KEYS)
        for _, members in grouped(specs):
            line = menu.addSeparator()
            if line is not None:
                self._listed_models.append(line)
            for spec in members:
                choose = partial(self._choose_model, spec.model_id)
                action = self._add_choice(MODELS, exclusive, one_line(spec.name), choose, next(keys, ""))
                self._models[spec.model_id] = action
                self._listed_models.append(action)
        self.show_model(chosen)

    def show_model(self, model_id: str) -> None:
        _check_only(self._models, model_id)

    def show_detector(self, name: str) -> None:
        _check_only(self._detectors, name)

    def _add(self, command: Command, handler: Callable[[], None]) -> None:
        action = QAction(translate("Command", command.title), self._window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        action.setAutoRepeat(command.repeats)
        action.triggered.connect(lambda _checked=False: handler())
        menu = self._menus[command.menu]
        if command.begins_group:
            menu.addSeparator()
        menu.addAction(action)
        self._window.addAction(action)
        self._actions[command.name] = action

    def _add_choice(
        self, menu: str, group: QActionGroup, title: str, choose: Callable[[], None], key: str = ""
    ) -> QAction:
        action = QAction(title.replace("&", "&&"), self._window)
        action.setCheckable(True)
        action.setActionGroup(group)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: choose())
        self._menus[menu].addAction(action)
        self._window.addAction(action)
        return action


def _check_only(actions: dict[str, QAction], chosen: str) -> None:
    for key, action in actions.items():
        action.setChecked(key == chosen)
