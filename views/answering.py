"""Saving one answer: the widgets of a question are a view, and the workspace holds what was answered.

Each change reads the answer as it stands in the store, changes one part of it and saves the whole, so that two windows
which edit different parts lose nothing. What this session last saw is kept beside the widgets; when the store holds
something else, somebody else changed it, and that is told.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, get_args

import streamlit as st
from pydantic import ValidationError

from assessment.answers import Answer, NotApplicable
from assessment.errors import InputError, Problem
from assessment.instrument import option_of
from assessment.questionnaire import Question, Questionnaire
from reports.figures_format import plain as figure
from views.access import workspace
from views.drawing import draw_again
from views.feedback import SUMMARY, accept, attempt, summary_is_behind
from views.plain import plain
from views.standing import read_ahead
from views.widgets import put

UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"
EFFECT = "effect"
"""Key of the fragment that shows what the answers do to the scores."""
READING = "reading"
"""Key of the fragment with the end of a step: what the answers did, mean and call for."""
READS = "reading-open"
"""Key under which this session keeps whether an answer moves what is seen of the end of the step."""
REASONS: dict[str, str] = {
    "not_built_yet": "Not built yet",
    "other_team": "Another team answers for it",
    "contractually_excluded": "Excluded by contract",
    "out_of_scope": "Out of scope of this assessment",
}
CONFIDENCES: dict[str, str] = {
    "claimed": "Claimed: somebody says so",
    "documented": "Documented: there is a record",
    "measured": "Measured: there is a figure",
}
EVIDENCE_LINES, EVIDENCE_LENGTH, NOTE_LENGTH = 20, 1000, 4000
DETAILS = ("note", "evidence", "confidence", "role", "discuss")
_KIND = ("choice", "figure", "reason")


class Field(NamedTuple):
    """One question of one assessment, as the widgets know it."""

    assessment: str
    question: str
    title: str
    redraws: tuple[str, ...] = ()
    """Keys of the fragments that a save draws again, where they are not those of the step page."""

    def key(self, part: str) -> str:
        """Return the stable key of one of the question's widgets."""
        return f"{part}-{self.question}-{self.assessment}"

    @property
    def name(self) -> str:
        """Name under which problems and saves of the field are kept."""
        return self.key("field")

    def problem(self, part: str) -> str:
        """Return the name under which problems and saves of one detail are kept."""
        return self.key(f"problem-{part}")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which problems and saves of the question are kept."""
        return (self.name, *(self.problem(part) for part in DETAILS))

    @property
    def fragment(self) -> str:
        """Key of the fragment that draws the question."""
        return self.key("question")


def offered(questionnaire: Questionnaire, question: Question) -> dict[str, str]:
    """Return the radio options of a question and their labels as Markdown: levels, then don't know, not applicable."""
    levels = {
        str(index): f"**{plain(option.label)}.** {plain(anchor)}"
        for index, (option, anchor) in enumerate(
            zip(questionnaire.scale_of(question).options, question.anchors, strict=True)
        )
    }
    return {**levels, UNKNOWN: "Don't know", NOT_APPLICABLE: "Not applicable"}


def in_words(questionnaire: Questionnaire, question: Question, answer: Answer | None) -> str:
    """Return an answer as one line of text."""
    if answer is None:
        return "Not answered"
    if answer.unknown:
        return "Don't know"
    if answer.not_applicable is not None:
        return f"Not applicable: {REASONS[answer.not_applicable].lower()}"
    option = option_of(question, answer)
    label = questionnaire.scale_of(question).options[option].label
    if answer.figure is not None and question.measure is not None:
        return f"{figure(answer.figure)} {question.measure.unit}, which means {label}"
    return f"{label}. {question.anchors[option]}"


