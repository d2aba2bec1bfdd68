"""The terminal: keys, exit codes, and the same bytes wherever it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assessment.questionnaire import Questionnaire
from examples import EXAMPLE
from questionnaires import QUESTIONNAIRE
from tests.reports.opening import text_of


def sixstep(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the console script's entry in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, **(env or {})},
    )


def printed(*arguments: str, env: dict[str, str] | None = None) -> Any:
    """Return the JSON that a command prints."""
    done = sixstep(*arguments, "--json", env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("level", "expected"), [(0, 0.0), (2, 50.0), (4, 100.0)])
def test_new_at_a_level_and_score(level: int, expected: float, tmp_path: Path) -> None:
    """``new --level`` then ``score``: 0, 50 and 100 practice in every dimension."""
    path = tmp_path / "new.json"
    assert sixstep("new", "--level", str(level), "--name", "Level", "-o", str(path)).returncode == 0
    data = printed("score", str(path))
    assert {item["practice"]["value"] for item in data["dimensions"].values()} == {expected}
    keys = {
        "practice",
        "ceiling",
        "effective",
        "stranded",
        "coverage",
        "gated_level",
        "binding_constraint",
        "blocking_question",
    }
    assert all(keys <= set(item) for item in data["dimensions"].values())
    assert {"dimensions", "steps", "overall", "diagnosis", "applicability", "posture"} <= set(data)


def test_coupling_at_zero_names_the_stranded_points(tmp_path: Path) -> None:
    """All at 4 but coupling at 0: the table and the sentences name constraint and stranded points."""
    path = tmp_path / "new.json"
    sixstep("new", "--level", "4", "-o", str(path))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["answers"]["constraints.coupling"]["option"] = 0
    path.write_text(json.dumps(data), encoding="utf-8")
    found = printed("score", str(path))["dimensions"]["cicd"]
    assert found["binding_constraint"] == "tight_coupling"
    assert found["stranded"]["value"] == pytest.approx(65)
    text = sixstep("score", str(path)).stdout
    said = "65.0 of 100.0 points practised in Continuous integration and deployment have no effect: tight coupling sets"
    assert said in text


def test_model_keys_and_bytes() -> None:
    """``model --json`` has the stable keys, and the same seed the same bytes in another zone, locale and hash seed."""
    arguments = ("model", str(EXAMPLE), "--paths", "20000", "--seed", "7", "--json")
    here = sixstep(*arguments)
    assert here.returncode == 0, here.stderr
    there = sixstep(
        *arguments, env={"TZ": "Pacific/Apia", "LC_ALL": "de_DE.UTF-8", "LANG": "C", "PYTHONHASHSEED": "12345"}
    )
    assert here.stdout == there.stdout
    data = json.loads(here.stdout)
    assert {"strategies", "curves", "evpi", "recommendation"} <= set(data)
    assert {"mean", "p5", "p50", "p95", "standard_error"} == set(data["strategies"]["now"]["npv"])
    assert {"probability_positive", "payback_month", "mirr", "irr"} <= set(data["strategies"]["now"])
    assert {"mean", "p5", "p50", "p95"} == set(data["strategies"]["reactive"]["total_cost"])
    assert "npv" not in data["strategies"]["reactive"]
    assert {"best_start", "cost_of_delay_per_month", "curve"} <= set(data["timing"])
    assert [point["start_month"] for point in data["timing"]["curve"]] == [*range(60), "never"]
    assert {"evppi", "tornado", "sobol", "budget", "cash"} <= set(data)
    assert all(0 <= worth["value"] <= data["evpi"] for worth in data["evppi"].values())
    assert [point["share"] for point in data["budget"]] == [0.25, 0.5, 0.75, 1.0]
    other = printed("model", str(EXAMPLE), "--paths", "20000", "--seed", "8")
    for name in ("now", "delayed"):
        one, two = data["strategies"][name]["npv"], other["strategies"][name]["npv"]
        spread = (one["standard_error"] ** 2 + two["standard_error"] ** 2) ** 0.5
        assert one["mean"] != two["mean"]
        assert abs(one["mean"] - two["mean"]) < 4 * spread
    assert other["recommendation"] == data["recommendation"]


def test_roadmap_keys() -> None:
    """``roadmap --json`` has quarters with initiatives and effective scores, status and gap."""
    data = printed("roadmap", str(EXAMPLE))
    assert {"quarters", "status", "gap"} <= set(data)
    assert data["status"] == "greedy"
    assert data["gap"] is None
    assert {"quarter", "initiatives", "effective"} <= set(data["quarters"][0])


def test_missing_figures_are_named_in_sentences(tmp_path: Path) -> None:
    """``model`` on a blank assessment says what to give, and exits with 2."""
    path = tmp_path / "blank.json"
    sixstep("new", "-o", str(path))
    done = sixstep("model", str(path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "(I0, USD per year) has not been given" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ('{"foo": {"low": 1, "mode": 1, "high": 1}}', "no parameter 'foo'"),
        ('{"q": {"low": 3, "mode": 3, "high": 3}}', "out of bounds"),
        ('{"I0": {"low": 1, "high": 3}}', "no likely figure"),
    ],
)
@pytest.mark.parametrize("command", ["check", "model"])
def test_typed_figures_are_checked_with_their_line(command: str, ranges: str, words: str, tmp_path: Path) -> None:
    """``check`` refuses what ``model`` would, and both name file and line."""
    path = tmp_path / "typed.json"
    sixstep("new", "--level", "2", "-o", str(path))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["economics"]["ranges"] = json.loads(ranges)
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    done = sixstep(command, str(path))
    line = path.read_text(encoding="utf-8").splitlines().index('    "ranges": {') + 2
    assert done.returncode == 2
    assert done.stderr.startswith(f"typed.json:{line}: ")
    assert words in done.stderr


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_a_name_that_cannot_be_is_a_sentence(name: str, tmp_path: Path) -> None:
    """An empty or endless name exits with 2 and no dump."""
    done = sixstep("new", "--name", name, "-o", str(tmp_path / "x.json"))
    assert done.returncode == 2
    assert "'name'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["assessment", "questionnaire", "initiatives", "parameters"])
def test_schema_accepts_our_own_files(name: str) -> None:
    """The JSON Schema of each format accepts the file that the product ships."""
    from assessment.reading import read_document  # noqa: PLC0415
    from models.parameters import DEFAULT_PATH  # noqa: PLC0415
    from questionnaires import INITIATIVES  # noqa: PLC0415

    files = {
        "assessment": EXAMPLE, "questionnaire": QUESTIONNAIRE, "initiatives": INITIATIVES, "parameters": DEFAULT_PATH,
    }  # fmt: skip
    done = sixstep("schema", name)
    assert done.returncode == 0
    document = read_document(files[name]).data
    validator = jsonschema.Draft202012Validator(json.loads(done.stdout))
    assert list(validator.iter_errors(document)) == []
    document["surplus"] = 1
    assert list(validator.iter_errors(document)) != []


def test_check_names_the_kind_and_refuses_the_rest(tmp_path: Path) -> None:
    """``check`` says which kind of file it found; an unknown format gets the nearest one."""
    assert "a valid assessment file" in sixstep("check", str(EXAMPLE)).stdout
    path = tmp_path / "x.yaml"
    path.write_text("format: sixstep-questionaire/1\n", encoding="utf-8")
    done = sixstep("check", str(path))
    assert done.returncode == 2
    assert done.stderr.startswith("x.yaml:1: the format 'sixstep-questionaire/1' is not known; did you mean")


def test_export_and_import_lose_nothing(tmp_path: Path) -> None:
    """The example through import, export and import again is the same document; a workspace keeps its history."""
    one, two = (str(tmp_path / name) for name in ("one.db", "two.db"))
    ids = printed("import", str(EXAMPLE), "--database", one)["assessments"]
    out, all_ = tmp_path / "out.json", tmp_path / "all.json"
    assert sixstep("export", ids[0], "-o", str(out), "--database", one).returncode == 0
    assert printed("score", str(out)) == printed("score", str(EXAMPLE))
    assert sixstep("export", "-o", str(all_), "--database", one).returncode == 0
    again = printed("import", str(all_), "--database", two)["assessments"]
    back = tmp_path / "back.json"
    sixstep("export", again[0], "-o", str(back), "--database", two)
    assert back.read_bytes() == out.read_bytes()


def test_an_unknown_id_is_a_sentence(tmp_path: Path) -> None:
    """An id that does not exist exits with 2 and no trace."""
    done = sixstep("export", "nobody", "-o", str(tmp_path / "x.json"), "--database", str(tmp_path / "x.db"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.json").exists()


def test_report_writes_a_pdf_and_refuses_other_suffixes(tmp_path: Path) -> None:
    """``report`` writes a PDF; a suffix that stands for no form is refused in a sentence."""
    path = tmp_path / "report.pdf"
    done = sixstep("report", str(EXAMPLE), "-o", str(path), "--paths", "500")
    assert done.returncode == 0, done.stderr
    assert path.read_bytes().startswith(b"%PDF-")
    refused = sixstep("report", str(EXAMPLE), "-o", str(tmp_path / "report.docx"))
    assert refused.returncode == 2
    assert "end the name with one of .pdf, .html" in refused.stderr


def test_report_takes_its_form_from_the_suffix(tmp_path: Path) -> None:
    """A suffix in capitals counts too; the beginning of the file is that of its form."""
    for name, begin in (("report.XLSX", b"PK\x03\x04"), ("report.md", b"# Larkfield")):
        done = sixstep("report", str(EXAMPLE), "-o", str(tmp_path / name), "--paths", "100")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().startswith(begin)


def test_four_steps_run_through_the_terminal(four_step: Questionnaire, tmp_path: Path) -> None:
    """A questionnaire of four steps and four options goes through new and score."""
    source = str(Path(__file__).parent / "data" / "four-step.yaml")
    path = tmp_path / "four.json"
    assert sixstep("new", "--questionnaire", source, "--level", "3", "-o", str(path)).returncode == 0
    data = printed("score", str(path), "--questionnaire", source)
    assert set(data["steps"]) == {step.id for step in four_step.steps}
    plan = printed("roadmap", str(path), "--questionnaire", source)
    assert plan["placements"] == []
    paper = tmp_path / "four.pdf"
    assert sixstep("report", str(path), "--questionnaire", source, "-o", str(paper)).returncode == 0
    text = text_of(paper.read_bytes())
    assert all(step.title in text for step in four_step.steps)
    assert "There is no plan to judge" in text
    refused = sixstep("new", "--questionnaire", source, "--level", "4", "-o", str(path))
    assert refused.returncode == 2
    assert "option 4 is not on its scale; use 0 to 3" in refused.stderr


def test_check_wording_holds_a_questionnaire_to_the_authoring_rules(tmp_path: Path) -> None:
    """``--wording`` adds the editor's findings, each with its line; without it the file is valid all the same."""
    data = Path(__file__).parent / "data"
    assert sixstep("check", str(data / "well-written.yaml"), "--wording").returncode == 0
    path = tmp_path / "mine.yaml"
    text = (data / "well-written.yaml").read_text(encoding="utf-8").replace("was tested?", "was regularly tested?")
    path.write_text(text, encoding="utf-8")
    assert sixstep("check", str(path)).returncode == 0
    done = sixstep("check", str(path), "--wording")
    line = text[: text.index("regularly")].count("\n") + 1
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"mine.yaml:{line}: look.tested: prompt has the vague word 'regularly'; ")
    assert len(done.stderr.splitlines()) == 1


