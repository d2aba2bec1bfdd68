"""From one quarter to the next, and from one version to another: nothing that was said is lost or made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import Answer, Assessment, Capacity, QuestionnaireRef, Range, SignalAnswer, Vote, Workflow
from assessment.errors import InputError
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from store.log import Store
from workspace.library import Library, whole_of
from workspace.service import Workspace

FULL = Answer(option=2, confidence="measured", note="seen", evidence=("log",), role="nurse", discuss=True)


def version_two(questionnaire: Questionnaire, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the file of a second version."""
    data = json.loads(whole_of(questionnaire))
    data["version"] = "2"
    change(data)
    return json.dumps(data).encode()


def without(name: str) -> Callable[[dict[str, Any]], object]:
    """Return a change that takes a question out, wherever it is named."""

    def change(data: dict[str, Any]) -> None:
        data["questions"] = [question for question in data["questions"] if question["id"] != name]
        for row in data["posture"]:
            row["questions"].pop(name, None)

    return change


def shortened(data: dict[str, Any]) -> None:
    """Ask for the review, the sites and slow mornings on two options, and call the preset something else."""
    data["scales"].append({"id": "two", "options": [{"label": "No", "value": 0}, {"label": "Yes", "value": 1}]})
    (question,) = [each for each in data["questions"] if each["id"] == "learn.review"]
    question |= {"scale": "two", "anchors": ["Nothing", "A change"]}
    data["context"]["stressors"][0]["anchors"] = ["One", "More"]
    data["signals"][0]["anchors"] = ["Never", "Seen"]
    data["target_presets"][0]["id"] = "other"


@pytest.fixture
def ward(small: Workspace) -> str:
    """An assessment in which everything there is has been said."""
    reference = QuestionnaireRef(id="small-clinic", version="1")
    given = Assessment(
        name="Ward",
        organisation="River",
        mode="full",
        questionnaire=reference,
        target_preset="plain",
        context={"many-sites": 3, "night-care": 2},
        signals={"slow-mornings": SignalAnswer(level=3), "lost-notes": SignalAnswer(level=0)},
        answers={"look.box": FULL, "build.undo": Answer(option=1), "learn.review": Answer(option=3)},
        votes={"learn.review": (Vote(role="nurse", option=3, count=2),)},
        targets={"learn.review": 3, "look.box": 2},
        workflows={"w01": Workflow(name="Morning round", surge=2)},
    )
    name = small.create_from(given)
    small.set_economics(name, "capacity", Capacity(person_weeks_per_quarter=9))
    small.set_range(name, "I0", Range(low=1000, mode=2000, high=3000, source="bills"))
    return name


def test_the_next_quarter_begins_with_what_is_known_and_no_answer(small: Workspace, ward: str) -> None:
    """Context, targets, register and typed figures are carried; answers, signals and votes are asked anew."""
    before, after = small.open(ward).assessment, small.open(small.next_quarter(ward, actor="ana")).assessment
    assert (after.name, after.follows, after.mode, after.organisation) == ("Ward, quarter 2", ward, "full", "River")
    assert (after.answers, after.signals, after.votes) == ({}, {}, {})
    same = ("context", "targets", "target_preset", "workflows", "questionnaire", "stage", "economics")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]


def test_quarters_are_counted_in_the_name(small: Workspace, ward: str) -> None:
    """A chain of assessments can be told apart in a list; a name of one's own is kept."""
    second = small.next_quarter(ward)
    third = small.next_quarter(second)
    assert small.open(third).assessment.name == "Ward, quarter 3"
    assert small.open(small.next_quarter(third, name="Winter")).assessment.name == "Winter"
    long = small.create("x" * 200)
    assert len(small.open(small.next_quarter(long)).assessment.name) == 200
    with pytest.raises(InputError, match="no name"):
        small.next_quarter(ward, name=" ")


def test_proposals_and_their_confirmation_are_not_carried(small: Workspace, ward: str) -> None:
    """They follow from answers, which are still to be given."""
    small.confirm_baseline(ward, {"lambda0": Range(low=1, mode=2, high=3, proposed=True)})
    economics = small.open(small.next_quarter(ward)).assessment.economics
    assert not economics.confirmed
    assert set(economics.ranges) == {"I0"}


