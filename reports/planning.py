"""A computed plan in words, tables and JSON: how good it is, what limits it, and other plans beside it."""

from __future__ import annotations

from typing import Any

from models.evaluation import Evaluation
from models.plan import Placement, Plan
from models.planning.comparing import Compared, Eased, Priced, binds
from models.planning.planner import Computed
from models.planning.request import Answer
from reports.as_json import plan_data
from reports.as_text import plan_text, table
from reports.figures_format import DASH, money, percent, plain, rounded, short_amount
from reports.outlook import outlook_data
from reports.wording import fill, listed, wording

COMPARE = ("Plan", "Initiatives", "Months", "Point-years", "Cost", "NPV on average", "P5 to P95", "Pays")
_TIGHT = 1e-6


def request_data(found: Answer) -> dict[str, Any]:
    """Return the plan by quarter, with what is proven of it and, where it was asked for, the comparison."""
    data = plan_data(found.evaluation.plan)
    data["outlook"] = outlook_data(found.evaluation.outlook)
    data["method"] = found.request.method
    data["pins"] = {name: str(pin) for name, pin in found.request.pins.items()}
    if found.computed is not None:
        data |= {"value": found.computed.value, "bound": found.computed.bound, "greedy_value": found.computed.greedy}
    if found.request.compare:
        data["limits"] = [{"limit": item.limit, "more": item.more, "worth": item.worth} for item in found.eased]
        data["compare"] = [_compared(item) for item in found.compared]
        data["point_values"] = None if found.priced is None else _priced(found.priced)
    return data


def _compared(item: Compared) -> dict[str, Any]:
    npv = item.npv
    return {
        "plan": item.way,
        "initiatives": [placement.initiative for placement in item.plan.placements],
        "start_quarters": {placement.initiative: placement.quarter for placement in item.plan.placements},
        "effective": [dict(state.effective) for state in item.plan.quarters],
        "value": item.value,
        "cost": item.cost,
        "npv": None if npv is None else {"mean": npv.mean, "p5": npv.p5, "p50": npv.p50, "p95": npv.p95},
        "probability_positive": item.probability_positive,
    }


def _priced(item: Priced) -> dict[str, Any]:
    return {
        "per_month": dict(item.weights),
        "rounds": item.rounds,
        "stays": item.stays,
        "turns": item.turns,
        "initiatives": [placement.initiative for placement in item.computed.plan.placements],
    }


def request_text(found: Answer) -> str:
    """Return the plan as a table, then how it was made and, where it was asked for, the comparison."""
    parts = [plan_text(found.evaluation).rstrip("\n"), *planning_sentences(found)]
    if found.compared:
        parts += ["\n".join(eased_sentences(found.eased)), table(COMPARE, compare_rows(found)), compare_note(found)]
        parts += [table(start_header(found), start_rows(found))]
        parts += [priced_sentence(found)] if found.priced is not None else []
    return "\n\n".join(parts) + "\n"


def planning_sentences(found: Answer) -> list[str]:
    """Say how the plan was made, how far from the best it can be, what it is worth and what was demanded."""
    texts, computed = wording().planning, found.computed
    if computed is None:
        return [in_use_sentence(found.evaluation)]
    sentences = [method_sentence(computed)]
    if computed.greedy is None:
        sentences.append(fill(texts["worth_alone"], value=rounded(computed.value)))
    else:
        sentences.append(fill(texts["worth"], value=rounded(computed.value), greedy=rounded(computed.greedy)))
    if found.request.pins:
        known = found.evaluation.initiatives.by_id
        demands = [f"{known[name].title} {pin}" for name, pin in found.request.pins.items()]
        sentences.append(fill(texts["demands"], demands="; ".join(demands)))
    return sentences


def in_use_sentence(evaluation: Evaluation) -> str:
    """Say how the plan in use was made and what is proven of it, and that a computed one is out of date."""
    texts, pins = wording().planning, evaluation.assessment.economics.pins
    if evaluation.stale:
        return f"{texts['stale']} {texts['greedy']}"
    if not evaluation.computed:
        return texts["greedy"]
    known = evaluation.initiatives.by_id
    demands = "; ".join(f"{known[name].title if name in known else name} {pin}" for name, pin in pins.items())
    proven = proven_sentence(evaluation.plan)
    return f"{proven} {fill(texts['demands'], demands=demands)}" if demands else proven


