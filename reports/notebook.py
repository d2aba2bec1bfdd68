"""A notebook that computes every figure of a report again with the public functions, and fails where one differs.

It holds the assessment itself, and the questionnaire, the initiatives and the parameters where they are not those that
come with the product. Nothing that a user typed stands in its code but inside string literals.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel

from assessment.loading import built_in_questionnaire
from models.identity import content_hash
from models.initiatives import load_initiatives
from models.parameters import load_parameters
from questionnaires import INITIATIVES
from reports.describe import describe
from reports.markdown import escaped
from reports.printed import printed_figures
from reports.visible import one_line

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.watching import Watch

Cell: TypeAlias = tuple[str, str]
"""Kind (``markdown`` or ``code``) and source."""
_PLACE = {"follows"}
_WIDTH = 100

_INTRODUCTION = """\
This notebook computes every figure of the report again, from the answers and ranges below, and stops at the first one \
that differs. It needs Sixstep {version} in the kernel's Python (`pip install .` in its folder). Nothing is fetched."""

_LOADED = """\
from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from models.identity import content_hash
from models.initiatives import InitiativeFile, load_initiatives
from models.parameters import ParameterFile, load_parameters
from questionnaires import INITIATIVES, QUESTIONNAIRE
from assessment.loading import load_questionnaire

assessment = Assessment.model_validate_json(ASSESSMENT)
questionnaire = {questionnaire}
questionnaire = questionnaire.at_stage(assessment.stage)
initiatives = {initiatives}
parameters = {parameters}
assert content_hash(questionnaire, assessment, initiatives, parameters) == INPUTS_HASH, "other inputs or versions\""""

_SCORES = """\
from assessment.scoring import score

scores = score(questionnaire, assessment)
for name, found in scores.dimensions.items():
    ends = [[each.point, each.low, each.high] for each in (found.practice, found.ceiling, found.effective)]
    print(name, ends)
    assert same(ends, EXPECTED["scores"][name]), name
assert same(scores.overall.effective.point, EXPECTED["overall"])"""

_PLAN = """\
from models.roadmap import plan_roadmap

plan = plan_roadmap(questionnaire, assessment, initiatives)
placed = [[item.initiative, item.start_month, item.finish_month, item.gain] for item in plan.placements]
for row in placed:
    print(row)
assert same(placed, EXPECTED["plan"])"""

_CURVES = """\
from models.cost_curves import simulate
from models.evaluation import evaluate

evaluation = evaluate(questionnaire, assessment, initiatives, parameters, paths=PATHS, seed=SEED)
inputs, programme = evaluation.economics.inputs, evaluation.economics.programme
curves = simulate(inputs, programme, paths=PATHS, seed=SEED)
for name, found in curves.strategies.items():
    summaries = [found.total_cost] if found.npv is None else [found.total_cost, found.npv]
    figures = [[each.mean, each.p5, each.p50, each.p95] for each in summaries]
    print(name, figures)
    assert same(figures, EXPECTED["curves"][name]), name
    assert same([float(value) for value in found.cumulative.mean], EXPECTED["cumulative"][name]), name"""

_DECISION = """\
from models.decision import decide

decision = decide(curves, parameters.decision)
print(decision.choice, decision.expected_npv, decision.evpi)
assert decision.choice == EXPECTED["decision"]["choice"]
assert same([decision.expected_npv, decision.evpi], [EXPECTED["decision"][key] for key in ("expected_npv", "evpi")])"""

_ANALYSED = """\
evaluation = evaluation.analysed()
timing = evaluation.analysis.timing
print("best start:", timing.best_start, "cost of delay a month:", timing.cost_of_delay_per_month)
assert timing.best_start == EXPECTED["timing"]["best_start"]
assert same(timing.cost_of_delay_per_month, EXPECTED["timing"]["cost_of_delay_per_month"])
assert same([float(value) for value in timing.npv], EXPECTED["timing"]["npv"])"""

_NO_COSTS = """\
from models.evaluation import evaluate

evaluation = evaluate(questionnaire, assessment, initiatives, parameters, paths=PATHS, seed=SEED)
for sentence in evaluation.missing:
    print(sentence)
assert evaluation.economics is None"""

_PRINTED = """\
from reports.describe import describe
from reports.printed import printed_figures

found = printed_figures(describe(evaluation))
differing = [(ours, printed) for ours, printed in zip(found, PRINTED, strict=False) if ours != printed]
for ours, printed in differing:
    print("computed:", ours)
    print("printed: ", printed)
assert len(found) == len(PRINTED) and not differing, f"{len(differing)} lines differ"
print(len(found), "lines with figures are as printed")"""

_SAME = """\
import json
import math

def same(found, expected):
    \"\"\"Whether figures agree to a thousand-millionth of their size; None is no figure.\"\"\"
    if isinstance(expected, dict):
        return set(found) == set(expected) and all(same(found[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
    return found == expected"""


def render_notebook(evaluation: Evaluation, watch: Watch | None = None) -> bytes:
    """Return a notebook (nbformat 4.5) of an evaluation, without outputs; the same bytes for the same evaluation."""
    cells = [_cell(number, kind, source) for number, (kind, source) in enumerate(_cells(evaluation, watch), 1)]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "title": one_line(evaluation.assessment.name),
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1, sort_keys=True) + "\n").encode("ascii")


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    found: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number:02}", "metadata": {}}
    found["source"] = source.splitlines(keepends=True)
    return found if kind == "markdown" else {**found, "execution_count": None, "outputs": []}


