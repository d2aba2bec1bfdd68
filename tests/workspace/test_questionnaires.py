"""Questionnaires beside the built-in one: installed, found by every process, carried in a backup, never lost."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.answers import Answer
from assessment.errors import InputError, SixstepError
from assessment.loading import load_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.reading import LARGEST_BYTES
from models.initiatives import load_initiatives
from questionnaires import QUESTIONNAIRE
from store.log import Store
from store.shelf import VersionTaken
from workspace.library import Library, whole_of
from workspace.service import Workspace

ROOT = Path(__file__).parents[2]
FOUR = ROOT / "tests" / "data" / "four-step.yaml"
OVERLAY = """format: sixstep-overlay/1
extends: healthcare-platform
id: river
version: "1"
title: River
reword:
  constraints.topology: {title: River topology}
"""
BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


def second(text: str) -> bytes:
    """Return the small questionnaire as a second version, without the question on copies."""
    start = text.index("  - id: build.copy")
    end = text.index("  - id: build.review")
    return (text[:start] + text[end:]).replace('version: "1"', 'version: "2"', 1).encode()


def test_a_questionnaire_is_installed_listed_and_answered(workspace: Workspace, four_step: Questionnaire) -> None:
    """From the file to the first answer, beside the built-in one."""
    found = workspace.install_questionnaire(FOUR.read_bytes(), "four-step.yaml")
    assert (found.questionnaire, found.new, found.left_out) == (four_step, True, ())
    name = workspace.create("Ward", questionnaire="small-clinic")
    workspace.answer(name, "look.box", Answer(option=3))
    assert workspace.open(name).questionnaire == four_step
    built_in, ours = workspace.questionnaires()
    assert (built_in.questionnaire.id, built_in.at, built_in.used) == (workspace.library.default.id, None, 0)
    assert (ours.questionnaire, ours.file_name, ours.used) == (four_step, "four-step.yaml", 1)


def test_the_file_comes_back_as_it_came(workspace: Workspace) -> None:
    """Comments and order included; the built-in file too."""
    raw = b"# ours\n" + FOUR.read_bytes()
    workspace.install_questionnaire(raw, "../four step.yaml")
    assert workspace.questionnaire_file("small-clinic", "1") == ("four step.yaml", raw)
    default = workspace.library.default
    assert workspace.questionnaire_file(default.id, default.version) == (QUESTIONNAIRE.name, QUESTIONNAIRE.read_bytes())


def test_the_same_file_twice_is_no_fault(workspace: Workspace) -> None:
    """It is there already, and that is said; the built-in file likewise."""
    workspace.install_questionnaire(FOUR.read_bytes(), "four-step.yaml")
    assert not workspace.install_questionnaire(FOUR.read_bytes(), "again.yaml").new
    assert not workspace.install_questionnaire(QUESTIONNAIRE.read_bytes(), "built-in.yaml").new
    assert len(workspace.questionnaires()) == 2


@pytest.mark.parametrize("path", [FOUR, QUESTIONNAIRE])
def test_other_content_needs_a_new_version(workspace: Workspace, path: Path) -> None:
    """Nobody's answers change their meaning, those on the built-in questionnaire neither."""
    workspace.install_questionnaire(path.read_bytes(), "one.yaml")
    changed = path.read_text(encoding="utf-8").replace("weight: 2", "weight: 3", 1) + "\n"
    other = changed if path == FOUR else changed.replace("title: Healthcare platform", "title: Hospital platform", 1)
    with pytest.raises(VersionTaken, match="give it a new version"):
        workspace.install_questionnaire(other.encode(), "two.yaml")


def test_a_faulty_file_is_refused_with_its_lines_and_nothing_is_kept(workspace: Workspace) -> None:
    """The sentences are the loader's."""
    raw = FOUR.read_bytes().replace(b"step: learn\n", b"step: lern\n")
    with pytest.raises(InputError, match=r"four\.yaml:\d+: learn\.review: no step 'lern'"):
        workspace.install_questionnaire(raw, "four.yaml")
    assert len(workspace.questionnaires()) == 1


def test_a_version_that_no_assessment_could_name_is_refused(workspace: Workspace) -> None:
    """With the line on which it stands."""
    raw = FOUR.read_text(encoding="utf-8").replace('version: "1"', f'version: "{"1" * 81}"', 1)
    with pytest.raises(InputError, match=r"four\.yaml:3: .*81 characters"):
        workspace.install_questionnaire(raw.encode(), "four.yaml")


