"""Numbers as a person reads them: with the decimal sign of the language that was installed.

Files, logs and JSON keep plain English numbers and do not come here. A number with a format in a ``Wording``, such as
``{share:.1%}``, is localised when the Wording is shown.
"""

from __future__ import annotations

from realtime_fer.core.text.translation import localised

#: Digits of whole numbers from here on stand in groups of three.
_GROUPED_FROM = 10_000


def decimal(value: float, digits: int = 1) -> str:
    """'3.5' with that many digits behind the sign; German '3,5'."""
    return localised(f"{value:.{digits}f}")


def significant(value: float, digits: int = 4) -> str:
    """'0.0005' or '1.136': at most that many significant digits."""
    return localised(f"{value:.{digits}g}")


def percent(share: float, digits: int = 0) -> str:
    """0.628 -> '63 %', with one digit '62.8 %'; the blank does not break."""
    return f"{decimal(100 * share, digits)}\u00a0%"


def whole(value: int) -> str:
    """'9999', '1 102 195' with narrow blanks that do not break."""
    return f"{value:,}".replace(",", "\u202f") if abs(value) >= _GROUPED_FROM else str(value)


def milliseconds(ms: float) -> str:
    """'3.1 ms', or '0.42 ms' below one."""
    return f"{decimal(ms, 1 if ms >= 1 else 2)} ms"
