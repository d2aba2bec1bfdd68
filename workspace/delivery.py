"""What a team's records propose: measured from files, and accepted by a person one by one or all together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from assessment.answers import Answer, Assessment, QuestionnaireRef, Range
from assessment.delivery.reading import Reading, read_deployments, read_file, read_incidents
from assessment.delivery.times import end_of
from assessment.errors import InputError, Problem
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire
from models.delivery import measure_delivery
from models.delivery_record import DeliveryRecord
from models.measured import Offers, offers, with_offers
from models.parameters import ParameterFile
from store.folding import RANGE, Change
from workspace import checks, money
from workspace.operations import Operations
from workspace.results import Saved

Named = tuple[BinaryIO, str]
"""A file and its name."""


class Delivery(Operations):
    """The operations of a workspace that take over what records measure."""

    def accept_measured(
        self,
        id: str,  # noqa: A002 (what pages call it)
        answers: Mapping[str, Answer],
        ranges: Mapping[str, Range],
        *,
        actor: str = "",
    ) -> Saved:
        """Save measured answers and ranges, all or none; each stands in place of what stood before.

        Raises:
            InputError: for one that is not measured, or that the questionnaire or the cost model does not take.
            NotFound: when there is no such assessment.
        """
        questionnaire = self._questionnaire("answer", id)
        guessed = [name for name, answer in answers.items() if answer.confidence != "measured"]
        guessed += [symbol for symbol, given in ranges.items() if not given.measured]
        if guessed:
            raise InputError(Problem("this is not measured", "answer it on its own page", subject=guessed[0]))
        changes = [
            Change("answer", name, checks.payload(questionnaire, "answers", name, answer))
            for name, answer in sorted(answers.items())
        ]
        checked = money.checked_ranges(self.library.parameters, questionnaire, ranges)
        changes += [Change("economics", RANGE + symbol, checked[symbol]) for symbol in sorted(checked)]
        if not changes:
            raise InputError(Problem("nothing was chosen", "choose at least one proposal"))
        return self._save(id, questionnaire, changes, actor)


def measured_files(
    deployments: Path | None, incidents: Path | None, how: Reading, until: str | None = None
) -> DeliveryRecord:
    """Return what two files measure; see :func:`measured`."""
    with ExitStack() as files:

        def opened(path: Path | None) -> Named | None:
            return None if path is None else (files.enter_context(read_file(path)), path.name)

        return measured(opened(deployments), opened(incidents), how, until)


def measured(
    deployments: Named | None, incidents: Named | None, how: Reading, until: str | None = None
) -> DeliveryRecord:
    """Return what records of deployments and incidents measure; either file may be missing.

    Args:
        deployments: to production.
        incidents: of the same systems.
        how: the zone, the environment and the label that were named.
        until: end of the window, as somebody typed it; by default the last record.

    Raises:
        InputError: in one sentence, for a file that cannot be used; then nothing is measured.
    """
    end = end_of(until, how.stated, "until") if until else None
    deployed = None if deployments is None else read_deployments(*deployments, how)
    happened = None if incidents is None else read_incidents(*incidents, how)
    return measure_delivery(deployed, happened, end)


def measured_offers(
    record: DeliveryRecord,
    questionnaire: Questionnaire,
    assessment: Assessment | None,
    parameters: ParameterFile,
    how: Reading,
) -> Offers:
    """Return what records propose to an assessment, or to one in which nothing is answered."""
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    asking = assessment or Assessment(name="unnamed", questionnaire=reference)
    return offers(record, questionnaire, asking, parameters, how.days)


def taken_over(questionnaire: Questionnaire, assessment: Assessment, found: Offers) -> Assessment:
    """Return an assessment in which every proposal stands.

    Raises:
        InputError: when the questionnaire does not take one of them.
    """
    taken = with_offers(assessment, found.answers, found.ranges)
    check_answers(questionnaire, taken)
    return taken
