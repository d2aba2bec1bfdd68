from __future__ import annotations

from pathlib import Path

import pytest

from assessment.errors import InputError
from models.parameters import DEFAULT_PATH, Parameter, load_parameters

PARAMETERS = load_parameters()
IDS = list(PARAMETERS.by_symbol)

# Ranges as in the table of the economic model: low, mode, high.
TABLE = {
    "g": (0.0, 0.015, 0.035),
    "rho_0": (0.4, 0.5, 0.65),
    "rho_trig": (0.85, 0.85, 0.85),
    "beta": (0.0, 2.0, 5.0),
    "lambda0": (0.5, 1.2, 4.0),
    "H_median": (1.0, None, 3.0),
    "H_sigma": (1.46, 1.46, 1.46),
    "c_h": (30e3, None, 400e3),
    "s": (0.15, 0.35, 1.0),
    "phi": (0.5, 0.5, 0.5),
    "w": (0.15, 0.27, 0.4),
    "eps": (0.0, 0.15, 0.5),
    "wage": (206e3, 206e3, 206e3),
    "u_0": (0.15, 0.23, 0.42),
    "u_max": (0.6, 0.6, 0.6),
    "i": (0.0, 0.006, 0.02),
    "e_f": (-0.14, 0.3, 0.6),
    "e_r": (-0.05, 0.3, 0.6),
    "e_w": (0.0, 0.35, 0.6),
    "e_c": (0.0, 0.3, 0.6),
    "e_a": (0.0, 0.5, 0.8),
    "e_v": (-0.08, 0.2, 0.45),
    "mu": (1.0, 1.5, 4.0),
    "kappa_R": (0.4, 0.7, 1.2),
    "eta_R": (0.7, 0.7, 0.7),
    "j": (0.0, 0.05, 0.15),
    "J": (3.0, 3.0, 3.0),
    "r": (0.08, 0.08, 0.08),
    "K": (9e5, 1.6e6, 3.2e6),
    "O": (15e3, 30e3, 60e3),
    "S": (12.0, 12.0, 12.0),
    "lead": (3.0, 3.0, 3.0),
    "uf": (0.5, 0.5, 0.5),
    "m_t": (0.8, None, 1.75),
}
OPTIONAL = {"c_d", "c_p"}
ASKED = {"D0", "surge", "X_star", "I0", "E", "A0", "g_c", "c_resp", "q"}


def test_every_figure_of_the_model_is_in_the_file() -> None:
    """The file holds the figures with a default, those that are asked for or count where stated, and no others."""
    assert set(PARAMETERS.by_symbol) == set(TABLE) | ASKED | OPTIONAL
    assert {symbol for symbol, parameter in PARAMETERS.by_symbol.items() if parameter.optional} == OPTIONAL
    assert {symbol for symbol, parameter in PARAMETERS.by_symbol.items() if parameter.asked} == ASKED


@pytest.mark.parametrize("symbol", list(TABLE))
def test_defaults_are_those_of_the_table(symbol: str) -> None:
    """A default that moves is a breaking change, so it is written down twice."""
    parameter = PARAMETERS.by_symbol[symbol]
    assert (parameter.low, parameter.mode, parameter.high) == TABLE[symbol]


@pytest.mark.parametrize("symbol", IDS)
def test_every_figure_says_what_it_does_not_show_and_how_to_measure_it(symbol: str) -> None:
    """Title, grounds, limits and measurement are one line each."""
    parameter = PARAMETERS.by_symbol[symbol]
    for text in (parameter.title, parameter.grounds, parameter.does_not_show, parameter.how_to_measure):
        assert 10 < len(text) <= 140
        assert "\n" not in text


@pytest.mark.parametrize("symbol", IDS)
def test_a_figure_without_a_source_is_an_assumption(symbol: str) -> None:
    """Nothing without a source is graded better than an assumption, and no figure hides an hundredfold late change."""
    parameter = PARAMETERS.by_symbol[symbol]
    assert parameter.source or parameter.grade == "assumption"


def test_a_late_change_never_costs_a_hundred_times_as_much() -> None:
    """The hundredfold figure cannot be traced, so even a typed one is bounded far below it."""
    assert PARAMETERS.by_symbol["mu"].valid_max <= 20


def test_thresholds_and_correlation_are_data() -> None:
    """A tenth, seven tenths and a half, each with its grounds."""
    decision = PARAMETERS.decision
    figures = (decision.evpi_share.value, decision.best_probability.value, PARAMETERS.rank_correlation.value)
    assert figures == (0.1, 0.7, 0.5)


def test_money_carries_its_currency_and_year() -> None:
    """A default in money without a price year is no default."""
    for parameter in PARAMETERS.parameters:
        if parameter.money and not parameter.has_no_default:
            assert (parameter.currency, parameter.price_year is not None) == ("USD", True)


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    text = DEFAULT_PATH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "parameters.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("symbol: beta", "symbol: g", "'g' stands twice"),
        ("    unit: share per month\n", "", "unit"),
        ("    low: 0.0\n    mode: 0.015", "    low: 0.02\n    mode: 0.015", "valid_min <= low <= mode"),
        ("    price_year: 2017\n", "", "price_year"),
        ("    grade: weak\n", "    grade: certain\n", "grade"),
        ("valid_max: 0.2\n", "valid_max: 0.2\n    colour: red\n", "colour"),
    ],
)
def test_a_fault_in_the_file_names_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A file that cannot be used says where and why."""
    with pytest.raises(InputError, match=r"parameters\.yaml:\d+") as caught:
        load_parameters(_changed(tmp_path, old, new))
    assert said in str(caught.value)


def test_a_better_grade_without_a_source_is_refused() -> None:
    """Grade and source are checked together."""
    plain = PARAMETERS.by_symbol["g"].model_dump()
    with pytest.raises(ValueError, match="graded 'assumption'"):
        Parameter.model_validate({**plain, "grade": "strong"})
