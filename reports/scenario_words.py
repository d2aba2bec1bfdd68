"""Scenarios in words and figures: the sentence on top, the rows of the tables, the lines of the terminal, the JSON."""

from __future__ import annotations

from typing import Any

from assessment.answers import ScenarioChange
from models.decision import Decision
from models.inputs import Figure
from models.outcomes import Curves, StrategyCurves
from models.parameters import ParameterFile
from models.scenario_runs import Comparison, Difference, Refused, ScenarioRun
from models.shifts import Move, ends_of
from reports.figures_format import DASH, MINUS, money, money_range, month, percent, short_amount
from reports.formulas import written_symbol
from reports.range_words import is_share, points_words, range_words
from reports.wording import capitalised, fill, listed, wording

WORTH = ("Scenario", "Start now", "Now, P5 to P95", "Start later", "Later, P5 to P95", "Now, against as it stands")
VERDICT = ("Scenario", "Pays: now", "Pays: later", "Best option", "Decision", "Half of the futures meet the wall by")
_SIGNS = {"multiply": "\u00d7", "add": "+", "set": "="}
_OPTIONS = ("now", "delayed")


def scenario_sentence(found: Comparison) -> str:
    """Say which scenarios turn the decision and by which limit, and which cannot be simulated."""
    said, refused = [turning_sentence(found), *_whys(found)], [each.standing.title for each in found.refused]
    if refused:
        left_out = wording().scenarios["left_out_one" if len(refused) == 1 else "left_out_many"]
        said.append(fill(left_out, scenarios=listed(refused)))
    return " ".join(said)


def refused_sentence(found: Refused) -> str:
    """Say that a scenario cannot be simulated, and why."""
    return fill(wording().scenarios["refused"], scenario=found.standing.title, reason=found.reason)


def turning_sentence(found: Comparison) -> str:
    """Say which scenarios turn the decision, or how far the nearest is from doing so."""
    texts, flips, nearest = wording().scenarios, found.flipping, found.nearest
    if nearest is None:
        return texts["none"]
    common = {"of": str(len(found.runs)), "base": f"\u201c{decision_title(found.decision)}\u201d"}
    if flips:
        named = [
            fill(texts["flip"], scenario=run.standing.title, decision=decision_title(run.decision)) for run in flips
        ]
        template = texts["flips_one" if len(flips) == 1 else "flips_many"]
        return fill(template, **common, count=str(len(flips)), scenarios=listed(named))
    currency = found.curves.currency
    return fill(
        texts["flips_none" if nearest.distance >= 0.0 else "flips_none_other"],
        **common,
        nearest=nearest.standing.title,
        best=option_words(found.decision.best),
        other=option_words(nearest.decision.best),
        distance=money(abs(nearest.distance), currency),
        lead=money(found.distance, currency),
    )


def _whys(found: Comparison) -> list[str]:
    """Say by which limit each scenario turns the decision, where it is one; each is named where several turn it."""
    flips = found.flipping
    whys = [(run.standing.title, why) for run in flips if (why := _why(found, run))]
    return [capitalised(why) if len(flips) == 1 else f"{title}: {why}" for title, why in whys]


def _why(found: Comparison, run: ScenarioRun) -> str:
    """Say which half of the rule for a range that is too wide turned, where a scenario turns the decision by it."""
    after = run.decision
    if "too_wide" not in {after.choice, found.decision.choice}:
        return ""
    name = "too_wide" if after.choice == "too_wide" else "cheap" if after.evpi <= after.evpi_limit else "sure"
    return fill(
        wording().scenarios[f"why_{name}"],
        evpi=money(after.evpi, found.curves.currency),
        limit=money(after.evpi_limit, found.curves.currency),
        share=percent(after.evpi_limit / after.mean_cost if after.mean_cost else None),
        best=option_words(after.best),
        probability=percent(after.probability_best),
        threshold=percent(after.best_probability_limit),
    )


def decision_title(decision: Decision) -> str:
    """Return the decision in two or three words."""
    return wording().decision_titles.get(decision.choice, wording().decision_titles["delayed"])


def option_words(option: str) -> str:
    """Return an option as part of a sentence."""
    return wording().choices.get(option, wording().choices["delayed"])


def worth_rows(found: Comparison) -> tuple[tuple[str, ...], ...]:
    """Return what each start is worth: the base case first, then each scenario."""
    base = _worth(wording().scenarios["base"], found.curves, DASH)
    return (
        base,
        *(_worth(run.standing.title, run.curves, difference(run.differences["now"])) for run in found.runs),
        *((each.standing.title, *[DASH] * (len(WORTH) - 1)) for each in found.refused),
    )


def _worth(title: str, curves: Curves, against: str) -> tuple[str, ...]:
    cells = []
    for name in _OPTIONS:
        npv = curves.strategies[name].npv
        mean, low, high = (None, None, None) if npv is None else (npv.mean, npv.p5, npv.p95)
        cells += [DASH if mean is None else short_amount(mean), money_range(low, high, "").strip()]
    return (title, *cells, against)


def difference(found: Difference) -> str:
    """Return a difference with its sign and standard error."""
    sign = "" if found.mean < 0 or short_amount(found.mean).startswith(MINUS) else "+"
    return f"{sign}{short_amount(found.mean)} (\u00b1{short_amount(found.standard_error)})"


