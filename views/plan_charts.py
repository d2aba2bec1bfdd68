"""The charts of a plan for this screen: the calendar in one piece, and the targets by quarter."""

from __future__ import annotations

from models.evaluation import Evaluation
from reports.charts.figure import Figure
from reports.charts.gantt import gantt
from reports.charts.reach import reach
from reports.document import Block, FigureBlock, Section, Table
from reports.sections.roadmap import PART
from reports.wording import wording
from views.blocks import chart_width, look

TOP, SEARCH_PLACE = "roadmap", "the-plan-that-a-search-finds"
"""Where the page and its search begin, for a link: a heading's words in small letters, joined by hyphens."""


def plan_charts(evaluation: Evaluation) -> tuple[Figure, ...]:
    """Return the charts of an evaluation's plan, as wide as this screen takes them."""
    width, light, found = chart_width(), look(), evaluation.outlook
    plan, known = evaluation.plan, evaluation.initiatives
    calendar = gantt(evaluation.questionnaire, known, plan, width=width, look=light, dates=found.dates)
    return (calendar, reach(evaluation.questionnaire, found, width=width, look=light)) if found.targets else (calendar,)


def whole_calendar(section: Section) -> list[Block]:
    """Return the blocks of a roadmap, the calendar in one piece and right after what the section opens with.

    The table of the targets by quarter is left to their picture, under which it is folded.
    """
    drawn = [block for block in section.blocks if isinstance(block, FigureBlock)]
    rest = [block for block in section.blocks if not isinstance(block, FigureBlock) and not _of_targets(block)]
    calendar = [block for block in drawn if not block.figure.id.startswith(PART)]
    return [*rest[:1], *calendar, *rest[1:]]


def _of_targets(block: Block) -> bool:
    return isinstance(block, Table) and block.caption == wording().roadmap["reach_caption"]
