"""How a figure of money came about: on demand its formula, what it adds up from, and where all of it comes from."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import streamlit as st

from models.evaluation import Evaluation
from models.outcomes import Curves
from reports.explaining_money import (
    FIGURES,
    MoneyExplained,
    at_hand,
    explainable,
    explained_money,
    formulas_of,
    worth_added_up,
)
from reports.formulas import Part
from reports.wording import wording
from views.blocks import table
from views.feedback import guarded
from views.plain import plain
from views.terms import choose_figure
from workspace.service import Opened


def place_how(opened: Opened, evaluation: Evaluation, part: Part) -> None:
    """Place a button at each headline figure of a part, and a list of its other figures."""
    labels = explainable(evaluation, part)
    if not labels:
        return
    texts, key = wording().explain, f"how-{part}-{opened.id}"
    st.markdown(f"**{plain(texts['how'])}**")
    near = [name for name in at_hand(part) if name in labels]
    shown = functools.partial(_explanation, evaluation)
    st.fragment(guarded(choose_figure), key=key)(key, labels, near, shown, texts["choose_money"])


def place_formulas(evaluation: Evaluation, part: Part, put_in: Mapping[str, str]) -> None:
    """Place the formulas of a part whose figures the page shows itself, with their numbers put in; folded up."""
    panel = st.expander(wording().explain["how"], key=f"formulas-{part}", on_change="rerun")
    if panel.open:
        with panel:
            for found in formulas_of(evaluation, part, put_in):
                _show(found)


def place_added_up(curves: Curves, key: str) -> None:
    """Place what starting now is worth in a run, added up from the categories of cost; folded up."""
    panel = st.expander(wording().explain["added_up"], key=key, on_change="rerun")
    if panel.open:
        with panel:
            _show(worth_added_up(curves))


def _explanation(evaluation: Evaluation, name: str) -> None:
    found = explained_money(evaluation, name)
    with st.container(border=True):
        _show(found)
        if not found.figures:
            st.markdown(plain(wording().explain["no_figures"]))


def _show(found: MoneyExplained) -> None:
    value = f": {plain(found.value)}" if found.value else ""
    st.markdown(f"**{plain(found.title)}{value}**")
    st.markdown(plain(found.formula))
    st.caption(plain(found.symbols))
    if found.put_in:
        st.markdown(plain(f"{wording().explain['put_in']} {found.put_in}"))
    if found.sums:
        table(found.sums_header, found.sums)
    if found.figures:
        table(FIGURES, found.figures, symbols=True)
