"""``sixstep delivery``: what it prints, what it writes, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import printed, sixstep

DATA = Path(__file__).parent / "data" / "delivery"
BOTH = ("delivery", "--deployments", str(DATA / "deployments.csv"), "--incidents", str(DATA / "incidents.csv"))


def test_the_measures_have_stable_keys_and_the_same_bytes_anywhere() -> None:
    """Counts, window, interval and reason of each; another zone, locale and hash seed change nothing."""
    here = sixstep(*BOTH, "--json")
    assert here.returncode == 0, here.stderr
    env = {"TZ": "Pacific/Apia", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
    assert sixstep(*BOTH, "--json", env=env).stdout == here.stdout
    data = json.loads(here.stdout)
    assert {"end", "files", "measures", "services", "incidents", "links", "set_aside", "proposals"} <= set(data)
    keys = {"value", "count", "of", "open", "start", "end", "interval", "reason"}
    assert all(set(measure) == keys for measure in data["measures"].values())
    assert data["measures"]["change_fail_rate"]["count"] == 8
    assert data["files"]["deployments"]["records"] == 82
    assert [found["line"] for found in data["set_aside"]] == [87, 35]


def test_the_text_says_measures_intervals_and_what_was_set_aside() -> None:
    """The same figures as a table, with file and line of each record that could not be used."""
    text = sixstep(*BOTH).stdout
    for said in ("Change fail rate", "12%", "7% to 17%", "8 of 69 deployments failed", "incidents.csv:35"):
        assert said in text
    alone = sixstep("delivery", "--deployments", str(DATA / "github-runs.json")).stdout
    assert "being near in time is not taken for a cause" in alone.casefold()


def test_a_window_may_end_earlier() -> None:
    """Records after the day that is named do not count, and are told."""
    data = printed(*BOTH, "--until", "2026-01-31")
    assert data["end_given"]
    assert data["end"] == "2026-02-01T00:00:00+00:00"
    assert data["files"]["deployments"]["notes"]["after_end"] > 0
    assert data["files"]["deployments"]["records"] < 82


def test_proposals_are_applied_to_a_copy_that_scores(tmp_path: Path) -> None:
    """Every proposal stands in the new file, marked measured; the old file is as it was."""
    blank, filled = tmp_path / "blank.json", tmp_path / "filled.json"
    assert sixstep("new", "--full", "-o", str(blank)).returncode == 0
    before = blank.read_bytes()
    done = sixstep(*BOTH, "--apply-to", str(blank), "-o", str(filled))
    assert done.returncode == 0, done.stderr
    assert blank.read_bytes() == before
    data = json.loads(filled.read_text(encoding="utf-8"))
    assert len(data["answers"]) == 6
    assert {answer["confidence"] for answer in data["answers"].values()} == {"measured"}
    assert set(data["economics"]["ranges"]) == {"lambda0", "H_median", "H_sigma"}
    assert sixstep("score", str(filled)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "there is no file to measure; give deployments, incidents or both"),
        (("--deployments", "none.csv"), "none.csv: cannot be read"),
        (("--deployments", str(DATA / "incidents.csv")), "incidents.csv:1: there is no column 'deployed_at'"),
        (("--incidents", str(DATA / "github-runs.json")), "give it as the file of deployments"),
        ((*BOTH[1:], "--timezone", "Mars"), "no time zone 'Mars'"),
        ((*BOTH[1:], "--until", "soon"), "until: 'soon' is no ISO 8601 time"),
        ((*BOTH[1:], "--until", "2001-01-01"), "no record is left to measure"),
        ((*BOTH[1:], "--environment", "wards"), "no deployment to 'wards'"),
        ((*BOTH[1:], "--apply-to", "a.json"), "--apply-to and --output belong together"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, nothing printed but the sentence."""
    done = sixstep("delivery", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
