"""The economic case of an evaluation: the inputs and the programme that its curves were drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from models.delivering import programme_of
from models.effects import Deliveries
from models.evaluation import Evaluation
from models.inputs import ModelInputs
from models.parameters import ParameterFile
from models.programme import Programme


@dataclass(frozen=True, eq=False)
class Case:
    """What the engine runs on; ``programme`` is the plan, with nothing claimed from unknown answers."""

    inputs: ModelInputs
    programme: Programme
    parameters: ParameterFile


def case_of(evaluation: Evaluation, horizon: int | None = None) -> Case | None:
    """Return the case of an evaluation; None where something is missing for one.

    Args:
        evaluation: with its economic half or without: nothing is simulated.
        horizon: months that the programme is followed for, by default those of the inputs; a longer one keeps what the
            plan delivers after them.
    """
    if evaluation.missing:
        return None
    found, model = evaluation.economics, evaluation.model
    inputs = model.inputs(model.programme()) if found is None else found.inputs
    deliveries = Deliveries.of(evaluation.questionnaire, evaluation.assessment, evaluation.initiatives)
    programme = programme_of(deliveries, evaluation.plan, horizon or inputs.horizon_months)
    return Case(inputs, programme, evaluation.parameters)
