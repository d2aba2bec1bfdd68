"""From sums over paths to the curves and figures that are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.chunks import Tally
from models.distributions import FloatArray
from models.finance import Payback, irr, irr_reason, mirr, monthly_rate, payback
from models.inputs import ModelInputs
from models.moments import Choices, Moments
from models.outcomes import NEVER, Bands, Curves, StrategyCurves, WaitingCost, expected_shortfall, summary_of
from models.progress import Strategy

MONTHS_A_YEAR = 12
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Sums:
    """One strategy over all paths.

    Attributes:
        plan: the strategy.
        paths: futures simulated.
        kept: present-value cost of the kept paths, shape (kept,).
        tally: sums over all paths.
        bands: P5, P50, P95 of the cumulative cost, shape (3, T).
        categories: mean present-value cost per month, shape (T,) each.
    """

    plan: Strategy
    paths: int
    kept: FloatArray
    tally: Tally
    bands: FloatArray
    categories: Mapping[str, FloatArray]

    @property
    def undiscounted(self) -> FloatArray:
        """Mean cost per month without discounting, shape (T,)."""
        return self.tally.undiscounted / self.paths

    @property
    def triggers(self) -> FloatArray:
        """Share of paths by trigger month, shape (T + 2,)."""
        return self.tally.triggers / self.paths

    @property
    def monthly(self) -> FloatArray:
        """Mean present-value cost per month, shape (T,)."""
        return np.asarray(np.sum(list(self.categories.values()), axis=0), dtype=np.float64)


def assemble(inputs: ModelInputs, seed: int, sums: Sequence[Sums], choices: Choices) -> Curves:
    """Return the curves of a run from the sums of its strategies, of which the first is the reactive one."""
    reactive, *others = sums
    options = (NEVER, *(other.plan.name for other in others))
    rate = inputs.mean("r")
    return Curves(
        strategies={each.plan.name: _curves(each, reactive, rate) for each in sums},
        months=reactive.undiscounted.size,
        paths=reactive.paths,
        seed=seed,
        currency=inputs.currency,
        programme_cost=inputs.mean("K"),
        evpi=choices.perfect_information,
        probability_best=dict(zip(options, choices.probabilities.tolist(), strict=True)),
        expected_npv=dict(zip(options, choices.means.tolist(), strict=True)),
        waiting=_waiting({each.plan.name: each for each in others}),
    )


def _waiting(starts: Mapping[str, Sums]) -> WaitingCost | None:
    """Return what starting later costs against starting now: the mean over all paths, its spread over the kept ones."""
    now, later = starts.get("now"), starts.get("delayed")
    if now is None or later is None:
        return None
    kept = later.kept - now.kept
    spread = replace(Moments.of(kept), mean=later.tally.total.mean - now.tally.total.mean)
    return WaitingCost(summary_of(spread, kept), float(np.count_nonzero(kept < 0.0)) / kept.size)


def _curves(own: Sums, reactive: Sums, rate: float) -> StrategyCurves:
    """Return the curves of one strategy; ``rate`` is r per year."""
    compared = own is not reactive
    npv = reactive.kept - own.kept
    positive = own.tally.positive / own.paths
    flow = reactive.undiscounted - own.undiscounted
    dated = np.concatenate([[0.0], flow])
    p5, p50, p95 = own.bands
    return StrategyCurves(
        name=own.plan.name,
        start_month=own.plan.start,
        total_cost=summary_of(own.tally.total, own.kept),
        npv=summary_of(own.tally.npv, npv) if compared else None,
        probability_positive=positive if compared else None,
        probability_standard_error=math.sqrt(positive * (1.0 - positive) / own.paths) if compared else None,
        expected_shortfall=expected_shortfall(npv) if compared else None,
        cumulative=Bands(np.cumsum(own.monthly), p5, p50, p95),
        categories=own.categories,
        payback_month=payback(reactive.monthly - own.monthly) if compared else Payback(None, None),
        payback_undiscounted=payback(flow) if compared else Payback(None, None),
        mirr=_yearly(mirr(dated, monthly_rate(rate), monthly_rate(rate))),
        irr=_yearly(irr(dated)),
        irr_reason=irr_reason(dated),
        wall_probability=np.minimum(np.cumsum(own.triggers)[1:-1], 1.0),
        wall_month_median=_median_month(own.triggers),
    )


def _yearly(monthly: float | None) -> float | None:
    return None if monthly is None else (1.0 + monthly) ** MONTHS_A_YEAR - 1.0


def _median_month(triggers: FloatArray) -> int | None:
    """Return the first month by which half of the paths have triggered."""
    reached = np.flatnonzero(np.cumsum(triggers)[:-1] >= HALF)
    return int(reached[0]) if reached.size else None
