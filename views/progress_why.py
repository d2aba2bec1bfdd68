"""How a difference came about: on demand the terms of the earlier and of the later score, under the same questions."""

from __future__ import annotations

import functools

import streamlit as st

from assessment.answers import Assessment
from assessment.explaining import explain
from assessment.questionnaire import Questionnaire
from assessment.trend import Comparison, Difference, rescored
from reports.comparing import title
from reports.explaining import explained
from reports.figures_format import point_or_range
from reports.wording import fill, wording
from views.feedback import guarded
from views.plain import plain
from views.terms import choose_figure, show_explained

_NAMES = {"overall": "overall", "dimension": "{id}.effective", "factor": "factor.{id}", "step": "step.{id}"}
_AT_HAND = 3


def place_progress_why(found: Comparison, questionnaire: Questionnaire, earlier: Assessment, later: Assessment) -> None:
    """Place a button at the overall score and at the first differences, the regressions, and a list of the others."""
    drawn = [item for item in found.differences if item.kind in _NAMES and item.compared]
    labels = {_NAMES[item.kind].format(id=item.id): _label(item) for item in drawn}
    both = tuple(rescored(questionnaire, each, later, found.mode) for each in (earlier, later))
    shown = functools.partial(_explanations, questionnaire, both)
    texts = wording().explain
    st.markdown(f"**{plain(texts['how'])}**")
    place = st.fragment(guarded(choose_figure), key="progress-why")
    near = list(dict.fromkeys([*(name for name in labels if name == "overall"), *labels]))[:_AT_HAND]
    place("progress-why", labels, near, shown, texts["choose"])


def _label(item: Difference) -> str:
    ends = {"earlier": point_or_range(item.on_later.earlier), "later": point_or_range(item.on_later.later)}
    return fill(wording().explain["change"], title=title(item), **ends)


def _explanations(questionnaire: Questionnaire, both: tuple[Assessment, ...], name: str) -> None:
    for side, assessment in zip(("earlier", "later"), both, strict=True):
        found = explained(questionnaire, assessment, explain(questionnaire, assessment, name))
        with st.container(border=True):
            show_explained(found, wording().explain[side])
