"""docs/seed.md: every list of the article has a home, and every home exists."""

from __future__ import annotations

import re
from pathlib import Path

from assessment.questionnaire import Questionnaire
from models.parameters import ParameterFile
from reports.wording import wording
from views.frame import PAGES

SEED = (Path(__file__).parents[1] / "docs" / "seed.md").read_text(encoding="utf-8")
_TABLE = r"^## ([^\n]+) \((\d+)\)\n\n\| item \| home \|\n\| --- \| --- \|\n((?:\|[^\n]+\n)+)"
TABLES = re.findall(_TABLE, SEED, re.MULTILINE)
HOMES = re.findall(r"`([^`]+)`", "".join(rows for _, _, rows in TABLES))


def _things(questionnaire: Questionnaire) -> set[str]:
    groups = (
        questionnaire.context.items,
        questionnaire.signals,
        questionnaire.wall_factors,
        questionnaire.posture,
        questionnaire.lifecycle,
        questionnaire.steps,
    )
    return {item.id for group in groups for item in group}


def test_every_list_has_as_many_rows_as_the_article_has_items() -> None:
    """Each heading says how many items its list has, and as many rows follow."""
    assert len(TABLES) == 17
    for title, count, rows in TABLES:
        assert len(rows.splitlines()) == int(count), title


def test_every_home_exists(questionnaire: Questionnaire, parameters: ParameterFile) -> None:
    """Each id is one of the questionnaire, of the economic model, or of a page."""
    known = _things(questionnaire) | set(questionnaire.by_id)
    known |= {f"symbol:{symbol}" for symbol in parameters.by_symbol}
    known |= {f"cost:{name}" for name in wording().categories}
    known |= {f"page:{name}" for name in PAGES}
    assert [home for home in HOMES if home not in known] == []


def test_nothing_that_the_article_names_is_left_without_a_row(questionnaire: Questionnaire) -> None:
    """Every context item, signal, factor, row, arc and step is named, and every question has a place in the idea."""
    in_steps = {step.id for step in questionnaire.steps}
    assert sorted(_things(questionnaire) - set(HOMES)) == []
    assert sorted(set(questionnaire.by_id) - set(HOMES)) == []
    assert in_steps <= set(HOMES)
