from __future__ import annotations

import pytest

from assessment.answers import EconomicInputs, Range
from assessment.errors import InputError
from bench.cases import at_once, ends, point, typical_ranges
from models.distributions import Fixed, Lognormal, Pert
from models.inputs import ModelInputs, build_inputs
from models.parameters import load_parameters
from models.programme import Programme

PARAMETERS = load_parameters()
PLAN = Programme.full(60, 18, point(1e6), point(2e4))


def _built(
    ranges: dict[str, Range] | None = None,
    proposals: dict[str, Range] | None = None,
    programme: Programme = PLAN,
    **settings: object,
) -> ModelInputs:
    given = {**typical_ranges(), **(ranges or {})}
    economics = EconomicInputs.model_validate({"ranges": given, **settings})
    return build_inputs(PARAMETERS, economics, proposals or {}, programme)


def test_figures_without_a_default_are_all_asked_for_at_once() -> None:
    """One refusal names every figure that is missing, and not those of a load test that nobody began."""
    with pytest.raises(InputError) as caught:
        build_inputs(PARAMETERS, EconomicInputs(), {}, PLAN)
    assert len(caught.value.problems) == 1
    sentence = str(caught.value)
    assert all(f"{symbol} (" in sentence for symbol in ("I0", "E", "A0", "g_c", "c_resp", "q"))
    assert "X_star" not in sentence


def test_a_load_test_is_asked_for_as_a_whole() -> None:
    """Demand alone asks for surge and capacity."""
    with pytest.raises(InputError, match=r"surge .*X_star"):
        _built({"D0": point(100.0)})


def test_a_load_test_replaces_the_share_in_use() -> None:
    """With demand, surge and capacity there is no rho_0 beside them."""
    built = _built({"D0": point(100.0), "surge": point(2.0), "X_star": point(400.0)})
    assert "rho_0" not in built.figures
    assert {built.figures[symbol].origin for symbol in ("D0", "surge", "X_star")} == {"yours"}


def test_a_share_in_use_beside_a_load_test_is_refused() -> None:
    """Two answers to one question are not reconciled in silence."""
    with pytest.raises(InputError, match="rho_0 is given"):
        _built({"D0": point(1.0), "surge": point(2.0), "X_star": point(4.0), "rho_0": point(0.5)})


def test_own_range_comes_before_proposal_before_plan_before_default() -> None:
    """Each figure says whose it is."""
    built = _built(
        {"w": point(0.3), "g": Range(low=0.01, mode=0.01, high=0.01, measured=True)},
        {"w": point(0.2), "u_0": ends(0.2, 0.3, 0.4)},
    )
    origins = {symbol: built.figures[symbol].origin for symbol in ("w", "g", "u_0", "K", "O", "S", "lead", "beta")}
    assert origins == {
        "w": "yours",
        "g": "measured",
        "u_0": "proposed",
        "K": "plan",
        "O": "plan",
        "S": "plan",
        "lead": "plan",
        "beta": "default",
    }
    assert (built.distribution("w"), built.distribution("u_0")) == (Fixed(0.3), Pert(0.2, 0.3, 0.4))


def test_a_quote_overrides_the_plan() -> None:
    """A typed cost stands in place of the sum of the initiatives."""
    built = _built({"K": point(7e5)})
    assert (built.distribution("K"), built.figures["K"].origin) == (Fixed(7e5), "yours")


def test_a_plan_without_a_cost_takes_the_default() -> None:
    """Without a cost of its own the programme costs what the file says."""
    built = _built(programme=Programme.full(60, 18, lead=None))
    assert {built.figures[symbol].origin for symbol in ("K", "O", "lead")} == {"default"}


def test_another_currency_needs_a_typed_rate() -> None:
    """A symbol never relabels dollars."""
    with pytest.raises(InputError, match=r"cannot stand as EUR.*currency_per_usd"):
        _built(currency="EUR")


def test_only_defaults_are_converted() -> None:
    """Defaults in dollars are times the rate; typed money, proposals and the plan's cost are not."""
    built = _built(currency="EUR", currency_per_usd=0.5)
    dollars = _built()
    assert built.mean("wage") == pytest.approx(103_000.0)
    assert built.mean("c_h") == pytest.approx(dollars.mean("c_h") / 2.0)
    assert (built.mean("I0"), built.mean("K")) == (dollars.mean("I0"), dollars.mean("K"))
    assert (built.figures["c_h"].low, built.figures["c_h"].high) == (15e3, 200e3)


def test_no_rate_is_needed_when_every_amount_is_typed() -> None:
    """Only a dollar default that would be used asks for a rate."""
    money = {"wage": point(6e4), "c_h": Range(low=1e4, high=1e5)}
    assert _built(money, currency="EUR").currency == "EUR"


def test_a_dollar_is_worth_a_dollar() -> None:
    """A rate other than 1 for US dollars is refused."""
    with pytest.raises(InputError, match="one US dollar is one US dollar"):
        _built(currency_per_usd=0.9)


def test_an_unknown_symbol_is_answered_with_the_nearest() -> None:
    """A slip of the keyboard gets a suggestion."""
    with pytest.raises(InputError, match="no parameter 'lambda_0'; did you mean 'lambda0'"):
        _built({"lambda_0": point(1.0)})


@pytest.mark.parametrize(
    ("symbol", "given", "said"),
    [
        ("w", ends(0.2, 0.3, 1.2), "w = 0.2 / 0.3 / 1.2 is out of bounds; use figures from 0 to 1"),
        ("J", ends(1.0, 2.0, 3.0), "not one whole number"),
        ("J", point(2.5), "not one whole number"),
        ("c_h", Range(low=0.0, high=5.0), "has a low figure of 0"),
        ("w", Range(low=0.1, high=0.3), "has no likely figure"),
    ],
)
def test_a_range_that_cannot_be_used_is_refused_by_name(symbol: str, given: Range, said: str) -> None:
    """The refusal names the symbol, what was typed and what would be right."""
    with pytest.raises(InputError) as caught:
        _built({symbol: given})
    assert said in str(caught.value)


def test_a_proposal_out_of_bounds_is_refused_too() -> None:
    """What the assessment proposes is checked like what a person types."""
    with pytest.raises(InputError, match="u_0 = "):
        _built({}, {"u_0": ends(0.1, 0.2, 1.5)})


def test_a_lognormal_figure_is_read_as_its_interval() -> None:
    """Low and high of a lognormal figure are its 90 % interval."""
    assert _built({"c_h": Range(low=1e3, high=9e3)}).distribution("c_h") == Lognormal.from_interval(1e3, 9e3)


def test_a_maturity_curve_starts_at_nought() -> None:
    """Nothing is delivered on the day of the decision."""
    curves = dict(at_once(12).maturity)
    curves["f"] = curves["f"] + 0.5
    with pytest.raises(ValueError, match="start at 0"):
        Programme(curves, 12)


def test_a_programme_has_all_six_curves() -> None:
    """A missing effect is not read as none."""
    curves = {key: curve for key, curve in at_once(12).maturity.items() if key != "a"}
    with pytest.raises(ValueError, match="a maturity curve for each"):
        Programme(curves, 12)
