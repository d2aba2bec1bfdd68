"""The house style: every pair of colours that stands on one another can be told apart, and every letter is drawn."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from reports.charts.theme import Palette, palette
from reports.contrast import LEAST, contrast
from scripts.web_fonts import FACES, STATIC

ROOT = Path(__file__).parents[2]
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEME: dict[str, Any] = SETTINGS["theme"]
WHITE = "#ffffff"
MARK = 3.0
"""WCAG 2.2, 1.4.11: least contrast of a border of a field, of a chart's mark and of the ring of what has the focus."""
FADED = 0.6
"""How much of the text colour Streamlit leaves in a caption."""
HUES = ("blue", "green", "yellow", "red")
TEXTS = ("questionnaires", "models", "reports", "views", "assessment")


def mixed(ink: str, ground: str, share: float) -> str:
    """Return the colour of ``ink`` drawn with some transparency on ``ground``."""
    pairs = zip(bytes.fromhex(ink[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(share * above + (1 - share) * below):02x}" for above, below in pairs)


def colours(scheme: str, *, beside: bool) -> dict[str, str]:
    """Return the colours of the page, or of the side bar, which has those of the page that it does not change."""
    found = {name: value for name, value in THEME[scheme].items() if isinstance(value, str)}
    return found | THEME[scheme]["sidebar"] if beside else found


def text_pairs(found: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return text and the ground that it is read on, by what it is."""
    grounds = {"page": found["backgroundColor"], "field": found["secondaryBackgroundColor"]}
    inks = {name: found[f"{name}Color"] for name in ("text", "link", "grayText")}
    pairs = {f"{ink} on {ground}": (inks[ink], grounds[ground]) for ink in inks for ground in grounds}
    faded = {f"caption on {name}": (mixed(found["textColor"], code, FADED), code) for name, code in grounds.items()}
    code = found["codeBackgroundColor"]
    told = {hue: (found[f"{hue}TextColor"], found[f"{hue}BackgroundColor"]) for hue in HUES}
    return {
        **pairs,
        **faded,
        **{f"{hue} message": pair for hue, pair in told.items()},
        "code": (found["codeTextColor"], code),
        "words on a main button": (WHITE, found["primaryColor"]),
        "value of a slider": (found["primaryColor"], found["backgroundColor"]),
    }


def mark_pairs(found: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return what has to be seen without being read, and its ground."""
    page, inside = found["backgroundColor"], found["secondaryBackgroundColor"]
    return {
        "border of a field, outside": (found["borderColor"], page),
        "border of a field, inside": (found["borderColor"], inside),
        "a chosen radio": (found["primaryColor"], page),
        "the dot in a chosen radio": (WHITE, found["primaryColor"]),
    }


def too_close(pairs: dict[str, tuple[str, str]], least: float) -> list[str]:
    """Return the pairs with less contrast than ``least``, with what they have."""
    return [
        f"{name}: {contrast(*pair):.2f} ({pair[0]} on {pair[1]})"
        for name, pair in pairs.items()
        if contrast(*pair) < least
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_the_theme_can_be_read(scheme: str) -> None:
    """Text has 4.5 to 1 on every ground that it stands on, borders and marks 3 to 1."""
    found = colours(scheme, beside=False)
    assert too_close(text_pairs(found), LEAST) == []
    assert too_close(mark_pairs(found), MARK) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_links_beside_the_page_can_be_read(scheme: str) -> None:
    """The side bar holds links alone: they have 4.5 to 1 on its ground and on that of the link to the open page."""
    found = colours(scheme, beside=True)
    links = {name: pair for name, pair in text_pairs(found).items() if name.startswith(("text", "link"))}
    assert len(links) == 4
    assert too_close(links, LEAST) == []
    assert too_close(mark_pairs(found), MARK) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_a_chart_can_be_told_from_the_page(scheme: str) -> None:
    """Words of a chart have 4.5 to 1 on the page's own ground, marks 3 to 1, and words on a bar 4.5 to 1 on it."""
    found: Palette = palette("dark" if scheme == "dark" else "light")
    page = THEME[scheme]["backgroundColor"]
    words = {"ink": (found.ink, page), "muted": (found.muted, page), "on a bar": (found.on_main, found.main)}
    marks = {name: (getattr(found, name), page) for name in ("main", "accent", "reactive")}
    ground = {"ink on its own ground": (found.ink, found.ground), "muted on it": (found.muted, found.ground)}
    assert too_close({**words, **ground}, LEAST) == []
    assert too_close(marks, MARK) == []


def test_both_schemes_say_the_same_things() -> None:
    """A colour that one scheme sets and the other leaves to chance would be read on the wrong ground."""
    assert set(THEME["light"]) == set(THEME["dark"])
    assert {"light", "dark"} == {name for name, value in THEME.items() if isinstance(value, dict)}


def test_every_font_is_a_file_of_our_own() -> None:
    """Each face that the theme names lies in the folder that is served, beside its licence; nothing else lies there."""
    named = [Path(face["url"]) for face in THEME["fontFaces"]]
    assert {path.parent for path in named} == {Path("app/static")}
    licences = {path.name for path in STATIC.iterdir() if path.name.startswith("LICENSE")}
    assert {path.name for path in STATIC.iterdir()} - licences == {path.name for path in named}
    assert len(licences) == len({face["family"] for face in THEME["fontFaces"]})
    assert SETTINGS["server"]["enableStaticServing"] is True


def drawn() -> set[int]:
    """Return the characters that the fonts of the pages draw."""
    found: set[int] = set()
    for face in FACES:
        with TTFont(STATIC / f"{face}.woff") as font:
            found |= set(font.getBestCmap())
    return found


def test_every_character_of_ours_is_drawn_by_our_fonts() -> None:
    """No word of the data or of the code falls back to a face of the reader's machine."""
    files = [path for folder in TEXTS for path in (ROOT / folder).rglob("*") if path.suffix in {".yaml", ".py"}]
    used = {ord(character) for path in files for character in path.read_text(encoding="utf-8")}
    assert len(files) > 100
    assert {hex(code) for code in used - drawn() if code > ord(" ")} == set()
