"""How every figure is written, on screen, in the terminal and on paper: the one place that rounds.

Rounding is half-up, away from zero, and at display only. A figure that does not exist is a dash, never a zero; a score
whose answers cover too little shows its range alone.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

from assessment.scores import Score

DASH = "\u2013"
MINUS = "\u2212"
RANGE_ONLY = "range only"
_UNITS = ((Decimal(1_000_000_000), "B"), (Decimal(1_000_000), "M"), (Decimal(1_000), "k"))
_SIGNIFICANT = 3
_DIGITS = 400  # no finite float has more before the point
_THOUSAND = 1000
_HARDLY, _NEARLY_ALL = 0.005, 0.995


def rounded(value: float, decimals: int = 1) -> str:
    """Return ``value`` rounded half-up to ``decimals`` places, with thousands commas and a true minus sign."""
    return _written(_half_up(Decimal(f"{value:.9f}"), decimals))


def score_value(value: float | None) -> str:
    """Return a bare score (0-100) to one decimal, or a dash."""
    return DASH if value is None or not math.isfinite(value) else rounded(value)


def format_score(score: Score) -> str:
    """Return the point of a score: ``62.5``, ``range only`` below the coverage that allows a point, or a dash."""
    if not score.exists:
        return DASH
    return score_value(score.value) if score.shown else RANGE_ONLY


def format_range(score: Score) -> str:
    """Return the range that unknown answers leave open: ``41.2-70.0`` with an en dash; one figure for none."""
    return span(score.low, score.high)


def format_score_and_range(score: Score) -> str:
    """Return the point with its range in brackets, the bare point, the range marked *range only*, or a dash.

    A range whose ends are one figure is that figure.
    """
    if not score.exists:
        return DASH
    if not score.shown:
        return _only(score.low, score.high, 1)
    point, spread = format_score(score), format_range(score)
    return point if point == spread else f"{point} ({spread})"


def point_or_range(score: Score) -> str:
    """Return the point of a score, its range alone where no point may be shown, or a dash."""
    return format_range(score) if score.exists and not score.shown else format_score(score)


def format_severity(score: Score) -> str:
    """Return a severity in [0, 1] to two decimals with its range, or a dash when it does not apply."""
    if not score.exists:
        return DASH
    spread = span(score.low, score.high, decimals=2)
    if not score.shown or score.point is None:
        return _only(score.low, score.high, 2)
    point = rounded(score.point, 2)
    return point if point == spread else f"{point} ({spread})"


def _only(low: float | None, high: float | None, decimals: int) -> str:
    spread, ends = span(low, high, decimals), {rounded(end, decimals) for end in (low, high) if end is not None}
    return spread if len(ends) == 1 else f"{spread} ({RANGE_ONLY})"


def format_support(point: float | None, low: float | None, high: float | None) -> str:
    """Return the support of the signals in [0, 1], with the range that unanswered ones leave; a dash for none."""
    if point is None:
        return DASH
    shown, spread = rounded(point, 2), span(low, high, decimals=2)
    return shown if shown == spread else f"{shown} ({spread})"


def span(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Return low and high joined by an en dash, one figure when both read the same, or a dash for a missing end."""
    if low is None or high is None:
        return DASH
    first, last = rounded(low, decimals), rounded(high, decimals)
    if first == last:
        return first
    return f"{first} to {last}" if MINUS in first + last else f"{first}{DASH}{last}"


def money(value: float | None, currency: str) -> str:
    """Return an amount to three significant figures with its currency code: ``USD 1.24 M``.

    Below a thousand the amount is whole (``USD 940``); from there k, M and B stand for thousands, millions and
    thousands of millions (``USD 12.4 k``). It is rounded before the unit is chosen, so 999,999 is ``USD 1.00 M``.
    A missing or infinite amount is a dash.
    """
    if value is None or not math.isfinite(value):
        return DASH
    return f"{currency} {short_amount(value)}"


def money_range(low: float | None, high: float | None, currency: str) -> str:
    """Return ``USD -3.10 M to 8.45 M``: the currency once, and *to* since an end may be negative."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return DASH
    first, last = short_amount(low), short_amount(high)
    return f"{currency} {first}" if first == last else f"{currency} {first} to {last}"


def short_amount(value: float) -> str:
    """Return an amount to three significant figures without its currency: ``1.24 M``, ``-12.4 k``, ``940``."""
    amount = Decimal(f"{value:.2f}")
    whole = _half_up(amount, 0)
    if abs(whole) < _THOUSAND:
        return _written(whole)
    digits = abs(amount).adjusted() + 1
    kept = _half_up(amount.scaleb(_SIGNIFICANT - digits), 0).scaleb(digits - _SIGNIFICANT)
    unit, letter = next(pair for pair in _UNITS if abs(kept) >= pair[0])
    scaled = kept / unit
    decimals = max(0, _SIGNIFICANT - 1 - abs(scaled).adjusted())
    return f"{_written(_half_up(scaled, decimals))} {letter}"


def percent(share: float | None) -> str:
    """Return a share in [0, 1] as a whole percentage; what is nearly nothing or nearly all is ``<1%`` or ``>99%``."""
    if share is None or not math.isfinite(share):
        return DASH
    if 0 < share < _HARDLY:
        return "<1%"
    if _NEARLY_ALL <= share < 1:
        return ">99%"
    return f"{rounded(100 * share, 0)}%"


def rate(share: float | None) -> str:
    """Return a yearly rate with one decimal, such as an internal rate of return: ``12.4%``, or a dash."""
    return DASH if share is None or not math.isfinite(share) else f"{rounded(100 * share, 1)}%"


def month(number: float | None) -> str:
    """Return ``month 14``; a dash when there is none."""
    return DASH if number is None or not math.isfinite(number) else f"month {rounded(number, 0)}"


def months(number: float) -> str:
    """Return ``1 month`` or ``60 months``."""
    text = rounded(number, 0)
    return f"{text} month" if text == "1" else f"{text} months"


def hours(figure: str) -> str:
    """Return ``1 hour`` or ``31 hours`` for a figure that is already written out."""
    return f"{figure} hour" if figure == "1" else f"{figure} hours"


def plain(value: float | None) -> str:
    """Return a figure to four significant figures with thousands commas and no trailing zeros: ``206,000``."""
    if value is None or not math.isfinite(value):
        return DASH
    if value == 0:
        return "0"
    amount = Decimal(repr(value))
    decimals = min(9, max(0, 3 - amount.adjusted()))
    text = _written(_half_up(amount, decimals))
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_range(low: float, mode: float | None, high: float) -> str:
    """Return a typed range in full: ``0.5, 1.2, 4`` (low, likely, high), ``30,000 to 400,000``, or one fixed figure."""
    if low == high:
        return plain(low)
    if mode is None:
        return f"{plain(low)} to {plain(high)}"
    return f"{plain(low)}, {plain(mode)}, {plain(high)}"


def _half_up(amount: Decimal, decimals: int) -> Decimal:
    with localcontext(prec=_DIGITS):
        return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _written(amount: Decimal) -> str:
    text = f"{abs(amount):,f}"
    return f"{MINUS}{text}" if amount < 0 else text