def test_the_next_quarter_is_on_the_newest_version(small: Workspace, ward: str, four_step: Questionnaire) -> None:
    """What the newer one does not take of context and targets is left behind, not forced into it."""
    small.install_questionnaire(version_two(four_step, shortened), "two.json")
    after = small.open(small.next_quarter(ward)).assessment
    assert after.questionnaire.version == "2"
    assert after.context == {"night-care": 2}
    assert after.targets == {"look.box": 2}
    assert after.target_preset == ""


def test_a_product_that_was_launched_goes_on_as_one_in_use(small: Workspace) -> None:
    """The stage is set when an assessment begins; the next one may have another."""
    name = small.create("Drawn", stage="design")
    assert small.open(small.next_quarter(name)).assessment.stage == "design"
    assert small.open(small.next_quarter(name, stage="live")).assessment.stage == "live"


def test_a_version_without_words_for_the_stage_is_refused(small: Workspace, four_step: Questionnaire) -> None:
    """Nobody is asked about the incidents of a product that does not exist."""

    def undrawn(data: dict[str, Any]) -> None:
        for question in data["questions"]:
            question.pop("design", None)

    name = small.create("Drawn", stage="design")
    small.install_questionnaire(version_two(four_step, undrawn), "two.json")
    with pytest.raises(InputError, match="no words for a product that is not launched"):
        small.next_quarter(name)
    with pytest.raises(InputError, match="no words for a product that is not launched"):
        small.move_to_version(name, "2")
    assert len(small.assessments()) == 1


def test_answers_are_carried_whole_and_marked(small: Workspace, ward: str) -> None:
    """Note, evidence and confidence come along; the mark says that nobody has looked at them since."""
    name = small.next_quarter(ward)
    small.carry_answers(name, ["look.box", "build.undo"], actor="ana")
    answers = small.open(name).assessment.answers
    assert answers == {
        "look.box": FULL.model_copy(update={"carried": True}),
        "build.undo": Answer(option=1, carried=True),
    }
    (event,) = small.history(name, "answer", "look.box")
    assert event.actor == "ana"


@pytest.mark.parametrize("answer", [FULL, FULL.model_copy(update={"carried": True}), Answer(option=0)])
def test_an_answer_that_somebody_confirms_or_changes_is_their_own(small: Workspace, ward: str, answer: Answer) -> None:
    """The same answer given again is a confirmation, whoever forgot to take the mark off."""
    name = small.next_quarter(ward)
    small.carry_answers(name, ["look.box"])
    small.answer(name, "look.box", answer)
    assert small.open(name).assessment.answers["look.box"] == answer.model_copy(update={"carried": False})
    assert len(small.history(name, "answer", "look.box")) == 2


def test_carrying_is_all_or_none(small: Workspace, ward: str) -> None:
    """One question that cannot be carried, and nothing is written; each reason is given."""
    name = small.next_quarter(ward)
    small.answer(name, "learn.review", Answer(option=0))
    with pytest.raises(InputError) as caught:
        small.carry_answers(name, ["look.box", "learn.review", "build.test", "no.such"])
    said = str(caught.value)
    assert "learn.review: the question is answered already" in said
    assert "build.test: the earlier assessment has no answer that fits" in said
    assert "no.such: the earlier assessment has no answer that fits" in said
    assert small.open(name).assessment.answers == {"learn.review": Answer(option=0)}


def test_carrying_twice_writes_once(small: Workspace, ward: str) -> None:
    """A second click is no fault."""
    name = small.next_quarter(ward)
    assert small.carry_answers(name, ["look.box"]) == small.carry_answers(name, ["look.box"])
    assert len(small.history(name, "answer", "look.box")) == 1


def test_what_follows_nothing_has_nothing_to_carry(small: Workspace, ward: str) -> None:
    """It is said in a sentence; an assessment that was left behind elsewhere is no fault either."""
    with pytest.raises(InputError, match="follows no other one"):
        small.carry_answers(ward, ["look.box"])
    assert small.followed(ward) is None
    second = small.next_quarter(ward)
    found = small.followed(second)
    assert found is not None
    assert found.id == ward
    reference = QuestionnaireRef(id="small-clinic", version="1")
    lost = small.create_from(Assessment(name="Lost", questionnaire=reference, follows="A" * 24))
    assert small.followed(lost) is None


