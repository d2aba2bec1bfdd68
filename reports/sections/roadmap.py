"""The roadmap by quarter, and a short sheet for each initiative on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.charts.figure import Figure
from reports.charts.gantt import gantt, gantt_sentence, parts
from reports.charts.reach import reach, reach_rows
from reports.decision_words import reason_sentence
from reports.document import Block, Column, FigureBlock, Heading, Paragraph, Section, Table, Together
from reports.figures_format import DASH, plain, plain_range, rounded, score_value, short_amount
from reports.outlook import finish_sentence, gain_words, likely_quarters
from reports.planning import in_use_sentence
from reports.wording import fill, wording

if TYPE_CHECKING:
    from assessment.answers import Range
    from models.evaluation import Evaluation
    from models.initiatives import Amount, Initiative
    from models.roadmap import Placement

_KEPT = "\u00a0"
"""A space at which no line ends."""
PART = "roadmap-part-"
"""Begins the id of each further part of the calendar, which a screen draws whole."""


def _in_order(evaluation: Evaluation) -> list[Placement]:
    return sorted(evaluation.plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative))


def roadmap(evaluation: Evaluation) -> Section:
    """Return the outlook, the table of initiatives, where the plan stands after each quarter, and the calendar.

    The calendar comes last and in parts, since a tall picture leaves the page before it half empty.
    """
    plan = evaluation.plan
    lead = Paragraph(_outline(evaluation), tone="lead")
    if awaits_answers(evaluation):
        waiting = sum(reason == "unanswered" for reason in plan.left_out.values())
        said = fill(wording().roadmap["awaits"], count=str(waiting))
        return Section("roadmap", "Roadmap", (Paragraph(said, tone="lead"),))
    if not plan.placements:
        nothing = Paragraph(gantt_sentence(evaluation.initiatives, plan), tone="lead")
        return Section("roadmap", "Roadmap", (nothing, lead, *_left_out(evaluation)))
    opening = (lead, Paragraph(in_use_sentence(evaluation)), *_reached(evaluation))
    order = (Together(opening), _table(evaluation), *_left_out(evaluation))
    blocks = (*order, _quarters(evaluation), *_reach_table(evaluation), *_calendars(evaluation))
    return Section("roadmap", "Roadmap", blocks, new_page=True)


def awaits_answers(evaluation: Evaluation) -> bool:
    """Say whether there is no plan for the one reason that no question which an initiative would raise is answered."""
    plan = evaluation.plan
    reasons = set(plan.left_out.values())
    return not plan.placements and "unanswered" in reasons and reasons <= {"unanswered", "not_asked"}


def _outline(evaluation: Evaluation) -> str:
    capacity, plan = evaluation.plan.capacity, evaluation.plan
    weeks = plain(capacity.person_weeks_per_quarter)
    text = f"Planned for {weeks} person-weeks a quarter and at most {capacity.at_most_at_once} initiatives at once."
    if not plan.placements:
        return text
    effort = f"Effort: likely {_weeks(plan.person_weeks)} person-weeks."
    return f"{text} {effort} {finish_sentence(evaluation)}"


def _weeks(given: Range | Amount) -> str:
    """Return the likely effort with its ends, on one line: ``885 (517 to 1,513)``; one figure where none is open."""
    if given.mode is None or given.low == given.high:
        return plain_range(given.low, given.mode, given.high)
    return f"{plain(given.mode)} ({plain(given.low)} to {plain(given.high)})".replace(" ", _KEPT)


def _calendars(evaluation: Evaluation) -> list[Block]:
    """Return the chart of the plan, in parts when it is too long for one page."""
    questionnaire, initiatives, plan = evaluation.questionnaire, evaluation.initiatives, evaluation.plan
    drawn = parts(questionnaire, initiatives, plan)
    dates = evaluation.outlook.dates
    figures = [gantt(questionnaire, initiatives, plan, look="print", dates=dates, placements=part) for part in drawn]
    return [FigureBlock(_numbered(found, number, len(figures))) for number, found in enumerate(figures, 1)]


def _numbered(figure: Figure, number: int, count: int) -> Figure:
    """Return one part of a calendar under a name of its own; the first says what it shows and how to read it."""
    if number == 1:
        return figure
    title = fill(wording().roadmap["gantt_part"], number=str(number), count=str(count))
    return replace(figure, id=f"{PART}{number}", title=title, alt=f"{title} {figure.alt}", note="")


def _reached(evaluation: Evaluation) -> list[Block]:
    """Return by when the targets are reached, as a picture; a sentence where there is none."""
    found = evaluation.outlook
    if not found.targets:
        return [Paragraph(wording().roadmap["reach_none"], tone="small")]
    return [FigureBlock(reach(evaluation.questionnaire, found, look="print"))]


def _reach_table(evaluation: Evaluation) -> list[Block]:
    """Return the range and the chance behind the picture, by quarter."""
    found = evaluation.outlook
    if not found.targets:
        return []
    names = [item for item in evaluation.questionnaire.dimensions if item.id in found.targets]
    columns = (Column(wording().roadmap["quarter"], 1.0), *(Column(item.short, 1.2, "right") for item in names))
    rows = reach_rows(found, [item.id for item in names])
    return [Table(wording().roadmap["reach_caption"], columns, rows, note=wording().roadmap["reach_read"])]


def _table(evaluation: Evaluation) -> Table:
    columns = (
        Column("Initiative", 2.2),
        Column("Quarters", 0.9),
        Column("50% / 80%", 1.0),
        Column("Person-weeks", 1.4, "right"),
        Column("Gain", 0.9, "right"),
        Column("Why here", 3.1),
    )
    rows = tuple(_row(evaluation, item) for item in _in_order(evaluation))
    note = (
        "50% / 80%: by whose end it is finished with even chances, and with four in five. "
        "Person-weeks: likely, with low and high in brackets, over the whole team. "
        "Gain: rise of overall effective maturity, in points, "
        "when it is finished; where that is nothing by itself, what the work is for. It claims nothing where nobody "
        "knows the answer; the scores by quarter count such an answer at one half."
    )
    return Table("Initiatives in order of start", columns, rows, note=note)


def _row(evaluation: Evaluation, item: Placement) -> tuple[str, ...]:
    found = evaluation.initiatives.by_id[item.initiative]
    first, last = item.quarter, item.finish_quarter
    span = f"Q{first}" if first == last else f"Q{first}{DASH}Q{last}"
    likely = likely_quarters(evaluation.outlook.dates[item.initiative])
    return (found.title, span, likely, _weeks(found.effort), gain_words(item), reason_sentence(evaluation, item))


def _quarters(evaluation: Evaluation) -> Table:
    dimensions = evaluation.questionnaire.dimensions
    columns = (
        Column("End of quarter", 1.1),
        Column("Person-weeks", 1.0, "right"),
        *(Column(item.short, 1.2, "right") for item in dimensions),
    )
    rows = []
    for state in evaluation.plan.quarters:
        cells = (
            f"{score_value(state.effective[item.id])} / {score_value(state.ceiling[item.id])}" for item in dimensions
        )
        rows.append((f"Q{state.quarter}", rounded(state.person_weeks), *cells))
    note = "Effective maturity / ceiling, when what is planned until then is finished; unknown answers at one half."
    return Table("Where the plan stands", columns, tuple(rows), note=note)


def _left_out(evaluation: Evaluation) -> list[Block]:
    known, texts = evaluation.initiatives.by_id, wording().left_out
    grouped: dict[str, list[str]] = {}
    for name, reason in evaluation.plan.left_out.items():
        grouped.setdefault(reason, []).append(known[name].title if name in known else name)
    return [
        Paragraph(f"{'; '.join(names)}.", label=f"{texts.get(reason, reason)}:", tone="small")
        for reason, names in grouped.items()
    ]


def initiative_sheets(evaluation: Evaluation) -> Section:
    """Return one short sheet for each initiative on the roadmap, in order of start."""
    if not evaluation.plan.placements:
        return Section("initiatives", "Initiative sheets", ())
    blocks: list[Block] = [_prices(evaluation)]
    for number, item in enumerate(_in_order(evaluation), 1):
        blocks.append(_sheet(evaluation, number, item))
    return Section("initiatives", "Initiative sheets", tuple(blocks), new_page=True)


def _prices(evaluation: Evaluation) -> Paragraph:
    file = evaluation.initiatives
    prices = f"Prices are US dollars of {file.price_year}, graded {file.cost_grade}. {file.cost_grounds}"
    return Paragraph(prices, tone="small")


def _sheet(evaluation: Evaluation, number: int, item: Placement) -> Together:
    found = evaluation.initiatives.by_id[item.initiative]
    return Together(
        (
            Heading(f"{number}. {found.title}", 3),
            Paragraph(found.summary, tone="quote"),
            Paragraph(_cost(found), label="Takes:", tone="quote"),
            Paragraph(found.first_week, label="First week:", tone="quote"),
            Paragraph(found.done_when, label="Done when:", tone="quote"),
            Paragraph(found.does_not_fix, label="Does not fix:", tone="quote"),
            *_written_by(evaluation, found),
        )
    )


def _written_by(evaluation: Evaluation, found: Initiative) -> tuple[Paragraph, ...]:
    """Say of an initiative that the team wrote or changed it."""
    if found.id not in evaluation.assessment.initiatives:
        return ()
    return (Paragraph(wording().board["own_initiative"], label="Source:", tone="quote"),)


def _cost(found: Initiative) -> str:
    text = f"Likely {_weeks(found.effort)} person-weeks, by at most {plain(found.most_people)} people"
    if found.external_cost.high > 0:
        text += f"; USD {short_amount(found.external_cost.low)} to {short_amount(found.external_cost.high)} once"
    if found.run_cost.high > 0:
        text += f"; USD {short_amount(found.run_cost.low)} to {short_amount(found.run_cost.high)} a month to run"
    return f"{text}."
