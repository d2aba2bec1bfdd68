"""Search: where a word stands in the questions, the answers' notes and evidence, and the register."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from assessment.search import Found, Place, search
from views.about import explain
from views.blocks import WIDTH
from views.frame import arrived, link, require
from views.items import ABOUT, parts_of
from views.plain import plain
from workspace.service import Opened

WORDS = "s"
"""Query parameter with what is looked for, so that a search can be sent on and Back returns to it."""
_HEADINGS: dict[Place, str] = {
    "note": "In notes",
    "evidence": "In evidence",
    "question": "Questions",
    "workflow": "Workflows of the target register",
    "item": "Context and signals",
    "level": "In the words of a level",
    "background": "In hints, reasons and proofs",
}
_MOST_SHOWN = 20
_HINT = "Type a word and press Enter, for example rollback. Of several words, every place found holds them all."


def page() -> None:
    """Take words and list what holds all of them; each result leads to its place."""
    opened = require()
    arrived(f"search/{opened.id}")
    st.title("Search", anchor=False)
    explain("search")
    key = f"search-words-{opened.id}"
    told = st.query_params.get(WORDS, "")
    words = st.text_input("Words to look for", told, max_chars=100, key=key, width=WIDTH)
    if words != told:
        st.query_params[WORDS] = words
    with st.container(width=WIDTH, key="search-found"):
        if words.strip():
            _results(opened, words)
        else:
            st.caption(_HINT)


def _results(opened: Opened, words: str) -> None:
    found = search(opened.questionnaire, opened.assessment, words)
    st.markdown(_summary(len(found), words), width="stretch")
    for place, group in groupby(found, key=lambda item: item.place):
        items = list(group)
        st.header(f"{_HEADINGS[place]}: {len(items)}", anchor=False)
        for item in items[:_MOST_SHOWN]:
            _result(opened, item)
        if len(items) > _MOST_SHOWN:
            st.caption(f"The first {_MOST_SHOWN}. Add a word to find fewer.")


def _summary(count: int, words: str) -> str:
    places = "1 place holds" if count == 1 else f"{count or 'No'} places hold"
    return f"{places} **{plain(words)}**." + ("" if count else " Try fewer words, or a part of one.")


def _result(opened: Opened, item: Found) -> None:
    with st.container(border=True):
        page, parameters = _way(opened, item)
        link(page, plain(item.title), opened.id, **parameters)
        st.caption(plain(item.text))


def _way(opened: Opened, item: Found) -> tuple[str, dict[str, str]]:
    """Return where a result leads."""
    question = opened.questionnaire.by_id.get(item.id)
    if item.place == "workflow":
        return "register", {}
    if item.place == "item" or question is None:
        part = next((part.name for part in parts_of(opened) if any(one.id == item.id for one in part.items)), ABOUT)
        return "context", {"part": part}
    return "step", {"step": question.step, "q": question.id}


page()
