"""The expected-value case month by month as formulas: the engine's sums, written out once for every month and strategy.

Sheet *Programme* holds what the plan delivers, *Cases* a line for each strategy with a full and with a short delivery,
*Model* a line for each month of each case. Formulas follow :mod:`models.costs` and :mod:`models.progress`; each holds
the value that the engine gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from models.costs import CATEGORIES, LATE_CHANGE_MONTHS
from models.draws import HIGHEST_RHO
from models.programme import EFFECTS
from models.progress import FORCED_MONTHS, HIGHEST_EFFECT, HIGHEST_MATURITY
from models.watching import Watch
from reports.wording import wording
from reports.workbook.inputs import Places
from reports.workbook.sheet import Book, Formula, Page, reference, span

if TYPE_CHECKING:
    from models.point_case import PointCase, PointDelivery, PointStrategy
    from models.programme import Programme

CASES, MODEL, PROGRAMME = "Cases", "Model", "Programme"
_COLUMNS = (
    *("strategy", "delivered", "month", "discount", "load", "since", "use", "hit", "planned"),
    *("forced_since", "forced_months"),
    *(f"M_{key}" for key in EFFECTS),
    *(f"E_{key}" for key in EFFECTS),
    *CATEGORIES,
    "total",
)
AT = {name: column for column, name in enumerate(_COLUMNS)}
_TITLES = {
    "strategy": "Strategy",
    "delivered": "Delivery",
    "month": "Month k",
    "discount": "Discount factor",
    "load": "Load on today's capacity",
    "since": "Months of planned delivery",
    "use": "Use of capacity under the plan alone",
    "hit": "k if that reaches the trigger, else T + 1",
    "planned": "Months of planned delivery, if the plan is not cancelled",
    "forced_since": "Months since the forced programme began (-1: none)",
    "forced_months": "Months of forced delivery",
    **{f"M_{key}": f"Delivered maturity M_{key}" for key in EFFECTS},
    **{f"E_{key}": f"Effect e_{key}" for key in EFFECTS},
    "total": "All costs",
}
_CASE_COLUMNS = (
    "Strategy",
    "Delivery",
    "Start month d",
    "Share of effects",
    "Probability",
    "Trigger month",
    "Absorbed",
)
START, SHARE, CHANCE, TRIGGER, ABSORBED, FIRST_COST = 2, 3, 4, 5, 6, 7
_TOTAL = FIRST_COST + len(CATEGORIES)
_HEADER_ROW = 3


@dataclass(frozen=True, slots=True)
class Block:
    """One case on the sheets: its row on Cases, and its first and last row on Model, from 0."""

    strategy: str
    row: int
    first: int
    last: int

    def at(self, column: int) -> str:
        """Return the address of a cell of the case."""
        return reference(self.row, column, CASES)

    def column(self, name: str) -> str:
        """Return the address of a whole column of the case on the sheet Model."""
        return span(self.first, self.last, AT[name], MODEL)


@dataclass(frozen=True, slots=True)
class Written:
    """Where the case stands: a block for each strategy and delivery, full before short."""

    blocks: tuple[Block, ...]

    def of(self, strategy: str) -> tuple[Block, Block]:
        """Return the full and the short delivery of a strategy."""
        full, short = (block for block in self.blocks if block.strategy == strategy)
        return full, short

    def total(self, strategy: str) -> str:
        """Return the formula of a strategy's present-value cost, weighed over both deliveries."""
        return "+".join(f"{block.at(CHANCE)}*{block.at(_TOTAL)}" for block in self.of(strategy))

    def month(self, strategy: str, month: int) -> str:
        """Return the formula of a strategy's present-value cost in one month, from 1."""
        cells = (
            (block.at(CHANCE), reference(block.first + month - 1, AT["total"], MODEL)) for block in self.of(strategy)
        )
        return "+".join(f"{chance}*{cell}" for chance, cell in cells)


def write_model(
    book: Book, case: PointCase, programme: Programme, places: Places, watch: Watch | None = None
) -> Written:
    """Write the three sheets and return where the case stands."""
    watch = watch or Watch()
    listed = [(plan, found) for plan in case.strategies.values() for found in plan.deliveries]
    blocks = tuple(
        Block(plan.name, _HEADER_ROW + 1 + number, 1 + number * case.months, (number + 1) * case.months)
        for number, (plan, _) in enumerate(listed)
    )
    cases = _cases(book, case, list(zip(blocks, listed, strict=True)), places)
    curves = _programme(book, programme)
    page = book.sheet(MODEL, (11, 9, 8, *[14] * (len(_COLUMNS) - 3)))
    page.freeze(page.header(*({**_TITLES, **wording().categories}[name] for name in _COLUMNS)) + 1, 3)
    for number, (block, (plan, found)) in enumerate(zip(blocks, listed, strict=True)):
        watch.step(number / len(blocks))
        _months(page, _Row(block, places, curves), plan, found, case)
    cases.freeze(_HEADER_ROW + 1, 2)
    return Written(blocks)


