"""The roadmap in the report: the calendar by step, the outlook, and the plan that the team uses."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from assessment.answers import Assessment, Capacity
from examples import EXAMPLE
from models.evaluation import Evaluation
from models.outlook import FinishDate
from models.plan import Reason
from reports.as_json import plan_data
from reports.charts.gantt import _TALLEST, gantt, parts
from reports.charts.reach import reach, reach_rows, reach_sentence
from reports.decision_words import reason_sentence
from reports.document import FigureBlock, Paragraph, Section, Table, Together
from reports.figures_format import plain, rounded
from reports.outlook import finish_sentence, gain_words, likely_quarters, outlook_data, reach_lines
from reports.planning import in_use_sentence
from reports.sections.roadmap import PART, roadmap
from reports.wording import wording
from tests.models.test_kept_plan import BASE, FOUND, USED
from tests.models.test_kept_plan import _evaluated as evaluated
from tests.reports.conftest import Bench
from tests.reports.drawn import Drawing
from tests.test_cli import printed, sixstep

LONG = "A title as long as anybody would ever write it, with words enough to fill three lines of a telephone"


def _data(chart: Any) -> list[dict[str, Any]]:
    """Return every row of data in a specification."""
    found: list[dict[str, Any]] = []
    stack = [chart]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            found += [node] if "at" in node else []
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    return found


def _titled(evaluation: Evaluation, title: str) -> Evaluation:
    items = tuple(item.model_copy(update={"title": title}) for item in evaluation.initiatives.initiatives)
    return replace(
        evaluation,
        initiatives=type(evaluation.initiatives)(
            **{
                **{name: getattr(evaluation.initiatives, name) for name in type(evaluation.initiatives).model_fields},
                "initiatives": items,
            }
        ),
    )


def test_no_label_of_the_calendar_is_cut_on_a_telephone(evaluation: Evaluation) -> None:
    """A long title is broken into lines that fit, above its bar, and none of its words is lost."""
    named = _titled(evaluation, LONG)
    drawn = Drawing.of(gantt(named.questionnaire, named.initiatives, named.plan, width=360), 326, "light")
    assert (drawn.outside(), drawn.overlapping(), drawn.unreadable(4.5)) == ([], [], [])
    assert " ".join(text.text for text in drawn.texts).count("telephone") == len(named.plan.placements)


def test_the_calendar_stands_in_the_order_of_the_steps(evaluation: Evaluation) -> None:
    """Each step once, its work under it by start."""
    figure = gantt(evaluation.questionnaire, evaluation.initiatives, evaluation.plan)
    steps = [row[1] for row in figure.rows]
    assert steps == sorted(steps)
    for step in set(steps):
        starts = [int(row[2][1:]) for row in figure.rows if row[1] == step]
        assert starts == sorted(starts)


def test_a_bar_ends_with_even_chances_and_its_line_with_four_in_five(evaluation: Evaluation) -> None:
    """The drawn months are those of the outlook; without one both are the planned month."""
    dates = evaluation.outlook.dates
    spec = gantt(evaluation.questionnaire, evaluation.initiatives, evaluation.plan, dates=dates).spec
    drawn = {(row["p50"], row["p80"]) for row in _data(spec) if "p80" in row}
    assert drawn == {(date.p50, date.p80) for date in dates.values()}
    plain = gantt(evaluation.questionnaire, evaluation.initiatives, evaluation.plan).spec
    assert all(row["p50"] == row["p80"] for row in _data(plain) if "p80" in row)


def _many(evaluation: Evaluation, count: int) -> Evaluation:
    placed = evaluation.plan.placements
    items = evaluation.initiatives.initiatives
    names = [item.id for item in items][:count]
    made = tuple(replace(placed[0], initiative=name) for name in names)
    return replace(evaluation, plan=replace(evaluation.plan, placements=made))


def test_a_long_calendar_is_split_evenly(evaluation: Evaluation) -> None:
    """As few parts as pages need, no part much smaller than another, and nothing lost or told twice."""
    many = _titled(_many(evaluation, 40), LONG)
    found = parts(many.questionnaire, many.initiatives, many.plan)
    assert len(found) >= 2
    assert sorted(item.initiative for part in found for item in part) == sorted(
        item.initiative for item in many.plan.placements
    )
    sizes = [len(part) for part in found]
    assert max(sizes) - min(sizes) <= 3
    assert _TALLEST > 0


def test_a_part_of_the_calendar_has_a_name_of_its_own(evaluation: Evaluation) -> None:
    """A screen that draws the whole can leave the parts out, and a reader is told which part it is."""
    many = _titled(_many(evaluation, 40), LONG)
    figures = [block.figure for block in _flat(roadmap(many)) if isinstance(block, FigureBlock)]
    calendars = [figure for figure in figures if figure.id == "roadmap" or figure.id.startswith(PART)]
    assert [figure.id for figure in calendars] == ["roadmap", *(f"{PART}{n}" for n in range(2, len(calendars) + 1))]
    assert calendars[1].title == f"Part 2 of {len(calendars)} of the calendar."


def _flat(section: Section) -> list[Any]:
    return [inner for block in section.blocks for inner in (block.blocks if isinstance(block, Together) else (block,))]


def test_targets_and_all_work_are_told_apart(evaluation: Evaluation) -> None:
    """Targets met before all work is done say what follows; targets met last say nothing of the rest."""
    found, questionnaire = evaluation.outlook, evaluation.questionnaire
    sure = {name: replace(found.quarters[0].dimensions[name], probability=1.0) for name in found.targets}
    early = replace(found, quarters=tuple(replace(state, dimensions=sure) for state in found.quarters))
    title = reach_sentence(questionnaire, early)
    assert early.whole is not None
    assert title.startswith(
        "Targets: with four chances in five every dimension stands at its target from the end of Q1 on"
    )
    assert f"all work is finished by month {early.whole.p80}" in title
    at_once = replace(early, whole=replace(early.whole, p80=3))
    assert "rest of the work" not in reach_sentence(questionnaire, at_once)


def test_work_without_a_gain_says_what_it_is_for(evaluation: Evaluation) -> None:
    """No row holds 0.0: what raises nothing by itself prepares or lifts, and a rise too small to show is below 0.1."""
    item = evaluation.plan.placements[0]
    said = {
        "prepares": "prepares",
        "prepares_a_lift": "prepares",
        "lifts_binding_constraint": "lifts",
        "raises_effective": "below 0.1",
        "raises_with": "later",
        "raises_nothing": "none",
    }
    for reason in get_args(Reason):
        assert gain_words(replace(item, reason=reason, gain=0.0)) == said[reason]
        assert gain_words(replace(item, reason=reason, gain=0.049)) == said[reason]
        assert gain_words(replace(item, reason=reason, gain=0.05)) == "0.1"
    table = next(block for block in _flat(roadmap(evaluation)) if isinstance(block, Table))
    gains = [row[4] for row in table.rows]
    assert "prepares" in gains
    assert "0.0" not in gains


def test_why_here_says_what_the_gain_beside_it_does_not(evaluation: Evaluation) -> None:
    """What a gain is for its work, and what builds on it; no row prepares what the same page lists as left out."""
    known = evaluation.initiatives.by_id
    table = next(block for block in _flat(roadmap(evaluation)) if isinstance(block, Table))
    assert not [row for row in table.rows if row[5] == f"Raises effective maturity by {row[4]} points"]
    raised = next(item for item in evaluation.plan.placements if item.reason == "raises_effective" and item.serves)
    said = reason_sentence(evaluation, raised)
    rate = 10 * raised.gain / known[raised.initiative].effort.mode
    assert f"by {rounded(rate)} points for every ten person-weeks" in said
    assert said.endswith(f"and prepares \u201c{known[raised.serves or ''].title}\u201d")
    for name in evaluation.plan.left_out:
        assert not [row for row in table.rows if known[name].title in row[5]]


def test_an_effort_is_read_as_one_figure_with_its_ends(evaluation: Evaluation) -> None:
    """Commas part thousands alone, so that three figures are never read as four."""
    table = next(block for block in _flat(roadmap(evaluation)) if isinstance(block, Table))
    assert all(re.fullmatch(r"[\d,.]+(\u00a0\([\d,.]+\u00a0to\u00a0[\d,.]+\))?", row[3]) for row in table.rows)
    lead = next(block for block in _flat(roadmap(evaluation)) if getattr(block, "tone", "") == "lead")
    weeks = evaluation.plan.person_weeks
    ends = f"likely {plain(weeks.mode)} ({plain(weeks.low)} to {plain(weeks.high)}) person-weeks"
    assert ends in lead.text.replace("\u00a0", " ")


def test_what_is_left_out_stands_below_the_plan(evaluation: Evaluation) -> None:
    """Right after the table of what is in it, and not below another table."""
    blocks = roadmap(evaluation).blocks
    place = next(place for place, block in enumerate(blocks) if getattr(block, "label", "").startswith("Left out"))
    assert getattr(blocks[place - 1], "caption", "") == "Initiatives in order of start"


def test_with_nothing_answered_one_line_says_what_the_plan_waits_for(bench: Bench) -> None:
    """No capacity is told of a plan that is not there, and no wall of names."""
    found = bench.blank()
    (only,) = roadmap(found).blocks
    assert isinstance(only, Paragraph)
    waiting = list(found.plan.left_out.values()).count("unanswered")
    assert only.text.startswith("There is no plan yet, since no question")
    assert only.text.endswith(f"wait for answers: {waiting}.")


def test_no_work_is_said_to_prepare_what_nobody_can_name(evaluation: Evaluation) -> None:
    """Work by which no score rises says so in the table, in the calendar and in what it is read by."""
    first, *rest = evaluation.plan.placements
    idle = replace(first, reason="raises_nothing", gain=0.0, serves=None, constraint=None)
    found = replace(evaluation, plan=replace(evaluation.plan, placements=(idle, *rest)))
    assert "prepare" not in reason_sentence(found, idle).lower()
    assert "no effective maturity rises" in reason_sentence(found, idle)
    hollow = "Hollow bar (no rise yet)"
    drawn = gantt(found.questionnaire, found.initiatives, found.plan)
    assert hollow in drawn.note
    assert "no rise yet" in str(drawn.chart.to_dict())
    assert hollow not in gantt(evaluation.questionnaire, evaluation.initiatives, evaluation.plan).note
    together = replace(idle, reason="raises_with", serves=rest[0].initiative)
    assert evaluation.initiatives.by_id[rest[0].initiative].title in reason_sentence(found, together)


def test_the_report_says_by_when_and_how_likely(evaluation: Evaluation) -> None:
    """The dates of the whole plan, a picture of the targets with a table behind it, and the quarters of each piece."""
    blocks = _flat(roadmap(evaluation))
    text = " ".join(block.text for block in blocks if hasattr(block, "text"))
    assert finish_sentence(evaluation) in text
    lead = next(block for block in blocks if getattr(block, "tone", "") == "lead")
    assert lead.text.endswith(finish_sentence(evaluation))
    captions = [block.caption for block in blocks if isinstance(block, Table)]
    assert captions.count(wording().roadmap["reach_caption"]) == 1
    assert any(isinstance(block, FigureBlock) and block.figure.id == "targets-by-quarter" for block in blocks)
    table = next(block for block in blocks if isinstance(block, Table) and block.caption.startswith("Initiatives"))
    first = min(evaluation.plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative))
    date = evaluation.outlook.dates[first.initiative]
    assert table.rows[0][2] == f"Q{-(-date.p50 // 3)} / Q{-(-date.p80 // 3)}"


def test_without_targets_the_report_says_so(evaluation: Evaluation) -> None:
    """Nothing is drawn that was not aimed at."""
    bare = replace(evaluation, scores=replace(evaluation.scores, targets=None))
    blocks = _flat(roadmap(bare))
    assert not any(isinstance(block, FigureBlock) and block.figure.id == "targets-by-quarter" for block in blocks)
    assert any("No target levels are set" in getattr(block, "text", "") for block in blocks)
    assert reach_lines(bare) == []


def test_the_picture_and_the_json_hold_the_same_chances(evaluation: Evaluation) -> None:
    """A cell of the table is the range and the chance of the outlook."""
    found = evaluation.outlook
    names = list(found.targets)
    rows = reach_rows(found, names)
    assert reach(evaluation.questionnaire, found).rows == rows
    data = outlook_data(found)
    assert [item["quarter"] for item in data["quarters"]] == [int(row[0][1:]) for row in rows]
    assert set(data["finish"]) == {item.initiative for item in evaluation.plan.placements}
    assert data["targets"] == dict(found.targets)


# The plan in use


def test_the_report_shows_the_computed_plan_that_the_team_uses() -> None:
    """Its calendar, its status and how far from the best it can be: no longer the plan made step by step."""
    used = evaluated(USED)
    text = " ".join(block.text for block in _flat(roadmap(used)) if hasattr(block, "text"))
    assert in_use_sentence(used) in text
    assert text.count("Computed") == 1
    drawn = next(
        block.figure
        for block in _flat(roadmap(used))
        if isinstance(block, FigureBlock) and block.figure.id == "roadmap"
    )
    titles = {used.initiatives.by_id[item.initiative].title for item in FOUND.plan.placements}
    assert {row[0] for row in drawn.rows} == titles


def test_an_outdated_plan_is_told_in_the_report() -> None:
    """The plan made step by step stands there, and why."""
    capacity = Capacity(person_weeks_per_quarter=61, at_most_at_once=2, quarters=3)
    moved = USED.model_copy(update={"economics": USED.economics.model_copy(update={"capacity": capacity})})
    text = " ".join(block.text for block in _flat(roadmap(evaluated(moved))) if hasattr(block, "text"))
    assert "Compute it again." in text
    assert "Planned step by step" in text


def test_the_terminal_shows_and_keeps_the_plan_in_use(tmp_path: Path) -> None:
    """A file with the plan in use prints it without a search; another method can still be asked for."""
    path = tmp_path / "used.json"
    path.write_text(USED.model_dump_json(exclude_defaults=True), encoding="utf-8")
    found = printed("roadmap", str(path))
    assert {item["initiative"] for item in found["placements"]} == {item.initiative for item in FOUND.plan.placements}
    assert found["placements"] == json.loads(json.dumps(plan_data(FOUND.plan)))["placements"]
    greedy = printed("roadmap", str(path), "--method", "greedy")
    assert greedy["placements"] == json.loads(json.dumps(plan_data(BASE.plan)))["placements"]
    assert greedy["outlook"]["whole"]["planned_month"] == BASE.plan.months


def test_the_terminal_writes_an_assessment_with_the_plan_that_it_found(tmp_path: Path) -> None:
    """With its demands, so that what is kept answers what the file asks."""
    small = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    small["economics"]["capacity"] = {"person_weeks_per_quarter": 60, "at_most_at_once": 2, "quarters": 3}
    path, out = tmp_path / "small.json", tmp_path / "out.json"
    path.write_text(json.dumps(small), encoding="utf-8")
    done = sixstep("roadmap", str(path), "--pin", "constraint-map=never", "-o", str(out))
    assert done.returncode == 0, done.stderr
    kept = Assessment.model_validate_json(out.read_text(encoding="utf-8"))
    assert kept.economics.plan == "computed"
    assert kept.economics.pins == {"constraint-map": "never"}
    again = printed("roadmap", str(out))
    assert again["status"] in {"optimal", "feasible", "greedy"}
    assert "constraint-map" not in {item["initiative"] for item in again["placements"]}


def test_a_date_says_its_quarters() -> None:
    """Month 3 is the end of the first quarter, month 4 the beginning of the second."""
    assert likely_quarters(FinishDate(3, 3, 4)) == "Q1 / Q2"
