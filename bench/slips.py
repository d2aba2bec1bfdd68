"""What it changes that curves take the mean over own factors instead of drawing them: ``python -m bench.slips``.

The worked example's plan on 10,000 futures: expected NPV of starting now with the mean over the sets of own factors, as
the product does it, beside every set in turn; mean, P5, P50 and P95 in thousands, and the standard error of the mean.
"""

from __future__ import annotations

import numpy as np

from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.cost_curves import REACTIVE, costs_by_path, strategies
from models.delivering import programme_of
from models.distributions import FloatArray
from models.effects import Deliveries, in_order
from models.evaluation import Evaluation, evaluate
from models.initiatives import load_initiatives
from models.inputs import ModelInputs
from models.overruns import VARIANTS, Execution
from models.parameters import load_parameters
from models.programme import STRETCHES, Programme
from questionnaires import INITIATIVES, QUESTIONNAIRE

PATHS = 10_000
SEED = 1
SHARES = (0.05, 0.50, 0.95)


def main() -> None:
    """Print one line for each way."""
    questionnaire = load_questionnaire(QUESTIONNAIRE)
    work = load_initiatives(INITIATIVES, questionnaire)
    found = evaluate(questionnaire, load_assessment(EXAMPLE), work, load_parameters(), paths=200)
    if found.economics is None:
        return
    inputs, whole = found.economics.inputs, found.economics.programme
    deliveries = Deliveries.of(found.questionnaire, found.assessment, found.initiatives)
    averaged = programme_of(deliveries, found.plan, inputs.horizon_months, whole.cost, whole.run_cost)
    drawn = [_npv(inputs, _of_variant(found, deliveries, averaged, number)) for number in range(VARIANTS)]
    _print("mean over own factors", _npv(inputs, averaged))
    _print("own factors drawn", np.concatenate(drawn))


def _of_variant(found: Evaluation, deliveries: Deliveries, whole: Programme, variant: int) -> Programme:
    """Return the programme of which every stretch has the dates of one set of own factors."""
    execution, horizon = Execution.of(found.plan, found.initiatives), whole.maturity["a"].size - 1
    late = []
    for stretch in STRETCHES:
        finishes = execution.finishes(float(stretch), variant)
        tracks = deliveries.tracks(in_order(found.plan, finishes), horizon)
        late.append(Programme(tracks, max(finishes.values()), whole.cost, whole.run_cost, 0))
    return Programme(whole.maturity, whole.months, whole.cost, whole.run_cost, 0, tuple(late))


def _npv(inputs: ModelInputs, programme: Programme) -> FloatArray:
    plans = strategies(inputs, programme, starts={"now": 0})
    costs = costs_by_path(inputs, plans, paths=PATHS, seed=SEED).expected
    return np.asarray(costs[REACTIVE] - costs["now"], dtype=np.float64)


def _print(name: str, npv: FloatArray) -> None:
    spread = " ".join(f"{np.quantile(npv, share) / 1e3:9,.0f}" for share in SHARES)
    error = npv.std() / np.sqrt(PATHS) / 1e3
    print(f"{name:<22} {npv.mean() / 1e3:9,.0f} {spread} {error:6,.0f}", flush=True)


if __name__ == "__main__":
    main()
