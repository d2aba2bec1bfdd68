"""Twenty-odd kinds of broken file: each refused with file, line and remedy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessment.errors import InputError
from assessment.loading import load_questionnaire
from assessment.reading import LARGEST_BYTES, parse_document, read_document

GOOD = (Path(__file__).parents[1] / "data" / "four-step.yaml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    """Return the 1-based line on which ``part`` first stands."""
    return text[: text.index(part)].count("\n") + 1


# name: (what to replace, what to put there, what marks the line in the broken text, words of the sentence)
BROKEN: dict[str, tuple[str, str, str, list[str]]] = {
    "duplicate question id": (
        "id: learn.review",
        "id: build.test",
        "id: build.test\n    step: learn",
        ["build.test", "stands twice", "own id"],
    ),
    "duplicate key": (
        "id: small-clinic",
        "id: small-clinic\nid: other",
        "id: other",
        ["'id' stands twice", "keep one"],
    ),
    "unknown key": (
        "    hint: Count them.",
        "    hnt: Count them.",
        "hnt:",
        ["look.box", "'hnt' is not known", "did you mean 'hint'?"],
    ),
    "missing key": (
        "    prompt: Is a target written?\n",
        "",
        "- id: plan.target",
        ["plan.target", "prompt' is missing", "add the key"],
    ),
    "unknown step": (
        "step: learn\n",
        "step: lern\n",
        "step: lern",
        ["learn.review", "no step 'lern'", "did you mean 'learn'?"],
    ),
    "unknown dimension": (
        "dimensions: {change: 1}\n    anchors: [Under",
        "dimensions: {chance: 1}\n    anchors: [Under",
        "{chance",
        ["build.test", "no dimension 'chance'", "did you mean 'change'?"],
    ),
    "unknown factor": (
        "factors: {one-box: 1}",
        "factors: {onebox: 1}",
        "{onebox",
        ["look.box", "no wall factor 'onebox'", "one-box"],
    ),
    "unknown reference": (
        "evidence: [The review]\n    references: [own]",
        "evidence: [The review]\n    references: [owm]",
        "[owm]",
        ["learn.review", "no reference 'owm'", "did you mean 'own'?"],
    ),
    "no source": (
        "evidence: [The review]\n    references: [own]",
        "evidence: [The review]\n    references: []",
        "references: []",
        ["learn.review", "has no source", "at least one reference"],
    ),
    "weight of zero": ("weight: 2", "weight: 0", "    weight: 0", ["build.release", "greater than 0"]),
    "negative weight": (
        "dimensions: {watch: 1}\n    anchors: [No paper",
        "dimensions: {watch: -1}\n    anchors: [No paper",
        "{watch: -1}",
        ["plan.target", "greater than 0"],
    ),
    "text for a figure": (
        "weight: 2",
        "weight: two",
        "weight: two",
        ["build.release", "number", "'questions.2.weight'"],
    ),
    "octal figure": ("year: 2026", "year: 012", "year: 012", ["'references.own.year'", "whole number"]),
    "yes for a boolean": (
        "core: true\n    weight: 2",
        "core: yes\n    weight: 2",
        "core: yes",
        ["build.release", "true or false"],
    ),
    "overlapping thresholds": (
        "thresholds: [60, 30, 10]",
        "thresholds: [60, 60, 10]",
        "[60, 60",
        ["build.release", "must fall strictly", "overlap"],
    ),
    "thresholds the wrong way": (
        "thresholds: [20, 50, 90]",
        "thresholds: [90, 50, 20]",
        "[90, 50",
        ["build.test", "must rise strictly"],
    ),
    "thresholds with a gap": (
        "thresholds: [20, 50, 90]",
        "thresholds: [20, 50]",
        "[20, 50]",
        ["build.test", "2 thresholds for 4 options", "write 3"],
    ),
    "an anchor too few": (
        "[Nothing, A note, A review, A change]",
        "[Nothing, A note, A review]",
        "[Nothing, A note",
        ["learn.review", "3 anchors", "4 options"],
    ),
    "a factor nobody feeds": (
        "factors: {paper-trail: 1}",
        "dimensions: {change: 1}",
        "- id: paper-trail",
        ["paper-trail", "no question feeds"],
    ),
    "a dimension with no core question": (
        "core: true\n    weight: 2",
        "core: false\n    weight: 2",
        "- {id: change",
        ["change", "has no core question", "core: true"],
    ),
    "a factor fed beside what it caps": (
        "factors: {one-box: 1}",
        "factors: {one-box: 1}\n    dimensions: {change: 1}",
        "- id: look.box",
        ["look.box", "which that factor caps", "one of the two"],
    ),
    "a strength left out": (
        "      watch: {k: 0.2, because: One box hides little.}\n",
        "",
        "strengths:",
        ["one-box", "no strength for 'watch'"],
    ),
    "a strength above one": ("k: 0.6", "k: 1.6", "k: 1.6", ["one-box", "less than or equal to 1"]),
    "options that fall": (
        "{label: Most, value: 0.7}",
        "{label: Most, value: 0.2}",
        "- id: four",
        ["four", "must rise"],
    ),
    "capacity weights": (
        "capacity_weight: 1\n",
        "capacity_weight: 0.5\n",
        "wall_factors:",
        ["add up to 0.5", "add up to 1"],
    ),
    "no verdict from zero": (
        "{at_least: 0, verdict: open",
        "{at_least: 1, verdict: open",
        "verdicts:",
        ["different numbers of criteria", "one of them at 0"],
    ),
    "two verdicts from zero": (
        "{at_least: 2, verdict: advisable",
        "{at_least: 0, verdict: advisable",
        "verdicts:",
        ["different numbers of criteria"],
    ),
    "bands from ten": ("{at_least: 0, name: low}", "{at_least: 10, name: low}", "bands:", ["must start at 0"]),
    "tab in the indentation": (
        "    core: true\n    weight: 2",
        "\tcore: true\n    weight: 2",
        "\tcore",
        ["not valid YAML", "indentation"],
    ),
    "an open bracket": ("evidence: [The review]", "evidence: [The review", "references: [own]\n", ["not valid YAML"]),
    "another format": (
        "format: sixstep-questionnaire/1",
        "format: sixstep-questionnaire/9",
        "format:",
        ["'format'", "sixstep-questionnaire/1"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_names_line_and_remedy(name: str, tmp_path: Path) -> None:
    """The sentence has the file, the line, the id and what would be right."""
    old, new, mark, words = BROKEN[name]
    assert old in GOOD
    broken = GOOD.replace(old, new, 1)
    path = tmp_path / "broken.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_questionnaire(path)
    lines = str(caught.value).splitlines()
    meant = [line for line in lines if all(word in line for word in words)]
    assert meant, lines
    if name != "an open bracket":  # YAML notices an open bracket only where the next token cannot stand
        assert meant[0].startswith(f"broken.yaml:{line_of(broken, mark)}: "), meant
    else:
        assert meant[0].startswith("broken.yaml:")


def test_every_fault_is_reported_at_once_in_order_of_line(tmp_path: Path) -> None:
    """Two faults give two sentences, the earlier line first."""
    broken = GOOD.replace("    hint: Count them.", "    hnt: Count them.").replace("weight: 2", "weight: 0")
    path = tmp_path / "two.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_questionnaire(path)
    numbers = [problem.line or 0 for problem in caught.value.problems]
    assert len(numbers) >= 3  # the unknown key, the missing one, and the weight
    assert numbers == sorted(numbers)


def test_yaml_1_1_traps_do_not_bite() -> None:
    """no, yes, on, 1:30, 012, 0x1F and dates stay the text that was typed."""
    text = "a: no\nb: yes\nc: on\nd: 1:30\ne: 012\nf: 0x1F\ng: 2026-01-02\nh: 1_000\ni: 12\nj: 1.5\nk: true\nl: ~\n"
    assert parse_document(text, "x.yaml").data == {
        "a": "no", "b": "yes", "c": "on", "d": "1:30", "e": "012", "f": "0x1F", "g": "2026-01-02", "h": "1_000",
        "i": 12, "j": 1.5, "k": True, "l": None,
    }  # fmt: skip


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
HOSTILE: dict[str, tuple[bytes, str]] = {
    "alias bomb": (BOMB.encode(), "aliases expand"),
    "alias loop": (b"a: &a [*a]\n", "an alias contains itself"),
    "binary": (b"\x7fELF\x00\x01\x02" * 100, "binary"),
    "latin-1": ("name: caf\xe9\n".encode("latin-1"), "not UTF-8"),
    "empty": (b"", "empty"),
    "blank": (b" \n\n  \n", "empty"),
    "only a comment": (b"# nothing here\n", "holds no data"),
    "a list": (b"- 1\n- 2\n", "format"),
    "deep nesting": (b"[" * 5000 + b"]" * 5000, "nested"),
    "python object": (b"a: !!python/object/apply:os.system ['true']\n", "tag"),
    "two documents": (b"a: 1\n---\nb: 2\n", "YAML"),
    "a figure of 5000 digits": (b"format: " + b"9" * 5000, "format"),
}


@pytest.mark.parametrize("name", [*HOSTILE, "50 MB"])
def test_hostile_files_are_refused_in_the_terminal(name: str, tmp_path: Path) -> None:
    """``sixstep check`` refuses what is too large, endless or no text: one sentence, exit code 2, no trace, no hang."""
    content, word = HOSTILE.get(name, (b"a: b\n" * 10_000_000, f"at most {LARGEST_BYTES:,}"))
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "cli", "check", str(path)], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2, done.stderr
    assert word in done.stderr
    assert "hostile.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_errors_have_their_line(tmp_path: Path) -> None:
    """A broken JSON file is reported at its line."""
    path = tmp_path / "a.json"
    path.write_text('{\n  "format": "sixstep-assessment/1",\n  "name": oops\n}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json:3: not valid JSON"):
        read_document(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    """What is no file is said to be none."""
    with pytest.raises(InputError, match="this is a folder"):
        read_document(tmp_path)
    with pytest.raises(InputError, match=r"cannot be read: No such file"):
        read_document(tmp_path / "gone.yaml")


def test_json_keeps_what_its_own_reader_gives() -> None:
    """Escaped emoji, line separators and escaped quotes are read as JSON means them, each with its line."""
    text = '{\n "a": "\\ud83d\\ude00 \u2028 x",\n\t"b": ["q\\/\\"z\\\\u0041",\n 2.0],\n "c": 1e3}'
    document = parse_document(text, "x.json")
    assert document.data == {"a": "\U0001f600 \u2028 x", "b": ['q/"z\\u0041', 2.0], "c": 1000.0}
    assert [document.line(path) for path in (("a",), ("b",), ("b", 1), ("c",))] == [2, 3, 4, 5]


@pytest.mark.parametrize("text", ['{"a": 1,\n "b": {"c": 1,\n "c": 2}}', '{"a": NaN}', '{"a": Infinity}'])
def test_json_that_is_ambiguous_is_refused(text: str) -> None:
    """A key that stands twice and a figure that is none are refused; the key with its line."""
    with pytest.raises(InputError, match=r"x\.json:3: the key 'c' stands twice|is no JSON number"):
        parse_document(text, "x.json")
