"""One question as a fragment of its own: a click draws this question and the scores again, and nothing else."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assessment.answers import Answer
from assessment.instrument import option_of
from assessment.questionnaire import Question, Questionnaire
from reports.figures_format import plain as figure
from views.answering import (
    CONFIDENCES,
    DETAILS,
    EVIDENCE_LINES,
    NOT_APPLICABLE,
    REASONS,
    Field,
    adopt,
    choose,
    choose_reason,
    clear,
    confidence_counts,
    default_of,
    fill_details,
    give_figure,
    in_words,
    offered,
    write_detail,
)
from views.feedback import guarded, problem_at, problem_of, problem_words, problems_at, saved_words
from views.looking_again import CARRIED, confirm_here
from views.plain import linked, plain
from views.standing import opened_now
from views.voting import several
from views.widgets import place_of

MORE = "▸ Why it matters; note, evidence, confidence and mark"
"""What stands for the panels of a question among others until it is pressed; an answer can be cleared there too."""


def place_question(assessment_id: str, question: Question, number: int, of: int, *, alone: bool = False) -> None:
    """Place a question where the page stands; its panels are there at once only where it stands ``alone``.

    Its words are one text under a rule: the browser goes over each element of its own at every click, and over a
    heading of its own at ten times the cost.
    """
    field = Field(assessment_id, question.id, question.title)
    place, rule, level = (
        f":small[Question {number} of {of}: {plain(question.title)}]",
        "" if alone or number == 1 else "---\n\n",
        "#" if alone else "##",
    )
    st.markdown(f"{rule}{place}\n\n{level} {plain(question.prompt)}\n\n{plain(question.hint)}", anchors=False)
    st.fragment(guarded(_question), key=field.fragment)(field, alone=alone)


def _question(field: Field, *, alone: bool) -> None:
    """Draw what a click changes. All is read before the first element, so that they reach the browser together."""
    opened = opened_now(field.assessment)
    questionnaire = opened.questionnaire
    question = questionnaire.by_id[field.question]
    stored = opened.assessment.answers.get(field.question)
    moved = adopt(field, stored, opened.sequence)
    unfolded = alone or _unfolded(field)
    conflict = conflict_words(field, questionnaire, question, stored, moved=moved)
    _choices(field, questionnaire, question, stored)
    measured(field, question, stored)
    if not unfolded:
        _state_folded(field, figure_words(questionnaire, question, stored), stored, conflict)
    else:
        if level := figure_words(questionnaire, question, stored):
            st.markdown(level)
        _state(field, stored, conflict)
        background(field, questionnaire, question)
        if stored is not None:
            details(field, stored)
        several(field, questionnaire, question, opened.assessment.votes.get(field.question, ()))


def _unfolded(field: Field) -> bool:
    """Say whether the panels are there: asked for, or one of them was opened."""
    return any(st.session_state.get(field.key(part)) for part in ("unfolded", "why", "details", "people"))


def _unfold(field: Field) -> None:
    """Open the panels; a browser spends more on each one that is closed than on the choices of its question."""
    st.session_state.update({field.key(part): True for part in ("unfolded", "why", "details")})


def conflict_words(
    field: Field, questionnaire: Questionnaire, question: Question, stored: Answer | None, *, moved: bool
) -> str:
    """Return, as Markdown, that somebody else changed the answer since it was drawn here; nothing where nobody did."""
    theirs: Answer | None = st.session_state.get(field.key("theirs"))
    if moved:
        words = plain(in_words(questionnaire, question, stored))
        return f"Somebody changed this in another window. It now reads: {words}"
    if theirs is None:
        return ""
    words = plain(in_words(questionnaire, question, theirs))
    return (
        f"Somebody had changed this in another window meanwhile, to: {words} Yours is now the answer; "
        "theirs is kept in the history."
    )


def _choices(field: Field, questionnaire: Questionnaire, question: Question, stored: Answer | None) -> None:
    labels = offered(questionnaire, question)
    st.radio(
        question.prompt,
        list(labels),
        index=place_of(default_of(field), labels),
        format_func=labels.__getitem__,
        key=field.key("choice"),
        label_visibility="collapsed",
        on_change=choose,
        args=(field,),
    )
    if st.session_state[field.key("choice")] == NOT_APPLICABLE:
        waiting = st.session_state.get(field.key("reason")) is None
        st.selectbox(
            "Why does it not apply?",
            list(REASONS),
            index=place_of(stored.not_applicable if stored else None, REASONS),
            format_func=REASONS.__getitem__,
            placeholder="Choose a reason",
            key=field.key("reason"),
            on_change=choose_reason,
            args=(field,),
        )
        if waiting:
            st.warning("Not saved yet: choose why it does not apply. Until then the answer before it stands.")


def measured(field: Field, question: Question, stored: Answer | None) -> None:
    """Place the field of a measured figure; nothing where none is measured."""
    if question.measure is None:
        return
    st.number_input(
        f"Or give the measured figure: {plain(question.measure.name)} ({plain(question.measure.unit)})",
        min_value=0.0,
        value=stored.figure if stored else None,
        format="%g",
        key=field.key("figure"),
        on_change=give_figure,
        args=(field,),
        width=420,
    )


def figure_words(questionnaire: Questionnaire, question: Question, stored: Answer | None) -> str:
    """Return, as Markdown, the level that a measured figure means; nothing where no figure was given.

    What that level says stands among the options above.
    """
    if question.measure is None or stored is None or stored.figure is None:
        return ""
    label = questionnaire.scale_of(question).options[option_of(question, stored)].label
    return f"Answered by its figure: {figure(stored.figure)} {plain(question.measure.unit)} means **{plain(label)}**."


def _state_folded(field: Field, level: str, stored: Answer | None, conflict: str) -> None:
    """Say as one text what stands and whether it is saved, with the way to the rest below it.

    Each element of a question among others is gone over at every click on the page, so there are two here, whatever
    there is to say: a container takes the place of the text where something went wrong. The way to take an answer back
    stands with the panels; the undo of the page is at its foot.
    """
    said = _stands(field, stored)
    words = "\n\n".join(filter(None, (level, f":small[{said}]" if said else "")))
    problem = problem_words(*field.names)
    if problem or conflict or (stored is not None and stored.carried):
        with st.container(key=field.key("state")):
            _gone_wrong(problem, conflict)
            st.markdown(words)
            _still_true(field, stored)
    else:
        st.markdown(words)
    label = MORE if stored is None else f"{MORE}; clear the answer"
    st.button(label, key=field.key("more"), on_click=_unfold, args=(field,), type="tertiary")


def _gone_wrong(problem: str, conflict: str) -> None:
    if problem:
        st.error(problem)
    if conflict:
        st.info(conflict)


def _still_true(field: Field, stored: Answer | None) -> None:
    if stored is not None and stored.carried:
        st.button("Still true", key=field.key("confirm"), on_click=confirm_here, args=(field,))


def _state(field: Field, stored: Answer | None, conflict: str) -> None:
    """Say on one line what stands and whether it is saved, with the way to take it back.

    What went wrong stands here too: the line has one place in the question however much there is to say in it, and
    nothing that a person types in is moved by it.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=field.key("state")):
        _gone_wrong(problem_words(field.name), conflict)
        if said := _stands(field, stored):
            st.caption(said)
        _still_true(field, stored)
        if stored is not None:
            st.button("Clear this answer", key=field.key("clear"), on_click=clear, args=(field,), type="tertiary")


