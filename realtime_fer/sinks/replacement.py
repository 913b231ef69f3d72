"""A result that is written beside an earlier one and takes its place when it is whole."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.claim import Claim, ClaimedElsewhere
from realtime_fer.sinks.whole_file import cannot_write, move_replacing, refuse_special

_LONGEST_NAME_BYTES = 255
# What follows a name's last full stop need not be an ending.
_LONGEST_SUFFIX = 16


class Replacement:
    """Holds ``film.partial.mp4`` for ``film.mp4`` until one of ``finish``, ``discard`` and ``leave`` is called.

    Until ``finish`` the earlier file stays as it is. A partial file that a killed program left is taken over. What a
    link names is replaced, not the link.

    Args:
        path: of the result.

    Attributes:
        partial: where it is written meanwhile.

    Raises:
        SinkError: nothing can be written there, or another program is just doing so.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._mode = _refuse_unfit(self.path)
        self._target = Path(os.path.realpath(self.path))
        self.partial = partial_name(self._target)
        try:
            self._claim = Claim(self.partial)
        except ClaimedElsewhere:
            raise SinkError(
                "Another program is writing '{path}' at this moment.",
                "Wait until it is done, or choose another name.",
                path=self.path,
            ) from None
        except (OSError, ValueError) as error:
            raise cannot_write(self.path, error) from error
        self._begun = False

    def begin(self) -> None:
        """Empties what a killed program left. Raises SinkError."""
        try:
            self._claim.empty()
        except OSError as error:
            raise cannot_write(self.path, error) from error
        self._begun = True

    def finish(self) -> None:
        """Puts the result into its place, unless nothing was written; nobody may have it open.

        Raises:
            SinkError: it cannot be moved; it stays under its partial name, and the earlier one is untouched.
        """
        if not self._claim.is_there() or not self._claim.size:
            self._claim.release(remove=True)
            return
        if os.name == "nt":  # where an open file cannot be moved
            self._claim.release(remove=False)
        try:
            if self._mode is not None:
                with suppress(OSError):
                    self.partial.chmod(self._mode)
            move_replacing(self.partial, self._target)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        finally:
            self._claim.release(remove=False)

    def discard(self) -> None:
        """Nothing came of it. What a killed program left stays where this one has not begun."""
        self._claim.release(remove=self._begun or self._claim.is_new)

    def leave(self) -> None:
        """What was written stays under its partial name."""
        self._claim.release(remove=False)


def partial_name(path: Path) -> Path:
    """``film.mp4`` -> ``film.partial.mp4``, shortened where that is longer than a name may be."""
    suffix = path.suffix if len(path.suffix) <= _LONGEST_SUFFIX else ""
    stem, ending = path.name.removesuffix(suffix), f".partial{suffix}"
    if len(os.fsencode(stem + ending)) > _LONGEST_NAME_BYTES:
        ending = f"~{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}{ending}"
        stem = os.fsencode(stem)[: _LONGEST_NAME_BYTES - len(os.fsencode(ending))].decode("utf-8", "ignore")
    return path.with_name(stem + ending)


def _refuse_unfit(path: Path) -> int | None:
    """The permissions of the file that is there, None where none is. Raises SinkError: it is none to be replaced."""
    try:
        refuse_special(path)
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    return stat.S_IMODE(mode)
