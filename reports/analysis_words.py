"""Sentences about when to start, what matters, what part of the money buys, and money by quarter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from models.draws import EFFECT_SYMBOLS
from models.timing import STANDARD_ERRORS
from models.what_matters import EFFECTS_GROUP
from reports.figures_format import DASH, money, month, months, percent, rounded, short_amount
from reports.wording import capitalised, fill, listed, wording

if TYPE_CHECKING:
    from models.budget import BudgetPoint
    from models.cash import Cash
    from models.evaluation import Evaluation
    from models.parameters import ParameterFile
    from models.timing import Timing
    from models.value_of_information import Worth
    from models.what_matters import Matters

_MOST_NAMED = 3
_SURE = 0.25
"""Half the interval of a Sobol' index beyond which it ranks nothing."""
_SHOWN_WORTH = 2.0
"""Standard errors above nought from which a worth is one to act on."""


def start_in_words(start: int, horizon: int) -> str:
    """Return ``at once``, ``after 12 months`` or ``never``."""
    texts = wording().timing
    if start == 0:
        return texts["at_once"]
    return texts["never"] if start == horizon else fill(texts["start"], start=months(start))


def timing_sentence(found: Timing, currency: str) -> str:
    """Say which start month is worth the most, and which cannot be told from it."""
    texts, best = wording().timing, found.best_start
    if best is None:
        first_year = found.npv[: min(found.delay_months + 1, found.months)]
        return fill(texts["best_never"], loss=money(-float(first_year.max()), currency))
    said = fill(
        texts["best_now" if best == 0 else "best_later"],
        start=months(best),
        month=month(best + 1),
        amount=money(found.best_npv, currency),
        low=short_amount(float(found.p5[best])),
        high=short_amount(float(found.p95[best])),
        now=money(float(found.npv[0]), currency),
    )
    others = [start for start in found.as_good if start != best]
    more = texts["alone"] if not others else fill(texts["as_good"], starts=_runs(others, found.months))
    return f"{said} {more}"


def _runs(starts: list[int], horizon: int) -> str:
    """Return start months with those that follow one another put together."""
    groups: list[list[int]] = []
    for start in starts:
        joins = groups and 0 < groups[-1][-1] == start - 1 and start != horizon
        if joins:
            groups[-1].append(start)
        else:
            groups.append([start])
    said = [
        start_in_words(group[0], horizon)
        if len(group) == 1
        else fill(wording().timing["run"], first=str(group[0]), last=str(group[-1]))
        for group in groups
    ]
    return listed(said)


def delay_sentence(found: Timing, currency: str) -> str:
    """Say what a month of delay costs, with what that means; where no start pays it costs nothing to wait."""
    cost = found.cost_of_delay_per_month
    name = "costs" if cost >= 0 else "saves"
    return fill(
        wording().timing[name if found.best_start is not None else f"never_{name}"],
        amount=money(abs(cost), currency),
        error=short_amount(found.cost_of_delay_error),
        delay=months(found.delay_months),
        count=str(found.delay_months),
    )


def signals_sentence(found: Timing) -> str:
    """Say in how many futures the failure signals fire, with nothing planned and when one starts now."""
    reactive, now = (found.signals[name] for name in ("reactive", "now"))
    return fill(
        wording().timing["signals"],
        reactive=percent(reactive.probability),
        months=months(found.months),
        now=percent(now.probability),
    )


def claim_sentence(found: Timing, currency: str) -> str:
    """Say whether the return is highest before the signals emerge, for this team."""
    return fill(
        wording().timing[f"claim_{found.claim}"],
        signal=month(found.signals["reactive"].p50),
        before=money(found.best_before, currency),
        after=money(found.best_after, currency),
        probability=percent(found.signals["reactive"].probability),
        months=months(found.months),
    )


def timing_basis(found: Timing, all_paths: int) -> str:
    """Say how the curve was made."""
    return fill(
        wording().timing["basis"],
        paths=f"{found.paths:,}",
        all=f"{all_paths:,}",
        months=months(found.months),
    )


def figure_title(parameters: ParameterFile, name: str) -> str:
    """Return the title of a figure, or that of the six effects together."""
    if name == EFFECTS_GROUP:
        return wording().matters["effects"]
    known = parameters.by_symbol.get(name)
    return name if known is None else known.title


def effects_sentence(parameters: ParameterFile) -> str:
    """Name the six effects, and say that a row for one of them is part of the row for all."""
    known = parameters.by_symbol
    names = [_quoted(parameters, symbol) for symbol in EFFECT_SYMBOLS if symbol in known]
    return fill(wording().matters["effects_named"], effects=listed(names))


