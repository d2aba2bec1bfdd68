"""Economics: the figures, confirmed by a person; then what each course costs, when to start, and what matters."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.evaluation import CAPACITY_SYMBOLS, Evaluation, missing_inputs
from models.parameters import Parameter
from reports.formulas import written_symbol
from reports.sections.matters import replaceable
from reports.wording import listed, wording
from views.about import explain
from views.access import evaluated, workspace
from views.analysing import best_known
from views.analysis import MATTERS, PARTS, PROGRAMME, show_part
from views.answer_before import keep_answer, place_answer_kept
from views.back import place_top
from views.blocks import WIDTH, table
from views.decision import show_assumptions, show_decision
from views.feedback import attempt, guard, problem_at
from views.frame import arrived, link, require, way
from views.missing import place_answers_missing, place_missing
from views.offers import place_offers
from views.plain import plain
from views.ranges import place_range
from views.terms_of_money import place_terms_of_money
from views.widgets import put
from workspace.service import Opened

_A_PAGE = 3
_DECISION, _FRAME, _BASELINE, _ASKED, _LOAD, _OTHER = "decision", "frame", "baseline", "asked", "load", "other"
_REGISTER = "register"
_ASSUMPTIONS = "assumptions"
_RESULTS = (_DECISION, *PARTS, _ASSUMPTIONS)
_FIGURE, _OTHER_FIGURE, _LED = "figure", "other-figure", "other-figure-led"
"""What the address calls the figure to look at; the key of what picks it, and of the one that an address led to."""
_LEADS = (_DECISION, "money")
"""Parts that name a cost of the programme, from which a button leads to the way from one to the next."""
_CONFIRM = "confirm-baseline"
_ABOUT = {
    "c_resp": "outages",
    "I0": "infrastructure",
    "E": "the team",
    "A0": "compliance",
    "g_c": "compliance",
    "q": "delivery",
}
"""What each figure that is asked for is about, by symbol: the parts with them are named by it."""
_SEEN = (
    "Where you have given no figure, your answers and signals suggest a range. Correct what you know better, then "
    "confirm: otherwise a sound platform could be charged the losses of a fragile one."
)
_UNSEEN = (
    "Nothing is answered yet, so these ranges are as wide as they can be: answers narrow them. Correct what you know "
    "better, then confirm."
)
_DESIGNED = plain(wording().stage["baseline"])


def page() -> None:
    """Show the part that the URL names; the decision once nothing is missing, else the first thing to give."""
    opened = require()
    evaluation = evaluated(opened)
    parts = _parts(evaluation)
    wanted = st.query_params.get("part", _DECISION)
    name = wanted if wanted in parts else _DECISION
    keep_answer(opened)
    arrived(f"economics/{opened.id}/{name}")
    st.title("Economics", anchor=False)
    explain("economics")
    place_top(opened.id)
    with st.container(width=WIDTH):
        if opened.questionnaire.stage == "design":
            st.caption(plain(wording().stage["economics"]))
        if name in _RESULTS:
            _ways(opened, {result: parts[result] for result in _RESULTS}, name)
            st.header(parts[name][0], anchor=False)
            with guard():
                _result(opened, evaluation, name)
            st.header("The figures behind it", anchor=False)
            _ways(opened, {part: parts[part] for part in parts if part not in _RESULTS}, name)
            return
        _ways(opened, {part: parts[part] for part in parts if part == _DECISION or part not in _RESULTS}, name)
        st.header(parts[name][0], anchor=False)
        place_answer_kept(opened)
        if name == _FRAME:
            place_terms_of_money(opened.id)
        elif name == _REGISTER:
            place_offers(opened, evaluation)
        elif name == _OTHER:
            _others(opened, evaluation)
        else:
            _figures(opened, name, parts[name][1])
        _next(opened, parts, name)


def _parts(evaluation: Evaluation) -> dict[str, tuple[str, tuple[Parameter, ...]]]:
    """Return the parts of the page: name to title and the figures on it."""
    known = evaluation.parameters.by_symbol
    baseline = tuple(known[symbol] for symbol in evaluation.proposals if symbol in known)
    asked = [item for item in known.values() if item.asked and item.symbol not in CAPACITY_SYMBOLS]
    groups = [tuple(asked[start : start + _A_PAGE]) for start in range(0, len(asked), _A_PAGE)]
    parts: dict[str, tuple[str, tuple[Parameter, ...]]] = {
        _DECISION: ("What waiting costs", ()),
        **{name: (part.title, ()) for name, part in PARTS.items()},
        _ASSUMPTIONS: ("Assumptions", ()),
        _FRAME: ("Currency and time", ()),
        _BASELINE: ("Baseline from your answers", baseline),
    }
    for number, group in enumerate(groups, start=1):
        parts[f"{_ASKED}-{number}"] = (f"Figures only you have: {_about(group) or number}", group)
    parts[_LOAD] = ("Load test", tuple(known[symbol] for symbol in sorted(CAPACITY_SYMBOLS) if symbol in known))
    if evaluation.questionnaire.target_register is not None:
        parts[_REGISTER] = ("From the target register", ())
    parts[_OTHER] = ("All other figures", ())
    return parts


def _about(group: Sequence[Parameter]) -> str:
    """Return what a group of figures is about; empty where one of them is not known here."""
    about = [_ABOUT.get(item.symbol, "") for item in group]
    return listed(list(dict.fromkeys(about))) if all(about) else ""


def _ways(opened: Opened, parts: dict[str, tuple[str, tuple[Parameter, ...]]], here: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, (title, _) in parts.items():
            way(title, "economics", opened.id, here=name == here, part=name)


def _next(opened: Opened, parts: dict[str, tuple[str, tuple[Parameter, ...]]], here: str) -> None:
    names = [name for name in parts if name not in _RESULTS]
    place = names.index(here)
    before, after = names[place - 1] if place else _DECISION, names[place + 1] if here != names[-1] else _DECISION
    st.divider()
    with st.container(horizontal=True):
        way(f"Next: {parts[after][0]}", "economics", opened.id, part=after)
        way(f"Back: {parts[before][0]}", "economics", opened.id, part=before)


def _result(opened: Opened, evaluation: Evaluation, name: str) -> None:
    if missing_inputs(opened.assessment, evaluation.parameters, evaluation.proposals):
        st.info(
            "**No curve yet.** A cost that rests on figures nobody has given would be invented. What is still missing:"
        )
        place_missing(evaluation)
        place_answers_missing(opened.id, evaluation)
        return
    _shown(opened, name)
    if name in _LEADS:
        way("Why the programme has several costs", "economics", opened.id, part=PROGRAMME)
    place_answers_missing(opened.id, evaluation)


def _shown(opened: Opened, name: str) -> None:
    if name == _DECISION:
        show_decision(opened)
    elif name == _ASSUMPTIONS:
        show_assumptions(opened)
    else:
        show_part(opened, name)
        if name == MATTERS:
            _replaceable(opened)


def _replaceable(opened: Opened) -> None:
    """Place a way to every figure that the part What matters names, at the place where it is replaced."""
    evaluation = best_known(opened)
    symbols = () if evaluation is None else replaceable(evaluation)
    if evaluation is None or not symbols:
        return
    st.markdown(f"**{plain(wording().matters['replace'])}**")
    places = {item.symbol: part for part, (_, figures) in _parts(evaluation).items() for item in figures}
    with st.container(horizontal=True, gap="small"):
        for symbol in symbols:
            title, part = evaluation.parameters.by_symbol[symbol].title, places.get(symbol, _OTHER)
            way(plain(title), "economics", opened.id, part=part, figure=symbol)


def _figures(opened: Opened, name: str, parameters: tuple[Parameter, ...]) -> None:
    if name == _LOAD:
        st.markdown(
            "Optional: these three, from a load test, stand in for the share of capacity in use today. Give all three "
            "or none. As soon as you give one, a typed share is removed; and typing that share removes these three."
        )
        link("wall", "Read the capacity from a load test", opened.id)
    elif name == _BASELINE:
        begun = opened.assessment.answers or opened.assessment.signals
        st.markdown(_DESIGNED if opened.questionnaire.stage == "design" else _SEEN if begun else _UNSEEN)
    for number, parameter in enumerate(parameters):
        if number:
            st.divider()
        place_range(opened.id, parameter)
    if name == _BASELINE:
        st.divider()
        _confirm(opened)


def _confirm(opened: Opened) -> None:
    confirmed = opened.assessment.economics.confirmed
    st.markdown("**The baseline is confirmed.**" if confirmed else "**The baseline is not confirmed yet.**")
    problem_at(_CONFIRM)
    label = "Confirm these ranges again" if confirmed else "Confirm these ranges"
    st.button(label, type="secondary" if confirmed else "primary", key=_CONFIRM, on_click=_accept, args=(opened.id,))


def _accept(assessment_id: str) -> None:
    """Confirm the proposals that stand; what the person typed stays theirs."""
    opened = workspace().open(assessment_id)
    typed = opened.assessment.economics.ranges
    proposals = evaluated(opened).proposals
    open_ones = {symbol: given for symbol, given in proposals.items() if symbol not in typed}
    attempt(_CONFIRM, "Baseline", lambda: workspace().confirm_baseline(assessment_id, open_ones).at)


def _others(opened: Opened, evaluation: Evaluation) -> None:
    known = evaluation.parameters.by_symbol
    others = [item.symbol for item in known.values() if not item.asked and item.symbol not in evaluation.proposals]
    st.markdown(
        "Each of these has a default with its source and grade, or is left out until you state it. "
        "Replace what you have measured."
    )
    wanted = st.query_params.get(_FIGURE)
    if wanted in others and (st.session_state.get(_LED) != wanted or _OTHER_FIGURE not in st.session_state):
        put(_OTHER_FIGURE, wanted)
    st.session_state[_LED] = wanted
    picked = st.selectbox(
        "Figure to look at or replace",
        others,
        format_func=lambda symbol: known[symbol].title,
        key=_OTHER_FIGURE,
    )
    place_range(opened.id, known[picked])
    rows = [
        (item.title, written_symbol(item.symbol), item.unit_in(opened.assessment.economics.currency), item.grade)
        for item in (known[symbol] for symbol in others)
    ]
    with st.expander("All of them, with their grades"):
        table(("Figure", "Symbol", "Unit", "Grade"), rows)


page()
