"""The operations of a workspace: each is allowed, then checked, then saved at once as events."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessment.answers import Answer, Assessment, SignalAnswer, Vote
from assessment.errors import InputError, Problem, nearest
from assessment.loading import check_answers
from assessment.questionnaire import Mode, Questionnaire, Stage
from assessment.reading import LARGEST_BYTES, Document
from examples import EXAMPLE
from store.folding import Change, Event, Kind, changes_of
from store.log import Outcome, Stamp, Store
from workspace import backup, checks, money, portable
from workspace.copying import Copying
from workspace.delivery import Delivery
from workspace.errors import NotFound
from workspace.figures import Figures
from workspace.folded import FoldedAssessments
from workspace.goals import Goals
from workspace.installing import Installing
from workspace.library import Library
from workspace.money import PROPOSED
from workspace.own_initiatives import OwnWork, refuse_faulty_initiatives
from workspace.pins import Pins
from workspace.quarters import Quarters
from workspace.report_settings import Reports, refuse_faulty_report
from workspace.results import Listing, Opened, Saved, listing
from workspace.scenarios import Scenarios, refuse_faulty_scenarios
from workspace.undoing import Undoing

_ID = re.compile(r"[A-Za-z0-9_-]{22,43}")

__all__ = ["PROPOSED", "Event", "Listing", "Opened", "Saved", "Workspace"]


class Workspace(Goals, Figures, Delivery, Scenarios, Pins, Reports, OwnWork, Quarters, Copying, Undoing, Installing):
    """Assessments in a store, with the knowledge of a library. Safe to share between sessions."""

    def __init__(self, store: Store, library: Library) -> None:
        """Work on ``store`` with ``library``."""
        self._store = store
        self._folded = FoldedAssessments(store)
        self.library = library.over(store)

    def create(
        self,
        name: str,
        organisation: str = "",
        mode: Mode = "pulse",
        fictional: bool = False,  # noqa: FBT001, FBT002
        *,
        stage: Stage = "live",
        questionnaire: str | None = None,
        version: str | None = None,
    ) -> str:
        """Begin an empty assessment, of a live product or one not yet launched; returns its id.

        Without a questionnaire it is on the default one, without a version on the newest that is installed.
        """
        self._allow("create")
        checks.check_name(name)
        asked = self.library.default if questionnaire is None else self.library.exactly(questionnaire, version)
        parts = {"name": name, "organisation": organisation, "mode": mode, "fictional": fictional}
        return self._begin(checks.draft(checks.staged(asked, stage), **parts))

    def create_from(self, assessment: Assessment, original: bytes | None = None) -> str:
        """Begin an assessment with everything in ``assessment``, keeping the document it came from; returns its id.

        Raises:
            InputError: when it does not fit its questionnaire.
        """
        self._allow("create")
        if original is not None:
            portable.refuse_larger(original, "document", LARGEST_BYTES)
        self._check(assessment)
        return self._begin(assessment, None if original is None else ("document", original))

    def example(self) -> str:
        """Begin a copy of the built-in worked example; returns its id."""
        self._allow("create")
        try:
            raw = EXAMPLE.read_bytes()
        except OSError as error:
            raise InputError(Problem("the worked example is not installed", "install Sixstep again")) from error
        return self._begin(self._read(raw, EXAMPLE.name))

    def import_document(self, raw: bytes, file_name: str) -> str:
        """Begin an assessment from a portable file, which is kept as it came; returns its id.

        Raises:
            InputError: for every fault, with the file's name and line; then nothing is kept.
        """
        self._allow("create")
        name = portable.plain_name(file_name)
        return self._begin(self._read(raw, name), (name, raw))

    def import_any(self, raw: bytes, file_name: str) -> tuple[str, ...]:
        """Bring in a portable assessment, or a whole exported workspace; returns the ids.

        Raises:
            InputError: for a file that is neither; then nothing is kept.
        """
        if not backup.is_workspace(raw):
            return (self.import_document(raw, file_name),)
        self._allow("create")
        return backup.restore(self._store, raw, portable.plain_name(file_name), self.library, self._check_on)

    def assessments(self) -> tuple[Listing, ...]:
        """Return every assessment, the one saved last first."""
        self._allow("list")
        logs = self._store.overview()
        saved = self._store.saved()
        newest = sorted(logs, key=lambda name: (saved[name], name), reverse=True)
        return tuple(listing(self.library, name, logs[name], saved[name]) for name in newest)

    def open(self, id: str) -> Opened:  # noqa: A002 (what pages call it)
        """Return an assessment as it stands now, with its questionnaire.

        Raises:
            NotFound: when there is none.
        """
        self._allow("read", id)
        folded = self._folded.of(id)
        if folded is None:
            raise NotFound
        assessment = folded.assessment
        reference = assessment.questionnaire
        questionnaire = self.library.questionnaire(reference.id, reference.version)
        missing = "" if questionnaire.version == reference.version else reference.version
        return Opened(id, assessment, questionnaire.at_stage(assessment.stage), folded.at, folded.sequence, missing)

    def answer(
        self,
        id: str,  # noqa: A002
        question_id: str,
        answer: Answer | None,
        *,
        actor: str = "",
        request_id: str | None = None,
        expected: int | None = None,
    ) -> Saved:
        """Save an answer, or clear it with None; one that was carried over counts as looked at from now on.

        Args:
            id: the assessment.
            question_id: the question.
            answer: what was answered.
            actor: who answered.
            request_id: the same for a repeated request, which then writes nothing.
            expected: the ``sequence`` that the person had seen. A later change of this question by somebody else makes
                a conflict: both answers are kept in the history, and this one stands.

        Raises:
            InputError: when the answer does not fit its question.
            NotFound: when there is no such assessment.
        """
        questionnaire = self._questionnaire("answer", id)
        seen = answer.model_copy(update={"carried": False}) if isinstance(answer, Answer) else answer
        change = Change("answer", question_id, checks.payload(questionnaire, "answers", question_id, seen))
        (outcome,) = self._append(id, questionnaire, [change], actor, request_id)
        saved = self._saved(id, [outcome])
        if expected is None or not outcome.written or expected + 1 >= saved.sequence:
            return saved
        return Saved(saved.at, saved.sequence, self._overtaken(id, change, expected, saved, actor))

    def set_context(self, id: str, item_id: str, level: int | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save how strongly a context item applies, or clear it with None."""
        questionnaire = self._questionnaire("answer", id)
        payload = checks.payload(questionnaire, "context", item_id, level)
        return self._save(id, questionnaire, [Change("context", item_id, payload)], actor)

    def set_signal(self, id: str, signal_id: str, answer: SignalAnswer | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save how often a signal was seen, or clear it with None."""
        questionnaire = self._questionnaire("answer", id)
        payload = checks.payload(questionnaire, "signals", signal_id, answer)
        return self._save(id, questionnaire, [Change("signal", signal_id, payload)], actor)

    def set_votes(self, id: str, question_id: str, votes: Sequence[Vote] | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save what several people said of a question, or clear it with None; the answer stays as it is."""
        questionnaire = self._questionnaire("answer", id)
        payload = checks.payload(questionnaire, "votes", question_id, list(votes) if votes else None)
        return self._save(id, questionnaire, [Change("votes", question_id, payload)], actor)

    def describe_as(
        self,
        id: str,  # noqa: A002
        *,
        name: str | None = None,
        organisation: str | None = None,
        mode: Mode | None = None,
        actor: str = "",
    ) -> Saved:
        """Save the name, organisation or mode; what is None stays as it is."""
        questionnaire = self._questionnaire("answer", id)
        given = {"name": name, "organisation": organisation, "mode": mode}
        parts = {key: value for key, value in given.items() if value is not None}
        if name is not None:
            checks.check_name(name)
        checks.draft(questionnaire, **parts)
        return self._save(id, questionnaire, [Change("meta", key, value) for key, value in parts.items()], actor)

    def history(self, id: str, kind: Kind, key: str) -> tuple[Event, ...]:  # noqa: A002
        """Return every event of one key, oldest first: who said what, when."""
        self._questionnaire("read", id)
        checks.refuse_unreadable(key, "the id")
        return self._store.history(id, checks.check_kind(kind), key)

    def export(self, id: str) -> bytes:  # noqa: A002
        """Return the portable file; the same bytes until something changes."""
        return portable.write(self.open(id).assessment)

    def export_all(self) -> bytes:
        """Return every assessment with its whole history and the documents it came from."""
        self._allow("export all")
        return backup.write(self._store)

    def check(self) -> None:
        """Ask the database something.

        Raises:
            StoreError: when it does not answer.
        """
        self._store.check()

    def _allow(self, operation: str, id: str | None = None) -> None:  # noqa: A002, ARG002
        """Let the local owner do everything. Who may do what is decided here, and nowhere else."""
        if id is not None and not (isinstance(id, str) and _ID.fullmatch(id)):
            raise NotFound

    def _questionnaire(self, operation: str, id: str, known: int = 0) -> Questionnaire:  # noqa: A002
        """Return the questionnaire of an assessment on which an operation is allowed; ``known`` as in ``folded``."""
        self._allow(operation, id)
        folded = self._folded.of(id, known)
        if folded is None:
            raise NotFound
        reference = folded.assessment.questionnaire
        return self.library.questionnaire(reference.id, reference.version).at_stage(folded.assessment.stage)

    def _begin(self, assessment: Assessment, original: tuple[str, bytes] | None = None, actor: str = "") -> str:
        questionnaire = self.library.questionnaire(assessment.questionnaire.id, assessment.questionnaire.version)
        self._keep(questionnaire)
        return self._store.create(changes_of(assessment), Stamp(actor, questionnaire.version), original)

    def _read(self, raw: bytes, name: str) -> Assessment:
        assessment, document = portable.read(raw, name)
        self._check(assessment, document)
        money.refuse_faulty(self.library.parameters, assessment.economics, document)
        return assessment

    def _check(self, assessment: Assessment, document: Document | None = None) -> None:
        self._check_on(self.library, assessment, document)

    def _check_on(self, library: Library, assessment: Assessment, document: Document | None = None) -> None:
        reference = assessment.questionnaire
        checks.refuse_unreadable(assessment.model_dump())
        check_answers(library.questionnaire(reference.id, reference.version), assessment, document)
        checks.check_ranges(self.library.parameters, assessment.economics.ranges, document)
        refuse_faulty_scenarios(self.library.parameters, assessment.economics.scenarios, document)
        refuse_faulty_report(assessment.report, document)
        refuse_faulty_initiatives(library, assessment, document)

    def _append(
        self,
        id: str,  # noqa: A002
        questionnaire: Questionnaire,
        changes: Sequence[Change],
        actor: str,
        request_id: str | None = None,
    ) -> tuple[Outcome, ...]:
        checks.check_stamp(actor, request_id)
        for change in changes:
            self._refuse_unasked(id, questionnaire, change)
        return self._store.append(id, changes, Stamp(actor, questionnaire.version, request_id))

    def _refuse_unasked(self, id: str, questionnaire: Questionnaire, change: Change) -> None:  # noqa: A002
        """Refuse to clear what is not asked, unless it was answered before it left the questionnaire."""
        if change.payload is not None:
            return
        checks.refuse_unreadable(change.key, "the id")
        known = checks.asked_keys(questionnaire, self.library.parameters, change.kind)
        if change.key not in known and self._store.standing(id, change.kind, change.key) is None:
            raise InputError(Problem(f"no {change.kind} '{change.key}'", nearest(change.key, known)))

    def _save(self, id: str, questionnaire: Questionnaire, changes: Sequence[Change], actor: str) -> Saved:  # noqa: A002
        return self._saved(id, self._append(id, questionnaire, changes, actor))

    def _saved(self, id: str, outcomes: Sequence[Outcome]) -> Saved:  # noqa: A002
        """Return the latest event among the outcomes; of the whole assessment when nothing had to be written."""
        found = [outcome.event for outcome in outcomes if outcome.event is not None]
        last = max(found or self._store.latest(id), key=lambda event: event.sequence)
        return Saved(last.at, last.sequence)

    def _overtaken(self, id: str, change: Change, expected: int, saved: Saved, actor: str) -> bool:  # noqa: A002
        """Say whether somebody else changed the same key after ``expected`` and before this was saved."""
        log = self._store.history(id, change.kind, change.key)
        return any(expected < one.sequence < saved.sequence and not (actor and one.actor == actor) for one in log)
