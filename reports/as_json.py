"""An evaluation as plain data with stable keys: what ``--json`` prints. Keys of what is not there are left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from assessment.register import Register
from assessment.scores import DimensionScore, FactorScore, Scores
from assessment.targets import TargetProgress
from models.evaluation import Analysis, Economics, Identity
from models.outcomes import StrategyCurves, Summary, WaitingCost
from models.roadmap import Placement, Plan, QuarterState
from reports.analysis_json import analysis_data
from reports.score_json import covered_data, finding_data, pressure_data, score_data

Data = dict[str, Any]


def written(data: Mapping[str, Any]) -> str:
    """Return JSON text with sorted keys: the same data gives the same bytes."""
    return json.dumps(data, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def scores_data(scores: Scores) -> Data:
    """Return every score: dimensions, factors, steps, overall, diagnosis, applicability, posture, lifecycle."""
    found = scores.applicability
    return {
        "mode": scores.mode,
        "stage": scores.stage,
        "answered": scores.answered,
        "asked": scores.asked,
        "dimensions": {name: _dimension(item) for name, item in scores.dimensions.items()},
        "factors": {name: _factor(item) for name, item in scores.factors.items()},
        "steps": {
            name: {
                "maturity": score_data(step.maturity),
                "coverage": step.maturity.coverage,
                "evidence": dict(step.maturity.evidence),
                "answered": step.answered,
                "asked": step.asked,
                "status": step.status,
            }
            for name, step in scores.steps.items()
        },
        "overall": {
            "effective": score_data(scores.overall.effective),
            "coverage": scores.overall.effective.coverage,
            "evidence": dict(scores.overall.effective.evidence),
            "weakest": scores.overall.weakest,
            "band": scores.overall.band,
            "weights": dict(scores.overall.weights),
        },
        "diagnosis": [finding_data(finding) for finding in scores.diagnosis],
        "applicability": {
            "held": list(found.held),
            "unanswered": list(found.unanswered),
            "of": found.of,
            "verdict": found.verdict,
        },
        "posture": {name: covered_data(item) for name, item in scores.posture.items()},
        "lifecycle": {name: covered_data(item) for name, item in scores.lifecycle.items()},
        "root_causes": [pressure_data(item) for item in scores.root_causes],
        "future_shifts": [pressure_data(item) for item in scores.future_shifts],
        **_goals(scores),
    }


def _goals(scores: Scores) -> Data:
    """Return the crosswalks, the way to the targets and the target register, each where there is one."""
    found: Data = {}
    if scores.crosswalk:
        found["crosswalk"] = {
            name: {item: covered_data(score) for item, score in paragraphs.items()}
            for name, paragraphs in scores.crosswalk.items()
        }
    if scores.targets is not None:
        found["targets"] = targets_data(scores.targets)
    if scores.register is not None:
        found["register"] = register_data(scores.register)
    return found


def targets_data(found: TargetProgress) -> Data:
    """Return percent to target, the targets, the gaps (largest first) and what is past its target."""
    return {
        "preset": found.preset or None,
        "overall": score_data(found.overall),
        "coverage": found.overall.coverage,
        "steps": {name: score_data(item) for name, item in found.steps.items()},
        "dimensions": {name: score_data(item) for name, item in found.dimensions.items()},
        "targets": {name: {"option": item.option, "origin": item.origin} for name, item in found.targets.items()},
        "gaps": [
            {"question": gap.target.question, "now": gap.now, "target": gap.target.value, "size": gap.size}
            for gap in found.gaps
        ],
        "past": list(found.past),
    }


def register_data(found: Register) -> Data:
    """Return the workflows, what they add up to, what is missing and what contradicts."""
    totals = {"load_per_second": found.load, "growth_per_month": found.growth, "surge": found.surge}
    return {
        "workflows": {key: item.model_dump(exclude_defaults=True) for key, item in found.workflows.items()},
        "totals": {
            name: {"value": total.value, "counted": list(total.counted), "missing": list(total.missing)}
            for name, total in totals.items()
        },
        "gaps": {key: list(names) for key, names in found.gaps.items()},
        "contradictions": [
            {
                "kind": item.kind,
                "workflows": list(item.workflows),
                "question": item.question or None,
                "figures": dict(item.figures),
            }
            for item in found.contradictions
        ],
    }


def _dimension(item: DimensionScore) -> Data:
    return {
        "practice": score_data(item.practice),
        "ceiling": score_data(item.ceiling),
        "effective": score_data(item.effective),
        "stranded": score_data(item.stranded),
        "coverage": item.coverage,
        "band": item.band,
        "gated_level": item.gated_level,
        "binding_constraint": item.binding_constraint,
        "blocking_question": item.blocking_question,
        "evidence": dict(item.evidence),
    }


def _factor(item: FactorScore) -> Data:
    severity = item.severity
    return {
        "severity": score_data(severity),
        "coverage": severity.coverage,
        "evidence": dict(severity.evidence),
        "applicable": item.applicable,
        "caps": dict(item.caps),
    }


def model_data(economics: Economics, analysis: Analysis | None = None) -> Data:
    """Return the economic half: strategies, curves, the decision and what it rests on, and the analysis."""
    curves, decision, even = economics.curves, economics.decision, economics.break_even
    return {
        "currency": curves.currency,
        "months": curves.months,
        "paths": curves.paths,
        "seed": curves.seed,
        "strategies": {name: _strategy(item) for name, item in curves.strategies.items()},
        "curves": {name: _curve(item) for name, item in curves.strategies.items()},
        "evpi": curves.evpi,
        "probability_best": dict(curves.probability_best),
        "expected_npv": dict(decision.expected_npv),
        "recommendation": decision.choice,
        "decision": {
            "best": decision.best,
            "probability_best": decision.probability_best,
            "best_probability_limit": decision.best_probability_limit,
            "evpi_limit": decision.evpi_limit,
            "mean_cost": decision.mean_cost,
            "reason": decision.reason,
        },
        **_waiting(curves.waiting),
        "break_even": {
            "cost": even.cost,
            "multiple": even.multiple,
            "reason": even.reason,
            "beyond_five_times": even.beyond,
        },
        "programme": {
            "cost": economics.programme_cost.model_dump(include={"low", "mode", "high"}),
            "run_cost_per_month": economics.run_cost.model_dump(include={"low", "mode", "high"}),
        },
        **({} if economics.other_end_npv is None else {"npv_with_unknowns_at_lowest": economics.other_end_npv}),
        **({} if analysis is None else analysis_data(analysis)),
    }


def _waiting(found: WaitingCost | None) -> Data:
    if found is None:
        return {}
    return {"waiting": {"cost": _summary(found.cost, error=True), "probability_cheaper": found.probability_cheaper}}


def _strategy(item: StrategyCurves) -> Data:
    data: Data = {
        "start_month": item.start_month,
        "total_cost": _summary(item.total_cost, error=False),
        "wall_month_median": item.wall_month_median,
        "categories": {name: float(np.sum(values)) for name, values in item.categories.items()},
    }
    if item.npv is None:
        return data
    return {
        **data,
        "npv": _summary(item.npv, error=True),
        "probability_positive": item.probability_positive,
        "probability_standard_error": item.probability_standard_error,
        "expected_shortfall": item.expected_shortfall,
        "payback_month": item.payback_month.first,
        "payback_month_last": item.payback_month.last,
        "payback_month_undiscounted": item.payback_undiscounted.first,
        "mirr": item.mirr,
        "irr": item.irr,
        "irr_reason": item.irr_reason,
    }


def _summary(summary: Summary, *, error: bool) -> Data:
    data = {"mean": summary.mean, "p5": summary.p5, "p50": summary.p50, "p95": summary.p95}
    return {**data, "standard_error": summary.standard_error} if error else data


def _curve(item: StrategyCurves) -> Data:
    bands = item.cumulative
    cumulative = {
        "mean": bands.mean.tolist(),
        "p5": bands.p5.tolist(),
        "p50": bands.p50.tolist(),
        "p95": bands.p95.tolist(),
    }
    return {
        "cumulative_present_value": cumulative,
        "categories": {name: values.tolist() for name, values in item.categories.items()},
        "wall_probability": item.wall_probability.tolist(),
    }


def plan_data(plan: Plan) -> Data:
    """Return the roadmap by quarter, with every placement and what was left out."""
    return {
        "status": plan.status,
        "gap": plan.gap,
        "months": plan.months,
        "person_weeks": plan.person_weeks.model_dump(include={"low", "mode", "high"}),
        "quarters": [_quarter(state, plan) for state in plan.quarters],
        "placements": [_placement(item) for item in plan.placements],
        "left_out": dict(plan.left_out),
    }


def _quarter(state: QuarterState, plan: Plan) -> Data:
    running = [item.initiative for item in plan.placements if item.quarter <= state.quarter <= item.finish_quarter]
    return {
        "quarter": state.quarter,
        "initiatives": running,
        "started": list(state.started),
        "finished": list(state.finished),
        "person_weeks": state.person_weeks,
        "effective": dict(state.effective),
        "ceiling": dict(state.ceiling),
    }


def _placement(item: Placement) -> Data:
    return {
        "initiative": item.initiative,
        "start_month": item.start_month,
        "finish_month": item.finish_month,
        "quarter": item.quarter,
        "reason": item.reason,
        "gain": item.gain,
        "constraint": item.constraint,
        "serves": item.serves,
    }


def identity_data(identity: Identity) -> Data:
    """Return what makes the figures reproducible."""
    return {name: getattr(identity, name) for name in identity.__dataclass_fields__}
