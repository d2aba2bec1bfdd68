"""The one page a leader reads: decision, figures with ranges, what binds, what comes first, what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.scores import Score
from reports.analysis_words import measure_first_of, worth_in_summary
from reports.document import Block, Bullets, Callout, Heading, KeyFigure, KeyFigures, Paragraph, Section
from reports.figures_format import (
    DASH,
    format_range,
    format_score,
    money,
    money_range,
    percent,
)
from reports.sections.stage import stage_note
from reports.wording import (
    binding_sentence,
    carried_sentence,
    decision_sentence,
    fill,
    overall_sentence,
    reason_sentence,
    said_at,
    stranded_sentences,
    wording,
)

if TYPE_CHECKING:
    from models.evaluation import Economics, Evaluation
    from models.roadmap import Placement

_FIRST_INITIATIVES = 3
_MISSING_SHOWN = 3


def summary(evaluation: Evaluation) -> Section:
    """Return the summary section."""
    questionnaire, scores = evaluation.questionnaire, evaluation.scores
    blocks: list[Block] = [
        _decision(evaluation),
        KeyFigures((*_score_figures(evaluation), *_money_figures(evaluation.economics))),
        *stage_note(questionnaire, "note"),
        Heading(said_at(questionnaire.stage, "headings")["holds_back"]),
        Paragraph(f"{overall_sentence(questionnaire, scores)} {binding_sentence(questionnaire, scores)}"),
        Paragraph(stranded_sentences(questionnaire, scores)[0]),
        *_first_initiatives(evaluation),
        Heading("What we do not know"),
        Bullets(tuple(unknowns(evaluation))),
    ]
    return Section("summary", "Summary", tuple(blocks), new_page=True)


def _decision(evaluation: Evaluation) -> Callout:
    found = evaluation.economics
    title = wording().decision_titles["none" if found is None else found.decision.choice]
    return Callout(decision_sentence(found, measure_first_of(evaluation)), title=title, kind="decision")


def _score_figures(evaluation: Evaluation) -> list[KeyFigure]:
    overall = evaluation.scores.overall
    found = [KeyFigure("Effective maturity, of 100", _point(overall.effective), _spread(overall.effective))]
    if overall.weakest is not None and overall.effective.shown:
        weakest = evaluation.scores.dimensions[overall.weakest].effective
        short = next(item.short for item in evaluation.questionnaire.dimensions if item.id == overall.weakest)
        found.append(KeyFigure(f"Weakest: {short}", _point(weakest), _spread(weakest)))
    return found


def _point(score: Score) -> str:
    """Return the point, or the range where no point may be shown."""
    return format_score(score) if score.shown else format_range(score)


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


def _first_initiatives(evaluation: Evaluation) -> list[Block]:
    placements = sorted(evaluation.plan.placements, key=lambda item: (item.start_month, item.finish_month))
    if not placements:
        return [Heading("What comes first"), Paragraph(wording().charts["gantt_empty"])]
    items = tuple(_first(evaluation, item) for item in placements[:_FIRST_INITIATIVES])
    return [Heading("What comes first"), Bullets(items, numbered=True)]


def _first(evaluation: Evaluation, item: Placement) -> str:
    title = evaluation.initiatives.by_id[item.initiative].title
    return f"{title} (quarter {item.quarter}). {reason_sentence(evaluation, item)}."


def unknowns(evaluation: Evaluation) -> list[str]:
    """Say what the report does not know, in order of weight."""
    texts, scores = wording().unknowns, evaluation.scores
    open_questions = _open_questions(evaluation)
    found = []
    if open_questions:
        found.append(fill(texts["open_questions"], open=str(open_questions), asked=str(scores.asked)))
    else:
        found.append(fill(wording().findings["all_known"], asked=str(scores.asked)))
    carried = carried_sentence(evaluation)
    if carried:
        found.append(carried)
    claimed = _claimed(evaluation)
    if claimed:
        found.append(fill(texts["claims"], share=percent(claimed)))
    found += _disagreements(evaluation)
    return found + _unknown_money(evaluation)


def _open_questions(evaluation: Evaluation) -> int:
    """Return how many asked questions are unanswered or unknown."""
    answers = evaluation.assessment.answers
    asked = evaluation.questionnaire.asked(evaluation.assessment.mode)
    return sum(question.id not in answers or answers[question.id].unknown for question in asked)


def _claimed(evaluation: Evaluation) -> float:
    """Return the mean share of answered weight that is claimed only, over the dimensions."""
    shares = [found.evidence.get("claimed", 0.0) for found in evaluation.scores.dimensions.values() if found.evidence]
    return sum(shares) / len(shares) if shares else 0.0


def _disagreements(evaluation: Evaluation) -> list[str]:
    found = [item for item in evaluation.scores.diagnosis if item.agreement in ("signals_only", "answers_only")]
    if not found:
        return []
    titles = {item.id: item.title for item in evaluation.questionnaire.wall_factors}
    names = ", ".join(titles[item.factor].lower() for item in found)
    return [fill(wording().unknowns["disagreement"], factors=names)]


def _unknown_money(evaluation: Evaluation) -> list[str]:
    texts, economics = wording().unknowns, evaluation.economics
    if economics is None:
        missing = evaluation.missing[:_MISSING_SHOWN]
        more = len(evaluation.missing) - len(missing)
        tail = f" And {more} more." if more > 0 else ""
        return [fill(texts["no_economics"], missing=" ".join(missing) + tail)]
    figures = economics.inputs.figures.values()
    graded = evaluation.parameters.by_symbol
    assumed = sum(
        figure.origin == "proposed" or (figure.origin == "default" and graded[figure.symbol].grade == "assumption")
        for figure in figures
    )
    currency = economics.curves.currency
    found = [
        fill(texts["assumptions"], count=str(assumed), of=str(len(figures))),
        fill(texts["widest"], evpi=money(economics.decision.evpi, currency)),
    ]
    if evaluation.analysis is not None:
        found.append(worth_in_summary(evaluation.analysis.matters, evaluation.parameters, currency))
    now = economics.curves.strategies["now"].npv
    if economics.other_end_npv is not None and now is not None:
        other, mean = money(economics.other_end_npv, currency), money(now.mean, currency)
        if other != mean:
            found.append(fill(texts["other_end"], other=other, now=mean))
    return found
