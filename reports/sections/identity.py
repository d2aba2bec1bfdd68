"""What makes every page reproducible: the policies, the versions, the hash, the seed; and the sources cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Column, Section, Table

if TYPE_CHECKING:
    from models.evaluation import Evaluation


def identity(evaluation: Evaluation) -> Section:
    """Return the scoring policies with their version, the sources, and the identity of this report."""
    found, questionnaire = evaluation.identity, evaluation.questionnaire
    policies = Table(
        f"Scoring policies, version {found.policies_version}",
        (Column("Case", 1.4), Column("Policy", 4.6)),
        tuple((item.case, item.policy) for item in questionnaire.rules.policies),
    )
    made = Table(
        "What this report was made from",
        (Column("Part", 1.4), Column("Version or value", 4.6)),
        (
            ("Inputs, SHA-256", found.inputs_hash),
            ("Questionnaire", f"{questionnaire.title} ({questionnaire.id}), version {found.questionnaire_version}"),
            ("Initiatives", f"version {found.initiatives_version}"),
            ("Parameters", f"version {found.parameters_version}"),
            ("Sixstep", f"version {found.product_version}"),
            ("Simulation", f"seed {found.seed}, {found.paths:,} paths"),
        ),
        note="The same inputs, versions, seed and paths give the same figures on every page.",
    )
    return Section("identity", "Policies, sources and identity", (made, policies, *_sources(evaluation)), new_page=True)


def _sources(evaluation: Evaluation) -> tuple[Table, ...]:
    """Return the sources behind the questions that were asked."""
    questionnaire = evaluation.questionnaire
    asked = questionnaire.asked(evaluation.assessment.mode)
    cited = {name for question in asked for name in question.references}
    rows = tuple(
        (source.title, source.section, str(source.year), source.status)
        for name, source in questionnaire.references.items()
        if name in cited
    )
    if not rows:
        return ()
    columns = (Column("Title", 2.6), Column("Section", 2.0), Column("Year", 0.5, "right"), Column("Status", 0.8))
    return (Table("Sources behind the questions asked", columns, rows),)
