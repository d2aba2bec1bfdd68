"""The computed plan on the page Roadmap: what the team demands, the search on request, and plans side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from assessment.answers import KeptPlan
from models.evaluation import Identity
from models.initiatives import InitiativeFile
from models.planning.keeping import keep
from models.planning.kept import without_plan
from models.planning.request import Answer, Request, answer
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
from views.access import evaluated, workspace
from views.blocks import show
from views.feedback import SUMMARY, attempt, problem_at
from views.plain import plain
from views.plan_charts import TOP, plan_charts
from views.plan_choice import USED
from views.plan_limits import place_limits
from views.plan_run import SearchRun
from workspace.results import Opened

DEMANDS, SEARCH = "plan-demands", "plan-search"
"""Keys of the two fragments."""
_USE = "plan-use"
_RUN = "plan-run"
_PROGRESS, _POLL_SECONDS = "plan-progress", 0.5
_STOPPING = "Ending the search with the best plan found until now."
_SEARCHING = "Searching for the plan, then for what limits it and for others beside it."
_FORMS = {"start": "starts in quarter", "not_before": "not before quarter", "never": "never"}
_SIGNS = {"start": "Q", "not_before": ">=Q"}
_KEPT = 8
_HINT = (
    "A plan made step by step is there at once. A search can find a better one, keep what you demand of it, and say "
    "how far from the best it can be. It takes up to a minute or two. The plan made step by step keeps to the people "
    "of each role, but knows neither these demands nor the budget."
)


def demands(assessment_id: str) -> None:
    """Place what the team demands of a computed plan: each with a way to take it back, and one more to add."""
    opened = workspace().open(assessment_id)
    initiatives = workspace().library.initiatives_for(opened.questionnaire)
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
    kind = form.selectbox("Demand", list(_FORMS), format_func=lambda item: _FORMS[item], key="plan-pin-kind")
    number = quarter.number_input("Quarter", 1, 20, 1, key="plan-pin-quarter", disabled=kind == "never")
    demand = f"{_SIGNS[kind]}{number}" if kind in _SIGNS else "never"
    st.button("Demand it", key="plan-pin", on_click=_save, args=(assessment_id, name, demand))


def _save(assessment_id: str, name: str, demand: str | None) -> None:
    def operation() -> datetime:
        return workspace().set_pin(assessment_id, name, demand).at

    attempt(DEMANDS, "Demands", operation)
    st.rerun([DEMANDS, SEARCH, SUMMARY])


def search(assessment_id: str) -> None:
    """Place the button that searches, and what was found for the figures as they stand."""
    opened = workspace().open(assessment_id)
    base = _base(opened)
    identity = evaluated(base, with_economics=False).identity
    run: SearchRun | None = st.session_state.get(_RUN)
    if st.button("Compute the plan", type="primary", key="plan-compute"):
        run = _begun(run, identity, base, opened.assessment.economics.computed)
    if run is None or run.key != identity:
        return
    if run.under_way:
        st.fragment(_progress, key=_PROGRESS, run_every=_POLL_SECONDS)()
        return
    if run.found is None:
        st.error(plain(run.fault))
        return
    found = run.found
    charts = plan_charts(found.evaluation)
    first, *rest = _blocks(found, FigureBlock(charts[0]))
    show([first])
    _use(opened, base, identity, found)
    show(rest, charts, place="computed")


def _base(opened: Opened) -> Opened:
    """Return the assessment without its computed plan: what a search starts from, whichever plan is in use."""
    return replace(opened, assessment=without_plan(opened.assessment))


def _use(opened: Opened, base: Opened, identity: Identity, found: Answer) -> None:
    """Place the button that puts the plan to use, or say that it is."""
    texts, stands = wording().planning, evaluated(opened, with_economics=False)
    problem_at(_USE)
    if stands.computed and stands.plan.placements == found.evaluation.plan.placements:
        st.success(f"{plain(texts['used'])} [{plain(texts['used_link'])}](#{TOP})")
    elif st.button(texts["use"], key="plan-use", help=texts["use_hint"]) and found.computed is not None:
        with st.spinner("Searching for parts of its money.", show_time=True):
            kept = _kept(identity, base, found)
        if kept is not None and attempt(_USE, texts["use"], lambda: workspace().use_plan(opened.id, kept).at):
            st.session_state[USED] = opened.id
            st.toast(plain(texts["used"]))
            st.rerun()


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _kept(identity: Identity, _base: Opened, _found: Answer) -> KeptPlan | None:  # noqa: ARG001 - the cache's key
    if _found.computed is None:
        return None
    return keep(evaluated(_base, with_economics=False), _found.computed)


def _begun(run: SearchRun | None, identity: Identity, base: Opened, before: KeptPlan | None) -> SearchRun:
    """Return the search for the figures as they stand: one that is under way or whole, else a new one."""
    if run is not None:
        if run.key == identity and not run.stopped and not run.fault:
            return run
        run.stop()
    evaluation = evaluated(base, with_economics=True)
    request = Request.of(evaluation, "optimal", [], compare=True)
    begun = SearchRun(identity, lambda watch: answer(evaluation, request, kept=before, watch=watch))
    st.session_state[_RUN] = begun
    return begun


def _progress() -> None:
    """Say how far the search is, beside a button that ends it with the best plan found until then."""
    run: SearchRun | None = st.session_state.get(_RUN)
    if run is None or not run.under_way:
        st.rerun()
    else:
        bar, button = st.columns([4, 1], vertical_alignment="center")
        bar.progress(run.share, _STOPPING if run.stopped else _SEARCHING)
        button.button("Stop", key="plan-stop", on_click=run.stop, disabled=run.stopped)


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
