"""The outlook of a plan in words and as JSON: by when it is finished, and how likely the targets are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.plan import MONTHS_PER_QUARTER
from reports.figures_format import percent, rounded
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.outlook import FinishDate, Outlook
    from models.plan import Placement


def finish_sentence(evaluation: Evaluation) -> str:
    """Say by when the whole plan is finished with one and with four chances in five; empty for an empty plan."""
    whole = evaluation.outlook.whole
    if whole is None:
        return ""
    texts = wording().roadmap
    return fill(texts["finish"], planned=str(whole.planned), even=str(whole.p50), sure=str(whole.p80))


def reach_lines(evaluation: Evaluation) -> list[str]:
    """Return one line for each dimension with a target: the target, and how likely it is reached by the planned end."""
    found, texts = evaluation.outlook, wording().roadmap
    short = {item.id: item.short for item in evaluation.questionnaire.dimensions}
    return [
        fill(
            texts["reach_panel"],
            dimension=short[name],
            target=rounded(found.targets[name]),
            chance=percent(chance),
            quarter=str(found.planned_quarter),
        )
        for name, chance in found.chances(found.planned_quarter).items()
    ]


def likely_quarters(date: FinishDate) -> str:
    """Return the quarters by whose end work is finished with chances of 50 % and of 80 %: ``Q3 / Q4``."""
    return " / ".join(f"Q{-(-month // MONTHS_PER_QUARTER)}" for month in (date.p50, date.p80))


def gain_words(placement: Placement) -> str:
    """Return the gain of work in points; where it rounds to nothing, what the work is for."""
    gain = rounded(placement.gain)
    return wording().roadmap[f"gain_{placement.reason}"] if gain == rounded(0.0) else gain


def outlook_data(found: Outlook) -> dict[str, Any]:
    """Return the outlook with stable keys: months of finish, targets, and the range and probability by quarter."""
    return {
        "whole": None if found.whole is None else _date(found.whole),
        "finish": {name: _date(date) for name, date in found.dates.items()},
        "targets": dict(found.targets),
        "quarters": [
            {
                "quarter": state.quarter,
                "effective": {
                    name: {"p10": here.p10, "p50": here.p50, "p90": here.p90, "at_target": here.probability}
                    for name, here in state.dimensions.items()
                },
            }
            for state in found.quarters
        ],
    }


def _date(date: FinishDate) -> dict[str, int]:
    return {"planned_month": date.planned, "p50_month": date.p50, "p80_month": date.p80}
