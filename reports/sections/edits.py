"""Which sentences of the summary a person wrote, beside what the evaluation says in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.board import board_sentences
from reports.document import Column, Paragraph, Section, Table
from reports.wording import wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation


def edits(evaluation: Evaluation) -> Section:
    """Return the edited sentences; without blocks where there is none."""
    texts = wording().board
    edited = [item for item in board_sentences(evaluation).values() if item.edited]
    if not edited:
        return Section("edits", texts["edits"], ())
    columns = (Column("Stands under", 1.0), Column("As edited", 2.6), Column("As generated", 2.6))
    rows = tuple((item.part, item.shown, item.generated) for item in edited)
    return Section("edits", texts["edits"], (Paragraph(texts["edits_lead"]), Table(texts["edits"], columns, rows)))
