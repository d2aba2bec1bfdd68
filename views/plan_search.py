"""The computed plan on the page Roadmap: what the team demands, the search on request, and plans side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from assessment.answers import KeptPlan
from models.initiatives import InitiativeFile
from models.planning.keeping import keep
from models.planning.kept import without_plan
from models.planning.request import Answer, Request, answer
from models.watching import Watch
from reports.document import Block, Bullets, Column, FigureBlock, Paragraph, Table
from reports.planning import (
    COMPARE,
    compare_note,
    compare_rows,
    eased_sentences,
    planning_sentences,
    priced_sentence,
    start_header,
    start_rows,
)
from reports.wording import wording
from views.access import evaluated, key_of, workspace
from views.analysing import economics_job
from views.blocks import show
from views.feedback import SUMMARY, attempt, problem_at
from views.plain import plain
from views.plan_charts import TOP, plan_charts
from views.plan_choice import USED
from views.plan_limits import place_limits
from views.running import Job, runs
from views.waiting import again, awaited, leave
from workspace.results import Opened

DEMANDS, SEARCH = "plan-demands", "plan-search"
"""Keys of the two fragments."""
_PLACE, _USE = "plan", "plan-use"
"""The places that wait: for the search, and for the parts of its money."""
_WANTED, _TO_USE = "plan-wanted", "plan-to-use"
_SEARCHING = "Searching for the plan, for what limits it and for others beside it"
_STOPPING = "Ending the search with the best plan found until now"
_SIMULATED = 0.1
"""Share of the progress at which the figures are simulated, where they are not kept, and the search begins."""
_FORMS = {"start": "starts in quarter", "not_before": "starts not before quarter", "never": "is never done"}
_SIGNS = {"start": "Q", "not_before": ">=Q"}
_KEPT = 8
_HINT = (
    "The plan made step by step needs no search. A search can find a better one, and say how far from the best it can "
    "be; it takes up to two minutes. It also keeps what you demand here: when a piece of work starts, that it is never "
    "done, or a budget. The plan made step by step knows none of these; it keeps to the people of each role."
)


def demands(assessment_id: str) -> None:
    """Place what the team demands of a computed plan: each with a way to take it back, and one more to add."""
    opened = workspace().open(assessment_id)
    initiatives = workspace().initiatives_of(assessment_id)
    st.header(wording().planning["search_title"], anchor=False)
    st.markdown(_HINT)
    for name, demand in opened.assessment.economics.pins.items():
        text, button = st.columns([4, 1], vertical_alignment="center")
        text.markdown(f"**{plain(_title(initiatives, name))}**: {plain(demand)}")
        button.button(
            "Take back",
            key=f"plan-unpin-{name}",
            help=plain(_title(initiatives, name)),
            on_click=_save,
            args=(assessment_id, name, None),
        )
    _one_more(assessment_id, initiatives)
    place_limits(assessment_id, initiatives.role_titles)


def _title(initiatives: InitiativeFile, name: str) -> str:
    return initiatives.by_id[name].title if name in initiatives.by_id else name


def _one_more(assessment_id: str, initiatives: InitiativeFile) -> None:
    if not initiatives.initiatives:
        return
    problem_at(DEMANDS)
    which, form, quarter = st.columns([3, 2, 1])
    name = which.selectbox(
        "Initiative", list(initiatives.by_id), format_func=lambda item: _title(initiatives, item), key="plan-pin-name"
    )
    kind = form.selectbox(
        "What you demand of it", list(_FORMS), format_func=lambda item: _FORMS[item], key="plan-pin-kind"
    )
    number = quarter.number_input("Quarter", 1, 20, 1, key="plan-pin-quarter", disabled=kind == "never")
    demand = f"{_SIGNS[kind]}{number}" if kind in _SIGNS else "never"
    st.button("Add this demand", key="plan-pin", on_click=_save, args=(assessment_id, name, demand))


def _save(assessment_id: str, name: str, demand: str | None) -> None:
    def operation() -> datetime:
        return workspace().set_pin(assessment_id, name, demand).at

    attempt(DEMANDS, "Demands", operation)
    st.rerun([DEMANDS, SEARCH, SUMMARY])


def search(assessment_id: str) -> None:
    """Place the button that searches, and what was found for the figures as they stand."""
    opened = workspace().open(assessment_id)
    base = _base(opened)
    key = key_of(base)
    if st.button("Compute the plan", type="primary", key="plan-compute"):
        again(_PLACE)
        st.session_state[_WANTED] = key
    if st.session_state.get(_WANTED) != key:
        leave(_PLACE)
        return
    found = awaited(_PLACE, _search_job(base, opened.assessment.economics.computed))
    if found is None:
        return
    charts = plan_charts(found.evaluation)
    first, *rest = _blocks(found, FigureBlock(charts[0]))
    show([first])
    _use(opened, base, found)
    show(rest, charts, place="computed")


def _base(opened: Opened) -> Opened:
    """Return the assessment without its computed plan: what a search starts from, whichever plan is in use."""
    return replace(opened, assessment=without_plan(opened.assessment))


def _use(opened: Opened, base: Opened, found: Answer) -> None:
    """Place the button that puts the plan to use once the parts of its money are searched, or say that it is in use."""
    texts, stands = wording().planning, evaluated(opened)
    problem_at(_USE)
    if stands.computed and stands.plan.placements == found.evaluation.plan.placements:
        st.success(f"{plain(texts['used'])} [{plain(texts['used_link'])}](#{TOP})")
        return
    job = _parts_job(base, found)
    if st.button(texts["use"], key="plan-use", help=texts["use_hint"]):
        again(_USE)
        st.session_state[_TO_USE] = job.name
    if st.session_state.get(_TO_USE) != job.name:
        leave(_USE)
        return
    kept = awaited(_USE, job)
    if kept is not None:
        del st.session_state[_TO_USE]
        if attempt(_USE, texts["use"], lambda: workspace().use_plan(opened.id, kept).at):
            st.session_state[USED] = opened.id
            st.toast(plain(texts["used"]))
        st.rerun()


def forget_use() -> None:
    """Put no plan to use that was asked for before the page was left."""
    st.session_state.pop(_TO_USE, None)


def _search_job(base: Opened, before: KeptPlan | None) -> Job[Answer]:
    """Return the search for the figures as they stand; one that is stopped answers with the best plan until then."""
    economics, known = economics_job(base), runs()

    def work(watch: Watch) -> Answer:
        evaluation = known.part(economics, watch.part(0.0, _SIMULATED))
        watch.said(_SEARCHING)
        request = Request.of(evaluation, "optimal", [], compare=True)
        return answer(evaluation, request, kept=before, watch=watch.part(_SIMULATED, 1.0))

    return Job("plan", key_of(base), _SEARCHING, work, _KEPT, _STOPPING)


def _parts_job(base: Opened, found: Answer) -> Job[KeptPlan | None]:
    """Return the search for parts of the plan's money, without which the plan cannot be used."""
    evaluation, computed = evaluated(base), found.computed
    placed = () if computed is None else computed.plan.placements

    def work(watch: Watch) -> KeptPlan | None:
        return None if computed is None else keep(evaluation, computed, watch)

    return Job("plan-parts", (key_of(base), placed), "Searching for parts of its money", work, _KEPT)


def _blocks(found: Answer, chart: FigureBlock) -> list[Block]:
    """Return the computed plan: what is proven, the calendar, what limits it, the plans beside it."""
    first, *rest = planning_sentences(found)
    columns = (Column(COMPARE[0], 1.8), *(Column(name, 1.0, "right") for name in COMPARE[1:]))
    table = Table("Plans side by side", columns, tuple(compare_rows(found)), note=compare_note(found))
    first_column, *others = start_header(found)
    heads = (Column(first_column, 2.4), *(Column(name, 1.0) for name in others))
    texts = wording().planning
    starts = Table(texts["starts"], heads, tuple(start_rows(found)), note=texts["starts_note"])
    priced = priced_sentence(found)
    return [
        Paragraph(first, tone="lead"),
        *(Paragraph(text) for text in rest),
        chart,
        Bullets(tuple(eased_sentences(found.eased))),
        table,
        starts,
        *([Paragraph(priced, tone="small")] if priced else []),
    ]
