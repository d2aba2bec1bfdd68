"""Levers move the case as they say; the run behind the sliders agrees with the engine and with finance."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from bench.cases import ends, stated, typical, typical_ranges
from models.case import Case
from models.cost_curves import SimulationStoppedError, path_totals, simulate
from models.finance import payback
from models.parameters import load_parameters
from models.programme import Programme
from models.shifts import ends_of
from models.whatif import DELAY, HORIZON, levers, moved, nice_step
from models.whatif_run import break_even_months, fan_of, run_waiting, run_what_if

PARAMETERS = load_parameters()
INPUTS, PROGRAMME = typical()
CASE = Case(INPUTS, Programme.full(120, 18), PARAMETERS)
PATHS = 300


def test_a_lever_that_is_not_moved_moves_nothing() -> None:
    """The case with every lever at its own value is the case itself."""
    same, moves = moved(CASE, {lever.name: lever.now for lever in levers(CASE)})
    assert same.inputs.figures == INPUTS.figures
    assert (same.inputs.horizon_months, same.inputs.delay_months) == (60, 12)
    assert moves == ()


def test_every_lever_stands_within_its_span() -> None:
    """Ten levers, each with room on both sides and inside what its parameter allows."""
    found = levers(CASE)
    assert len(found) == 10
    for lever in found:
        assert lever.low <= lever.now <= lever.high
        assert 0 < lever.step <= (lever.high - lever.low) / 20
        for symbol in lever.symbols if lever.kind == "figure" else ():
            assert PARAMETERS.by_symbol[symbol].valid_min <= lever.low
            assert lever.high <= PARAMETERS.by_symbol[symbol].valid_max


def test_levers_move_what_they_name() -> None:
    """A new centre with its width, a factor on a cost, one on all effects, and whole months."""
    values = {"g": 0.03, "cost": 0.5, "effects": 0.5, DELAY: 24.0, HORIZON: 36.0}
    found, moves = moved(CASE, values)
    assert {move.symbol for move in moves} == {"g", "K", "e_f", "e_r", "e_w", "e_v", "e_c", "e_a"}
    assert ends_of(found.inputs.figures["g"]) == pytest.approx((0.0, 0.03, 0.07))
    assert found.inputs.mean("K") == pytest.approx(0.5 * INPUTS.mean("K"))
    assert found.inputs.mean("e_f") == pytest.approx(0.5 * INPUTS.mean("e_f"))
    assert (found.inputs.horizon_months, found.inputs.delay_months) == (36, 24)


def test_a_load_test_is_moved_by_its_demand() -> None:
    """Where demand, surge and capacity stand in place of the share in use, the lever moves demand."""
    load = {"D0": ends(80, 100, 120), "surge": ends(1, 1.5, 2), "X_star": ends(300, 320, 340)}
    inputs = stated(PROGRAMME, {**typical_ranges(), **load})
    case = Case(inputs, PROGRAMME, PARAMETERS)
    found, _ = moved(case, {"load": 200.0})
    assert found.inputs.mean("D0") == pytest.approx(2 * inputs.mean("D0"))


def test_the_curves_are_those_of_the_engine() -> None:
    """Same figures, same seed: the run behind the sliders is no other model."""
    found = run_what_if(CASE, paths=PATHS, seed=1)
    alone = simulate(INPUTS, CASE.programme, paths=PATHS, seed=1)
    assert found.curves.strategies["now"].npv == alone.strategies["now"].npv
    npv = found.curves.strategies["now"].npv
    assert npv is not None
    assert found.fan.mean[-1] == pytest.approx(npv.mean, rel=1e-5)  # single paths are kept in single precision
    assert found.fan.p50[-1] == pytest.approx(npv.p50, rel=1e-5)
    positive = found.curves.strategies["now"].probability_positive
    assert 1.0 - found.break_even.never == pytest.approx(positive)


def test_waiting_is_the_difference_of_totals() -> None:
    """E NPV of each start is reactive less that start; starts beyond the horizon are left out."""
    short = dataclasses.replace(CASE, inputs=dataclasses.replace(INPUTS, horizon_months=24))
    found = run_waiting(short, paths=PATHS, seed=1)
    assert found.months == (0, 3, 6, 12, 18)
    totals = path_totals(short.inputs, CASE.programme, starts={"x": 6}, paths=PATHS, seed=1)
    assert found.npv[2] == pytest.approx((totals["reactive"] - totals["x"]).mean())
    assert found.npv[found.best] == max(found.npv)


def test_months_of_break_even_are_those_of_finance() -> None:
    """Path by path, by the definition of payback: first crossing, last crossing, and never."""
    rng = np.random.default_rng(7)
    flows = rng.normal(0.0, 1.0, (12, 200))
    flows[:, 0], flows[:, 1], flows[:, 2] = 0.0, 1.0, -1.0
    flows[:, 3] = [0.0, 0.0, *[1.0] * 10]
    net = np.cumsum(flows, axis=0)
    found = break_even_months(net)
    each = [payback(flows[:, path]) for path in range(200)]
    for month in range(1, 13):
        assert found.first[month - 1] == pytest.approx(sum(one.first == month for one in each) / 200)
        assert found.for_good[month - 1] == pytest.approx(sum(one.last == month for one in each) / 200)
    assert found.never == pytest.approx(sum(one.last is None for one in each) / 200)


def test_the_median_break_even_needs_half_of_the_futures() -> None:
    """In two of three futures the money is back in month 2; in one of three never."""
    net = np.array([[-1.0, -1.0, -1.0], [1.0, 1.0, -1.0], [1.0, 1.0, -1.0]])
    assert break_even_months(net).median == 2
    assert break_even_months(net[:, 1:]).median == 2
    assert break_even_months(net[:, 2:]).median is None


def test_the_fan_is_in_order() -> None:
    """Five quantiles by month, of each month by itself."""
    fan = fan_of(np.random.default_rng(3).normal(0.0, 1.0, (5, 400)))
    lines = np.array([fan.p5, fan.p25, fan.p50, fan.p75, fan.p95])
    assert np.all(np.diff(lines, axis=0) > 0)


def test_a_run_is_stopped_and_tells_its_progress() -> None:
    """A slider that moves again stops the run behind it."""
    told: list[float] = []
    run_what_if(CASE, paths=PATHS, seed=1, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    with pytest.raises(SimulationStoppedError):
        run_what_if(CASE, paths=PATHS, seed=1, should_stop=lambda: True)


@pytest.mark.parametrize(("width", "step"), [(0.0007, 0.0005), (0.01, 0.01), (0.03, 0.02), (7, 5), (1, 1), (499, 200)])
def test_steps_are_round(width: float, step: float) -> None:
    """1, 2 or 5 of a power of ten."""
    assert nice_step(width) == step
