"""The exception tree. Each text is one whole sentence for the person at the screen; no traceback is shown for these."""

from __future__ import annotations

from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import Wording, join_sentences


class RealtimeFerError(Exception):
    """Something a person can act on.

    ``str(error)`` says what happened and ``hint`` what to do about it, or ''; ``sentence()`` is both. All are English
    and can be said in the window's language: what changes from case to case is a value, as in
    ``SourceError("There is no camera {number}.", number=3)``.

    Args:
        message, hint: templates; or made already, as when one error passes on another's.
        values: of the placeholders in both.

    Attributes:
        context: under which a class's sentences are translated.
        wording, hint: message and hint, each able to be said in another language.
    """

    context = "Program"

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        self.wording = _worded(self.context, message, values)
        self.hint = _worded(self.context, hint, values)
        super().__init__(self.wording)

    def sentence(self) -> str:
        return join_sentences(self.wording, self.hint)


#: What systems commonly say of a file, listed so that it is translated with all else.
COMMON_REASONS = (
    Wording("System", "Device or resource busy"),
    Wording("System", "File name too long"),
    Wording("System", "Input/output error"),
    Wording("System", "Invalid argument"),
    Wording("System", "Is a directory"),
    Wording("System", "No space left on device"),
    Wording("System", "No such file or directory"),
    Wording("System", "Not a directory"),
    Wording("System", "Operation not permitted"),
    Wording("System", "Permission denied"),
    Wording("System", "Read-only file system"),
    Wording("System", "Too many open files"),
)


def reason_of(error: BaseException) -> str:
    """Why something failed, as the system or a library words it, without a full stop: a part of a sentence.

    Of an address that it quotes only what may be shown is left.
    """
    told = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return Wording("System", hide_addresses(told).rstrip("."))


def _worded(context: str, text: str, values: dict[str, object]) -> str:
    return text if isinstance(text, Wording) else Wording(context, text, **values)


class SourceError(RealtimeFerError):
    """A camera, file or address cannot be opened or read."""

    context = "Source"


class DetectorError(RealtimeFerError):
    """A face detector cannot be made, or its model file is missing or damaged."""

    context = "Detector"


class ModelError(RealtimeFerError):
    """A model's card or network is missing, damaged or not what its card says."""

    context = "Model"


class ComparisonModelError(ModelError):
    """The comparison model, which runs beside the first, cannot go on; the first one can."""


class SinkError(RealtimeFerError):
    """A recording, CSV or picture cannot be written."""

    context = "Sink"


class SettingsError(RealtimeFerError):
    """A setting is unknown or out of range."""

    context = "Settings"


class ReportError(RealtimeFerError):
    """A folder is not a recording, or cannot be read."""

    context = "Report"


class ReviewError(RealtimeFerError):
    """A recording cannot be reviewed or exported, or a correction makes no sense."""

    context = "Review"


class RestingFaceError(RealtimeFerError):
    """A file with a person's resting face cannot be used or written."""

    context = "RestingFaces"


class OwnExpressionsError(RealtimeFerError):
    """An own expression cannot be taught, or a file of own expressions cannot be used."""

    context = "OwnExpressions"


class StreamError(RealtimeFerError):
    """Numbers cannot be given to other programs."""

    context = "Stream"


class TriggerError(RealtimeFerError):
    """A trigger is not one, or what it does cannot be done."""

    context = "Trigger"
