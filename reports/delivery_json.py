"""What a team's records measure, as plain data with stable keys."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assessment.answers import Answer, Range
from assessment.delivery.records import Deployment, Incident, Log
from models.delivery_record import DeliveryRecord, IncidentRecord, Measure
from models.fits import Interval
from models.measured import Offers


def delivery_data(record: DeliveryRecord, offers: Offers) -> dict[str, Any]:
    """Return the whole with stable keys; times in UTC, lengths in hours, shares from 0 to 1."""
    return {
        "end": _moment(record.end),
        "end_given": record.end_given,
        "files": {
            name: _file_data(log)
            for name, log in (("deployments", record.deployments), ("incidents", record.incident_log))
            if log is not None
        },
        "measures": {measure.name: _measure_data(measure) for measure in record.measures},
        "services": [
            {"service": one.name, "deployments": one.count, "per_month": one.per_month} for one in record.services
        ],
        "services_left_out": record.silent,
        "incidents": None if record.incidents is None else _incidents_data(record.incidents),
        "links": None
        if record.links is None
        else {
            "incidents": record.links.incidents,
            "naming": record.links.naming,
            "matched": record.links.matched,
        },
        "set_aside": [
            {"file": one.file, "line": one.line, "record": one.subject, "reason": one.message}
            for one in record.problems
        ],
        "warnings": [{"kind": one.name, "file": one.file, "days": one.days} for one in record.warnings],
        "proposals": {
            "answers": {one.question: _offered(one.answer, one.stands) for one in offers.answers},
            "ranges": {one.symbol: _offered(one.range, one.stands) for one in offers.ranges},
        },
    }


def _offered(wanted: Answer | Range, stands: Answer | Range | None) -> dict[str, Any]:
    given = None if stands is None else stands.model_dump(mode="json", exclude_defaults=True)
    return {"measured": wanted.model_dump(mode="json", exclude_defaults=True), "stands": given}


def _file_data(log: Log[Deployment] | Log[Incident]) -> dict[str, Any]:
    left = {reason: count for reason, count in log.counts.items() if reason != "kept"}
    return {"file": log.file, "format": log.kind, "records": log.counts.get("kept", 0), "notes": left}


def _measure_data(measure: Measure) -> dict[str, Any]:
    return {
        "value": measure.value,
        "count": measure.count,
        "of": measure.of,
        "open": measure.open,
        "start": _moment(measure.start),
        "end": _moment(measure.end),
        "interval": _interval_data(measure.interval),
        "reason": measure.reason,
    }


def _incidents_data(found: IncidentRecord) -> dict[str, Any]:
    fit, spread = found.fit, found.spread
    return {
        "count": found.count,
        "only_serious": found.serious,
        "severity_unknown": found.untold,
        "start": _moment(found.start),
        "end": _moment(found.end),
        "per_year": found.per_year,
        "interval": _interval_data(found.rate_interval),
        "closed": found.closed,
        "open": found.open,
        "with_start": found.started,
        "mostly_open": found.mostly_open,
        "without_length": found.timeless,
        "lognormal": None
        if fit is None
        else {
            "median": fit.median,
            "median_interval": _interval_data(fit.median_interval),
            "sigma": fit.sigma,
            "sigma_interval": _interval_data(fit.sigma_interval),
            "mean": fit.mean,
            "longest": fit.longest,
            "closed": fit.closed,
            "open": fit.open,
        },
        "dispersion": None if spread is None else {"phi": spread.phi, "blocks": spread.blocks, "chance": spread.chance},
    }


def _interval_data(found: Interval | None) -> dict[str, Any] | None:
    return None if found is None else {"low": found.low, "high": found.high, "share": found.share}


def _moment(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
