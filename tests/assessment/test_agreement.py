"""How far several people agree: van der Eijk's A against published figures, its laws, and the split by role."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.agreement import LEAST_IN_A_ROLE, Summary, agreement, between, contested, summary
from assessment.answers import Answer, Assessment, Vote
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from tests.conftest import answered

COUNTS = st.lists(st.integers(0, 200), min_size=3, max_size=11).filter(any)
ROLES = ("nurse", "physician", "platform", "")
LAWS = settings(max_examples=500)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # van der Eijk (2001), p. 331, as printed in the manual of the R package agrmt 1.42: 0.6113333
        ([30, 40, 210, 130, 530, 50, 10], 0.611333),
        # the same article, two Dutch parties placed on seven points: 0.61 and 0.48 in the vignette of agrmt
        ([2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6], 0.61),
        ([1.6, 2.6, 8.2, 21, 29.3, 27, 10.3], 0.48),
        # the vignette's small example of four options: 0.08
        ([2, 0, 1, 1], 0.08),
    ],
)
def test_published_figures(counts: list[float], expected: float) -> None:
    """The figures that others printed come out, to the decimals that they printed."""
    decimals = len(str(expected).partition(".")[2])
    assert round(agreement(counts) or 0.0, decimals) == expected


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        # the layers of the article's example, p. 331
        ([1, 1, 1, 1, 1, 1, 1], 0),
        ([1, 1, 1, 1, 1, 1, 0], 1 / 6),
        ([0, 1, 1, 1, 1, 1, 0], 1 / 3),
        ([0, 0, 1, 1, 1, 1, 0], 1 / 2),
        ([0, 0, 1, 1, 1, 0, 0], 2 / 3),
        ([0, 0, 1, 0, 1, 0, 0], 0.4666667),
        ([0, 0, 0, 0, 1, 0, 0], 1),
    ],
)
def test_published_layers(layer: list[int], expected: float) -> None:
    """Each layer of the article's example has the agreement that the article prints."""
    assert agreement(layer) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("counts", "expected"), [([0, 9, 0, 0, 0], 1), ([4] * 5, 0), ([6, 0, 0, 0, 6], -1)])
def test_the_three_ideal_cases(counts: list[int], expected: float) -> None:
    """All in one is 1, evenly spread is 0, half at each end is -1."""
    assert agreement(counts) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [[], [0, 0, 0, 0, 0], [3, 4], [5]])
def test_nothing_to_agree_on(counts: list[int]) -> None:
    """Without a vote, and with fewer than three options, there is no agreement to speak of."""
    assert agreement(counts) is None


def test_a_negative_count_is_refused() -> None:
    """A count below nothing is a fault of the caller."""
    with pytest.raises(ValueError, match="cannot be negative"):
        agreement([1, -1, 3])


@LAWS
@given(COUNTS)
def test_a_mirror_image_agrees_as_far(counts: list[int]) -> None:
    """The scale read from the other end gives the same agreement, within -1 and 1."""
    found = agreement(counts)
    assert found is not None
    assert -1 - 1e-12 <= found <= 1 + 1e-12
    assert agreement(counts[::-1]) == pytest.approx(found, abs=1e-12)


@LAWS
@given(COUNTS, st.integers(2, 50))
def test_more_people_of_the_same_mind_change_nothing(counts: list[int], times: int) -> None:
    """Counts multiplied by the same number give the same agreement."""
    assert agreement([times * count for count in counts]) == pytest.approx(agreement(counts), abs=1e-12)


@LAWS
@given(st.integers(3, 11), st.data())
def test_one_mind_is_full_agreement(options: int, data: st.DataObject) -> None:
    """Everybody on one option is 1, wherever it is and however many they are."""
    chosen, people = data.draw(st.integers(0, options - 1)), data.draw(st.integers(1, 1000))
    assert agreement([people if option == chosen else 0 for option in range(options)]) == 1


@LAWS
@given(COUNTS)
def test_against_a_slow_reference(counts: list[int]) -> None:
    """Peeling off one layer after the other, triple by triple as the article describes it, gives the same."""
    assert agreement(counts) == pytest.approx(_slowly(counts), abs=1e-12)


def _slowly(counts: list[int]) -> float:
    left, total, options = list(counts), sum(counts), len(counts)
    found = 0.0
    while any(left):
        depth = min(count for count in left if count)
        touched = [1 if count else 0 for count in left]
        triples = [
            (touched[i], touched[j], touched[k])
            for i in range(options)
            for j in range(i + 1, options)
            for k in range(j + 1, options)
        ]
        up, two = triples.count((1, 1, 0)) + triples.count((0, 1, 1)), triples.count((1, 0, 1))
        shape = 1.0
        if up + two:
            shape = ((options - 2) * up - (options - 1) * two) / ((options - 2) * (up + two))
        found += depth * sum(touched) / total * shape * (1 - (sum(touched) - 1) / (options - 1))
        left = [count - depth if count else 0 for count in left]
    return found


def votes(**by_role: dict[int | None, int]) -> tuple[Vote, ...]:
    """Return votes by role, each a count by option."""
    return tuple(
        Vote(role="" if role == "none" else role, option=option, count=count)
        for role, counts in by_role.items()
        for option, count in counts.items()
    )


def said(questionnaire: Questionnaire, given_votes: tuple[Vote, ...]) -> Summary:
    """Return the summary of some votes on the first question."""
    return summary(questionnaire, questionnaire.questions[0], given_votes)


