"""The people in view: the colours that tell them apart, the same in every view, and what a person said about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

#: 8-bit sRGB. White writing on each has a contrast of at least 5 to 1 (WCAG 2, AA), and none is an expression's colour.
#: Neighbours differ in lightness or hue also under the common colour-vision deficiencies; the number always stands by.
PERSON_COLOURS_RGB: tuple[tuple[int, int, int], ...] = (
    (53, 102, 204),
    (176, 67, 44),
    (42, 122, 75),
    (147, 49, 143),
    (138, 87, 34),
    (26, 116, 128),
    (176, 58, 120),
    (102, 105, 26),
    (117, 71, 189),
    (77, 90, 107),
)

#: Characters of a person's name.
LONGEST_NAME = 100


@dataclass(frozen=True)
class People:
    """What a person said about the people in view: names, numbers that are one person, whom not to show.

    Nobody is recognised by it: it belongs to the numbers of one source and ends with that source. Each edit gives a
    new object.

    Attributes:
        names: by number.
        merged: a number -> the number of whoever it is too; never in a circle.
        hidden: numbers of people who are not shown.
    """

    names: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    hidden: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.names or self.merged or self.hidden)

    def person_of(self, identity: int) -> int:
        """The number that this number's person is shown by."""
        while identity in self.merged:
            identity = self.merged[identity]
        return identity

    def numbers_of(self, identity: int) -> tuple[int, ...]:
        """All numbers of this number's person, the one that they are shown by first."""
        person = self.person_of(identity)
        return (person, *sorted(number for number in self.merged if self.person_of(number) == person))

    def name_of(self, identity: int) -> str:
        """Of whoever has this number, under whichever number it was given; '' without one."""
        return next((self.names[number] for number in self.numbers_of(identity) if number in self.names), "")

    def label_of(self, identity: int) -> str:
        """'Anna', or '#3'."""
        return self.name_of(identity) or f"#{self.person_of(identity)}"

    def is_hidden(self, identity: int) -> bool:
        return self.person_of(identity) in self.hidden

    def called(self, name: str, other_than: int) -> int | None:
        """Somebody else of that name, in whatever case; None where nobody has it."""
        wanted = clean_name(name).casefold()
        mine = self.person_of(other_than)
        for number in sorted(self.names):
            if wanted == self.name_of(number).casefold() and self.person_of(number) != mine:
                return self.person_of(number)
        return None

    def renamed(self, identity: int, name: str) -> People:
        """``name`` is '' to take the name back."""
        mine = self.numbers_of(identity)
        names = {number: known for number, known in self.names.items() if number not in mine}
        if cleaned := clean_name(name):
            names[mine[0]] = cleaned
        return replace(self, names=MappingProxyType(names))

    def merged_into(self, identity: int, into: int) -> People:
        """Both are one person, who is shown as ``into`` is. Nothing changes where they are already."""
        person, other = self.person_of(identity), self.person_of(into)
        if person == other:
            return self
        return replace(self, merged=MappingProxyType({**self.merged, person: other}))

    def separated(self, identity: int) -> People:
        """Takes back that ``identity`` is somebody else, who then has the name that they had before."""
        return replace(self, merged=MappingProxyType({one: to for one, to in self.merged.items() if one != identity}))

    def with_hidden(self, identity: int, hidden: bool = True) -> People:
        person = self.person_of(identity)
        return replace(self, hidden=self.hidden | {person} if hidden else self.hidden - {person})

    def without(self, identity: int) -> People:
        """Nothing is known any more about whoever has this number."""
        gone = set(self.numbers_of(identity))
        return People(
            MappingProxyType({number: name for number, name in self.names.items() if number not in gone}),
            MappingProxyType({one: to for one, to in self.merged.items() if one not in gone}),
            self.hidden - gone,
        )

    def joined(self, later: People) -> People:
        """With what was said about the people of a later source; no number means two people."""
        return People(
            MappingProxyType({**self.names, **later.names}),
            MappingProxyType({**self.merged, **later.merged}),
            self.hidden | later.hidden,
        )


def clean_name(name: str) -> str:
    """One line of at most ``LONGEST_NAME`` characters, without control characters and halves of characters."""
    line = " ".join(name.encode("utf-8", "ignore").decode().split())
    return "".join(sign for sign in line if unicodedata.category(sign) != "Cc")[:LONGEST_NAME].strip()
