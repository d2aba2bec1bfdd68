"""The way through the app: where to go on, the tour, the way back, search, copies and comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer, Range
from assessment.questionnaire import Stage
from store.folding import ECONOMICS, META, REPORT, Change, Kind
from tests.views.conftest import same_words
from views import blocks, comparison
from views.about import sentences_of_pages
from views.access import evaluated
from views.change_words import Namer
from views.frame import PAGES
from views.items import parts_of
from views.plain import plain
from views.tour import screens
from workspace.service import Workspace
from workspace.undoing import PastStep, Turn

Visit = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """Return every text that a page shows."""
    kinds = ("title", "header", "markdown", "caption", "text", "info", "warning", "error")
    return "\n".join(str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind))


def links(app: AppTest) -> str:
    """Return the labels of the links of a page."""
    return "\n".join(str(getattr(link, "label", "")) for link in app.get("page_link"))


def press(app: AppTest, beginning: str) -> AppTest:
    """Press the first button whose label begins so."""
    return next(button for button in app.button if button.label.startswith(beginning)).click().run()


def labels(app: AppTest) -> list[str]:
    """Return the labels of the buttons."""
    return [button.label for button in app.button]


def test_every_page_has_its_sentence() -> None:
    """The pages and their sentences are the same set, and each sentence is short enough to be read."""
    assert set(sentences_of_pages()) == set(PAGES)
    assert all(len(text) < 220 and text.endswith((".", "?")) for text in sentences_of_pages().values())


def test_the_side_bar_names_each_group_once(desk: Workspace, visit: Visit) -> None:
    """Nineteen links are read as five short lists; nothing that needs an assessment is offered without one."""
    groups = list(dict.fromkeys(entry.group for entry in PAGES.values() if entry.group))
    bar = visit("tasks", a=desk.create("Ward")).sidebar
    assert [caption.value for caption in bar.caption] == groups
    assert all(sum(entry.group == group for entry in PAGES.values()) <= 5 for group in groups)
    assert [caption.value for caption in visit("start").sidebar.caption] == ["Look up"]


@pytest.mark.parametrize("page", [name for name in PAGES if name not in {"step", "start", "economics"}])
def test_a_page_explains_itself(desk: Workspace, visit: Visit, page: str) -> None:
    """The sentence stands on the page."""
    assert plain(sentences_of_pages()[page]) in words(visit(page, a=desk.create("Ward")))


def test_the_task_list_leads_to_the_first_open_question(desk: Workspace, visit: Visit) -> None:
    """It counts what is done, never calls a step with an open question completed, and goes on where one stopped."""
    id_ = desk.create("Ward")
    questionnaire = desk.open(id_).questionnaire
    first, *others, last = questionnaire.of_step(questionnaire.steps[0].id, "pulse")
    for question in (first, *others):
        desk.answer(id_, question.id, Answer(option=2))
    app = visit("tasks", a=id_)
    assert "0 of 6 steps are completed" in words(app)
    assert words(app).count("**Completed**") == 0
    app = press(app, "Continue with")
    assert plain(last.prompt) in words(app)
    desk.answer(id_, last.id, Answer(unknown=True))
    assert "1 of 6 steps are completed" in words(visit("tasks", a=id_))


def test_the_tour_is_walked_and_ends(desk: Workspace, visit: Visit) -> None:
    """The first example opens with the tour; every screen leads to its page, and the end leaves the page without it."""
    app = press(visit("start"), "Try the example")
    for number, screen in enumerate(screens(), start=1):
        assert not app.exception
        assert f"Tour, {number} of {len(screens())}" in words(app)
        assert plain(screen.look) in words(app)
        if number < len(screens()):
            app = press(app, "Next")
    app = press(app, "End the tour")
    assert "Tour, " not in words(app)
    assert app.title[0].value == "Report and export"
    assert len(desk.assessments()) == 1


def test_a_skipped_tour_does_not_come_back_unless_asked(desk: Workspace, visit: Visit) -> None:
    """Once somebody has been here, the example opens without the tour; the start page offers it."""
    app = press(press(visit("start"), "Try the example"), "Skip the tour")
    assert app.title[0].value == "Results"
    assert "Tour, " not in words(app)
    assert "Tour, " not in words(press(visit("start"), "Try the example"))
    assert "Tour, 1 of" in words(press(visit("start"), "Take the tour"))
    assert len(desk.assessments()) == 2


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "1" * 99, "²"])
def test_a_tour_of_no_number_is_no_tour(desk: Workspace, visit: Visit, number: str) -> None:
    """Whatever the address says, the page is shown."""
    app = visit("tasks", a=desk.create("Ward"), tour=number)
    assert not app.exception
    assert "Tour, " not in words(app)


def test_undo_stands_on_the_page_and_takes_back_step_by_step(desk: Workspace, visit: Visit) -> None:
    """Two answers are taken back one after the other; nobody is told of another window; Redo gives one again."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_, step="constraints")
    assert not [label for label in labels(app) if label.startswith("Undo")]
    app.radio[0].set_value("1").run()
    app.radio[0].set_value("3").run()
    app = press(app, "Undo")
    assert app.radio[0].value == "1"
    assert "another window" not in words(app)
    app = press(app, "Undo")
    assert app.radio[0].value is None
    assert desk.open(id_).assessment.answers == {}
    app = press(app, "Redo")
    assert app.radio[0].value == "1"
    assert [answer.option for answer in desk.open(id_).assessment.answers.values()] == [1]


