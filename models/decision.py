"""The decision rule, and the programme cost at which the answer turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

from models.cost_curves import REACTIVE, path_totals
from models.distributions import Fixed
from models.inputs import ModelInputs
from models.outcomes import Curves
from models.parameters import Thresholds
from models.programme import Programme
from models.watching import Watch

NEVER = "never"
FARTHEST_MULTIPLE = 5.0
"""A break-even cost beyond this many times K is no figure to show: nothing else in the model was meant for it."""
Reason = Literal["largest_expected_npv", "nothing_pays", "too_wide"]
BreakEvenReason = Literal["found", "never_pays", "always_pays", "pays_above"]


@dataclass(frozen=True, eq=False)
class Decision:
    """What the model recommends, with the figures that it rests on.

    Attributes:
        choice: ``now``, ``delayed`` (or another start by its name), ``never``, or ``too_wide``: measure first.
        best: the option with the largest expected NPV; ``never`` counts as 0 and wins a tie.
        expected_npv: by option, in currency.
        probability_best: probability that ``best`` is the best option, in [0, 1].
        best_probability_limit: threshold on that probability.
        evpi: expected value of perfect information, in currency.
        evpi_limit: threshold share times the mean cost of the programme, in currency.
        mean_cost: mean K, in currency.
        reason: which part of the rule decided.
    """

    choice: str
    best: str
    expected_npv: Mapping[str, float]
    probability_best: float
    best_probability_limit: float
    evpi: float
    evpi_limit: float
    mean_cost: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The programme cost K at which acting now and acting only when forced cost the same on average.

    Attributes:
        cost: in currency; None unless ``reason`` is ``found`` or ``pays_above``.
        multiple: the same as a multiple of the mean K.
        mean_cost: mean K, in currency.
        npv_at_cost: E NPV at the mean K.
        npv_at_zero: E NPV if the programme itself were free (its running cost is still owed).
        reason: ``found``: it pays below ``cost``. ``never_pays``: not even when free. ``always_pays``: at every cost,
            since the forced programme that it avoids grows dearer just as fast. ``pays_above``: only above ``cost``.
    """

    cost: float | None
    multiple: float | None
    mean_cost: float
    npv_at_cost: float
    npv_at_zero: float
    reason: BreakEvenReason

    @property
    def beyond(self) -> bool:
        """Whether the turn lies beyond five times K: there is one, and its figure would be stretched too far."""
        return self.multiple is not None and self.multiple > FARTHEST_MULTIPLE


def decide(curves: Curves, thresholds: Thresholds) -> Decision:
    """Return the option with the largest expected NPV, or ``too_wide`` when too little is known to call it.

    It is too wide when EVPI exceeds its share of the mean programme cost *and* the best option is best on fewer paths
    than its threshold. Expected NPVs have incidents at their expectation, as EVPI has.
    """
    best = max(curves.expected_npv, key=lambda option: (curves.expected_npv[option], option == NEVER))
    limit = thresholds.evpi_share.value * curves.programme_cost
    probability = curves.probability_best[best]
    wide = curves.evpi > limit and probability < thresholds.best_probability.value
    reason: Reason = "too_wide" if wide else "nothing_pays" if best == NEVER else "largest_expected_npv"
    return Decision(
        choice="too_wide" if wide else best,
        best=best,
        expected_npv=dict(curves.expected_npv),
        probability_best=probability,
        best_probability_limit=thresholds.best_probability.value,
        evpi=curves.evpi,
        evpi_limit=limit,
        mean_cost=curves.programme_cost,
        reason=reason,
    )


class _Run(TypedDict):
    """Which futures a run is on."""

    paths: int
    seed: int
    months: int | None


def expected_npv_at(
    inputs: ModelInputs,
    programme: Programme,
    multiple: float,
    *,
    paths: int,
    seed: int,
    months: int | None = None,
    watch: Watch | None = None,
) -> float:
    """Return E NPV of acting now when the programme costs ``multiple`` (>= 0) times K; incidents at expectation."""
    cost, watch = inputs.distribution("K"), watch or Watch()
    scaled = cost.scaled(multiple) if multiple > 0 else Fixed(0.0)
    totals = path_totals(
        inputs.with_distribution("K", scaled),
        programme,
        starts={"now": 0},
        paths=paths,
        seed=seed,
        months=months,
        should_stop=watch.should_stop,
        progress=watch.told,
    )
    return float((totals[REACTIVE] - totals["now"]).mean())


def break_even_cost(
    inputs: ModelInputs,
    programme: Programme,
    *,
    paths: int,
    seed: int,
    months: int | None = None,
    watch: Watch | None = None,
) -> BreakEven:
    """Return the programme cost at which the expected NPV of acting now is zero.

    Every path's cost is linear in K (when the wall is met does not depend on what a programme costs), so two runs on
    the same futures, at nothing and at K, give the whole line. The running cost O stays as it is.
    """
    watch, run = watch or Watch(), _Run(paths=paths, seed=seed, months=months)
    free = expected_npv_at(inputs, programme, 0.0, **run, watch=watch.part(0.0, 0.5))
    full = expected_npv_at(inputs, programme, 1.0, **run, watch=watch.part(0.5, 1.0))
    slope, mean = full - free, inputs.mean("K")
    if slope < 0.0 <= free:
        return BreakEven(-free / slope * mean, -free / slope, mean, full, free, "found")
    if slope > 0.0 > free:
        return BreakEven(-free / slope * mean, -free / slope, mean, full, free, "pays_above")
    return BreakEven(None, None, mean, full, free, "never_pays" if free < 0.0 else "always_pays")