def test_answers_that_do_not_fit_the_newer_version_are_not_carried(
    small: Workspace, ward: str, four_step: Questionnaire
) -> None:
    """An option off the scale is no answer."""
    small.install_questionnaire(version_two(four_step, shortened), "two.json")
    name = small.next_quarter(ward)
    with pytest.raises(InputError, match=r"learn\.review: the earlier assessment has no answer that fits"):
        small.carry_answers(name, ["look.box", "learn.review"])
    small.carry_answers(name, ["look.box"])


def test_moving_keeps_answers_whose_question_left(small: Workspace, ward: str, four_step: Questionnaire) -> None:
    """They stand, are exported, come in elsewhere, and count again when the assessment goes back."""
    small.install_questionnaire(version_two(four_step, without("build.undo")), "two.json")
    before = small.open(ward)
    small.move_to_version(ward, "2", actor="ana")
    opened = small.open(ward)
    assert opened.questionnaire.version == "2"
    assert opened.assessment.answers == before.assessment.answers
    assert opened.assessment.moved_from == (QuestionnaireRef(id="small-clinic", version="1"),)
    check_answers(opened.questionnaire, opened.assessment)
    assert score(opened.questionnaire, opened.assessment).answered == 2
    copy = small.open(small.import_document(small.export(ward), "ward.json"))
    assert copy.assessment == opened.assessment
    small.move_to_version(ward, "1")
    back = small.open(ward)
    assert back.assessment.answers == before.assessment.answers
    assert score(back.questionnaire, back.assessment) == score(before.questionnaire, before.assessment)


def test_moving_clears_what_the_version_does_not_take_and_keeps_its_history(
    small: Workspace, ward: str, four_step: Questionnaire
) -> None:
    """An option off the new scale would make every page refuse the assessment."""
    small.install_questionnaire(version_two(four_step, shortened), "two.json")
    small.move_to_version(ward, "2")
    opened = small.open(ward)
    assert set(opened.assessment.answers) == {"look.box", "build.undo"}
    assert opened.assessment.context == {"night-care": 2}
    assert set(opened.assessment.signals) == {"lost-notes"}
    assert (opened.assessment.votes, opened.assessment.targets) == ({}, {"look.box": 2})
    assert opened.assessment.target_preset == ""
    check_answers(opened.questionnaire, opened.assessment)
    assert [event.payload and event.payload["option"] for event in small.history(ward, "answer", "learn.review")] == [
        3,
        None,
    ]


def test_a_moved_assessment_survives_a_backup(
    small: Workspace, ward: str, four_step: Questionnaire, tmp_path: Path
) -> None:
    """Each of its events is judged by the version of its time."""
    small.install_questionnaire(version_two(four_step, shortened), "two.json")
    small.move_to_version(ward, "2")
    small.answer(ward, "learn.review", Answer(option=1))
    elsewhere = Workspace(Store.open(str(tmp_path / "elsewhere.db")), Library([four_step]))
    raw = small.export_all()
    elsewhere.import_any(raw, "all.json")
    assert elsewhere.open(ward) == small.open(ward)
    assert elsewhere.export_all() == raw


def test_moving_nowhere_writes_nothing(small: Workspace, ward: str) -> None:
    """The version that it is on already."""
    before = small.open(ward)
    assert small.move_to_version(ward, "1").sequence == before.sequence
    assert small.open(ward) == before


def test_a_version_that_is_not_installed_is_refused(small: Workspace, ward: str) -> None:
    """With what there is."""
    with pytest.raises(InputError, match="version '7' is not installed; use one of: 1"):
        small.move_to_version(ward, "7")
    with pytest.raises(InputError, match="version '7' of 'small-clinic' is not installed"):
        small.create("Ward", questionnaire="small-clinic", version="7")
    with pytest.raises(InputError, match="'large-clinic' is not installed"):
        small.create("Ward", questionnaire="large-clinic")
