"""Load against capacity month by month with nothing planned: what the wall of the cost curves looks like on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.chunks import CHUNK
from models.costs import future
from models.distributions import FloatArray
from models.draws import draw, uncertain, uniforms
from models.inputs import LOAD_TEST, ModelInputs
from models.wall import Spread

_TAIL, _MEDIAN = 0.05, 0.5


@dataclass(frozen=True, eq=False)
class LoadAhead:
    """How full the platform is, as shares of today's capacity in use at the busiest hour.

    Attributes:
        today: rho_0, P5, P50 and P95.
        felt: mean of rho_trig, the share at which the wall is felt.
        p5: rho_0 (1 + g)^k at the end of month k, from 1; shape (months,).
        p50: likewise.
        p95: likewise.
        tested: whether rho_0 follows from demand, surge and a capacity, and was not typed as a share.
    """

    today: Spread
    felt: float
    p5: FloatArray
    p50: FloatArray
    p95: FloatArray
    tested: bool

    @property
    def months(self) -> int:
        """The horizon in months."""
        return int(self.p50.size)


def load_ahead(inputs: ModelInputs, *, seed: int) -> LoadAhead:
    """Return load over capacity by month, from the first draws of the cost curves.

    Args:
        inputs: the inputs of the engine.
        seed: that of the cost curves, so that both show the same futures.
    """
    drawn = draw(inputs, uniforms(uncertain(inputs), seed, 0, CHUNK))
    load = future(drawn, inputs.horizon_months).load
    low, middle, high = np.quantile(load, (_TAIL, _MEDIAN, 1.0 - _TAIL), axis=1)
    start = np.quantile(drawn["rho_0"], (_TAIL, _MEDIAN, 1.0 - _TAIL))
    return LoadAhead(
        today=Spread(*(float(value) for value in start)),
        felt=inputs.mean("rho_trig"),
        p5=low,
        p50=middle,
        p95=high,
        tested=LOAD_TEST[-1] in inputs.figures,
    )