def adopt(field: Field, stored: Answer | None, sequence: int) -> bool:
    """Fill the widgets from the store when they are new or the store moved on; return whether somebody else moved it.

    ``sequence`` is the latest event of the assessment that this drawing shows; a save hands it back.
    """
    state = st.session_state
    seen = field.key("seen")
    known, moved = seen in state, seen in state and state[seen] != stored
    if not known or moved or field.key("choice") not in state:
        state[field.key("default")] = choice_of(stored)
        for part, value in _widget_values(stored).items():
            if part in _KIND or field.key(part) in state:
                put(field.key(part), value)
    state[seen] = stored
    state[field.key("sequence")] = sequence
    return moved


def default_of(field: Field) -> str | None:
    """Return the option that the radio of a question has as its default: where it stood when it was filled last.

    It does not follow what a person chooses: a radio that is sent as it was is not drawn again by the browser, which
    reads the texts of its seven options anew otherwise. A radio that is to stand at nothing has no default, since a
    browser that reports nothing means that one.
    """
    state = st.session_state
    if state.get(field.key("choice")) is None:
        state[field.key("default")] = None
    found: str | None = state[field.key("default")]
    return found


def _widget_values(stored: Answer | None) -> dict[str, object]:
    answer = stored or Answer(unknown=True)
    return {
        "choice": choice_of(stored),
        "figure": answer.figure,
        "reason": answer.not_applicable,
        **_detail_values(answer),
    }


def _detail_values(answer: Answer) -> dict[str, object]:
    return {
        "note": answer.note,
        "evidence": "\n".join(answer.evidence),
        "confidence": answer.confidence,
        "role": answer.role,
        "discuss": answer.discuss,
    }


def confidence_counts(answer: Answer) -> bool:
    """Say whether there is a level to be sure of: not for don't know and not applicable."""
    return not answer.unknown and answer.not_applicable is None


def fill_details(field: Field, stored: Answer) -> None:
    """Fill the widgets of the note part from the store where they are new."""
    for part, value in _detail_values(stored).items():
        st.session_state.setdefault(field.key(part), value)


def choice_of(answer: Answer | None) -> str | None:
    """Return the radio option that an answer stands at; None for no answer, and for a figure."""
    if answer is None:
        return None
    if answer.unknown:
        return UNKNOWN
    if answer.not_applicable is not None:
        return NOT_APPLICABLE
    return None if answer.option is None else str(answer.option)


def choose(field: Field) -> None:
    """Save the option that was picked; *not applicable* waits for its reason."""
    picked = st.session_state[field.key("choice")]
    if picked is None:  # nobody can pick nothing: the browser was behind, and is told again what stands
        st.session_state.pop(field.key("seen"), None)
    elif picked == NOT_APPLICABLE:
        put(field.key("reason"), None)
        accept(field.name)
    else:
        take(field, {"unknown": True} if picked == UNKNOWN else {"option": int(picked)})
    redraw(field)


def take(field: Field, kind: dict[str, object]) -> bool:
    """Save an answer of a kind with the details that stand, without drawing; return whether it was saved."""
    return store(field, lambda stored: given(stored or draft_of(field), kind))


def take_back(field: Field) -> bool:
    """Take the answer back without drawing; its details are kept in this session for the next choice."""
    return store(field, lambda _: None)


def choose_reason(field: Field) -> None:
    """Save *not applicable* with its reason."""
    reason = st.session_state[field.key("reason")]
    if reason in get_args(NotApplicable):
        take(field, {"not_applicable": reason})
        redraw(field)


def give_figure(field: Field) -> None:
    """Save a measured figure, or clear the answer when the figure was emptied."""
    figure = st.session_state[field.key("figure")]
    if figure is None:
        take_back(field)
    else:
        take(field, {"figure": float(figure)})
    redraw(field)


def clear(field: Field) -> None:
    """Take the answer back; its note is kept in this session for the next choice."""
    take_back(field)
    redraw(field)


def write_detail(field: Field, part: str) -> None:
    """Save the note, the evidence, the confidence, the role or the mark for discussion: that one, and no other."""
    value = st.session_state[field.key(part)]
    if part == "evidence":
        value = tuple(line.strip() for line in value.splitlines() if line.strip())
    store(field, lambda stored: None if stored is None else changed(stored, {part: value}), part)
    redraw(field)


