"""Records that stand twice in a file: what was left out hides nothing that counts."""

from __future__ import annotations

import pytest

from tests.assessment.test_delivery_reading import from_text


def dated(header: str, rows: str) -> str:
    """Return a table with a deployment each hour."""
    lines = [f"2026-01-01T{hour:02d}:00Z,{row}" for hour, row in enumerate(rows.splitlines())]
    return "\n".join((f"deployed_at,{header}", *lines, ""))


@pytest.mark.parametrize(
    "rows",
    [
        "v1,staging,,\nv1,production,,\nv2,staging,,\nv2,production,,\n",
        "v1,,failed,\nv1,,success,\nv2,,success,\nv2,,error,\n",
    ],
)
def test_what_does_not_count_hides_nothing_that_does(rows: str) -> None:
    """A release bears one name in staging and in production, and in the attempt that failed and the one that came."""
    log = from_text(dated("release,environment,status,service", rows))
    assert [found.id for found in log.records] == ["v1", "v2"]
    assert "duplicates" not in log.counts


def test_one_release_of_two_parts_is_two_deployments() -> None:
    """The same name and part is the same deployment; another part of the release is another one."""
    log = from_text(dated("release,environment,status,service", "v1,,,a\nv1,,,b\nv1,,,b\n"))
    assert [(found.id, found.service) for found in log.records] == [("v1", "a"), ("v1", "b")]
    assert log.counts == {"duplicates": 1}