def _cells(evaluation: Evaluation, watch: Watch | None) -> Iterator[Cell]:
    found, identity = evaluation.assessment, evaluation.identity
    title = escaped(one_line(found.name))
    yield "markdown", f"# {title}\n\n{_INTRODUCTION.format(version=identity.product_version)}"
    yield "code", _SAME
    yield "markdown", "## What the report was made from"
    yield "code", "\n".join(_given(evaluation, watch))
    yield "code", _loaded(evaluation)
    yield "markdown", "## Scores"
    yield "code", _SCORES
    yield "markdown", "## Roadmap"
    yield "code", _PLAN
    yield from _costs(evaluation)
    yield "markdown", "## Every figure that the report prints"
    yield "code", _PRINTED


def _costs(evaluation: Evaluation) -> Iterator[Cell]:
    if evaluation.economics is None:
        yield "markdown", "## Why there are no costs"
        yield "code", _NO_COSTS
        return
    yield "markdown", "## Cost curves"
    yield "code", _CURVES
    yield "markdown", "## Decision"
    yield "code", _DECISION
    if evaluation.analysis is not None:
        yield "markdown", "## When to start, and what matters"
        yield "code", _ANALYSED


def _given(evaluation: Evaluation, watch: Watch | None) -> Iterator[str]:
    identity = evaluation.identity
    yield f"SEED, PATHS = {identity.seed}, {identity.paths}"
    yield f"INPUTS_HASH = {identity.inputs_hash!r}"
    yield _literal("ASSESSMENT", evaluation.assessment)
    for name, model in _own(evaluation).items():
        yield _literal(name.upper(), model)
    yield f"EXPECTED = json.loads({_text(json.dumps(_expected(evaluation), sort_keys=True))})"
    lines = printed_figures(describe(evaluation, watch=watch))
    yield f"PRINTED = json.loads({_text(json.dumps(lines))})"


def _own(evaluation: Evaluation) -> dict[str, BaseModel]:
    """Return what is not as it comes with the product, by name."""
    stage, built_in = evaluation.assessment.stage, built_in_questionnaire()
    shipped: dict[str, tuple[BaseModel, BaseModel]] = {
        "questionnaire": (evaluation.questionnaire, built_in.at_stage(stage)),
        "initiatives": (evaluation.initiatives, load_initiatives(INITIATIVES, built_in)),
        "parameters": (evaluation.parameters, load_parameters()),
    }
    return {name: own for name, (own, known) in shipped.items() if content_hash(own) != content_hash(known)}


def _loaded(evaluation: Evaluation) -> str:
    own = _own(evaluation)
    shipped = {
        "questionnaire": ("Questionnaire", "load_questionnaire(QUESTIONNAIRE)"),
        "initiatives": ("InitiativeFile", "load_initiatives(INITIATIVES, load_questionnaire(QUESTIONNAIRE))"),
        "parameters": ("ParameterFile", "load_parameters()"),
    }
    calls = {
        name: f"{model}.model_validate_json(OWN_{name.upper()})" if name in own else call
        for name, (model, call) in shipped.items()
    }
    return _LOADED.format(**calls)


def _literal(name: str, model: BaseModel) -> str:
    data = model.model_dump(mode="json", exclude=_PLACE, exclude_unset=name == "ASSESSMENT")
    variable = name if name == "ASSESSMENT" else f"OWN_{name}"
    return f"{variable} = {_text(json.dumps(data))}"  # the order of a file is kept: tables follow it


def _text(text: str) -> str:
    """Return a Python expression for a text, as string literals of ASCII characters over several lines."""
    parts = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)] or [""]
    return "(\n" + "\n".join(f"    {part!a}" for part in parts) + "\n)"


def _expected(evaluation: Evaluation) -> dict[str, Any]:
    scores = evaluation.scores
    found: dict[str, Any] = {
        "overall": scores.overall.effective.point,
        "scores": {
            name: [[each.point, each.low, each.high] for each in (item.practice, item.ceiling, item.effective)]
            for name, item in scores.dimensions.items()
        },
        "plan": [
            [item.initiative, item.start_month, item.finish_month, item.gain] for item in evaluation.plan.placements
        ],
    }
    economics, analysis = evaluation.economics, evaluation.analysis
    if economics is not None:
        strategies, decision = economics.curves.strategies, economics.decision
        found["curves"] = {
            name: [[each.mean, each.p5, each.p50, each.p95] for each in (item.total_cost, item.npv) if each is not None]
            for name, item in strategies.items()
        }
        found["cumulative"] = {name: item.cumulative.mean.tolist() for name, item in strategies.items()}
        found["decision"] = {
            "choice": decision.choice,
            "expected_npv": dict(decision.expected_npv),
            "evpi": decision.evpi,
        }
    if analysis is not None:
        found["timing"] = {
            "best_start": analysis.timing.best_start,
            "cost_of_delay_per_month": analysis.timing.cost_of_delay_per_month,
            "npv": analysis.timing.npv.tolist(),
        }
    return found
