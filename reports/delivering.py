"""What a team's records measure, in words and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from assessment.answers import Answer, Range
from assessment.delivery.records import Deployment, Incident, Log
from assessment.questionnaire import Questionnaire
from models.delivery_record import DeliveryRecord, IncidentRecord, Measure
from models.measured import Offers
from models.parameters import ParameterFile
from reports.as_text import table
from reports.document import Block, Bullets, Column, Paragraph, Table
from reports.figures_format import DASH, percent, plain, plain_range, rounded
from reports.wording import capitalised, fill, wording

_SHARES = ("change_fail_rate", "rework_rate")
_HOUR_OF_MINUTES = 60
_MONTH_OF_SECONDS = 365.25 / 12 * 24 * 3600
HEADER = ("Proposal", "Stands now", "Measured")


def figure_text(measure: Measure) -> str:
    """Return the value of a measure with its unit; a dash for none."""
    return DASH if measure.value is None else _figure(measure, measure.value)


def interval_text(measure: Measure) -> str:
    """Return the interval of a measure, or why there is none; a dash where there is no value."""
    if measure.value is None:
        return DASH
    found = measure.interval
    if found is None:
        return wording().delivery["interval"]["none"]
    low = _figure(measure, found.low)
    if found.high is None:
        return fill(wording().delivery["units"]["open_end"], low=low)
    return f"{low} to {_figure(measure, found.high)}"


def _figure(measure: Measure, value: float) -> str:
    if measure.name in _SHARES:
        return percent(value)
    if measure.name == "deployment_frequency":
        return fill(wording().delivery["units"]["deployment_frequency"], figure=rounded(value))
    return hours_text(value)


def hours_text(hours: float) -> str:
    """Return a length of time: minutes below an hour, hours from there."""
    units = wording().delivery["units"]
    if hours < 1:
        return fill(units["minutes"], figure=rounded(hours * _HOUR_OF_MINUTES, 0))
    return fill(units["hours"], figure=rounded(hours))


def counted_text(measure: Measure) -> str:
    """Return what a measure rests on, or why there is none."""
    texts = wording().delivery
    if measure.reason is not None:
        return texts["reasons"][measure.reason]
    counted = fill(texts["counted"][measure.name], count=f"{measure.count:,}", of=f"{measure.of:,}")
    return fill(texts["counted"]["open"], counted=counted, open=f"{measure.open:,}") if measure.open else counted


def put_in(record: DeliveryRecord) -> dict[str, str]:
    """Return the formulas of what the records measure with their numbers, by id; why not, where there is no figure."""
    said: dict[str, str] = {measure.name: _put_in(measure) for measure in record.measures}
    found = record.incidents
    if found is None or found.per_year is None:
        return said
    figures = {"count": f"{found.count:,}", "weeks": rounded(found.weeks), "figure": rounded(found.per_year)}
    return {**said, "incident_rate": fill(wording().delivery["put_in"]["incident_rate"], **figures)}


def _put_in(measure: Measure) -> str:
    texts = wording().delivery
    if measure.value is None:
        return texts["reasons"][measure.reason] if measure.reason is not None else ""
    figures = {"count": f"{measure.count:,}", "of": f"{measure.of:,}", "open": f"{measure.open:,}"}
    figures["figure"] = figure_text(measure)
    if measure.name in _SHARES:
        return fill(texts["put_in"]["share"], **figures)
    if measure.name != "deployment_frequency":
        return fill(texts["put_in"]["median_open" if measure.open else "median"], **figures)
    months = (measure.end - measure.start) / _MONTH_OF_SECONDS
    figures |= {"total": plain(round(measure.value * months, 1)), "months": rounded(months, 2)}
    return fill(texts["put_in"][measure.name], **figures)


def day(moment: float, zone: tzinfo) -> str:
    """Return the day of a moment in a zone."""
    return datetime.fromtimestamp(moment, zone).date().isoformat()


def measures_table(record: DeliveryRecord, zone: tzinfo = UTC) -> Table:
    """Return every measure with its interval, what it rests on and its window."""
    texts = wording().delivery
    columns = (
        Column("Measure", 1.3),
        Column("Figure"),
        Column(texts["interval"]["header"], 1.2),
        Column("Counted", 2.2),
        Column("Window", 1.4),
    )
    rows = [
        (
            texts["titles"][measure.name],
            figure_text(measure),
            interval_text(measure),
            counted_text(measure),
            DASH if measure.of == 0 else f"{day(measure.start, zone)} to {day(measure.end - 1, zone)}",
        )
        for measure in record.measures
    ]
    return Table(texts["tables"]["measures"], columns, tuple(rows))


def record_blocks(record: DeliveryRecord, zone: tzinfo = UTC) -> list[Block]:
    """Return what was read, the measures, the incidents and what was set aside, as blocks of a document."""
    blocks: list[Block] = [Bullets(tuple(read_sentences(record, zone))), measures_table(record, zone)]
    if len(record.services) > 1:
        blocks.append(services_table(record))
    blocks += [Paragraph(sentence) for sentence in incident_sentences(record)]
    blocks.append(problems_block(record))
    return blocks


def read_sentences(record: DeliveryRecord, zone: tzinfo = UTC) -> Iterator[str]:
    """Say what was read of each file, what was left out, how the two belong together, and when the windows end."""
    texts = wording().delivery["sentences"]
    for log in (record.deployments, record.incident_log):
        if log is not None:
            yield _read(log)
    if record.links is not None and record.deployments is not None:
        found = record.links
        figures = {"naming": found.naming, "incidents": found.incidents, "matched": found.matched}
        yield fill(texts["links"], **{name: f"{count:,}" for name, count in figures.items()})
    origin = texts["end_given" if record.end_given else "end_found"]
    yield fill(texts["window"], end=day(record.end - 1, zone), origin=origin)
    if record.silent:
        yield fill(texts["silent"], count=f"{record.silent:,}")
    for doubt in record.warnings:
        yield fill(texts[doubt.name], file=doubt.file, days=rounded(doubt.days, 0))


def _read(log: Log[Deployment] | Log[Incident]) -> str:
    texts = wording().delivery
    kept = fill(
        texts["sentences"]["file"], file=log.file, kind=texts["kinds"][log.kind], kept=f"{log.counts.get('kept', 0):,}"
    )
    left = [
        fill(texts["left_out"][reason], count=f"{count:,}") for reason, count in log.counts.items() if reason != "kept"
    ]
    return f"{kept} {capitalised('; '.join(left))}." if left else kept


def services_table(record: DeliveryRecord) -> Table:
    """Return how often each part was deployed, the most often deployed first."""
    columns = (Column("Part", 2), Column("Deployments", 1, "right"), Column("A month", 1, "right"))
    rows = [(one.name or DASH, f"{one.count:,}", rounded(one.per_month)) for one in record.services]
    texts = wording().delivery["tables"]
    whole = sum(one.count for one in record.services), sum(one.per_month for one in record.services)
    rows.append((texts["all"], f"{whole[0]:,}", rounded(whole[1])))
    return Table(texts["services"], columns, tuple(rows), strong=(len(rows) - 1,))


def incident_sentences(record: DeliveryRecord) -> Iterator[str]:
    """Say how often incidents come, how long they last, and how far they cluster."""
    found, texts = record.incidents, wording().delivery["sentences"]
    if found is None:
        return
    yield _rate(found)
    if found.untold:
        yield fill(texts["untold"], count=f"{found.untold:,}")
    yield _durations(found)
    if found.fit is not None and found.fit.mean > found.fit.longest:
        yield fill(texts["fit_tail"], mean=hours_text(found.fit.mean), longest=hours_text(found.fit.longest))
    if found.fit is not None and found.started < found.closed + found.open:
        told = {"reported": found.closed + found.open - found.started, "of": found.closed + found.open}
        yield fill(texts["fit_reported"], **{name: f"{count:,}" for name, count in told.items()})
    if found.timeless:
        yield fill(texts["timeless"], count=f"{found.timeless:,}")
    if found.spread is None:
        yield texts["spread_none"]
    else:
        spread = found.spread
        yield fill(
            texts["spread"], blocks=str(spread.blocks), phi=rounded(spread.phi, 2), chance=percent(spread.chance)
        )


def _rate(found: IncidentRecord) -> str:
    texts = wording().delivery["sentences"]
    which = texts["serious" if found.serious else "every"]
    if found.per_year is None or found.rate_interval is None:
        return texts["rate_none"]
    return fill(
        texts["rate"],
        rate=rounded(found.per_year),
        low=rounded(found.rate_interval.low),
        high=rounded(found.rate_interval.high or 0.0),
        count=f"{found.count:,}",
        weeks=rounded(found.weeks, 0),
        which=which,
    )


def _durations(found: IncidentRecord) -> str:
    texts, fit = wording().delivery["sentences"], found.fit
    if fit is None:
        return fill(
            texts["fit_open" if found.mostly_open else "fit_none"], closed=f"{found.closed:,}", open=f"{found.open:,}"
        )
    return fill(
        texts["fit"],
        closed=f"{fit.closed:,}",
        open=f"{fit.open:,}",
        median=hours_text(fit.median),
        low=hours_text(fit.median_interval.low),
        high=hours_text(fit.median_interval.high or 0.0),
        sigma=rounded(fit.sigma, 2),
        sigma_low=rounded(fit.sigma_interval.low, 2),
        sigma_high=rounded(fit.sigma_interval.high or 0.0, 2),
    )


def problems_block(record: DeliveryRecord) -> Block:
    """Return each record that was set aside, with file and line."""
    texts = wording().delivery
    if not record.problems:
        return Paragraph(texts["sentences"]["nothing_set_aside"])
    rows = tuple(
        (f"{one.file}:{one.line}" if one.line else one.file, one.subject or DASH, one.message)
        for one in record.problems
    )
    return Table(texts["tables"]["problems"], (Column("Place"), Column("Record"), Column("Reason", 2.5)), rows)


def offer_rows(offers: Offers, questionnaire: Questionnaire, parameters: ParameterFile) -> tuple[tuple[str, ...], ...]:
    """Return one row a proposal under :data:`HEADER`: answers, then figures of the cost model."""
    answers = tuple(
        (
            questionnaire.by_id[one.question].title,
            answer_text(questionnaire, one.question, one.stands),
            answer_text(questionnaire, one.question, one.answer),
        )
        for one in offers.answers
    )
    figures = tuple(
        (
            f"{parameters.by_symbol[one.symbol].title} ({one.symbol})",
            range_text(parameters, one.symbol, one.stands),
            range_text(parameters, one.symbol, one.range),
        )
        for one in offers.ranges
    )
    return answers + figures


def answer_text(questionnaire: Questionnaire, name: str, answer: Answer | None) -> str:
    """Return an answer to a measured question with its confidence; a dash for none."""
    question = questionnaire.by_id[name]
    if answer is None:
        return DASH
    if answer.figure is not None and question.measure is not None:
        return f"{plain(answer.figure)} {question.measure.unit}, {answer.confidence}"
    if answer.option is not None:
        return f"{questionnaire.scale_of(question).options[answer.option].label}, {answer.confidence}"
    return wording().explain["unknown" if answer.unknown else "not_applicable"]


def range_text(parameters: ParameterFile, symbol: str, given: Range | None) -> str:
    """Return a range in its unit, and whose it is; the default where nothing was given."""
    parameter, origins = parameters.by_symbol[symbol], wording().origins
    if given is None:
        if parameter.low is None or parameter.high is None:
            return origins["missing"]
        said = plain_range(parameter.low, parameter.mode, parameter.high)
        return f"{said} {parameter.unit}, {origins['default'].lower()}"
    origin = "measured" if given.measured else "proposed" if given.proposed else "yours"
    return f"{plain_range(given.low, given.mode, given.high)} {parameter.unit}, {origins[origin].lower()}"


def delivery_text(
    record: DeliveryRecord, offers: Offers, questionnaire: Questionnaire, parameters: ParameterFile, zone: tzinfo = UTC
) -> str:
    """Return the whole for the terminal."""
    texts = wording().delivery
    parts = [_block_text(block) for block in record_blocks(record, zone)]
    rows = offer_rows(offers, questionnaire, parameters)
    parts.append(f"{texts['tables']['offers']}\n{table(HEADER, rows)}" if rows else texts["sentences"]["no_offers"])
    return "\n\n".join(parts) + "\n"


def _block_text(block: Block) -> str:
    if isinstance(block, Table):
        return f"{block.caption}\n{table([column.header for column in block.columns], block.rows)}"
    if isinstance(block, Bullets):
        return "\n".join(f"- {item}" for item in block.items)
    return block.text if isinstance(block, Paragraph) else ""