def test_a_target_is_taken_back_in_its_widget(desk: Workspace, visit: Visit) -> None:
    """What the page shows after Undo is what stands."""
    id_ = desk.create("Ward")
    app = visit("targets", a=id_)
    single = next(radio for radio in app.radio if radio.label == "Target")
    single.set_value("3").run()
    assert list(desk.open(id_).assessment.targets.values()) == [3]
    app = press(app, "Undo")
    assert next(radio for radio in app.radio if radio.label == "Target").value == ""
    assert desk.open(id_).assessment.targets == {}


def test_a_figure_of_money_is_taken_back_in_its_fields(desk: Workspace, visit: Visit) -> None:
    """The three fields of a range show the figures that stood before."""
    id_ = desk.example()
    before = desk.open(id_).assessment.economics
    app = visit("economics", a=id_, part="frame")
    months = next(field for field in app.number_input if field.value == before.horizon_months)
    months.set_value(before.horizon_months + 12).run()
    assert desk.open(id_).assessment.economics.horizon_months == before.horizon_months + 12
    app = press(app, "Undo: months looked ahead")
    assert before.horizon_months in [field.value for field in app.number_input]
    assert desk.open(id_).assessment.economics == before


def test_what_cannot_be_undone_is_told_at_the_top(desk: Workspace, visit: Visit) -> None:
    """Another window changed the same since: the sentence says so, and that change stands."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_, step="constraints")
    app.radio[0].set_value("1").run()
    question = next(iter(desk.open(id_).assessment.answers))
    desk.answer(id_, question, Answer(option=4))
    app = press(app, "Undo")
    same_words(app)
    assert desk.open(id_).assessment.answers[question].option == 4


def test_recent_changes_are_listed_with_the_way_back(desk: Workspace, visit: Visit) -> None:
    """Each says what stood before and after, and can be undone where it still stands."""
    id_ = desk.create("Ward")
    desk.answer(id_, "constraints.topology", Answer(option=1))
    desk.describe_as(id_, name="North wing")
    app = visit("changes", a=id_)
    assert "Before: Ward" in words(app)
    assert "After: North wing" in words(app)
    app = press(app, "Undo this change")
    assert desk.open(id_).assessment.name == "Ward"
    assert "**Undone**" in words(app)


def test_a_change_beside_a_figure_shows_what_was_changed(desk: Workspace) -> None:
    """Where only its source or its mark was changed, that is what stands before and after, and not the same range."""
    id_ = desk.example()
    opened = desk.open(id_)
    given = opened.assessment.economics.ranges["g"]
    desk.set_range(id_, "g", given.model_copy(update={"source": "gateway log"}))
    desk.set_range(id_, "g", given.model_copy(update={"source": "gateway log", "measured": False}))
    namer = Namer(opened.questionnaire, desk.library.parameters)
    mark, source = (namer.turn(step.turns[0]) for step in desk.changes(id_)[:2])
    assert source.title == "source of growth of the load on the platform"
    assert source.before.startswith("Fictional figure of the worked example")
    assert source.after == "gateway log"
    assert mark == ("whether measured: growth of the load on the platform", "measured", "not measured")


def test_changes_of_every_kind_have_words(desk: Workspace) -> None:
    """A note, a mark, a target, a signal, a figure, a preset, a workflow and a setting are said without a raw id."""
    id_ = desk.example()
    opened = desk.open(id_)
    asked = next(name for name, answer in opened.assessment.answers.items() if answer.option is not None)
    answer = opened.assessment.answers[asked]
    desk.answer(id_, asked, answer.model_copy(update={"note": "Look at the bridge call"}))
    desk.set_target(id_, asked, 4)
    desk.set_signal(id_, opened.questionnaire.signals[0].id, None)
    desk.set_context(id_, opened.questionnaire.context.items[0].id, None)
    desk.set_range(id_, "g", Range(low=0.01, mode=0.02, high=0.03))
    desk.set_target_preset(id_, None)
    bank = desk.add_workflow(id_, "Blood bank")
    desk.set_workflow(id_, bank, desk.open(id_).assessment.workflows[bank].model_copy(update={"surge": 2.0}))
    desk.set_report(id_, "brand", "Alder")
    namer = Namer(opened.questionnaire, desk.library.parameters)
    told = [namer.turn(turn) for step in desk.changes(id_) for turn in step.turns]
    question, signal = opened.questionnaire.by_id[asked].title, opened.questionnaire.signals[0].title
    assert [each.title for each in reversed(told)] == [
        f"note on {question}",
        f"target of {question}",
        f"answer to {signal}",
        f"answer to {opened.questionnaire.context.items[0].title}",
        "growth of the load on the platform",
        "preset of the target levels",
        "workflow Blood bank",
        "surge of Blood bank",
        "brand on the report",
    ]
    assert next(each for each in told if each.title.startswith("note")).after == "Look at the bridge call"


def test_no_change_is_called_by_what_programs_call_it(desk: Workspace) -> None:
    """Whatever part of an assessment is changed, alone or with others, its words hold no name of a field."""
    opened = desk.open(desk.example())
    namer = Namer(opened.questionnaire, desk.library.parameters)
    economics = (*ECONOMICS, "ranges.g", "ranges.unknown", "scenarios.own-1", "pins.init-1")
    keys: dict[Kind, tuple[str, ...]] = {"meta": META, "economics": economics, "report": (*REPORT, "edits.why")}
    turns = [Turn(Change(kind, key, None), Change(kind, key, None)) for kind in keys for key in keys[kind]]
    titles = [namer.turn(turn).title for turn in turns]
    fields = {name for names in keys.values() for name in names} - {"organisation", "currency"}
    assert not fields & set(titles)
    assert all("_" not in title and "." not in title and title[0].islower() for title in titles)


def step_of(*changed: tuple[Kind, str]) -> PastStep:
    """Return a save that changed these parts."""
    turns = tuple(Turn(Change(kind, key, None), Change(kind, key, None)) for kind, key in changed)
    return PastStep(1, datetime.now(UTC), "", turns, None, open=True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ([("economics", "computed"), ("economics", "plan")], "plan in use"),
        ([("economics", "currency"), ("economics", "currency_per_usd")], "currency"),
        ([("economics", "ranges.g"), ("economics", "confirmed")], "growth of the load on the platform"),
        ([("economics", "confirmed")], "confirmation of the baseline"),
        ([("workflow", "w1"), ("workflow", "w2")], "2 workflows"),
        ([("target", "a"), ("target", "b"), ("economics", "ranges.g")], "2 targets and one figure"),
        ([("meta", "name"), ("meta", "organisation")], "2 details of the assessment"),
    ],
)
def test_a_save_of_several_parts_is_one_thing_or_counted(
    desk: Workspace, changed: list[tuple[Kind, str]], said: str
) -> None:
    """What is saved along with a change is not counted; several changes are counted by their kind."""
    opened = desk.open(desk.create("Ward"))
    assert Namer(opened.questionnaire, desk.library.parameters).step(step_of(*changed)) == said


def test_a_search_finds_a_note_and_leads_to_its_question(desk: Workspace, visit: Visit) -> None:
    """What the team wrote comes before what the questionnaire says, and the address keeps the words."""
    id_ = desk.create("Ward")
    desk.answer(id_, "constraints.topology", Answer(option=1, note="The zebra schema is shared"))
    app = visit("search", a=id_)
    app.text_input[0].set_value("ZEBRA shared").run()
    assert "1 place holds" in words(app)
    assert app.query_params["s"] in ("ZEBRA shared", ["ZEBRA shared"])
    assert [header.value for header in app.header] == ["In notes: 1"]
    app.text_input[0].set_value("xylophone").run()
    assert "No places hold" in words(app)


def test_on_a_phone_the_tasks_show_their_status_below(
    desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every row of the list, not only in those whose words leave no room beside."""
    id_ = desk.example()
    beside = words(visit("tasks", a=id_))
    monkeypatch.setattr(blocks, "on_phone", lambda: True)
    phone = visit("tasks", a=id_)
    assert not phone.exception
    assert words(phone) == beside