def _cases(
    book: Book, case: PointCase, listed: list[tuple[Block, tuple[PointStrategy, PointDelivery]]], places: Places
) -> Page:
    page = book.sheet(CASES, (14, 10, 14, 14, 14, 14, 12, *[16] * (len(CATEGORIES) + 1)))
    page.line("Strategies, each with a full and with a short delivery", look="title")
    page.note(
        "Costs are present values over the horizon. A cost is weighed by the probability of its delivery. A trigger "
        f"month of {case.months + 1} means never; absorbed means that the plan was at work when the trigger came."
    )
    page.gap()
    page.header(*_CASE_COLUMNS, *(wording().categories[name] for name in CATEGORIES), "All costs")
    for block, (plan, found) in listed:
        row = page.line(wording().strategies[plan.name], "short" if found.short else "full")
        _put_start(page, row, plan, places)
        page.put(row, SHARE, Formula(places["uf"], case.figures["uf"]) if found.short else 1.0)
        chance = places["q"] if found.short else f"1-{places['q']}"
        page.put(row, CHANCE, Formula(chance, found.probability))
        page.put(row, TRIGGER, Formula(f"MIN({block.column('hit')})", float(found.trigger)))
        page.put(row, ABSORBED, Formula(_absorbed(row, case.months, places), float(_is_absorbed(plan, found, case))))
        for place, name in enumerate(CATEGORIES):
            cost = float(found.costs[name].sum())
            page.put(row, FIRST_COST + place, Formula(f"SUM({block.column(name)})", cost))
        costs = f"{reference(row, FIRST_COST)}:{reference(row, _TOTAL - 1)}"
        page.put(row, _TOTAL, Formula(f"SUM({costs})", found.total))
    return page


def _put_start(page: Page, row: int, plan: PointStrategy, places: Places) -> None:
    if plan.start is None:
        page.put(row, START, "none")
    else:
        page.put(row, START, Formula(places.delay, float(plan.start)) if plan.name == "delayed" else float(plan.start))


def _absorbed(row: int, months: int, places: Places) -> str:
    start, trigger = reference(row, START), reference(row, TRIGGER)
    under_way = f"{trigger}<={months},{trigger}>{start},{trigger}-{start}<={places['S_late']}+{places['lead']}"
    return f"IF(ISNUMBER({start}),IF(AND({under_way}),1,0),0)"


def _is_absorbed(plan: PointStrategy, found: PointDelivery, case: PointCase) -> bool:
    if plan.start is None or found.trigger > case.months:
        return False
    return 0 < found.trigger - plan.start <= case.length + _whole(case, "lead")


def _whole(case: PointCase, symbol: str) -> int:
    return round(case.figures[symbol])


def _programme(book: Book, programme: Programme) -> dict[str, str]:
    """Write what the plan delivers by month, and return the address of each effect's column."""
    page = book.sheet(PROGRAMME, (12, *[14] * len(EFFECTS)))
    page.freeze(page.header("Months after the start", *(f"M_{key}" for key in EFFECTS)) + 1)
    size = max(programme.maturity[key].size for key in EFFECTS)
    for month in range(size):
        curves = (programme.maturity[key] for key in EFFECTS)
        page.line(float(month), *(_clipped(float(curve[min(month, curve.size - 1)])) for curve in curves))
    return {key: span(1, size, 1 + place, PROGRAMME) for place, key in enumerate(EFFECTS)}


def _clipped(value: float) -> float:
    return min(max(value, 0.0), HIGHEST_MATURITY)