def how_to_measure(parameters: ParameterFile, name: str) -> str:
    """Return how a figure is measured."""
    if name == EFFECTS_GROUP:
        return wording().matters["effects_how"]
    known = parameters.by_symbol.get(name)
    return DASH if known is None else known.how_to_measure


def worth_knowing(found: Matters) -> list[Worth]:
    """Return the figures whose worth is more than two standard errors above nought, the largest first."""
    return [worth for worth in found.worths if worth.value > _SHOWN_WORTH * worth.standard_error]


def worth_sentence(found: Matters, parameters: ParameterFile, currency: str) -> str:
    """Say which figure is most worth knowing, what that is worth, how to measure it, and what comes close to it."""
    worths, texts = worth_knowing(found), wording().matters
    most = fill(texts["most"], evpi=money(found.evpi, currency))
    if not worths:
        return f"{texts['nothing']} {most}"
    first, others, member = worths[0], _as_worth(worths), _member(worths)
    said = fill(
        texts["worth_close" if others else "worth"],
        others=listed([_quoted(parameters, worth.name) for worth in others[:_MOST_NAMED]]),
        **_worth_words(first, parameters, currency),
    )
    if member is None:
        return said
    within = _worth_words(member, parameters, currency)
    return f"{said} {fill(texts['worth_within'], member=within.pop('figure'), **within)}"


def _worth_words(worth: Worth, parameters: ParameterFile, currency: str) -> dict[str, str]:
    return {
        "figure": _quoted(parameters, worth.name),
        "amount": money(worth.value, currency),
        "error": short_amount(worth.standard_error),
        "how": how_to_measure(parameters, worth.name),
    }


def _as_worth(worths: list[Worth]) -> list[Worth]:
    """Return the figures whose worth cannot be told from that of the first; those that it counts with it left out."""
    first = worths[0]
    part = {EFFECTS_GROUP, *EFFECT_SYMBOLS} if first.name == EFFECTS_GROUP or first.name in EFFECT_SYMBOLS else set()
    return [worth for worth in worths[1:] if worth.name not in part and _close(first, worth)]


def _member(worths: list[Worth]) -> Worth | None:
    """Return the effect whose worth alone cannot be told from that of the whole group, where the group comes first."""
    first = worths[0]
    members = [worth for worth in worths if worth.name in EFFECT_SYMBOLS and _close(first, worth)]
    return members[0] if first.name == EFFECTS_GROUP and members else None


def _close(first: Worth, other: Worth) -> bool:
    """Return whether two worths lie within two standard errors of each other, taken as those of separate estimates."""
    return first.value - other.value <= STANDARD_ERRORS * math.hypot(first.standard_error, other.standard_error)


def worth_in_summary(found: Matters, parameters: ParameterFile, currency: str) -> str:
    """Say in a line which figure is most worth knowing."""
    worths = worth_knowing(found)
    if not worths:
        return wording().matters["nothing"]
    figure, amount = _quoted(parameters, worths[0].name), money(worths[0].value, currency)
    name = "summary_close" if _as_worth(worths) else "summary"
    return fill(wording().matters[name], figure=figure, amount=amount)


def measure_first_of(evaluation: Evaluation) -> str:
    """Return what the analysis says to measure first; empty without one."""
    found = evaluation.analysis
    return "" if found is None else measure_first(found.matters, evaluation.parameters)


def measure_first(found: Matters, parameters: ParameterFile) -> str:
    """Return what to measure first: up to three figures most worth knowing; nothing when none is.

    The six effects together stand for each of them.
    """
    names = [worth.name for worth in worth_knowing(found)]
    if EFFECTS_GROUP in names:
        names = [name for name in names if name not in EFFECT_SYMBOLS]
    return listed([_quoted(parameters, name) for name in names[:_MOST_NAMED]])


def tornado_sentence(found: Matters, parameters: ParameterFile, currency: str) -> str:
    """Say which figure moves the result most, from what to what."""
    texts = wording().matters
    if not found.swings:
        return texts["tornado_none"]
    widest = found.swings[0]
    return fill(
        texts["tornado"],
        figure=capitalised(_quoted(parameters, widest.name)),
        low=money(widest.at_low, currency),
        high=money(widest.at_high, currency),
        base=money(found.base, currency),
    )


