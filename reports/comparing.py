"""A comparison of two assessments in words, as rows of a table, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from assessment.answers import Answer
from assessment.carrying import Carried
from assessment.questionnaire import Questionnaire
from assessment.trend import Comparison, Difference, Kind
from reports.as_text import table
from reports.figures_format import DASH, format_score, format_score_and_range, rounded, span
from reports.score_json import score_data
from reports.wording import fill, wording

Rows = tuple[tuple[str, ...], ...]
HEADER = ("Score", "Earlier", "Later", "Change", "Range of the change", "Direction")
VERSIONS = ("Score", "Earlier version", "Later version", "Moved by the questionnaire")


def signed(value: float | None) -> str:
    """Return a change to one decimal with its sign, or a dash for one that no point can be given for."""
    if value is None:
        return DASH
    written = rounded(value)
    return f"+{written}" if float(rounded(abs(value)).replace(",", "")) and value > 0 else written


def comparison_sentence(comparison: Comparison) -> str:
    """Say in a sentence what the later assessment shows, the greatest regression before any gain."""
    texts = wording().progress
    fallen = comparison.regressions
    gained = [item for item in comparison.differences if item.direction == "better"]
    if fallen:
        worst = fallen[0]
        return fill(texts["fell"], count=_stand(len(fallen)), title=worst.title, points=_points(worst))
    if gained:
        return fill(texts["rose"], count=_stand(len(gained)), title=gained[0].title, points=_points(gained[0]))
    if side := empty_side(comparison):
        return texts[f"open_{side}"]
    return texts["open" if any(item.direction == "open" for item in comparison.differences) else "same"]


def empty_side(comparison: Comparison) -> Literal["earlier", "later"] | None:
    """Return the assessment in which no answer is known, so that there is nothing to compare; None where both have."""
    if not any(map(_known, comparison.carried.answers.values())):
        return "earlier"
    return None if any(map(_known, comparison.carried_back.answers.values())) else "later"


def _known(answer: Answer) -> bool:
    return not answer.unknown and answer.not_applicable is None


def _stand(count: int) -> str:
    return "One score stands" if count == 1 else f"{count} scores stand"


def _points(item: Difference) -> str:
    return rounded(abs(item.improvement or 0.0))


def notes(comparison: Comparison) -> tuple[str, ...]:
    """Return what a reader must know about how the two were compared."""
    texts = wording().progress
    found = [] if empty_side(comparison) else [texts["context"], texts[f"mode_{comparison.mode}"]]
    if comparison.questionnaires_differ:
        earlier, later = comparison.earlier, comparison.later
        names = {"earlier": _name(earlier.id, earlier.version), "later": _name(later.id, later.version)}
        found.append(fill(texts["versions"], **names))
    if comparison.stages_differ:
        found.append(texts["stages"])
    return tuple(found)


def _name(questionnaire: str, version: str) -> str:
    return f"{questionnaire} {version}"


def difference_rows(differences: tuple[Difference, ...]) -> Rows:
    """Return one row a score: both under the later questionnaire, the change, its range, and the direction in words."""
    directions = wording().progress
    return tuple(
        (
            title(item),
            format_score_and_range(item.on_later.earlier),
            format_score_and_range(item.on_later.later),
            signed(item.on_later.value),
            span(item.on_later.low, item.on_later.high),
            directions[f"direction_{item.direction}"],
        )
        for item in differences
        if item.compared
    )


def awaited_sentence(comparison: Comparison) -> str:
    """Say how many questions were answered earlier and have no known answer in the later assessment."""
    said = _counted("awaited", len(comparison.awaited))
    return said + _aside(comparison, "earlier", comparison.carried.answers.values())


def awaited_rows(comparison: Comparison) -> Rows:
    """Return one row a question that waits for its answer: its title and what was answered earlier."""
    return tuple((title(item), format_score(item.on_later.earlier)) for item in comparison.awaited)


def first_sentence(comparison: Comparison) -> str:
    """Say how many questions have a known answer in the later assessment alone, so that none can be said to move."""
    said = _counted("first", len(_first(comparison)))
    return said + _aside(comparison, "later", comparison.carried_back.answers.values())


def _counted(name: str, count: int, **words: str) -> str:
    return fill(wording().progress[f"{name}_one" if count == 1 else name], count=str(count), **words)


def _aside(comparison: Comparison, side: str, answers: Iterable[Answer]) -> str:
    """Count the answers of that assessment that say nothing known; a pulse leaves questions out, so it counts none."""
    count = sum(not _known(answer) for answer in answers) if comparison.mode == "full" else 0
    return f" {_counted('aside', count, side=side)}" if count else ""


def first_rows(comparison: Comparison) -> Rows:
    """Return one row a question whose answer is known for the first time: its title and what was answered."""
    return tuple((title(item), format_score(item.on_later.later)) for item in _first(comparison))


def _first(comparison: Comparison) -> tuple[Difference, ...]:
    return tuple(item for item in comparison.moved if item.on_later.earlier.value is None)


def version_rows(differences: tuple[Difference, ...]) -> Rows:
    """Return one row a score: the same answers under both questionnaires, and what the questionnaire moved."""
    return tuple(
        (
            title(item),
            format_score(item.on_earlier.earlier),
            format_score(item.on_later.earlier),
            signed(item.by_questionnaire),
        )
        for item in differences
    )


def title(item: Difference) -> str:
    """Return what a row is called; a constraint says that its figure is better when it is lower."""
    return fill(wording().progress[f"kind_{item.kind}"], title=item.title)


def carried_sentences(carried: Carried, titles: dict[str, str]) -> tuple[str, ...]:
    """Say which answers do not carry over, and which questions somebody should look at again.

    Args:
        carried: what became of the answers.
        titles: of the questions, by id; one that is not known any more is told by its id.
    """
    texts = wording().progress
    groups = {"left": carried.left, "misfits": carried.misfits, "reworded": carried.reworded}
    return tuple(
        fill(texts[name], questions="; ".join(titles.get(each, each) for each in group))
        for name, group in groups.items()
        if group
    )


def titles_of(*questionnaires: Questionnaire) -> dict[str, str]:
    """Return the titles of the questions of several questionnaires, those of the last one where they differ."""
    return {name: question.title for whole in questionnaires for name, question in whole.by_id.items()}


def comparison_text(comparison: Comparison, titles: dict[str, str]) -> str:
    """Return a comparison for the terminal."""
    parts = [comparison_sentence(comparison), "\n".join(notes(comparison))]
    parts.append(table(HEADER, difference_rows(comparison.differences)))
    if comparison.moved:
        parts.append(table(("Question", *HEADER[1:]), difference_rows(comparison.moved)))
    if comparison.awaited:
        parts.append(awaited_sentence(comparison))
    if comparison.questionnaires_differ:
        parts.append(table(VERSIONS, version_rows(comparison.differences)))
        parts += carried_sentences(comparison.carried, titles)
    return "\n\n".join(parts) + "\n"


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison with stable keys; every score is in points from 0 to 100, a severity too."""
    kinds: dict[Kind, str] = {"dimension": "dimensions", "factor": "factors", "step": "steps"}
    grouped = {
        plural: {item.id: _difference(item) for item in comparison.differences if item.kind == kind}
        for kind, plural in kinds.items()
    }
    target = next((item for item in comparison.differences if item.kind == "target"), None)
    return {
        "earlier": comparison.earlier.model_dump(mode="json"),
        "later": comparison.later.model_dump(mode="json"),
        "mode": comparison.mode,
        "questionnaires_differ": comparison.questionnaires_differ,
        "stages_differ": comparison.stages_differ,
        "overall": _difference(comparison.find("overall", "overall")),
        **({"target": _difference(target)} if target else {}),
        **grouped,
        "questions": {item.id: _difference(item) for item in comparison.questions},
        "awaited": sorted(item.id for item in comparison.awaited),
        "regressions": [{"kind": item.kind, "id": item.id} for item in comparison.regressions],
        "carried": _carried(comparison.carried),
        "carried_back": _carried(comparison.carried_back),
    }


def _difference(item: Difference) -> dict[str, Any]:
    return {
        "title": item.title,
        "on_later": _pair(item, "on_later"),
        "on_earlier": _pair(item, "on_earlier"),
        "improvement": item.improvement,
        "by_questionnaire": item.by_questionnaire,
        "direction": item.direction,
    }


def _pair(item: Difference, ruler: str) -> dict[str, Any]:
    pair = getattr(item, ruler)
    change = {"value": pair.value, "low": pair.low, "high": pair.high}
    return {"earlier": score_data(pair.earlier), "later": score_data(pair.later), "change": change}


def _carried(carried: Carried) -> dict[str, list[str]]:
    return {
        "fitting": sorted(carried.answers),
        "left": sorted(carried.left),
        "misfits": sorted(carried.misfits),
        "reworded": sorted(carried.reworded),
    }
