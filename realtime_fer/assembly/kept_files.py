"""Where the program keeps what a person chose, taught and confirmed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from realtime_fer.core.errors import OwnExpressionsError
from realtime_fer.core.settings import Settings

if TYPE_CHECKING:
    from realtime_fer.core.own_expressions.files import OwnFiles
    from realtime_fer.core.own_expressions.model import OwnModel
    from realtime_fer.core.triggers.confirmed import ConfirmedCommands


def settings_path() -> Path:
    """The file that keeps the window's settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir("realtime-fer", appauthor=False)) / "settings.json"


def resting_faces_folder() -> Path:
    """Where the window keeps resting faces that a person saves."""
    import platformdirs

    return Path(platformdirs.user_data_dir("realtime-fer", appauthor=False)) / "resting-faces"


def own_expressions_path() -> Path:
    """The file that keeps the expressions that a person taught."""
    import platformdirs

    from realtime_fer.core.own_expressions.files import FILE_NAME

    return Path(platformdirs.user_data_dir("realtime-fer", appauthor=False)) / FILE_NAME


def own_model(file: str | None) -> OwnModel | None:
    """What is learned of a file of own expressions, '' for the person's own one; None for None.

    Raises:
        OwnExpressionsError: it is missing, is no such file, or holds no own expression.
    """
    if file is None:
        return None
    from realtime_fer.core.own_expressions.model import learn_file

    path = Path(file) if file else own_expressions_path()
    if not file and not path.exists():
        raise OwnExpressionsError(
            "No expression is taught yet.", "Teach one in the window (Ctrl+Shift+T), or name a file with it."
        )
    return learn_file(path)


def own_files() -> OwnFiles:
    """The file of the person's own expressions, and what reads and writes it."""
    from realtime_fer.core.own_expressions.files import OwnFiles
    from realtime_fer.core.own_expressions.taught import OwnExpressions, read_kept_expressions
    from realtime_fer.core.system.private_files import make_private_folder
    from realtime_fer.sinks.atomic_files import cannot_write, replace_file

    path = own_expressions_path()

    def keep(taught: OwnExpressions) -> None:
        try:
            make_private_folder(path.parent)
        except OSError as error:
            raise cannot_write(path, error) from error
        replace_file(path, taught.as_json())

    return OwnFiles(
        path, partial(read_kept_expressions, path), keep, lambda taught, other: replace_file(other, taught.as_json())
    )


def recordings_folder(settings: Settings) -> Path:
    """The folder that recordings go into: the person's choice, or the default one."""
    from realtime_fer.sinks.session_folder import default_recordings_folder

    return Path(settings.recordings_folder) if settings.recordings_folder else default_recordings_folder()


def confirmed_commands() -> ConfirmedCommands:
    """The commands of triggers that the person has confirmed."""
    from realtime_fer.core.triggers.confirmed import ConfirmedCommands

    return ConfirmedCommands(settings_path().with_name("confirmed-commands.json"))