def test_what_another_process_installed_is_found(tmp_path: Path, built_in: Library, four_step: Questionnaire) -> None:
    """App processes keep nothing of their own: the store is asked whenever an unknown version is."""
    database = str(tmp_path / "shared.db")
    mine = Workspace(Store.open(database), built_in)
    assert not mine.library.knows("small-clinic")
    code = (
        "import sys; from pathlib import Path; from workspace.opening import open_workspace;"
        "desk = open_workspace(sys.argv[1]);"
        "desk.install_questionnaire(Path(sys.argv[2]).read_bytes(), 'four.yaml');"
        "print(desk.create('Theirs', questionnaire='small-clinic'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, database, str(FOUR)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    opened = mine.open(done.stdout.strip())
    assert opened.questionnaire == four_step
    assert opened.missing_version == ""


def test_an_overlay_keeps_the_base_that_it_was_laid_over(store: Store, four_step: Questionnaire) -> None:
    """A base that changes later does not reach into what was answered."""
    overlay = OVERLAY.replace("healthcare-platform", "small-clinic").replace("constraints.topology", "look.box")
    Workspace(store, Library([four_step])).install_questionnaire(overlay.encode(), "river.yaml")
    newer = four_step.model_copy(update={"version": "2", "summary": "Another base."})
    found = Workspace(store, Library([newer])).library.questionnaire("river", "1")
    assert (found.summary, found.by_id["look.box"].title) == (four_step.summary, "River topology")


def test_an_overlay_may_be_laid_over_one_that_is_installed(workspace: Workspace) -> None:
    """Also over another overlay."""
    workspace.install_questionnaire(OVERLAY.encode(), "river.yaml")
    upper = OVERLAY.replace("extends: healthcare-platform", "extends: river").replace("id: river\n", "id: delta\n")
    found = workspace.install_questionnaire(upper.replace("River topology", "Delta").encode(), "delta.yaml")
    assert found.questionnaire.by_id["constraints.topology"].title == "Delta"


def test_an_overlay_plans_with_the_initiatives_of_its_base(store: Store, four_step: Questionnaire) -> None:
    """Those that raise nothing any more are left out, and the others lift what is left to be lifted."""
    base = load_initiatives(FOUR.with_name("four-step-initiatives.yaml"), four_step)
    assert "boxes-that-start-alone" in base.by_id
    desk = Workspace(store, Library([four_step], [base]))
    text = OVERLAY[: OVERLAY.index("reword")].replace("healthcare-platform", "small-clinic")
    overlay = desk.install_questionnaire(f"{text}drop: [look.box, look.limit, learn.watch]\n".encode(), "river.yaml")
    found = desk.library.initiatives_for(overlay.questionnaire)
    assert found.questionnaire == "river"
    assert list(found.by_id) == ["release-script", "log-on-the-wall"]
    assert [rise.question for rise in found.by_id["log-on-the-wall"].raises] == ["look.trail", "learn.review"]
    assert found.by_id["log-on-the-wall"].lifts == ("paper-trail",)


def test_a_release_that_brings_another_version_takes_nothing_away(store: Store, four_step: Questionnaire) -> None:
    """What an assessment was begun on is kept with it, and stays what it was."""
    name = Workspace(store, Library([four_step])).create("Ward")
    raw = second(FOUR.read_text(encoding="utf-8"))
    newer = Questionnaire.model_validate_json(whole_of(four_step)).model_copy(update={"version": "2"})
    desk = Workspace(store, Library([newer]))
    assert desk.open(name).questionnaire == four_step
    assert [item.questionnaire.version for item in desk.questionnaires()] == ["1", "2"]
    assert b"build.copy" not in raw


def test_a_backup_carries_the_questionnaires(workspace: Workspace, tmp_path: Path, built_in: Library) -> None:
    """Elsewhere everything opens, the files come back as they came, and the export is the same bytes again."""
    workspace.install_questionnaire(FOUR.read_bytes(), "four-step.yaml")
    workspace.install_questionnaire(OVERLAY.encode(), "river.yaml")
    names = [workspace.create(each, questionnaire=each) for each in ("small-clinic", "river")]
    workspace.answer(names[0], "look.box", Answer(option=3))
    raw = workspace.export_all()
    elsewhere = Workspace(Store.open(str(tmp_path / "elsewhere.db")), built_in)
    assert set(elsewhere.import_any(raw, "all.json")) == set(names)
    assert elsewhere.export_all() == raw
    assert elsewhere.questionnaire_file("river", "1") == ("river.yaml", OVERLAY.encode())
    assert [elsewhere.open(name) for name in names] == [workspace.open(name) for name in names]


def test_a_backup_over_other_content_is_refused_whole(workspace: Workspace, tmp_path: Path, built_in: Library) -> None:
    """What stands here under the id and version is not replaced, and no assessment comes in half understood."""
    workspace.install_questionnaire(OVERLAY.encode(), "river.yaml")
    workspace.create("Ward", questionnaire="river")
    elsewhere = Workspace(Store.open(str(tmp_path / "elsewhere.db")), built_in)
    elsewhere.install_questionnaire(OVERLAY.replace("River topology", "Lake").encode(), "river.yaml")
    with pytest.raises(VersionTaken):
        elsewhere.import_any(workspace.export_all(), "all.json")
    assert elsewhere.assessments() == ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda item: item.update(whole="{"),
        lambda item: item.update(whole="[" * 100_000),
        lambda item: item.update(whole=item["whole"].replace('"weight":0.5', '"weight":-1', 1)),
        lambda item: item.update(whole=item["whole"].replace('"step":"learn"', '"step":"lern"', 1)),
        lambda item: item.update(content="***"),
    ],
)
def test_a_damaged_questionnaire_in_a_backup_is_refused(
    small: Workspace, tmp_path: Path, damage: object, four_step: Questionnaire
) -> None:
    """It is checked like a file that somebody installs."""
    small.create("Ward")
    data = json.loads(small.export_all())
    damage(data["questionnaires"][0])  # type: ignore[operator]
    elsewhere = Workspace(Store.open(str(tmp_path / "elsewhere.db")), Library([four_step]))
    with pytest.raises(InputError, match="export the workspace again"):
        elsewhere.import_any(json.dumps(data).encode(), "all.json")
    assert elsewhere.assessments() == ()


