"""A what-if in a sentence: what was moved, what the decision becomes, and what each start is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.case import Case
from models.parameters import ParameterFile
from models.shifts import Move
from models.whatif import Lever, moved
from models.whatif_run import WhatIf
from reports.figures_format import money, months, plain, short_amount
from reports.range_words import range_words
from reports.scenario_words import decision_title, figure_words, share_unit
from reports.wording import fill, listed, wording


def lever_title(lever: Lever, parameters: ParameterFile) -> str:
    """Return the title of a lever."""
    known = wording().whatif.get(f"lever_{lever.name}")
    return known or parameters.by_symbol[lever.symbols[0]].title


def lever_unit(lever: Lever, parameters: ParameterFile, currency: str) -> str:
    """Return the unit of a lever."""
    if lever.kind != "figure":
        return wording().whatif[f"unit_{lever.kind}"]
    parameter = parameters.by_symbol[lever.symbols[0]]
    return parameter.unit_in(currency)


def lever_value(lever: Lever, value: float, unit: str = "") -> str:
    """Return a value of a lever as text; ``unit`` is that of a share, which is said in per cent."""
    if lever.kind == "months":
        return months(value)
    if lever.kind == "factor":
        return f"\u00d7 {plain(value)}"
    return str(range_words(value, None, value, unit)) if unit else plain(value)


def _unit(lever: Lever, parameters: ParameterFile) -> str:
    return share_unit(parameters, lever.symbols[0]) if lever.kind == "figure" else ""


def what_if_sentence(
    found: WhatIf, base: WhatIf, levers: Sequence[Lever], values: Mapping[str, float], parameters: ParameterFile
) -> str:
    """Say what the levers that were moved make of the case; without any, that it is the case as it stands."""
    texts = wording().whatif
    titled = [
        f"{_lowered(lever_title(lever, parameters))} at "
        f"{lever_value(lever, values[lever.name], _unit(lever, parameters))}"
        for lever in levers
        if lever.name in values
    ]
    if not titled:
        return texts["base"]
    now, later, before = (
        found.curves.strategies["now"].npv,
        found.curves.strategies["delayed"].npv,
        base.curves.strategies["now"].npv,
    )
    currency = found.curves.currency
    turned = found.decision.choice != base.decision.choice
    decision = fill(
        texts["new_decision" if turned else "same_decision"],
        decision=decision_title(found.decision),
        before=decision_title(base.decision),
    )
    return fill(
        texts["moved"],
        moved=listed(titled),
        decision=decision,
        now=money(None if now is None else now.mean, currency),
        low=short_amount(0.0 if now is None else now.p5),
        high=short_amount(0.0 if now is None else now.p95),
        before=money(None if before is None else before.mean, currency),
        later=money(None if later is None else later.mean, currency),
    )


def verdict_in_short(found: WhatIf, base: WhatIf, *, changed: bool) -> str:
    """Return the decision and the worth of starting now in a line; ``changed`` where a lever was moved."""
    turned = found.decision.choice != base.decision.choice
    now, before = (run.curves.strategies["now"].npv for run in (found, base))
    later, currency = found.curves.strategies["delayed"], found.curves.currency
    return fill(
        wording().whatif["foot_base" if not changed else "foot_new_decision" if turned else "foot_same_decision"],
        decision=decision_title(found.decision),
        was=decision_title(base.decision),
        now=money(None if now is None else now.mean, currency),
        before=money(None if before is None else before.mean, currency),
        delay=months(later.start_month or 0),
        later=money(None if later.npv is None else later.npv.mean, currency),
    )


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def basis_sentence(found: WhatIf, name: str) -> str:
    """Say from how many futures a what-if comes, and how sure its first figure is; ``name`` is quick or full."""
    npv = found.curves.strategies["now"].npv
    error = money(None if npv is None else npv.standard_error, found.curves.currency)
    return fill(wording().whatif[name], paths=f"{found.curves.paths:,}", error=error)


def cut_sentence(moves: Sequence[Move], parameters: ParameterFile) -> str:
    """Say which figures were cut at their bounds; empty for none."""
    cut = [parameters.by_symbol[move.symbol].title for move in moves if move.clipped]
    return fill(wording().whatif["cut"], figures=listed(cut)) if cut else ""


def lever_words(case: Case, lever: Lever, value: float) -> str:
    """Say where a lever stands in the case, and what it was moved to."""
    _, moves = moved(case, {lever.name: value})
    texts = wording().whatif
    if lever.kind != "figure":
        now, then = lever_value(lever, lever.now), lever_value(lever, value)
    else:
        unit = share_unit(case.parameters, lever.symbols[0])
        now = figure_words(case.inputs.figures[lever.symbols[0]], unit)
        then = figure_words(moves[0].after, unit) if moves else now
    return fill(texts["moved_to"], now=now, moved=then) if value != lever.now else fill(texts["stands"], now=now)