def method_sentence(computed: Computed) -> str:
    """Say what is proven of a computed plan."""
    return proven_sentence(computed.plan)


def proven_sentence(plan: Plan) -> str:
    """Say how far from the best a plan that a search found can be."""
    texts = wording().planning
    if plan.gap is None:
        return texts["unproven"]
    if plan.status == "optimal" and plan.gap < _TIGHT:
        return texts["optimal_exact"]
    name = "greedy_bound" if plan.status == "greedy" else plan.status
    return fill(texts[name], gap=f"{rounded(100 * plan.gap)}%")


def eased_sentences(eased: tuple[Eased, ...]) -> list[str]:
    """Say which limit binds, and what easing each would add."""
    texts, tightest = wording().planning, binds(eased)
    if tightest is None:
        return [texts["binds_none"]]
    shown = [item for item in eased if item.worth > _TIGHT]
    return [
        fill(texts["binds"], limit=texts[f"limit_{tightest.limit}"]),
        *(
            fill(texts[f"eased_{item.limit}"], more=plain(item.more), worth=rounded(item.worth))
            if item.limit in {"capacity", "at_most_at_once"}
            else fill(texts[f"eased_{item.limit}"], more=short_amount(item.more), worth=rounded(item.worth))
            for item in shown
        ),
    ]


def compare_rows(found: Answer) -> list[tuple[str, ...]]:
    """Return one row for each plan."""
    economics = found.evaluation.economics
    currency = "" if economics is None else economics.curves.currency
    return [_row(item, currency) for item in found.compared]


def _row(item: Compared, currency: str) -> tuple[str, ...]:
    npv, texts = item.npv, wording().planning
    return (
        texts[f"way_{item.way}"],
        str(len(item.plan.placements)),
        str(item.plan.months),
        rounded(item.value),
        DASH if item.cost is None else money(item.cost, currency),
        DASH if npv is None else money(npv.mean, currency),
        DASH if npv is None else f"{short_amount(npv.p5)} to {short_amount(npv.p95)}",
        DASH if item.probability_positive is None else percent(item.probability_positive),
    )


def start_header(found: Answer) -> tuple[str, ...]:
    """Return the head of the table of starts: the initiative, then each plan."""
    texts = wording().planning
    return (texts["starts_initiative"], *(texts[f"way_{item.way}"] for item in found.compared))


def start_rows(found: Answer) -> list[tuple[str, ...]]:
    """Return one row for each initiative of any plan, with the quarters that each plan gives it, as they start."""
    known = found.evaluation.initiatives.by_id
    spans = [{item.initiative: item for item in each.plan.placements} for each in found.compared]
    first: dict[str, tuple[int, int]] = {}
    for place, each in enumerate(spans):
        for name, item in each.items():
            first.setdefault(name, (place, item.start_month))
    order = sorted(first, key=lambda name: (*first[name], name))
    return [(known[name].title, *(_span(each[name]) if name in each else DASH for each in spans)) for name in order]


def _span(item: Placement) -> str:
    first, last = item.quarter, item.finish_quarter
    return f"Q{first}" if first == last else f"Q{first}{DASH}Q{last}"


def compare_note(found: Answer) -> str:
    """Say what the money in the table is."""
    texts = wording().planning
    if found.evaluation.economics is None:
        return texts["compare_missing"]
    return fill(texts["compare"], paths=f"{found.evaluation.identity.paths:,}")


def priced_sentence(found: Answer) -> str:
    """Say what a point of each dimension is worth, and whether points at that price lead to another plan."""
    texts, item, economics = wording().planning, found.priced, found.evaluation.economics
    if item is None or economics is None:
        return ""
    titles = {dimension.id: dimension.short for dimension in found.evaluation.questionnaire.dimensions}
    points = [f"{titles[name]} {money(value, economics.curves.currency)}" for name, value in item.weights.items()]
    same = item.computed.plan.placements == found.evaluation.plan.placements
    other = "priced_moving" if not item.stays else "priced_other" if item.turns == 1 else "priced_turns"
    words = fill(texts["priced_same" if same else other], rounds=str(item.rounds), turns=str(item.turns))
    return fill(texts["priced"], points=listed(points), same=words)