def sobol_sentence(found: Matters, parameters: ParameterFile) -> str:
    """Say which figure explains most of the variance, or that it cannot be told where the intervals overlap."""
    if not found.indices:
        return wording().matters["tornado_none"]
    first, texts = found.indices[0], wording().matters
    figure, error = _quoted(parameters, first.name), f"{rounded(100 * first.total_error, 0)} points"
    if first.total_error > _SURE:
        return fill(texts["sobol_unsure"], figure=figure, total=index_text(first.total), error=error)
    second = found.indices[1] if len(found.indices) > 1 else None
    if second is not None and first.total - first.total_error <= second.total + second.total_error:
        return fill(
            texts["sobol_close"],
            figure=figure,
            total=index_text(first.total),
            error=error,
            other=capitalised(_quoted(parameters, second.name)),
            other_total=index_text(second.total),
            other_error=f"{rounded(100 * second.total_error, 0)} points",
        )
    return fill(texts["sobol"], figure=capitalised(figure), total=index_text(first.total), error=error)


def index_text(index: float) -> str:
    """Return a Sobol' index as a share; an estimate outside [0, 1] is written as the end that it passed."""
    return percent(min(max(index, 0.0), 1.0))


def _quoted(parameters: ParameterFile, name: str) -> str:
    known = parameters.by_symbol.get(name)
    title = figure_title(parameters, name) if known is None else known.title  # a sentence is read without symbols
    return title[:1].lower() + title[1:] if name == EFFECTS_GROUP else f"“{title}”"


def budget_sentence(points: tuple[BudgetPoint, ...], currency: str) -> str:
    """Say which share of the money is worth the most."""
    texts = wording().budget
    best, whole = max(points, key=lambda point: point.npv.mean), points[-1]
    if best.npv.mean <= 0:
        return _budget_loss(points, currency)
    said = fill(
        texts["whole" if best is whole else "part"],
        share=percent(best.purchase.share),
        amount=money(best.npv.mean, currency),
        count=str(len(best.purchase.initiatives)),
        of=str(len(whole.purchase.initiatives)),
        whole=money(whole.npv.mean, currency),
    )
    near = [
        percent(point.purchase.share)
        for point in points
        if point is not best and point.behind <= STANDARD_ERRORS * point.behind_error
    ]
    return f"{said} {fill(texts['close'], shares=listed(near))}" if near else said


def _budget_loss(points: tuple[BudgetPoint, ...], currency: str) -> str:
    """Say what the share that loses least loses; a share that buys nothing has nothing to lose."""
    texts = wording().budget
    losses = [-point.npv.mean for point in points if point.purchase.initiatives]
    if not losses:
        return texts["none_bought"]
    loss = money(min(losses), currency)
    empty = [percent(point.purchase.share) for point in points if not point.purchase.initiatives]
    return fill(texts["none_of_some"], shares=listed(empty), amount=loss) if empty else fill(texts["none"], amount=loss)


def dearest_sentence(cash: Cash) -> str:
    """Say which quarter of starting now spends most; where several are written alike, that they are equal."""
    texts, spent = wording().charts, cash.strategies["now"].spent
    written = [money(float(amount), cash.currency) for amount in spent]
    most = written[int(np.argmax(spent))]
    equal = [quarter for quarter, amount in enumerate(written, 1) if amount == most]
    first, last, count = equal[0], equal[-1], len(equal)
    if count == 1:
        return fill(texts["cash"], quarter=str(first), amount=most)
    if last - first == count - 1:
        return fill(texts["cash_run"], first=str(first), last=str(last), amount=most)
    return fill(texts["cash_first"], quarter=str(first), count=str(count), amount=most)


def cash_sentence(cash: Cash) -> str:
    """Say what starting now spends, when most, and what it saves against that."""
    texts, now, currency = wording().cash, cash.strategies["now"], cash.currency
    said = fill(
        texts["answer"],
        now=money(now.total.mean, currency),
        low=short_amount(now.total.p5),
        high=short_amount(now.total.p95),
        reactive=money(cash.strategies["reactive"].total.mean, currency),
        months=months(cash.months),
        dearest=dearest_sentence(cash),
    )
    if now.net is None:
        return said
    total = np.cumsum(now.net)
    deepest, end = int(np.argmin(total)), float(total[-1])
    against = fill(
        texts["ahead" if end >= 0 else "behind"],
        peak=money(-min(float(total[deepest]), 0.0), currency),
        deepest=str(deepest + 1),
        net=money(abs(end), currency),
        months=months(cash.months),
    )
    return f"{said} {against}"
