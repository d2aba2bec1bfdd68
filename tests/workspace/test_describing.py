"""Making, naming and listing assessments, and the economic inputs."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.answers import Answer, Assessment, Capacity, EconomicInputs, QuestionnaireRef, Range
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from store.folding import changes_of
from store.log import Stamp, Store
from workspace.library import Library
from workspace.service import PROPOSED, Workspace


def begun_before_copies_were_kept(store: Store, questionnaire: Questionnaire) -> str:
    """Return an assessment in a store that holds no copy of its questionnaire, as a first release left it."""
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    return store.create(changes_of(Assessment(name="First", questionnaire=reference)), Stamp())


def test_the_list_shows_what_was_saved_last_first(small: Workspace) -> None:
    """Each line counts the answers to the questions of its mode."""
    first, second = small.create("First", "A", "full"), small.create("Second", "B", fictional=True)
    small.answer(second, "build.test", Answer(option=1))
    small.answer(first, "build.test", Answer(option=1))
    small.answer(first, "look.box", Answer(unknown=True))
    small.answer(first, "look.box", None)
    lines = small.assessments()
    assert [(line.id, line.name, line.organisation, line.fictional) for line in lines] == [
        (first, "First", "A", False),
        (second, "Second", "B", True),
    ]
    assert [(line.answered, line.asked) for line in lines] == [(1, 15), (0, 4)]
    assert [line.saved_at for line in lines] == [small.open(line.id).saved_at for line in lines]


def test_an_assessment_of_a_missing_questionnaire_is_listed(store: Store, small: Workspace, built_in: Library) -> None:
    """It is in the list, and opening it says what is missing."""
    name = begun_before_copies_were_kept(store, small.library.default)
    small.answer(name, "look.box", Answer(option=1))
    other = Workspace(store, built_in)
    (line,) = other.assessments()
    assert (line.answered, line.asked) == (1, 0)
    with pytest.raises(InputError, match="'small-clinic' is not installed"):
        other.open(name)


def test_each_version_of_a_questionnaire_keeps_its_answers(store: Store, four_step: Questionnaire) -> None:
    """An assessment is opened with the version that it was begun on, also where a later release brings another one."""
    newer = four_step.model_copy(update={"version": "2"})
    name = Workspace(store, Library([four_step])).create("First")
    opened = Workspace(store, Library([newer])).open(name)
    assert (opened.questionnaire, opened.missing_version) == (four_step, "")


def test_a_version_that_is_not_installed_is_said_to_be_missing(store: Store, four_step: Questionnaire) -> None:
    """The newest of its id stands in for it, and nobody is left to believe that the words are the same."""
    name = begun_before_copies_were_kept(store, four_step)
    newer = [four_step.model_copy(update={"version": version}) for version in ("2.10", "2.9")]
    opened = Workspace(store, Library(newer)).open(name)
    assert (opened.questionnaire.version, opened.missing_version) == ("2.10", "1")


def test_name_organisation_and_mode_can_be_changed_together(small: Workspace) -> None:
    """What is left out stays."""
    name = small.create("First", "A")
    small.describe_as(name, name="Second", mode="full")
    small.describe_as(name, organisation="")
    small.describe_as(name)
    assessment = small.open(name).assessment
    assert (assessment.name, assessment.organisation, assessment.mode) == ("Second", "", "full")


@pytest.mark.parametrize("given", [{"name": ""}, {"name": " \n"}, {"name": "x" * 201}, {"mode": "weekly"}, {"name": 3}])
def test_a_description_that_cannot_be_is_refused(small: Workspace, given: dict[str, Any]) -> None:
    """No name, a name too long, a mode that does not exist; for a new assessment as well."""
    name = small.create("First")
    with pytest.raises(InputError):
        small.describe_as(name, **given)
    with pytest.raises(InputError):
        small.create(**{"name": "First", **given})
    assert [line.name for line in small.assessments()] == ["First"]


def test_economic_inputs_are_saved_field_by_field(workspace: Workspace) -> None:
    """Ranges and fields stand together; None gives back a default, or takes a range away."""
    name = workspace.create("First")
    workspace.set_range(name, "lambda0", Range(low=1, high=4))
    workspace.set_economics(name, "currency", "EUR")
    workspace.set_range(name, "I0", Range(low=1, mode=2, high=4, source="incident log", measured=True))
    workspace.set_economics(name, "currency_per_usd", 1)
    workspace.set_economics(name, "horizon_months", 36)
    workspace.set_economics(name, "capacity", Capacity(quarters=4))
    workspace.set_economics(name, "confirmed", value=True)
    expected = EconomicInputs(
        currency="EUR",
        currency_per_usd=1.0,
        horizon_months=36,
        capacity=Capacity(quarters=4),
        confirmed=True,
        ranges={
            "I0": Range(low=1, mode=2, high=4, source="incident log", measured=True),
            "lambda0": Range(low=1, high=4),
        },
    )
    assert expected == workspace.open(name).assessment.economics
    workspace.set_range(name, "lambda0", None)
    workspace.set_economics(name, "horizon_months", None)
    assert list(workspace.open(name).assessment.economics.ranges) == ["I0"]
    assert workspace.open(name).assessment.economics.horizon_months == 60


def test_another_symbol_never_relabels_typed_amounts(workspace: Workspace) -> None:
    """The currency can only change while no amount is typed; rates, shares and counts do not stand in its way."""
    name = workspace.create("First")
    workspace.set_range(name, "g", Range(low=0, mode=0.01, high=0.02))
    workspace.set_range(name, "I0", Range(low=1, mode=2, high=4))
    with pytest.raises(InputError, match=r"amounts are typed in USD \(I0\).*clear them first, then type them in EUR"):
        workspace.set_economics(name, "currency", "EUR")
    assert workspace.open(name).assessment.economics.currency == "USD"
    workspace.set_range(name, "I0", None)
    workspace.set_economics(name, "currency", "EUR")
    assert workspace.open(name).assessment.economics.currency == "EUR"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("currency", "eur", "'economics.currency'"),
        ("horizon_months", 11, "greater than or equal to 12"),
        ("horizon_months", True, "valid integer"),
        ("currency_per_usd", float("nan"), "finite"),
        ("capacity", {"quarters": 0}, "'economics.capacity.quarters'"),
        ("confirmed", object(), "not a value that can be saved"),
        ("ranges", {}, "no economic field 'ranges'"),
        ("horizon", None, "did you mean 'horizon_months'"),
    ],
)
def test_an_economic_field_that_cannot_be_is_refused(
    workspace: Workspace, field: str, value: Any, sentence: str
) -> None:
    """One sentence, and nothing saved."""
    name = workspace.create("First")
    with pytest.raises(InputError, match=sentence):
        workspace.set_economics(name, field, value)
    assert workspace.open(name).assessment.economics == EconomicInputs()


def test_a_range_needs_a_known_symbol_and_possible_figures(workspace: Workspace) -> None:
    """Symbols and bounds are those of the parameter file."""
    name = workspace.create("First")
    with pytest.raises(InputError, match="no parameter 'I9'"):
        workspace.set_range(name, "I9", Range(low=1, high=2))
    with pytest.raises(InputError, match="I9"):
        workspace.set_range(name, "I9", None)
    with pytest.raises(InputError, match="out of bounds; use figures from 0 to 1"):
        workspace.set_range(name, "w", Range(low=0.5, high=1.5))
    with pytest.raises(InputError, match="low <= likely <= high"):
        workspace.set_range(name, "w", Range.model_construct(low=0.5, mode=0.9, high=0.6, measured=False, source=""))


def test_confirming_the_baseline_saves_the_proposals_with_their_source(workspace: Workspace) -> None:
    """All proposals and the confirmation arrive together; a bad one leaves none behind."""
    name = workspace.create("First")
    good = {"I0": Range(low=1, mode=2, high=3), "w": Range(low=0.1, mode=0.2, high=0.3, source="interviews")}
    with pytest.raises(InputError, match="no parameter"):
        workspace.confirm_baseline(name, {**good, "zz": Range(low=1, high=2)})
    assert workspace.open(name).assessment.economics == EconomicInputs()
    workspace.confirm_baseline(name, good, actor="ana")
    economics = workspace.open(name).assessment.economics
    assert economics.confirmed
    assert {symbol: given.source for symbol, given in economics.ranges.items()} == {"I0": PROPOSED, "w": "interviews"}
    assert {event.actor for event in workspace.history(name, "economics", "ranges.I0")} == {"ana"}


def test_the_example_is_a_new_copy_each_time(workspace: Workspace, example: Assessment) -> None:
    """What one visitor changes in the example the next one does not see."""
    first, second = workspace.example(), workspace.example()
    assert first != second
    workspace.describe_as(first, name="Mine")
    assert workspace.open(second).assessment == example


def test_an_assessment_made_elsewhere_is_checked_as_well(small: Workspace) -> None:
    """Whatever way an assessment comes in, it must fit its questionnaire."""
    reference = QuestionnaireRef(id="small-clinic", version="1")
    good = Assessment(name="Made", questionnaire=reference, answers={"look.box": Answer(option=1)})
    assert small.open(small.create_from(good)).assessment == good
    faults: list[dict[str, Any]] = [
        {"answers": {"look.box": Answer(option=9)}},
        {"questionnaire": QuestionnaireRef(id="x", version="1")},
    ]
    for fault in faults:
        with pytest.raises(InputError):
            small.create_from(good.model_copy(update=fault))
