"""What to do, in words: the decision with its figures, and why an initiative stands where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reports.figures_format import DASH, money, month, months, percent, rounded, short_amount
from reports.score_words import factor_title
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.cost_curves import StrategyCurves, Summary
    from models.evaluation import Economics, Evaluation
    from models.outcomes import Curves
    from models.roadmap import Placement

_STANDARD_ERRORS = 2.0
"""Of a share of the futures, beyond which another is said to be larger."""

_TEN = 10
"""Person-weeks for which the gain of work is told, so that pieces of any size can be held against each other."""


def reason_sentence(evaluation: Evaluation, placement: Placement) -> str:
    """Say why an initiative stands where it stands."""
    texts, known = wording(), evaluation.initiatives.by_id
    served = known.get(placement.serves or "")
    rate = rounded(_TEN * placement.gain / known[placement.initiative].effort.mode)
    prepares = served is not None and placement.reason == "raises_effective"
    return fill(
        texts.reasons["raises_and_prepares" if prepares else placement.reason],
        constraint=factor_title(evaluation.questionnaire, placement.constraint).lower(),
        serves=f"\u201c{served.title}\u201d" if served else "a later initiative",
        rate=texts.roadmap["gain_raises_effective"] if rate == rounded(0.0) else rate,
    )


def fate_sentence(evaluation: Evaluation, name: str) -> str:
    """Say what became of an initiative in the plan: its quarters and why it stands there, or why it is left out."""
    texts, known, plan = wording().fate, evaluation.initiatives.by_id, evaluation.plan
    title = known[name].title if name in known else name
    for item in plan.placements:
        if item.initiative == name:
            first, last = f"Q{item.quarter}", f"Q{item.finish_quarter}"
            planned = texts["planned_in" if first == last else "planned"]
            return fill(planned, title=title, first=first, last=last, reason=reason_sentence(evaluation, item))
    return fill(texts[plan.left_out.get(name, "not_asked")], title=title)


def decision_sentence(economics: Economics | None, measure: str = "") -> str:
    """Return the decision in one sentence, with every figure and its range.

    Args:
        economics: the economic half of an evaluation; None when figures are missing.
        measure: what to measure first, for a range that is too wide; by default the figures marked as assumptions.
    """
    texts = wording()
    if economics is None:
        return texts.decision["none"]
    curves, decision, currency = economics.curves, economics.decision, economics.curves.currency
    now = curves.strategies["now"]
    named = decision.choice if decision.choice in curves.strategies and decision.choice != "now" else "delayed"
    later = curves.strategies[named]
    leading = now if decision.choice in ("now", "never", "too_wide") else later
    more = f" {texts.decision_later_pays}" if _pays_more_often(later, now) else ""
    return fill(
        texts.decision.get(decision.choice, texts.decision["delayed"]) + more,
        months=months(curves.months),
        start=month(later.start_month + 1 if later.start_month is not None else None),
        positive=percent(now.probability_positive),
        later_positive=percent(later.probability_positive),
        after=started_after(curves),
        compared=fill(texts.compared, after=started_after(curves)),
        best=texts.choices.get(decision.best, texts.choices["delayed"]),
        best_probability=percent(decision.probability_best),
        evpi=money(decision.evpi, currency),
        evpi_limit=money(decision.evpi_limit, currency),
        probability_limit=percent(decision.best_probability_limit),
        measure=measure or texts.measure_default,
        **_npv_figures("npv", leading.npv, currency),
        **_npv_figures("now", now.npv, currency),
    )


def started_after(curves: Curves) -> str:
    """Return ``after 12 months``: how far from now the later start lies that the decision compares."""
    later = curves.strategies["delayed"].start_month
    return DASH if later is None else fill(wording().timing["start"], start=months(later))


def _pays_more_often(later: StrategyCurves, now: StrategyCurves) -> bool:
    """Return whether starting later pays for itself more often, as far as the simulation can tell and figures show."""
    often, less = later.probability_positive, now.probability_positive
    if often is None or less is None or now.probability_standard_error is None:
        return False
    return often > less + _STANDARD_ERRORS * now.probability_standard_error and percent(often) != percent(less)


def _npv_figures(prefix: str, npv: Summary | None, currency: str) -> Mapping[str, str]:
    if npv is None:
        return {f"{prefix}_{name}": DASH for name in ("mean", "low", "high")}
    return {
        f"{prefix}_mean": money(npv.mean, currency),
        f"{prefix}_low": short_amount(npv.p5),
        f"{prefix}_high": short_amount(npv.p95),
    }
