"""The law of the store: what stands is the last thing that was written under each key."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, Capacity, EconomicInputs, QuestionnaireRef, Range, SignalAnswer
from assessment.report_settings import ReportSettings, SentenceEdit
from store.errors import StoreError
from store.folding import RANGE, Change, changes_of, fold, standing
from store.log import Stamp, Store

Beginning = tuple[Change, ...]
_ANSWER = st.builds(lambda option: {"option": option}, st.integers(0, 4))
_RANGE = st.builds(lambda low: {"low": low, "high": low + 1.0}, st.floats(0, 10))
_CHANGES = st.one_of(
    st.builds(Change, st.just("answer"), st.sampled_from(["a", "b", "c"]), st.none() | _ANSWER),
    st.builds(Change, st.just("context"), st.sampled_from(["a", "b"]), st.none() | st.integers(0, 4)),
    st.builds(Change, st.just("signal"), st.just("a"), st.none() | st.just({"level": 1}) | st.just({"level": None})),
    st.builds(Change, st.just("economics"), st.sampled_from([RANGE + "I0", RANGE + "w"]), st.none() | _RANGE),
    st.builds(Change, st.just("economics"), st.just("horizon_months"), st.none() | st.integers(12, 120)),
    st.builds(Change, st.just("meta"), st.just("name"), st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)),
)


def written(beginning: Beginning, changes: list[Change]) -> Assessment:
    """Return what should stand, by the plainest of means: a dictionary in which the last write wins."""
    last = {(change.kind, change.key): change.payload for change in [*beginning, *changes]}
    document: dict[str, Any] = {key: value for (kind, key), value in last.items() if kind == "meta"}
    for kind, group in (("answer", "answers"), ("context", "context"), ("signal", "signals")):
        document[group] = {key: value for (k, key), value in last.items() if k == kind and value is not None}
    economics = {key: value for (kind, key), value in last.items() if kind == "economics" and value is not None}
    ranges = {key.removeprefix(RANGE): value for key, value in economics.items() if key.startswith(RANGE)}
    rest = {key: value for key, value in economics.items() if not key.startswith(RANGE)}
    return Assessment.model_validate(document | {"economics": {**rest, "ranges": ranges}})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(_CHANGES, max_size=25), together=st.booleans())
def test_the_fold_is_the_last_write_of_each_key(
    store: Store, beginning: Beginning, changes: list[Change], *, together: bool
) -> None:
    """Folding the whole log, its latest events, or the log in any order gives what was written last."""
    name = store.create(beginning, Stamp())
    for change in changes:
        store.append(name, [change], Stamp())
    expected = written(beginning, changes)
    log = next(log for log in store.logs() if log.id == name).events
    shuffled = random.Random(len(changes)).sample(log, len(log))  # noqa: S311 - an order, not a secret
    assert expected == fold(store.latest(name)) == fold(log) == fold(shuffled)
    if together:
        copy = store.create(changes_of(expected), Stamp())
        assert expected == fold(store.latest(copy))


def test_changes_of_an_assessment_fold_back_to_it(store: Store) -> None:
    """Everything that an assessment says becomes events and comes back."""
    assessment = Assessment(
        name="Alder Ward",
        organisation="Alder",
        fictional=True,
        mode="full",
        questionnaire=QuestionnaireRef(id="tiny", version="1"),
        context={"a": 0},
        signals={"s": SignalAnswer(level=None, figure=-1.5, note="seen twice")},
        answers={"left.long-ago": Answer(not_applicable="other_team", evidence=("a", "b"), discuss=True)},
        initiatives={"ours": {"id": "ours", "title": "=1+1", "effort": {"low": 0.1, "mode": 1, "high": 2.5}}},
        report=ReportSettings(
            brand="<b>Ours</b>",
            logo="iVBORw==",
            primary="#14335C",
            cover_text="a\nb",
            left_out=("answers", "costs"),
            draft_below=0.6,
            edits={"first.a.b": SentenceEdit(text="We wait.", of="Start.", by="A"), "decision": SentenceEdit(text="x")},
        ),
        economics=EconomicInputs(
            currency="EUR",
            currency_per_usd=0.9,
            horizon_months=60,
            capacity=Capacity(quarters=8),
            confirmed=True,
            ranges={"I0": Range(low=1, mode=2, high=3, measured=True, source="log")},
        ),
    )
    folded = fold(store.latest(store.create(changes_of(assessment), Stamp())))
    assert assessment == folded
    assert assessment.economics.model_fields_set == folded.economics.model_fields_set


def test_an_economic_field_that_nobody_gave_is_no_event() -> None:
    """A default is not what a team said, so it leaves no trace that it did."""
    assessment = Assessment(name="A", questionnaire=QuestionnaireRef(id="tiny", version="1"))
    assert [change for change in changes_of(assessment) if change.kind == "economics"] == []


def test_standing_keeps_cleared_keys(store: Store, beginning: Beginning) -> None:
    """That something was cleared, and by whom, is itself the latest word."""
    name = store.create(beginning, Stamp())
    store.append(name, [Change("answer", "a", {"option": 1})], Stamp())
    store.append(name, [Change("answer", "a", None)], Stamp("ana"))
    event = standing(store.latest(name))["answer", "a"]
    assert (event.payload, event.actor) == (None, "ana")


def test_what_this_version_cannot_read_is_said_in_a_sentence(store: Store, beginning: Beginning) -> None:
    """A payload of a newer version is no traceback."""
    name = store.create([*beginning, Change("answer", "a", {"mood": "good"})], Stamp())
    with pytest.raises(StoreError, match="update Sixstep"):
        fold(store.latest(name))