def test_an_assessment_is_duplicated_from_its_task_list(desk: Workspace, visit: Visit) -> None:
    """The copy opens, and can be compared with the original."""
    id_ = desk.example()
    app = press(visit("tasks", a=id_), "Duplicate this assessment")
    assert any("copy" in element.value for element in app.markdown)
    assert len(desk.assessments()) == 2
    app = visit("compare", a=id_)
    assert not app.exception
    assert len(app.selectbox) == 2
    assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")


def test_on_a_phone_a_long_name_stands_below_its_choice(
    desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list cuts it off there, and a copy differs from its original at the end."""
    id_ = desk.example()
    copy = desk.duplicate(id_)
    name = desk.open(copy).assessment.name
    assert name not in "\n".join(element.value for element in visit("compare", a=copy).caption)
    monkeypatch.setattr(comparison, "on_phone", lambda: True)
    assert any(element.value.startswith(f"{name}  \n") for element in visit("compare", a=copy).caption)
    assert name in [element.value for element in visit("progress", a=id_).caption]


def test_there_is_nothing_to_compare_with_one_assessment(desk: Workspace, visit: Visit) -> None:
    """The page says so and leads on."""
    desk.create("Alone")
    app = visit("compare")
    assert not app.exception
    assert "no two assessments" in app.info[0].value


def test_the_tour_leads_to_pages_of_an_assessment() -> None:
    """Every screen of the tour is a page that shows an assessment."""
    assert {screen.page for screen in screens()} <= {name for name, entry in PAGES.items() if not entry.always}


def test_a_step_ends_with_what_it_did_means_and_calls_for(desk: Workspace, visit: Visit) -> None:
    """Check answers shows the scores without and with the step, the sentences, and the work that raises its answers."""
    app = visit("check", a=desk.example(), step="observability")
    assert not app.exception
    assert [header.value for header in app.header] == [
        "What your answers did to the scores",
        "What it means",
        "What to do next",
    ]
    assert "which the plan holds, would raise “" in words(app)


def test_what_a_step_calls_for_is_in_the_plan(desk: Workspace, visit: Visit) -> None:
    """Work that the plan leaves out is not recommended, and the link to the plan is not offered for nothing."""
    id_ = desk.example()
    found = evaluated(desk.open(id_))
    by_title = {item.title: item.id for item in found.initiatives.initiatives}
    planned = {placed.initiative for placed in found.plan.placements}
    told = re.findall(r"\*\*(.+)\*\*, which the plan holds", words(visit("check", a=id_, step="delivery")))
    assert told
    assert {by_title[title] for title in told} <= planned
    assert "See when the plan" not in links(visit("check", a=desk.create("Ward"), step="delivery"))


def test_the_scores_that_a_step_did_not_move_are_named(desk: Workspace, visit: Visit) -> None:
    """A count of them would not say which; the two columns to compare stand alike."""
    app = visit("check", a=desk.example(), step="refinement")
    said = words(app)
    assert "The same without them: Infrastructure as code and Continuous integration and deployment." in said
    assert "| --- | ---: | ---: |" in said
    assert "34.9 (range only)" not in said


def test_work_that_the_team_wrote_over_is_named_as_it_wrote_it(desk: Workspace, visit: Visit) -> None:
    """What a step calls for is the work that the plan holds, as the team wrote it where it changed a built-in one."""
    id_ = desk.example()
    for item in desk.initiatives_of(id_).initiatives:
        if item.step == "observability":
            desk.set_initiative(id_, item.id, item.model_copy(update={"title": f"Ours: {item.title}"}))
    assert "**Ours: " in words(visit("check", a=id_, step="observability"))


def test_a_step_without_answers_says_that_it_did_nothing_yet(desk: Workspace, visit: Visit) -> None:
    """Nothing is claimed of answers that nobody gave, and the first open question is next."""
    app = visit("check", a=desk.create("Ward"), step="observability")
    assert "Nothing yet" in words(app)
    assert any(button.label.startswith("Answer the next open question") for button in app.button)


def test_evidence_that_is_an_address_is_a_link_and_other_text_is_not(desk: Workspace, visit: Visit) -> None:
    """Only what begins with http or https leads anywhere."""
    id_ = desk.create("Ward")
    lines = ("https://wiki.example/run", "javascript:alert(1)")
    desk.answer(id_, "constraints.topology", Answer(option=1, evidence=lines))
    shown = words(visit("check", a=id_, step="constraints"))
    assert "](<https://wiki.example/run>)" in shown
    assert "](<javascript" not in shown


def test_the_task_list_says_how_many_answers_are_marked(desk: Workspace, visit: Visit) -> None:
    """A completed step can still hold something to talk about."""
    id_ = desk.create("Ward")
    for question in ("constraints.topology", "constraints.coupling"):
        desk.answer(id_, question, Answer(option=1, discuss=True))
    told = [text.value for text in visit("tasks", a=id_).markdown]
    assert sum("2 marked for discussion" in words for words in told) == 1
    assert sum("marked for discussion" in words for words in told) == 1


def test_a_mode_says_how_many_questions_it_asks(desk: Workspace, visit: Visit) -> None:
    """Where it is chosen: how long it will be is what a team wants to know first."""
    asked = desk.library.choices()[0]
    (shown,) = (radio for radio in visit("start").radio if radio.label == "How much is asked")
    pulse, full = shown.options
    assert str(len(asked.asked("pulse"))) in pulse
    assert str(len(asked.asked("full"))) in full


def test_where_the_stage_is_settled_only_its_number_is_told(desk: Workspace, visit: Visit) -> None:
    """Start offers both stages and so both numbers; an assessment has one stage and one number."""
    (offered,) = (radio for radio in visit("start").radio if radio.label == "How much is asked")
    assert all("before launch)" in option for option in offered.options)
    stages: tuple[Stage, ...] = ("live", "design")
    for stage in stages:
        id_ = desk.create("Ward", stage=stage)
        (shown,) = (r for r in visit("context", a=id_, part="about").radio if r.label == "How much is asked")
        asked = desk.open(id_).questionnaire.asked
        assert shown.options == [
            f"Leadership pulse: {len(asked('pulse'))} core questions, about 30 minutes",
            f"Full assessment: {len(asked('full'))} questions",
        ]


def test_the_task_list_gives_no_status_that_is_none(desk: Workspace, visit: Visit) -> None:
    """What has come nowhere yet says nothing, and what can be said follows the assessment."""
    id_ = desk.create("Ward")
    told = words(visit("tasks", a=id_))
    for no_status in ("Nothing is saved", "PDF and JSON", "CSV, GitHub", "Always up to date", "Made from the answers"):
        assert no_status not in told
    assert "No capacity given yet" in told
    desk.set_range(id_, "X_star", Range(low=90, mode=100, high=110))
    assert "**Capacity given**" in words(visit("tasks", a=id_))


def test_each_part_of_the_context_says_what_it_moves(desk: Workspace, visit: Visit) -> None:
    """Only the stressors weigh the questions; the other parts do not say that they do."""
    id_ = desk.create("Ward")
    for part in parts_of(desk.open(id_)):
        said = words(visit("context", a=id_, part=part.name))
        assert ("how much each question weighs" in said) == (part.name == "stressors")
        assert ("move" in said and "no score" in said) == (part.name != "stressors")


def test_an_empty_search_says_how_to_begin(desk: Workspace, visit: Visit) -> None:
    """The hint goes once something is looked for."""
    app = visit("search", a=desk.example())
    assert "press Enter, for example rollback" in words(app)
    app.text_input[0].set_value("rollback").run()
    assert "for example rollback" not in words(app)


def test_the_example_is_called_fictional_by_its_own_words(desk: Workspace, visit: Visit) -> None:
    """Where name or organisation say it, the line below does not say it again; a copy without the word is labelled."""
    id_ = desk.example()
    assert not [caption.value for caption in visit("start").caption if "fictional example ·" in caption.value]
    desk.describe_as(id_, name="Ward", organisation="")
    assert [caption.value for caption in visit("start").caption if caption.value.startswith("fictional example")]


def test_a_report_of_nothing_says_so_before_it_is_made(desk: Workspace, visit: Visit) -> None:
    """Two pages to decide from are not promised without a word."""
    assert "there is nothing to decide from" in words(visit("report", a=desk.create("Ward")))
    assert "there is nothing to decide from" not in words(visit("report", a=desk.example()))
