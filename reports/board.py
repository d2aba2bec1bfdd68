"""The sentences of the board summary by key: what the evaluation says, and what a person made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.decision import NEVER
from models.plan import MONTHS_PER_QUARTER
from reports.analysis_words import delay_sentence, measure_first_of, worth_sentence
from reports.binding_words import binding_sentence, stranded_summary
from reports.decision_words import decision_sentence, reason_sentence
from reports.figures_format import percent
from reports.score_words import overall_sentence
from reports.sections.economics import waiting_sentence
from reports.sections.unknowns import keyed_unknowns
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation
from models.plan import Placement

FIRST = "first."
UNKNOWN = "unknown."
MOST_FIRST = 5
"""Initiatives listed for the first 90 days."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the summary.

    Attributes:
        key: the same for the same kind of sentence in every evaluation.
        part: heading under which it stands.
        generated: what the evaluation says.
        edited: what a person wrote in its place; empty where nobody did.
        by: who wrote it.
        moved: whether the evaluation says something else now than when it was edited.
    """

    key: str
    part: str
    generated: str
    edited: str = ""
    by: str = ""
    moved: bool = False

    @property
    def shown(self) -> str:
        """What every output prints: an edited sentence always with its mark."""
        return f"{self.edited} {self.mark}" if self.edited else self.generated

    @property
    def mark(self) -> str:
        """The mark of an edited sentence; empty for a generated one."""
        if not self.edited:
            return ""
        name = ("edited_by" if self.by else "edited") + ("_moved" if self.moved else "")
        return fill(wording().board[name], by=self.by)


def board_sentences(evaluation: Evaluation) -> dict[str, Sentence]:
    """Return the sentences of the summary by key, in the order in which they stand there."""
    texts, edits = wording().board, evaluation.assessment.report.edits
    made = {
        texts["decision"]: {"decision": decision_sentence(evaluation.economics, measure_first_of(evaluation))},
        texts["why"]: _why(evaluation),
        texts["waiting"]: _waiting(evaluation),
        texts["first"]: _first(evaluation),
        texts["unknown"]: {UNKNOWN + key: text for key, text in _unknown(evaluation).items()},
    }
    found = {}
    for part, generated in made.items():
        for key, text in generated.items():
            edit = edits.get(key)
            found[key] = Sentence(key, part, text)
            if edit is not None:
                one_line = " ".join(edit.text.split())
                found[key] = Sentence(key, part, text, one_line, " ".join(edit.by.split()), edit.of != text)
    return found


def _why(evaluation: Evaluation) -> dict[str, str]:
    questionnaire, scores = evaluation.questionnaire, evaluation.scores
    return {
        "overall": overall_sentence(questionnaire, scores),
        "binding": binding_sentence(questionnaire, scores),
        "stranded": stranded_summary(questionnaire, scores),
    }


def _waiting(evaluation: Evaluation) -> dict[str, str]:
    found, analysis = evaluation.economics, evaluation.analysis
    if found is None:
        return {"waiting": wording().board["waiting_none"]}
    never = found.decision.best == NEVER
    delay = {} if analysis is None or never else {"delay": delay_sentence(analysis.timing, found.curves.currency)}
    return {"waiting": waiting_sentence(found), **delay}


def first_placements(evaluation: Evaluation) -> list[Placement]:
    """Return what starts within the first three months, in order of start."""
    placed = sorted(evaluation.plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative))
    return [item for item in placed if item.start_month <= MONTHS_PER_QUARTER]


def _first(evaluation: Evaluation) -> dict[str, str]:
    placed, texts = first_placements(evaluation), wording().board
    if not placed:
        return {"first": wording().charts["gantt_empty"]}
    lead = fill(texts["first_one" if len(placed) == 1 else "first_lead"], count=str(len(placed)))
    if len(placed) > MOST_FIRST:
        lead += " " + fill(texts["first_more"], shown=str(MOST_FIRST))
    reasons = {FIRST + item.initiative: f"{reason_sentence(evaluation, item)}." for item in placed[:MOST_FIRST]}
    return {"first": lead, **reasons}


def _unknown(evaluation: Evaluation) -> dict[str, str]:
    """Return what is unknown; the figure most worth knowing comes with how to measure it."""
    found, economics = keyed_unknowns(evaluation), evaluation.economics
    if evaluation.analysis is not None and economics is not None:
        worth = worth_sentence(evaluation.analysis.matters, evaluation.parameters, economics.curves.currency)
        found["worth"] = worth
    return found


def draft_sentence(evaluation: Evaluation) -> str:
    """Say that the report is a draft; empty when as much is answered as the team asked for."""
    limit, scores = evaluation.assessment.report.draft_below, evaluation.scores
    known = scores.answered / scores.asked if scores.asked else 0.0
    if known >= limit:
        return ""
    figures = {"answered": str(scores.answered), "asked": str(scores.asked), "limit": percent(limit)}
    return fill(wording().board["draft"], **figures)
