"""Economic cases that benches and tests share; every figure here is invented."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assessment.answers import EconomicInputs, Range
from models.inputs import ModelInputs, build_inputs
from models.parameters import load_parameters
from models.programme import EFFECTS, Programme

NOTHING = {
    "g": 0.0,
    "rho_0": 0.1,
    "rho_trig": 1.5,
    "beta": 0.0,
    "lambda0": 0.0,
    "H_median": 1.0,
    "H_sigma": 0.0,
    "c_h": 0.0,
    "s": 1.0,
    "c_resp": 0.0,
    "phi": 0.0,
    "I0": 0.0,
    "w": 0.0,
    "eps": 0.0,
    "E": 0.0,
    "wage": 0.0,
    "u_0": 0.0,
    "u_max": 0.0,
    "i": 0.0,
    "A0": 0.0,
    "g_c": 0.0,
    "e_f": 0.0,
    "e_r": 0.0,
    "e_w": 0.0,
    "e_c": 0.0,
    "e_a": 0.0,
    "e_v": 0.0,
    "mu": 1.0,
    "kappa_R": 0.0,
    "eta_R": 0.0,
    "K": 0.0,
    "O": 0.0,
    "j": 0.0,
    "J": 0.0,
    "q": 0.0,
    "r": 0.1,
    "m_t": 1.0,
}
"""A platform on which nothing happens and nothing costs anything, at 10 % a year."""


def ends(low: float, mode: float, high: float) -> Range:
    """Return a range of three figures."""
    return Range(low=low, mode=mode, high=high)


def point(figure: float) -> Range:
    """Return a range of one figure."""
    return ends(figure, figure, figure)


def at_once(horizon: int, months: int = 1) -> Programme:
    """Return a programme that delivers in full in its first month and is paid over ``months``."""
    curve = np.ones(horizon + 1)
    curve[0] = 0.0
    return Programme(dict.fromkeys(EFFECTS, curve), months, lead=0)


def certain(programme: Programme, **figures: float) -> ModelInputs:
    """Return inputs without any uncertainty: :data:`NOTHING` with the given figures in place."""
    return stated(programme, {symbol: point(figure) for symbol, figure in {**NOTHING, **figures}.items()})


def stated(programme: Programme, ranges: Mapping[str, Range]) -> ModelInputs:
    """Return inputs from typed ranges, in US dollars, over 60 months."""
    return build_inputs(load_parameters(), EconomicInputs(ranges=dict(ranges)), {}, programme)


def typical_ranges() -> dict[str, Range]:
    """Return the figures that have no default, for a middling platform with thirty engineers."""
    return {
        "I0": ends(1.0e6, 1.5e6, 2.0e6),
        "E": ends(20.0, 30.0, 40.0),
        "A0": ends(2.0e5, 3.0e5, 5.0e5),
        "g_c": ends(0.0, 0.002, 0.006),
        "c_resp": ends(5.0e3, 2.0e4, 6.0e4),
        "q": ends(0.1, 0.25, 0.4),
    }


def typical() -> tuple[ModelInputs, Programme]:
    """Return a middling platform and an eighteen-month programme of the default cost."""
    programme = Programme.full(60, 18)
    return stated(programme, typical_ranges()), programme


def stable() -> tuple[ModelInputs, Programme]:
    """Return a small platform that is in no trouble (law 10), and a large programme for it."""
    programme = Programme.full(60, 12, ends(9.0e5, 1.6e6, 3.2e6), ends(1.5e4, 3.0e4, 6.0e4))
    ranges = {
        **typical_ranges(),
        "E": point(12.0),
        "I0": point(2.0e5),
        "A0": point(6.0e4),
        "g": ends(0.0, 0.002, 0.004),
        "rho_0": ends(0.2, 0.3, 0.4),
        "lambda0": ends(0.1, 0.3, 0.8),
        "c_h": Range(low=5.0e3, high=5.0e4),
    }
    return stated(programme, ranges), programme


def at_the_wall(dearer: float = 1.0) -> tuple[ModelInputs, Programme]:
    """Return a platform whose use of capacity already stands near 87 % (law 10), and a programme so much dearer."""
    cost = ends(9.0e5 * dearer, 1.6e6 * dearer, 3.2e6 * dearer)
    programme = Programme.full(60, 12, cost, ends(1.5e4, 3.0e4, 6.0e4))
    return stated(programme, {**typical_ranges(), "rho_0": ends(0.85, 0.87, 0.89)}), programme
