"""The rule on measured questions: each anchor begins with the range that the thresholds give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assessment.authoring_guide import RangeWords
from assessment.drafts import Draft, Ladder
from assessment.errors import Problem
from assessment.questionnaire import Measure

Ends = tuple[tuple[str, float], ...]
"""One or two ends of a range, each as what it says (above, up_to, from, below) and its figure."""
_FIGURE = r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)"
_RANGE_OVER = re.compile(r"[;,.](?=\s|$)")


def ranges_agree(draft: Draft) -> Iterator[Problem]:
    """Each anchor of a measured question begins with its range, in the direction and figures of the thresholds."""
    for ladder in draft.ladders():
        if ladder.question.measure is not None and ladder.is_measured:
            yield from _disagreements(draft, ladder, ladder.question.measure)


def _disagreements(draft: Draft, ladder: Ladder, measure: Measure) -> Iterator[Problem]:
    words = draft.guide.ranges
    for level, (anchor, wanted) in enumerate(zip(ladder.anchors, expected_ends(measure), strict=False)):
        found = stated_ends(anchor, words)
        if found != wanted and not _says_whole(anchor, measure, wanted, words):
            said = f"'{spoken(found, words)}'" if found else "no range that can be read"
            message = f"{ladder.name(level)} begins with {said}, which is not what the thresholds say"
            yield draft.problem((*ladder.path, level), message, f"begin with '{spoken(wanted, words)}'")


def _says_whole(anchor: str, measure: Measure, wanted: Ends, words: RangeWords) -> bool:
    """Tell whether an anchor begins with the whole of a share, such as '100 per cent', where that is its range."""
    whole = words.whole
    begins = anchor.startswith(f"{whole.figure:g} {whole.unit}")
    return begins and measure.unit == whole.unit and wanted == (("from", whole.figure),)


def expected_ends(measure: Measure) -> Iterator[Ends]:
    """Yield the range of each option from the lowest; a figure equal to a threshold has the higher option."""
    nearer, further = ("up_to", "above") if measure.better == "lower" else ("from", "below")
    thresholds = measure.thresholds
    yield ((further, thresholds[0]),)
    for start, end in pairwise(thresholds):
        # The lower figure is said first, whichever way is up.
        yield ((further, end), (nearer, start)) if measure.better == "lower" else ((nearer, start), (further, end))
    yield ((nearer, thresholds[-1]),)


def stated_ends(anchor: str, words: RangeWords) -> Ends:
    """Return the range with which an anchor begins, or nothing where none can be read."""
    head = anchor[: stop.start()] if (stop := _RANGE_OVER.search(anchor)) else anchor
    first = _end(words).match(head)
    if first is None:
        return ()
    second = re.compile(rf"\band\s+{_end(words).pattern}", re.IGNORECASE).search(head, first.end())
    return tuple(_read(found, words) for found in (first, second) if found is not None)


def _end(words: RangeWords) -> re.Pattern[str]:
    phrases = sorted((phrase for said in _said(words).values() for phrase in said), key=len, reverse=True)
    return re.compile(rf"(?P<said>{'|'.join(map(re.escape, phrases))})\s+{_FIGURE}", re.IGNORECASE)


def _read(found: re.Match[str], words: RangeWords) -> tuple[str, float]:
    phrase = found["said"].lower()
    meaning = next(name for name, phrases in _said(words).items() if phrase in phrases)
    return meaning, float(found["figure"].replace(",", ""))


def spoken(ends: Ends, words: RangeWords) -> str:
    """Return a range as an anchor should begin with it: 'More than 15 and up to 60'."""
    said = " and ".join(f"{_said(words)[name][0]} {figure:,g}" for name, figure in ends)
    return said[:1].upper() + said[1:]


def _said(words: RangeWords) -> dict[str, tuple[str, ...]]:
    return {"above": words.above, "up_to": words.up_to, "from": words.from_, "below": words.below}
