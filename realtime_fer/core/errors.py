"""The exception tree. Each text is one whole sentence for the person at the screen; no traceback is shown for these."""

from __future__ import annotations


class RealtimeFerError(Exception):
    """Something a person can act on. ``str(error)`` says what happened; ``hint`` what to do about it, or ''."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def sentence(self) -> str:
        return f"{self} {self.hint}".strip()


class SourceError(RealtimeFerError):
    """A camera, file or address cannot be opened or read."""


class DetectorError(RealtimeFerError):
    """A face detector cannot be made, or its model file is missing or damaged."""


class ModelError(RealtimeFerError):
    """A model's card or network is missing, damaged or not what its card says."""


class SinkError(RealtimeFerError):
    """A recording, CSV or picture cannot be written."""


class SettingsError(RealtimeFerError):
    """A setting is unknown or out of range."""


class ReportError(RealtimeFerError):
    """A folder is no recording, or cannot be read."""
