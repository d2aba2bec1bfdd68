"""What the answer was when the page Economics was opened, beside what it is now: what a replaced figure did to it."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from models.evaluation import Evaluation
from reports.figures_format import money, months
from reports.scenario_words import decision_title
from views.access import key_of
from views.analysing import economics_job
from views.frame import PLACE
from views.plain import kept, plain
from views.running import runs
from workspace.service import Opened


class _Was(NamedTuple):
    """The figures with which the page was opened, by their key, and the answer to them, once it is known."""

    key: tuple[str, ...]
    answer: str = ""


def keep_answer(opened: Opened) -> None:
    """Keep, when the page is opened from another one, with which figures that was; before the page has arrived."""
    before = str(st.session_state.get(PLACE, ""))
    if not before.startswith(f"economics/{opened.id}/") or _name(opened) not in st.session_state:
        found = runs().find(economics_job(opened))
        st.session_state[_name(opened)] = _Was(key_of(opened), "" if found is None else _answer(found))


def place_answer_before(opened: Opened, evaluation: Evaluation) -> None:
    """Say below the answer what it was when the page was opened, where the figures are others now."""
    was, answer = _was(opened), _answer(evaluation)
    if was is None or not answer:
        return
    if was.key == key_of(opened):
        st.session_state[_name(opened)] = was._replace(answer=answer)
    elif was.answer == answer:
        st.markdown(f"**What you changed since you opened this page leaves the answer as it was:** {_said(answer)}.")
    elif was.answer:
        st.markdown(f"**When you opened this page:** {_said(was.answer)}. **Now:** {_said(answer)}.")


def place_answer_kept(opened: Opened) -> None:
    """Say above the figures which answer a replaced one will be compared with, and where."""
    was = _was(opened)
    if was is not None and was.answer:
        st.caption(
            f"The answer when you opened this page: {_said(was.answer)}. What a new figure makes of it stands under "
            "“What waiting costs”."
        )


def _said(answer: str) -> str:
    return kept(plain(answer))


def _answer(evaluation: Evaluation) -> str:
    """Return the decision with what each start is worth, in a line; empty where there is none."""
    found = evaluation.economics
    if found is None:
        return ""
    now, later = (found.curves.strategies[name] for name in ("now", "delayed"))
    if now.npv is None or later.npv is None or later.start_month is None:
        return ""
    currency = found.curves.currency
    title = decision_title(found.decision)
    return (
        f"{title[:1].lower()}{title[1:]} (starting now is worth {money(now.npv.mean, currency)} on average, starting "
        f"after {months(later.start_month)} {money(later.npv.mean, currency)})"
    )


def _was(opened: Opened) -> _Was | None:
    found: _Was | None = st.session_state.get(_name(opened))
    return found


def _name(opened: Opened) -> str:
    return f"answer-before-{opened.id}"
