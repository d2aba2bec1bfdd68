"""What a person does with an answer that is there already: confirm it, keep that of last time, mark it."""

from __future__ import annotations

import streamlit as st

from assessment.answers import Answer
from reports.sections.answers import CARRIED
from views.access import workspace
from views.answering import Field, changed, draft_of, rebuilt, redraw, store

__all__ = ["CARRIED", "confirm", "confirm_here", "confirm_quietly", "keep", "mark"]


def confirm(field: Field) -> bool:
    """Save, without drawing, that a person has looked at a carried answer and it is still true."""
    return store(field, lambda stored: None if stored is None else changed(stored, {}))


def confirm_quietly(field: Field) -> None:
    """Save that a carried answer is still true, on a page that is drawn as a whole."""
    confirm(field)


def confirm_here(field: Field) -> None:
    """Save that a carried answer is still true, and draw its question again."""
    confirm(field)
    redraw(field)


def keep(field: Field, before: Answer) -> bool:
    """Save the answer of last time without drawing: all but its mark, or its kind where there are details already."""
    kind: dict[str, object] = {
        part: getattr(before, part) for part in ("option", "figure", "unknown", "not_applicable")
    }

    def change(stored: Answer | None) -> Answer:
        details = stored or draft_of(field)
        return changed(before, {"discuss": False}) if details is None else rebuilt(details, kind)

    return store(field, change)


def mark(field: Field) -> bool:
    """Mark for discussion or take the mark off, without drawing; before an answer it waits for one."""
    stored = workspace().open(field.assessment).assessment.answers.get(field.question)
    if stored is not None:
        return store(field, lambda now: None if now is None else changed(now, {"discuss": not now.discuss}), "discuss")
    waiting = draft_of(field) or Answer(unknown=True)
    st.session_state[field.key("draft")] = changed(waiting, {"discuss": not waiting.discuss})
    return True
