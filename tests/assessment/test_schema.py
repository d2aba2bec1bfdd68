"""The JSON Schema of a questionnaire: what an editor shows beside each key, and files that it accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assessment.questionnaire import Questionnaire
from assessment.reading import read_document
from questionnaires import QUESTIONNAIRE

DATA = Path(__file__).parents[1] / "data"
WHOLE = [path for path in sorted(DATA.glob("*.yaml")) if not path.stem.endswith("-initiatives")]
SCHEMA: dict[str, Any] = Questionnaire.model_json_schema()


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field of every model of the format, as Model.field, with its schema."""
    for name, model in {"Questionnaire": SCHEMA, **SCHEMA["$defs"]}.items():
        for field, schema in model.get("properties", {}).items():
            yield f"{name}.{field}", schema


@pytest.mark.parametrize("path", [QUESTIONNAIRE, *WHOLE], ids=lambda path: path.name)
def test_whole_questionnaires_fit_the_schema(path: Path) -> None:
    """The built-in file and every questionnaire of the tests are what an editor would accept."""
    document = read_document(path).data
    assert document["format"] == "sixstep-questionnaire/1"
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"surplus": 1}, "surplus"),
        ({"questions": []}, "non-empty"),
        ({"version": 1}, "not of type 'string'"),
    ],
)
def test_the_schema_refuses_what_the_loader_would(change: dict[str, Any], words: str) -> None:
    """An unknown key, no question and a version that is no text are underlined in the editor already."""
    document = read_document(DATA / "four-step.yaml").data | change
    (error,) = jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)
    assert words in error.message


def test_every_field_explains_itself() -> None:
    """Each field has a title and one sentence of help of its own."""
    known = dict(fields())
    assert len(known) > 100
    assert [name for name, schema in known.items() if not schema.get("description", "").endswith(".")] == []
    # A field that is another model takes the title of that model.
    assert [name for name, schema in known.items() if not ({"title", "$ref", "anyOf"} & set(schema))] == []


def test_help_is_not_the_help_of_the_model_inside() -> None:
    """A field that holds another model says what it is for here, and the model says what it is."""
    measure = SCHEMA["$defs"]["Question"]["properties"]["measure"]
    assert measure["description"] != SCHEMA["$defs"]["Measure"]["description"]
    assert SCHEMA["$defs"]["Measure"]["description"]
