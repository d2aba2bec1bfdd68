"""What measured records propose: answers to measured questions, and ranges of the cost model, each marked measured.

Nothing here is used by itself: a person accepts each proposal, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from assessment.answers import Answer, Assessment, Range
from assessment.delivery.rules import AnswerRule, DeliveryRules, FigureRule, delivery_rules
from assessment.delivery.times import shown
from assessment.questionnaire import Question, Questionnaire
from models.delivery_incidents import YEAR_WEEKS
from models.delivery_record import DeliveryRecord, IncidentRecord, Measure
from models.delivery_window import WEEK
from models.fits import Interval, poisson_interval
from models.parameters import Parameter, ParameterFile
from models.register import same_range

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """A measured answer on offer.

    Attributes:
        question: id of the question.
        measure: what it follows from.
        answer: what would stand: the figure with its evidence.
        stands: what stands now; None when nothing does.
        accepted: whether the figure stands already, as measured.
    """

    question: str
    measure: Measure
    answer: Answer
    stands: Answer | None
    accepted: bool


@dataclass(frozen=True, slots=True)
class RangeOffer:
    """A measured range of the cost model on offer; ``stands`` is what a person typed or accepted before."""

    symbol: str
    range: Range
    stands: Range | None
    accepted: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that the records propose to one assessment."""

    answers: tuple[AnswerOffer, ...]
    ranges: tuple[RangeOffer, ...]

    @property
    def open(self) -> int:
        """How many are not accepted yet."""
        return sum(not one.accepted for one in self.answers) + sum(not one.accepted for one in self.ranges)


def offers(
    record: DeliveryRecord,
    questionnaire: Questionnaire,
    assessment: Assessment,
    parameters: ParameterFile,
    zone: tzinfo = UTC,
    rules: DeliveryRules | None = None,
) -> Offers:
    """Return the answers and ranges that records propose to an assessment.

    Args:
        record: what was measured.
        questionnaire: of the assessment, at its stage; a question that it does not ask, or asks in another unit, gets
            no proposal.
        assessment: whose answers and ranges stand beside the proposals.
        parameters: of the cost model.
        zone: in which days are named in the evidence.
        rules: which measure answers what; by default those of ``delivery.yaml``.
    """
    using = rules or delivery_rules()
    return Offers(
        tuple(_answers(record, questionnaire, assessment, zone, using)),
        tuple(_ranges(record, assessment, parameters, zone, using)),
    )


def with_offers(
    assessment: Assessment, answers: Iterable[AnswerOffer], ranges: Iterable[RangeOffer] = ()
) -> Assessment:
    """Return an assessment in which proposals stand."""
    given = {**assessment.answers, **{one.question: one.answer for one in answers}}
    typed = {**assessment.economics.ranges, **{one.symbol: one.range for one in ranges}}
    economics = assessment.economics.model_copy(update={"ranges": typed})
    return assessment.model_copy(update={"answers": given, "economics": economics})


def _answers(
    record: DeliveryRecord, questionnaire: Questionnaire, assessment: Assessment, zone: tzinfo, rules: DeliveryRules
) -> Iterator[AnswerOffer]:
    for rule in rules.answers:
        measure, question = record.find(rule.measure), questionnaire.by_id.get(rule.question)
        if question is None or not fits(rule, question) or not _enough(rule, measure, record):
            continue
        stands = assessment.answers.get(rule.question)
        figure = _digits(rule.times * (measure.value or 0.0))
        answer = _answer(figure, evidence(rule, measure, record, zone), stands)
        accepted = stands is not None and (stands.figure, stands.confidence) == (figure, "measured")
        yield AnswerOffer(rule.question, measure, answer, stands, accepted)


def fits(rule: AnswerRule, question: Question) -> bool:
    """Whether a question asks for what a rule answers: the same unit, the same way up."""
    asked = question.measure
    return asked is not None and (asked.unit, asked.better) == (rule.unit, rule.better)


def _enough(rule: AnswerRule, measure: Measure, record: DeliveryRecord) -> bool:
    if measure.value is None:
        return False
    records = measure.of if measure.name in {"change_fail_rate", "rework_rate"} else measure.count
    long_enough = (measure.end - measure.start) / WEEK >= rule.least_weeks
    told = record.incidents is None or measure.name != "resolution_time" or not _mostly_untold(record.incidents)
    return records >= rule.least and long_enough and told


def _mostly_untold(found: IncidentRecord) -> bool:
    """Whether more incidents have no known severity than count."""
    return found.untold > found.count


def _answer(figure: float, said: str, stands: Answer | None) -> Answer:
    """Return a measured answer. The note and the evidence of the one before speak of another figure, and go with it."""
    role, discuss = ("", False) if stands is None else (stands.role, stands.discuss)
    return Answer(figure=figure, confidence="measured", evidence=(said,), role=role, discuss=discuss)


