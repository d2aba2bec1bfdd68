"""Sums over more paths than are kept: exact, whatever the chunks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cases import typical
from models.cost_curves import simulate
from models.moments import Choices, Moments

FIGURES = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30)


@settings(max_examples=60)
@given(FIGURES, st.integers(1, 7))
def test_parts_together_have_the_moments_of_the_whole(figures: list[float], size: int) -> None:
    """Wherever the cuts are, an offset that dwarfs the spread included."""
    values = np.asarray(figures) + 1e9
    parts = [Moments.of(values[start : start + size]) for start in range(0, values.size, size)]
    found = Moments.over(parts)
    assert found.count == values.size
    assert found.mean == pytest.approx(values.mean(), rel=1e-12)
    assert found.squares == pytest.approx(np.square(values - values.mean()).sum(), rel=1e-6, abs=1e-3)


def test_the_standard_error_is_that_of_a_sample() -> None:
    """The spread with one degree of freedom taken, over the root of the count; nothing for a single value."""
    assert Moments.of(np.array([1.0, 3.0, 8.0])).standard_error == pytest.approx(np.std([1, 3, 8], ddof=1) / 3**0.5)
    assert Moments.of(np.array([4.0])).standard_error == 0.0


def test_choices_by_hand() -> None:
    """Three paths, two starts: what each is worth, who wins, and what knowing beforehand is worth."""
    npvs = np.array([[5.0, -2.0, 0.0], [4.0, 1.0, -9.0]])
    found = Choices.over([Choices.of(npvs[:, :2]), Choices.of(npvs[:, 2:])])
    assert found.means.tolist() == [0.0, 1.0, pytest.approx(-4 / 3)]
    assert found.wins.tolist() == [1.0, 1.0, 1.0]  # a tie at 0 goes to never
    assert found.perfect_information == pytest.approx((5 + 1 + 0) / 3 - 1)


def test_means_run_over_all_paths_and_quantiles_over_the_kept_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer kept paths move no mean, no error, no probability and no decision figure."""
    inputs, programme = typical()
    whole = simulate(inputs, programme, paths=3_500, seed=4)
    first = simulate(inputs, programme, paths=2_000, seed=4)
    monkeypatch.setattr("models.chunks.MOST_RETAINED", 2_000)
    part = simulate(inputs, programme, paths=3_500, seed=4)
    assert (part.evpi, part.probability_best, part.expected_npv) == (
        whole.evpi,
        whole.probability_best,
        whole.expected_npv,
    )
    for name, curve in whole.strategies.items():
        told, short = part.strategies[name], first.strategies[name]
        assert (told.total_cost.mean, told.total_cost.standard_error) == (
            curve.total_cost.mean,
            curve.total_cost.standard_error,
        )
        assert told.probability_positive == curve.probability_positive
        assert told.total_cost.p95 == short.total_cost.p95 != curve.total_cost.p95
        assert told.cumulative.p5.tolist() == short.cumulative.p5.tolist()
