"""What if: sliders for the figures that matter most, and every chart drawn again as they move."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

import streamlit as st

from assessment.errors import SixstepError
from models.case import Case
from models.evaluation import Evaluation
from models.whatif import Lever, levers, moved
from models.whatif_run import run_waiting, run_what_if
from reports.charts.break_even import break_even_chart
from reports.charts.fan import fan_chart
from reports.charts.theme import STRATEGIES
from reports.charts.whatif import category_chart, waiting_chart
from reports.figures_format import percent
from reports.whatif_words import basis_sentence, cut_sentence, what_if_sentence
from reports.wording import fill, wording
from views.about import explain
from views.access import PATHS
from views.adopting import place_adopt, place_adopted
from views.back import place_top
from views.behind import BehindRun, Both, Work
from views.blocks import chart_width, look
from views.cases import SEED, Levers, evaluated_case, quick_waiting, quick_what_if
from views.drawn import place_plotted
from views.feedback import guarded, sentences
from views.frame import arrived, require
from views.levers import place_levers
from views.names import without_symbols
from views.plain import plain

SLIDERS = "what-if"
"""Key of the fragment with sliders and charts."""
_BEHIND = "what-if-behind"
_POLL_SECONDS = 0.5
_WIDE = 1280
Where = tuple[str, Levers]
"""The case, by its key, and the levers that were moved."""


class _Run(TypedDict):
    """How one part of a run behind the sliders is run."""

    paths: int
    seed: int
    progress: Callable[[float], None]
    should_stop: Callable[[], bool]


def page() -> None:
    """Show the sliders and what they make of the case, or what is missing before there is one."""
    opened = require()
    if arrived(f"whatif/{opened.id}"):
        _stop(opened.id)
    st.title("What if", anchor=False)
    explain("whatif")
    place_top(opened.id, unsaved=wording().whatif["unsaved"])
    with st.container(width=_WIDE):
        st.markdown(
            "Every chart is drawn again. A figure keeps its range: the slider moves its likeliest value, and both ends "
            "move with it."
        )
        with st.spinner("Simulating the futures. This takes a few seconds.", show_time=True):
            key, evaluation, case = evaluated_case(opened)
        if case is None:
            _missing(evaluation)
            return
        place_adopted(opened.id)
        st.fragment(guarded(_sliders), key=SLIDERS)(opened.id, key, case)


def _missing(evaluation: Evaluation) -> None:
    st.info("**Nothing to move yet.** A what-if moves a cost curve, and there is none. What is still missing:")
    st.markdown("\n".join(f"- {plain(without_symbols(sentence))}" for sentence in evaluation.missing))
    st.markdown("Give these on the page Economics.")


def _sliders(assessment_id: str, key: str, case: Case) -> None:
    found = levers(case)
    said = st.container()
    left, right = st.columns([1, 2], gap="large")
    with left:
        values = place_levers(assessment_id, case, found)
    where = (key, tuple(sorted(values.items())))
    try:
        both = _both(assessment_id, where, case)
    except SixstepError as error:
        _stop(assessment_id)
        for sentence in sentences(error):
            said.error(plain(sentence))
        return
    with said:
        _said(case, found, values, both)
        _behind(assessment_id)
    with left:
        place_adopt(assessment_id, case, found, values)
    with right:
        _charts(both, where, case)


def _both(assessment_id: str, where: Where, case: Case) -> Both:
    """Return the run on all futures where it has ended, else the quick one; one that is out of date is stopped."""
    run: BehindRun | None = st.session_state.get(_name(assessment_id))
    if run is not None and run.key == where:
        if run.found is not None:
            st.session_state[_full_base(assessment_id)] = (where[0], run.found)
            st.session_state[_told(assessment_id)] = where
            return run.found
    else:
        if run is not None:
            run.stop()
        known, kept = st.session_state.get(_full_base(assessment_id), ("", None))
        work = _work(case, dict(where[1]), kept if known == where[0] else None)
        st.session_state[_name(assessment_id)] = BehindRun(where, work)
    return Both(quick_what_if(where[0], where[1], case), quick_what_if(where[0], (), case))


def _work(case: Case, values: dict[str, float], kept: Both | None) -> Work:
    """Return what runs behind the sliders: the setting, and the case as it stands where no run has kept it yet."""
    setting, _ = moved(case, values)

    def work(told: Callable[[float], None], stopped: Callable[[], bool]) -> Both:
        parts = 2 if kept is not None or not values else 4

        def part(number: int) -> _Run:
            return {
                "paths": PATHS,
                "seed": SEED,
                "progress": lambda share: told((number + share) / parts),
                "should_stop": stopped,
            }

        shown, waiting = run_what_if(setting, **part(0)), run_waiting(setting, **part(1))
        if not values:
            return Both(shown, shown, waiting, waiting)
        if kept is not None:
            return Both(shown, kept.base, waiting, kept.base_waiting)
        return Both(shown, run_what_if(case, **part(2)), waiting, run_waiting(case, **part(3)))

    return work


def _said(case: Case, found: tuple[Lever, ...], values: dict[str, float], both: Both) -> None:
    shown, base = both.shown, both.base
    st.info(plain(what_if_sentence(shown, base, found, values, case.parameters)))
    _, moves = moved(case, values)
    cut = cut_sentence(moves)
    if cut:
        st.warning(plain(cut))
    st.caption(plain(basis_sentence(shown, "full" if shown.curves.paths >= PATHS else "quick")))


def _behind(assessment_id: str) -> None:
    """Place the progress of the run on all futures, which is asked for while it is under way."""
    run: BehindRun | None = st.session_state.get(_name(assessment_id))
    waiting = run is not None and run.under_way
    st.fragment(_progress, key=_BEHIND, run_every=_POLL_SECONDS if waiting else None)(assessment_id)


def _progress(assessment_id: str) -> None:
    place = st.empty()
    run: BehindRun | None = st.session_state.get(_name(assessment_id))
    told = st.session_state.get(_told(assessment_id))
    if run is None:
        return
    if run.under_way:
        share = percent(run.share)
        place.progress(run.share, fill(wording().whatif["running"], paths=f"{PATHS:,}", share=share))
    elif run.fault:
        place.error(plain(run.fault))
    elif run.found is not None and told != run.key:
        st.session_state[_told(assessment_id)] = run.key
        st.rerun()


def _charts(both: Both, where: Where, case: Case) -> None:
    """Draw every chart; what waiting costs is simulated last, in its place, so that nothing waits for it."""
    shown, ghost, width, theme = both.shown, both.base if where[1] else None, chart_width(), look()
    place_plotted(fan_chart(shown, ghost, width=width, look=theme), "fan")
    later = st.container()
    strategy = st.radio(
        "Course whose costs are drawn",
        STRATEGIES,
        format_func=wording().strategies.__getitem__,
        horizontal=True,
        key="what-if-course",
    )
    place_plotted(category_chart(shown, ghost, strategy=strategy, width=width, look=theme), "categories")
    place_plotted(break_even_chart(shown, ghost, width=width, look=theme), "break-even")
    waiting = both.waiting or quick_waiting(where[0], where[1], case)
    before = both.base_waiting or quick_waiting(where[0], (), case)
    with later:
        place_plotted(waiting_chart(waiting, before if where[1] else None, width=width, look=theme), "waiting")


def _name(assessment_id: str) -> str:
    return f"what-if-run-{assessment_id}"


def _full_base(assessment_id: str) -> str:
    return f"what-if-base-{assessment_id}"


def _told(assessment_id: str) -> str:
    return f"what-if-told-{assessment_id}"


def _stop(assessment_id: str) -> None:
    run: BehindRun | None = st.session_state.pop(_name(assessment_id), None)
    if run is not None:
        run.stop()


page()
