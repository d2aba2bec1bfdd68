"""docs/report.md says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from assessment.questionnaire import Questionnaire
from assessment.reading import parse_document
from assessment.report_settings import LONGEST_COVER_TEXT, LONGEST_EDIT, ReportSettings
from models.evaluation import Evaluation
from models.initiatives import InitiativeFile
from models.own_initiatives import MOST_OWN, read_own
from reports.board import board_sentences
from reports.contrast import LEAST
from reports.logo import LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS

TEXT = (Path(__file__).parents[2] / "docs" / "report.md").read_text(encoding="utf-8")


def test_every_bound_is_the_programs() -> None:
    """Bytes, pixels, characters, contrast and count."""
    for figure in (
        f"{LARGEST_FILE:,}",
        f"{LONGEST_SIDE:,}",
        f"{MOST_PIXELS:,}",
        f"{LEAST} to 1",
        f"at most {MOST_OWN}",
    ):
        assert figure in TEXT, figure
    for figure in (f"{LONGEST_EDIT} characters", f"{LONGEST_COVER_TEXT} characters"):
        assert figure in TEXT, figure


def test_every_setting_and_every_sentence_has_its_place(evaluation: Evaluation) -> None:
    """What can be set is described, and so is each key of the summary."""
    for field in set(ReportSettings.model_fields) - {"edits", "left_out"}:
        assert f"`{field}`" in TEXT, field
    told = set(re.findall(r"`([a-z]+)(?:\.ID)?`", TEXT[TEXT.index("| key |") : TEXT.index("## Brand")]))
    assert {key.split(".")[0] for key in board_sentences(evaluation.analysed())} == told


def test_the_example_file_is_read(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """What is printed can be brought in as it stands."""
    found = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert found
    (item,) = read_own(parse_document(found[1], "own.yaml"), initiatives, questionnaire, {})
    assert item.id == "move-the-lab"
