"""Discounting: present value, annuity, rates of return and payback of one flow of money.

Rates are fractions per period. A flow is a sequence of amounts, one for each period, income positive.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyxirr
from numpy.typing import NDArray

Flows = Sequence[float] | NDArray[np.float64]
IrrReason = Literal["unique", "no_sign_change", "several_sign_changes", "not_found"]


@dataclass(frozen=True, slots=True)
class Payback:
    """When the money is back, as 1-based periods.

    Attributes:
        first: first period at whose end the cumulative sum is no longer negative; None when it never is.
        last: period from whose end it stays so to the end of the flow; None when the flow ends below nought.
    """

    first: int | None
    last: int | None


def monthly_rate(yearly_rate: float) -> float:
    """Return the rate per month that compounds to ``yearly_rate`` in twelve months: (1 + r)^(1/12) - 1."""
    return math.expm1(math.log1p(yearly_rate) / 12.0)


def annuity(n: int, rate: float) -> float:
    """Return the present value of 1 at the end of each of ``n`` periods: (1 - (1 + rate)^-n) / rate, or n at rate 0."""
    if rate == 0.0:
        return float(n)
    return -math.expm1(-n * math.log1p(rate)) / rate


def npv(rate: float, flows: Flows) -> float:
    """Return the net present value of ``flows``, which fall at the END of periods 1..T (a spreadsheet's NPV).

    Args:
        rate: fraction per period of the flows, above -1; a yearly rate goes through :func:`monthly_rate` first.
        flows: amounts at the end of periods 1, 2, ..., T.
    """
    value = pyxirr.npv(rate, _plain(flows), start_from_zero=False)
    return 0.0 if value is None else float(value)


def sign_changes(flows: Flows) -> int:
    """Return how often the flow changes sign; zeros are passed over."""
    signs = np.sign(np.asarray(flows, dtype=np.float64))
    signs = signs[signs != 0]
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def irr(flows: Flows) -> float | None:
    """Return the internal rate of return per period, or None; the first flow falls at time 0.

    A flow that changes sign more than once may have several rates, and one that never does has none: no figure is
    returned in either case, and :func:`irr_reason` says why.
    """
    if sign_changes(flows) != 1:
        return None
    value = pyxirr.irr(_plain(flows), silent=True)
    return None if value is None or not math.isfinite(value) else float(value)


def irr_reason(flows: Flows) -> IrrReason:
    """Return why :func:`irr` gives a figure (``unique``) or none."""
    changes = sign_changes(flows)
    if changes != 1:
        return "no_sign_change" if changes == 0 else "several_sign_changes"
    return "not_found" if irr(flows) is None else "unique"


def mirr(flows: Flows, finance_rate: float, reinvest_rate: float) -> float | None:
    """Return the modified internal rate of return per period; the first flow falls at time 0.

    Spending is discounted at ``finance_rate``, income is carried to the end at ``reinvest_rate``. None when the flow
    has no income or no spending.
    """
    value = pyxirr.mirr(_plain(flows), finance_rate, reinvest_rate, silent=True)
    return None if value is None or not math.isfinite(value) else float(value)


def payback(flows: Flows) -> Payback:
    """Return the first and the last crossing of nought by the cumulative sum of the flow at periods 1..T.

    A flow that is never below nought has its money back in the first period with income. Give discounted flows for
    the discounted payback.
    """
    total = np.cumsum(np.asarray(flows, dtype=np.float64))
    if not np.any(total < 0):
        first = int(np.argmax(total > 0)) + 1 if np.any(total > 0) else None
        return Payback(first, first)
    upward = np.flatnonzero((total >= 0) & (np.concatenate([[0.0], total[:-1]]) < 0)) + 1
    first_up = int(upward[0]) if upward.size else None
    if total[-1] < 0:
        return Payback(first_up, None)
    return Payback(first_up, int(upward[-1]))


def _plain(flows: Flows) -> list[float]:
    return [float(amount) for amount in flows]