def verdict_rows(found: Comparison) -> tuple[tuple[str, ...], ...]:
    """Return what each case comes to: probability that it pays, best option, decision, month of the wall."""
    base = _verdict(wording().scenarios["base"], found.curves, found.decision, "")
    turned = f" ({wording().scenarios['turned']})"
    return (
        base,
        *(_verdict(run.standing.title, run.curves, run.decision, turned * run.flips) for run in found.runs),
        *((each.standing.title, DASH, DASH, DASH, wording().scenarios["refused_cell"], DASH) for each in found.refused),
    )


def _verdict(title: str, curves: Curves, decision: Decision, turned: str) -> tuple[str, ...]:
    now, later = (curves.strategies[name] for name in _OPTIONS)
    best = f"{option_words(decision.best)} ({percent(decision.probability_best)})"
    wall = _wall(curves.strategies["reactive"])
    return (
        title,
        percent(now.probability_positive),
        percent(later.probability_positive),
        best,
        f"{decision_title(decision)}{turned}",
        wall,
    )


def _wall(found: StrategyCurves) -> str:
    return "fewer than half do" if found.wall_month_median is None else month(found.wall_month_median)


def change_words(change: ScenarioChange, unit: str = "") -> str:
    """Return what a change does: ``x 1 to 1.25, likely 1.1``; what is added to a share is in points of per cent."""
    ends = change.low, change.mode, change.high
    if change.operation == "multiply":
        said = range_words(*ends)
    elif change.operation == "add" and is_share(unit):
        said = points_words(*ends)
    else:
        said = range_words(*ends, unit if is_share(unit) else "")
    return f"{_SIGNS[change.operation]} {said}"


def move_row(change: ScenarioChange, move: Move, title: str, unit: str = "") -> tuple[str, ...]:
    """Return a change with the range before and after it, in ``unit``; a share says its unit in the ranges."""
    cut = f" ({wording().scenarios['cut']})" if move.clipped else ""
    because = getattr(change, "because", "")
    named = [written_symbol(move.symbol), "" if is_share(unit) else unit]
    return (
        f"{title} ({', '.join(filter(None, named))})",
        change_words(change, unit),
        figure_words(move.before, unit if is_share(unit) else ""),
        figure_words(move.after, unit if is_share(unit) else "") + cut,
        because or DASH,
    )


def share_unit(parameters: ParameterFile, symbol: str) -> str:
    """Return the unit of a figure that is a share, which its ranges say themselves; empty for any other."""
    known = parameters.by_symbol.get(symbol)
    return known.unit if known is not None and is_share(known.unit) else ""


def figure_words(figure: Figure, unit: str = "") -> str:
    """Return the range of a figure with its likely one; the interval alone of a lognormal one."""
    low, centre, high = ends_of(figure)
    likely = None if hasattr(figure.distribution, "sigma") else centre
    return str(range_words(low, likely, high, unit))


def scenarios_data(found: Comparison) -> dict[str, Any]:
    """Return the comparison as plain data with stable keys.

    A scenario that cannot be simulated has the reason in place of its results.
    """
    nearest = found.nearest
    return {
        "currency": found.curves.currency,
        "months": found.curves.months,
        "paths": found.curves.paths,
        "seed": found.curves.seed,
        "base": {**_case_data(found.curves, found.decision), "lead": found.distance},
        "scenarios": [
            *(_run_data(run) for run in found.runs),
            *({**_change_data(each), "cannot_be_simulated": each.reason} for each in found.refused),
        ],
        "flips": [run.standing.id for run in found.flipping],
        "nearest": None if nearest is None else nearest.standing.id,
    }


def _change_data(run: ScenarioRun | Refused) -> dict[str, Any]:
    basis = run.standing.basis
    return {
        "id": run.standing.id,
        "title": run.standing.title,
        "kind": "own" if basis is None else basis.kind,
        "edited": run.standing.edited,
        "grade": "assumption" if basis is None else basis.grade,
        "changes": [
            {
                "symbol": move.symbol,
                "asked": change.symbol,
                "operation": change.operation,
                "by": [change.low, change.mode, change.high],
                "before": list(ends_of(move.before)),
                "after": list(ends_of(move.after)),
                "cut": move.clipped,
            }
            for change, move in zip(run.standing.changes, run.moves, strict=True)
        ],
    }


def _run_data(run: ScenarioRun) -> dict[str, Any]:
    return {
        **_change_data(run),
        **_case_data(run.curves, run.decision),
        "difference": {
            name: {"mean": each.mean, "standard_error": each.standard_error} for name, each in run.differences.items()
        },
        "flips": run.flips,
        "lead": run.distance,
    }


def _case_data(curves: Curves, decision: Decision) -> dict[str, Any]:
    return {
        "decision": decision.choice,
        "best": decision.best,
        "probability_best": decision.probability_best,
        "expected_npv": dict(decision.expected_npv),
        "wall_month_median": curves.strategies["reactive"].wall_month_median,
        "npv": {name: _npv_data(curves.strategies[name]) for name in _OPTIONS},
    }


def _npv_data(found: StrategyCurves) -> dict[str, Any]:
    npv = found.npv
    if npv is None:
        return {}
    return {
        "mean": npv.mean,
        "p5": npv.p5,
        "p50": npv.p50,
        "p95": npv.p95,
        "standard_error": npv.standard_error,
        "probability_positive": found.probability_positive,
    }
