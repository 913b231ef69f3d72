"""Texts in CSV cells: a spreadsheet must not take what a person or a foreign file says for a formula.

The rule is OWASP's (https://owasp.org/www-community/attacks/CSV_Injection): a text that begins with ``=``, ``+``, ``-``
or ``@``, also after blanks, or with a tab or a line break, gets an apostrophe before it. So does one that begins with
apostrophes followed by such a sign, so that the rule can be reversed. Numbers are not texts and stay as they are.
"""

from __future__ import annotations

import re

# Some programs treat the full-width signs of East Asian keyboards alike.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def as_cell(text: str) -> str:
    """``text`` as a cell that is never a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """The inverse of ``as_cell``."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
