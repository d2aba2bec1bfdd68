"""The analysis as plain data with stable keys: timing, what matters, budget and money by quarter."""

from __future__ import annotations

from typing import Any

from models.analysis import Analysis
from models.budget import BudgetPoint
from models.cash import Cash, StrategyCash
from models.outcomes import Summary
from models.timing import Timing
from models.what_matters import Matters

Data = dict[str, Any]
NEVER = "never"


def analysis_data(analysis: Analysis) -> Data:
    """Return timing, tornado, Sobol' indices, EVPPI, budget and cash."""
    return {
        "timing": _timing(analysis.timing),
        **_matters(analysis.matters),
        "budget": [_point(point) for point in analysis.budget],
        "cash": _cash(analysis.cash),
    }


def _timing(found: Timing) -> Data:
    return {
        "best_start": NEVER if found.best_start is None else found.best_start,
        "best_npv": found.best_npv,
        "as_good": [NEVER if start == found.months else start for start in found.as_good],
        "cost_of_delay_per_month": found.cost_of_delay_per_month,
        "cost_of_delay_standard_error": found.cost_of_delay_error,
        "cost_of_delay_months": found.delay_months,
        "paths": found.paths,
        "curve": [
            *({"start_month": start, **_at(found, start)} for start in range(found.months)),
            {"start_month": NEVER, **_at(found, found.months)},
        ],
        "signals": {
            name: {"probability": item.probability, "p5": item.p5, "p50": item.p50, "p95": item.p95}
            for name, item in found.signals.items()
        },
        "highest_before_signals": {
            "claim": found.claim,
            "best_before": found.best_before,
            "best_after": found.best_after,
        },
    }


def _at(found: Timing, start: int) -> Data:
    return {
        "mean": float(found.npv[start]),
        "p5": float(found.p5[start]),
        "p95": float(found.p95[start]),
        "standard_error": float(found.standard_error[start]),
    }


def _matters(found: Matters) -> Data:
    return {
        "evppi": {worth.name: {"value": worth.value, "standard_error": worth.standard_error} for worth in found.worths},
        "tornado": [
            {"name": swing.name, "at_p10": swing.at_low, "at_p90": swing.at_high, "base": found.base}
            for swing in found.swings
        ],
        "sobol": {
            "samples": found.samples,
            "indices": {
                index.name: {
                    "first": index.first,
                    "first_confidence": index.first_error,
                    "total": index.total,
                    "total_confidence": index.total_error,
                }
                for index in found.indices
            },
        },
    }


def _summary(found: Summary) -> Data:
    return {
        "mean": found.mean,
        "p5": found.p5,
        "p50": found.p50,
        "p95": found.p95,
        "standard_error": found.standard_error,
    }


def _point(point: BudgetPoint) -> Data:
    bought = point.purchase
    return {
        "share": bought.share,
        "limit": bought.limit,
        "cost": bought.cost,
        "months": bought.plan.months,
        "status": bought.plan.status,
        "initiatives": list(bought.initiatives),
        "npv": _summary(point.npv),
        "probability_positive": point.probability_positive,
        "behind": point.behind,
        "behind_standard_error": point.behind_error,
    }


def _cash(cash: Cash) -> Data:
    return {
        "quarters": cash.quarters,
        "paths": cash.paths,
        "strategies": {name: _course(item) for name, item in cash.strategies.items()},
    }


def _course(item: StrategyCash) -> Data:
    data: Data = {
        "spending": {name: amounts.tolist() for name, amounts in item.spending.items()},
        "spending_p5": item.p5.tolist(),
        "spending_p95": item.p95.tolist(),
        "total_spending": _summary(item.total),
    }
    if item.savings is None or item.net is None:
        return data
    return {**data, "savings": item.savings.tolist(), "net": item.net.tolist()}
