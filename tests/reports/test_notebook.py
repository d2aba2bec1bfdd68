from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from reports.notebook import render_notebook

ROOT = Path(__file__).parents[2]
PATIENCE = 300


def sources(data: bytes) -> list[str]:
    """Return the code of each cell."""
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"] if cell["cell_type"] == "code"]


def executed(data: bytes) -> dict[str, Any]:
    """Run the cells here, without a kernel, and return their names."""
    names: dict[str, Any] = {}
    for source in sources(data):
        exec(compile(source, "cell", "exec"), names)  # noqa: S102 - the notebook is this product's own
    return names


def test_the_notebook_runs_headless_and_finds_every_figure(
    evaluation: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real kernel computes the analysed example again, and says how many lines of the report are as printed."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.reads(render_notebook(evaluation.analysed()).decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    done = NotebookClient(notebook, timeout=PATIENCE, kernel_name="python3").execute()
    said = [output["text"] for output in done.cells[-1]["outputs"]]
    count = int(said[0].split()[0])
    assert count > 500
    assert said == [f"{count} lines with figures are as printed\n"]


@pytest.mark.parametrize(
    ("held", "other"),
    [
        ("Pays for itself: ", "Pays for it all: "),
        ('"choice": "now"', '"choice": "not"'),
        ('"overall": 4', '"overall": 5'),
        ("SEED, PATHS = 1,", "SEED, PATHS = 2,"),
    ],
)
def test_a_figure_that_differs_stops_the_notebook(evaluation: Evaluation, held: str, other: str) -> None:
    """Another printed word, decision, score or seed is found; no cell passes over it."""
    text = render_notebook(evaluation).decode("ascii")
    joined = json.loads(text)
    for cell in joined["cells"]:
        whole = "".join(cell["source"]).replace("'\n    '", "")  # literals broken over lines
        cell["source"] = [whole.replace(held, other)]
    assert json.dumps(joined).count(json.dumps(other)[1:-1]) == 1
    with pytest.raises(AssertionError):
        executed(json.dumps(joined).encode())


def test_a_report_without_costs_runs_too(bench: Any) -> None:
    """A blank assessment has its scores and its reasons."""
    names = executed(render_notebook(bench.blank()))
    assert names["evaluation"].missing


def test_own_words_and_figures_travel_with_the_notebook(
    four_step: Questionnaire, parameters: ParameterFile, example: Any
) -> None:
    """Another questionnaire, with initiatives and parameters that are not the shipped ones, is inside the file."""
    first = parameters.parameters[0]
    changed = first.model_copy(update={"how_to_measure": "Ask \"'''\\ somebody\\"})
    own = parameters.model_copy(update={"parameters": (changed, *parameters.parameters[1:])})
    asked = {question.id: Answer(option=1) for question in four_step.asked("full")}
    reference = example.questionnaire.model_copy(update={"id": four_step.id, "version": four_step.version})
    given = type(example)(name="Four", mode="full", questionnaire=reference, answers=asked)
    found = evaluate(four_step, given, InitiativeFile.none_for(four_step), own, paths=100)
    names = executed(render_notebook(found))
    assert names["parameters"] == own
    assert names["questionnaire"] == four_step


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation) -> None:
    """The file is ASCII, has no outputs, and depends on the evaluation alone."""
    data = render_notebook(evaluation)
    assert data == render_notebook(evaluation)
    assert data.isascii()
    assert all(cell.get("outputs", []) == [] for cell in json.loads(data)["cells"])
