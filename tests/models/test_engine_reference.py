"""A slow and obvious engine, one path and one month at a time, against the fast one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bench.cases import ends, stated, typical_ranges
from models.cost_curves import totals_given
from models.draws import draw, uncertain, uniforms
from models.programme import Programme

PATHS = 60
HORIZON = 60


def _maturity(programme: Programme, key: str, elapsed: int) -> float:
    curve = programme.maturity[key]
    return float(curve[min(elapsed, curve.size - 1)]) if elapsed > 0 else 0.0


def _trigger(p: dict[str, float], programme: Programme, start: int | None, months: int, lead: int) -> int | None:
    """Return the month in which a forced programme starts: the first trigger, unless the plan is at work by then."""
    for k in range(1, HORIZON + 1):
        delivered = 0.0 if start is None else _maturity(programme, "a", k - start - lead)
        relief = min(0.95, p["e_a"] * delivered)
        if min(p["rho_0"] * (1 + p["g"]) ** k * (1 - relief), 1.5) >= p["rho_trig"]:
            return None if start is not None and start < k <= start + months + lead else k
    return None


def _cost(p: dict[str, float], programme: Programme, start: int | None, months: int, lead: int) -> float:
    """Return the expected present value of one path by the formulas of the model, as they are written."""
    tau = _trigger(p, programme, start, months, lead)
    if start is not None and tau is not None and start >= tau:
        start = None
    total = 0.0
    for k in range(1, HORIZON + 1):
        e = {}
        for key in "frwvca":
            planned = 0.0 if start is None else _maturity(programme, key, k - start - lead)
            forced = 0.0 if tau is None else p["eta_R"] * _maturity(programme, key, k - tau - lead)
            e[key] = min(0.95, p[f"e_{key}"] * min(1.5, max(planned, forced)))
        load = (1 + p["g"]) ** k
        rho = min(p["rho_0"] * load * (1 - e["a"]), 1.5)
        incidents = p["lambda0"] / 12 * math.exp(p["beta"] * (rho - p["rho_0"])) * (1 - e["f"])
        hours = p["H_median"] * math.exp(p["H_sigma"] ** 2 / 2)
        cost = incidents * (hours * (1 - e["r"]) * p["c_h"] * p["s"] + p["c_resp"])
        growth = load ** (1 + p["eps"] * (1 - e["a"])) - load
        cost += p["I0"] / 12 * (load * p["w"] * (1 - e["w"]) + growth)
        odds = p["u_max"] / p["u_0"] - 1
        cost += p["E"] * p["wage"] / 12 * p["u_max"] / (1 + odds * math.exp(-p["i"] * k)) * (1 - e["v"])
        cost += p["A0"] / 12 * (1 + p["g_c"]) ** k * (1 - e["c"])
        if tau is not None and tau <= k < tau + 9:
            cost += p["K"] * p["kappa_R"] * (1 + (p["mu"] - 1) * min(1, tau / 36)) / 9
        if start is not None and start < k <= start + months:
            cost += p["K"] / months
        if (start is not None and k > start) or (tau is not None and k >= tau):
            cost += p["O"]
        if start is not None and start < k <= start + p["J"]:
            cost += p["j"] * p["E"] * p["wage"] / 12
        total += cost * (1 + p["r"]) ** (-k / 12)
    return total


@pytest.mark.parametrize("lead", [0, 3])
@pytest.mark.parametrize("eta_width", [0.0, 0.2])
def test_the_fast_engine_adds_up_what_the_formulas_say(lead: int, eta_width: float) -> None:
    """Every path and strategy agrees to ten digits, with and without a wall, a lead and an uncertain forced share."""
    programme = Programme.full(HORIZON, 10, lead=lead)
    ranges = {
        **typical_ranges(),
        "q": ends(0.0, 0.0, 0.0),
        "rho_0": ends(0.4, 0.6, 0.9),
        "r": ends(0.0, 0.05, 0.1),
        "rho_trig": ends(0.7, 0.85, 0.95),
        "eta_R": ends(0.7 - eta_width, 0.7, 0.7 + eta_width),
    }
    inputs = stated(programme, ranges)
    u = uniforms(uncertain(inputs), 11, 0, PATHS)
    drawn = draw(inputs, u)
    starts = {"now": 0, "delayed": 12, "late": 30}
    fast = totals_given(inputs, programme, u, starts=starts)
    for name, start in {"reactive": None, **starts}.items():
        slow = [
            _cost({symbol: float(figures[path]) for symbol, figures in drawn.items()}, programme, start, 10, lead)
            for path in range(PATHS)
        ]
        assert fast[name] == pytest.approx(np.array(slow), rel=1e-10)
