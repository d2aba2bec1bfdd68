"""The editor's rules: each fails on a bad example, passes on a sound one, and names file, line and question."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.authoring import RULES, check_wording, wording_problems
from assessment.authoring_guide import load_guide
from assessment.errors import InputError, Problem
from assessment.loading import questionnaire_from
from assessment.questionnaire import Questionnaire
from assessment.range_rules import expected_ends, spoken, stated_ends
from assessment.reading import Document, parse_document, read_document, validate
from assessment.wording_rules import likeness
from questionnaires import QUESTIONNAIRE

SOUND = (Path(__file__).parents[1] / "data" / "well-written.yaml").read_text(encoding="utf-8")

# rule: bad examples, each as (what to replace, what to put there, subject, words of the finding)
BAD: dict[str, list[tuple[str, str, str, list[str]]]] = {
    "anchor_length": [
        (
            "One box serves each ward, and no document says what happens when it stops.",
            "One box serves all wards now.",
            "look.box",
            ["anchor 0 has 6 words", "write 8 to 40"],
        ),
        (
            "A decision record gives their number, the cost of each and the person who signed.",
            "A decision record gives their number; " + "it names a cost; " * 9 + "it ends.",
            "look.box",
            ["design anchor 1 has 44 words"],
        ),
    ],
    "plain_words": [
        ("was tested?", "was regularly tested?", "look.tested", ["prompt", "'regularly'", "a count"]),
        ("Count the last twenty changes.", "Count many changes.", "look.tested", ["hint", "'many'"]),
        ("A fix that is late", "A fix that is often late", "look.release", ["why", "'often'"]),
        ("A second machine stands ready", "A good machine stands ready", "look.box", ["anchor 1", "'good'"]),
        ("Read the plan", "Read the most mature plan", "look.tested", ["design hint", "'most'"]),
        ("names a test for each", "follows best practice for each", "look.tested", ["anchor 1", "'best practice'"]),
    ],
    "no_comparison": [
        (
            "the night shift works with the old version",
            "the night shift is further than level 0",
            "look.release",
            ["anchor 1", "the comparison 'further than'", "a visitor could check"],
        ),
        ("on a recorded date", "as before, on a recorded date", "look.tested", ["design anchor 2", "'as before'"]),
    ],
    "reading_level": [
        (
            "Count those that took over in the last twelve months.",
            "Operational availability considerations necessitate organisational accountability.",
            "look.box",
            ["hint reads at grade", "stay below 12"],
        ),
        (
            "Read the drawing of the production site.",
            "Architectural documentation demonstrates infrastructural redundancy characteristics.",
            "look.box",
            ["design hint reads at grade"],
        ),
    ],
    "neighbours_differ": [
        (
            "A second machine stands ready, and a page dated within twelve months tells staff how to start it.",
            "Five boxes serve each ward, and no document says what happens when one stops.",
            "look.box",
            ["anchor 0 and the next share", "differ in kind"],
        ),
        (
            "The specification names a test for each critical screen and who writes it.",
            "One plan says how one change will be tested before one reaches a ward.",
            "look.tested",
            ["design anchor 0 and the next share"],
        ),
    ],
    "ranges_agree": [
        (
            "More than 60 and up to 1,440 minutes",
            "More than 90 and up to 1,440 minutes",
            "look.release",
            ["anchor 1 begins with 'More than 90 and up to 1,440'", "begin with 'More than 60 and up to 1,440'"],
        ),
        ("Up to 60 minutes", "Below 60 minutes", "look.release", ["'Below 60'", "begin with 'Up to 60'"]),
        ("Up to 60 minutes", "Within 60 minutes", "look.release", ["no range that can be read"]),
        ("At least 12.5 and below", "More than 12.5 and up to", "look.tested", ["with 'At least 12.5 and below 100'"]),
        ("- 100 per cent; no", "- 100 changes; no", "look.tested", ["no range", "begin with 'At least 100'"]),
        ("thresholds: [12.5, 100]", "thresholds: [12.5, 90]", "look.tested", ["anchor 1", "below 90'"]),
    ],
    "one_thing": [
        ("was tested?", "was tested? By whom?", "look.tested", ["prompt is not one question"]),
        ("was tested?", "was tested.", "look.tested", ["prompt is not one question"]),
        ("was tested?", "was tested? Count it.", "look.tested", ["prompt is not one question"]),
        ("will be tested?", "will be tested and/or read?", "look.tested", ["design prompt", "'and/or'"]),
        ("a release take?", "a release take, and who waits?", "look.release", ["a second thing with 'and who'"]),
    ],
    "clinical_why": [
        (
            "A fix that is late for the evening round leaves a wrong dose on the screen for one more night.",
            "A fix that is late leaves a wrong figure on the screen for one more night.",
            "look.release",
            ["no clinical consequence", "clinical list"],
        ),
    ],
    "own_why": [
        (
            "The patient whose allergy vanished from the list last May met an untested change.",
            "A fix that is late for the evening round leaves a wrong dose on the  screen for one more night.",
            "look.tested",
            ["why is that of 'look.release'"],
        ),
    ],
    "enough_evidence": [
        ("[The test log, The list of changes]", "[The test log]", "look.tested", ["than 2 things", "2 or more"]),
        ("[The test log, The list of changes]", "[The test log, the test log]", "look.tested", ["fewer than 2 things"]),
        ("[The plan, The log of the trial]", "[The plan]", "look.tested", ["design evidence is fewer"]),
    ],
    "sourced": [
        ("section: Chapter 1", 'section: " "', "look.box", ["no reference has a title, a section and a year"]),
    ],
    "reasons_given": [
        (
            "    because: It counts boxes and nothing else, so it feeds that factor alone.\n",
            "",
            "look.box",
            ["nothing says why", "questions.because"],
        ),
        ("      because: One in eight is what one tester can do by hand.\n", "", "look.tested", ["measure.because"]),
        ("One box has one release for all work.", "Judgement.", "one-box", ["'Judgement.' is no sentence"]),
        ("It is the only factor of this file.", "the only factor of this file.", "one-box", ["is no sentence"]),
        ("In a burst there is no hour to spare.", "In a burst there is none", "look.release", ["is no sentence"]),
        ("A burst leaves no time for a slow change.", "Bursts.", "bursts", ["is no sentence"]),
        ("What was never decided is seldom undone.", "Undecided.", "early-ease", ["is no sentence"]),
        ("    because: One level of two is the first that says yes.\n", "", "", ["applicability.because"]),
        ("All work on the box slows together.", "Slow.", "slowing", ["is no sentence"]),
        ("    gate_share: Seven tenths leave room for one open question.\n", "", "", ["number 'gate_share'"]),
        (", because: The lowest band starts where the scale does.", "", "", ["bands.because"]),
        ("A lone box is the whole of the risk.", "Risk.", "risk", ["is no sentence"]),
        ("A clinic that stands still needs no more than this.", "Enough.", "steady", ["is no sentence"]),
        ("Looking once a year is enough here.", "Enough.", "steady", ["is no sentence"]),
        ("Safe change is all that this file scores.", "All.", "", ["is no sentence"]),
        ("A box that slows is near its end.", "Slow.", "", ["is no sentence"]),
    ],
}  # fmt: skip
CASES = [(rule, *example) for rule, examples in BAD.items() for example in examples]


def findings(text: str) -> list[Problem]:
    """Return what the rules find in a questionnaire; rules that join parts of the file are not asked."""
    document = parse_document(text, "mine.yaml")
    return list(wording_problems(validate(Questionnaire, document), document))


def test_a_sound_file_has_no_finding() -> None:
    """The rules let well-written words pass, live and design, measured both ways."""
    assert findings(SOUND) == []
    assert questionnaire_from(parse_document(SOUND, "mine.yaml")).serves_design


def test_every_rule_has_a_bad_example() -> None:
    """No rule stands in the list that nothing here breaks."""
    assert [rule.__name__ for rule in RULES] == list(BAD)


@pytest.mark.parametrize(("rule", "sound", "bad", "subject", "words"), CASES)
def test_a_bad_example_is_found(rule: str, sound: str, bad: str, subject: str, words: list[str]) -> None:
    """The rule, and no other, has a finding, with file, line, item and what would be right."""
    assert SOUND.count(sound) == 1
    text = SOUND.replace(sound, bad)
    found = findings(text)
    by_rule = {one.__name__: one for one in RULES}
    assert found
    assert found == [problem for problem in found if _is_from(by_rule[rule], text, problem)]
    here = next(problem for problem in found if problem.subject == subject)
    assert here.file == "mine.yaml"
    assert here.remedy
    assert [word for word in words if word not in str(here)] == []


def _is_from(rule: object, text: str, problem: Problem) -> bool:
    from assessment.drafts import Draft  # noqa: PLC0415

    document = parse_document(text, "mine.yaml")
    draft = Draft(validate(Questionnaire, document), document, load_guide())
    return callable(rule) and problem in list(rule(draft))


def test_the_line_is_that_of_the_words() -> None:
    """A finding in one anchor of a design wording names the line of that anchor."""
    text = SOUND.replace("names a test for each", "names several tests for each")
    (problem,) = findings(text)
    line = text[: text.index("names several")].count("\n") + 1
    assert str(problem).startswith(f"mine.yaml:{line}: look.tested: design anchor 1 has the vague word 'several'")


@pytest.mark.parametrize("phrase", ["how many of them", "at most three of them", "at least one of them", "how often"])
def test_counting_phrases_are_no_vague_words(phrase: str) -> None:
    """How many, at most and at least ask for a figure."""
    assert load_guide().vague.found_in(f"Tell {phrase} there were.") == ()


@pytest.mark.parametrize("text", ["The foremost goods", "a well-formed best-of list", "somebody", "badly"])
def test_a_word_inside_another_is_no_finding(text: str) -> None:
    """Words are matched whole."""
    assert load_guide().vague.found_in(text) == ()
    assert load_guide().clinical.found_in("awarded bedrock") == ()


def test_a_clinical_word_may_be_inflected() -> None:
    """Wards, a ward's and the wards' list are the ward."""
    assert load_guide().clinical.found_in("Wards, a ward's and the doses") == ("Ward", "ward", "dose")


def test_the_guides_list_holds_the_words_of_the_house() -> None:
    """Each word that the product has sworn off is in the list."""
    sworn_off = {"good", "mature", "some", "often", "regularly", "best practice", "robust", "comprehensive", "ad hoc"}
    assert sworn_off <= load_guide().vague.as_set


@pytest.mark.parametrize(
    ("anchor", "ends"),
    [
        ("More than 15 and up to 60 minutes; a ward waits.", (("above", 15.0), ("up_to", 60.0))),
        ("More than 15 minutes and up to 60 minutes, or so", (("above", 15.0), ("up_to", 60.0))),
        ("Up to 1,440 minutes; and up to 3 wards wait", (("up_to", 1440.0),)),
        ("Over 0.5 hours.", (("above", 0.5),)),
        ("At least 20 per cent and less than 50 per cent; fine", (("from", 20.0), ("below", 50.0))),
        ("From 20 and under 50 of them", (("from", 20.0), ("below", 50.0))),
        ("Fewer than 3 a month, or at least 9 records", (("below", 3.0),)),
        ("About 20 minutes", ()),
        ("A ward waits more than 15 minutes", ()),
    ],
)
def test_a_range_is_read_from_the_start_of_an_anchor(anchor: str, ends: tuple[tuple[str, float], ...]) -> None:
    """The range stands first, in one of the forms of the guide; what follows it is prose."""
    assert stated_ends(anchor, load_guide().ranges) == ends


def test_a_range_is_written_as_it_is_read() -> None:
    """What the remedy tells an author to write is what the rule then reads."""
    questionnaire = questionnaire_from(parse_document(SOUND, "mine.yaml"))
    words = load_guide().ranges
    for question in questionnaire.questions:
        for ends in expected_ends(question.measure) if question.measure else ():
            assert stated_ends(f"{spoken(ends, words)} units; so it is.", words) == ends


def test_likeness_ignores_figures_and_filler() -> None:
    """Two texts that differ by a figure alone are the same; two without a shared word are not alike at all."""
    filler = frozenset({"the", "a", "of"})
    assert likeness("30 of the servers", "90 of the servers", filler) == 1
    assert likeness("a signed list", "the quarterly drill", filler) == 0
    assert likeness("a signed list", "the signed plan", filler) == pytest.approx(1 / 3)


def test_another_language_is_left_to_its_own_editor() -> None:
    """The word lists are English; a file in another language gets that one finding, and British English none."""
    (problem,) = findings(SOUND.replace("language: en\n", "language: de\n"))
    assert "know the language 'en' only" in problem.message
    assert findings(SOUND.replace("language: en\n", "language: en-GB\n")) == []


def test_findings_come_in_order_of_line() -> None:
    """All findings of a file are told at once, from its top to its end."""
    text = SOUND.replace("was tested?", "was tested.").replace("Count those", "Count several")
    with pytest.raises(InputError) as caught:
        check_wording(parse_document(text, "mine.yaml"))
    lines = [problem.line or 0 for problem in caught.value.problems]
    assert len(lines) == 2
    assert lines == sorted(lines)


def test_the_documentation_has_a_row_for_each_rule() -> None:
    """Whoever writes a questionnaire finds every rule, and every bound, in one table."""
    text = (Path(__file__).parents[2] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
    rows = [line for line in text.partition("| a finding | write instead |")[2].splitlines() if line.startswith("| ")]
    guide = load_guide()
    assert len(rows) - 1 == len(RULES)
    assert f"{guide.anchor_words.low} to {guide.anchor_words.high} words" in text
    assert f"grade {guide.reading_grade.below:g}" in text
    assert f"{guide.likeness.below:.0%}".replace("%", " %") in text


def test_the_built_in_questionnaire_keeps_the_rules() -> None:
    """The product's own text has no finding."""
    document: Document = read_document(QUESTIONNAIRE)
    found = wording_problems(questionnaire_from(document), document)
    assert [str(problem) for problem in found] == []