def evidence(rule: AnswerRule, measure: Measure, record: DeliveryRecord, zone: tzinfo) -> str:
    """Return the evidence of an answer: the file, the window and the counts, with the interval."""
    incident = measure.name in {"detection_time", "resolution_time"}
    parts = [_file(record, deployments=not incident)]
    if measure.name == "recovery_time" and record.incident_log is not None:
        parts = [_file(record, deployments=True), _file(record, deployments=False)]
    said = [f"{' and '.join(parts)}: {_counted(measure)}, {_days(measure.start, measure.end, zone)}"]
    if measure.interval is not None:
        said.append(f"{_interval(measure.interval, rule.times)} {rule.unit}")
    return "; ".join(said)


def _counted(measure: Measure) -> str:
    if measure.name in {"change_fail_rate", "rework_rate"}:
        return f"{measure.count:,} of {measure.of:,} deployments"
    what = {
        "deployment_frequency": "deployments",
        "lead_time": "deployments with a commit time",
        "recovery_time": "failed deployments",
        "detection_time": "incidents with start and report",
        "resolution_time": "incidents",
    }[measure.name]
    still = f", {measure.open:,} of them still open" if measure.open else ""
    return f"{measure.count:,} {what}{still}"


def _file(record: DeliveryRecord, *, deployments: bool) -> str:
    log = record.deployments if deployments else record.incident_log
    return shown(log.file) if log is not None else "no file"


def _days(start: float, end: float, zone: tzinfo) -> str:
    # the end of a day belongs to that day
    first, last = (datetime.fromtimestamp(moment, zone).date().isoformat() for moment in (start, end - 1))
    return f"{first} to {last}"


def _interval(found: Interval, times: float) -> str:
    share = f"{found.share:.0%} interval"
    if found.high is None:
        return f"{share} from {_digits(times * found.low):g}"
    return f"{share} {_digits(times * found.low):g} to {_digits(times * found.high):g}"


def _ranges(
    record: DeliveryRecord, assessment: Assessment, parameters: ParameterFile, zone: tzinfo, rules: DeliveryRules
) -> Iterator[RangeOffer]:
    found = record.incidents
    if found is None or _mostly_untold(found):
        return
    for rule in rules.figures:
        parameter = parameters.by_symbol.get(rule.symbol)
        proposed = None if parameter is None else _range(rule, found, parameter, record, zone)
        if proposed is None:
            continue
        stands = assessment.economics.ranges.get(rule.symbol)
        accepted = stands is not None and stands.measured and same_range(stands, proposed)
        yield RangeOffer(rule.symbol, proposed, stands, accepted)


def _range(
    rule: FigureRule, found: IncidentRecord, parameter: Parameter, record: DeliveryRecord, zone: tzinfo
) -> Range | None:
    """Return a measured range, or None where the records are too few or the parameter cannot be so."""
    ends = _ends(rule, found)
    if ends is None or ends[0] < parameter.valid_min or ends[-1] > parameter.valid_max:
        return None
    low, mode, high = (None if end is None else _digits(end) for end in ends)
    if low is None or high is None:
        return None
    source = (
        f"Measured: {_file(record, deployments=False)}, {_basis(rule, found)}, {_days(found.start, found.end, zone)}"
    )
    return Range(low=low, mode=mode, high=high, measured=True, source=source)


def _ends(rule: FigureRule, found: IncidentRecord) -> tuple[float, float | None, float] | None:
    if rule.fit == "incident_rate":
        if found.weeks < rule.least_weeks or found.per_year is None:
            return None
        whole = poisson_interval(found.count, found.weeks / YEAR_WEEKS, rule.share)
        return whole.low, found.per_year, whole.high or 0.0
    fit = found.fit
    if fit is None or fit.closed < rule.least:
        return None
    if rule.fit == "sigma":
        return fit.sigma, fit.sigma, fit.sigma
    interval = fit.median_interval
    return None if interval.high is None else (interval.low, None, interval.high)


def _basis(rule: FigureRule, found: IncidentRecord) -> str:
    which = "incidents in which users lost a service" if found.serious else "incidents of every severity"
    if rule.fit == "incident_rate":
        return f"{found.count:,} {which}; exact {rule.share:.0%} interval of the rate"
    fit = found.fit
    counts = "" if fit is None else f"{fit.closed:,} closed and {fit.open:,} open "
    what = "interval of the median" if rule.fit == "median_hours" else "spread"
    return f"{counts}{which}, from start or first report to end; {what} of a lognormal fitted by maximum likelihood"


def _digits(figure: float) -> float:
    """Return a figure to four digits: more would claim what no such record can tell."""
    return float(f"{figure:.{_DIGITS}g}")
