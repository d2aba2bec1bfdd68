"""A range in words: its ends and its likely figure are named, a share is in per cent, and three digits are enough."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from reports.figures_format import plain, short_amount

_SIGNIFICANT = 3
_SHARES = {
    "share": "",
    "probability": "",
    "share of capacity": "of capacity",
    "share per month": "a month",
    "share per year": "a year",
}
"""What stands behind the per cent of each unit that is a share."""


class RangeWords(NamedTuple):
    """The parts of a range: ``0.6% to 1.8%``, ``1.1%`` where one is likely, and the unit, ``a month``."""

    ends: str
    likely: str
    unit: str

    def __str__(self) -> str:
        """Return the parts in a line: ``0.6% to 1.8% a month, likely 1.1%``."""
        said = f"{self.ends} {self.unit}".strip()
        return f"{said}, likely {self.likely}" if self.likely else said


def is_share(unit: str) -> bool:
    """Return whether a unit is a share of something, which people read in per cent."""
    return unit in _SHARES


def unit_words(unit: str) -> str:
    """Return what stands behind a figure in a unit: nothing behind the per cent of a bare share."""
    return _SHARES.get(unit, unit)


def range_words(low: float, mode: float | None, high: float, unit: str = "", *, money: bool = False) -> RangeWords:
    """Return a range in words; of a figure that is fixed there is one end and nothing likely.

    Args:
        low: low end.
        mode: likely figure; None where there is none.
        high: high end.
        unit: a unit of a parameter; a share is written in per cent.
        money: amounts are written short, as everywhere.
    """
    ends = [_written(value, unit, money=money) for value in ((low,) if low == high else (low, high))]
    likely = "" if mode is None or low == high else _written(mode, unit, money=money)
    return RangeWords(" to ".join(ends), likely, unit_words(unit))


def points_words(low: float, mode: float | None, high: float) -> RangeWords:
    """Return what is added to a share, in points of per cent: per cent of it would be something else."""
    return range_words(100 * low, None if mode is None else 100 * mode, 100 * high, "percentage points")


def _written(value: float, unit: str, *, money: bool) -> str:
    if money:
        return short_amount(value)
    return f"{digits(100 * value)}%" if is_share(unit) else digits(value)


def digits(value: float) -> str:
    """Return a figure to three digits, a whole one in full; without trailing noughts."""
    amount = Decimal(f"{value:.12g}")
    if not amount:
        return "0"
    decimals = max(0, _SIGNIFICANT - 1 - amount.adjusted())
    return plain(float(amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)))
