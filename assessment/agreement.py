"""How far several people agree on a question: van der Eijk's agreement A, the spread, and the split by role.

The official answer stands beside what people said; nothing here changes it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assessment.answers import Assessment, Vote
from assessment.errors import InputError, Problem
from assessment.instrument import option_of
from assessment.loading import check_answers
from assessment.questionnaire import Question, Questionnaire

_FEWEST_OPTIONS = 3  # A speaks of what lies between two others
LEAST_IN_A_ROLE = 3
"""People below which a role is not shown alone, so that nobody's own vote can be read off."""
OTHERS = ""
"""Name of the group of everybody whose role is not shown."""


@dataclass(frozen=True, slots=True)
class Split:
    """What the people of one role said; ``role`` is empty for all whose role is not shown."""

    role: str
    counts: tuple[int, ...]
    unknown: int

    @property
    def people(self) -> int:
        """How many they are."""
        return sum(self.counts) + self.unknown


@dataclass(frozen=True, slots=True)
class Summary:
    """What several people said of one question.

    Attributes:
        question: its id.
        counts: people by option, the lowest option first.
        unknown: people who did not know.
        agreement: A in [-1, 1] over those who named an option; None when nobody did, or on fewer than three options.
        lowest: the lowest option that was named; None when none was.
        highest: the highest option that was named.
        middle: the options between which the middle half lies: first and third quartile.
        roles: the split by role, the largest first and those whose role is not shown last; empty when it would say
            no more than the whole.
    """

    question: str
    counts: tuple[int, ...]
    unknown: int
    agreement: float | None
    lowest: int | None
    highest: int | None
    middle: tuple[int, int] | None
    roles: tuple[Split, ...]

    @property
    def people(self) -> int:
        """How many people answered, with those who did not know."""
        return sum(self.counts) + self.unknown


def agreement(counts: Sequence[float]) -> float | None:
    """Return van der Eijk's agreement A of an ordered rating, from how often each option was chosen.

    The distribution is cut into layers, each with the same count at every option that it touches. The agreement of a
    layer is U x (1 - (S - 1) / (K - 1)) with S options touched of K, and A is the mean of the layers weighted by the
    share of people in them. U = ((K - 2) TU - (K - 1) TDU) / ((K - 2) (TU + TDU)) compares the triples of options that
    speak for one peak (touched, touched, not; or the mirror image) with those that speak for two (touched, not,
    touched); it is 1 where there is neither.

    Args:
        counts: how often each option was chosen, the lowest option first; any unit.

    Returns:
        1 when all chose the same, 0 when every option was chosen as often, -1 when half chose each end. None when
        nobody chose, or when there are fewer than three options.

    Raises:
        ValueError: for a negative count.

    Source:
        van der Eijk, C. (2001), Measuring agreement in ordered rating scales, Quality and Quantity 35(3), 325-341.
    """
    if any(count < 0 for count in counts):
        message = "a count cannot be negative"
        raise ValueError(message)
    total = math.fsum(counts)
    if total <= 0 or len(counts) < _FEWEST_OPTIONS:
        return None
    heights = [0.0, *sorted({float(count) for count in counts if count > 0})]
    layers = [(upper - lower, [count >= upper for count in counts]) for lower, upper in pairwise(heights)]
    return math.fsum(depth * sum(touched) * _agreement_of(touched) for depth, touched in layers) / total


def _agreement_of(touched: Sequence[bool]) -> float:
    """Return the agreement of one layer from which options it touches."""
    options, reached = len(touched), sum(touched)
    return _unimodality(touched) * (1 - (reached - 1) / (options - 1))


def _unimodality(touched: Sequence[bool]) -> float:
    triples = Counter(combinations(touched, 3))
    one_peak = triples[True, True, False] + triples[False, True, True]
    two_peaks = triples[True, False, True]
    if one_peak + two_peaks == 0:
        return 1.0
    options = len(touched)
    return ((options - 2) * one_peak - (options - 1) * two_peaks) / ((options - 2) * (one_peak + two_peaks))