def test_a_backup_of_the_first_release_still_comes_in(small: Workspace, tmp_path: Path) -> None:
    """It has no questionnaires in it."""
    name = small.create("Ward")
    data = json.loads(small.export_all())
    del data["questionnaires"]
    elsewhere = Workspace(Store.open(str(tmp_path / "elsewhere.db")), small.library)
    assert elsewhere.import_any(json.dumps(data).encode(), "all.json") == (name,)


HOSTILE = {
    "binary": b"\x7fELF\x00\x01" * 50,
    "latin-1": "title: caf\xe9".encode("latin-1"),
    "empty": b"",
    "alias bomb": BOMB.encode(),
    "alias loop": b"a: &a [*a]\n",
    "deep": b"[" * 5000 + b"]" * 5000,
    "a list": b"- 1\n",
    "text": b"hello",
    "an assessment": b"format: sixstep-assessment/1\nname: A\n",
    "one byte too many": b"#" + b"x" * LARGEST_BYTES,
    "50 MB": b"a: b\n" * 10_000_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_hostile_files_are_refused_in_a_sentence(workspace: Workspace, kind: str, suffix: str) -> None:
    """Whatever is uploaded: the file is named, and nothing is kept of it."""
    with pytest.raises(InputError, match=rf"hostile\.{suffix}"):
        workspace.install_questionnaire(HOSTILE[kind], f"hostile.{suffix}")
    assert len(workspace.questionnaires()) == 1


def test_damaged_bytes_never_raise_anything_else(workspace: Workspace) -> None:
    """Each of a hundred damaged copies of a good file is installed or refused in a sentence."""
    good, dice = FOUR.read_bytes(), random.Random(7)  # noqa: S311 - the same damage in each run
    refused = 0
    for _ in range(100):
        raw = bytearray(good)
        for _ in range(dice.randint(1, 6)):
            place, size = dice.randrange(len(raw)), dice.randint(0, 12)
            raw[place : place + size] = dice.randbytes(dice.randint(0, 12))
        try:
            workspace.install_questionnaire(bytes(raw), "damaged.yaml")
        except SixstepError:
            refused += 1
    assert refused + len(workspace.questionnaires()) - 1 == 100
    assert refused > 90


def test_a_questionnaire_of_the_terminal_is_the_one_that_is_installed(workspace: Workspace) -> None:
    """The same file means the same in both front doors."""
    installed = workspace.install_questionnaire(FOUR.read_bytes(), "four-step.yaml").questionnaire
    assert installed == load_questionnaire(FOUR)
