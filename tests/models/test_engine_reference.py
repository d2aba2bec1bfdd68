"""A slow and obvious engine, one path and one month at a time in plain Python, against the fast one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Range
from bench.cases import ends, stated, typical_ranges
from models.cost_curves import path_totals, totals_given
from models.costs import events_of, future
from models.draws import LUCK, draw, uncertain, underdelivered, uniforms
from models.inputs import ModelInputs
from models.programme import EFFECTS, STRETCHES, Programme

PATHS = 12
HORIZON = 60
Path = dict[str, float]


class Case(NamedTuple):
    """What a strategy is: the programme, its start (None for none), its planned length and the lead, in months."""

    programme: Programme
    start: int | None
    months: int
    lead: int

    def on(self, p: Path) -> tuple[Programme, int]:
        """Return the programme as it slips on a path, and its length there."""
        if not self.programme.late:
            return self.programme, self.months
        apart = [abs(math.log(p["m_t"] / stretch)) for stretch in STRETCHES]
        late = self.programme.late[apart.index(min(apart))]
        return late, max(1, round(self.months * late.months / self.programme.months))


class Month(NamedTuple):
    """One month of one path: its number, incidents a month, how much shorter they are, other costs, discount."""

    number: int
    rate: float
    shorter: float
    other: float
    discount: float


def _maturity(programme: Programme, key: str, elapsed: int) -> float:
    curve = programme.maturity[key]
    return min(1.5, max(0.0, float(curve[min(elapsed, curve.size - 1)]))) if elapsed > 0 else 0.0


def _trigger(p: Path, case: Case) -> int | None:
    """Return the month in which a forced programme starts: the first trigger, unless the plan is at work by then."""
    start = case.start
    programme, months = case.on(p)
    for k in range(1, HORIZON + 1):
        delivered = 0.0 if start is None else _maturity(programme, "a", k - start - case.lead)
        relief = min(0.95, p["e_a"] * delivered)
        if p["rho_0"] * (1 + p["g"]) ** k * (1 - relief) >= p["rho_trig"]:
            return None if start is not None and start < k <= start + months + case.lead else k
    return None


def _months(p: Path, case: Case) -> Iterator[Month]:
    """Yield every month of one path by the formulas of the model, as they are written."""
    tau, start = _trigger(p, case), case.start
    programme, months = case.on(p)
    if start is not None and tau is not None and start >= tau:
        start = None
    for k in range(1, HORIZON + 1):
        e = {}
        for key in EFFECTS:
            planned = 0.0 if start is None else _maturity(programme, key, k - start - case.lead)
            forced = 0.0 if tau is None else p["eta_R"] * _maturity(programme, key, k - tau - case.lead)
            e[key] = min(0.95, p[f"e_{key}"] * min(1.5, max(planned, forced)))
        load = (1 + p["g"]) ** k
        rho = min(p["rho_0"] * load * (1 - e["a"]), 1.5)
        rate = p["lambda0"] / 12 * math.exp(p["beta"] * (rho - p["rho_0"])) * (1 - e["f"])
        growth = load ** (1 + p["eps"] * (1 - e["a"])) - load
        other = p["I0"] / 12 * (load * p["w"] * (1 - e["w"]) + growth)
        odds = p["u_max"] / p["u_0"] - 1
        year = p.get("c_d", p["E"] * p["wage"])
        other += year / 12 * p["u_max"] / (1 + odds * math.exp(-p["i"] * k)) * (1 - e["v"])
        other += (p["A0"] * (1 + p["g_c"]) ** k + p.get("c_p", 0.0)) / 12 * (1 - e["c"])
        if tau is not None and tau <= k < tau + 9:
            other += p["K"] * p["kappa_R"] * (1 + (p["mu"] - 1) * min(1, tau / 36)) / 9
        if start is not None and start < k <= start + months:
            other += p["K"] / case.months
        if (start is not None and k > start) or (tau is not None and k >= tau):
            other += p["O"]
        if start is not None and start < k <= start + p["J"]:
            other += p["j"] * p["E"] * p["wage"] / 12
        yield Month(k, rate, e["r"], other, (1 + p["r"]) ** (-k / 12))


def _expected(p: Path, case: Case) -> float:
    """Return the expected present value given the figures, over incidents and both deliveries."""
    short = p | {f"e_{key}": p[f"e_{key}"] * p["uf"] for key in EFFECTS}
    hours = p["H_median"] * math.exp(p["H_sigma"] ** 2 / 2)
    whole, part = (
        sum(
            month.discount
            * (month.other + month.rate * (hours * (1 - month.shorter) * p["c_h"] * p["s"] + p["c_resp"]))
            for month in _months(figures, case)
        )
        for figures in (p, short)
    )
    return (1 - p["q"]) * whole + p["q"] * part


def _happened(p: Path, case: Case, events: list[tuple[int, float, float]]) -> float:
    """Return the present value on a path, given its possible events: month, level and cost without any effect."""
    months = {month.number: month for month in _months(p, case)}
    incidents = sum(
        months[k].discount * (cost * (1 - months[k].shorter) + p["c_resp"])
        for k, level, cost in events
        if level < months[k].rate
    )
    return incidents + sum(month.discount * month.other for month in months.values())


def _path(drawn: dict[str, Any], path: int) -> Path:
    return {symbol: float(figures[path]) for symbol, figures in drawn.items()}


def ranges() -> st.SearchStrategy[dict[str, Range]]:
    """Ranges wide enough that on some paths walls are met, effects are harmful and load shrinks."""
    share = st.floats(0.0, 1.0)

    def three(low: float, high: float) -> st.SearchStrategy[Range]:
        placed = st.tuples(share, share, share).map(sorted)
        return placed.map(lambda at: ends(*(low + (high - low) * each for each in at)))

    wide = {
        "g": three(-0.02, 0.06),
        "rho_0": three(0.2, 1.1),
        "rho_trig": three(0.5, 1.0),
        "beta": three(0.0, 5.0),
        "lambda0": three(0.1, 6.0),
        "q": three(0.0, 1.0),
        "uf": three(0.0, 1.0),
        "r": three(0.0, 0.12),
        "eta_R": three(0.3, 1.0),
        "mu": three(1.0, 4.0),
        "phi": three(0.0, 1.0),
        "m_t": three(0.5, 4.0),
        **{f"e_{key}": three(-0.2, 0.9) for key in EFFECTS},
    }
    stated = {"c_d": three(0.0, 5e7), "c_p": three(0.0, 5e6)}
    return st.fixed_dictionaries(wide, optional=stated).map(lambda own: {**typical_ranges(), **own})


def curves() -> st.SearchStrategy[dict[str, Any]]:
    """Maturity by month for each effect, rising or not, above the most that counts too."""
    steps = st.lists(st.floats(-0.1, 2.0), min_size=1, max_size=20)
    return st.fixed_dictionaries({key: steps.map(lambda found: np.array([0.0, *found])) for key in EFFECTS})


@settings(max_examples=40)
@given(ranges(), curves(), st.integers(1, 24), st.integers(0, 4), st.integers(1, 59), st.integers(0, 999))
def test_the_fast_engine_adds_up_what_the_formulas_say(
    own: dict[str, Range], maturity: dict[str, Any], months: int, lead: int, start: int, seed: int
) -> None:
    """Every path and strategy agrees to 1e-9, whatever the ranges, the programme, the lead and the start."""
    programme = Programme(maturity, months, lead=lead)
    inputs = stated(programme, own)
    u = uniforms(uncertain(inputs), seed, 0, PATHS)
    drawn = draw(inputs, u)
    starts = {"now": 0, "later": start}
    fast = totals_given(inputs, programme, u, starts=starts)
    for name, begun in {"reactive": None, **starts}.items():
        case = Case(programme, begun, months, lead)
        slow = [_expected(_path(drawn, path), case) for path in range(PATHS)]
        assert fast[name] == pytest.approx(np.array(slow), rel=1e-9)


def slipping() -> st.SearchStrategy[Programme]:
    """A programme of any curves whose dates slip, in any way and order, with the time that its work takes."""
    parts = st.tuples(curves(), st.integers(1, 90))
    count = STRETCHES.size
    made = st.tuples(
        parts, st.lists(parts, min_size=3, max_size=3), st.lists(st.integers(0, 2), min_size=count, max_size=count)
    )
    return made.map(_slipping)


Part = tuple[dict[str, Any], int]


def _slipping(made: tuple[Part, list[Part], list[int]]) -> Programme:
    (maturity, months), parts, chosen = made
    late = tuple(Programme(maturity=parts[which][0], months=parts[which][1], lead=0) for which in chosen)
    return Programme(maturity, months, lead=0, late=late)


@settings(max_examples=40)
@given(ranges(), slipping(), st.integers(1, 59), st.integers(0, 999))
def test_a_programme_that_slips_adds_up_path_by_path(
    own: dict[str, Range], programme: Programme, start: int, seed: int
) -> None:
    """Each path has the dates, the length and the spending of the stretch nearest to the time of its work."""
    own = {symbol: given for symbol, given in own.items() if symbol != "K"}
    inputs = stated(programme, own)
    u = uniforms(uncertain(inputs), seed, 0, PATHS)
    drawn = draw(inputs, u)
    starts = {"now": 0, "later": start}
    fast = totals_given(inputs, programme, u, starts=starts)
    for name, begun in {"reactive": None, **starts}.items():
        case = Case(programme, begun, programme.months, 0)
        slow = [_expected(_path(drawn, path), case) for path in range(PATHS)]
        assert fast[name] == pytest.approx(np.array(slow), rel=1e-9)


@settings(max_examples=40)
@given(ranges(), st.integers(1, 24), st.integers(1, 59), st.integers(0, 999))
def test_what_happens_on_a_path_adds_up_too(own: dict[str, Range], months: int, start: int, seed: int) -> None:
    """With drawn incidents and a programme that falls short on some paths, to 1e-9."""
    programme = Programme.full(HORIZON, months)
    inputs = stated(programme, own)
    figures, events = _events(inputs, seed)
    starts = {"now": 0, "later": start}
    fast = path_totals(inputs, programme, starts=starts, paths=PATHS, seed=seed, expected=False)
    for name, begun in {"reactive": None, **starts}.items():
        case = Case(programme, begun, months, 0)
        slow = [_happened(_path(figures, path), case, events[path]) for path in range(PATHS)]
        assert fast[name] == pytest.approx(np.array(slow), rel=1e-9)


def _events(inputs: ModelInputs, seed: int) -> tuple[dict[str, Any], list[list[tuple[int, float, float]]]]:
    """Return the figures of the paths as they turned out, and the possible events of each path."""
    u = uniforms(uncertain(inputs), seed, 0, PATHS)
    drawn = draw(inputs, u)
    figures = underdelivered(drawn, u[LUCK] < drawn["q"])
    found = events_of(future(figures, HORIZON), seed, 0)
    listed: list[list[tuple[int, float, float]]] = [[] for _ in range(PATHS)]
    for cell, path, level, cost in zip(found.cell, found.path, found.level, found.cost, strict=True):
        listed[int(path)].append((int(cell) // PATHS + 1, float(level), float(cost)))
    return figures, listed
