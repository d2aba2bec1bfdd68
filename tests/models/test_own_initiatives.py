"""A team's own initiatives are held to the rules of the built-in ones, and take part in the plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import Assessment
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, parse_document, read_document
from models.evaluation import evaluate
from models.initiatives import InitiativeFile
from models.own_initiatives import read_own, with_own
from models.parameters import ParameterFile

FILE = Path(__file__).parents[1] / "data" / "own-initiatives.yaml"


def payloads(**changes: Any) -> dict[str, Any]:
    """Return the initiatives of the file by id, with fields of the new one replaced."""
    found = {item["id"]: item for item in read_document(FILE).data["initiatives"]}
    found["move-the-lab"] = {**found["move-the-lab"], **changes}
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def own() -> dict[str, Any]:
    """Return a new initiative, and a built-in one that was changed."""
    return payloads()


def test_they_stand_beside_and_in_place_of_the_built_in_ones(
    questionnaire: Questionnaire, initiatives: InitiativeFile, own: dict[str, Any]
) -> None:
    """A changed one keeps its place, a new one comes last, and nothing else moves."""
    found = with_own(initiatives, questionnaire, own)
    names = [item.id for item in initiatives.initiatives]
    assert [item.id for item in found.initiatives] == [*names, "move-the-lab"]
    assert found.by_id["constraint-map"].title == "Map constraints with the people on call"
    same = [item for item in initiatives.initiatives if item.id != "constraint-map"]
    assert [item for item in found.initiatives if item.id not in own] == same
    assert found.version != initiatives.version


def test_none_of_their_own_leaves_the_file_as_it_is(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """The same object, so that nothing that is kept of it is lost."""
    assert with_own(initiatives, questionnaire, {}) is initiatives


def test_they_take_part_in_the_plan(
    questionnaire: Questionnaire,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
    example: Assessment,
    own: dict[str, Any],
) -> None:
    """Work that lifts what binds for little effort is planned, and the inputs have another hash."""
    cheap = payloads(raises=[{"question": "constraints.topology", "start": 0, "to": 4}], lifts=["monolith"])
    cheap["move-the-lab"]["effort"] = {"low": 0.5, "mode": 1, "high": 2}
    run = {"paths": 100, "seed": 1, "with_economics": False}
    before = evaluate(questionnaire, example, initiatives, parameters, **run)  # type: ignore[arg-type]
    given = example.model_copy(update={"initiatives": cheap})
    after = evaluate(questionnaire, given, initiatives, parameters, **run)  # type: ignore[arg-type]
    assert "move-the-lab" not in {item.initiative for item in before.plan.placements}
    assert "move-the-lab" in {item.initiative for item in after.plan.placements}
    assert after.identity.inputs_hash != before.identity.inputs_hash
    assert after.initiatives.by_id["move-the-lab"].first_week == own["move-the-lab"]["first_week"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"raises": [{"question": "constraints.couplin", "start": 0, "to": 3}]}, "did you mean 'constraints.coupling'"),
        ({"raises": [{"question": "constraints.coupling", "start": 3, "to": 3}]}, "let it rise, to 4 at most"),
        ({"raises": [{"question": "constraints.coupling", "start": 0, "to": 9}]}, "let it rise, to 4 at most"),
        ({"raises": []}, "raises"),
        ({"lifts": ["monolith"]}, "list: synchronous, tight_coupling"),
        ({"requires": ["nothing-known"]}, "no initiative 'nothing-known'"),
        ({"requires": ["move-the-lab"]}, "requires itself through others"),
        ({"references": ["no-source"]}, "no reference 'no-source'"),
        ({"step": "build"}, "no step 'build'"),
        ({"effort": {"low": 0, "mode": 0, "high": 0}}, "the likely effort is nothing"),
        ({"effort": {"low": 3, "mode": 2, "high": 4}}, "low <= mode <= high"),
        ({"external_cost": {"low": -1, "mode": 2, "high": 4}}, "external_cost"),
        ({"first_week": ""}, "first_week"),
        ({"title": "x" * 2001}, "title"),
        ({"script": "x"}, "the key 'script' is not known here"),
        ({"id": "Bad Id"}, "id"),
    ],
)
def test_a_fault_is_told_with_its_line(
    questionnaire: Questionnaire, initiatives: InitiativeFile, changes: dict[str, Any], words: str
) -> None:
    """As in a file of the built-in ones."""
    whole = {**read_document(FILE).data, "initiatives": list(payloads(**changes).values())}
    document = parse_document(json.dumps(whole, indent=1), "ours.json")
    with pytest.raises(InputError) as caught:
        read_own(document, initiatives, questionnaire, {})
    assert words in str(caught.value)
    assert all(problem.file == "ours.json" and problem.line for problem in caught.value.problems)


def test_one_id_stands_once_in_a_file(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """The second is named with its line."""
    text = FILE.read_text().replace("id: constraint-map", "id: move-the-lab")
    with pytest.raises(InputError, match=r"ours\.yaml:\d+: move-the-lab: the id 'move-the-lab' stands twice"):
        read_own(parse_document(text, "ours.yaml"), initiatives, questionnaire, {})


def test_a_file_for_another_questionnaire_is_refused(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """Both ids are named."""
    text = FILE.read_text().replace("questionnaire: healthcare-platform", "questionnaire: small-clinic")
    with pytest.raises(InputError, match=r"ours\.yaml:3: .*'small-clinic'; this one is 'healthcare-platform'"):
        read_own(parse_document(text, "ours.yaml"), initiatives, questionnaire, {})


def test_what_left_the_questionnaire_is_left_out_and_the_rest_stands(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """An assessment that moved to another version is still evaluated."""
    gone = payloads(
        raises=[
            {"question": "old.one", "start": 0, "to": 1},
            {"question": "constraints.coupling", "start": 0, "to": 1},
        ],
        requires=["old-work"],
        references=["old-source"],
    )
    found = with_own(initiatives, questionnaire, gone).by_id["move-the-lab"]
    assert [rise.question for rise in found.raises] == ["constraints.coupling"]
    assert found.requires == ()
    assert found.references == ()
    nothing = payloads(raises=[{"question": "old.one", "start": 0, "to": 1}])
    assert "move-the-lab" not in with_own(initiatives, questionnaire, nothing).by_id


@pytest.mark.parametrize("data", [{}, {"id": "move-the-lab"}, {"id": 3}, {"id": "other", "title": None}])
def test_what_is_no_initiative_is_named_by_its_key(
    questionnaire: Questionnaire, initiatives: InitiativeFile, data: dict[str, Any]
) -> None:
    """As in a file that somebody made by hand."""
    with pytest.raises(InputError) as caught:
        with_own(initiatives, questionnaire, {"move-the-lab": data})
    assert {problem.subject for problem in caught.value.problems} == {"move-the-lab"}


def test_every_question_has_a_way_up_from_every_level(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """Wherever an answer stands below the top, some built-in work raises it."""
    lacking = [
        (question.id, level)
        for question in questionnaire.questions
        for level in range(len(questionnaire.scale_of(question).options) - 1)
        if not any(
            rise.question == question.id and rise.start <= level < rise.to
            for item in initiatives.initiatives
            for rise in item.raises
        )
    ]
    assert lacking == []


def test_a_document_without_lines_still_names_the_initiative(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """As when it comes from a form."""
    whole = {**read_document(FILE).data, "initiatives": list(payloads(requires=["x"]).values())}
    with pytest.raises(InputError, match=r"^move-the-lab: no initiative 'x'"):
        read_own(Document(whole, ""), initiatives, questionnaire, {})