def test_check_wording_reads_an_overlay_as_the_whole_that_it_gives(tmp_path: Path) -> None:
    """A word that an overlay brings in is found on its line of the overlay; its base has no finding."""
    path = tmp_path / "mine.yaml"
    text = (
        "format: sixstep-overlay/1\nextends: healthcare-platform\nid: mine\nversion: '1'\ntitle: Mine\n"
        "reword:\n  delivery.gates:\n    prompt: Which checks stop a change?\n"
    )
    path.write_text(text, encoding="utf-8")
    assert sixstep("check", str(path), "--wording").returncode == 0
    path.write_text(text.replace("Which checks", "Which robust checks"), encoding="utf-8")
    done = sixstep("check", str(path), "--wording")
    assert done.returncode == 2
    assert done.stderr.startswith("mine.yaml:8: delivery.gates: prompt has the vague word 'robust'; ")
    assert len(done.stderr.splitlines()) == 1


def test_check_wording_is_for_questionnaires() -> None:
    """``--wording`` on another kind of file says so in a sentence."""
    done = sixstep("check", str(EXAMPLE), "--wording")
    assert done.returncode == 2
    assert "the authoring rules are for questionnaires, not for assessment files" in done.stderr


def test_reference_writes_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """``reference`` writes a questionnaire as a document: the same in another locale and hash seed."""
    data = Path(__file__).parent / "data"
    written = []
    for number, env in enumerate(({}, {"LC_ALL": "C", "PYTHONHASHSEED": "4321", "TZ": "Pacific/Apia"})):
        path = tmp_path / f"{number}.md"
        done = sixstep("reference", "--questionnaire", str(data / "four-step.yaml"), "-o", str(path), env=env)
        assert done.returncode == 0, done.stderr
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert written[0].startswith(b"# Small clinic check\n")


