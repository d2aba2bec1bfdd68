"""An overlay adds, rewords, weighs and drops without copying a file; each fault is reported on its own line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assessment.errors import InputError
from assessment.loading import Installed, Loaded, load_questionnaire, loaded_from
from assessment.questionnaire import Questionnaire
from assessment.reading import parse_document
from assessment.scoring import score
from tests.conftest import answered

HEAD = """format: sixstep-overlay/1
extends: small-clinic
extends_version: "1"
id: river-clinic
version: "2026.1"
title: River clinic
"""
ADDED = """add:
  - id: build.pair
    after: build.test
    step: build
    title: Pair
    prompt: Who builds in pairs?
    hint: Look around.
    why: One person forgets.
    seed: own
    dimensions: {change: 1}
    anchors: [Nobody, Two people, A team, All]
    evidence: [A photograph]
    references: [river-notes]
    not_in_design: It is seen in use alone.
add_references:
  river-notes: {title: River notes, section: all, year: 2026}
"""


@pytest.fixture
def installed(four_step: Questionnaire) -> Installed:
    """What an overlay may be laid over: two versions of the small questionnaire."""
    newer = four_step.model_copy(update={"version": "2", "title": "Newer"})

    def find(name: str) -> Sequence[Questionnaire]:
        return (four_step, newer) if name == four_step.id else ()

    return find


def laid(text: str, installed: Installed) -> Loaded:
    """Return what an overlay gives."""
    return loaded_from(parse_document(text, "river.yaml"), installed)


def test_an_overlay_that_changes_nothing_scores_like_its_base(four_step: Questionnaire, installed: Installed) -> None:
    """Only the names differ: the questionnaire under them is the base to the letter."""
    found = laid(HEAD, installed).questionnaire
    names = {"id": "river-clinic", "version": "2026.1", "title": "River clinic", "based_on": "small-clinic"}
    assert found == four_step.model_copy(update=names)
    levels = dict.fromkeys(four_step.by_id, 2)
    ours, theirs = (score(each, answered(each, levels, mode="full")) for each in (found, four_step))
    assert ours == theirs


def test_a_question_is_added_after_the_one_that_it_names(installed: Installed) -> None:
    """It stands there and nowhere else, and what it refers to is in the file."""
    found = laid(HEAD + ADDED, installed).questionnaire
    names = list(found.by_id)
    assert names[names.index("build.test") + 1] == "build.pair"
    assert names.count("build.pair") == 1
    assert found.references["river-notes"].title == "River notes"


def test_without_a_place_a_question_stands_last_in_its_step(installed: Installed) -> None:
    """The steps stay together, however the overlay is ordered."""
    found = laid(HEAD + ADDED.replace("    after: build.test\n", ""), installed).questionnaire
    assert [question.id for question in found.of_step("build", "full")][-1] == "build.pair"


def test_words_change_and_nothing_else_does(four_step: Questionnaire, installed: Installed) -> None:
    """Reworded anchors keep their values: the same answers give the same scores."""
    text = HEAD + "reword:\n  look.box:\n    prompt: How many machines?\n    anchors: [One, Two, Three, Four]\n"
    found = laid(text, installed).questionnaire
    before, after = four_step.by_id["look.box"], found.by_id["look.box"]
    assert after == before.model_copy(
        update={"prompt": "How many machines?", "anchors": ("One", "Two", "Three", "Four")}
    )


def test_weights_change_with_a_reason(four_step: Questionnaire, installed: Installed) -> None:
    """A question weighed anew says why, and moves the score as its weight says."""
    text = HEAD + "reweigh:\n  build.test: {weight: 4, because: We were hurt by it.}\n"
    found = laid(text, installed).questionnaire
    assert (found.by_id["build.test"].weight, found.by_id["build.test"].because) == (4, "We were hurt by it.")
    levels = dict.fromkeys(four_step.by_id, 3) | {"build.test": 0}
    heavy, light = (
        score(each, answered(each, levels, mode="full")).dimensions["change"].practice.point
        for each in (found, four_step)
    )
    # 4.5 of 8.5 hold where the question weighs 4, and 4.5 of 5.5 where it weighs 1
    assert heavy == pytest.approx(100 * 4.5 / 8.5)
    assert light == pytest.approx(100 * 4.5 / 5.5)


def test_a_dropped_question_leaves_everything_that_names_it(installed: Installed) -> None:
    """Posture, crosswalk and preset go on without it; a row left with nothing is left out, and that is said."""
    found = laid(HEAD + "drop: [build.undo, learn.share]\n", installed)
    whole = found.questionnaire
    assert {"build.undo", "learn.share"}.isdisjoint(whole.by_id)
    assert [set(row.questions) for row in whole.posture] == [{"build.release"}, {"learn.review"}]
    assert [item.id for item in whole.crosswalks[0].items] == ["house-rule.logs"]
    assert whole.target_presets[0].questions == {}
    assert found.left_out == ("House rule: the paragraph 'Rule 2.2' is left out, since no question is left for it.",)


def test_a_step_that_is_left_with_nothing_goes_with_what_names_it(installed: Installed) -> None:
    """No page is left without a question."""
    text = HEAD + "drop: [learn.review, learn.watch, learn.share]\n"
    found = laid(text, installed)
    assert [step.id for step in found.questionnaire.steps] == ["look", "plan", "build"]
    said = " ".join(found.left_out)
    assert "The step 'Learn' is left out" in said
    assert "The posture row 'Lessons' is left out" in said


def test_a_preset_of_the_same_name_takes_the_place_of_the_base_s(installed: Installed) -> None:
    """Another one is added behind it."""
    plain, other = (
        f"  - {{id: {name}, title: Ours, summary: Ours., level: 3, because: We say so.}}\n" for name in ("plain", "own")
    )
    found = laid(HEAD + "target_presets:\n" + other + plain, installed).questionnaire
    assert [(preset.id, preset.title) for preset in found.target_presets] == [("plain", "Ours"), ("own", "Ours")]


def test_words_for_the_design_stage_and_the_reason_to_leave_it_exclude_each_other(installed: Installed) -> None:
    """Giving the one takes the other away."""
    text = HEAD + "reword:\n  look.shared: {not_in_design: We share nothing yet.}\n"
    question = laid(text, installed).questionnaire.by_id["look.shared"]
    assert (question.design, question.not_in_design) == (None, "We share nothing yet.")


def test_without_a_version_the_newest_is_meant(installed: Installed) -> None:
    """An overlay that names no version goes with whatever is newest when it is installed."""
    found = laid(HEAD.replace('extends_version: "1"\n', "") + "drop: [build.copy]\n", installed).questionnaire
    assert "build.copy" not in found.by_id


def line_of(text: str, part: str) -> int:
    """Return the 1-based line on which ``part`` first stands."""
    return text[: text.index(part)].count("\n") + 1


# name: (the overlay below its head, or a whole one; what marks the line; words of the sentence)
FAULTS: dict[str, tuple[str, str, list[str]]] = {
    "unknown base": (
        HEAD.replace("extends: small-clinic", "extends: large-clinic"),
        "extends: large-clinic",
        ["'large-clinic' is not installed"],
    ),
    "other version": (
        HEAD.replace('extends_version: "1"', 'extends_version: "7"'),
        "extends_version",
        ["version '7'", "'1, 2' is installed"],
    ),
    "own id": (
        HEAD.replace("id: river-clinic", "id: small-clinic"),
        "id: small-clinic\nversion",
        ["has the id of the questionnaire that it extends", "own"],
    ),
    "unknown key": (HEAD + "dropp: []\n", "dropp", ["'dropp' is not known", "did you mean 'drop'?"]),
    "drop of nothing": (
        HEAD + "drop:\n  - build.copy\n  - build.tset\n",
        "- build.tset",
        ["no question 'build.tset'", "did you mean 'build.test'?"],
    ),
    "dropped twice": (
        HEAD + "drop:\n  - build.copy\n  - build.undo\n  - build.copy\n",
        "- build.copy\n  - build.undo\n  - build.copy\n",
        [],
    ),
    "dropped and reworded": (
        HEAD + "drop: [build.copy]\nreword:\n  build.copy: {title: Copy}\n",
        "build.copy: {title",
        ["dropped and also named under 'reword'"],
    ),
    "reword of nothing": (
        HEAD + "reword:\n  look.bxo: {title: Box}\n",
        "look.bxo",
        ["no question 'look.bxo'", "did you mean 'look.box'?"],
    ),
    "reword of a weight": (
        HEAD + "reword:\n  look.box:\n    weight: 3\n",
        "weight: 3",
        ["'weight' is not known here"],
    ),
    "reweigh without a reason": (
        HEAD + "reweigh:\n  look.box:\n    weight: 3\n",
        "look.box:",
        ["because' is missing"],
    ),
    "an anchor too few": (
        HEAD + "reword:\n  look.box:\n    title: Box\n    anchors: [One, Two, Three]\n",
        "anchors:",
        ["look.box", "3 anchors", "4 options"],
    ),
    "reweigh to an unknown dimension": (
        HEAD + "reweigh:\n  build.test:\n    because: So.\n    dimensions: {chance: 1}\n",
        "{chance",
        ["build.test", "no dimension 'chance'"],
    ),
    "reweigh onto what is capped": (
        HEAD + "reweigh:\n  look.box:\n    because: So.\n    dimensions: {change: 1}\n",
        "look.box:",
        ["look.box", "which that factor caps"],
    ),
    "the last core question of a dimension": (
        HEAD + "drop:\n  - build.copy\n  - build.release\n",
        "- build.release",
        ["'change' has no core question"],
    ),
    "the last question of a factor": (
        HEAD + "drop:\n  - look.trail\n",
        "- look.trail",
        ["no question feeds the wall factor 'paper-trail'"],
    ),
    "an id that is taken": (
        HEAD + ADDED.replace("id: build.pair", "id: build.test"),
        "id: build.test",
        ["'build.test' belongs to another question"],
    ),
    "an id that was dropped": (
        HEAD + "drop: [build.copy]\n" + ADDED.replace("id: build.pair", "id: build.copy"),
        "id: build.copy",
        ["'build.copy' belongs to another question"],
    ),
    "after nothing": (
        HEAD + ADDED.replace("after: build.test", "after: build.tset"),
        "after: build.tset",
        ["no question 'build.tset'"],
    ),
    "an unknown reference": (
        HEAD + ADDED.replace("references: [river-notes]", "references: [river-note]"),
        "[river-note]",
        ["build.pair", "no reference 'river-note'"],
    ),
    "a reference that is there": (
        HEAD + "add_references:\n  own: {title: Own, section: all, year: 2026}\n",
        "own: {title",
        ["'own' is there already"],
    ),
    "a preset off the scale": (
        HEAD + "target_presets:\n  - {id: own, title: O, summary: O, level: 4, because: O}\n",
        "- {id: own",
        ["target level 4 is not offered"],
    ),
    "both design and not": (
        HEAD
        + "reword:\n  look.box:\n    not_in_design: No.\n"
        + "    design: {prompt: P, hint: H, anchors: [A, B, C, D], evidence: [E]}\n",
        "not_in_design",
        ["both 'design' and 'not_in_design'"],
    ),
    "another format": (
        HEAD.replace("sixstep-overlay/1", "sixstep-overlay/2"),
        "format",
        ["'format'", "sixstep-overlay/1"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_an_overlay_stands_on_its_own_line(name: str, installed: Installed) -> None:
    """The file that is named is the overlay, the line one that its author wrote."""
    text, mark, words = FAULTS[name]
    with pytest.raises(InputError) as caught:
        laid(text, installed)
    lines = str(caught.value).splitlines()
    meant = [line for line in lines if all(word in line for word in words)]
    assert meant, lines
    number = line_of(text, mark) + (2 if name == "dropped twice" else 0)
    assert meant[0].startswith(f"river.yaml:{number}: "), meant


def test_an_overlay_over_the_built_in_questionnaire_loads_by_its_path(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    """What loads a questionnaire loads an overlay; the built-in questionnaire is what it may be laid over."""
    path = tmp_path / "ours.yaml"
    text = HEAD.replace("small-clinic", questionnaire.id).replace('extends_version: "1"\n', "")
    path.write_text(text, encoding="utf-8")
    found = load_questionnaire(path)
    assert (found.id, found.questions) == ("river-clinic", questionnaire.questions)
