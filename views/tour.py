"""The tour: a few places of an assessment, each with what to look at. It can be left at once, and begun again."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import streamlit as st
from pydantic import Field

from assessment.fields import Model
from assessment.reading import read_document, validate
from views.access import workspace
from views.frame import ASSETS, current_id, go
from views.plain import plain

TOUR = "tour"
"""Query parameter with the number of the screen; without it there is no tour."""
_FIRST_STEP = "@first"


class Screen(Model):
    """One place: the page with its parameters, and what to look at there."""

    page: str
    parameters: dict[str, str] = Field(default_factory=dict)
    title: str
    look: str


class _Tour(Model):
    format: Literal["sixstep-tour/1"]
    screens: tuple[Screen, ...]


@lru_cache(maxsize=1)
def screens() -> tuple[Screen, ...]:
    """Return the screens of the tour in order, read once."""
    return validate(_Tour, read_document(ASSETS / "tour.yaml")).screens


def begin_tour(assessment_id: str) -> None:
    """Leave for the first screen of the tour."""
    _show(1, assessment_id)


def place_tour() -> None:
    """Place the tour's words at the top of the page while a tour is on; whatever else is opened ends it."""
    number, assessment_id = _number(), current_id()
    if number is None or assessment_id is None:
        return
    screen, last = screens()[number - 1], number == len(screens())
    with st.container(border=True, key="tour"):
        st.markdown(f":small[Tour, {number} of {len(screens())}]  \n**{plain(screen.title)}**")
        st.markdown(plain(screen.look))
        with st.container(horizontal=True):
            if not last and st.button("Next", key="tour-next", type="primary"):
                _show(number + 1, assessment_id)
            if number > 1 and st.button("Back", key="tour-back"):
                _show(number - 1, assessment_id)
            if st.button("End the tour" if last else "Skip the tour", key="tour-end", type="secondary"):
                go(screen.page, assessment_id, **_parameters(screen, assessment_id))


def _number() -> int | None:
    """Return which screen the address names; None for none, and for one that there is not."""
    told = st.query_params.get(TOUR, "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0  # noqa: PLR2004 - a few screens
    return number if 1 <= number <= len(screens()) else None


def _show(number: int, assessment_id: str) -> None:
    screen = screens()[number - 1]
    go(screen.page, assessment_id, **_parameters(screen, assessment_id), **{TOUR: str(number)})


def _parameters(screen: Screen, assessment_id: str) -> dict[str, str]:
    if _FIRST_STEP not in screen.parameters.values():
        return screen.parameters
    first = workspace().open(assessment_id).questionnaire.steps[0].id
    return {name: first if value == _FIRST_STEP else value for name, value in screen.parameters.items()}
