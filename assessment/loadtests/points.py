"""What a load test comes down to: how much was served at each load, and what each point rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["table", "locust", "k6-csv", "k6-json", "k6-summary", "jmeter-csv", "jmeter-xml", "wrk"]


@dataclass(frozen=True, slots=True)
class Point:
    """One point.

    Attributes:
        load: simultaneous users, connections, threads or nodes, above 0.
        throughput: requests that ended well, per second (a table may state another unit of time), above 0.
        requests: how many requests the point rests on, failed ones too; None when the file does not say.
        failed: how many of them failed and were left out of the throughput; None when the file does not say.
        seconds: over how long it was measured; None when the file does not say.
        file: name of the file.
    """

    load: float
    throughput: float
    requests: int | None = None
    failed: int | None = None
    seconds: float | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class LoadTest:
    """All points of one file.

    Attributes:
        file: its name.
        kind: which tool wrote it.
        points: in ascending order of load; a load that was held twice is one point, except in a table and of wrk.
        notes: what was left out or read in a particular way, one sentence each.
    """

    file: str
    kind: Kind
    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()
