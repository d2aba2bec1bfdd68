"""What several people said of a question, in words, as tables and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from assessment.agreement import OTHERS, Split, Summary
from assessment.questionnaire import Questionnaire
from reports.document import Column, Table
from reports.figures_format import DASH, percent, rounded
from reports.wording import fill, wording

_CAMPS = 2
HEADER = ("Question", "People", "Agreement", "In words", "From", "To", "Middle half")
SCORED = "Scored"


def agreement_words(found: Summary) -> str:
    """Return what the agreement of a question means, in words that hold for the levels that were named."""
    if found.agreement is None:
        return wording().agreement["none"]
    value = found.agreement
    band = next(band for band in wording().agreement_bands if value >= band.at_least)
    groups = _groups(found)
    if groups > 1:
        return (band.camps if groups == _CAMPS else "") or band.apart or band.words
    scattered = band.scattered if 2 * max(found.counts) < sum(found.counts) else ""
    return (band.each if all(found.counts) else "") or scattered or band.words


def _groups(found: Summary) -> int:
    """Return into how many groups the named levels fall, with levels between them that nobody named."""
    named = [level for level, count in enumerate(found.counts) if count]
    return 1 + sum(upper - lower > 1 for lower, upper in pairwise(named))


def agreement_sentence(found: Summary) -> str:
    """Say how many answered, how far they agree and what that means."""
    texts = wording().agreement
    words, people, unknown = agreement_words(found), str(found.people), str(found.unknown)
    value = DASH if found.agreement is None else rounded(found.agreement, 2)
    said = fill(
        texts["sentence" if found.agreement is not None else "without"], people=people, value=value, words=words
    )
    return f"{said} {fill(texts['unknown'], count=unknown)}" if found.unknown else said


def contest_rows(questionnaire: Questionnaire, summaries: Iterable[Summary]) -> tuple[tuple[str, ...], ...]:
    """Return one row a question under ``HEADER``."""
    return tuple(_contest_row(questionnaire, found) for found in summaries)


def _contest_row(questionnaire: Questionnaire, found: Summary) -> tuple[str, ...]:
    labels = labels_of(questionnaire, found)
    ends = (DASH if end is None else labels[end] for end in (found.lowest, found.highest))
    middle = DASH if found.middle is None else " to ".join(dict.fromkeys(labels[end] for end in found.middle))
    value = DASH if found.agreement is None else rounded(found.agreement, 2)
    title = questionnaire.by_id[found.question].title
    return (title, str(found.people), value, agreement_words(found), *ends, middle)


def labels_of(questionnaire: Questionnaire, found: Summary) -> tuple[str, ...]:
    """Return the labels of the options of a question."""
    scale = questionnaire.scale_of(questionnaire.by_id[found.question])
    return tuple(option.label for option in scale.options)


def distribution(questionnaire: Questionnaire, found: Summary) -> Table:
    """Return how many people named each level, in all and by the roles that may be shown."""
    groups = (Split(wording().agreement["all"], found.counts, found.unknown), *found.roles)
    rows = [
        (label, *(_share(group.counts[option], group.people) for group in groups))
        for option, label in enumerate(labels_of(questionnaire, found))
    ]
    rows.append((wording().agreement["dont_know"], *(_share(group.unknown, group.people) for group in groups)))
    columns = (Column("Level", 1.4), *(Column(role_title(group.role), 1.0, "right") for group in groups))
    title = questionnaire.by_id[found.question].title
    return Table(fill(wording().agreement["table"], question=title), columns, tuple(rows))


def role_title(role: str) -> str:
    """Return the name of a role, or of the group of those whose role is not shown."""
    return wording().agreement["others"] if role == OTHERS else role


def _share(count: int, people: int) -> str:
    return f"{count} ({percent(count / people)})" if count else "0"


def agreement_data(summaries: Sequence[Summary]) -> dict[str, Any]:
    """Return what people said of each question, the most contested first."""
    return {"questions": [_data(found) for found in summaries]}


def _data(found: Summary) -> dict[str, Any]:
    return {
        "question": found.question,
        "agreement": found.agreement,
        "people": found.people,
        "unknown": found.unknown,
        "distribution": list(found.counts),
        "spread": {"lowest": found.lowest, "highest": found.highest},
        "middle_half": None if found.middle is None else list(found.middle),
        "roles": [
            {
                "role": split.role if split.role != OTHERS else "others",
                "people": split.people,
                "unknown": split.unknown,
                "distribution": list(split.counts),
            }
            for split in found.roles
        ],
    }