def _stands(field: Field, stored: Answer | None) -> str:
    """Return when the answer was saved and what stands beside its level."""
    if stored is None:
        return "" if problem_of(field.name) else "Not answered yet"
    return " · ".join(filter(None, (saved_words(*field.names), _given(stored), CARRIED if stored.carried else "")))


def _given(stored: Answer) -> str:
    """Return what stands beside the level: confidence, note, evidence, mark."""
    beside = [word for word, there in (("a note", stored.note), ("evidence", stored.evidence)) if there]
    parts = (
        f"confidence: {stored.confidence}" if confidence_counts(stored) else "",
        f"with {' and '.join(beside)}" if beside else "",
        "marked for discussion" if stored.discuss else "",
    )
    words = ", ".join(filter(None, parts))
    return words[:1].upper() + words[1:]


def background(field: Field, questionnaire: Questionnaire, question: Question) -> None:
    """Place the panel with why the question matters, what proves its level, and the sources."""
    panel = st.expander("Why it matters and what proves it", key=field.key("why"), on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.markdown(plain(question.why))
        st.markdown("**What would prove the level**")
        st.markdown("\n".join(f"- {plain(item)}" for item in question.evidence))
        st.markdown("**Sources**")
        for name in question.references:
            source = questionnaire.references[name]
            status = f" ({source.status})" if source.status != "published" else ""
            st.markdown(f"- {plain(source.title)}, {plain(source.section)}, {source.year}{status}")
        st.caption(f"Principle: {plain(question.seed)}")


def details(field: Field, stored: Answer) -> None:
    """Place the panel with the note, the evidence, the confidence, the role and the mark."""
    # The label stays the same: it is part of what the panel is, and another one would fold it up.
    panel = st.expander(
        "Note, evidence, confidence and mark for discussion", key=field.key("details"), on_change="rerun"
    )
    if not panel.open:
        problems_at(*(field.problem(part) for part in DETAILS))
        return
    fill_details(field, stored)
    with panel:
        for part in DETAILS:
            _detail(field, stored, part)
            problem_at(field.problem(part))
        if stored.note:
            st.caption("The note as saved:")
            st.text(stored.note)
        if stored.evidence:
            st.caption("The evidence as saved:")
            st.markdown("\n".join(f"- {linked(line)}" for line in stored.evidence))


def _detail(field: Field, stored: Answer, part: str) -> None:
    """Place the widget of one detail, which saves that detail alone."""
    change: dict[str, Any] = {"key": field.key(part), "on_change": write_detail, "args": (field, part)}
    if part == "note":
        st.text_area("Note", stored.note, **change)
    elif part == "evidence":
        label = f"Evidence: links or file names, one a line, at most {EVIDENCE_LINES}"
        st.text_area(label, "\n".join(stored.evidence), **change)
    elif part == "confidence":
        place = list(CONFIDENCES).index(stored.confidence)
        st.radio("How sure is this?", list(CONFIDENCES), place, format_func=CONFIDENCES.__getitem__, **change)
    elif part == "role":
        st.text_input("Role of the person who answered", stored.role, max_chars=80, **change)
    else:
        st.checkbox("Mark for discussion", stored.discuss, **change)
