"""``sixstep wall``: the keys, the sentences, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cli

DATA = Path(__file__).parent / "data" / "loadtests"
KEYS = {"lambda", "sigma", "kappa", "peak_load", "peak_throughput", "limit", "intervals", "r_squared", "warnings"}
RAYTRACER: tuple[tuple[int, int], ...] = tuple(
    zip((1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64), (20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310), strict=True)
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs the command and returns exit code, output and errors."""

    def sixstep(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["sixstep", "wall", *arguments])
        with pytest.raises(SystemExit) as raised:
            cli.main()
        printed = capsys.readouterr()
        return int(raised.value.code or 0), printed.out, printed.err

    return sixstep


def written(path: Path, points: tuple[tuple[int, int], ...]) -> str:
    """Write points as a table and return its path."""
    path.write_text("load,throughput\n" + "".join(f"{n},{x}\n" for n, x in points), encoding="utf-8")
    return str(path)


def test_the_published_points_give_the_published_digits(run: Any, tmp_path: Path) -> None:
    """Six points of raytracer: a peak at 24.488; all eleven: none, which is null, and a limit of 378.2."""
    code, out, _ = run(written(tmp_path / "six.csv", RAYTRACER[:6]), "--json")
    six = json.loads(out)
    assert code == 0
    assert set(six) >= KEYS
    assert not {"headroom", "wall_month"} & set(six)
    assert six["peak_load"] == pytest.approx(24.488, abs=5e-4)
    assert six["intervals"]["limit"][0] < six["limit"] < six["intervals"]["limit"][1]
    assert any("No wall lies in the measured range" in sentence for sentence in six["warnings"])
    _, out, _ = run(written(tmp_path / "all.csv", RAYTRACER), "--json")
    every = json.loads(out)
    assert every["peak_load"] is None
    assert every["peak_throughput"] is None
    assert every["kappa"] == 0.0
    assert every["limit"] == pytest.approx(378.2, abs=0.05)


def test_a_demand_adds_headroom_and_the_month_of_the_wall(run: Any) -> None:
    """With growth of 1 to 3 % a month 180 of some 246 a second reach 85 % within two years."""
    file = str(DATA / "locust_stats_history.csv")
    arguments = ("--demand", "90,100,110", "--surge", "1.8", "--growth", "0.01,0.02,0.03", "--json")
    code, out, _ = run(file, *arguments)
    found = json.loads(out)
    assert code == 0
    assert found["headroom"]["p5"] < found["headroom"]["p50"] < found["headroom"]["p95"]
    assert found["headroom"]["share_used"]["p50"] == pytest.approx(1 / found["headroom"]["p50"], rel=1e-2)
    month = found["wall_month"]
    assert 0 <= month["p5"] < month["p50"] < month["p95"] < 60
    assert (month["share_of_capacity"], month["horizon_months"]) == (0.85, 60)
    assert month["probability_none_before_horizon"] < 0.1
    assert run(file, *arguments)[1] == out


def test_what_was_not_given_is_said_to_be_assumed(run: Any) -> None:
    """Growth and surge without a figure are named, in text and in JSON."""
    file = str(DATA / "wrk.txt")
    _, text, _ = run(file, "--demand", "100")
    assert "Growth of demand is the default" in text
    assert "No surge was given" in text
    _, out, _ = run(file, "--demand", "100", "--json")
    assert len(json.loads(out)["warnings"]) >= 2


def test_several_files_are_one_load_test(run: Any, tmp_path: Path) -> None:
    """One run a file: the points of all are fitted together."""
    files = [written(tmp_path / f"{point[0]}.csv", (point,)) for point in RAYTRACER[:6]]
    _, out, _ = run(*files, "--json")
    found = json.loads(out)
    assert found["peak_load"] == pytest.approx(24.488, abs=5e-4)
    assert [item["points"] for item in found["files"]] == [1] * 6


def test_the_points_are_written_small_and_read_again(run: Any, tmp_path: Path) -> None:
    """A large file leaves a table that gives the same fit, for the page."""
    small = tmp_path / "points.csv"
    _, out, _ = run(str(DATA / "jmeter.jtl"), "--points", str(small), "--json")
    assert small.stat().st_size < 1000
    _, again, _ = run(str(small), "--json")
    first, second = json.loads(out), json.loads(again)
    assert {key: first[key] for key in KEYS} == {key: second[key] for key in KEYS}


@pytest.mark.parametrize("tool", ["locust_stats_history.csv", "wrk.txt", "jmeter.jtl"])
def test_the_wall_of_the_contended_server_is_found(run: Any, tool: str) -> None:
    """Real tests of a server that gets slower beyond some 13 requests in flight: each finds a peak at 12 to 24."""
    _, out, _ = run(str(DATA / tool), "--json")
    found = json.loads(out)
    assert 12 <= found["peak_load"] <= 24
    assert found["r_squared"] > 0.95
    best = max(point["throughput"] for point in found["points"])
    assert found["limit"] == pytest.approx(best, rel=0.1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--demand", "many"), "'many' is no range"),
        (("--demand", "1,2"), "'1,2' is no range"),
        (("--demand", "3,2,1"), "'3,2,1' is no range"),
        (("--demand", "nan"), "'nan' is no range"),
        (("--demand", "-5"), "D0 = -5"),
        (("--demand", "0"), "the demand is not above 0"),
        (("--demand", "100", "--surge", "0.5"), "surge"),
        (("--demand", "100", "--growth", "1.5"), "g = 1.5"),
        (("--growth", "0.01"), "says nothing without a demand"),
    ],
)
def test_a_demand_that_is_none_is_refused(run: Any, arguments: tuple[str, ...], said: str) -> None:
    """One sentence, exit code 2, nothing on standard output."""
    code, out, err = run(str(DATA / "wrk.txt"), *arguments)
    assert code == 2
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_folder_and_a_missing_file_are_refused(run: Any, tmp_path: Path) -> None:
    """Each names what was given."""
    assert "this is a folder" in run(str(tmp_path))[2]
    code, _, err = run(str(tmp_path / "none.csv"))
    assert code == 2
    assert err.startswith("none.csv: cannot be read")