def given(details: Answer | None, kind: dict[str, object]) -> Answer:
    """Return an answer of another kind, with "measured" preselected for a figure and given up with it.

    A figure is asked for as measured. What was documented stays so, and what was chosen for a figure stays while it is
    corrected; a level chosen in place of a measured figure is claimed until somebody says otherwise.
    """
    before, now = details is not None and details.figure is not None, kind.get("figure") is not None
    confidence = "claimed" if details is None else details.confidence
    if now and not before and confidence == "claimed":
        confidence = "measured"
    if before and not now and confidence == "measured":
        confidence = "claimed"
    return rebuilt(details, {**kind, "confidence": confidence})


def rebuilt(details: Answer | None, kind: dict[str, object]) -> Answer:
    """Return an answer of another kind with the details of the old one."""
    blank = {"option": None, "figure": None, "unknown": False, "not_applicable": None}
    return changed(details or Answer(unknown=True), {**blank, **kind})


def changed(answer: Answer, parts: dict[str, object]) -> Answer:
    """Return an answer with parts changed by a person, who has looked at it: it is not merely carried any more."""
    try:
        return Answer.model_validate({**dict(answer), **parts, "carried": False})
    except ValidationError as error:
        raise InputError(_evidence_or(error)) from error


def _evidence_or(error: ValidationError) -> Problem:
    where = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else ""
    if where == "evidence":
        return Problem(f"the evidence is too long; give at most {EVIDENCE_LINES} lines of {EVIDENCE_LENGTH} characters")
    if where == "note":
        longest = f"{NOTE_LENGTH:,}"
        return Problem(f"the note is too long to be saved; give at most {longest} characters", "shorten it")
    return Problem(f"{where or 'the answer'}: {error.errors()[0]['msg']}")


def draft_of(field: Field) -> Answer | None:
    """Return what waits for the next choice: the details of an answer cleared in this session, or a mark."""
    found: Answer | None = st.session_state.get(field.key("draft"))
    return found


def store(field: Field, change: Callable[[Answer | None], Answer | None], part: str = "") -> bool:
    """Change the stored answer and save it; ``part`` names a detail that was changed. Return whether it was saved."""
    name, title = (field.problem(part), f"{field.title}, {part}") if part else (field.name, field.title)
    return attempt(name, title, lambda: _written(field, change, part))


def _written(field: Field, change: Callable[[Answer | None], Answer | None], part: str) -> datetime | None:
    state = st.session_state
    seen: Answer | None = state.get(field.key("seen"))
    stored = workspace().open(field.assessment).assessment.answers.get(field.question)
    wanted = change(stored)
    if wanted == stored:
        return None
    saved = workspace().answer(
        field.assessment,
        field.question,
        wanted,
        request_id=secrets.token_hex(16),
        expected=state.get(field.key("sequence")),
    )
    if part and saved.conflict and getattr(stored, part) == getattr(seen, part, None):
        return saved.at  # they changed another part, which the next drawing tells
    state[field.key("theirs")] = stored if saved.conflict else None
    state[field.key("draft")] = stored if wanted is None else None
    state[field.key("seen")] = wanted
    for name, value in _widget_values(wanted).items():
        if name in _KIND or (saved.conflict and field.key(name) in state):
            put(field.key(name), value)
    return saved.at


def redraw(field: Field) -> None:
    """Draw again what shows the answer; the last thing that a callback does.

    The summary of problems only where it says something else now, and the end of the step only where it can be seen:
    what is drawn for nothing costs as much as what is drawn. What the drawing needs is read before it begins.
    """
    behind = (SUMMARY,) if summary_is_behind() else ()
    state = st.session_state
    read = (READING,) if state.get(READS) or state.get(field.key("seen")) is None else ()
    if field.redraws:
        draw_again(field.redraws)
    else:
        draw_again((EFFECT, field.fragment, *behind, *read))
        read_ahead(field.assessment)
