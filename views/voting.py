"""Several people answered one question: how many chose each level, by role. The answer itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from assessment.agreement import summary
from assessment.answers import Vote
from assessment.questionnaire import Question, Questionnaire
from reports.agreeing import agreement_sentence, distribution, labels_of
from reports.wording import wording
from views.access import workspace
from views.answering import Field, redraw
from views.blocks import show, table
from views.feedback import attempt, problem_at, saved_line
from views.plain import plain
from views.widgets import put

_MOST = 10_000
_BAR = 20
_PART = "votes"


def several(field: Field, questionnaire: Questionnaire, question: Question, votes: tuple[Vote, ...]) -> None:
    """Place the panel where counts are entered and the distribution is shown; it is made only when it is open."""
    panel = st.expander(wording().agreement["panel"], key=field.key("people"), on_change="rerun")
    if not panel.open:
        problem_at(field.problem(_PART))
        return
    with panel:
        st.caption(wording().agreement["hint"])
        role = st.text_input(wording().agreement["role"], max_chars=80, key=field.key("votes-role"), width=420).strip()
        _counts(field, questionnaire, question, votes, role)
        problem_at(field.problem(_PART))
        saved_line(field.problem(_PART))
        if votes:
            _shown(questionnaire, question, votes)


def _counts(field: Field, questionnaire: Questionnaire, question: Question, votes: tuple[Vote, ...], role: str) -> None:
    options: list[tuple[int | None, str]] = list(
        enumerate(item.label for item in questionnaire.scale_of(question).options)
    )
    options.append((None, wording().agreement["dont_know"]))
    for column, (option, label) in zip(st.columns(len(options)), options, strict=True):
        stored = _count(votes, role, option)
        key = _key(field, role, option)
        _adopt(key, stored)
        with column:
            st.number_input(
                plain(label),
                min_value=0,
                max_value=_MOST,
                step=1,
                value=stored,
                key=key,
                on_change=_write,
                args=(field, role, option),
            )


def _key(field: Field, role: str, option: int | None) -> str:
    return f"{field.key('votes')}-{option}-{role}"


def _count(votes: Iterable[Vote], role: str, option: int | None) -> int:
    return sum(vote.count for vote in votes if (vote.role.strip(), vote.option) == (role, option))


def _adopt(key: str, stored: int) -> None:
    """Fill a field from the store when it is new or the store moved on."""
    state, seen = st.session_state, f"seen-{key}"
    if key not in state or state.get(seen) != stored:
        put(key, stored)
    state[seen] = stored


def _write(field: Field, role: str, option: int | None) -> None:
    """Save how many people of a role chose a level: that count, and no other."""
    count = st.session_state[_key(field, role, option)] or 0

    def operation() -> datetime:
        stored = workspace().open(field.assessment).assessment.votes.get(field.question, ())
        kept = [vote for vote in stored if (vote.role.strip(), vote.option) != (role, option)]
        changed = (*kept, *([Vote(role=role, option=option, count=count)] if count else []))
        return workspace().set_votes(field.assessment, field.question, changed).at

    attempt(field.problem(_PART), f"{field.title}, {wording().agreement['panel'].lower()}", operation)
    redraw(field)


def _shown(questionnaire: Questionnaire, question: Question, votes: tuple[Vote, ...]) -> None:
    """Show the distribution with bars, the agreement in words, and the split by the roles that may be shown."""
    found = summary(questionnaire, question, votes)
    st.markdown(plain(agreement_sentence(found)))
    rows = [
        (label, str(count), "█" * round(_BAR * count / found.people))
        for label, count in (
            *zip(labels_of(questionnaire, found), found.counts, strict=True),
            (wording().agreement["dont_know"], found.unknown),
        )
    ]
    table(("Level", "People", "Share"), rows)
    if found.roles:
        show([distribution(questionnaire, found)], place=f"votes-{question.id}")
    st.caption(wording().agreement["small"])
