"""The target register: its workflows, what they add up to, what is missing, and what cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Block, Bullets, Column, Heading, Paragraph, Section, Table
from reports.figures_format import DASH, hours, plain, rounded
from reports.range_words import digits, range_words
from reports.wording import fill, wording
from reports.workflow_words import BY_NAME, WORDS, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.questionnaire import Questionnaire
    from assessment.register import Contradiction, Register, Total
    from models.evaluation import Evaluation
    from models.register import Offer

_FEW = 3
_SECONDS, _MONTHS = 3600, 12
_NONE = "None"


def register(evaluation: Evaluation) -> Section:
    """Return the register, or a section without blocks where there is none."""
    found = evaluation.scores.register
    blocks: list[Block] = []
    if found is not None:
        blocks = [
            workflow_table(found),
            *_signed(found),
            *register_findings(evaluation.questionnaire, found),
            *offer_blocks(evaluation),
        ]
    return Section("register", "Target register", tuple(blocks))


def workflow_table(found: Register) -> Table:
    """Return one row a workflow."""
    rows = tuple((item.name, *(words.text(item) for words in WORDS)) for item in found.workflows.values())
    columns = (Column("Workflow", 1.8), *(Column(words.short, 1.0, "right") for words in WORDS))
    units = "; ".join(words.told for words in WORDS)
    return Table(
        "Clinical workflows and their targets", columns, rows, note=f"{units}. What is not named, or a dash: not given."
    )


def _signed(found: Register) -> list[Block]:
    blocks: list[Block] = []
    for item in found.workflows.values():
        if item.signed_by or item.note:
            signed = f"Signed by {item.signed_by}. " if item.signed_by else ""
            blocks.append(Paragraph(f"{signed}{item.note}".strip(), label=f"{item.name}:", tone="quote"))
    return blocks


def register_findings(questionnaire: Questionnaire, found: Register) -> list[Block]:
    """Return totals, gaps and contradictions."""
    blocks: list[Block] = [_totals(found), Heading("What does not fit together")]
    if found.contradictions:
        blocks.append(Bullets(tuple(_contradictions(questionnaire, found))))
    else:
        blocks.append(Paragraph(wording().target_register["none"]))
    if found.gaps:
        blocks += [Heading("What is missing"), Bullets(tuple(_gap(found, key) for key in found.gaps))]
    return blocks


def _contradictions(questionnaire: Questionnaire, found: Register) -> Iterator[str]:
    """Say each contradiction; those of the one rehearsal in one sentence, at the place of the first."""
    missed = [item for item in found.contradictions if item.kind == "recovery"]
    for item in found.contradictions:
        if item.kind != "recovery" or len(missed) == 1:
            yield contradiction_sentence(questionnaire, found, item)
        elif item is missed[0]:
            yield _recoveries(questionnaire, found, missed)


def _recoveries(questionnaire: Questionnaire, found: Register, same: list[Contradiction]) -> str:
    texts = wording().target_register
    each = (
        fill(
            texts["recoveries_each"],
            workflow=found.workflows[item.workflows[0]].name,
            rto=hours(plain(item.figures.get("rto_hours"))),
        )
        for item in same
    )
    return fill(
        texts["recoveries"],
        rehearsed=hours(plain(same[0].figures.get("rehearsed_hours"))),
        question=questionnaire.by_id[same[0].question].title,
        workflows="; ".join(each),
    )


def _totals(found: Register) -> Table:
    rows = (
        ("Load, peak hours added up", _load(found.load.value), *_counted(found, found.load)),
        ("Growth, weighted by load", _growth(found.growth.value), *_counted(found, found.growth)),
        ("Surge, weighted by load", _surge(found.surge.value), *_counted(found, found.surge)),
    )
    columns = (
        Column("Total", 1.8),
        Column("Figure", 1.8),
        Column("Workflows counted", 0.9),
        Column("Not counted", 2.2),
    )
    return Table("What the workflows add up to", columns, rows)


def _load(value: float | None) -> str:
    """Return a load in the unit in which it is typed, and in that of the cost model."""
    if value is None:
        return DASH
    return f"{plain(round(value * _SECONDS, 6))} requests an hour ({digits(value)} requests per second)"


def _growth(value: float | None) -> str:
    """Return a monthly growth as it is typed, by the year, and as the cost model has it."""
    if value is None:
        return DASH
    return f"{rounded(100 * ((1 + value) ** _MONTHS - 1))}% a year ({rounded(100 * value, 2)}% a month)"


def _surge(value: float | None) -> str:
    return DASH if value is None else f"{rounded(value)} times the peak hour"


def _counted(found: Register, total: Total) -> tuple[str, str]:
    return f"{len(total.counted)} of {len(found.workflows)}", _names(found, total.missing) or _NONE


def _names(found: Register, keys: tuple[str, ...]) -> str:
    """Return the names of workflows, which may hold commas; of more than a few, that it is all, or how many follow."""
    if len(keys) == len(found.workflows) > _FEW:
        return f"All {len(keys)} workflows"
    names = [found.workflows[key].name for key in keys]
    more = len(names) - _FEW
    return "; ".join([*names[:_FEW], *([f"and {more} more"] if more > 0 else [])])


def _gap(found: Register, key: str) -> str:
    figures = [named(name) for name in found.gaps[key]]
    every = "nothing but its name is given" if len(figures) == len(BY_NAME) else "; ".join(figures)
    return fill(wording().target_register["gap"], workflow=found.workflows[key].name, figures=every)


def contradiction_sentence(questionnaire: Questionnaire, found: Register, item: Contradiction) -> str:
    """Say which two things cannot both hold, with the figures that they follow from."""
    texts, figures = wording().target_register, item.figures
    open_ = item.kind in {"latency", "availability"} and "standing" not in figures
    return fill(
        texts[f"{item.kind}_open" if open_ else item.kind],
        workflow=found.workflows[item.workflows[0]].name,
        workflows=_names(found, item.workflows),
        question=questionnaire.by_id[item.question].title if item.question else "",
        availability=f"{100 * figures.get('availability', 0.0):.6g}",
        allowed=hours(rounded(figures.get("allowed_hours", 0.0), 2)),
        rto=hours(plain(figures.get("rto_hours"))),
        rehearsed=hours(plain(figures.get("rehearsed_hours"))),
        standing=plain(figures.get("standing")),
        level=plain(figures.get("level")),
        **{name: plain(figures.get(name)) for name in ("demand", "capacity", "low", "high")},
    )


def offer_blocks(evaluation: Evaluation) -> list[Block]:
    """Return what the register offers to the cost model, and why something is not offered."""
    found, offers = evaluation.scores.register, evaluation.register_offers
    if found is None or not offers:
        return []
    sentences = tuple(offer_sentence(evaluation, found, offer) for offer in offers)
    return [Heading("What the cost model may take from it"), Bullets(sentences)]


def offer_sentence(evaluation: Evaluation, found: Register, offer: Offer) -> str:
    """Say what the register offers for one figure, or why it offers nothing."""
    parameter, given = evaluation.parameters.by_symbol[offer.symbol], offer.range
    shown = DASH if given is None else str(range_words(given.low, given.mode, given.high, parameter.unit))
    return fill(
        wording().target_register[offer.standing],
        figure=f"{parameter.title} ({offer.symbol})",
        range=shown,
        workflows=_names(found, offer.total.missing),
    )