def summary(questionnaire: Questionnaire, question: Question, votes: Iterable[Vote]) -> Summary:
    """Return what people said of a question; the order of their votes does not matter."""
    options = len(questionnaire.scale_of(question).options)
    by_role: dict[str, Counter[int | None]] = {}
    for vote in votes:
        by_role.setdefault(vote.role.strip(), Counter())[vote.option] += vote.count
    splits = [_split(role, counted, options) for role, counted in sorted(by_role.items())]
    whole = _joined("", splits, options)
    named = [option for option, count in enumerate(whole.counts) if count]
    return Summary(
        question=question.id,
        counts=whole.counts,
        unknown=whole.unknown,
        agreement=agreement(whole.counts),
        lowest=named[0] if named else None,
        highest=named[-1] if named else None,
        middle=(_quantile(whole.counts, 0.25), _quantile(whole.counts, 0.75)) if named else None,
        roles=_shown(splits, options),
    )


def _split(role: str, counted: Counter[int | None], options: int) -> Split:
    return Split(role, tuple(counted[option] for option in range(options)), counted[None])


def _joined(role: str, splits: Iterable[Split], options: int) -> Split:
    found = list(splits)
    counts = tuple(sum(split.counts[option] for split in found) for option in range(options))
    return Split(role, counts, sum(split.unknown for split in found))


def _quantile(counts: Sequence[int], share: float) -> int:
    """Return the lowest option at or below which at least ``share`` of the people stand."""
    total, reached = sum(counts), 0
    for option, count in enumerate(counts):
        reached += count
        if count and reached >= share * total:
            return option
    return len(counts) - 1


def _shown(splits: Sequence[Split], options: int) -> tuple[Split, ...]:
    """Return the roles that may be shown; the others as one group, which is itself never too small to be shown.

    What is shown, taken from the whole, must not give away a few people either: while the others are too few, the
    smallest of the roles that could be shown joins them.
    """
    named = [split for split in splits if split.role != OTHERS]
    large = sorted((split for split in named if split.people >= LEAST_IN_A_ROLE), key=lambda item: -item.people)
    small = [split for split in splits if split not in large]
    while small and large and sum(split.people for split in small) < LEAST_IN_A_ROLE:
        small.append(large.pop())
    if not large:
        return ()
    return (*large, *([_joined(OTHERS, small, options)] if small else []))


def contested(questionnaire: Questionnaire, assessment: Assessment) -> tuple[Summary, ...]:
    """Return the questions that several people answered, the most contested first."""
    staged = questionnaire.at_stage(assessment.stage)
    return _ordered(
        summary(staged, question, assessment.votes[question.id])
        for question in staged.asked(assessment.mode)
        if assessment.votes.get(question.id)
    )


def between(questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> tuple[Summary, ...]:
    """Return what several assessments of one questionnaire say of each question, the most contested first.

    Each assessment is one respondent, of the role given at the answer. Where it holds votes on a question, they count
    instead of its answer, which was drawn from them. What is not applicable to a respondent is no vote.

    Raises:
        InputError: when an assessment does not fit the questionnaire, or when they are of several stages.
    """
    for assessment in assessments:
        check_answers(questionnaire, assessment)
    stages = {assessment.stage for assessment in assessments}
    if len(stages) > 1:
        raise InputError(Problem("the assessments are of several stages", "compare those of one stage"))
    staged = questionnaire.at_stage(stages.pop()) if stages else questionnaire
    return _ordered(
        summary(staged, question, votes)
        for question in staged.questions
        if (votes := [vote for assessment in assessments for vote in _votes_of(question, assessment)])
    )


def _votes_of(question: Question, assessment: Assessment) -> tuple[Vote, ...]:
    answer, votes = assessment.answers.get(question.id), assessment.votes.get(question.id)
    if votes:
        return votes
    if answer is None or answer.not_applicable is not None:
        return ()
    option = None if answer.unknown else option_of(question, answer)
    return (Vote(role=answer.role, option=option, count=1),)


def _ordered(summaries: Iterable[Summary]) -> tuple[Summary, ...]:
    """Order by agreement, then by spread, then as in the file; those without an agreement come last."""
    return tuple(sorted(summaries, key=_contest))


def _contest(found: Summary) -> tuple[bool, float, int]:
    spread = 0 if found.lowest is None or found.highest is None else found.highest - found.lowest
    return found.agreement is None, found.agreement or 0.0, -spread