def test_a_score_is_explained() -> None:
    """``score --explain`` prints the terms of one score, which add up to it; an unknown name gets the nearest."""
    data = printed("score", str(EXAMPLE), "--explain", "cicd.effective")
    assert {"name", "formula", "score", "terms", "caps", "sides", "mover"} == set(data)
    for end in ("point", "low", "high"):
        assert sum(term["contribution"][end] for term in data["terms"]) == pytest.approx(data["score"][end])
    text = sixstep("score", str(EXAMPLE), "--explain", "cicd.effective").stdout
    assert data["formula"] in text
    assert "What would move it most" in text
    wrong = sixstep("score", str(EXAMPLE), "--explain", "cicd.efective")
    assert (wrong.returncode, wrong.stderr) == (2, "no score 'cicd.efective'; did you mean 'cicd.effective'?\n")


def test_each_score_prints_its_evidence_and_each_finding_its_chain() -> None:
    """Wherever a score has answers behind it, the shares by confidence add up to one; a finding names its sources."""
    data = printed("score", str(EXAMPLE))
    groups = ("dimensions", "steps", "factors", "posture", "lifecycle")
    every = [item for group in groups for item in data[group].values()] + [data["overall"]]
    every += [item for paragraphs in data["crosswalk"].values() for item in paragraphs.values()]
    assert len(every) > len(data["dimensions"])
    for item in every:
        assert sum(item["evidence"].values()) == pytest.approx(1)
    finding = data["diagnosis"][0]
    assert {"questions", "signals", "root_causes", "future_shifts"} == set(finding["chain"])
    total = sum(term["contribution"]["point"] for term in finding["chain"]["questions"])
    assert total == pytest.approx(finding["severity"]["value"])


