"""Texts in tables: a spreadsheet must not take what a person or a stranger's file says for a formula.

The rule is OWASP's (https://owasp.org/www-community/attacks/CSV_Injection): a text that begins with ``=``, ``+``, ``-``
or ``@``, also behind blanks, or with a tab or a line break, gets an apostrophe before it. So that it can be undone, one
that begins like that behind apostrophes gets another. Numbers are no texts and stay as they are.
"""

from __future__ import annotations

import re

# The wide signs of East Asian keyboards are taken for the others by some programs.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def as_cell(text: str) -> str:
    """``text`` as it is to stand in a table: never a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """The text that ``as_cell`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