def test_a_summary_by_hand(four_step: Questionnaire) -> None:
    """Distribution, who did not know, spread, quartiles and agreement of eight people on four options."""
    found = said(four_step, votes(nurse={0: 1, 1: 3, None: 1}, platform={1: 1, 3: 2}))
    assert (found.counts, found.unknown, found.people) == ((1, 4, 0, 2), 1, 8)
    assert (found.lowest, found.highest) == (0, 3)
    assert found.middle == (1, 3)  # of seven: a quarter is 1.75 people, reached at 1; three quarters 5.25, at 3
    assert found.agreement == agreement([1, 4, 0, 2])
    assert [(split.role, split.counts, split.unknown) for split in found.roles] == [
        ("nurse", (1, 3, 0, 0), 1),
        ("platform", (0, 1, 0, 2), 0),
    ]


def test_small_roles_merge_and_are_never_shown_alone(four_step: Questionnaire) -> None:
    """Roles under three people become others; three of them together may be shown."""
    found = said(four_step, votes(nurse={1: 4}, physician={3: 2}, platform={0: 1}))
    assert [(split.role, split.people) for split in found.roles] == [("nurse", 4), ("", 3)]


def test_others_that_are_too_few_take_the_smallest_role_with_them(four_step: Questionnaire) -> None:
    """One physician beside four nurses and five engineers could be read off by subtraction, so the nurses join."""
    found = said(four_step, votes(nurse={1: 4}, physician={3: 1}, platform={0: 5}))
    assert [(split.role, split.people) for split in found.roles] == [("platform", 5), ("", 5)]
    assert said(four_step, votes(nurse={1: 4}, physician={3: 1})).roles == ()
    assert said(four_step, votes(none={1: 9})).roles == ()


@LAWS
@given(st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from([0, 1, 2, 3, None]), st.integers(1, 4))), st.data())
def test_no_group_is_too_small_and_order_does_not_matter(
    four_step: Questionnaire, ballots: list[tuple[str, Any, int]], data: st.DataObject
) -> None:
    """Whoever votes in whatever order, no shown group has under three people and the groups add up to the whole."""
    cast = [Vote(role=role, option=option, count=count) for role, option, count in ballots]
    found = said(four_step, tuple(cast))
    assert found == said(four_step, tuple(data.draw(st.permutations(cast))))
    assert all(split.people >= LEAST_IN_A_ROLE for split in found.roles)
    if found.roles:
        assert sum(split.people for split in found.roles) == found.people
    assert found.people == sum(count for _, _, count in ballots)


def test_only_don_t_know_agrees_on_nothing(four_step: Questionnaire) -> None:
    """People who did not know are counted, and name no level."""
    found = said(four_step, votes(nurse={None: 4}))
    assert (found.agreement, found.lowest, found.highest, found.middle) == (None, None, None, None)
    assert found.people == 4


def test_the_most_contested_comes_first(four_step: Questionnaire) -> None:
    """Two camps before an even spread before one mind; who named nothing comes last. The answers stay as they are."""
    cast = {
        "build.release": votes(nurse={2: 5}),
        "learn.review": votes(nurse={0: 3, 3: 3}),
        "plan.target": votes(nurse={0: 1, 1: 1, 2: 1, 3: 1}),
        "look.box": votes(nurse={None: 3}),
    }
    base = answered(four_step, 1, votes=cast, mode="full")
    found = contested(four_step, base)
    assert [item.question for item in found] == ["learn.review", "plan.target", "build.release", "look.box"]


def test_a_pulse_shows_no_votes_on_what_it_does_not_ask(four_step: Questionnaire) -> None:
    """Votes on a question outside the core stay in the file and are not shown in a pulse."""
    cast = {"build.test": votes(nurse={2: 5}), "look.box": ()}
    assert contested(four_step, answered(four_step, 1, votes=cast)) == ()
    assert len(contested(four_step, answered(four_step, 1, votes=cast, mode="full"))) == 1


def respondent(questionnaire: Questionnaire, answers: dict[str, Answer], **more: Any) -> Assessment:
    """Return the assessment of one respondent."""
    return answered(questionnaire, {}).model_copy(update={"answers": answers, **more})


def test_each_file_is_a_respondent(four_step: Questionnaire) -> None:
    """Options, figures and don't know count as one vote each, not applicable as none, in any order of files."""
    files = [
        respondent(four_step, {"build.release": Answer(option=0, role="nurse")}),
        respondent(four_step, {"build.release": Answer(figure=5.0, role="nurse")}),
        respondent(four_step, {"build.release": Answer(unknown=True, role="nurse")}),
        respondent(four_step, {"build.release": Answer(not_applicable="other_team", role="nurse")}),
    ]
    (found,) = between(four_step, files)
    assert (found.question, found.counts, found.unknown) == ("build.release", (1, 0, 0, 1), 1)
    assert [split.role for split in found.roles] == ["nurse"]
    assert between(four_step, files[::-1]) == (found,)


def test_votes_in_a_file_count_instead_of_its_answer(four_step: Questionnaire) -> None:
    """An official answer was drawn from its votes, so it is no further vote."""
    room = respondent(four_step, {"look.box": Answer(option=3)}, votes={"look.box": votes(nurse={0: 4})})
    alone = respondent(four_step, {"look.box": Answer(option=2)})
    (found,) = between(four_step, [room, alone])
    assert found.counts == (4, 0, 1, 0)


def test_files_that_do_not_belong_together_are_refused(four_step: Questionnaire, questionnaire: Questionnaire) -> None:
    """Another questionnaire and another stage are each refused in a sentence; no file at all gives nothing."""
    mine = answered(four_step, 1)
    with pytest.raises(InputError, match="belong to the questionnaire"):
        between(questionnaire, [mine])
    built_in = answered(questionnaire, {})
    with pytest.raises(InputError, match="of several stages"):
        between(questionnaire, [built_in, built_in.model_copy(update={"stage": "design"})])
    assert between(four_step, []) == ()