def test_agreement_between_respondents(tmp_path: Path) -> None:
    """Files of one questionnaire, one a respondent: the most contested question first, and the same in any order."""
    names = []
    for number, levels in enumerate([(0, 2), (0, 2), (4, 2), (4, 3)]):
        path = tmp_path / f"{number}.json"
        assert sixstep("new", "--name", str(number), "-o", str(path)).returncode == 0
        data = json.loads(path.read_text(encoding="utf-8"))
        asked = ("constraints.topology", "constraints.coupling")
        data["answers"] = {name: {"option": level, "role": "nurse"} for name, level in zip(asked, levels, strict=True)}
        path.write_text(json.dumps(data), encoding="utf-8")
        names.append(str(path))
    first, second = printed("agreement", *names)["questions"]
    assert (first["question"], first["agreement"], first["distribution"]) == (
        "constraints.topology",
        -1,
        [2, 0, 0, 0, 2],
    )
    assert first["spread"] == {"lowest": 0, "highest": 4}
    assert [(role["role"], role["people"]) for role in first["roles"]] == [("nurse", 4)]
    assert second["question"] == "constraints.coupling"
    assert printed("agreement", *reversed(names)) == {"questions": [first, second]}
    assert "people stand in two camps" in sixstep("agreement", *names).stdout
