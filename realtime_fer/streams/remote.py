"""What connected programs ask for, with the token that the window shows."""

from __future__ import annotations

import json
import secrets
from typing import Any

from realtime_fer.core.live import COMMANDS, RunCommand

#: Characters of a command's text; longer ones are refused.
LONGEST_TEXT = 500


class RemoteCommands:
    """Checks and passes on commands. A new object has a new token.

    Args:
        run: None where no command is taken.
    """

    def __init__(self, run: RunCommand | None) -> None:
        self._run = run
        self.token = secrets.token_urlsafe(12) if run is not None else ""

    def answer(self, text: str) -> dict[str, Any]:
        """Runs the command in ``text``, a JSON object with ``token``, ``command`` and perhaps ``text`` or ``model``.

        Returns:
            The answer for the program: ``ok``, and ``error`` where it is refused; ``id`` is the one that it gave.
        """
        try:
            asked = json.loads(text)
        except (ValueError, RecursionError):
            asked = None
        if not isinstance(asked, dict):
            return _refused(None, "A command is a JSON object.")
        number = asked.get("id")
        number = number if isinstance(number, (str, int)) else None
        if self._run is None:
            return _refused(number, "Commands are switched off.")
        token = asked.get("token")
        if not isinstance(token, str) or not secrets.compare_digest(token.encode(), self.token.encode()):
            return _refused(number, "The token is wrong.")
        command = asked.get("command")
        if not isinstance(command, str) or command not in COMMANDS:
            return _refused(number, f"The commands are {', '.join(COMMANDS)}.")
        wanted = COMMANDS[command]
        value = asked.get(wanted, "") if wanted else ""
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or (command == "model" and not value):
            return _refused(number, f"'{wanted}' is a text of at most {LONGEST_TEXT} characters.")
        self._run(command, value)
        return {"version": 1, "type": "answer", "id": number, "ok": True}


def _refused(number: str | int | None, sentence: str) -> dict[str, Any]:
    return {"version": 1, "type": "answer", "id": number, "ok": False, "error": sentence}
