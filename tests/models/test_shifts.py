"""Moving a figure keeps its kind, its order and its bounds, and says when it was cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import ScenarioChange
from bench.cases import typical
from models.distributions import Fixed, Lognormal, Pert
from models.inputs import Figure
from models.parameters import load_parameters
from models.shifts import apply, as_range, centred, changed, ends_of

PARAMETERS = load_parameters()
KNOWN = PARAMETERS.by_symbol
INPUTS, _ = typical()


def change(symbol: str, operation: str, low: float, mode: float, high: float) -> ScenarioChange:
    """Return a change of a figure."""
    return ScenarioChange.model_validate(
        {"symbol": symbol, "operation": operation, "low": low, "mode": mode, "high": high}
    )


def pert(symbol: str, low: float, mode: float, high: float) -> Figure:
    """Return a figure that a person typed."""
    return Figure(symbol, Pert(low, mode, high), "yours", "", low, high)


@pytest.mark.parametrize("symbol", sorted(INPUTS.figures))
def test_multiplying_by_one_is_the_identity(symbol: str) -> None:
    """The very figure comes back, and nothing was cut."""
    move = changed(KNOWN[symbol], INPUTS.figures[symbol], change(symbol, "multiply", 1.0, 1.0, 1.0))
    assert move.after == INPUTS.figures[symbol]
    assert not move.clipped


@pytest.mark.parametrize("symbol", sorted(INPUTS.figures))
def test_moving_to_where_it_stands_is_the_identity(symbol: str) -> None:
    """A slider that was not moved changes nothing."""
    figure = INPUTS.figures[symbol]
    assert centred(KNOWN[symbol], figure, ends_of(figure)[1]).after == figure


def test_each_end_is_moved_by_its_own_figure() -> None:
    """Low with low, likely with likely, high with high."""
    figure = pert("g", 0.01, 0.02, 0.03)
    assert ends_of(changed(KNOWN["g"], figure, change("g", "multiply", 1.0, 2.0, 3.0)).after) == (0.01, 0.04, 0.09)
    assert ends_of(changed(KNOWN["g"], figure, change("g", "add", 0.0, 0.01, 0.02)).after) == pytest.approx(
        (0.01, 0.03, 0.05)
    )
    assert ends_of(changed(KNOWN["g"], figure, change("g", "set", 0.0, 0.0, 0.1)).after) == (0.0, 0.0, 0.1)


def test_a_lognormal_figure_is_moved_by_its_interval() -> None:
    """30k to 400k, times 2 at the low end and 3 at the high one, is the lognormal of 60k to 1.2M."""
    move = changed(KNOWN["c_h"], INPUTS.figures["c_h"], change("c_h", "multiply", 2.0, 2.4, 3.0))
    wanted = Lognormal.from_interval(60_000.0, 1_200_000.0)
    assert isinstance(move.after.distribution, Lognormal)
    assert move.after.distribution.median == pytest.approx(wanted.median)
    assert move.after.distribution.sigma == pytest.approx(wanted.sigma)
    assert (move.after.low, move.after.high) == (60_000.0, 1_200_000.0)


def test_a_fixed_figure_stays_fixed() -> None:
    """It follows the likely figure of the change."""
    move = changed(KNOWN["wage"], INPUTS.figures["wage"], change("wage", "multiply", 1.0, 1.5, 2.0))
    assert move.after.distribution == Fixed(309_000.0)


def test_months_stay_whole() -> None:
    """A twelfth of a month cannot be planned."""
    move = changed(KNOWN["S"], INPUTS.figures["S"], change("S", "multiply", 1.1, 1.1, 1.1))
    assert move.after.distribution == Fixed(20.0)  # 18 x 1.1 = 19.8


def test_what_would_leave_the_bounds_is_cut_and_said() -> None:
    """A share never exceeds 1; inside the bounds nothing is said."""
    figure = pert("s", 0.15, 0.35, 1.0)
    cut = changed(KNOWN["s"], figure, change("s", "multiply", 1.0, 1.5, 2.0))
    assert ends_of(cut.after) == pytest.approx((0.15, 0.525, 1.0))
    assert cut.clipped
    assert not changed(KNOWN["s"], figure, change("s", "multiply", 0.5, 0.5, 0.5)).clipped


def test_a_new_centre_keeps_the_relative_width() -> None:
    """Twice the centre is twice as wide; a range around nought is moved as it is."""
    assert ends_of(centred(KNOWN["E"], pert("E", 20.0, 30.0, 45.0), 60.0).after) == (40.0, 60.0, 90.0)
    assert ends_of(centred(KNOWN["g_c"], pert("g_c", -0.01, 0.0, 0.02), 0.01).after) == pytest.approx((0.0, 0.01, 0.03))
    twice = centred(KNOWN["c_h"], INPUTS.figures["c_h"], 2.0 * ends_of(INPUTS.figures["c_h"])[1]).after
    assert (twice.low, twice.high) == pytest.approx((60_000.0, 800_000.0))


@settings(max_examples=60)
@given(
    symbol=st.sampled_from(sorted(INPUTS.figures)),
    factors=st.lists(st.floats(0.01, 50.0), min_size=3, max_size=3).map(sorted),
)
def test_every_change_is_ordered_and_within_bounds(symbol: str, factors: list[float]) -> None:
    """Whatever a team asks for, what the engine gets is a range that its parameter allows."""
    low, mode, high = ends_of(
        changed(KNOWN[symbol], INPUTS.figures[symbol], change(symbol, "multiply", *factors)).after
    )
    assert KNOWN[symbol].valid_min <= low <= mode <= high <= KNOWN[symbol].valid_max


def test_without_a_load_test_demand_moves_the_share_in_use() -> None:
    """A surge twice as high is twice the share of capacity; other figures stay."""
    after, moves = apply(INPUTS, PARAMETERS, [change("surge", "multiply", 1.2, 1.2, 1.2)])
    assert [move.symbol for move in moves] == ["rho_0"]
    assert after.mean("rho_0") == pytest.approx(1.2 * INPUTS.mean("rho_0"))
    assert all(after.figures[name] == figure for name, figure in INPUTS.figures.items() if name != "rho_0")


def test_a_moved_figure_is_a_range_that_can_be_typed() -> None:
    """A lognormal has no likely figure, others have all three."""
    typed = as_range(INPUTS.figures["c_h"], "what-if")
    assert (typed.low, typed.mode, typed.high, typed.source) == (30_000.0, None, 400_000.0, "what-if")
    assert as_range(INPUTS.figures["g"], "").mode == 0.015
