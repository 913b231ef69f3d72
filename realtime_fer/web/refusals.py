"""What the server answers when it does not do what was asked: a status of HTTP and one sentence."""

from __future__ import annotations


class Refusal(Exception):
    """A request that is not carried out.

    Attributes:
        status: of HTTP (RFC 9110), 400 to 599.
        sentence: one whole sentence, for the person.
        retry_after_s: when another try makes sense, seconds; 0 where none does.
    """

    def __init__(self, status: int, sentence: str, retry_after_s: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.retry_after_s = status, sentence, retry_after_s


_SENTENCES = {
    400: "The request is malformed.",
    404: "There is no such page here.",
    405: "That cannot be done with this address; the description of the API lists what can.",
    413: "That is more than this server takes at once.",
    431: "The headers of the request are larger than this server takes.",
    501: "The request is encoded in a way that this server does not know.",
}


def sentence_of(status: int) -> str:
    """For a status that nothing more is known of."""
    fault = "The server has a fault of its own; its log says more."
    return _SENTENCES.get(status, fault if status >= 500 else "The server does not answer such a request.")


def busy() -> Refusal:
    return Refusal(429, "The server has as much to do as it takes on; try again in a moment.", 1)


def too_slow(seconds: float) -> Refusal:
    return Refusal(503, f"This took longer than {seconds:g} s and was given up; try again later.", 5)
