"""What the server answers when it does not do what was asked: a status of HTTP and one sentence."""

from __future__ import annotations

from realtime_fer.core.text.translation import Wording


class Refusal(Exception):
    """A request that is not carried out.

    Attributes:
        status: of HTTP (RFC 9110), 400 to 599.
        sentence: one whole sentence, for the person; a Wording can be said in their language.
        retry_after_s: when another try makes sense, seconds; 0 where none does.
    """

    def __init__(self, status: int, sentence: str, retry_after_s: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.retry_after_s = status, sentence, retry_after_s


STOPPING = Wording("Web", "The server is being stopped.")

_SENTENCES = {
    400: Wording("Web", "The request is malformed."),
    404: Wording("Web", "There is no such page here."),
    405: Wording("Web", "That cannot be done with this address; the description of the API lists what can."),
    413: Wording("Web", "That is more than this server takes at once."),
    431: Wording("Web", "The headers of the request are larger than this server takes."),
    501: Wording("Web", "The request is encoded in a way that this server does not know."),
}


def sentence_of(status: int) -> str:
    """For a status that nothing more is known of."""
    fault = Wording("Web", "Something failed in the server; see its log.")
    unknown = Wording("Web", "The server does not answer such a request.")
    return _SENTENCES.get(status, fault if status >= 500 else unknown)


def busy() -> Refusal:
    told = Wording("Web", "The server is busy; try again in a moment.")
    return Refusal(429, told, 1)


def too_slow(seconds: float) -> Refusal:
    told = Wording("Web", "This took longer than {time:g} s and was stopped; try again later.", time=seconds)
    return Refusal(503, told, 5)
