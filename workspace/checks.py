"""What may be saved: every change is tried on an otherwise empty assessment before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from assessment.answers import Assessment, EconomicInputs, Range
from assessment.errors import InputError, Problem, nearest
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire, Stage
from assessment.reading import Document, validate
from models.parameters import ParameterFile
from store.folding import ECONOMICS, KINDS, META, RANGE, REPORT, Kind
from store.schema import ACTOR_LENGTH, REQUEST_LENGTH

_UNNAMED = "unnamed"
_OF_AMOUNTS = ("add", "set")
"""How a scenario changes a figure by an amount in its unit."""


def draft(questionnaire: Questionnaire, **parts: Any) -> Assessment:
    """Return an assessment that holds nothing but ``parts``, checked against its questionnaire.

    Raises:
        InputError: in one sentence for each fault.
    """
    data = {key: plain(value) for key, value in parts.items()}
    refuse_unreadable(data)
    reference = {"id": questionnaire.id, "version": questionnaire.version}
    whole = Document({"name": _UNNAMED, "questionnaire": reference, "stage": questionnaire.stage, **data}, "")
    try:
        assessment = validate(Assessment, whole)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(Problem("this is not a value that can be saved", "give text, figures or a choice")) from error
    check_answers(questionnaire, assessment)
    return assessment


def staged(questionnaire: Questionnaire, stage: Stage) -> Questionnaire:
    """Return a questionnaire at a stage that it serves.

    Raises:
        InputError: when it has no words for the design stage.
    """
    if stage == "design" and not questionnaire.serves_design:
        message = f"the questionnaire '{questionnaire.id}' has no words for a product that is not launched yet"
        raise InputError(Problem(message, "begin the assessment of a product in use"))
    return questionnaire.at_stage(stage)


def payload(questionnaire: Questionnaire, group: str, key: str, value: Any) -> Any:
    """Return what is stored for ``value`` under a key of a group, checked; None for None, which clears it.

    Raises:
        InputError: in one sentence for each fault.
    """
    if value is None:
        return None
    return draft(questionnaire, **{group: {key: value}}).model_dump(mode="json")[group][key]


def plain(value: Any) -> Any:
    """Return models as plain data, also inside mappings and lists."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name, None)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def refuse_unreadable(data: Any, place: str = "the text") -> None:
    """Refuse text that no file keeps: the NUL character, and halves of characters.

    Raises:
        InputError: naming the field.
    """
    for text in _texts(data):
        if "\x00" in text:
            raise InputError(Problem(f"{place} holds a NUL character, which files do not keep", "remove it"))
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError(Problem(f"{place} holds half of a character", "type it again")) from error


def refuse_relabelling(economics: EconomicInputs, currency: str | None, parameters: ParameterFile) -> None:
    """Refuse another currency while amounts are typed in this one: a symbol never relabels money.

    An amount that a scenario adds or sets is one of them; a factor is the same in every currency.

    Raises:
        InputError: naming the amounts that stand, and the scenario of each that stands in one.
    """
    wanted = EconomicInputs().currency if currency is None else currency
    if wanted == economics.currency:
        return
    known = {symbol for symbol, parameter in parameters.by_symbol.items() if parameter.money}
    amounts = sorted(known.intersection(economics.ranges))
    for name, edit in sorted(economics.scenarios.items()):
        typed = [each.symbol for each in edit.changes if each.symbol in known and each.operation in _OF_AMOUNTS]
        amounts += [f"{symbol} in the scenario '{edit.title or name}'" for symbol in typed]
    if amounts:
        message = f"amounts are typed in {economics.currency} ({', '.join(amounts)}); another symbol would relabel them"
        raise InputError(Problem(message, f"clear them first, then type them in {wanted}", subject="currency"))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def check_name(name: str) -> None:
    """Refuse a name of blanks.

    Raises:
        InputError: in one sentence.
    """
    if isinstance(name, str) and not name.strip():
        raise InputError(Problem("the assessment has no name", "type one"))


def check_stamp(actor: str, request_id: str | None) -> None:
    """Refuse an actor or a request id that cannot be stored.

    Raises:
        InputError: in one sentence.
    """
    refuse_unreadable(actor, "the name of the person")
    refuse_unreadable(request_id, "the request id")
    if len(actor) > ACTOR_LENGTH:
        raise InputError(Problem(f"the name of the person has {len(actor)} characters", f"use at most {ACTOR_LENGTH}"))
    if request_id is not None and not 1 <= len(request_id) <= REQUEST_LENGTH:
        raise InputError(Problem("the request id is empty or too long", f"use 1 to {REQUEST_LENGTH} characters"))


def check_ranges(parameters: ParameterFile, ranges: Mapping[str, Range], document: Document | None = None) -> None:
    """Refuse ranges of unknown symbols, and figures outside what a parameter can be.

    Raises:
        InputError: one problem for each range.
    """
    where = document or Document(None, "")
    found = [
        where.problem(("economics", "ranges", symbol), *fault, symbol)
        for symbol, given in sorted(ranges.items())
        for fault in _range_faults(parameters, symbol, given)
    ]
    if found:
        raise InputError(sorted(found, key=lambda problem: problem.line or 0))


def _range_faults(parameters: ParameterFile, symbol: str, given: Range) -> Iterator[tuple[str, str]]:
    parameter = parameters.by_symbol.get(symbol)
    if parameter is None:
        yield f"no parameter '{symbol}'", nearest(symbol, parameters.by_symbol)
    elif given.low < parameter.valid_min or given.high > parameter.valid_max:
        bounds = f"use figures from {parameter.valid_min:g} to {parameter.valid_max:g} ({parameter.unit})"
        yield f"the range {given.low:g} to {given.high:g} is out of bounds", bounds


def check_kind(kind: str) -> Kind:
    """Return the kind of event that a word names.

    Raises:
        InputError: for any other word.
    """
    found = next((item for item in KINDS if item == kind), None)
    if found is None:
        raise InputError(Problem(f"no kind of event '{kind}'", nearest(kind, KINDS)))
    return found


def asked_keys(questionnaire: Questionnaire, parameters: ParameterFile, kind: Kind) -> frozenset[str]:
    """Return the keys that can be saved of a kind."""
    keys: dict[Kind, Iterable[str]] = {
        "meta": META,
        "context": (item.id for item in questionnaire.context.items),
        "signal": (signal.id for signal in questionnaire.signals),
        "answer": questionnaire.by_id,
        "votes": questionnaire.by_id,
        "target": questionnaire.by_id,
        "workflow": (),
        "initiative": (),
        "report": REPORT,
        "economics": (*ECONOMICS, *(RANGE + symbol for symbol in parameters.by_symbol)),
    }
    return frozenset(keys[kind])
