"""The two pages that a board reads: decision, why, what waiting costs; then the first 90 days and what is unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.scores import Score
from reports.board import FIRST, MOST_FIRST, UNKNOWN, Sentence, board_sentences, draft_sentence, first_placements
from reports.charts.timing import timing_curve
from reports.document import (
    Block,
    Bullets,
    Callout,
    Column,
    FigureBlock,
    Heading,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from reports.figures_format import (
    DASH,
    format_range,
    money,
    money_range,
    percent,
    point_or_range,
)
from reports.sections.stage import stage_note
from reports.sections.unknowns import unknowns
from reports.wording import said_at, wording

if TYPE_CHECKING:
    from models.evaluation import Economics, Evaluation

__all__ = ["summary", "unknowns"]

_LOW = 205


def summary(evaluation: Evaluation) -> Section:
    """Return the summary: two pages where something is planned, else one, and nothing else on them."""
    said, questionnaire = board_sentences(evaluation), evaluation.questionnaire
    blocks: list[Block] = [
        _decision(evaluation, said["decision"]),
        KeyFigures((*_score_figures(evaluation), *_money_figures(evaluation.economics))),
        *_draft(evaluation),
        *stage_note(questionnaire, "note"),
        Heading(said_at(questionnaire.stage, "headings")["holds_back"]),
        Paragraph(_joined(said, "overall", "binding")),
        Paragraph(said["stranded"].shown),
        Heading(wording().board["waiting"]),
        Paragraph(_joined(said, "waiting", "delay")),
        *_picture(evaluation),
        *([PageBreak()] if evaluation.plan.placements else []),  # with nothing planned one page holds all of it
        Heading(wording().board["first"]),
        Paragraph(said["first"].shown),
        *_first(evaluation, said),
        Heading(wording().board["unknown"]),
        Bullets(tuple(item.shown for key, item in said.items() if key.startswith(UNKNOWN))),
    ]
    return Section("summary", "Summary", tuple(blocks), front=True)


def _joined(said: dict[str, Sentence], *keys: str) -> str:
    return " ".join(said[key].shown for key in keys if key in said)


def _decision(evaluation: Evaluation, said: Sentence) -> Callout:
    found = evaluation.economics
    title = wording().decision_titles["none" if found is None else found.decision.choice]
    return Callout(said.shown, title=title, kind="decision")


def _draft(evaluation: Evaluation) -> list[Block]:
    sentence = draft_sentence(evaluation)
    return [Callout(sentence, kind="warning")] if sentence else []


def _picture(evaluation: Evaluation) -> list[Block]:
    """Return the worth of each start month, low enough for a page of Letter; nothing where it is not known."""
    found, analysis = evaluation.economics, evaluation.analysis
    if found is None or analysis is None:
        return []
    drawn = timing_curve(analysis.timing, found.curves, height=_LOW, look="print")
    return [FigureBlock(replace(drawn, id=f"summary-{drawn.id}", note=wording().board["picture"]))]


def _score_figures(evaluation: Evaluation) -> list[KeyFigure]:
    overall = evaluation.scores.overall
    found = [KeyFigure("Effective maturity, of 100", point_or_range(overall.effective), _spread(overall.effective))]
    if overall.weakest is not None and overall.effective.shown:
        weakest = evaluation.scores.dimensions[overall.weakest].effective
        short = next(item.short for item in evaluation.questionnaire.dimensions if item.id == overall.weakest)
        found.append(KeyFigure(f"Weakest: {short}", point_or_range(weakest), _spread(weakest)))
    return found


def _spread(score: Score) -> str:
    if not score.exists:
        return "nothing applies"
    if not score.shown:
        return "range only: too few answers"
    return f"range {format_range(score)}" if score.low != score.high else "no open answer changes it"


def _money_figures(economics: Economics | None) -> list[KeyFigure]:
    if economics is None:
        return [KeyFigure("Worth of starting now", DASH, "figures are missing")]
    now = economics.curves.strategies["now"]
    if now.npv is None:
        return []
    currency = economics.curves.currency
    spread = money_range(now.npv.p5, now.npv.p95, currency).removeprefix(f"{currency} ")
    cost = money_range(economics.programme_cost.low, economics.programme_cost.high, currency)
    return [
        KeyFigure(f"Worth of starting now, {currency}", _amount(now.npv.mean, currency), f"{spread}, 9 cases of 10"),
        KeyFigure("Pays for itself", percent(now.probability_positive), "of simulated futures"),
        KeyFigure(
            f"Programme, {currency}",
            _amount(economics.decision.mean_cost, currency),
            f"range {cost.removeprefix(currency + ' ')}",
        ),
    ]


def _amount(value: float, currency: str) -> str:
    return money(value, currency).removeprefix(f"{currency} ")


def _first(evaluation: Evaluation, said: dict[str, Sentence]) -> list[Block]:
    """Return what starts within the first three months, with the work of its first week."""
    placed = first_placements(evaluation)[:MOST_FIRST]
    if not placed:
        return []
    known = evaluation.initiatives.by_id
    rows = tuple(
        (
            known[item.initiative].title,
            f"Month {item.start_month}",
            known[item.initiative].first_week,
            said[FIRST + item.initiative].shown,
        )
        for item in placed
    )
    columns = (Column("Work", 1.5), Column("Starts", 0.7), Column("In its first week", 2.6), Column("Why now", 1.8))
    return [Table(wording().board["first_table"], columns, rows)]
