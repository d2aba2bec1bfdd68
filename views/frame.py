"""The frame around every page: which pages there are, the links between them, and the assessment that the URL names."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import NamedTuple, NoReturn

import streamlit as st

from views.access import workspace
from views.feedback import forget_problems
from views.plain import plain
from workspace.errors import NotFound
from workspace.service import Opened

ASSETS = Path(__file__).with_name("assets")
ID = "a"
"""Query parameter with the opaque id of the assessment: all that is needed to resume."""
PLACE = "place"
"""Key of the session under which stands where the person is: page, assessment and part."""
_ARROW = ":material/arrow_forward:"
"""What tells a link of a page from its text; the font of the sign is a file of Streamlit's own, served by it."""


class PageEntry(NamedTuple):
    """A page: its file in ``views``, its title, and whether it is there without an assessment.

    ``group`` is the heading in the side bar under which it is listed; those without one stand at the top, and a page
    that is not ``listed`` is reached from another one.
    """

    name: str
    title: str
    group: str = ""
    listed: bool = True
    always: bool = False

    @property
    def path(self) -> str:
        """File of the page, seen from app.py."""
        return f"views/{self.name}.py"


_ANSWER, _FIND_OUT, _DECIDE, _HAND_OVER, _LOOK_UP = "Answer", "Find out", "Decide", "Hand over", "Look up"
PAGES = {
    entry.name: entry
    for entry in (
        PageEntry("start", "Start", always=True),
        PageEntry("tasks", "Task list"),
        PageEntry("step", "Step", listed=False),
        PageEntry("check", "Check answers", listed=False),
        PageEntry("quick", "Quick answers", _ANSWER),
        PageEntry("context", "Context and signals", _ANSWER),
        PageEntry("register", "Target register", _ANSWER),
        PageEntry("targets", "Target levels", _ANSWER),
        PageEntry("results", "Results", _FIND_OUT),
        PageEntry("wall", "Wall", _FIND_OUT),
        PageEntry("delivery", "Delivery record", _FIND_OUT),
        PageEntry("progress", "Progress", _FIND_OUT),
        PageEntry("economics", "Economics", _DECIDE),
        PageEntry("scenarios", "Scenarios", _DECIDE),
        PageEntry("whatif", "What if", _DECIDE),
        PageEntry("roadmap", "Roadmap", _DECIDE),
        PageEntry("report", "Report and export", _HAND_OVER),
        PageEntry("search", "Search", _LOOK_UP),
        PageEntry("changes", "Recent changes", _LOOK_UP),
        PageEntry("compare", "Compare two", _LOOK_UP, always=True),
        PageEntry("questionnaires", "Questionnaires", _LOOK_UP, always=True),
    )
}
"""In the order of the side bar: the pages of a group stand together."""


def current_id() -> str | None:
    """Return the id of the assessment in the URL."""
    return st.query_params.get(ID) or None


def link(page: str, label: str, assessment_id: str | None = None, **parameters: str) -> None:
    """Place a link to a page that carries the assessment's id; ``label`` is Markdown."""
    known = {ID: assessment_id} if assessment_id else {}
    st.page_link(PAGES[page].path, label=label, icon=_ARROW, query_params={**known, **parameters})


def way(label: str, page: str, assessment_id: str, *, here: bool = False, **parameters: str) -> None:
    """Place a button to a part of the page that is open; a link to it would always look like the current one."""
    key = f"way-{label}-{page}-{'-'.join(parameters.values())}"
    if st.button(label, key=key, type="primary" if here else "secondary", wrap=True):
        go(page, assessment_id, **parameters)


def go(page: str, assessment_id: str, **parameters: str) -> None:
    """Leave for another page at once."""
    st.switch_page(PAGES[page].path, query_params={ID: assessment_id, **parameters})


def sidebar() -> None:
    """Place the links between pages, group by group; without an assessment only those that need none."""
    assessment_id = current_id()
    listed = [entry for entry in PAGES.values() if entry.listed and (assessment_id or entry.always)]
    with st.sidebar:
        for group, entries in groupby(listed, key=lambda entry: entry.group):
            if group:
                st.caption(group)
            for entry in entries:
                st.page_link(entry.path, label=entry.title, query_params={ID: assessment_id} if assessment_id else {})


def require() -> Opened:
    """Return the assessment that the URL names, or say that there is none and stop."""
    assessment_id = current_id()
    if assessment_id is None:
        _nothing_open("No assessment is open.", "Choose one on the start page, try the example, or start a new one.")
    try:
        opened = workspace().open(assessment_id)
    except NotFound:
        _nothing_open(
            "This address names no assessment in this workspace.",
            "Check that the address is complete, or that the app was started on the right database.",
        )
    name_it(opened)
    return opened


def _nothing_open(what: str, remedy: str) -> NoReturn:
    st.title("No assessment here")
    st.warning(f"{what} {remedy}")
    link("start", "Go to the start page")
    st.stop()


def name_it(opened: Opened) -> None:
    """Say at the top of the page which assessment is open, and whether it is an invented one."""
    line = plain(opened.assessment.name)
    if opened.assessment.fictional:
        named = "fictional" in opened.assessment.name.casefold()
        line += f" · **{'' if named else 'fictional: '}no real organisation**"
    st.markdown(f":small[{line}]")
    if opened.missing_version:
        version = plain(opened.questionnaire.version)
        st.warning(
            f"This was answered on version {plain(opened.missing_version)} of its questionnaire, which is not "
            f"installed here. Version {version} stands in for it. Every answer is kept; install that version on the "
            "page Questionnaires to see them as they were."
        )


def arrived(place: str) -> bool:
    """Return whether this run is the first one at ``place`` (page, assessment and part), and forget older problems."""
    if st.session_state.get(PLACE) == place:
        return False
    st.session_state[PLACE] = place
    forget_problems()
    return True
