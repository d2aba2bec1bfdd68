"""The six monthly costs of one chunk of paths, as present values; arrays are time-major, (T, paths)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.distributions import FloatArray
from models.draws import Draws
from models.incidents import Events, bound, draw_events, expected_cost, incident_cost, rates
from models.programme import STRETCH, stretch_of
from models.progress import IntArray, Paths, Strategy, effect, maturity, placed

CATEGORIES = ("incidents", "infrastructure", "delivery", "compliance", "forced", "programme")
LATE_CHANGE_MONTHS = 36.0
"""Months until a late change reaches its full multiplier mu."""


@dataclass(frozen=True, eq=False)
class Future:
    """What all strategies share on a chunk of paths; arrays (T, paths) unless stated.

    Attributes:
        draws: figures of each path, shape (paths,) each.
        discount: delta^k; shape (T, 1) when every path has the same rate.
        load: rho_0 L_k, use of today's capacity, uncapped.
        infrastructure: discounted (I0 / 12) L_k.
        growth: eps k ln(1 + g): the exponent of super-linear growth without any effect.
        delivery: discounted (E wage / 12) u_k, or (c_d / 12) u_k where a cost of delay is stated.
        compliance: discounted (A0 / 12) (1 + g_c)^k, and c_p / 12 besides where penalties are stated.
        payroll: discounted E wage / 12.
        stretch: number of the stretch of the time that work takes, shape (paths,).
    """

    draws: Draws
    discount: FloatArray
    load: FloatArray
    infrastructure: FloatArray
    growth: FloatArray
    delivery: FloatArray
    compliance: FloatArray
    payroll: FloatArray
    stretch: IntArray


@dataclass(frozen=True, eq=False)
class Outcome:
    """One strategy on a chunk of paths.

    Attributes:
        paths: the trigger month of each path, and where it stands in the tables of the strategy.
        costs: present value by category, shape (T, paths) each; incidents as they happened on the path.
        expected_incidents: present value of the expected incidents given the figures, shape (T, paths).
    """

    paths: Paths
    costs: Mapping[str, FloatArray]
    expected_incidents: FloatArray

    @property
    def total(self) -> FloatArray:
        """Present value of all costs, shape (T, paths)."""
        total = self.costs[CATEGORIES[0]] + self.costs[CATEGORIES[1]]
        for name in CATEGORIES[2:]:
            total += self.costs[name]
        return total


def compounded(rate: FloatArray, months: int) -> FloatArray:
    """Return (rate)^k for k = 1..months by multiplication, shape (months, paths)."""
    return np.asarray(np.cumprod(np.broadcast_to(rate, (months, rate.size)), axis=0), dtype=np.float64)


def discount_factors(r: FloatArray, months: int) -> FloatArray:
    """Return delta^k with delta = (1 + r)^(-1/12); shape (months, 1) when all rates are equal."""
    same = r[:1] if np.all(r == r[0]) else r
    return compounded((1.0 + same) ** (-1.0 / 12.0), months)


def debt_share(u_0: FloatArray, u_max: FloatArray, interest: FloatArray, months: int) -> FloatArray:
    """Return u_k, logistic from u_0 towards u_max at ``interest`` per month; shape (months, paths)."""
    fading = compounded(np.exp(-interest), months)
    below = u_0 + (u_max - u_0) * fading
    return u_0 * u_max / np.maximum(below, np.finfo(np.float64).tiny)


def future(draws: Draws, months: int) -> Future:
    """Return what every strategy shares over ``months`` months."""
    d = draws
    discount = discount_factors(d["r"], months)
    load = compounded(1.0 + d["g"], months)
    month = np.arange(1.0, months + 1.0)[:, None]
    payroll = discount * (d["E"] * d["wage"] / 12.0)
    delivered = discount * (d["c_d"] / 12.0) if "c_d" in d else payroll
    return Future(
        draws=d,
        discount=discount,
        load=load * d["rho_0"],
        infrastructure=load * (d["I0"] / 12.0) * discount,
        growth=month * (d["eps"] * np.log1p(d["g"])),
        delivery=delivered * debt_share(d["u_0"], d["u_max"], d["i"], months),
        compliance=_compliance(d, months) * discount,
        payroll=payroll,
        stretch=stretch_of(d[STRETCH]),
    )


def _compliance(d: Draws, months: int) -> FloatArray:
    validation = compounded(1.0 + d["g_c"], months) * (d["A0"] / 12.0)
    if "c_p" in d:
        validation += d["c_p"] / 12.0
    return validation


def events_of(shared: Future, seed: int, chunk: int) -> Events:
    """Return the possible incidents of a chunk, the same for every strategy."""
    return draw_events(shared.draws, bound(shared.draws, shared.load), seed, chunk)


def evaluate(shared: Future, plan: Strategy, events: Events | None) -> Outcome:
    """Return what one strategy costs on a chunk of paths; without ``events`` incidents stand at their expectation."""
    d = shared.draws
    paths = placed(plan, shared.load, d["e_a"], d["rho_trig"], shared.stretch)
    effects = {key: effect(d[f"e_{key}"], maturity(plan, key, paths, d["eta_R"])) for key in plan.planned}
    return outcome(shared, plan, paths, effects, events)


def outcome(
    shared: Future, plan: Strategy, paths: Paths, effects: Mapping[str, FloatArray], events: Events | None
) -> Outcome:
    """Return the costs, given the trigger months and the six effects, shape (T, paths) each; see :func:`evaluate`."""
    d = shared.draws
    relieved = 1.0 - effects["a"]
    rate = rates(d, shared.load * relieved, effects["f"])
    expected = expected_cost(d, rate, effects["r"])
    expected *= shared.discount
    happened = expected
    if events is not None:
        happened = incident_cost(events, rate, effects["r"], d["c_resp"])
        happened *= shared.discount
    costs = {
        "incidents": happened,
        "infrastructure": _infrastructure(shared, effects["w"], relieved),
        "delivery": shared.delivery * (1.0 - effects["v"]),
        "compliance": shared.compliance * (1.0 - effects["c"]),
        "forced": _forced(shared, plan, paths),
        "programme": _programme(shared, plan, paths),
    }
    return Outcome(paths, costs, expected)


def _infrastructure(shared: Future, saved: FloatArray, relieved: FloatArray) -> FloatArray:
    """(I0 / 12) [L w (1 - e_w) + L^(1 + eps (1 - e_a)) - L], discounted."""
    cost = shared.growth * relieved
    np.expm1(cost, out=cost)
    cost += shared.draws["w"] * (1.0 - saved)
    cost *= shared.infrastructure
    return cost


def _forced(shared: Future, plan: Strategy, paths: Paths) -> FloatArray:
    """K kappa_R mu_tau / 9 for 9 months from tau, mu_tau = 1 + (mu - 1) min(1, tau / 36), discounted."""
    d = shared.draws
    late = 1.0 + (d["mu"] - 1.0) * np.minimum(1.0, paths.tau / LATE_CHANGE_MONTHS)
    cost = np.take(plan.remediation, paths.forced_from, axis=1)
    cost *= d["K"] * d["kappa_R"] * late
    cost *= shared.discount
    return cost


def running(plan: Strategy, paths: Paths) -> FloatArray:
    """Return the share of the run cost that is owed, shape (T, paths): the plan's, and all of it once forced."""
    month = np.arange(1, plan.months + 1)[:, None]
    owed = (month >= paths.forced_from).astype(np.float64)
    return owed if plan.start is None else np.maximum(np.take(plan.running, paths.plan, axis=1), owed, out=owed)


def _programme(shared: Future, plan: Strategy, paths: Paths) -> FloatArray:
    """K / S over S months, O while owed, and j E wage / 12 over J months, discounted."""
    d = shared.draws
    cost = running(plan, paths)
    cost *= d["O"]
    if plan.start is not None:
        cost += np.take(plan.spending, paths.plan, axis=1) * d["K"]
    cost *= shared.discount
    if plan.start is not None:
        cost += np.take(plan.learning, paths.plan, axis=1) * d["j"] * shared.payroll
    return cost
