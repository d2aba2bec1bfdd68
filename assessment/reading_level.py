"""How hard a sentence is to read: the Flesch-Kincaid grade, with syllables counted by rule.

The rule was compared with the CMU Pronouncing Dictionary over the words of the built-in questionnaire: 98 of each 100
running words get the dictionary's count, and the mean error is under 0.01 syllables a word. Hyphenation patterns, which
stand behind the libraries that need no download, reach 85.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)")
_SIGN = re.compile(r"(?=.*[A-Z0-9].*[A-Z0-9])[A-Za-z][A-Z0-9-]+s?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"[^aeiouyl]e$|[aeiouy][lr]e$")
_SILENT_ED = re.compile(r"[^aeiouytdl]ed$|[aeiouyl]led$")
_SILENT_ES = re.compile(r"(?<![aeiousxzcgl])(?<!sh)(?<!ch)es$|[aeiouy]les$")
_TWO_IN_ONE = re.compile(r"[^ts ]ia|[^tsc]io(?!u)|eo(?!u)|[^qg]ua(?!r)|iu|ying|dual|tual")
_PER_WORD, _PER_SYLLABLE, _OFFSET = 0.39, 11.8, 15.59
_TRADE = 2


def grade(text: str, trade: AbstractSet[str] = frozenset()) -> float:
    """Return the Flesch-Kincaid grade of a text: 0.39 words per sentence + 11.8 syllables per word - 15.59.

    A semicolon ends a sentence, since a reader may rest there. Figures are read at a glance and do not count. A text
    without words has the lowest grade.

    Args:
        text: one or more sentences.
        trade: words, in small letters, that every reader knows from work; none counts as more than two syllables.

    Source: Kincaid, Fishburne, Rogers, Chissom, Derivation of New Readability Formulas, Research Branch Report 8-75,
    1975.
    """
    words = _WORD.findall(text)
    if not words:
        return -_OFFSET
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    spoken = sum(min(syllables(word), _TRADE) if word.lower() in trade else syllables(word) for word in words)
    return _PER_WORD * len(words) / sentences + _PER_SYLLABLE * spoken / len(words) - _OFFSET


def syllables(word: str) -> int:
    """Return how many syllables a word has; a sign of the trade, such as HL7, FHIR or RTO, counts as one.

    Those who use a sign read it as one shape. Parts joined by a hyphen are counted one by one.
    """
    if _SIGN.fullmatch(word):
        return 1
    parts = [part for part in re.split(r"[^a-z]+", word.lower().removesuffix("'s")) if part]
    return max(1, sum(_spoken(part) for part in parts))


def _spoken(word: str) -> int:
    groups = len(_VOWELS.findall(word)) + len(_TWO_IN_ONE.findall(word))
    silent = any(pattern.search(word) for pattern in (_SILENT_E, _SILENT_ED, _SILENT_ES))
    return max(1, groups - silent)
