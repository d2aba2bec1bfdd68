"""What if: sliders for the figures that matter most, and every chart drawn again as they move."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.errors import SixstepError
from models.case import Case
from models.evaluation import Evaluation
from models.whatif import Lever, levers, moved
from reports.charts.break_even import break_even_chart
from reports.charts.fan import fan_chart
from reports.charts.theme import STRATEGIES
from reports.charts.whatif import category_chart, waiting_chart
from reports.whatif_words import basis_sentence, cut_sentence, verdict_in_short, what_if_sentence
from reports.wording import wording
from views.about import explain
from views.access import PATHS
from views.adopting import place_adopt, place_adopted
from views.back import place_top
from views.behind import BEHIND, Both, Where, behind_job
from views.blocks import chart_width, look
from views.cases import evaluated_case, quick_waiting, quick_what_if
from views.drawn import place_plotted
from views.feedback import guarded, sentences
from views.frame import arrived, link, require
from views.levers import moved_levers, place_levers
from views.missing import place_answers_missing, place_figures_missing, place_missing
from views.money_why import place_added_up
from views.plain import kept, plain
from views.waiting import asked, leave, place_wait

SLIDERS = "what-if"
"""Key of the fragment with sliders and charts."""
_WIDE = 1280


def page() -> None:
    """Show the sliders and what they make of the case, or what is missing before there is one."""
    opened = require()
    if arrived(f"whatif/{opened.id}"):
        leave(BEHIND)
    st.title("What if", anchor=False)
    explain("whatif")
    foot = st.bottom.empty()
    place_top(opened.id, unsaved=wording().whatif["unsaved"])
    with st.container(width=_WIDE):
        key, evaluation, case = evaluated_case(opened)
        if case is None:
            _missing(opened.id, evaluation)
            return
        st.markdown(
            "Every chart is drawn again when a slider moves. A slider moves the likely value of its figure, and the "
            "low and the high move with it. Where a figure has only a low and a high, the slider stands at its middle "
            "value: it is as likely to be higher as lower."
        )
        place_adopted(opened.id)
        st.fragment(guarded(_sliders), key=SLIDERS)(opened.id, key, case, foot)
        link("economics", "What the programme costs", opened.id, part="programme")


def _missing(assessment_id: str, evaluation: Evaluation) -> None:
    st.info("**Nothing to move yet.** A what-if moves a cost curve, and there is none. What is still missing:")
    place_missing(evaluation)
    place_figures_missing(assessment_id, evaluation)
    place_answers_missing(assessment_id, evaluation)


def _sliders(assessment_id: str, key: str, case: Case, foot: DeltaGenerator) -> None:
    """Place answer, sliders and charts; ``foot`` says the answer in short, in view wherever the sliders are.

    The answer is there before the sliders are drawn again: who moves one looks at the answer.
    """
    found = levers(case)
    said = st.container()
    left, right = st.columns([1, 2], gap="large")
    values = moved_levers(assessment_id, found)
    where = (key, tuple(sorted(values.items())))
    try:
        both = _both(where, case)
    except SixstepError as error:
        leave(BEHIND)
        foot.empty()
        for sentence in sentences(error):
            said.error(plain(sentence))
        with left:
            place_levers(assessment_id, case, found)
        return
    with said:
        _said(case, found, values, both)
        foot.markdown(kept(plain(verdict_in_short(both.shown, both.base, changed=bool(values)))))
        place_wait(BEHIND)
    with left:
        place_levers(assessment_id, case, found)
        place_adopt(assessment_id, case, found, values)
    with right:
        _charts(both, where, case)


def _both(where: Where, case: Case) -> Both:
    """Return the run on all futures where it has ended, else the quick one; one that is out of date is stopped."""
    run = asked(BEHIND, behind_job(where, case))
    if run.state == "found" and run.found is not None:
        return run.found
    return Both(quick_what_if(where[0], where[1], case), quick_what_if(where[0], (), case))


def _said(case: Case, found: tuple[Lever, ...], values: dict[str, float], both: Both) -> None:
    shown, base = both.shown, both.base
    st.info(kept(plain(what_if_sentence(shown, base, found, values, case.parameters))))
    _, moves = moved(case, values)
    cut = cut_sentence(moves, case.parameters)
    if cut:
        st.warning(plain(cut))
    st.caption(kept(plain(basis_sentence(shown, "full" if shown.curves.paths >= PATHS else "quick"))))


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
    place_added_up(shown.curves, "what-if-added-up")
    with later:
        place_plotted(waiting_chart(waiting, before if where[1] else None, width=width, look=theme), "waiting")


page()
