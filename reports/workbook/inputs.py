"""The sheet of figures: each with its range, the value used as a formula, and a cell to type another one into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.cost_curves import quoted
from models.distributions import NORMAL_95, Fixed, Lognormal
from models.inputs import LOAD_TEST
from models.point_case import certain_dates
from reports.wording import wording
from reports.workbook.sheet import Book, Formula, Page, reference

if TYPE_CHECKING:
    from models.evaluation import Economics, Evaluation
    from models.inputs import Figure
    from models.parameters import Parameter
    from models.point_case import PointCase

SHEET = "Inputs"
_HEADER = (
    *("Symbol", "Figure", "Unit", "Low", "Likely", "High", "Form", "Mean", "Your value", "Value used"),
    *("Origin", "Grade", "Source", "Does not show"),
)
_WIDTHS = (9, 42, 24, 13, 13, 13, 11, 14, 14, 14, 14, 12, 50, 50)
LOW, LIKELY, HIGH, FORM, MEAN, OWN, USED = 3, 4, 5, 6, 7, 8, 9


@dataclass(frozen=True, slots=True)
class Places:
    """Where the value used of each symbol stands, by symbol; ``delay`` is the start month of the delayed strategy."""

    used: dict[str, str]
    delay: str

    def __getitem__(self, symbol: str) -> str:
        """Return the address of the value used."""
        return self.used[symbol]


def write_inputs(book: Book, evaluation: Evaluation, economics: Economics, case: PointCase) -> Places:
    """Write the sheet and return where the values stand."""
    page = book.sheet(SHEET, _WIDTHS)
    page.line("Figures of the economic model", look="title")
    page.note(
        "Type another value into a cell of the column Your value, or change a low, likely or high figure: everything "
        f"on the sheets Model, Cases and Curves follows. Money is in {economics.inputs.currency}, at constant prices."
    )
    page.gap()
    page.freeze(page.header(*_HEADER) + 1, 2)
    used = {symbol: _row(page, evaluation, figure, case) for symbol, figure in economics.inputs.figures.items()}
    if "rho_0" not in used:
        product = f"{used[LOAD_TEST[0]]}*{used[LOAD_TEST[1]]}/{used[LOAD_TEST[2]]}"
        used["rho_0"] = _derived(page, "rho_0", "Use of capacity today: demand x surge / capacity", product, case)
    highest = f"MAX({used['u_max']},{used['u_0']})"
    used["u_max"] = _derived(page, "u_max", "Highest share lost to debt, never below today's", highest, case)
    _length(page, economics, case, used)
    page.gap()
    page.line("delay", "Start month of the strategy delayed", "months")
    page.put(page.row - 1, USED, float(economics.inputs.delay_months), "input")
    delay = reference(page.row - 1, USED, SHEET)
    page.line("T", "Months of the model; rows of the sheet Model, which do not grow", "months")
    page.put(page.row - 1, USED, float(case.months))
    return Places(used, delay)


def _length(page: Page, economics: Economics, case: PointCase, used: dict[str, str]) -> None:
    """Write how long the programme takes when its work does, and over how many months K is paid."""
    programme, planned = economics.programme, economics.inputs.mean("S")
    certain = certain_dates(programme, economics.inputs)
    taken = f"MAX(1,ROUND({used['S']}*{certain.months / programme.months!r},0))"
    months = float(case.length)
    for symbol, title, formula, value in (
        ("S_late", "Months that the programme takes at the mean time of its work", taken, months),
        (
            "S_paid",
            "Months in which K / S is paid: those, or the planned ones where K is your own figure",
            used["S"] if quoted(economics.inputs) else taken,
            planned if quoted(economics.inputs) else months,
        ),
    ):
        row = page.line(symbol, title)
        page.put(row, USED, Formula(formula, value))
        page.put(row, USED + 1, "calculated")
        used[symbol] = reference(row, USED, SHEET)


def _row(page: Page, evaluation: Evaluation, figure: Figure, case: PointCase) -> str:
    parameter = evaluation.parameters.by_symbol[figure.symbol]
    row = page.line(figure.symbol, parameter.title, _unit(evaluation, parameter))
    likely = getattr(figure.distribution, "mode", None)
    for column, value in ((LOW, figure.low), (LIKELY, likely), (HIGH, figure.high)):
        page.put(row, column, value, "input")
    page.put(row, FORM, _form(figure))
    low, mode, high, form = (reference(row, column) for column in (LOW, LIKELY, HIGH, FORM))
    width = f"(LN({high}/{low})/{2.0 * NORMAL_95!r})"
    lognormal = f"SQRT({low})*SQRT({high})*EXP({width}^2/2)"
    mean = f'IF({low}={high},{low},IF({form}="lognormal",{lognormal},({low}+4*{mode}+{high})/6))'
    page.put(row, MEAN, Formula(mean, figure.distribution.mean))
    page.put(row, OWN, None, "input")
    chosen = f"IF(ISNUMBER({reference(row, OWN)}),{reference(row, OWN)},{reference(row, MEAN)})"
    shown = figure.distribution.mean if figure.symbol == "u_max" else case.figures[figure.symbol]
    page.put(row, USED, Formula(f"ROUND({chosen},0)" if parameter.whole else chosen, shown))
    page.put(row, USED + 1, wording().origins[figure.origin])
    page.put(row, USED + 2, parameter.grade if figure.origin == "default" else "")
    page.put(row, USED + 3, _source(figure, parameter))
    page.put(row, USED + 4, parameter.does_not_show)
    return reference(row, USED, SHEET)


def _derived(page: Page, symbol: str, title: str, formula: str, case: PointCase) -> str:
    row = page.line(symbol, title)
    page.put(row, USED, Formula(formula, case.figures[symbol]))
    page.put(row, USED + 1, "calculated")
    return reference(row, USED, SHEET)


def _form(figure: Figure) -> str:
    if isinstance(figure.distribution, Fixed):
        return "fixed"
    return "lognormal" if isinstance(figure.distribution, Lognormal) else "PERT"


def _unit(evaluation: Evaluation, parameter: Parameter) -> str:
    currency = evaluation.assessment.economics.currency
    return parameter.unit_in(currency)


def _source(figure: Figure, parameter: Parameter) -> str:
    if figure.origin != "default":
        return figure.source
    cited = "; ".join(f"{source.title}, {source.section} ({source.year})" for source in parameter.source)
    return f"{cited}. {parameter.grounds}" if cited else parameter.grounds
