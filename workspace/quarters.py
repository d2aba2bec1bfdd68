"""From one quarter to the next, and from one version of a questionnaire to another: nothing that was said is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from assessment.answers import Answer, Assessment, EconomicInputs, QuestionnaireRef
from assessment.carrying import carry
from assessment.errors import InputError, Problem, nearest
from assessment.questionnaire import Questionnaire, Stage
from store.folding import Change
from workspace import checks
from workspace.errors import NotFound
from workspace.operations import Operations
from workspace.results import Opened, Saved

_QUARTER = re.compile(r"^(?P<name>.*), quarter (?P<number>\d{1,4})$")
_LONGEST_NAME = 200


class Quarters(Operations):
    """What may be done with an assessment that carries on another one."""

    def next_quarter(
        self,
        id: str,  # noqa: A002
        *,
        name: str | None = None,
        stage: Stage | None = None,
        actor: str = "",
    ) -> str:
        """Begin the assessment that follows one, on the newest installed version of its questionnaire; returns its id.

        The context, the targets, the register, the team's initiatives, the look of its report (no edited sentence) and
        the economic figures that people typed are carried, the baseline to
        be confirmed anew. No question is answered and no signal seen: see :meth:`carry_answers`.

        Args:
            id: the assessment to follow.
            name: of the new one; without it the old name with the number of the quarter.
            stage: of the new one, as when the product was launched since; without it that of the old one.
            actor: who begins it.

        Raises:
            InputError: when the questionnaire does not serve the stage.
            NotFound: when there is no such assessment.
        """
        self._allow("create", id)
        checks.check_stamp(actor, None)
        before = self.open(id)
        reference = before.assessment.questionnaire
        newest = self.library.newest(reference.id)
        begun = _next(before, newest, stage or before.assessment.stage)
        wanted = _next_name(before.assessment.name) if name is None else name
        checks.check_name(wanted)
        checks.draft(checks.staged(newest, begun.stage), name=wanted)
        return self._begin(begun.model_copy(update={"name": wanted}), actor=actor)

    def followed(self, id: str) -> Opened | None:  # noqa: A002
        """Return the assessment that one follows; None when it follows none, or one that is not here."""
        opened = self.open(id)
        try:
            return self.open(opened.assessment.follows) if opened.assessment.follows else None
        except NotFound:
            return None

    def carry_answers(self, id: str, question_ids: Iterable[str], *, actor: str = "") -> Saved:  # noqa: A002
        """Copy answers of the assessment that this one follows, marked as carried; all or none.

        Raises:
            InputError: for each question that had no answer that fits, or is answered already.
            NotFound: when there is no such assessment.
        """
        questionnaire = self._questionnaire("answer", id)
        opened, before = self.open(id), self.followed(id)
        if before is None:
            raise InputError(Problem("this assessment follows no other one", "answer its questions"))
        fitting = carry(_staged(before, opened), questionnaire).answers
        wanted = {name: _as_carried(fitting.get(name)) for name in question_ids}
        found = [problem for name in sorted(wanted) for problem in _uncarried(opened, name, wanted[name])]
        if found:
            raise InputError(found)
        changes = [
            Change("answer", name, checks.payload(questionnaire, "answers", name, answer))
            for name, answer in sorted(wanted.items())
        ]
        return self._save(id, questionnaire, changes, actor)

    def move_to_version(self, id: str, version: str, *, actor: str = "") -> Saved:  # noqa: A002
        """Answer an assessment on another installed version of its questionnaire from now on.

        Answers are kept by id, those whose question left as well. One that its question does not take any more is
        cleared, and stays in its history.

        Raises:
            InputError: when the version is not installed, or does not serve the stage of the assessment.
            NotFound: when there is no such assessment.
        """
        self._allow("answer", id)
        opened = self.open(id)
        reference = opened.assessment.questionnaire
        if not self.library.has(reference.id, version):
            versions = [item.version for item in self.library.installed(reference.id)]
            raise InputError(Problem(f"version '{version}' is not installed", nearest(version, versions)))
        there = self.library.questionnaire(reference.id, version)
        checks.staged(there, opened.assessment.stage)
        changes = [] if version == reference.version else _moves(opened.assessment, there)
        return self._save(id, there, changes, actor)


def _next(before: Opened, newest: Questionnaire, stage: Stage) -> Assessment:
    """Return the assessment that follows one, not yet answered."""
    old, there = before.assessment, newest.at_stage(stage) if stage == "live" or newest.serves_design else newest
    fitted = _fitting(old, there)
    return Assessment(
        name=old.name,
        organisation=old.organisation,
        fictional=old.fictional,
        mode=old.mode,
        stage=stage,
        follows=before.id,
        target_preset=fitted["target_preset"],
        questionnaire=QuestionnaireRef(id=newest.id, version=newest.version),
        context=fitted["context"],
        targets=fitted["targets"],
        workflows=old.workflows,
        initiatives=old.initiatives,
        economics=_typed(old.economics),
        report=old.report.model_copy(update={"edits": {}}),
    )


def _typed(economics: EconomicInputs) -> EconomicInputs:
    """Return the figures that people typed; a proposal follows from answers, and those are still to be given."""
    ranges = {symbol: given for symbol, given in economics.ranges.items() if not given.proposed}
    told = {name: getattr(economics, name) for name in economics.model_fields_set - {"confirmed", "ranges"}}
    return EconomicInputs(**told, ranges=ranges)


def _fitting(assessment: Assessment, questionnaire: Questionnaire) -> dict[str, Any]:
    """Return context, signals, votes, targets and preset of an assessment as far as a questionnaire takes them."""
    items = {item.id: len(item.anchors) for item in questionnaire.context.items}
    signals = {item.id: len(item.anchors) for item in questionnaire.signals}
    options = {name: len(questionnaire.scale_of(question).options) for name, question in questionnaire.by_id.items()}
    presets = {preset.id for preset in questionnaire.target_presets}
    return {
        "context": {name: level for name, level in assessment.context.items() if level < items.get(name, 0)},
        "signals": {name: one for name, one in assessment.signals.items() if (one.level or 0) < signals.get(name, 11)},
        "targets": {name: level for name, level in assessment.targets.items() if level < options.get(name, 0)},
        "votes": {
            name: votes
            for name, votes in assessment.votes.items()
            if all((vote.option or 0) < options.get(name, 11) for vote in votes)
        },
        "target_preset": assessment.target_preset if assessment.target_preset in presets else "",
    }


def _next_name(name: str) -> str:
    found = _QUARTER.match(name)
    stem, number = (found["name"], int(found["number"]) + 1) if found else (name, 2)
    ending = f", quarter {number}"
    return stem[: _LONGEST_NAME - len(ending)] + ending


def _staged(before: Opened, opened: Opened) -> Assessment:
    """Return the earlier assessment at the stage of the later one: what fits is judged by what is asked now."""
    return before.assessment.model_copy(update={"stage": opened.assessment.stage})


def _as_carried(answer: Answer | None) -> Answer | None:
    return None if answer is None else answer.model_copy(update={"carried": True})


def _uncarried(opened: Opened, name: str, answer: Answer | None) -> Sequence[Problem]:
    """Return why an answer is not carried: there is none that fits, or somebody has answered since."""
    if answer is None:
        return [Problem("the earlier assessment has no answer that fits this question", "answer it", subject=name)]
    here = opened.assessment.answers.get(name)
    if here is not None and here != answer:
        return [
            Problem(
                "the question is answered already", "clear the answer first to take over the earlier one", subject=name
            )
        ]
    return []


def _moves(assessment: Assessment, there: Questionnaire) -> list[Change]:
    """Return the changes that put an assessment on another version; what does not fit there is cleared."""
    old = assessment.questionnaire
    new = QuestionnaireRef(id=there.id, version=there.version)
    passed = [item for item in assessment.moved_from if item not in (old, new)]
    changes = [
        Change("meta", "questionnaire", new.model_dump(mode="json")),
        Change("meta", "moved_from", [item.model_dump(mode="json") for item in (*passed, old)]),
    ]
    staged = there.at_stage(assessment.stage)
    fitted = _fitting(assessment, staged)
    changes += [Change("answer", name, None) for name in sorted(carry(assessment, there).misfits)]
    for kind, group, known in (
        ("context", "context", {item.id for item in staged.context.items}),
        ("signal", "signals", {item.id for item in staged.signals}),
        ("votes", "votes", set(staged.by_id)),
        ("target", "targets", set(staged.by_id)),
    ):
        lost = set(getattr(assessment, group)) & known - set(fitted[group])
        changes += [Change(kind, name, None) for name in sorted(lost)]  # type: ignore[arg-type]
    if assessment.target_preset and not fitted["target_preset"]:
        changes.append(Change("meta", "target_preset", None))
    return changes