@dataclass(frozen=True)
class _Row:
    """The formulas of one case; ``row`` of a method counts from 0 on the sheet Model."""

    block: Block
    places: Places
    curves: dict[str, str]

    def formulas(self, row: int) -> dict[str, str]:
        """Return the formula of every column but the first three."""
        p, c = self.places, partial(self._cell, row)
        start, share = self.block.at(START), self.block.at(SHARE)
        tau, absorbed = self.block.at(TRIGGER), self.block.at(ABSORBED)
        horizon = self.block.last - self.block.first + 1
        relief = f"MIN({HIGHEST_EFFECT},{p['e_a']}*{share}*{self._curve('a', c('since'))})"
        return {
            "discount": f"(1+{p['r']})^(-{c('month')}/12)",
            "load": f"{p['rho_0']}*(1+{p['g']})^{c('month')}",
            "since": f"IF(ISNUMBER({start}),MAX(0,{c('month')}-{start}-{p['lead']}),0)",
            "use": f"{c('load')}*(1-{relief})",
            "hit": f"IF({c('use')}>={p['rho_trig']},{c('month')},{horizon + 1})",
            "planned": f"IF(ISNUMBER({start}),IF({tau}>{start},{c('since')},0),0)",
            "forced_since": f"IF({absorbed}=1,-1,MAX(-1,{c('month')}-{tau}))",
            "forced_months": f"MAX(0,{c('forced_since')}-{p['lead']})",
            **{f"M_{key}": self._maturity(key, c("planned"), c("forced_months")) for key in EFFECTS},
            **{f"E_{key}": f"MIN({HIGHEST_EFFECT},{p[f'e_{key}']}*{share}*{c(f'M_{key}')})" for key in EFFECTS},
            **self._costs(row),
            "total": f"SUM({c(CATEGORIES[0])}:{c(CATEGORIES[-1])})",
        }

    def _costs(self, row: int) -> dict[str, str]:
        p, c = self.places, partial(self._cell, row)
        start, tau, month, discount = self.block.at(START), self.block.at(TRIGGER), c("month"), c("discount")
        kept = f"IF(ISNUMBER({start}),IF(AND({tau}>{start},{month}>{start}),1,0),0)"
        payroll = f"{p['E']}*{p['wage']}/12"
        delivered = f"{p['c_d']}/12" if "c_d" in p.used else payroll
        validated = f"{p['A0']}/12*(1+{p['g_c']})^{month}" + (f"+{p['c_p']}/12" if "c_p" in p.used else "")
        use = f"MIN({c('load')}*(1-{c('E_a')}),{HIGHEST_RHO})-MIN({p['rho_0']},{HIGHEST_RHO})"
        rate = f"{p['lambda0']}/12*EXP({p['beta']}*({use}))*(1-{c('E_f')})"
        each = f"(1-{c('E_r')})*{p['H_median']}*EXP({p['H_sigma']}^2/2)*{p['c_h']}*{p['s']}+{p['c_resp']}"
        growth = f"EXP({p['eps']}*{month}*LN(1+{p['g']})*(1-{c('E_a')}))-1"
        debt = f"{p['u_0']}*{p['u_max']}/({p['u_0']}+({p['u_max']}-{p['u_0']})*EXP(-{p['i']}*{month}))"
        late = f"(1+({p['mu']}-1)*MIN(1,{tau}/{LATE_CHANGE_MONTHS:g}))"
        since = c("forced_since")
        spent = f"IF({month}-N({start})<={p['S_paid']},{p['K']}/{p['S']},0)"
        learnt = f"IF({month}-N({start})<={p['J']},{p['j']}*{payroll},0)"
        return {
            "incidents": f"{rate}*({each})*{discount}",
            "infrastructure": f"{p['I0']}/12*(1+{p['g']})^{month}*({growth}+{p['w']}*(1-{c('E_w')}))*{discount}",
            "delivery": f"{delivered}*IF({p['u_0']}=0,0,{debt})*(1-{c('E_v')})*{discount}",
            "compliance": f"({validated})*(1-{c('E_c')})*{discount}",
            "forced": f"IF(AND({since}>=0,{since}<{FORCED_MONTHS}),{p['K']}*{p['kappa_R']}*{late}/{FORCED_MONTHS},0)"
            f"*{discount}",
            "programme": f"({kept}*({spent}+{learnt})+IF(OR({kept}=1,{since}>=0),{p['O']},0))*{discount}",
        }

    def _cell(self, row: int, name: str) -> str:
        return reference(row, AT[name]).replace("$", "")

    def _curve(self, key: str, months: str) -> str:
        curve = self.curves[key]
        return f"INDEX({curve},MIN({months},ROWS({curve})-1)+1)"

    def _maturity(self, key: str, planned: str, forced: str) -> str:
        second = f"{self.places['eta_R']}*{self._curve(key, forced)}"
        return f"MAX({self._curve(key, planned)},MIN({HIGHEST_MATURITY},{second}))"


def _months(page: Page, made: _Row, plan: PointStrategy, found: PointDelivery, case: PointCase) -> None:
    values = dict(_values(plan, found, case))
    for month in range(1, case.months + 1):
        row = made.block.first + month - 1
        page.put(row, 0, wording().strategies[plan.name])
        page.put(row, 1, "short" if found.short else "full")
        page.put(row, 2, float(month))
        for name, text in made.formulas(row).items():
            page.put(row, AT[name], Formula(text, float(values[name][month - 1])))


def _values(plan: PointStrategy, found: PointDelivery, case: PointCase) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what the engine gives for each column, shape (T,)."""
    month, lead, never = np.arange(1, case.months + 1), _whole(case, "lead"), np.zeros(case.months)
    since = never if plan.start is None else np.maximum(0, month - plan.start - lead)
    cancelled = plan.start is None or found.trigger <= plan.start
    begun = np.maximum(-1, month - found.trigger)
    forced = np.full(case.months, -1) if _is_absorbed(plan, found, case) else begun
    yield "discount", found.discount
    yield "load", found.load
    yield "since", since
    yield "use", found.planned_use
    yield "hit", np.where(found.planned_use >= case.figures["rho_trig"], month, case.months + 1)
    yield "planned", never if cancelled else since
    yield "forced_since", forced
    yield "forced_months", np.maximum(0, forced - lead)
    yield from ((f"M_{key}", found.maturity[key]) for key in EFFECTS)
    yield from ((f"E_{key}", found.effects[key]) for key in EFFECTS)
    yield from found.costs.items()
    yield "total", np.sum(list(found.costs.values()), axis=0)
