"""Whole weeks against single records: which interval holds the true share when failures come in bunches."""

from __future__ import annotations

import numpy as np

from assessment.delivery.records import Deployment, Log
from assessment.delivery.rules import delivery_rules
from models.delivery import measure_delivery

WEEK, WEEKS, TRIALS = 7 * 86_400.0, 26, 120
TRUE = 1 / 6


def bunched(source: np.random.Generator) -> Log[Deployment]:
    """Return half a year in which the number of deployments and their risk change from week to week."""
    made = []
    for week in range(WEEKS):
        risk = source.beta(1, 5)
        for _ in range(source.poisson(3 * source.gamma(2, 0.5))):
            at = WEEK * (week + source.random())
            made.append(Deployment("", at, failed=bool(source.random() < risk)))
    return Log("d.csv", "csv", tuple(sorted(made, key=lambda one: one.at)))


def test_an_interval_of_whole_weeks_covers_where_single_records_claim_too_much() -> None:
    """Of 120 half years the weekly interval holds the true share in about 86 %, one of single records in about 78 %."""
    source, rules = np.random.default_rng(5), delivery_rules()
    fewer = rules.model_copy(update={"interval": rules.interval.model_copy(update={"resamples": 400})})
    weekly = single = 0
    for _ in range(TRIALS):
        found = measure_delivery(bunched(source), None, WEEK * WEEKS, fewer).find("change_fail_rate")
        assert found.interval is not None
        weekly += found.interval.low <= TRUE <= (found.interval.high or 1)
        drawn = source.binomial(found.of, found.count / found.of, 400) / found.of
        low, high = np.quantile(drawn, [0.05, 0.95])
        single += bool(low <= TRUE <= high)
    assert weekly >= 0.82 * TRIALS
    assert single <= weekly - 4
